"""Networks, losses, penalties and power iteration of the training fixtures, in plain PyTorch."""

import torch
import torch.nn.functional as F
from torch import nn

from training_cases import (
    BATCH_NORM_EPSILON,
    BATCH_NORM_MOMENTUM,
    LEAKY_SLOPE,
    NORM_EPSILON,
    POWER_ITERATION_FLOOR,
)

HIDDEN = (8, 8)
INPUT_WIDTH = 2
OUTPUT_WIDTH = {"generator": 2, "critic": 1}


def make_network(case, name):
    """Linear, [norm], activation, [dropout] per hidden layer, then Linear: a `nn.Sequential`."""
    layers = []
    width = INPUT_WIDTH
    for hidden in HIDDEN:
        layers.append(nn.Linear(width, hidden))
        if name in case.normalizers:
            layers.append(
                nn.BatchNorm1d(hidden, eps=BATCH_NORM_EPSILON, momentum=BATCH_NORM_MOMENTUM)
            )
        layers.append(nn.Tanh() if case.activation == "tanh" else nn.LeakyReLU(LEAKY_SLOPE))
        if name == "critic" and case.critic_dropout > 0:
            layers.append(nn.Dropout(case.critic_dropout))
        width = hidden
    layers.append(nn.Linear(width, OUTPUT_WIDTH[name]))
    return nn.Sequential(*layers)


def forward(network, x, *, weights=None, masks=None, update_statistics=False):
    """The network in training mode with its hidden inputs made explicit.

    `weights` replaces linear layers' weights and `masks` holds the scaled dropout masks, both by
    layer index. Batch norm always uses the statistics of `x`; it updates the running ones on
    request only.
    """
    for index, layer in enumerate(network):
        if isinstance(layer, nn.Linear):
            weight = layer.weight if weights is None else weights[index]
            x = F.linear(x, weight, layer.bias)
        elif isinstance(layer, nn.BatchNorm1d):
            running = (layer.running_mean, layer.running_var) if update_statistics else (None, None)
            x = F.batch_norm(x, *running, layer.weight, layer.bias, training=True,
                             momentum=layer.momentum, eps=layer.eps)
        elif isinstance(layer, nn.Dropout):
            x = x * masks[index]
        else:
            x = layer(x)
    return x


def softplus(x):
    """log(1 + e^x); torch's own softplus is the identity above 20, which is 2e-9 off there."""
    return torch.logaddexp(x, torch.zeros_like(x))


def critic_loss(loss, real, fake, real_label=1.0, fake_label=0.0):
    """The critic's side; labels are the probabilities of "real" the logistic loss aims at."""
    if loss == "nonsaturating":
        on_real = real_label * softplus(-real) + (1 - real_label) * softplus(real)
        on_fake = fake_label * softplus(-fake) + (1 - fake_label) * softplus(fake)
        return on_real.mean() + on_fake.mean()
    if loss == "hinge":
        return torch.relu(1 - real).mean() + torch.relu(1 + fake).mean()
    if loss == "wasserstein":
        return fake.mean() - real.mean()
    raise ValueError(f"unknown loss {loss}")


def generator_loss(loss, fake):
    return softplus(-fake).mean() if loss == "nonsaturating" else -fake.mean()


def penalty_point(penalty, real, fake, alpha, direction):
    """The points, one per sample, at which the critic's gradient is penalized."""
    if penalty.where == "real":
        return real
    if penalty.where == "fake":
        return fake
    if penalty.where == "line":
        return alpha * real + (1 - alpha) * fake
    deviation = real.std(unbiased=False)
    return real + alpha * 0.5 * deviation * direction


def penalty_value(penalty, gradient):
    """coefficient * weight * every * mean target, from per-sample gradients [batch, width]."""
    squared = gradient.square().sum(dim=1)
    if penalty.target == "zero":
        terms = squared
    else:
        excess = (squared + NORM_EPSILON).sqrt() - 1
        terms = (torch.relu(excess) if penalty.target == "one-sided" else excess).square()
    return penalty.coefficient * penalty.weight * penalty.every * terms.mean()


def gradient_penalty(penalty, critic, point):
    """The penalty of the function `critic` at `point`, differentiable in the critic's weights."""
    point = point.detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(critic(point).sum(), point, create_graph=True)
    return penalty_value(penalty, gradient)


def mean_discrepancy(sigmas, real, fake):
    """The unbiased estimate of MMD^2, as a sum over pairs of differences."""

    def kernel(x, y):
        squared = (x[:, None, :] - y[None, :, :]).square().sum(dim=2)
        return sum(torch.exp(-squared / (2 * sigma**2)) for sigma in sigmas)

    n = len(real)
    others = ~torch.eye(n, dtype=torch.bool)
    within = [kernel(x, x)[others].sum() / (n * (n - 1)) for x in (real, fake)]
    return sum(within) - 2 * kernel(real, fake).mean()


def unit(x):
    return x / x.norm().clamp_min(POWER_ITERATION_FLOOR)


@torch.no_grad()
def power_iteration(weight, u):
    """One step from the stored u: v = unit(W^T u), then u = unit(W v); returns (u, v)."""
    v = unit(weight.T @ u)
    return unit(weight @ v), v


def spectral_weights(network, vectors):
    """W / sigma by layer index, sigma = u^T W v with u and v constant."""
    return {
        index: network[index].weight / (u @ (network[index].weight @ v))
        for index, (u, v) in vectors.items()
    }
