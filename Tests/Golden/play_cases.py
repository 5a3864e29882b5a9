"""Games with every optimizer, clipping of gradients, way of play, lookahead and instance noise."""

import torch

from game_cases import Game, entry, preset
from loss_cases import GAUSSIAN
from training_cases import ADAM, MOMENTUM, RMSPROP
from training_schedules import Ramp

ADAMW = entry("adamw", rate=0.01, beta1=0.5, beta2=0.9, epsilon=1e-8, decay=0.2)
OPTIMISTIC = entry("optimistic-adam", rate=0.01, beta1=0.5, beta2=0.9, epsilon=1e-8)


def of_optimizers():
    for name, chosen in (("adamw", ADAMW), ("optimistic-adam", OPTIMISTIC)):
        yield Game(f"play-{name}", optimizers={"critic": chosen, "generator": chosen})
    yield Game("play-frozen-critic", optimizers={"critic": "frozen"})
    yield Game("play-frozen-generator", optimizers={"generator": "frozen", "critic": OPTIMISTIC})
    yield Game("play-clip-norm", loss="wasserstein", gradient_clipping={
        "critic": entry("norm", bound=0.5), "generator": entry("norm", bound=0.2)})
    yield Game("play-clip-value", optimizer=MOMENTUM, gradient_clipping={
        "critic": entry("value", bound=0.02), "generator": entry("value", bound=0.01)})
    yield Game("play-clip-norm-penalty", loss="wasserstein", penalties=(
        preset("r1", weight=1.0),), gradient_clipping={"critic": entry("norm", bound=0.5)})


    yield Game("play-clip-norm-autoencoder", loss=entry("began", gamma=0.8, rate=0.2, code=3),
               gradient_clipping={"critic": entry("norm", bound=0.5)})


def of_play():
    yield Game("play-simultaneous", play="simultaneous")
    yield Game("play-simultaneous-adam", play="simultaneous", optimizer=ADAM, loss="minimax")
    yield Game("play-simultaneous-relativistic", play="simultaneous",
               loss=entry("relativistic-average", form="least-squares"),
               penalties=(preset("wgan-gp", weight=1.0),))
    yield Game("play-simultaneous-zcr", play="simultaneous", penalties=(
        preset("zcr", weight=20.0, generator=0.5, deviation=0.4),))
    yield Game("play-simultaneous-cramer", play="simultaneous",
               loss=entry("cramer", dimensions=4), penalties=(preset("wgan-gp", weight=1.0),))
    yield Game("play-extragradient", play="extragradient")
    yield Game("play-extragradient-adam", play="extragradient", optimizer=ADAM, loss="wasserstein")
    yield Game("play-extragradient-rmsprop", play="extragradient", optimizer=RMSPROP)
    yield Game("play-extragradient-momentum", play="extragradient", optimizer=MOMENTUM,
               loss="minimax")
    yield Game("play-extragradient-r1", play="extragradient",
               penalties=(preset("r1", weight=1.0),))
    yield Game("play-extragradient-wgan-gp", play="extragradient", loss="wasserstein",
               optimizer=ADAM, penalties=(preset("wgan-gp", weight=1.0),))
    yield Game("play-extragradient-mmd", play="extragradient",
               loss=entry("mmd", kernel=GAUSSIAN, dimensions=4))
    yield Game("play-extragradient-single", play="extragradient", optimizer=ADAM,
               dtype=torch.float32)
    yield Game("play-extragradient-clip", play="extragradient",
               gradient_clipping={"critic": entry("norm", bound=0.2)})


def of_lookahead():
    yield Game("play-lookahead-single", lookahead={"every": 2, "step": 0.5}, dtype=torch.float32)
    half = {"every": 2, "step": 0.5}
    yield Game("play-lookahead", lookahead=half)
    yield Game("play-lookahead-adam", lookahead={"every": 3, "step": 0.7}, optimizer=ADAM)
    yield Game("play-lookahead-two-critic-steps", lookahead=half, critic_steps=2)
    yield Game("play-lookahead-simultaneous", lookahead=half, play="simultaneous")
    yield Game("play-lookahead-extragradient", lookahead=half, play="extragradient",
               optimizer=ADAM)


def of_noise():
    yield Game("play-noise", noise=0.3)
    yield Game("play-noise-scheduled", noise=Ramp("linear", 0.5, 0.0), critic_steps=2)
    yield Game("play-noise-wgan-gp", noise=0.3, loss="wasserstein",
               penalties=(preset("wgan-gp", weight=1.0),))
    yield Game("play-noise-relativistic", noise=0.3, loss=entry("relativistic", form="logistic"))
    yield Game("play-noise-simultaneous", noise=0.3, play="simultaneous")


PLAY_CASES = (*of_optimizers(), *of_play(), *of_lookahead(), *of_noise())
