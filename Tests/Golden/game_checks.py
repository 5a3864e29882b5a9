"""Checks of the games: that every part of a case is at work, and terms against values by hand."""

import math
from types import SimpleNamespace

import numpy as np
import torch
from torch import nn

import reference_distances as distances
import reference_penalties as penalties
from fixture_checks import DISTINCT, require
from game_cases import entry, preset
from reference_play import play

#: What some term of a player must reach in some step.
TERM = 1e-3


def check_parts_at_work(case, arrays, outputs):
    """Moving any setting or leaving out any part must move the weights at the end."""
    weights = [name for name in outputs if name.startswith("final/") and outputs[name].ndim > 0]
    for what, other in case.variations():
        ends = play(other, arrays)
        moved = max(np.abs(ends[name] - outputs[name]).max() for name in weights)
        require(moved > DISTINCT, f"{case.name}: {what} moves the weights by {moved} only")
    for name, own in (("penalty", case.penalties), ("generatorPenalty", case.generator_penalties)):
        if own:
            largest = np.abs(outputs[f"loss/{name}"]).max()
            require(largest > TERM, f"{case.name}: largest {name} {largest}")
    for player, chosen in case.optimizers.items():
        starts = [name for name in arrays if name.startswith(f"initial/{player}.")]
        stays = all((arrays[name] == outputs[name.replace("initial", "final")]).all()
                    for name in starts)
        require(stays == (chosen == "frozen"), f"{case.name}: {player} stays: {stays}")
    require(all(np.isfinite(array).all() for array in outputs.values()),
            f"{case.name}: not finite")


def linear_view(slope):
    """D(x) = slope . x + 3 on two batches of two points."""
    real = torch.tensor([[1.0, 3.0], [5.0, 7.0]], dtype=torch.float64)
    updates = {}
    return SimpleNamespace(
        real=real, fake=torch.zeros_like(real), loss={"name": "wasserstein"}, state={},
        updates=updates, critic=SimpleNamespace(score=lambda x: x @ slope + 3),
        draw=lambda name: torch.full((2, 1), 0.5, dtype=torch.float64),
        constant=lambda key, tensor: tensor)


def agree(what, value, expected):
    found = value.item() if isinstance(value, torch.Tensor) else value
    require(math.isclose(found, expected, rel_tol=1e-10, abs_tol=1e-11),
            f"{what}: {found}, not {expected}")


def check_terms():
    """Terms at weight 1 of D(x) = 1.2 x + 1.6 y + 3: a slope of l2 norm 2, l1 2.8, linf 1.6."""
    slope = torch.tensor([1.2, 1.6], dtype=torch.float64)
    by_hand = (
        (preset("max-gp"), 4), (preset("wgan-div"), 64), (preset("l1-margin"), 0.6),
        (preset("linf-margin"), 1.8), (preset("wgan-gp"), 1), (preset("lp"), 1),
        (preset("gradient", power=3, where="real", target="zero"), 8),
        (preset("gradient", norm="l1", target="zero", scale=3.0), 3 * 2.8**2),
        (preset("sobolev", rho=0.5), 0.25 * 9),  # c = 4/2 + 4/2 - 1
        (preset("lecam", decay=0.5, warmup=1), 0),
        (preset("drift"), (9**2 + 20.2**2) / 2),  # scores 9 and 20.2
    )
    for chosen, expected in by_hand:
        term = penalties.TERMS[chosen["preset"]]
        agree(chosen["preset"], term(chosen, "penalty", linear_view(slope)), expected)
    s = linear_view(slope)
    s.state = {"penalty.steps": 1, "penalty.real": 10.0, "penalty.fake": 5.0}
    # Means 14.6 and 3: anchors 12.3 and 4. Reals 9, 20.2 over 4; fakes 3, 3 under 12.3.
    agree("lecam", penalties.lecam(preset("lecam", decay=0.5, warmup=1), "penalty", s),
          (5**2 + 16.2**2) / 2 + 9.3**2)
    agree("lecam's mean", s.updates["penalty.real"], 12.3)
    s = linear_view(slope)
    s.state = {"penalty.multiplier": 2.0}
    agree("sobolev", penalties.sobolev(preset("sobolev", rho=0.5), "penalty", s), 2 * 3 + 2.25)
    agree("sobolev's multiplier", s.updates["penalty.multiplier"], 3.5)
    check_matrices()
    check_shift()
    check_discrepancies()


def check_matrices():
    layer = nn.Linear(2, 2, dtype=torch.float64)
    layer.weight.data = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64)
    s = SimpleNamespace(networks={"critic": nn.Sequential(layer)})
    agree("l2", penalties.TERMS["l2"]({}, "", s), 15)
    agree("orthogonal", penalties.TERMS["orthogonal"]({}, "", s), 2 * 11**2)


def check_shift():
    image = torch.arange(16.0).view(1, 4, 4)
    moved = penalties.flipped_and_shifted(image, 0.25, 0.7, 0.9, 0.1)  # down by 1, left by 1
    require(moved[0, 0].tolist() == [0, 0, 0, 0] and moved[0, 1].tolist() == [1, 2, 3, 0],
            f"shifted: {moved}")
    mirrored = penalties.flipped_and_shifted(image, 0.25, 0.2, 0.5, 0.5)
    require(mirrored[0, 1].tolist() == [7, 6, 5, 4], f"mirrored: {mirrored}")


def check_discrepancies():
    """Points 0, 2 against 1, 5 on a line under the distance kernel: sums of distances by hand."""
    x, y = (torch.tensor(points, dtype=torch.float64)[:, None] for points in ([0.0, 2.0], [1.0, 5.0]))
    distance = entry("distance", epsilon=0.0)
    # E|x - y| over the four pairs is 2.5; |x - x'| = 2 and |y - y'| = 4.
    agree("unbiased", distances.unbiased(distance, x, y), 2 * 2.5 - 2 - 4)
    agree("biased", distances.biased_root(distance, x, y), math.sqrt(2 * 2.5 - 1 - 2))
    gaussian = entry("gaussian", sigmas=[2.0])
    agree("gaussian", distances.kernel_matrix(gaussian, x, y)[0, 1], math.exp(-25 / 8))
    rational = entry("rational-quadratic", alphas=[0.5], linear=True)
    agree("rational", distances.kernel_matrix(rational, x, y)[1, 1], 10 + 10**-0.5)
    polynomial = entry("polynomial", degree=3, offset=1.0)
    agree("polynomial", distances.kernel_matrix(polynomial, x, y)[1, 1], 11**3)
