"""The grid of an experiment, as `saddle plan NAME --arms --json` prints it."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Structure:
    """What decides the shapes and the operations of a run: arms that agree in it differ in numbers
    alone, so that one compiled function serves them all."""

    problem: str  # ring | glyphs
    loss: str  # nonsaturating | hinge | wasserstein
    place: str  # of the gradient penalty: line | real | fake | around-real; empty for none
    target: str  # one | at-most-one | zero
    constraint: str  # none | clipping | spectral
    normalizer: str  # none | batch | instance | layer
    has_dropout: bool
    is_smoothed: bool
    sigmas: tuple  # of the MMD term; empty for none
    latent: int
    batch: int
    steps: int
    points: int
    samples: int
    reference: int

    @property
    def is_planar(self):
        return self.problem == "ring"

    @property
    def interval(self):
        """Generator steps between two evaluations."""
        return self.steps // self.points


@dataclass(frozen=True)
class Numbers:
    """The settings of a run that change no operation."""

    rate_from: float
    rate_to: float  # of a cosine schedule; the same where the rate stays
    beta1: float
    beta2: float
    epsilon: float
    penalty_weight: float  # with the definition's factor
    clipping_bound: float
    dropout: float
    real_label: float
    mmd_weight: float

    def rate(self, step, steps):
        """The learning rate in generator step `step`, from 0."""
        half = 0.5 * (self.rate_from - self.rate_to)
        return self.rate_to + half * (1 + math.cos(math.pi * step / steps))


@dataclass(frozen=True)
class Arm:
    """One cell of the grid; `operations` are those that Saddle counts for the training of a run."""

    name: str
    is_baseline: bool
    operations: int
    structure: Structure
    numbers: Numbers


def arms(plan):
    """The arms of a plan; an error where one asks for something that the peers do not train."""
    return [arm(entry, entry["baseline"] == index) for index, entry in enumerate(plan["arms"])]


def arm(entry, is_baseline):
    settings = entry["settings"]
    critic, labels, optimizer = settings["critic"], settings["labels"], settings["optimizer"]
    penalty = single(entry, settings["penalty"], "penalties")
    mmd = single(entry, settings["auxiliary"], "auxiliary terms")
    rate, evaluate, train = optimizer["rate"], settings["evaluate"], settings["train"]
    structure = Structure(
        problem=settings["data"]["name"], loss=settings["loss"]["name"],
        place=penalty.get("where", ""), target=penalty.get("target", ""),
        constraint=critic["constraint"]["name"], normalizer=critic["normalizer"]["name"],
        has_dropout=constant(entry, critic["dropout"]) > 0,
        is_smoothed=constant(entry, labels["real"]) != 1, sigmas=tuple(mmd.get("sigmas", ())),
        latent=settings["latent"]["size"], batch=train["batch"], steps=train["steps"],
        points=evaluate["points"], samples=evaluate["samples"], reference=evaluate["reference"])
    numbers = Numbers(
        rate_from=rate.get("from", rate.get("value")), rate_to=rate.get("to", rate.get("value")),
        beta1=optimizer["beta1"], beta2=optimizer["beta2"], epsilon=optimizer["epsilon"],
        penalty_weight=penalty.get("scale", 0) * constant(entry, penalty.get("weight")),
        clipping_bound=constant(entry, critic["constraint"].get("bound")),
        dropout=constant(entry, critic["dropout"]), real_label=constant(entry, labels["real"]),
        mmd_weight=constant(entry, mmd.get("weight")))
    refuse_unknown(entry, structure)
    return Arm(entry["name"], is_baseline, entry["operations"], structure, numbers)


def single(entry, terms, what):
    if len(terms) > 1:
        refuse(entry, f"several {what}")
    return terms[0] if terms else {}


def constant(entry, coefficient):
    """A coefficient that stays; 0 where there is none."""
    if coefficient is None:
        return 0.0
    if coefficient["name"] != "constant":
        refuse(entry, f"a coefficient with the schedule {coefficient['name']}")
    return coefficient["value"]


def refuse(entry, what):
    raise SystemExit(f"arm '{entry['name']}' asks for {what}, which the peers do not train")


# What both problems have in common, and what each of them has; the networks are written for these.
COMMON = {
    "generator.constraint.name": "none", "generator.normalizer.name": "none",
    "generator.dropout": {"name": "constant", "value": 0.0}, "generator.optimizer": [],
    "generator.average": {"name": "constant", "value": 0.0}, "critic.optimizer": [],
    "critic.activation": {"name": "leaky-relu", "slope": 0.2}, "critic.dropoutUnit": "element",
    "labels.fake": {"name": "constant", "value": 0.0}, "latent.distribution": "normal",
    "optimizer.name": "adam", "train.criticSteps": {"name": "constant", "steps": 1},
}
PROBLEMS = {
    "ring": {
        "data": {"name": "ring", "modes": 8, "radius": 1.0, "sigma": 0.05},
        "generator.architecture.name": "mlp", "critic.architecture.name": "mlp",
        "generator.hidden": [64, 64], "critic.hidden": [64, 64], "generator.output": "identity",
        "generator.initializer": {"name": "he", "slope": 0.2},
        "critic.initializer": {"name": "he", "slope": 0.2},
        "generator.activation": {"name": "leaky-relu", "slope": 0.2},
        "evaluate.features.name": "raw",
    },
    "glyphs": {
        "data.size": 16,
        "generator.architecture.name": "dcgan", "critic.architecture.name": "dcgan",
        "generator.architecture.width": 16, "critic.architecture.width": 16,
        "generator.initializer": {"name": "normal", "deviation": 0.02},
        "critic.initializer": {"name": "normal", "deviation": 0.02},
        "generator.activation.name": "relu", "generator.output": "tanh",
        "evaluate.features.name": "classifier",
    },
}


def refuse_unknown(entry, structure):
    if structure.problem not in PROBLEMS:
        refuse(entry, f"the data {structure.problem}")
    for key, expected in (COMMON | PROBLEMS[structure.problem]).items():
        value = entry["settings"]
        for part in key.split("."):
            value = value[part]
        if value != expected:
            refuse(entry, f"{key} {value}")
    if structure.steps % structure.points:
        refuse(entry, f"{structure.points} evaluations in {structure.steps} steps")
    if structure.place and structure.normalizer == "batch":
        refuse(entry, "a penalty per sample on a critic with batch norm")
