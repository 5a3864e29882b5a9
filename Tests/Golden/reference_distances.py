"""Losses that compare batches in an embedding: kernels and their mean discrepancy, and the Cramer distance.

Sides are functions of (settings, s); the fields of s are in reference_play.py.
"""

import torch

ROOT_EPSILON = 1e-12


def length(x):
    """Norms along the last axis."""
    return (x.square().sum(-1) + ROOT_EPSILON).sqrt()


def kernel_matrix(kernel, x, y):
    """k(x_i, y_j) of rows."""
    name = kernel["name"]
    differences = x[:, None, :] - y[None, :, :]
    if name == "distance":
        root = lambda v: (v.square().sum(-1) + kernel["epsilon"]).sqrt()
        return root(x)[:, None] + root(y)[None, :] - root(differences)
    product = x @ y.T
    if name == "polynomial":
        return (product / x.shape[1] + kernel["offset"]) ** kernel["degree"]
    squared = differences.square().sum(-1)
    if name == "gaussian":
        return sum(torch.exp(-squared / (2 * sigma**2)) for sigma in kernel["sigmas"])
    if name == "rational-quadratic":
        value = sum((1 + squared / (2 * alpha)) ** -alpha for alpha in kernel["alphas"])
        return value + product if kernel["linear"] else value
    raise ValueError(f"unknown kernel {name}")


def unbiased(kernel, x, y):
    """MMD^2 without the diagonals."""
    m, n = len(x), len(y)
    xx, yy = kernel_matrix(kernel, x, x), kernel_matrix(kernel, y, y)
    return (xx.sum() - xx.trace()) / (m * (m - 1)) + (yy.sum() - yy.trace()) / (n * (n - 1)) \
        - 2 * kernel_matrix(kernel, x, y).mean()


def biased_root(kernel, x, y):
    squared = kernel_matrix(kernel, x, x).mean() + kernel_matrix(kernel, y, y).mean() \
        - 2 * kernel_matrix(kernel, x, y).mean()
    return (torch.relu(squared) + ROOT_EPSILON).sqrt()


def embedded_discrepancy(loss, s):
    return unbiased(loss["kernel"], s.critic.embed(s.real), s.critic.embed(s.fake))


def slope_scale(loss, s):
    """1 / (1 + lambda E ||dh/dx||_F^2) at the reals."""
    x = s.real.detach().requires_grad_()
    h = s.critic.embed(x)
    squared = sum(
        torch.autograd.grad(h[:, k].sum(), x, create_graph=True)[0].square().flatten(1).sum(1)
        for k in range(h.shape[1]))
    return 1 / (1 + loss["lambda"] * squared.mean())


def autoencoder_distance(loss, s):
    return biased_root(loss["kernel"], s.critic.embed(s.real), s.critic.embed(s.fake))


def reconstruction(s, x):
    return (s.critic.decode(s.critic.embed(x)) - x).square().mean()


def autoencoder_critic(loss, s):
    errors = reconstruction(s, s.real) + reconstruction(s, s.fake)
    return loss["reconstruction"] * errors - autoencoder_distance(loss, s)


def cramer_critic(loss, s):
    """-E[c(x, g) - c(g', g)], c(a, b) = ||h(a) - h(b)|| - ||h(a)||."""
    x, g, other = (s.critic.embed(batch) for batch in (s.real, s.fake, s.second))
    on_real = length(x - g) - length(x)
    on_fake = length(other - g) - length(other)
    return on_fake.mean() - on_real.mean()


def cramer_generator(loss, s):
    x, g, other = (s.critic.embed(batch) for batch in (s.real, s.fake, s.second))
    return (length(g - x) + length(other - x) - length(g - other)).mean()


def moment_generator(loss, s):
    distance = {"unbiased": unbiased, "root": biased_root}[loss["form"]]
    return distance(loss["kernel"], s.real.flatten(1), s.fake.flatten(1))


DISTANCE_LOSSES = {
    "mmd": (lambda loss, s: -embedded_discrepancy(loss, s), embedded_discrepancy),
    "scaled-mmd": (lambda loss, s: -slope_scale(loss, s) * embedded_discrepancy(loss, s),
                   lambda loss, s: slope_scale(loss, s) * embedded_discrepancy(loss, s)),
    "mmd-li": (autoencoder_critic, autoencoder_distance),
    "cramer": (cramer_critic, cramer_generator),
    "moment-matching": (None, moment_generator),
}


def witness(loss, s):
    """The function of one sample each whose slope a gradient penalty is about."""
    if loss["name"] == "cramer":
        def cramer(x):
            h = s.critic.embed(x)
            return length(h - s.critic.embed(s.second)) - length(h)
        return cramer

    def difference(x):
        h = s.critic.embed(x)
        near, far = (kernel_matrix(loss["kernel"], h, s.critic.embed(batch)).mean(1)
                     for batch in (s.real, s.fake))
        return near - far
    return difference
