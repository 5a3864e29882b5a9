"""Initial values and random inputs of a case, and where they stand in its file."""

import math
import zlib
from types import SimpleNamespace

import numpy as np
import torch
from torch import nn

from reference_gan import INPUT_WIDTH, constraint, make_network, weight_normalized
from reference_images import IMAGE, LATENT, REFERENCE, VirtualBatchNorm

#: Chosen with the gains so that fixture_checks.py accepts every case: many starts are too chaotic
#: under plain SGD with a penalty of weight 10, or leave the one-sided penalty idle.
SEED = 91
RING_MODES = 8
RING_RADIUS = 2 / 1.414
RING_DEVIATION = 0.02 / 1.414
#: Standard deviation of a Gaussian weight times the root of its fan-in.
GAUSSIAN_GAIN = 1.4
#: The same for the networks of images.
IMAGE_GAIN = 1.0
NORMALIZERS = (nn.BatchNorm2d, nn.InstanceNorm2d, nn.GroupNorm, nn.LayerNorm, VirtualBatchNorm)
#: Singular value of an orthogonal weight: the critic's gradient norms then lie around 1.
ORTHOGONAL_GAIN = 1.5


def stream(name):
    """A generator per name, so that one case's extra inputs shift no other's."""
    return np.random.default_rng([SEED, zlib.crc32(name.encode())])


def gaussian(draws, shape):
    return GAUSSIAN_GAIN / math.sqrt(shape[1]) * draws.standard_normal(shape)


def orthogonal(draws, shape):
    """Orthonormal rows or columns, whichever are fewer, times the gain."""
    tall = draws.standard_normal((max(shape), min(shape)))
    q, r = np.linalg.qr(tall)
    q = q * np.sign(np.diag(r))
    return ORTHOGONAL_GAIN * (q if q.shape == shape else q.T)


def initial_weight(case, name, draws, shape):
    """Critics start orthogonal, unless power iterations would then have nothing to do."""
    kind = orthogonal if name == "critic" and not spectral(case, name) else gaussian
    return kind(draws, shape)


def initial_image_parameters(case):
    """Every array of both networks' state, by its name."""
    arrays = {}
    for name in ("generator", "critic"):
        network = make_network(case, name)
        gains = {}
        for key, value in network.state_dict().items():
            draws, shape = stream(f"images/{name}/{key}"), tuple(value.shape)
            kind = key.split(".")[-1]
            if key.endswith("num_batches_tracked") or kind == "weight_g":
                continue
            if kind.startswith("running"):
                array = np.full(shape, float(kind == "running_var"))
            elif kind == "bias":
                array = 0.1 * draws.standard_normal(shape)
            elif "norm" in key or isinstance(network[int(key.split(".")[0])], NORMALIZERS):
                array = 1 + 0.1 * draws.standard_normal(shape)
            else:
                array = IMAGE_GAIN / math.sqrt(math.prod(shape[1:])) * draws.standard_normal(shape)
                layer = network[int(key.split(".")[0])]
                rows = array.swapaxes(0, 1) if isinstance(layer, nn.ConvTranspose2d) else array
                gains[key] = np.linalg.norm(rows.reshape(rows.shape[0], -1), axis=1)
                if spectral(case, name):
                    u = draws.standard_normal(rows.shape[0])
                    arrays[f"initial/{name}.{key}_u"] = u / np.linalg.norm(u)
            arrays[f"initial/{name}.{key}"] = array
        if weight_normalized(case, name):
            arrays |= {f"initial/{name}.{key}_g": gain for key, gain in gains.items()}
        if case.normalizers.get(name) == "virtual-batch":
            draws = stream(f"images/{name}/reference")
            shape = (REFERENCE, LATENT) if name == "generator" else (REFERENCE,) + IMAGE
            arrays[f"initial/{name}.reference"] = draws.standard_normal(shape)
    return arrays


def pictures(shape):
    """Noise around one of two patterns, in (-1, 1)."""
    draws = stream("images/real")
    patterns = draws.standard_normal((2,) + IMAGE)
    chosen = patterns[draws.integers(2, size=shape)]
    return np.tanh(chosen + 0.3 * draws.standard_normal(chosen.shape))


def initial_parameters(case):
    if case.architecture != "mlp":
        return initial_image_parameters(case)
    arrays = {}
    for name in ("generator", "critic"):
        network = make_network(case, name)
        linear = 0
        for index, layer in enumerate(network):
            prefix = f"initial/{name}.{index}"
            if isinstance(layer, nn.Linear):
                draws = stream(f"{name}/linear/{linear}")  # by order: shared by all structures
                shape = tuple(layer.weight.shape)
                arrays[f"{prefix}.weight"] = initial_weight(case, name, draws, shape)
                arrays[f"{prefix}.bias"] = 0.1 * draws.standard_normal(shape[0])
                if spectral(case, name):
                    u = draws.standard_normal(shape[0])
                    arrays[f"{prefix}.weight_u"] = u / np.linalg.norm(u)
                linear += 1
            elif isinstance(layer, nn.BatchNorm1d):
                draws = stream(f"{name}/norm/{index}")
                width = layer.num_features
                arrays[f"{prefix}.weight"] = 1 + 0.1 * draws.standard_normal(width)
                arrays[f"{prefix}.bias"] = 0.1 * draws.standard_normal(width)
                arrays[f"{prefix}.running_mean"] = np.zeros(width)
                arrays[f"{prefix}.running_var"] = np.ones(width)
    return arrays


def spectral(case, name):
    return constraint(case, name) is not None and constraint(case, name).name == "spectral"


def random_inputs(case):
    """The inputs of all iterations, stacked on axis 0 (then the critic steps, if more than one)."""
    each = (case.steps,) if case.critic_steps == 1 else (case.steps, case.critic_steps)
    per_sample = each + (case.batch,)
    images = case.architecture != "mlp"
    latent = LATENT if images else INPUT_WIDTH
    arrays = {
        "input/real": pictures(per_sample) if images else ring(per_sample),
        "input/latent/critic": stream("latent/critic").standard_normal(per_sample + (latent,)),
        "input/latent/generator": stream("latent/generator").standard_normal(
            (case.steps, case.batch, latent)
        ),
    }
    if case.penalty and case.penalty.where in ("line", "around"):
        arrays["input/penalty/alpha"] = stream("penalty/alpha").random(per_sample + (1,))
    if case.penalty and case.penalty.where == "around":
        arrays["input/penalty/direction"] = stream("penalty/direction").random(
            per_sample + (IMAGE if images else (INPUT_WIDTH,))
        )
    return arrays | dropout_masks(case) | unrolled_arrays(case)


def unrolled_arrays(case):
    """Random inputs of the critic's steps that a generator step looks ahead to, and of the loss after them."""
    arrays = {}
    penalty = case.penalty
    per_sample = (case.steps, case.batch)
    for k in range(1, case.unrolled + 2) if case.unrolled else ():
        if penalty and penalty.where in ("line", "around") and k <= case.unrolled:
            arrays[f"input/penalty/alpha/unrolled/{k}"] = \
                stream(f"penalty/alpha/unrolled/{k}").random(per_sample + (1,))
        if penalty and penalty.where == "around" and k <= case.unrolled:
            arrays[f"input/penalty/direction/unrolled/{k}"] = \
                stream(f"penalty/direction/unrolled/{k}").random(per_sample + (INPUT_WIDTH,))
        arrays |= dropout_masks(case, f"/unrolled/{k}", ("real", "fake"))
    return arrays


def ring(shape):
    draws = stream("real")
    angle = 2 * math.pi * draws.integers(RING_MODES, size=shape) / RING_MODES
    modes = RING_RADIUS * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    return modes + RING_DEVIATION * draws.standard_normal(modes.shape)


def dropout_masks(case, suffix="", forwards=None):
    arrays = {}
    if forwards is None:
        forwards = ("real", "fake", "generator") + (("penalty",) if case.penalty else ())
    network = make_network(case, "critic")
    for index, layer in enumerate(network):
        if isinstance(layer, nn.Dropout):
            width = [other.out_features for other in network[:index]
                     if isinstance(other, nn.Linear)][-1]
            for which in forwards:
                kept = stream(f"dropout/{index}/{which}{suffix}").random(
                    (case.steps, case.batch, width)) >= layer.p
                arrays[f"input/dropout/critic/{index}/{which}{suffix}"] = kept / (1 - layer.p)
    return arrays


def draw(case):
    """All `initial/` and `input/` arrays of the case's file, in the case's precision."""
    precision = np.float32 if case.dtype == torch.float32 else np.float64
    arrays = initial_parameters(case) | random_inputs(case)
    return {name: np.ascontiguousarray(array, dtype=precision) for name, array in arrays.items()}


def at_step(case, arrays, dtype, iteration, critic_step=None):
    """The inputs of one step as tensors; `critic_step` None means the generator's step.

    Fields: latent and masks (forward -> layer index -> mask); for the critic also real, alpha and
    direction (the last two None where the case has none).
    """

    def pick(name):
        if name not in arrays:
            return None
        array = arrays[name][iteration]
        if critic_step is not None and case.critic_steps > 1:
            array = array[critic_step]
        return torch.tensor(array, dtype=dtype)

    masks = {}
    for name in arrays:
        if name.startswith("input/dropout/critic/") and "/unrolled/" not in name:
            index, which = name.split("/")[-2:]
            masks.setdefault(which, {})[int(index)] = pick(name)
    if critic_step is None:
        return SimpleNamespace(latent=pick("input/latent/generator"), masks=masks)
    return SimpleNamespace(
        real=pick("input/real"),
        latent=pick("input/latent/critic"),
        alpha=pick("input/penalty/alpha"),
        direction=pick("input/penalty/direction"),
        masks=masks,
    )


def generator_batch(case, arrays, dtype, iteration):
    """The real batch of a generator step: the critic's batch number `iteration`, counted over the run."""
    real = arrays["input/real"]
    flat = real if case.critic_steps == 1 else real.reshape((-1,) + real.shape[2:])
    return torch.tensor(flat[iteration], dtype=dtype)


def unrolled_inputs(case, arrays, dtype, iteration, k):
    """The random inputs of step k, from 1, that the generator looks ahead to: alpha, direction, masks."""

    def pick(name):
        array = arrays.get(name)
        return None if array is None else torch.tensor(array[iteration], dtype=dtype)

    end = f"/unrolled/{k}"
    masks = {}
    for name in arrays:
        if name.startswith("input/dropout/critic/") and name.endswith(end):
            index, which = name.removesuffix(end).split("/")[-2:]
            masks.setdefault(which, {})[int(index)] = pick(name)
    return SimpleNamespace(alpha=pick("input/penalty/alpha" + end),
                           direction=pick("input/penalty/direction" + end), masks=masks)
