"""The table of measurements that a report is made from."""

import csv
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Measurement:
    """One program's reading of one case: median and quartiles over blocks of iterations, in
    milliseconds per iteration; memory in MiB, the process's peak and what it was after loading the
    framework; gigaflops and the share of the core's measured peak are counted by Saddle alone."""

    case: str
    round: int
    program: str  # saddle | torch | jax
    version: str
    setting: str  # the kernels, the memory format, or the mode
    milliseconds: float
    low: float
    high: float
    memory: float | None
    loaded: float | None
    gigaflops: float | None
    share: float | None
    cpu: str


def write(path, rows):
    """Writes rows in their order, numbers to five digits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(field.name for field in fields(Measurement))
        for row in rows:
            table.writerow(f"{value:.5g}" if isinstance(value, float) else value
                           for value in asdict(row).values())


def read(path):
    """The rows of a file that `write` wrote."""
    kinds = {field.name: field.type for field in fields(Measurement)}

    def value(name, text):
        if kinds[name] is str:
            return text
        return (int if kinds[name] is int else float)(text) if text else None
    with path.open(newline="") as file:
        return [Measurement(**{name: value(name, text) for name, text in row.items()})
                for row in csv.DictReader(file)]
