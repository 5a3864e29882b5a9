"""Coefficients that change over training, by the formulas of the guide to experiment files."""

import bisect
import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Ramp:
    """From one value to another between two parts of training."""

    name: str  # linear | cosine | exponential
    start: float
    stop: float
    begin: float = 0.0
    end: float = 1.0

    def __call__(self, progress):
        if progress <= self.begin:
            return self.start
        if progress >= self.end:
            return self.stop
        x = (progress - self.begin) / (self.end - self.begin)
        if self.name == "linear":
            return (1 - x) * self.start + x * self.stop
        if self.name == "cosine":
            return self.stop + (self.start - self.stop) * math.cos(math.pi * x / 2) ** 2
        if self.name == "exponential":
            return self.start ** (1 - x) * self.stop ** x
        raise ValueError(f"unknown ramp {self.name}")

    def settings(self):
        return {"name": self.name, "from": self.start, "to": self.stop, "begin": self.begin,
                "end": self.end}


@dataclass(frozen=True)
class Steps:
    """Value after value, the next one from each of some parts of training on."""

    values: tuple
    at: tuple

    def __call__(self, progress):
        return self.values[bisect.bisect_right(self.at, progress)]

    def settings(self):
        return {"name": "steps", "values": list(self.values), "at": list(self.at)}


def value(coefficient, iteration, iterations):
    """The coefficient, a number or a schedule, in one iteration from 0."""
    if isinstance(coefficient, (Ramp, Steps)):
        return coefficient(iteration / iterations)
    return coefficient


def settings(coefficient):
    """The coefficient as a JSON value."""
    return coefficient.settings() if isinstance(coefficient, (Ramp, Steps)) else coefficient
