"""Traces runs with every loss, penalty, optimizer, … that Saddle lists, and repeats them in PyTorch.

    python replay_all.py PATH_OF_SADDLE [--only TEXT …] [--steps 5]

Prints the largest difference of each arm, or of those whose names begin with a TEXT, and the array that
has it. Exit status 1 where one exceeds 1e-9, where an arm cannot be traced or repeated, and where a table
has no arm.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from replay_arms import FIXED, all_arms
from replay_trace import worst_difference

LIMIT = 1e-9


def experiment(arms):
    """The experiment file: JSON, which is YAML."""
    return json.dumps({
        "question": "Does another implementation do the same?", "fixed": FIXED,
        "axes": {"arm": arms}, "seeds": 1, "metrics": {"frechet": {"primary": True}},
    })


def result(saddle, folder, name, steps):
    """(largest difference, where or why) of an arm."""
    trace = folder / "trace.safetensors"
    process = subprocess.run(
        [saddle, "trace", "all", "--arm", name, "--steps", str(steps), "--reference", "--force",
         "--out", str(trace)], cwd=folder, capture_output=True, text=True)
    if process.returncode != 0:
        return float("inf"), process.stderr.strip()
    try:
        return worst_difference(trace)[:2]
    except (ValueError, KeyError, RuntimeError, TypeError, AttributeError,
            StopIteration) as error:
        return float("inf"), f"cannot be repeated: {error!r}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("saddle", type=lambda path: str(Path(path).resolve()))
    parser.add_argument("--only", nargs="*", default=[""])
    parser.add_argument("--steps", type=int, default=5)
    options = parser.parse_args()
    tables = json.loads(subprocess.run(
        [options.saddle, "list", "--json"], capture_output=True, text=True, check=True).stdout)
    arms, unused = all_arms(tables)
    chosen = [name for name in arms if name.startswith(tuple(options.only))]
    failures = len(unused)
    for table in unused:
        print(f"no arm has an entry of the table '{table}'")
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path)
        (folder / "Experiments").mkdir()
        for name in chosen:
            (folder / "Experiments" / "all.yaml").write_text(experiment({name: arms[name]}))
            worst, place = result(options.saddle, folder, name, options.steps)
            failures += worst > LIMIT
            mark = "" if worst <= LIMIT else "  DIFFERS"
            print(f"{name:<44} {worst:8.1e}  {place}{mark}", flush=True)
    print(f"{len(chosen)} arms, {failures} of which differ")
    return 1 if failures or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
