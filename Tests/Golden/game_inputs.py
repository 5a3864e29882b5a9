"""Initial values and random inputs of the games, by the names of their streams."""


import numpy as np
import torch
from torch import nn

from reference_critics import latent_width, make_networks
from reference_images import IMAGE
from reference_penalties import GRADIENT, GRADIENT_PRESETS, prefix_of
from training_inputs import gaussian, initial_image_parameters, orthogonal, pictures, ring, stream

CONSISTENT = {"cr": ("real",), "bcr": ("real", "fake")}


def initial_parameters(case):
    arrays = initial_image_parameters(case) if case.architecture != "mlp" else {}
    for networks in make_networks(case).values():
        for name, network in networks.items():
            layers = [network] if isinstance(network, nn.Linear) else \
                [layer for layer in network if isinstance(layer, nn.Linear)]
            keys = [key.removesuffix("weight") for key in network.state_dict()
                    if key.endswith("weight")]
            for position, (key, layer) in enumerate(zip(keys, layers)):
                prefix = f"initial/{name}.{key}"
                if f"{prefix}weight" in arrays:
                    continue
                draws = stream(f"{name}/linear/{position}")
                kind = orthogonal if name == "critic" else gaussian
                gain = case.critic_gain if name == "critic" else 1.0
                arrays[f"{prefix}weight"] = gain * kind(draws, tuple(layer.weight.shape))
                arrays[f"{prefix}bias"] = 0.1 * draws.standard_normal(layer.out_features)
    return arrays


def draw_game(case):
    """All `initial/` and `input/` arrays of the case's file, in the case's precision."""
    precision = np.float32 if case.dtype == torch.float32 else np.float64
    arrays = initial_parameters(case) | random_inputs(case)
    return {name: np.ascontiguousarray(array, dtype=precision) for name, array in arrays.items()}


def random_inputs(case):
    """Inputs of all iterations, stacked on axis 0, then on axis 1 the critic's steps or half-steps."""
    inner = () if case.inner_steps == 1 else (case.inner_steps,)
    rows = (case.steps,) + inner + (case.batch,)
    generator_rows = rows if case.is_shared else (case.steps, case.batch)
    sample = IMAGE if case.architecture != "mlp" else (2,)
    latent = (latent_width(case),)
    arrays = {"real": pictures(rows) if case.architecture != "mlp" else ring(rows)}

    def normal(name, shape):
        arrays[name] = stream(name).standard_normal(shape)

    latents = [("latent/critic", rows)] if case.critic_kind else []
    latents += [] if case.is_shared else [("latent/generator", generator_rows)]
    for name, shape in latents:
        normal(name, shape + latent)
        if case.side("critic")["name"] == "cramer":
            normal(f"{name}/second", shape + latent)
    if case.noise != 0:
        normal("noise/critic/real", rows + sample)
        normal("noise/critic/fake", rows + sample)
        if not case.is_shared:
            normal("noise/generator/fake", generator_rows + sample)
    for position, penalty in enumerate(case.penalties):
        arrays |= penalty_inputs(penalty, prefix_of(position), rows, generator_rows, sample, latent)
    return {f"input/{name}": array for name, array in arrays.items()}


def penalty_inputs(penalty, prefix, rows, generator_rows, sample, latent):
    name, arrays = penalty["preset"], {}
    if name in GRADIENT_PRESETS:
        where = (GRADIENT | GRADIENT_PRESETS[name] | penalty)["where"]
        if where in ("line", "around-real"):
            arrays[f"{prefix}/alpha"] = stream(f"{prefix}/alpha").random(rows + (1,))
        if where == "around-real":
            arrays[f"{prefix}/direction"] = stream(f"{prefix}/direction").random(rows + sample)
    for side in CONSISTENT.get(name, ()):
        key = f"{prefix}/transform/{side}"
        arrays[key] = stream(key).standard_normal(rows + sample) \
            if penalty["transform"]["name"] == "noise" else stream(key).random(rows + (3,))
    if name == "zcr":
        for key, shape in ((f"{prefix}/latent", rows),
                           (f"{prefix}/generator/latent", generator_rows)):
            arrays[key] = stream(key).standard_normal(shape + latent)
    return arrays


def picker(case, arrays, dtype, iteration, inner):
    """Inputs of one step by their streams' names; `inner` None means an alternating generator's step."""

    def pick(name):
        array = arrays[f"input/{name}"][iteration]
        if inner is not None and case.inner_steps > 1:
            array = array[inner]
        return torch.tensor(array, dtype=dtype)

    return pick
