"""The report on Saddle and its peers, from the tables of measurements alone.

    python report.py ../../reports/bench
"""

import argparse
import csv
import subprocess
import sys
from pathlib import Path

import cases
import chart
import page
from comparison import Comparison
from measurements import read


class Failure(Exception):
    """A report that cannot be made, and why."""


def make(folder):
    """Writes README.md and the chart beside `measurements.csv`."""
    table = folder / "measurements.csv"
    try:
        rows = read(table)
    except OSError as error:
        raise Failure(f"{table}: {error.strerror}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise Failure(f"{table} is no table that compare.py wrote: {error}") from error
    known = [Comparison(case, [row for row in rows if row.case == case.name])
             for case in cases.CASES]
    comparisons = [comparison for comparison in known if comparison.is_complete]
    if not comparisons:
        raise Failure(f"{table}: no case has measurements of Saddle, PyTorch and JAX")
    (folder / "speed.gp").write_text(chart.script(comparisons))
    (folder / "README.md").write_text(page.text(comparisons, sweeps(folder / "sweeps.csv")))
    try:
        subprocess.run(["gnuplot", "-d", "speed.gp"], cwd=folder, check=True)
    except OSError as error:
        raise Failure(f"the chart cannot be drawn: gnuplot: {error.strerror}") from error
    except subprocess.CalledProcessError as error:
        raise Failure(f"the chart cannot be drawn from {folder / 'speed.gp'}") from error
    print(f"wrote {folder / 'README.md'}", file=sys.stderr)


def sweeps(path):
    """The comparisons of whole sweeps; none where they were not made."""
    return list(csv.DictReader(path.open())) if path.exists() else []


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of measurements.csv")
    try:
        make(parser.parse_args().folder)
    except Failure as failure:
        print(f"report.py: {failure}", file=sys.stderr)
        raise SystemExit(2)


if __name__ == "__main__":
    main()
