"""f-GAN (Nowozin et al., 1606.00709): activations g and conjugates f*, composed as they stand in the paper."""

import math

import torch

from reference_gan import softplus


class WrightOmega(torch.autograd.Function):
    """The w with w + log w = z, of derivative w / (1 + w)."""

    @staticmethod
    def forward(context, z):
        w = torch.where(z > 1, z, torch.exp(z.clamp_max(1)))
        for _ in range(60):
            w = w * (1 + z - torch.log(w)) / (1 + w)  # Newton for w + log w - z
        context.save_for_backward(z)
        return w

    @staticmethod
    def backward(context, gradient):
        (z,) = context.saved_tensors
        w = WrightOmega.apply(z)
        return gradient * w / (1 + w)


def jeffrey_conjugate(t):
    w = WrightOmega.apply(1 - t)  # W(e^(1 - t))
    return w + 1 / w + t - 2


def weighted_conjugate(t, share):
    return (1 - share) * torch.log((1 - share) / (1 - share * torch.exp(t / share)))


def alpha_conjugate(t, alpha):
    return torch.relu(t * (alpha - 1) + 1) ** (alpha / (alpha - 1)) / alpha - 1 / alpha


def functions(loss):
    """The activation g of the score and the conjugate f* of the activation."""
    share, alpha = loss.get("share"), loss.get("alpha")
    return {
        "kl": (lambda v: v, lambda t: torch.exp(t - 1)),
        "reverse-kl": (lambda v: -torch.exp(-v), lambda t: -1 - torch.log(-t)),
        "pearson": (lambda v: v, lambda t: t * t / 4 + t),
        "neyman": (lambda v: 1 - torch.exp(-v), lambda t: 2 - 2 * torch.sqrt(1 - t)),
        "squared-hellinger": (lambda v: 1 - torch.exp(-v), lambda t: t / (1 - t)),
        "jeffrey": (lambda v: v, jeffrey_conjugate),
        "jensen-shannon": (lambda v: math.log(2) - softplus(-v),
                           lambda t: -torch.log(2 - torch.exp(t))),
        "gan": (lambda v: -softplus(-v), lambda t: -torch.log(1 - torch.exp(t))),
        "weighted-jensen-shannon": (lambda v: -share * math.log(share) - softplus(-v),
                                    lambda t: weighted_conjugate(t, share)),
        "total-variation": (lambda v: 0.5 * torch.tanh(v), lambda t: t),
        "alpha": ((lambda v: v) if alpha is not None and alpha > 1
                  else lambda v: 1 / (1 - alpha) - softplus(-v),
                  lambda t: alpha_conjugate(t, alpha)),
    }[loss["divergence"]]


def divergence_loss(loss, player, r, f):
    activation, conjugate = functions(loss)
    if player == "critic":
        return conjugate(activation(f)).mean() - activation(r).mean()
    if loss["generator"] == "nonsaturating":
        return -activation(f).mean()
    return -conjugate(activation(f)).mean()
