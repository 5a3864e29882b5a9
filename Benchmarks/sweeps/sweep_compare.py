"""The whole sweep of `regularizers` by Saddle, JAX and PyTorch, on all cores, and the ratios.

    python sweep_compare.py --seeds 2
    python sweep_compare.py --seeds 1 --only regularizer=none --framework jax
"""

import argparse
import csv
import sys
from pathlib import Path
from statistics import median

import grid
import peer_sweep
import projection
import saddle


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--framework", choices=("jax", "torch"), action="append",
                        help="one alone; both where nothing is said")
    parser.add_argument("--into", metavar="FILE", type=Path,
                        help="a table (.csv) in which a peer's row is replaced or added")
    peer_sweep.add_arguments(parser)
    options = parser.parse_args()
    if min(options.seeds, options.jobs) < 1:
        parser.error("--seeds and --jobs are at least 1")
    plan = saddle.plan(options.saddle, options.only)
    arms, seeds = grid.arms(plan), len(plan["seeds"])
    training, seconds, records = saddle.sweep(
        options.saddle, options.only, options.seeds, options.jobs)
    # Runs take as many times longer as there are more seeds; the report is made once.
    own = {"seconds": seconds, "projected_seconds": training * seeds / options.seeds + seconds - training}
    table = [("Saddle", own)]
    is_same_work = True
    for name in options.framework or ["jax", "torch"]:
        rows, seconds = peer_sweep.sweep(name, arms, options.seeds, options.jobs)
        summary = projection.summary(rows, arms, seconds, options.jobs, seeds)
        print(projection.text(summary), file=sys.stderr)
        table.append((f"{name} {summary['version']}", summary))
        is_same_work = is_same_work and summary["same_work"]
    print(f"\n{len(arms)} arms, {options.jobs} processes; seconds")
    print(f"{'':20}{f'{options.seeds} seeds':>12}{'ratio':>8}{f'{seeds} seeds':>12}{'ratio':>8}")
    for name, result in table:
        cells = [(result[key], result[key] / own[key]) for key in ("seconds", "projected_seconds")]
        print(f"{name:20}" + "".join(f"{value:12.1f}{ratio:8.2f}" for value, ratio in cells))
    print_baselines(table, records)
    if options.into:
        write(options.into, [row(summary, own, options.seeds) for _, summary in table[1:]])
    return 0 if is_same_work else 1


def row(summary, own, measured_seeds):
    """What a table of comparisons has of one peer."""
    return {"program": summary["framework"], "version": summary["version"],
            "arms": summary["arms"], "processes": summary["jobs"], "seeds": measured_seeds,
            "seconds": round(summary["seconds"], 1), "saddle_seconds": round(own["seconds"], 1),
            "projected_seeds": summary["projected_seeds"],
            "projected_seconds": round(summary["projected_seconds"], 1),
            "saddle_projected_seconds": round(own["projected_seconds"], 1)}


def write(path, rows):
    """Puts rows in the place of those of the same programs."""
    known = list(csv.DictReader(path.open())) if path.exists() else []
    fresh = {new["program"] for new in rows}
    rows = [old for old in known if old["program"] not in fresh] + rows
    with path.open("w", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        table.writeheader()
        table.writerows(sorted(rows, key=lambda row: row["program"]))


def print_baselines(table, records):
    """The Fréchet distances of the baselines, as medians over seeds.

    The same work has similar ones, but baselines scatter: of Saddle's glyphs from 133 to 605.
    """
    peers = [(name, {entry["arm"]: entry["frechet"] for entry in summary["baselines"]})
             for name, summary in table[1:]]
    print(f"\n{'Fréchet distance':42}{'Saddle':>12}" + "".join(f"{name:>20}" for name, _ in peers))
    for arm in peers[0][1]:
        values = [float(record["frechet"]) for record in records
                  if record["arm"] == arm and record["frechet"]]
        print(f"{arm:42}{projection.number(median(values) if values else None):>12}"
              + "".join(f"{projection.number(values[arm]):>20}" for _, values in peers))


if __name__ == "__main__":
    sys.exit(main())
