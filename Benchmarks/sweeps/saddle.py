"""Saddle's own command, as the peers' sweep and the comparison use it."""

import csv
import json
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build/release/saddle"
EXPERIMENT = "regularizers"


def call(program, *arguments):
    """Standard output of a call that must succeed; a claim may be false (1)."""
    if not program.is_file():
        raise SystemExit(f"{program} is not there; build it, or say where it is with --saddle")
    result = subprocess.run([program.resolve(), *arguments], cwd=ROOT, capture_output=True, text=True)
    if result.returncode not in (0, 1):
        raise SystemExit(f"saddle {' '.join(arguments)} ended with {result.returncode}:\n{result.stderr}")
    return result.stdout


def selected(only):
    return [argument for labels in only for argument in ("--only", labels)]


def plan(program, only):
    """The plan with all settings of its arms."""
    return json.loads(call(program, "plan", EXPERIMENT, "--arms", "--json", *selected(only)))


def sweep(program, only, seeds, jobs):
    """A whole sweep into an empty store: seconds of runs, of all, and the final records by arm and seed."""
    with tempfile.TemporaryDirectory() as store:
        start = time.perf_counter()
        events = call(program, "sweep", EXPERIMENT, "--json", "--seeds", str(seeds), "--jobs", str(jobs),
                      "--store", store, *selected(only))
        seconds = time.perf_counter() - start
        ended = [event for event in map(json.loads, events.splitlines()) if event["event"] == "ended"]
        report = Path(store, "reports", EXPERIMENT, "runs.csv")
        with report.open(newline="", encoding="utf-8") as file:
            return ended[0]["seconds"], seconds, list(csv.DictReader(file))
