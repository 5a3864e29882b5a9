"""The check of a game: that every part of it is at work."""

import numpy as np

from fixture_checks import DISTINCT, require
from reference_play import play

#: What some term of a player must reach in some step.
TERM = 1e-3


def check_parts_at_work(case, arrays, outputs):
    """Moving any setting or leaving out any part must move the weights at the end."""
    weights = [name for name in outputs if name.startswith("final/") and outputs[name].ndim > 0]
    for what, other in case.variations():
        ends = play(other, arrays)
        moved = max(np.abs(ends[name] - outputs[name]).max() for name in weights)
        require(moved > DISTINCT, f"{case.name}: {what} moves the weights by {moved} only")
    for name, own in (("penalty", case.penalties), ("generatorPenalty", case.generator_penalties)):
        if own:
            largest = np.abs(outputs[f"loss/{name}"]).max()
            require(largest > TERM, f"{case.name}: largest {name} {largest}")
    for player, chosen in case.optimizers.items():
        starts = [name for name in arrays if name.startswith(f"initial/{player}.")]
        stays = all((arrays[name] == outputs[name.replace("initial", "final")]).all()
                    for name in starts)
        require(stays == (chosen == "frozen"), f"{case.name}: {player} stays: {stays}")
    require(all(np.isfinite(array).all() for array in outputs.values()),
            f"{case.name}: not finite")
