"""The sweep of `regularizers` as a user of JAX or PyTorch would write it: one process per core.

    python peer_sweep.py --framework jax --seeds 2
    python peer_sweep.py --framework torch --only problem=ring,regularizer=none --seeds 1
"""

import argparse
import contextlib
import importlib
import json
import multiprocessing
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import glyphs
import grid
import projection
import saddle

# Images that are trained with and lie in memory; Saddle draws new ones for each batch.
TRAINING_IMAGES = 5000
framework = None  # the module of this worker process


def add_arguments(parser):
    parser.add_argument("--seeds", type=int, default=2, help="runs of each arm (2)")
    parser.add_argument("--only", action="append", default=[], metavar="AXIS=LABEL,…",
                        help="arms with these labels, as in `saddle sweep`")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)),
                        help="worker processes (one per core)")
    parser.add_argument("--saddle", type=Path, default=saddle.PROGRAM, help="the built command")


def start_worker(name, cores):
    """Stays on one core, with one thread, and loads the framework."""
    global framework
    os.sched_setaffinity(0, {cores.get()})
    framework = importlib.import_module(f"{name}_runs")


def train_arms(arms, seeds, images):
    """One row per run, seed by seed; here a process can reuse what it compiled."""
    return [train(arm, seed, images) for arm in arms for seed in range(seeds)]


def train(arm, seed, images):
    """Trains and measures one run as often as the experiment asks for."""
    phases = dict.fromkeys(projection.PHASES, 0.0)

    @contextlib.contextmanager
    def timed(phase):
        start = time.perf_counter()
        yield
        phases[phase] += time.perf_counter() - start

    start, processor_start = time.perf_counter(), time.process_time()
    with timed("setup"):
        training = framework.Training(arm, images, seed)
    diverged, frechet, modes = None, None, None
    for point in range(arm.structure.points + 1):
        if point > 0:
            with timed("training"):
                losses = training.advance()
            diverged = first_not_finite(losses.reshape(-1, 2))
            if diverged is not None:
                diverged += (point - 1) * arm.structure.interval
                break
        with timed("sampling"):
            samples = training.sample()
        with timed("evaluation"):
            frechet, modes = training.measure(samples)
    return {"framework": framework.NAME, "version": framework.VERSION, "arm": arm.name, "seed": seed,
            **rounded(phases), "seconds": round(time.perf_counter() - start, 4),
            "processor": round(time.process_time() - processor_start, 4),
            "diverged": diverged, "frechet": frechet, "modes": modes}


def first_not_finite(losses):
    """The iteration, from 0, of the first loss that is not finite."""
    finite = (abs(losses) < float("inf")).all(axis=1)
    return None if finite.all() else int(finite.argmin())


def rounded(phases):
    return {name: round(seconds, 4) for name, seconds in phases.items()}


def groups(arms, shares_compiled):
    """What one process does in a row: arms of equal structure where they share a compiled function.
    The longest come first, so that the processes end together."""
    together = {}
    for arm in arms:
        together.setdefault(arm.structure if shares_compiled else arm.name, []).append(arm)
    return sorted(together.values(), key=lambda arms: -sum(arm.operations for arm in arms))


def sweep(name, arms, seeds, jobs):
    """All rows as they are done, and the seconds from the first process's start to the last one's end."""
    # XLA and BLAS read these when they are loaded, in the worker processes.
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1",
                      JAX_PLATFORMS="cpu", XLA_FLAGS="--xla_cpu_multi_thread_eigen=false")
    context = multiprocessing.get_context("spawn")
    cores = context.Queue()
    for index in range(jobs):
        available = sorted(os.sched_getaffinity(0))
        cores.put(available[index % len(available)])
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        images = str(Path(folder, "glyphs.npz"))
        references = [arm.structure.reference for arm in arms if not arm.structure.is_planar]
        if references:
            glyphs.save(images, TRAINING_IMAGES, max(references))
        start = time.perf_counter()
        with ProcessPoolExecutor(jobs, context, start_worker, (name, cores)) as pool:
            tasks = [pool.submit(train_arms, group, seeds, images)
                     for group in groups(arms, shares_compiled=name == "jax")]
            for task in as_completed(tasks):
                for row in task.result():
                    print(json.dumps(row), flush=True)
                    rows.append(row)
        return rows, time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--framework", choices=("jax", "torch"), required=True)
    add_arguments(parser)
    options = parser.parse_args()
    if min(options.seeds, options.jobs) < 1:
        parser.error("--seeds and --jobs are at least 1")
    plan = saddle.plan(options.saddle, options.only)
    arms = grid.arms(plan)
    rows, seconds = sweep(options.framework, arms, options.seeds, options.jobs)
    summary = projection.summary(rows, arms, seconds, options.jobs, len(plan["seeds"]))
    print(json.dumps(summary))
    print(projection.text(summary), file=sys.stderr)
    return 0 if summary["same_work"] else 1


if __name__ == "__main__":
    sys.exit(main())
