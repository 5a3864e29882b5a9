"""Games with every penalty of either player."""

import torch

from game_cases import Game, entry, preset
from loss_cases import GAUSSIAN
from training_cases import ADAM, Optimizer
from training_schedules import Ramp

SLOW = Optimizer("sgd", {"lr": 0.01})
#: Gain of critics whose slopes have to reach a margin.
STEEP = 1.5
NOISE = entry("noise", deviation=0.3)
SHIFT = entry("flip-shift", shift=0.25)
MMD = entry("mmd", kernel=GAUSSIAN, dimensions=4)
MMD_LI = entry("mmd-li", kernel=GAUSSIAN, code=3, reconstruction=0.5)
SCALED_MMD = entry("scaled-mmd", kernel=entry("gaussian", sigmas=[1.0]), dimensions=4,
                   **{"lambda": 0.5})
EBGAN = entry("ebgan", margin=0.35, pullAway=0.5, code=3)
BEGAN = entry("began", gamma=0.8, rate=0.2, code=3)
CRAMER = entry("cramer", dimensions=4)


def of_slopes():
    """Presets, and every factor that a preset may set."""
    yield "max-gp", "wasserstein", preset("max-gp", weight=0.1)
    yield "wgan-div", "wasserstein", preset("wgan-div", weight=0.02)
    yield "l1-margin", "hinge", preset("l1-margin", weight=1.0)
    yield "linf-margin", "hinge", preset("linf-margin", weight=1.0)
    yield "l1", "wasserstein", preset("gradient", where="line", target="one", norm="l1", weight=1.0)
    yield "linf-zero", "nonsaturating", preset(
        "gradient", where="real-and-fake", target="zero", norm="linf", weight=1.0)
    yield "cubic", "nonsaturating", preset(
        "gradient", where="real", target="zero", power=3, scale=0.5, weight=1.0)
    yield "quartic-one", "wasserstein", preset(
        "gradient", where="real-and-fake", target="one", power=4, weight=1.0)
    yield "max-one", "wasserstein", preset(
        "gradient", where="around-real", target="one", over="max", power=1, scale=2.0, weight=0.5)


def of_critics_functions():
    """Slopes of what stands for the score under other losses."""
    yield "witness", MMD, preset("witness", weight=1.0)
    yield "witness-li", MMD_LI, preset("witness", weight=1.0)
    yield "witness-scaled", SCALED_MMD, preset("witness", weight=1.0)
    yield "mmd-r1", MMD, preset("r1", weight=1.0)
    yield "cramer-gp", CRAMER, preset("wgan-gp", weight=1.0)
    yield "ebgan-zero-gp", EBGAN, preset("zero-gp", weight=1.0)
    yield "began-r1", BEGAN, preset("r1", weight=1.0)
    yield "relativistic-r1", entry("relativistic", form="logistic"), preset("r1", weight=1.0)


def of_scores():
    yield "sobolev", "wasserstein", preset("sobolev", rho=0.5, weight=1.0)
    yield "fisher", "wasserstein", preset("fisher", rho=0.5, weight=1.0)
    yield "lecam", "hinge", preset("lecam", weight=0.3, decay=0.8, warmup=3)
    yield "cr", "nonsaturating", preset("cr", weight=10.0, transform=NOISE)
    yield "bcr", "nonsaturating", preset("bcr", weight=10.0, fake=5.0, transform=NOISE)
    yield "zcr", "nonsaturating", preset("zcr", weight=20.0, generator=0.5, deviation=0.4)
    yield "drift", "wasserstein", preset("drift", weight=0.2)
    yield "l2", "nonsaturating", preset("l2", weight=0.02)
    yield "orthogonal", "nonsaturating", preset("orthogonal", weight=0.05)
    yield "scheduled-cr", "hinge", preset("cr", weight=Ramp("linear", 1.0, 10.0), transform=NOISE)


def single_penalties():
    for table in (of_slopes(), of_critics_functions(), of_scores()):
        for name, loss, penalty in table:
            yield Game(f"penalty-{name}", loss=loss, penalties=(penalty,),
                       critic_gain=STEEP if name in ("l1-margin", "linf-margin", "wgan-div") else 1.0)


def consensus():
    term = preset("consensus", weight=2.0)
    for loss in ("minimax", "nonsaturating", entry("relativistic", form="logistic")):
        name = loss if isinstance(loss, str) else loss["name"]
        yield Game(f"penalty-consensus-{name}", loss=loss, penalties=(term,), play="simultaneous")
    yield Game("penalty-consensus-alternating", penalties=(term,))
    yield Game("penalty-consensus-r1", penalties=(term, preset("r1", weight=1.0)),
               play="simultaneous")


def several():
    """Lists, lazy terms, and terms of the generator."""
    yield Game("penalty-wgan-gp-dragan", loss="wasserstein", penalties=(
        preset("wgan-gp", weight=1.0), preset("dragan", weight=0.5)))
    yield Game("penalty-lecam-sobolev", penalties=(
        preset("lecam", weight=0.3, decay=0.8, warmup=3),
        preset("sobolev", rho=0.5, weight=0.7)))
    yield Game("penalty-lecam-two-critic-steps", loss="hinge", critic_steps=2, penalties=(
        preset("lecam", weight=0.3, decay=0.8, warmup=3),))
    yield Game("penalty-bcr-zcr", penalties=(
        preset("bcr", weight=10.0, fake=5.0, transform=NOISE),
        preset("zcr", weight=20.0, generator=0.5, deviation=0.4)))
    yield Game("penalty-lazy-cr", penalties=(preset("cr", weight=5.0, every=2, transform=NOISE),))
    yield Game("penalty-lazy-bcr-zcr", penalties=(
        preset("bcr", weight=5.0, fake=2.0, every=3, transform=NOISE),
        preset("zcr", weight=5.0, generator=0.5, deviation=0.4, every=2)))
    yield Game("penalty-lazy-r1-drift", critic_steps=2, penalties=(
        preset("r1", weight=1.0, every=3), preset("drift", weight=0.2, every=2)))
    yield Game("penalty-generator-l2", generator_penalties=(preset("l2", weight=0.02),))
    yield Game("penalty-generator-orthogonal", generator_penalties=(
        preset("orthogonal", weight=0.02, every=2), preset("l2", weight=0.01)))
    yield Game("penalty-both-l2", penalties=(preset("l2", weight=0.02),), optimizer=ADAM,
               generator_penalties=(preset("l2", weight=Ramp("linear", 0.0, 0.2)),))


def in_single_precision():
    for name, loss, penalty in (
            ("wgan-div", "wasserstein", preset("wgan-div", weight=0.02)),
            ("bcr", "nonsaturating", preset("bcr", weight=10.0, fake=5.0, transform=NOISE)),
            ("witness", MMD, preset("witness", weight=1.0))):
        yield Game(f"penalty-{name}-single", loss=loss, penalties=(penalty,), optimizer=SLOW,
                   dtype=torch.float32, critic_gain=STEEP)
    yield Game("penalty-consensus-single", penalties=(preset("consensus", weight=2.0),),
               optimizer=SLOW, play="simultaneous", dtype=torch.float32)


def of_images():
    for name, penalty in (
            ("cr-flip-shift", preset("cr", weight=10.0, transform=SHIFT)),
            ("bcr-flip-shift", preset("bcr", weight=10.0, fake=5.0, transform=SHIFT)),
            ("orthogonal", preset("orthogonal", weight=0.05))):
        yield Game(f"penalty-dcgan-{name}", architecture="dcgan", activation="leaky-relu", batch=4,
                   optimizer=SLOW, penalties=(penalty,),
                   generator_penalties=(preset("orthogonal", weight=0.05),)
                   if name == "orthogonal" else ())


PENALTY_CASES = (*single_penalties(), *consensus(), *several(), *of_images(),
                 *in_single_precision())
