"""The work that is measured: the cases of `saddle bench`, by the same names."""

import math
from dataclasses import dataclass

LEARNING_RATE = 1e-3
BETAS = (0.9, 0.999)
EPSILON = 1e-8
LEAKY_SLOPE = 0.2
PENALTY_WEIGHT = 10.0
NORM_EPSILON = 1e-12
RING_DEVIATION = 0.01


@dataclass(frozen=True)
class Case:
    """One iteration of a training: critic steps, then generator steps, all with Adam."""

    name: str
    architecture: str  # mlp | dcgan | resnet
    shape: tuple  # of a sample: features, or height, width, channels
    latent: int
    batch: int
    width: int  # of hidden layers, or of the channels next to the image
    depth: int = 0  # the hidden layers of an mlp
    loss: str = "nonsaturating"  # nonsaturating | wgan-gp
    critic: str = "none"  # its normalizer or constraint: none | batch | spectral
    critic_steps: int = 1
    generator_steps: int = 1
    unroll: int = 0  # the critic's steps that a generator step is differentiated through
    target: float | None = None  # the least time of the faster peer as a multiple of Saddle's

    @property
    def is_image(self):
        return len(self.shape) == 3

    @property
    def iteration(self):
        """What one iteration is, in words."""
        critic = {0: "", 1: "a critic step"}.get(self.critic_steps,
                                                 f"{self.critic_steps} critic steps")
        if critic and self.loss == "wgan-gp":
            critic += " with gradient penalty"
        if critic and self.critic == "spectral":
            critic += " under spectral normalization"
        generator = "a generator step" if self.generator_steps else ""
        if self.unroll:
            generator += f" through {self.unroll} unrolled critic steps"
        return " and ".join(filter(None, (critic, generator)))


def mlp(name, depth, width, **settings):
    return Case(name, "mlp", (2,), latent=2, batch=256, width=width, depth=depth, **settings)


def images(name, architecture, channels, width, **settings):
    return Case(name, architecture, (32, 32, channels), latent=100, batch=64, width=width,
                **settings)


PENALIZED = {"loss": "wgan-gp", "critic_steps": 5}
CRITIC = {"critic": "batch", "generator_steps": 0, "target": 1.25}
GENERATOR = {"critic": "batch", "critic_steps": 0, "target": 1.45}
CRITIC_PENALIZED = {"loss": "wgan-gp", "generator_steps": 0, "target": 1.45}

CASES = (
    mlp("mlp-2x64", 2, 64, target=2),
    mlp("mlp-3x128", 3, 128, target=2),
    mlp("mlp-3x512", 3, 512, target=1.15),
    mlp("mlp-3x128-wgan-gp", 3, 128, **PENALIZED, target=2),
    mlp("mlp-3x512-wgan-gp", 3, 512, **PENALIZED, target=1.15),
    mlp("mlp-2x64-unrolled", 2, 64, unroll=5),
    images("dcgan-32x32x1-32-critic", "dcgan", 1, 32, **CRITIC),
    images("dcgan-32x32x1-32-generator", "dcgan", 1, 32, **GENERATOR),
    images("dcgan-32x32x1-32-critic-gp", "dcgan", 1, 32, **CRITIC_PENALIZED),
    images("dcgan-32x32x3-64-critic", "dcgan", 3, 64, **CRITIC),
    images("dcgan-32x32x3-64-generator", "dcgan", 3, 64, **GENERATOR),
    images("dcgan-32x32x3-64-critic-gp", "dcgan", 3, 64, **CRITIC_PENALIZED),
    images("dcgan-32x32x3-64-wgan-gp", "dcgan", 3, 64, **PENALIZED),
    images("dcgan-32x32x3-64-spectral", "dcgan", 3, 64, critic="spectral"),
    images("resnet-32x32x3-32", "resnet", 3, 32),
)


def named(name):
    """The case of a name; an error that lists the names where there is none."""
    for case in CASES:
        if case.name == name:
            return case
    raise SystemExit(f"no case '{name}'; there are {', '.join(case.name for case in CASES)}")


def ring_modes():
    """Eight points on the unit circle."""
    angles = [math.pi * i / 4 for i in range(8)]
    return [[math.cos(angle), math.sin(angle)] for angle in angles]
