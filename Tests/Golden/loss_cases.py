"""Games of every loss, by plain gradient descent, which the scale of a gradient does not escape."""

import torch

from game_cases import Game, entry
from training_cases import Optimizer

SLOW = Optimizer("sgd", {"lr": 0.01})
MODERATE = Optimizer("sgd", {"lr": 0.02})
SLOWER = Optimizer("sgd", {"lr": 0.001})
#: Gain of critics whose scores have to pass a margin on either side.
STEEP = 3.0
FORMS = ("logistic", "least-squares", "hinge")
DIVERGENCES = (
    ("kl", {}), ("reverse-kl", {}), ("pearson", {}), ("neyman", {}), ("squared-hellinger", {}),
    ("jeffrey", {}), ("jensen-shannon", {}), ("gan", {}),  # the same but for constants, so at another rate
    ("weighted-jensen-shannon", {"share": 0.3}), ("total-variation", {}),
    ("alpha", {"alpha": 0.5}), ("alpha", {"alpha": 2.0}),
)
GAUSSIAN = entry("gaussian", sigmas=[0.5, 1.0, 2.0])
KERNELS = (
    ("gaussian", GAUSSIAN),
    ("rational-quadratic", entry("rational-quadratic", alphas=[0.2, 1.0, 5.0], linear=False)),
    ("rational-quadratic-linear", entry("rational-quadratic", alphas=[0.5, 2.0], linear=True)),
    ("distance", entry("distance", epsilon=1e-12)),
    ("polynomial", entry("polynomial", degree=3, offset=1.0)),
)


def of_scores():
    for name in ("minimax", "absolute-deviation", "softmax", "dual-contrastive"):
        yield Game(f"loss-{name}", loss=name)
    yield Game("loss-kl-wgan", loss="kl-wgan", optimizer=SLOW, critic_gain=STEEP)
    yield Game("loss-lsgan", loss=entry("lsgan", a=0.0, b=1.0, c=1.0))
    yield Game("loss-lsgan-pearson", loss=entry("lsgan", a=-1.0, b=1.0, c=0.0))
    for name in ("relativistic", "relativistic-average"):
        for form in FORMS:
            steep = {"optimizer": SLOW, "critic_gain": STEEP} if form == "hinge" else {}
            yield Game(f"loss-{name}-{form}", loss=entry(name, form=form), **steep)
    for divergence, chosen in DIVERGENCES:
        stem = "-".join([divergence] + [f"{value:g}" for value in chosen.values()])
        for side in ("minimax", "nonsaturating"):
            if (divergence, side) != ("total-variation", "nonsaturating"):  # f* is the identity
                gain = STEEP if chosen == {"alpha": 2.0} else 1.0  # its conjugate has a bend at -1
                loss = entry("f-gan", divergence=divergence, generator=side) | chosen
                yield Game(f"loss-f-gan-{stem}-{side}", loss=loss, critic_gain=gain,
                           optimizer=MODERATE if divergence == "gan" else SLOW)
    yield Game("loss-r3gan", loss=entry("r3gan", gamma=0.7))
    yield Game("loss-gan-qp", loss=entry("gan-qp", **{"lambda": 2.0}))


def of_separate_sides():
    yield Game("loss-hinge-nonsaturating", critic_loss="hinge", generator_loss="nonsaturating")
    yield Game("loss-hinge-kl", loss="hinge",
               generator_loss=entry("f-gan", divergence="kl", generator="minimax"))
    yield Game("loss-wasserstein-relativistic", loss="wasserstein",
               generator_loss=entry("relativistic", form="logistic"))


def of_autoencoders():
    yield Game("loss-ebgan", loss=entry("ebgan", margin=1.3, pullAway=0.5, code=3))
    began = entry("began", gamma=0.8, rate=0.2, code=3)
    yield Game("loss-began", loss=began)
    yield Game("loss-began-two-critic-steps", loss=began, critic_steps=2)


def of_distances():
    for name, kernel in KERNELS:
        yield Game(f"loss-mmd-{name}", loss=entry("mmd", kernel=kernel, dimensions=4),
                   optimizer=SLOWER if name == "polynomial" else SLOW)
    yield Game("loss-mmd-li",
               loss=entry("mmd-li", kernel=GAUSSIAN, code=3, reconstruction=0.5))
    yield Game("loss-scaled-mmd", loss=entry(
        "scaled-mmd", kernel=entry("gaussian", sigmas=[1.0]), dimensions=4, **{"lambda": 0.5}))
    yield Game("loss-cramer", loss=entry("cramer", dimensions=4))
    for form in ("unbiased", "root"):
        yield Game(f"loss-moment-matching-{form}",
                   loss=entry("moment-matching", kernel=GAUSSIAN, form=form))
    yield Game("loss-moment-matching-distance", loss=entry(
        "moment-matching", kernel=entry("distance", epsilon=1e-12), form="unbiased"))


def of_features():
    infomax = entry("infomax", weight=0.2, dimensions=6)
    yield Game("loss-infomax", loss=infomax)
    for architecture in ("dcgan", "resnet"):
        yield Game(f"loss-infomax-{architecture}", loss=infomax, architecture=architecture,
                   activation="leaky-relu", batch=4, optimizer=SLOW)


def in_single_precision():
    for name, loss in (
            ("jeffrey", entry("f-gan", divergence="jeffrey", generator="minimax")),
            ("relativistic-average", entry("relativistic-average", form="logistic")),
            ("ebgan", entry("ebgan", margin=0.35, pullAway=0.5, code=3)),
            ("mmd", entry("mmd", kernel=GAUSSIAN, dimensions=4)),
            ("cramer", entry("cramer", dimensions=4)),
            ("infomax", entry("infomax", weight=0.2, dimensions=6))):
        yield Game(f"loss-{name}-single", loss=loss, optimizer=SLOW, dtype=torch.float32)


LOSS_CASES = (*of_scores(), *of_separate_sides(), *of_autoencoders(), *of_distances(),
              *of_features(), *in_single_precision())
