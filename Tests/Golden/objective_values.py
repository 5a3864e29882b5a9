"""Writes objective_values.json: losses and their gradients by mpmath at 50 digits, printed to 17.

Gradients are closed forms, each compared with mpmath's own numerical derivative before writing.
"""

import json
from pathlib import Path

from mpmath import exp, log1p, mp, mpf, nstr

mp.dps = 50
PRINTED_DIGITS = 17

#: Logits that are exact in binary, none at a kink of the hinge (real 1, fake -1).
EXAMPLES = (
    ("ordinary", ("0.5", "-1.25", "2.75", "0"), ("-0.75", "0", "1.5", "-2.125")),
    ("extreme", ("80", "-80", "0", "20.5"), ("-80", "80", "0", "-20.5")),
    ("certain-and-right", ("80",), ("-80",)),
    ("certain-and-wrong", ("-80",), ("80",)),
    ("undecided", ("0",), ("0",)),
)


def softplus(x):
    return log1p(exp(-x)) + x if x > 0 else log1p(exp(x))


def sigmoid(x):
    return 1 / (1 + exp(-x))


def positive_part(x):
    return x if x > 0 else mpf(0)


def step(x):
    return mpf(1 if x > 0 else 0)


#: Per loss: (term, derivative) of one real and one fake logit for the critic, of a fake one for G.
LOSSES = {
    "nonsaturating": (
        (lambda r: softplus(-r), lambda r: -sigmoid(-r)),
        (softplus, sigmoid),
        (lambda f: softplus(-f), lambda f: -sigmoid(-f)),
    ),
    "hinge": (
        (lambda r: positive_part(1 - r), lambda r: -step(1 - r)),
        (lambda f: positive_part(1 + f), lambda f: step(1 + f)),
        (lambda f: -f, lambda f: mpf(-1)),
    ),
    "wasserstein": (
        (lambda r: -r, lambda r: mpf(-1)),
        (lambda f: f, lambda f: mpf(1)),
        (lambda f: -f, lambda f: mpf(-1)),
    ),
}


def number(value):
    return float(nstr(value, PRINTED_DIGITS))


def mean_and_gradient(term, logits):
    """The batch mean of `term` and its gradient in each logit, after a check of the derivative."""
    value, derivative = term
    for x in logits:
        width = mpf(10) ** -15
        difference = (value(x + width) - value(x - width)) / (2 * width)
        if abs(difference - derivative(x)) > abs(derivative(x)) * mpf(10) ** -25:
            raise AssertionError(f"derivative at {x}: {derivative(x)}, difference {difference}")
    count = len(logits)
    return sum(map(value, logits)) / count, [derivative(x) / count for x in logits]


def sides(loss, real, fake):
    on_real, on_fake, generator = LOSSES[loss]
    real_value, real_gradient = mean_and_gradient(on_real, real)
    fake_value, fake_gradient = mean_and_gradient(on_fake, fake)
    value, gradient = mean_and_gradient(generator, fake)
    return {
        "critic": {
            "value": number(real_value + fake_value),
            "gradient": {
                "real": list(map(number, real_gradient)),
                "fake": list(map(number, fake_gradient)),
            },
        },
        "generator": {"value": number(value), "gradient": {"fake": list(map(number, gradient))}},
    }


def example(name, real, fake):
    real, fake = [mpf(x) for x in real], [mpf(x) for x in fake]
    return {
        "name": name,
        "real": list(map(number, real)),
        "fake": list(map(number, fake)),
        "losses": {loss: sides(loss, real, fake) for loss in LOSSES},
    }


if __name__ == "__main__":
    path = Path(__file__).resolve().parent / "objective_values.json"
    document = {"examples": [example(*entry) for entry in EXAMPLES]}
    path.write_text(json.dumps(document, indent=1) + "\n")
