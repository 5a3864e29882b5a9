"""Builds a network from a file that `saddle export` wrote, loads it, and compares what it gives.

    python load_export.py weights.safetensors examples.safetensors

The second file is what `saddle export --examples` wrote: inputs, and what Saddle's network gives for
them. Exit status 1 where the module gives something else, 2 where it cannot be built.
"""

import sys

import torch
from safetensors import safe_open
from safetensors.torch import load_file

from torch_modules import build, chain

# The networks of examples are too small to share.
torch.set_num_threads(1)
TOLERANCE = {torch.float32: 1e-5, torch.float64: 1e-9}


def load(path):
    """The network of a file as a function, in evaluation mode."""
    with safe_open(path, framework="pt") as file:
        network = build(file.metadata()["modules"])
    states = load_file(path)
    reference = states.pop("reference", None)
    network.load_state_dict(states)
    network = network.to(next(x.dtype for x in states.values() if x.is_floating_point())).eval()
    return lambda x: chain(network, x, reference)


def main(weights, examples):
    try:
        network, arrays = load(weights), load_file(examples)
    except (ValueError, KeyError, OSError, RuntimeError) as error:
        print(f"{weights}: {error}", file=sys.stderr)
        return 2
    with torch.no_grad():
        output = network(arrays["input"]).detach()
    wanted = arrays["output"]
    if output.shape != wanted.shape:
        print(f"{weights}: gives {tuple(output.shape)}, not {tuple(wanted.shape)}")
        return 1
    error = float(((output - wanted).abs() / wanted.abs().clamp_min(1)).max())
    agrees = error <= TOLERANCE[wanted.dtype]
    print(f"{weights}: {'agrees' if agrees else 'DIFFERS'}: {error:.2g}")
    return 0 if agrees else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
