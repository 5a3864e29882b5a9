"""What the measurements of one case say."""

import statistics
from dataclasses import dataclass

NAMES = {"saddle": "Saddle", "torch": "PyTorch", "jax": "JAX"}
PEERS = ("torch", "jax")


@dataclass(frozen=True)
class Ratio:
    """A peer's time as a multiple of Saddle's: the median over rounds, and the range."""

    median: float
    low: float
    high: float

    def __str__(self):
        return f"{digits(self.median)}× ({digits(self.low)}–{digits(self.high)})"


class Comparison:
    """A case with the measurements of its programs, by round."""

    def __init__(self, case, rows):
        self.case = case
        self._rows = {program: sorted((row for row in rows if row.program == program),
                                      key=lambda row: row.round) for program in NAMES}

    @property
    def is_complete(self):
        """Whether each program was measured, in the same rounds."""
        rounds = [[row.round for row in rows] for rows in self._rows.values()]
        return rounds[0] != [] and all(other == rounds[0] for other in rounds)

    @property
    def rounds(self):
        return len(self._rows["saddle"])

    def first(self, program):
        """A measurement, for what is the same in all of them."""
        return self._rows[program][0]

    def median(self, program, quantity="milliseconds"):
        """The median over rounds of a quantity; None where it is not known."""
        values = [getattr(row, quantity) for row in self._rows[program]]
        return None if None in values else statistics.median(values)

    def ratio(self, peer):
        """The peer's time by Saddle's of the same round."""
        ratios = [theirs.milliseconds / ours.milliseconds
                  for theirs, ours in zip(self._rows[peer], self._rows["saddle"])]
        return Ratio(statistics.median(ratios), min(ratios), max(ratios))

    @property
    def faster(self):
        """The peer that takes less time."""
        return min(PEERS, key=self.median)

    @property
    def bound(self):
        """The faster peer's time as a multiple of Saddle's if every counted operation of Saddle's
        were a multiply-add at the core's peak."""
        return self.ratio(self.faster).median / self.median("saddle", "share")

    @property
    def meets_target(self):
        """Whether the faster peer takes as long as the target says; None without a target."""
        target = self.case.target
        return None if target is None else self.ratio(self.faster).median >= target

    def __str__(self):
        times = "  ".join(f"{NAMES[program]} {digits(self.median(program))} ms"
                          for program in NAMES)
        return f"{self.case.name}: {times}; {NAMES[self.faster]} takes {self.ratio(self.faster)}"


def digits(value):
    """Three significant digits, fewer below 0.1 and more from 1000 on; no exponent."""
    if value >= 99.95:
        return f"{value:.0f}"
    if value >= 9.995:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.9995 else f"{value:.3f}"
