"""Losses, penalties and auxiliary terms of a trace by their names in its configuration.

`s` is one step as a player sees it: `real`, `fake`, `critic.score(x, pass_name)`, `draw(stream)`,
`value(coefficient)`.
"""

import torch

import reference_gan as gan


def loss_value(player, configuration, s):
    """The loss of a player, without penalties."""
    name = configuration["loss"]["name"]
    if player == "generator":
        return gan.generator_loss(name, s.critic.score(s.fake, "generator"))
    labels = [s.value(configuration["labels"][side]) for side in ("real", "fake")]
    return gan.critic_loss(name, s.critic.score(s.real, "real"), s.critic.score(s.fake, "fake"), *labels)


def penalty_sum(configuration, count, s):
    """The penalties of critic step number `count`, with their weights."""
    total = torch.zeros((), dtype=torch.float64)
    for position, penalty in enumerate(configuration["penalty"]):
        if count % penalty["every"] == 0:
            prefix = f"penalty.{position}" if position else "penalty"
            factor = s.value(penalty["weight"]) * penalty["every"]
            total = total + factor * PENALTIES[penalty["preset"]](penalty, prefix, s)
    return total


def gradient_penalty(penalty, prefix, s):
    """scale * mean of a target of the norm of the critic's gradient at points of some place."""
    # A copy: weights that are functions of the fakes are constant under this derivative.
    point = penalty_point(penalty["where"], prefix, s).clone()
    if not point.requires_grad:
        point.requires_grad_()
    score = s.critic.score(point, prefix, records=False)
    (gradient,) = torch.autograd.grad(score.sum(), point, create_graph=True)
    gradient = gradient.flatten(1)
    squared = gradient.square().sum(1)
    if penalty["target"] == "zero":
        norm = {"l2": squared, "l1": gradient.abs().sum(1) ** 2,
                "linf": gradient.abs().amax(1) ** 2}
        return penalty["scale"] * norm[penalty["norm"]].mean()
    norm = {"l2": (squared + penalty["epsilon"]).sqrt(), "l1": gradient.abs().sum(1),
            "linf": gradient.abs().amax(1)}
    excess = norm[penalty["norm"]] - 1
    if penalty["target"] == "at-most-one":
        excess = torch.relu(excess)
    return penalty["scale"] * excess.square().mean()


def penalty_point(where, prefix, s):
    if where in ("real", "fake"):
        return getattr(s, where)
    alpha = s.draw(f"{prefix}/alpha")
    if where == "line":
        return alpha * s.real + (1 - alpha) * s.fake
    deviation = s.real.std(unbiased=False)
    return s.real + alpha * 0.5 * deviation * s.draw(f"{prefix}/direction")


def auxiliary_sum(configuration, s):
    """The terms added to the generator's loss, with their weights."""
    total = torch.zeros((), dtype=torch.float64)
    for term in configuration["auxiliary"]:
        if term["name"] != "mmd":
            raise ValueError(f"no auxiliary term '{term['name']}'")
        value = gan.mean_discrepancy(term["sigmas"], s.real.flatten(1), s.fake.flatten(1))
        total = total + s.value(term["weight"]) * value
    return total


PENALTIES = {"gradient": gradient_penalty}
