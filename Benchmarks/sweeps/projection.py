"""From the runs of a few seeds to the time of the whole sweep."""

from statistics import mean, median

PHASES = ("setup", "training", "sampling", "evaluation")
# What the experiment claims of the ring's tuned baselines; less of the 8 modes is not the same work.
LEAST_MODES = 7


def summary(rows, arms, seconds, jobs, seeds):
    """What was measured, and the time of the whole sweep with `seeds` seeds.

    That is for each arm its first seed, which carries what is compiled, and the mean of its later
    ones for all others, shared evenly by the processes."""
    by_arm = {arm.name: [] for arm in arms}
    for row in rows:
        by_arm[row["arm"]].append(row)
    totals = [projected(sorted(runs, key=lambda row: row["seed"]), seeds) for runs in by_arm.values()]
    measured = sum(row["seconds"] for row in rows)
    baselines = [baseline(arm.name, by_arm[arm.name]) for arm in arms if arm.is_baseline]
    modes = [entry["modes"] for entry in baselines
             if entry["modes"] is not None and "tuned" in entry["arm"].split(" · ")]
    return {
        "framework": rows[0]["framework"], "version": rows[0]["version"], "arms": len(arms),
        "runs": len(rows), "jobs": jobs, "seconds": seconds, "projected_seeds": seeds,
        # Starting processes and waiting for the last one take as long as they did.
        "projected_seconds": sum(totals) / jobs + max(0, seconds - measured / jobs),
        "phases": {problem: phases(rows, problem) for problem in problems(rows)},
        "processor_share": sum(row["processor"] for row in rows) / measured,
        "diverged": [[row["arm"], row["seed"], row["diverged"]] for row in rows
                     if row["diverged"] is not None],
        "baselines": baselines, "same_work": all(value >= LEAST_MODES for value in modes)}


def projected(runs, seeds):
    """Seconds of one arm's runs, the first seed first."""
    later = mean(row["seconds"] for row in runs[1:]) if len(runs) > 1 else \
        runs[0]["seconds"] - runs[0]["setup"]
    return runs[0]["seconds"] + (seeds - 1) * later


def problems(rows):
    return sorted({row["arm"].split(" · ")[0] for row in rows})


def phases(rows, problem):
    """Mean seconds of a run."""
    own = [row for row in rows if row["arm"].startswith(f"{problem} · ")]
    return {phase: mean(row[phase] for row in own) for phase in PHASES} | {"runs": len(own)}


def baseline(name, runs):
    finite = [row for row in runs if row["diverged"] is None]
    has_modes = finite and finite[0]["modes"] is not None
    return {"arm": name, "frechet": median(row["frechet"] for row in finite) if finite else None,
            "modes": mean(row["modes"] for row in finite) if has_modes else None}


def text(summary):
    lines = [f"{summary['framework']} {summary['version']}: {summary['runs']} runs of {summary['arms']} arms "
             f"in {summary['seconds']:.1f} s by {summary['jobs']} processes",
             f"{summary['projected_seeds']} seeds of these arms: {summary['projected_seconds']:.0f} s projected"]
    for problem, seconds in summary["phases"].items():
        parts = ", ".join(f"{phase} {seconds[phase]:.3f}" for phase in PHASES)
        lines.append(f"seconds of a run, {problem:7} {parts}")
    lines += [f"{entry['arm']}: frechet {number(entry['frechet'])}, modes {number(entry['modes'])}"
              for entry in summary["baselines"]]
    lines += [f"{arm}, seed {seed}: diverged at step {step}" for arm, seed, step in summary["diverged"]]
    if summary["processor_share"] < 0.9:
        lines.append(f"the processes had {summary['processor_share']:.0%} of their cores: not an idle machine")
    if not summary["same_work"]:
        lines.append(f"a tuned baseline covers fewer than {LEAST_MODES} modes: this is not the same work")
    return "\n".join(lines)


def number(value):
    return "–" if value is None else f"{value:.4g}"
