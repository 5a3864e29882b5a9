"""Checks of the fixtures that share no derivative and no formula code with what they check."""

import itertools
import json
import math
from functools import partial
from pathlib import Path

import numpy as np
import torch

import reference_gan as gan
from fixture_runs import train
from game_cases import Game
from reference_losses import SCORE_LOSSES
from training_cases import LOSSES, PENALTIES
from training_inputs import spectral

DIFFERENCE_STEP = 1e-6
#: Allowed error of a central difference, relative to 1 + |gradient|.
DIFFERENCE_TOLERANCE = 2e-8
REPLAY_TOLERANCE = 1e-4
#: Relative size and number of the disturbances a single-precision case must bear.
DISTURBANCE = 3e-7
DISTURBANCES = 8
GAME_DISTURBANCES = 2
DISTINCT = 1e-6
#: A loss or gradient below this may be lost beside a score.
NOTHING = 1e-45


def require(condition, message):
    if not condition:
        raise AssertionError(message)


def check_gradients(case, arrays):
    """Central differences in double precision, at the first and the last iteration.

    One entry of every parameter array: the one with the largest gradient. Returns the largest
    error relative to 1 + |gradient|.
    """
    worst = 0.0

    def inspect(player, iteration, parameters, objective):
        nonlocal worst
        if iteration not in (0, case.steps - 1):
            return
        if player == "generator" and case.unrolled and spectral(case, "critic"):
            return  # u and v of later steps move with the generator, and are constants all the same
        for key, parameter in parameters.items():
            flat, gradient = parameter.data.view(-1), parameter.grad.view(-1)
            index = int(gradient.abs().argmax())
            kept = flat[index].item()
            flat[index] = kept + DIFFERENCE_STEP
            above = objective().item()
            flat[index] = kept - DIFFERENCE_STEP
            below = objective().item()
            flat[index] = kept
            expected = (above - below) / (2 * DIFFERENCE_STEP)
            found = gradient[index].item()
            error = abs(found - expected) / (1 + abs(found))
            require(error < DIFFERENCE_TOLERANCE,
                    f"{case.name}: iteration {iteration}, {key}[{index}]: gradient"
                    f" {found}, central difference {expected}")
            worst = max(worst, error)

    train(case, arrays, torch.float64, inspect)
    return worst


def check_replay(case, arrays, outputs):
    """A run must stay near its replay in double precision.

    So must replays whose initial values and inputs are disturbed by rounding-sized factors: else
    a sample stands on a kink or the run is chaotic, and another order of sums would end elsewhere.
    Returns the largest difference of an array entry from the run.
    """
    worst = 0.0
    for attempt in range(1 + (GAME_DISTURBANCES if isinstance(case, Game) else DISTURBANCES)):
        draws = np.random.default_rng(attempt)
        size = DISTURBANCE if attempt > 0 else 0.0
        disturbed = {name: array * (1 + size * draws.standard_normal(array.shape))
                     for name, array in arrays.items()}
        replay = train(case, disturbed, torch.float64)
        difference = float(np.max([np.abs(outputs[name] - replay[name]).max() for name in outputs]))
        require(difference < REPLAY_TOLERANCE,
                f"{case.name}: replay {attempt} in double precision differs by {difference}")
        worst = max(worst, difference)
    return worst


def check_penalty_at_work(case, outputs):
    """A penalty must push from the first step on, whose gradients the file holds."""
    first = outputs["loss/penalty"].ravel()[0]
    require((first > 1e-3) == (case.penalty is not None), f"{case.name}: first penalty {first}")


def check_settings_matter(outputs_by_case):
    """No two cases of one optimizer and precision may end at the same place."""
    ends = {}
    for name, outputs in outputs_by_case.items():
        keys = tuple(sorted(key for key in outputs if key.startswith("final/")))
        end = np.concatenate([outputs[key].ravel() for key in keys])
        require(np.isfinite(end).all(), f"{name}: not finite")
        ends[name] = (keys, end)
    for (one, (keys, end)), (two, (others, other)) in itertools.combinations(ends.items(), 2):
        if keys == others and (end.dtype, end.shape) == (other.dtype, other.shape):
            require(np.abs(end - other).max() > DISTINCT, f"{one} and {two} end alike")


def check_losses(path):
    """PyTorch's losses and their gradients against the values of objective_values.py.

    Compositions of a conjugate and an activation lose their digits at extreme scores; stable forms
    of them are not what the fixtures are made with.
    """
    for example in json.loads(Path(path).read_text())["examples"]:
        for key, sides in example["losses"].items():
            loss = parsed(key)
            name = loss["name"]
            if name == "f-gan" and example["name"] not in ("ordinary", "undecided"):
                continue
            functions = [tuple(partial(side, loss) for side in SCORE_LOSSES[name])]
            if name in LOSSES:
                functions.append((partial(gan.critic_loss, name),
                                  lambda r, f: gan.generator_loss(name, f)))
            for pair in functions:
                for player, function in zip(("critic", "generator"), pair):
                    what = f"{key} {player}, {example['name']}"
                    compare(what, function, example, sides[player])


def parsed(key):
    """The settings of a key such as lsgan(a=0.0,b=1.0,c=1.0)."""
    name, _, rest = key.removesuffix(")").partition("(")
    pairs = [setting.split("=") for setting in rest.split(",") if setting]
    return {"name": name} | {
        setting: float(text) if text.lstrip("-")[0].isdigit() else text for setting, text in pairs}


def compare(what, function, example, expected):
    real, fake = (torch.tensor(example[name], dtype=torch.float64, requires_grad=True)
                  for name in ("real", "fake"))
    value = function(real, fake)
    value.backward()
    require(math.isclose(value.item(), expected["value"], rel_tol=1e-13, abs_tol=NOTHING),
            f"{what}: {value.item()}, not {expected['value']}")
    for name, scores in (("real", real), ("fake", fake)):
        zeros = [0.0] * len(scores)
        found = zeros if scores.grad is None else scores.grad.tolist()
        for one, other in zip(found, expected["gradient"].get(name, zeros), strict=True):
            require(math.isclose(one, other, rel_tol=1e-12, abs_tol=NOTHING),
                    f"{what}, gradient of {name}: {one}, not {other}")


def check_penalties():
    """Each penalty of D(x) = a . x, whose gradient is a everywhere, against its value by hand."""
    a = torch.tensor([1.2, 1.6], dtype=torch.float64)  # norm 2
    small = 0.25 * a  # norm 1/2
    by_hand = {"wgan-gp": (10, 2.5), "lp": (10, 0), "r1": (2, 0.125), "r2": (2, 0.125),
               "dragan": (10, 2.5), "zero-gp": (40, 2.5)}
    real = torch.tensor([[1.0, 3.0], [5.0, 7.0]], dtype=torch.float64)
    fake = torch.zeros(2, 2, dtype=torch.float64)
    half = torch.full((2, 1), 0.5, dtype=torch.float64)
    points = {"line": 0.5 * real, "real": real, "fake": fake,
              "around": real + 0.25 * math.sqrt(5)}  # mean 4, squares 9 1 1 9: deviation sqrt 5
    for penalty in filter(None, PENALTIES):
        point = gan.penalty_point(penalty, real, fake, half, torch.ones_like(real))
        require(torch.allclose(point, points[penalty.where], rtol=1e-14, atol=0),
                f"{penalty.name}: point {point}")
        for slope, expected in zip((a, small), by_hand[penalty.name], strict=True):
            value = gan.gradient_penalty(penalty, lambda x: x @ slope + 3, point.clone()).item()
            require(math.isclose(value, expected, rel_tol=1e-10, abs_tol=1e-12),
                    f"{penalty.name}: {value}, not {expected}")


def check_power_iteration():
    """W = diag(2, 1) from u = (1, 1): sigma is 17 / sqrt 85, then 257 / sqrt 16705."""
    weight = torch.diag(torch.tensor([2.0, 1.0], dtype=torch.float64))
    u = torch.ones(2, dtype=torch.float64)
    for expected in (17 / math.sqrt(85), 257 / math.sqrt(16705)):
        u, v = gan.power_iteration(weight, u)
        sigma = (u @ (weight @ v)).item()
        require(math.isclose(sigma, expected, rel_tol=1e-14), f"sigma {sigma}, not {expected}")
