"""Losses that are functions of the critic's scores r of real and f of fake samples alone."""

import torch

from reference_divergences import divergence_loss
from reference_gan import critic_loss, softplus


def relu(x):
    return torch.relu(x)


def logistic_critic(loss, r, f):
    return critic_loss("nonsaturating", r, f, *loss.get("labels", (1.0, 0.0)))


def least_squares_critic(loss, r, f):
    return 0.5 * (r - loss["b"]).square().mean() + 0.5 * (f - loss["a"]).square().mean()


def pair_loss(form, d):
    """Of differences d that should be large."""
    if form == "logistic":
        return softplus(-d).mean()
    if form == "least-squares":
        return (d - 1).square().mean()
    if form == "hinge":
        return relu(1 - d).mean()
    raise ValueError(f"unknown form {form}")


def relativistic(loss, r, f):
    return pair_loss(loss["form"], r - f)


def relativistic_average(loss, r, f):
    """Half of the loss of r above the mean of f and of f below the mean of r."""
    return 0.5 * (pair_loss(loss["form"], r - f.mean()) + pair_loss(loss["form"], r.mean() - f))


def partition(r, f):
    return torch.logsumexp(torch.cat([r, f]), 0)


def dual_contrastive(loss, r, f):
    """Minus the mean log probability of each sample among itself and all of the other kind."""
    def told_apart(own, others):
        logits = torch.cat([own[:, None], others.expand(len(own), -1)], 1)
        return -torch.log_softmax(logits, 1)[:, 0].mean()

    return told_apart(r, f) + told_apart(-f, -r)


def kl_weighted(f):
    """w f with w = n softmax(f)."""
    return len(f) * torch.softmax(f, 0) * f


#: name -> (critic's side, generator's side), both of (settings, r, f).
SCORE_LOSSES = {
    "minimax": (logistic_critic, lambda loss, r, f: -softplus(f).mean()),
    "nonsaturating": (logistic_critic, lambda loss, r, f: softplus(-f).mean()),
    "wasserstein": (lambda loss, r, f: f.mean() - r.mean(), lambda loss, r, f: -f.mean()),
    "hinge": (lambda loss, r, f: relu(1 - r).mean() + relu(1 + f).mean(),
              lambda loss, r, f: -f.mean()),
    "lsgan": (least_squares_critic, lambda loss, r, f: 0.5 * (f - loss["c"]).square().mean()),
    "absolute-deviation": (lambda loss, r, f: (r - 1).abs().mean() + f.abs().mean(),
                           lambda loss, r, f: (f - 1).abs().mean()),
    "softmax": (lambda loss, r, f: partition(r, f) - r.mean(),
                lambda loss, r, f: partition(r, f) - 0.5 * (r.mean() + f.mean())),
    "dual-contrastive": (dual_contrastive, lambda loss, r, f: -dual_contrastive(loss, r, f)),
    "kl-wgan": (lambda loss, r, f: relu(1 - r).mean() + relu(1 + kl_weighted(f)).mean(),
                lambda loss, r, f: -kl_weighted(f).mean()),
    "relativistic": (relativistic, lambda loss, r, f: relativistic(loss, f, r)),
    "relativistic-average": (relativistic_average,
                             lambda loss, r, f: relativistic_average(loss, f, r)),
    "f-gan": (lambda loss, r, f: divergence_loss(loss, "critic", r, f),
              lambda loss, r, f: divergence_loss(loss, "generator", r, f)),
}
