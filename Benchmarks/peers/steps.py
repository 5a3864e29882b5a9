"""Milliseconds per iteration of one case in one framework, on one core, as a JSON document.

    python steps.py dcgan-32x32x1-32-critic torch --format channels_last
    python steps.py mlp-2x64 jax --seconds 1
"""

import argparse
import importlib
import json
import math
import os
from dataclasses import asdict

import cases
import timing

FRAMEWORKS = ("torch", "jax")
FORMATS = ("contiguous", "channels_last")


def to_one_core():
    """Before a framework is loaded: this process, and all threads of it, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.environ["OMP_NUM_THREADS"] = "1"
    flags = os.environ.get("XLA_FLAGS", "")
    os.environ["XLA_FLAGS"] = f"{flags} --xla_cpu_multi_thread_eigen=false"
    os.environ["JAX_PLATFORMS"] = "cpu"


def losses(training):
    """The last losses by player; an error where one is not finite."""
    values = {player: float(loss) for player, loss in training.losses.items()}
    if not all(map(math.isfinite, values.values())):
        raise SystemExit(f"losses {values} are not finite; the time means nothing")
    return values


def check_moved(case, before, after):
    """An error unless the weights of the players that take steps have changed, all of them, and no
    others. Biases are left out: the gradient of a last one can be zero."""
    for player, steps in (("critic", case.critic_steps), ("generator", case.generator_steps)):
        for old, new in zip(before[player], after[player], strict=True):
            if old.ndim > 1 and (old != new).any() != (steps > 0):
                moved = "never moved" if steps else "moved"
                raise SystemExit(f"{case.name}: a {player} weight of shape {old.shape} {moved}")


def result(case, framework, memory_format, seconds):
    """What is printed of a case."""
    to_one_core()
    module = importlib.import_module(f"{framework}_training")
    loaded = timing.peak_memory()
    training = module.Training(case, memory_format) if memory_format else module.Training(case)

    def weights():
        return {player: training.weights(player) for player in ("generator", "critic")}
    before = weights()
    training.run(1)
    first = losses(training)
    timed = timing.measure(training.run, seconds)
    check_moved(case, before, weights())
    return {
        "name": case.name, "framework": framework, "version": module.VERSION,
        "format": memory_format, **asdict(timed), "memory": timing.peak_memory(), "loaded": loaded,
        "parameters": {player: sum(weight.size for weight in own)
                       for player, own in before.items()},
        "losses": {"first": first, "last": losses(training)},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("case", help="a case of cases.py")
    parser.add_argument("framework", choices=FRAMEWORKS)
    parser.add_argument("--format", choices=FORMATS,
                        help="the order of an image's numbers in PyTorch (contiguous)")
    parser.add_argument("--seconds", type=float, default=5, help="the time measured (5)")
    options = parser.parse_args()
    case = cases.named(options.case)
    if options.format and not (options.framework == "torch" and case.is_image):
        parser.error("--format is for images in PyTorch")
    print(json.dumps(result(case, options.framework, options.format, options.seconds)))


if __name__ == "__main__":
    main()
