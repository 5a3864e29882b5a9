"""The work that is measured, and how: shared by the peers so that they are timed alike."""

import math
import statistics
import time
from dataclasses import dataclass

LATENT = 2
DATA = 2
BATCH = 256
LEAKY_SLOPE = 0.2
LEARNING_RATE = 1e-4
BETAS = (0.5, 0.9)
EPSILON = 1e-8
PENALTY_WEIGHT = 10.0
NORM_EPSILON = 1e-12
RING_MODES = 8
RING_DEVIATION = 0.01


@dataclass(frozen=True)
class Case:
    """One iteration: `critic_steps` critic steps, then a generator step, all with Adam."""

    name: str
    hidden: tuple
    loss: str  # nonsaturating | wgan-gp
    critic_steps: int


@dataclass(frozen=True)
class ImageCase:
    """One iteration of a DCGAN: 4 x 4 kernels, stride 2, batch norm as in its paper; under a
    gradient penalty none in the critic. Batches of images in [-1, 1] lie ready in memory."""

    name: str
    size: int
    channels: int
    width: int
    loss: str  # nonsaturating | wgan-gp
    critic_steps: int = 1
    batch: int = 64
    latent: int = 100

    @property
    def normalizes_critic(self):
        return self.loss != "wgan-gp"


IMAGE_CASES = (
    ImageCase("dcgan-32x32x1-32", 32, 1, 32, "nonsaturating"),
    ImageCase("dcgan-32x32x1-32-wgan-gp", 32, 1, 32, "wgan-gp"),
    ImageCase("dcgan-32x32x3-64", 32, 3, 64, "nonsaturating"),
    ImageCase("dcgan-32x32x3-64-wgan-gp", 32, 3, 64, "wgan-gp"),
)

CASES = (
    Case("nonsaturating-2x64", (64,) * 2, "nonsaturating", 1),
    Case("nonsaturating-3x128", (128,) * 3, "nonsaturating", 1),
    Case("nonsaturating-3x512", (512,) * 3, "nonsaturating", 1),
    Case("wgan-gp-3x128", (128,) * 3, "wgan-gp", 5),
    Case("wgan-gp-3x512", (512,) * 3, "wgan-gp", 5),
)


def ring_modes():
    """Eight points on the unit circle."""
    angles = [2 * math.pi * i / RING_MODES for i in range(RING_MODES)]
    return [[math.cos(angle), math.sin(angle)] for angle in angles]


@dataclass(frozen=True)
class Timing:
    """Milliseconds per iteration, over blocks of iterations."""

    median: float
    minimum: float
    blocks: int
    iterations: int


def measure(run, seconds):
    """Times `run(n)`, which does n iterations and returns when they are done.

    Warms up, then divides about `seconds` into blocks of equal length.
    """
    run(3)
    start = time.perf_counter()
    run(3)
    iteration = (time.perf_counter() - start) / 3
    blocks = 15
    iterations = max(3, round(seconds / blocks / iteration))
    times = []
    for _ in range(blocks):
        start = time.perf_counter()
        run(iterations)
        times.append(1e3 * (time.perf_counter() - start) / iterations)
    return Timing(statistics.median(times), min(times), blocks, iterations)
