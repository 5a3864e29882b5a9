"""Repeats the steps of a trace that `saddle trace` wrote, and compares losses, gradients and states.

    python replay_trace.py trace.safetensors …

The networks are built from the modules that the trace lists; losses, penalties, optimizers and the
order of steps are PyTorch's and this folder's, from the configuration in the trace's metadata. Prints
the largest difference of each file. Exit status 1 where it exceeds 1e-9 in double and 1e-4 in single
precision, 2 where a trace cannot be repeated.
"""

import json
import sys

import numpy as np
import torch
from safetensors import safe_open

from replay_training import Replay

FORMAT = "saddle trace 1"
COMPARED = ("/output/", "/gradient/")
# The networks are too small to share.
torch.set_num_threads(1)


def tolerance(arrays, configuration):
    if next(iter(arrays.values())).dtype == np.float32:
        return 1e-4
    # Truncated latents come from an inverse error function of single precision.
    return 1e-5 if configuration["latent"]["distribution"] == "truncated" else 1e-9


def read(path):
    with safe_open(path, framework="numpy") as file:
        metadata = file.metadata() or {}
        if metadata.get("format") != FORMAT:
            raise ValueError(f"not a file of the form '{FORMAT}'")
        return metadata, {name: file.get_tensor(name) for name in file.keys()}


def differences(arrays, outputs):
    """(difference relative to the larger of 1 and the value, name), for every array that a step gives."""
    wanted = {name for name in arrays
              if name.startswith("final/") or any(part in name for part in COMPARED)}
    for name in sorted(wanted ^ outputs.keys()):
        yield float("inf"), f"{name}, which only one of both has"
    for name in sorted(wanted & outputs.keys()):
        ours, theirs = np.atleast_1d(outputs[name]), np.atleast_1d(arrays[name].astype(np.float64))
        if ours.shape != theirs.shape:
            yield float("inf"), f"{name} of shapes {ours.shape} and {theirs.shape}"
        elif ours.size:
            with np.errstate(invalid="ignore"):
                error = np.abs(ours - theirs) / np.maximum(1, np.abs(theirs))
            error[(ours == theirs) | (np.isnan(ours) & np.isnan(theirs))] = 0
            yield float("inf") if np.isnan(error).any() else float(error.max()), name


def worst_difference(path):
    """(largest difference, where, largest allowed, number of arrays) of one trace."""
    metadata, arrays = read(path)
    configuration = json.loads(metadata["configuration"])
    outputs = Replay(configuration, metadata, arrays).run(int(metadata["steps"]))
    return *max(differences(arrays, outputs)), tolerance(arrays, configuration), len(outputs)


def check(path):
    """The exit status of one trace."""
    try:
        worst, name, limit, count = worst_difference(path)
    except (ValueError, KeyError, OSError) as error:
        print(f"{path}: {error!r}", file=sys.stderr)
        return 2
    verdict = "agrees" if worst <= limit else "DIFFERS"
    print(f"{path}: {verdict}: {worst:.2g} of at most {limit:g}, at {name}; {count} arrays")
    return 0 if worst <= limit else 1


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(max(check(path) for path in sys.argv[1:]))
