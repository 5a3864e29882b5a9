"""Losses, penalties, kernels and steps of the games against values by hand."""

import math
from types import SimpleNamespace

import torch
from torch import nn

import reference_distances as distances
import reference_objectives as objectives
import reference_penalties as penalties
from fixture_checks import require
from game_cases import entry, preset
from reference_optimizers import OptimisticAdam


def check_by_hand():
    check_penalties()
    check_matrices()
    check_shift()
    check_discrepancies()
    check_embeddings()
    check_autoencoders()
    check_information()
    check_slopes()
    check_optimistic_steps()


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


def check_penalties():
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


def column(*numbers):
    return torch.tensor(numbers, dtype=torch.float64)[:, None]


def check_embeddings():
    """One sample each, 1, 3 and 7, that are their own embeddings."""
    s = SimpleNamespace(real=column(1.0), fake=column(3.0), second=column(7.0),
                        critic=SimpleNamespace(embed=lambda x: x))
    # c(1, 3) = 2 - 1 and c(7, 3) = 4 - 7; then |3 - 1| + |7 - 1| - |3 - 7|
    loss = entry("cramer", dimensions=1)
    agree("cramer critic", objectives.loss_value("critic", loss, s), -3 - 1)
    agree("cramer generator", objectives.loss_value("generator", loss, s), 4)
    slope = distances.witness(loss, s)(column(5.0))
    agree("cramer's penalized function", slope, 2 - 5)
    kernel = entry("gaussian", sigmas=[1.0])
    value = distances.witness(entry("mmd", kernel=kernel), s)(column(2.0))
    agree("witness", value, 0)  # as far from 1 as from 3
    agree("witness", distances.witness(entry("mmd", kernel=kernel), s)(column(1.0)),
          1 - math.exp(-2))


def check_autoencoders():
    """Errors of an autoencoder that halves, of samples 2 and 4 against 6 and 8."""
    critic = SimpleNamespace(embed=lambda x: x, decode=lambda code: code / 2)
    s = SimpleNamespace(real=column(2.0, 4.0), fake=column(6.0, 8.0), critic=critic,
                        state={"loss.balance": 0.5}, updates={})
    ebgan = entry("ebgan", margin=10.0, pullAway=0.1, code=1)
    agree("ebgan critic", objectives.loss_value("critic", ebgan, s), (1 + 4) / 2 + (10 - 9) / 2)
    agree("ebgan generator", objectives.loss_value("generator", ebgan, s), (9 + 16) / 2 + 0.1)
    began = entry("began", gamma=0.5, rate=0.1, code=1)
    agree("began critic", objectives.loss_value("critic", began, s), 1.5 - 0.5 * 3.5)
    agree("began generator", objectives.loss_value("generator", began, s), 3.5)
    agree("began's balance", s.updates["loss.balance"], 0.5 + 0.1 * (0.75 - 3.5))
    codes = torch.tensor([[1.0, 0], [1, 1], [0, 2]], dtype=torch.float64)
    agree("pull-away", objectives.pull_away(codes), 1 / 3)


def check_information():
    """Two samples of two positions; the scores of each global feature with all local ones."""
    local = torch.tensor([[[1.0], [2.0]], [[3.0], [-1.0]]], dtype=torch.float64)
    whole = torch.tensor([[1.0], [0.5]], dtype=torch.float64)
    s = SimpleNamespace(critic=SimpleNamespace(projections=lambda x: (local, whole)))
    first = [math.exp(own) / (math.exp(own) + math.exp(3) + math.exp(-1)) for own in (1, 2)]
    second = [math.exp(own) / (math.exp(own) + math.exp(0.5) + math.exp(1)) for own in (1.5, -0.5)]
    expected = -sum(math.log(share) for share in first + second) / 4
    agree("information", objectives.information(s, torch.zeros(2, 1)), expected)


def check_slopes():
    """Losses that have slopes or distances of samples in them, of a linear critic."""
    slope = torch.tensor([1.2, 1.6], dtype=torch.float64)
    s = linear_view(slope)  # scores 9 and 20.2 against 3 and 3
    logistic = sum(math.log1p(math.exp(-d)) for d in (6, 17.2)) / 2
    agree("r3gan", objectives.loss_value("critic", entry("r3gan", gamma=0.5), s),
          logistic + 0.25 * (4 + 4))
    quadratic = entry("gan-qp", **{"lambda": 2.0})  # mean distances 2 and 6
    agree("gan-qp", objectives.loss_value("critic", quadratic, s),
          (-6 + 36 / 8 - 17.2 + 17.2**2 / 24) / 2)
    agree("gan-qp", objectives.loss_value("generator", quadratic, s), (6 + 17.2) / 2)
    s.critic.embed = lambda x: x @ torch.stack([slope, 2 * slope], 1)
    agree("scale", distances.slope_scale({"lambda": 0.5}, s), 1 / (1 + 0.5 * (4 + 16)))


def check_optimistic_steps():
    """With both betas 0 a direction is the gradient's sign: two steps up 1, then down 4."""
    weight = nn.Parameter(torch.zeros(1, dtype=torch.float64))
    optimizer = OptimisticAdam([weight], {"rate": 0.1, "beta1": 0.0, "beta2": 0.0, "epsilon": 0.0})
    for gradient, expected in ((1.0, -0.2), (-4.0, 0.1)):  # then + 0.1 (2 + 1)
        weight.grad = torch.full((1,), gradient, dtype=torch.float64)
        optimizer.step()
        agree("optimistic step", weight, expected)
