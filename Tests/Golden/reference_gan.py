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
    """The network of a case in its initial state; that of images is in reference_images.py."""
    if case.architecture != "mlp":
        from reference_images import make_image_network
        network = make_image_network(case, name)
    else:
        network = make_perceptron(case, name)
    if weight_normalized(case, name):
        for layer in network:
            if weighted(layer):
                layer.weight_g = nn.Parameter(matrix(layer, layer.weight).detach().norm(dim=1))
    return network


def constraint(case, name):
    return case.constraint if name == "critic" else case.generator_constraint


def weight_normalized(case, name):
    return constraint(case, name) is not None and constraint(case, name).name == "weight-norm"


def weighted(layer):
    return isinstance(layer, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d))


def matrix(layer, weight):
    """One row per output."""
    if isinstance(layer, nn.ConvTranspose2d):
        weight = weight.transpose(0, 1)
    return weight.flatten(1)


def make_perceptron(case, name):
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


def forward(network, x, *, weights=None, masks=None, update_statistics=False, reference=None):
    """The network in training mode with its hidden inputs made explicit.

    `weights` replaces layers' weights and `masks` holds the scaled dropout masks, both by layer
    index. Batch norm always uses the statistics of `x`; it updates the running ones on request
    only. `reference` is the batch that virtual batch normalization refers to; it goes through the
    layers alongside.
    """
    for index, layer in enumerate(network):
        if hasattr(layer, "alone"):
            x, reference = layer(x, reference), layer.alone(reference)
            continue
        weight = None if weights is None else weights.get(index)
        mask = None if masks is None else masks.get(index)
        x = apply_layer(layer, x, weight, mask, update_statistics)
        if reference is not None:
            reference = apply_layer(layer, reference, weight, None, False)
    return x.flatten(1) if x.shape[1:] == (1, 1, 1) else x


def apply_layer(layer, x, weight, mask, update_statistics):
    if isinstance(layer, nn.Linear):
        return F.linear(x, layer.weight if weight is None else weight, layer.bias)
    if isinstance(layer, nn.Conv2d):
        return F.conv2d(x, layer.weight if weight is None else weight, layer.bias, layer.stride,
                        layer.padding)
    if isinstance(layer, nn.ConvTranspose2d):
        if x.dim() == 2:
            x = x[:, :, None, None]
        return F.conv_transpose2d(x, layer.weight if weight is None else weight, layer.bias,
                                  layer.stride, layer.padding, layer.output_padding)
    if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
        running = (layer.running_mean, layer.running_var) if update_statistics else (None, None)
        return F.batch_norm(x, *running, layer.weight, layer.bias, training=True,
                            momentum=layer.momentum, eps=layer.eps)
    if isinstance(layer, nn.Dropout):
        return x * mask
    for part in layer.children():
        if isinstance(part, nn.BatchNorm2d):
            part.momentum = BATCH_NORM_MOMENTUM if update_statistics else 0.0
    return layer(x)


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
    if alpha is not None:
        alpha = alpha.view(-1, *[1] * (real.dim() - 1))
    if penalty.where == "line":
        return alpha * real + (1 - alpha) * fake
    deviation = real.std(unbiased=False)
    return real + alpha * 0.5 * deviation * direction


def penalty_value(penalty, gradient):
    """coefficient * weight * every * mean target, from per-sample gradients [batch, ...]."""
    squared = gradient.square().flatten(1).sum(dim=1)
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
        index: network[index].weight / (u @ (matrix(network[index], network[index].weight) @ v))
        for index, (u, v) in vectors.items()
    }


def normalized_weights(network):
    """g v / ||v|| per output, by layer index."""
    result = {}
    for index, layer in enumerate(network):
        if weighted(layer):
            scale = layer.weight_g / matrix(layer, layer.weight).norm(dim=1)
            shape = (1, -1, 1, 1) if isinstance(layer, nn.ConvTranspose2d) else \
                (-1,) + (1,) * (layer.weight.dim() - 1)
            result[index] = layer.weight * scale.view(shape)
    return result
