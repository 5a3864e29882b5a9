"""Terms that are added to a player's loss.

Functions of the preset's settings, the prefix of its streams and states, and the view s of
reference_play.py give the term at weight 1, but for those with several weights of their own.
"""

import math

import torch

from reference_gan import matrix, weighted
from reference_objectives import loss_value, penalized_function, slopes, squared_slope
from training_cases import NORM_EPSILON

GRADIENT = {"where": "line", "target": "one", "norm": "l2", "power": 2, "over": "mean", "scale": 1.0,
            "epsilon": NORM_EPSILON}
GRADIENT_PRESETS = {
    "gradient": {}, "wgan-gp": {}, "witness": {},
    "lp": {"target": "at-most-one"},
    "dragan": {"where": "around-real"},
    "zero-gp": {"target": "zero"},
    "r1": {"where": "real", "target": "zero", "scale": 0.5},
    "r2": {"where": "fake", "target": "zero", "scale": 0.5},
    "max-gp": {"target": "zero", "over": "max"},
    "wgan-div": {"where": "real-and-fake", "target": "zero", "power": 6, "scale": 0.5},
    "l1-margin": {"target": "at-most-one", "norm": "linf", "power": 1},
    "linf-margin": {"target": "at-most-one", "norm": "l1", "power": 1},
}


def points(where, prefix, s):
    if where == "real-and-fake":
        return [s.real, s.fake]
    if where in ("real", "fake"):
        return [getattr(s, where)]
    alpha = s.draw(f"{prefix}/alpha")
    alpha = alpha.view(-1, *[1] * (s.real.dim() - 1))
    if where == "line":
        return [alpha * s.real + (1 - alpha) * s.fake]
    deviation = s.real.std(unbiased=False)
    return [s.real + alpha * 0.5 * deviation * s.draw(f"{prefix}/direction")]


def norm_to_power(norm, power, gradient, epsilon):
    """||gradient||^power per sample, with a root only where the power needs one."""
    if norm == "l1":
        return gradient.abs().sum(1) ** power
    if norm == "linf":
        return gradient.abs().amax(1) ** power
    squared = gradient.square().sum(1)
    return squared ** (power // 2) if power % 2 == 0 else (squared + epsilon) ** (power / 2)


def gradient_penalty(chosen, prefix, s):
    chosen = GRADIENT | GRADIENT_PRESETS[chosen["preset"]] | chosen
    function = penalized_function(s.loss, s)
    total = 0
    for point in points(chosen["where"], prefix, s):
        gradient = slopes(function, point)
        if chosen["target"] == "zero":
            terms = norm_to_power(chosen["norm"], chosen["power"], gradient, chosen["epsilon"])
        else:
            excess = norm_to_power(chosen["norm"], 1, gradient, chosen["epsilon"]) - 1
            excess = torch.relu(excess) if chosen["target"] == "at-most-one" else excess.abs()
            terms = excess ** chosen["power"]
        total = total + (terms.mean() if chosen["over"] == "mean" else terms.max())
    return chosen["scale"] * total


def sobolev(chosen, prefix, s):
    function = penalized_function(s.loss, s)
    excess = 0.5 * sum(squared_slope(function, point) for point in (s.real, s.fake)) - 1
    multiplier = s.state.get(f"{prefix}.multiplier", 0.0)
    s.updates[f"{prefix}.multiplier"] = multiplier + chosen["rho"] * excess.item()
    return multiplier * excess + chosen["rho"] / 2 * excess.square()


def fisher(chosen, prefix, s):
    moment = torch.cat([s.critic.score(s.real), s.critic.score(s.fake)]).square().mean()
    multiplier = s.state.get(f"{prefix}.multiplier", 0.0)
    s.updates[f"{prefix}.multiplier"] = multiplier + chosen["rho"] * (moment.item() - 1)
    return multiplier * (moment - 1) + chosen["rho"] * 0.5 * (moment - 1) ** 2


def lecam(chosen, prefix, s):
    """Scores held near moving averages of the other side's, from the step `warmup` on."""
    r, f = s.critic.score(s.real), s.critic.score(s.fake)
    steps = s.state.get(f"{prefix}.steps", 0)
    s.updates[f"{prefix}.steps"] = steps + 1
    anchors = {}
    for side, scores in (("real", r), ("fake", f)):
        mean = s.constant(f"{prefix}.{side}", scores.mean()).item()
        if steps >= chosen["warmup"]:
            kept = chosen["decay"]
            mean = kept * s.state[f"{prefix}.{side}"] + (1 - kept) * mean
        anchors[side] = s.updates[f"{prefix}.{side}"] = mean
    if steps < chosen["warmup"]:
        return torch.zeros_like(r.sum())
    return torch.relu(r - anchors["fake"]).square().mean() \
        + torch.relu(anchors["real"] - f).square().mean()


def transformed(transform, x, draws):
    if transform["name"] == "noise":
        return x + transform["deviation"] * draws
    if not transform.get("flip", True):
        draws = torch.cat([torch.ones_like(draws[:, :1]), draws[:, 1:]], 1)
    return torch.stack([flipped_and_shifted(image, transform["shift"], *numbers.tolist())
                        for image, numbers in zip(x, draws)])


def flipped_and_shifted(image, share, flip, down, right):
    """One image [channels, height, width], by three numbers in [0, 1); zeros come in at the border."""
    if flip < 0.5:
        image = image.flip(2)
    for axis, number in ((1, down), (2, right)):
        size = image.shape[axis]
        most = min(math.floor(share * size), 16)
        shift = math.floor(number * (2 * most + 1)) - most
        moved = torch.zeros_like(image)
        kept = image.narrow(axis, max(-shift, 0), size - abs(shift))
        moved.narrow(axis, max(shift, 0), size - abs(shift)).copy_(kept)
        image = moved
    return image


def inconsistency(chosen, prefix, s, side):
    x = getattr(s, side)
    other = transformed(chosen["transform"], x, s.draw(f"{prefix}/transform/{side}"))
    return (s.critic.score(x) - s.critic.score(other)).square().mean()


def balanced_consistency(chosen, prefix, s):
    """With both weights."""
    return chosen["weight"] * inconsistency(chosen, prefix, s, "real") \
        + chosen["fake"] * inconsistency(chosen, prefix, s, "fake")


def moved_fakes(chosen, stream, s):
    return s.generate(s.latent + chosen["deviation"] * s.draw(stream))


def latent_consistency(chosen, prefix, s):
    """The critic's part, to which both of the generator's outputs are constants where the fakes are."""
    moved = moved_fakes(chosen, f"{prefix}/latent", s)
    moved = moved if s.fake.requires_grad else moved.detach()
    return (s.critic.score(s.fake) - s.critic.score(moved)).square().mean()


def latent_diversity(chosen, prefix, s):
    """The generator's part, with its weight."""
    moved = moved_fakes(chosen, f"{prefix}/generator/latent", s)
    return -chosen["generator"] * (s.fake - moved).square().mean()


def consensus(chosen, prefix, s):
    """Half of the squared length of both players' gradients, each of its own loss."""
    squared = 0
    for player, loss in s.losses.items():
        value = loss_value(player, loss, s.attached)
        gradients = torch.autograd.grad(value, s.parameters[player], create_graph=True)
        squared = squared + sum(gradient.square().sum() for gradient in gradients)
    return 0.5 * squared


def matrices(s):
    """The player's weights with one row per output."""
    return [matrix(layer, layer.weight) for network in s.networks.values()
            for layer in network.modules() if weighted(layer)]


def orthogonal(chosen, prefix, s):
    total = 0
    for rows in matrices(s):
        products = rows @ rows.T
        total = total + (products - torch.diag(products.diag())).square().sum()
    return total


TERMS = {name: gradient_penalty for name in GRADIENT_PRESETS} | {
    "sobolev": sobolev, "fisher": fisher, "lecam": lecam, "zcr": latent_consistency, "consensus": consensus,
    "cr": lambda chosen, prefix, s: inconsistency(chosen, prefix, s, "real"),
    "bcr": balanced_consistency,
    "drift": lambda chosen, prefix, s: s.critic.score(s.real).square().mean(),
    "l2": lambda chosen, prefix, s: sum(0.5 * rows.square().sum() for rows in matrices(s)),
    "orthogonal": orthogonal,
}
#: What a penalty of the critic adds to the generator's loss.
GENERATOR_PARTS = {"zcr": latent_diversity, "consensus": consensus}
#: Terms that have their weights in them.
WEIGHED = (balanced_consistency, latent_diversity)


def prefix_of(position):
    return "penalty" if position == 0 else f"penalty.{position}"


def penalty_terms(player, case, step, s, weight_of):
    """The sum of the player's terms at its step number `step`; `weight_of` gives a coefficient's value."""
    pairs = [(penalty, TERMS[penalty["preset"]]) for penalty in case.penalties]
    if player == "generator":
        pairs = [(penalty, GENERATOR_PARTS.get(penalty["preset"])) for penalty in case.penalties]
    terms = [(penalty, term, prefix_of(k)) for k, (penalty, term) in enumerate(pairs) if term]
    if player == "generator":
        terms += [(penalty, TERMS[penalty["preset"]], prefix_of(k))
                  for k, penalty in enumerate(case.generator_penalties)]
    total = torch.zeros((), dtype=s.real.dtype)
    for penalty, term, prefix in terms:
        every = penalty.get("every", 1)
        if step % every == 0:
            weight = 1.0 if term in WEIGHED else weight_of(penalty["weight"])
            total = total + every * weight * term(penalty, prefix, s)
    return total
