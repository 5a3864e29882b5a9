"""Losses, penalties and auxiliary terms of a trace, from its configuration to the reference functions.

`s` is one step as a player sees it: what the reference functions read, and of replay_steps.py the
`value` of a coefficient and `with_stream`.
"""

import torch

import reference_gan as gan
from reference_penalties import GENERATOR_PARTS, TERMS, WEIGHED

#: The settings of penalties that are coefficients.
WEIGHTS = ("weight", "fake", "generator")


def loss_of(player, configuration, value):
    """A player's loss as the reference functions know it; `value` gives that of a coefficient."""
    chosen = dict((configuration[player]["loss"] or [configuration["loss"]])[0])
    if chosen.get("kernel", {}).get("name") == "rbf":
        chosen["kernel"] = chosen["kernel"] | {"name": "gaussian"}
    return chosen | {"labels": [value(configuration["labels"][side]) for side in ("real", "fake")]}


def terms_of(player, configuration):
    """The player's (penalty, term, prefix of streams and states, prefix of its passes)."""
    for owner, penalties, start in (("critic", configuration["penalty"], "penalty"),
                                    ("generator", configuration["generator"]["penalty"],
                                     "generator.penalty")):
        for position, penalty in enumerate(penalties):
            prefix = f"{start}.{position}" if position else start
            if player == owner:
                yield penalty, TERMS[penalty["preset"]], prefix, prefix
            elif owner == "critic" and penalty["preset"] in GENERATOR_PARTS:
                yield penalty, GENERATOR_PARTS[penalty["preset"]], prefix, f"{prefix}/{player}"


def penalty_sum(player, configuration, number, s):
    """The player's terms in its step `number` from 0, with their weights."""
    total = torch.zeros((), dtype=torch.float64)
    for penalty, term, prefix, stream in terms_of(player, configuration):
        if number % penalty["every"] == 0:
            chosen = penalty | {key: s.value(penalty[key]) for key in WEIGHTS if key in penalty}
            weight = 1.0 if term in WEIGHED else chosen["weight"]
            own = s.with_stream(stream, regenerates=penalty["preset"] == "zcr")
            total = total + penalty["every"] * weight * term(chosen, prefix, own)
    return total


def auxiliary_sum(configuration, s):
    """The terms added to the generator's loss, with their weights: of samples without noise."""
    total = torch.zeros((), dtype=torch.float64)
    for term in configuration["auxiliary"]:
        if term["name"] != "mmd":
            raise ValueError(f"no auxiliary term '{term['name']}'")
        value = gan.mean_discrepancy(
            term["sigmas"], s.plain.real.flatten(1), s.plain.fake.flatten(1))
        total = total + s.value(term["weight"]) * value
    return total
