"""Measures Saddle and its peers in turn on one core, and writes a report.

    python compare.py
    python compare.py --only mlp-2x64 --rounds 5

Each measurement is a process of its own. In a round Saddle, JAX and PyTorch follow one another, and
every other round goes backwards; of PyTorch's memory formats the one that was faster in the first
round stays. Without all cases nothing is written unless --into says where.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import cases
import report
from comparison import Comparison
from measurements import Measurement, write
from steps import FORMATS

PEERS = Path(__file__).parent
ROOT = PEERS.parent.parent


class Failure(Exception):
    """A measurement that cannot be used, and why."""


def output(command):
    """What a command prints; a failure when it ends otherwise than well."""
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        raise Failure(f"{command[0]}: {error.strerror}") from error
    if done.returncode != 0:
        raise Failure(f"{' '.join(command)}\nended with status {done.returncode}: "
                      f"{done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def document(command):
    """The JSON document that a command prints."""
    text = output(command)
    try:
        return json.loads(text)
    except ValueError as error:
        raise Failure(f"{' '.join(command)}\nprints no JSON document: {error}") from error


class Contest:
    """The programs that are measured, and how."""

    def __init__(self, saddle, seconds):
        self.saddle = saddle
        self.seconds = str(seconds)
        self.version = output([saddle, "--version"]).strip()
        self.processor = processor()
        self.parameters = {}

    def measure(self, case, round, program, memory_format=None):
        """One measurement of one program."""
        try:
            if program == "saddle":
                own = self.of_saddle(case)
            else:
                own = self.of_peer(case, program, memory_format)
        except (KeyError, TypeError, ValueError) as error:
            raise Failure(f"{program} on {case.name}: a document of another form, {error!r}") \
                from error
        found = Measurement(case=case.name, round=round, program=program, cpu=self.processor, **own)
        setting = f" {memory_format}" if memory_format else ""
        print(f"round {round}: {case.name} {program}{setting} {found.milliseconds:.4g} ms",
              file=sys.stderr, flush=True)
        return found

    def of_saddle(self, case):
        found = document([self.saddle, "bench", "--json", "--only", case.name, "--exact",
                          "--seconds", self.seconds])
        if found["threads"] != 1:
            raise Failure(f"saddle bench ran {found['threads']} threads; its peers have one")
        (row,) = found["cases"]
        return {"version": self.version, "setting": found["kernels"], "loaded": None,
                **{key: row[key] for key in
                   ("milliseconds", "low", "high", "memory", "gigaflops", "share")}}

    def of_peer(self, case, framework, memory_format):
        command = [sys.executable, str(PEERS / "steps.py"), case.name, framework,
                   "--seconds", self.seconds]
        if memory_format:
            command += ["--format", memory_format]
        row = document(command)
        losses = row["losses"]
        for player, first in losses["first"].items():
            if losses["last"][player] == first:
                raise Failure(f"{case.name} {framework}: the {player}'s loss stays at {first}")
        numbers = self.parameters.setdefault(case.name, row["parameters"])
        if row["parameters"] != numbers:
            raise Failure(f"{case.name} {framework}: networks of {row['parameters']} parameters, "
                          f"but its peer's have {numbers}")
        setting = memory_format or {"torch": "eager", "jax": "jit"}[framework]
        return {"setting": setting, "gigaflops": None, "share": None,
                **{key: row[key] for key in
                   ("version", "milliseconds", "low", "high", "memory", "loaded")}}

    def rounds(self, case, count):
        """All measurements of a case that count."""
        formats = FORMATS if case.is_image else [None]
        rows = []
        for round in range(1, count + 1):
            turns = [("saddle", None), ("jax", None), *(("torch", name) for name in formats)]
            if round % 2 == 0:
                turns.reverse()
            found = [self.measure(case, round, *turn) for turn in turns]
            torch = min((row for row in found if row.program == "torch"),
                        key=lambda row: row.milliseconds)
            if case.is_image:
                formats = [torch.setting]
            rows += [row for row in found if row.program != "torch" or row is torch]
        return rows


def processor():
    """The processor's model."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return " ".join(line.partition(":")[2].split())
    if sys.platform == "darwin":
        return output(["sysctl", "-n", "machdep.cpu.brand_string"]).strip()
    return platform.processor() or platform.machine()


def parsed():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--saddle", default=str(ROOT / ".build/release/saddle"),
                        help="the command (.build/release/saddle)")
    parser.add_argument("--only", metavar="TEXT", default="", help="cases whose name contains TEXT")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (3)")
    parser.add_argument("--seconds", type=float, default=5, help="the time of a measurement (5)")
    parser.add_argument("--core", type=int, help="the core to stay on (the last one; Linux)")
    parser.add_argument("--into", metavar="FOLDER", type=Path,
                        help="where to write (reports/bench, where all cases are measured)")
    options = parser.parse_args()
    options.cases = [case for case in cases.CASES if options.only in case.name]
    if not options.cases:
        names = ", ".join(case.name for case in cases.CASES)
        parser.error(f"no case contains '{options.only}'; there are {names}")
    if options.rounds < 1 or not options.seconds > 0:
        parser.error("--rounds and --seconds must be above 0")
    if options.into is None and len(options.cases) == len(cases.CASES):
        options.into = ROOT / "reports/bench"
    return options


def main():
    options = parsed()
    if hasattr(os, "sched_setaffinity"):
        allowed = os.sched_getaffinity(0)
        core = max(allowed) if options.core is None else options.core
        if core not in allowed:
            raise Failure(f"core {core} is not among those that may be used: {sorted(allowed)}")
        os.sched_setaffinity(0, {core})
    contest = Contest(options.saddle, options.seconds)
    rows = []
    for case in options.cases:
        own = contest.rounds(case, options.rounds)
        print(Comparison(case, own), flush=True)
        rows += own
    if options.into:
        write(options.into / "measurements.csv", rows)
        report.make(options.into)


if __name__ == "__main__":
    try:
        main()
    except (Failure, report.Failure) as failure:
        print(f"compare.py: {failure}", file=sys.stderr)
        raise SystemExit(2)
    except KeyboardInterrupt:
        raise SystemExit(130)
