"""How time and memory are taken."""

import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Timing:
    """Milliseconds per iteration over blocks of iterations: median and quartiles."""

    milliseconds: float
    low: float
    high: float
    blocks: int
    iterations: int


def measure(run, seconds):
    """Times `run(n)`, which does n iterations and returns when they are done.

    Warms up, then runs blocks of equal length for about `seconds`, at least five.
    """
    run(2)
    iterations = max(1, round(seconds / 25 / timed(run, 1)))
    times = []
    end = time.perf_counter() + seconds
    while len(times) < 5 or time.perf_counter() < end:
        times.append(1e3 * timed(run, iterations) / iterations)
    low, median, high = statistics.quantiles(times, method="inclusive")
    return Timing(median, low, high, len(times), iterations)


def timed(run, iterations):
    """The seconds that `run(iterations)` takes."""
    start = time.perf_counter()
    run(iterations)
    return time.perf_counter() - start


def peak_memory():
    """The largest resident size of this process so far, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    import resource
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
