"""Every loss of the games by name: those of scores and of distances elsewhere, and the rest here.

Sides are functions of (settings, s); the fields of s are in reference_play.py.
"""

import torch

from reference_distances import DISTANCE_LOSSES, witness
from reference_losses import SCORE_LOSSES


def scored(side):
    return lambda loss, s: side(loss, s.critic.score(s.real), s.critic.score(s.fake))


def slopes(function, point):
    """The function's gradients [batch, elements] at single samples, differentiable in the weights.

    Points that are functions of something stay so; the function is taken as it is, also if it depends
    on the points' batch.
    """
    point = point.view_as(point) if point.requires_grad else point.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(function(point).sum(), point, create_graph=True)
    return gradient.flatten(1)


def squared_slope(function, point):
    """E ||gradient||^2."""
    return slopes(function, point).square().sum(1).mean()


def r3gan_critic(loss, s):
    relativistic = scored(SCORE_LOSSES["relativistic"][0])({"form": "logistic"}, s)
    squared = [squared_slope(s.critic.score, x) for x in (s.real, s.fake)]
    return relativistic + loss["gamma"] / 2 * sum(squared)


def qp_critic(loss, s):
    difference = s.critic.score(s.real) - s.critic.score(s.fake)
    distance = (s.real - s.fake).abs().flatten(1).mean(1).detach()
    return (-difference + difference.square() / (2 * loss["lambda"] * distance)).mean()


def errors(name, s, x):
    """Reconstruction errors per sample: mean squares of EBGAN, mean absolutes of BEGAN."""
    differences = (s.critic.decode(s.critic.embed(x)) - x).flatten(1)
    return (differences.square() if name == "ebgan" else differences.abs()).mean(1)


def pull_away(codes):
    """The mean squared cosine of two codes."""
    directions = codes / codes.norm(dim=1, keepdim=True)
    squared = (directions @ directions.T).square()
    n = len(codes)
    return (squared.sum() - squared.trace()) / (n * (n - 1))


def ebgan_critic(loss, s):
    on_fake = torch.relu(loss["margin"] - errors("ebgan", s, s.fake))
    return errors("ebgan", s, s.real).mean() + on_fake.mean()


def ebgan_generator(loss, s):
    return errors("ebgan", s, s.fake).mean() + loss["pullAway"] * pull_away(s.critic.embed(s.fake))


def began_critic(loss, s):
    on_real, on_fake = (errors("began", s, x).mean() for x in (s.real, s.fake))
    balance = s.state.get("loss.balance", 0.0)
    moved = balance + loss["rate"] * (loss["gamma"] * on_real.item() - on_fake.item())
    s.updates["loss.balance"] = min(max(moved, 0.0), 1.0)
    return on_real - balance * on_fake


def information(s, x):
    """-mean log of the softmax that finds a sample's local feature among those of the others."""
    local, whole = s.critic.projections(x)
    scores = torch.einsum("spd,td->spt", local, whole)  # C_p(x_s) . E(x_t)
    batch = len(x)
    total = 0
    for t in range(batch):
        others = torch.cat([scores[other, :, t] for other in range(batch) if other != t])
        for own in scores[t, :, t]:
            total = total + torch.logsumexp(torch.cat([own[None], others]), 0) - own
    return total / (batch * local.shape[1])


def infomax(player):
    side = scored(SCORE_LOSSES["hinge"][0 if player == "critic" else 1])

    def value(loss, s):
        seen = s.real if player == "critic" else s.fake
        return side(loss, s) + loss["weight"] * information(s, seen)
    return value


LOSSES = {name: tuple(map(scored, sides)) for name, sides in SCORE_LOSSES.items()} \
    | DISTANCE_LOSSES | {
        "r3gan": (r3gan_critic,
                  lambda loss, s: scored(SCORE_LOSSES["relativistic"][1])({"form": "logistic"}, s)),
        "gan-qp": (qp_critic,
                   lambda loss, s: (s.critic.score(s.real) - s.critic.score(s.fake)).mean()),
        "ebgan": (ebgan_critic, ebgan_generator),
        "began": (began_critic, lambda loss, s: errors("began", s, s.fake).mean()),
        "infomax": (infomax("critic"), infomax("generator")),
    }


def loss_value(player, loss, s):
    return LOSSES[loss["name"]][0 if player == "critic" else 1](loss, s)


def penalized_function(loss, s):
    """The function of single samples whose slope gradient penalties are about."""
    name = loss["name"]
    if name in ("ebgan", "began"):
        return lambda x: errors(name, s, x)
    return witness(loss, s) if name in DISTANCE_LOSSES else s.critic.score
