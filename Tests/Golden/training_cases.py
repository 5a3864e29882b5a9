"""The table of training cases: what each tiny run changes, and its settings as JSON."""

from dataclasses import asdict, dataclass, field

import torch

from training_schedules import Ramp, Steps, settings

#: Under the root of every gradient norm that has a root.
NORM_EPSILON = 1e-12
#: Floor of a vector's norm in the power iteration: x / max(||x||, floor).
POWER_ITERATION_FLOOR = 1e-12
BATCH_NORM_MOMENTUM = 0.1
BATCH_NORM_EPSILON = 1e-5
LEAKY_SLOPE = 0.2

LOSSES = ("nonsaturating", "hinge", "wasserstein")


@dataclass(frozen=True)
class Penalty:
    """coefficient * weight * every * (mean over samples of the target of the gradient's norm).

    Present at the critic steps 0, every, 2 * every, ...; lazy steps weigh `every` times as much.
    """

    name: str
    where: str  # line | real | fake | around
    target: str  # two-sided | one-sided | zero
    weight: float | Ramp
    coefficient: float = 1.0
    every: int = 1

    def settings(self):
        rooted = self.target != "zero"
        formula = {
            "two-sided": "(norm - 1)^2",
            "one-sided": "max(norm - 1, 0)^2",
            "zero": "norm^2, no root taken",
        }
        point = {
            "line": "alpha * real + (1 - alpha) * fake",
            "real": "real",
            "fake": "fake",
            "around": "real + alpha * 0.5 * s * direction; s: standard deviation (ddof 0) of all"
            " elements of the real batch",
        }
        return asdict(self) | {
            "weight": settings(self.weight),
            "norm": "l2",
            "epsilon": NORM_EPSILON if rooted else 0.0,
            "normFormula": "sqrt(sum of squares + epsilon)" if rooted else "sum of squares",
            "targetFormula": formula[self.target],
            "pointFormula": point[self.where],
        }


@dataclass(frozen=True)
class Constraint:
    name: str  # clip | spectral | weight-norm
    limit: float | Ramp | None = None

    def settings(self):
        if self.name == "clip":
            return {"name": "clip", "limit": settings(self.limit), "of": "critic weights and biases",
                    "when": "after each critic step"}
        if self.name == "weight-norm":
            return {"name": "weight-norm", "of": "every weight, per output"}
        return {
            "name": "spectral",
            "of": "every linear layer of the critic",
            "iterations": 1,
            "floor": POWER_ITERATION_FLOOR,
            "when": "once per step, shared by the step's critic forwards; the critic step stores"
            " the new u, the generator step does not",
        }


@dataclass(frozen=True)
class Optimizer:
    name: str  # sgd | adam | rmsprop
    settings: dict  # the keyword arguments of the torch.optim class

    def make(self, parameters):
        kinds = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "rmsprop": torch.optim.RMSprop}
        return kinds[self.name](parameters, **self.settings)


SGD = Optimizer("sgd", {"lr": 0.05})
MOMENTUM = Optimizer("sgd", {"lr": 0.05, "momentum": 0.9})
ADAM = Optimizer("adam", {"lr": 1e-3, "betas": (0.9, 0.999), "eps": 1e-8})
RMSPROP = Optimizer("rmsprop", {"lr": 1e-3, "alpha": 0.99, "eps": 1e-8})


@dataclass(frozen=True)
class MeanDiscrepancy:
    """Added to the generator's loss: weight * unbiased MMD^2 of the real and the fake batch."""

    weight: float | Ramp
    sigmas: tuple

    def settings(self):
        return {"name": "mmd", "weight": settings(self.weight), "sigmas": list(self.sigmas),
                "kernel": "sum over sigma of exp(-||x - y||^2 / (2 sigma^2))",
                "real": "the real batch of the iteration's critic step"}


@dataclass(frozen=True)
class Case:
    name: str
    loss: str = "nonsaturating"
    penalty: Penalty | None = None
    constraint: Constraint | None = None
    optimizer: Optimizer = ADAM
    dtype: torch.dtype = torch.float64
    real_label: float | Ramp = 1.0
    fake_label: float | Ramp = 0.0
    critic_dropout: float = 0.0
    normalizers: dict = field(default_factory=dict)  # network name -> "batch", "instance", ...
    architecture: str = "mlp"  # mlp | dcgan | resnet | sequential
    generator_constraint: Constraint | None = None
    activation: str = "leaky-relu"
    critic_steps: int = 1
    average_decay: float | Steps | None = None
    auxiliary: MeanDiscrepancy | None = None
    unrolled: int = 0  # critic steps that the generator is differentiated through
    batch: int = 8
    steps: int = 10

    def settings(self):
        """Everything a reader of the file needs, as JSON values."""
        return {
            "case": self.name,
            "loss": self.loss,
            "penalty": self.penalty.settings() if self.penalty else None,
            "constraint": self.constraint.settings() if self.constraint else None,
            **self.image_settings(),
            "labels": {"real": settings(self.real_label), "fake": settings(self.fake_label),
                       "of": "critic step only"},
            "dropout": {"generator": 0.0, "critic": self.critic_dropout},
            "normalizers": {
                name: self.normalizers.get(name) for name in ("generator", "critic")
            },
            "batchNorm": {"momentum": BATCH_NORM_MOMENTUM, "epsilon": BATCH_NORM_EPSILON}
            if self.normalizers else None,
            "activation": {"name": self.activation}
            | ({"slope": LEAKY_SLOPE} if self.activation == "leaky-relu" else {}),
            "optimizer": {"name": self.optimizer.name} | self.optimizer.settings,
            "criticSteps": self.critic_steps,
            "average": {"of": "generator", "decay": settings(self.average_decay)}
            if self.average_decay is not None else None,
            "batch": self.batch,
            "steps": self.steps,
            "dtype": str(self.dtype).removeprefix("torch."),
        } | ({"auxiliary": self.auxiliary.settings()} if self.auxiliary else {}) \
            | ({"unrolled": self.unrolled} if self.unrolled else {})

    def image_settings(self):
        """What only networks for images have; nothing for perceptrons."""
        if self.architecture == "mlp":
            return {}
        constraint = self.generator_constraint
        return {"architecture": self.architecture,
                "generatorConstraint": constraint.settings() if constraint else None}


PENALTIES = (
    None,
    Penalty("wgan-gp", "line", "two-sided", 10.0),
    Penalty("lp", "line", "one-sided", 10.0),
    Penalty("r1", "real", "zero", 1.0, coefficient=0.5),
    Penalty("r2", "fake", "zero", 1.0, coefficient=0.5),
    Penalty("dragan", "around", "two-sided", 10.0),
    Penalty("zero-gp", "line", "zero", 10.0),
)
PRESETS = {penalty.name: penalty for penalty in PENALTIES if penalty}


def grid():
    """losses x penalties, by Adam in double and by plain SGD in single precision."""
    for loss in LOSSES:
        for penalty in PENALTIES:
            stem = f"{loss}-{penalty.name if penalty else 'none'}"
            yield Case(f"{stem}-adam", loss=loss, penalty=penalty)
            yield Case(f"{stem}-sgd", loss=loss, penalty=penalty, optimizer=SGD,
                       dtype=torch.float32)


def singles():
    """One change at a time from the non-saturating loss under Adam in double precision."""
    yield Case("clipping", loss="wasserstein", constraint=Constraint("clip", limit=0.05))
    yield Case("spectral", constraint=Constraint("spectral"))
    yield Case("batch-norm-generator", normalizers={"generator": "batch"})
    yield Case("batch-norm-critic", normalizers={"critic": "batch"})
    yield Case("dropout", critic_dropout=0.3)
    yield Case("dropout-wgan-gp-sgd", critic_dropout=0.3, penalty=PRESETS["wgan-gp"],
               optimizer=SGD, dtype=torch.float32)
    yield Case("smoothing-one-sided", real_label=0.9)
    yield Case("smoothing-two-sided", real_label=0.9, fake_label=0.1)
    yield Case("momentum", optimizer=MOMENTUM)
    yield Case("rmsprop", optimizer=RMSPROP)
    yield Case("two-critic-steps", critic_steps=2)
    yield Case("average", average_decay=0.9)
    yield Case("lazy-r1", penalty=Penalty("r1", "real", "zero", 1.0, coefficient=0.5, every=2))
    yield Case("mean-discrepancy", auxiliary=MeanDiscrepancy(2.0, (0.5, 1.0, 2.0)))
    # Leaky ReLU has no curvature; these two see the second derivative of the activation.
    yield Case("tanh-wgan-gp", penalty=PRESETS["wgan-gp"], activation="tanh")
    yield Case("tanh-r1", penalty=PRESETS["r1"], activation="tanh")


def scheduled():
    """Coefficients that change over the ten iterations."""
    yield Case("scheduled-penalty", loss="wasserstein", critic_steps=2,
               penalty=Penalty("wgan-gp", "line", "two-sided", Ramp("linear", 1.0, 10.0, 0.2, 0.8)))
    yield Case("scheduled-lazy-penalty-sgd", optimizer=SGD, dtype=torch.float32,
               penalty=Penalty("r1", "real", "zero", Ramp("exponential", 0.1, 2.0),
                               coefficient=0.5, every=2))
    yield Case("scheduled-labels", real_label=Ramp("cosine", 0.7, 1.0),
               fake_label=Ramp("linear", 0.3, 0.0, 0.0, 0.5))
    yield Case("scheduled-clipping", loss="wasserstein",
               constraint=Constraint("clip", limit=Ramp("exponential", 0.2, 0.02, 0.3)))
    yield Case("scheduled-mean-discrepancy", loss="hinge",
               auxiliary=MeanDiscrepancy(Ramp("linear", 5.0, 0.5), (1.0,)))
    yield Case("scheduled-average", average_decay=Steps((0.0, 0.5, 0.9), (0.25, 0.65)))


def images():
    """Networks for 8x8 images of two channels, each normalizer in both networks."""
    for kind in ("none", "batch", "instance", "layer", "layer-element", "group", "virtual-batch"):
        chosen = {} if kind == "none" else {"generator": kind, "critic": kind}
        yield Case(f"dcgan-{kind}", architecture="dcgan", normalizers=chosen, batch=4)
    for kind in ("spectral", "weight-norm"):
        yield Case(f"dcgan-{kind}", architecture="dcgan", constraint=Constraint(kind),
                   generator_constraint=Constraint(kind), batch=4)
    yield Case("dcgan-wgan-gp", architecture="dcgan", loss="wasserstein", batch=4,
               penalty=PRESETS["wgan-gp"], normalizers={"generator": "batch", "critic": "layer"})
    yield Case("dcgan-dragan-virtual-batch", architecture="dcgan", loss="wasserstein", batch=4,
               penalty=PRESETS["dragan"], normalizers={"critic": "virtual-batch"})
    yield Case("resnet-hinge", architecture="resnet", loss="hinge", batch=4,
               normalizers={"generator": "batch"})
    yield Case("resnet-wgan-gp", architecture="resnet", loss="wasserstein", batch=4,
               penalty=Penalty("wgan-gp", "line", "two-sided", 1.0),
               normalizers={"critic": "layer"})
    yield Case("sequential-r1", architecture="sequential", batch=4, penalty=PRESETS["r1"])


def unrolled():
    """Generators that look ahead."""
    yield Case("unrolled-adam", unrolled=5)
    yield Case("unrolled-tanh-sgd", unrolled=5, activation="tanh", optimizer=SGD,
               dtype=torch.float32)
    yield Case("unrolled-momentum", loss="hinge", unrolled=3, optimizer=MOMENTUM)
    yield Case("unrolled-rmsprop-clipping", loss="wasserstein", unrolled=3, optimizer=RMSPROP,
               constraint=Constraint("clip", limit=Ramp("exponential", 0.5, 0.1)))
    yield Case("unrolled-wgan-gp", loss="wasserstein", unrolled=2, activation="tanh",
               penalty=Penalty("wgan-gp", "line", "two-sided", 1.0))
    yield Case("unrolled-scheduled-lazy-penalty", unrolled=3, critic_steps=2,
               real_label=Ramp("linear", 0.7, 1.0),
               penalty=Penalty("dragan", "around", "two-sided", Ramp("linear", 1.0, 3.0), every=2))
    yield Case("unrolled-dropout", unrolled=2, critic_dropout=0.3)
    yield Case("unrolled-spectral", unrolled=2, constraint=Constraint("spectral"))
    yield Case("unrolled-batch-norm", unrolled=2, normalizers={"generator": "batch", "critic": "batch"},
               auxiliary=MeanDiscrepancy(2.0, (1.0,)))
    yield Case("unrolled-dcgan-weight-norm", unrolled=2, architecture="dcgan", batch=4,
               constraint=Constraint("weight-norm"))


CASES = tuple(grid()) + tuple(singles()) + tuple(scheduled()) + tuple(images()) \
    + tuple(unrolled())
