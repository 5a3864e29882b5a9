"""Milliseconds per GAN iteration of small MLPs on one core, in PyTorch or JAX.

    python mlp_steps.py --framework torch
    python mlp_steps.py --framework jax --json
"""

import argparse
import json
import math
import os
import sys
from dataclasses import asdict

import cases


def to_one_core(core):
    """Before a framework is loaded: this process, and XLA's threads with it, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
    os.environ["OMP_NUM_THREADS"] = "1"
    flags = os.environ.get("XLA_FLAGS", "")
    os.environ["XLA_FLAGS"] = f"{flags} --xla_cpu_multi_thread_eigen=false"
    os.environ["JAX_PLATFORMS"] = "cpu"


def load(framework):
    if framework == "torch":
        import torch_steps as steps
    else:
        import jax_steps as steps
    return steps


def result(steps, framework, case, seconds):
    """The timing of one case; an error if what was timed did not train every weight matrix."""
    training = steps.Training(case)
    before = training.weights()
    timing = cases.measure(training.run, seconds)
    losses = training.last_losses()
    if not all(map(math.isfinite, losses)):
        raise SystemExit(f"{case.name}: losses {losses} are not finite; the time means nothing")
    for old, new in zip(before, training.weights(), strict=True):
        if (old == new).all():
            raise SystemExit(f"{case.name}: a weight of shape {old.shape} never moved")
    return {"framework": framework, "version": steps.VERSION, "case": case.name,
            "batch": cases.BATCH, "threads": 1, "unit": "ms/iteration"} | asdict(timing)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--framework", choices=("torch", "jax"), required=True)
    parser.add_argument("--only", metavar="TEXT", default="", help="cases whose name contains TEXT")
    parser.add_argument("--seconds", type=float, default=5, help="measured time per case")
    parser.add_argument("--core", type=int, default=0, help="the core to stay on (Linux)")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    options = parser.parse_args()
    chosen = [case for case in cases.CASES if options.only in case.name]
    if not chosen:
        parser.error(f"no case contains {options.only!r}: {', '.join(c.name for c in cases.CASES)}")
    to_one_core(options.core)
    steps = load(options.framework)
    for case in chosen:
        row = result(steps, options.framework, case, options.seconds)
        text = f"{row['framework']} {row['case']:22} median {row['median']:8.3f} ms" \
            f"  min {row['minimum']:8.3f} ms  ({row['blocks']} x {row['iterations']})"
        print(json.dumps(row) if options.json else text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
