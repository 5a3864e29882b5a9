"""Writes objective_values.json: losses of scores and their gradients, by mpmath, printed to 17 digits.

Gradients are difference quotients so small that all printed digits are exact; those to either side
must agree, else a logit stands on a kink.
"""

import json
from pathlib import Path

from mpmath import exp, log, mpf, nstr

from exact_divergences import DIVERGENCES, check_conjugates, softplus

PRINTED_DIGITS = 17
STEP = mpf(10) ** -130
#: Allowed difference of the quotients to either side, relative to their mean.
SIDES_AGREE = mpf(10) ** -20
FORMS = ("logistic", "least-squares", "hinge")

#: Logits that are exact in binary, none at a kink of a loss.
EXAMPLES = (
    ("ordinary", ("0.5", "-1.25", "2.75", "0"), ("-0.75", "0.25", "1.375", "-2.125")),
    ("extreme", ("80", "-80", "0", "20.5"), ("-80", "80", "0.375", "-20.5")),
    ("certain-and-right", ("80",), ("-80",)),
    ("certain-and-wrong", ("-80",), ("80",)),
    ("undecided", ("0",), ("0.125",)),
)


def positive_part(x):
    return x if x > 0 else mpf(0)


def mean(term, values):
    return sum(map(term, values)) / len(values)


def identity(x):
    return x


def logistic(r, f):
    return mean(lambda x: softplus(-x), r) + mean(softplus, f)


def least_squares(a, b, c):
    return (lambda r, f: mean(lambda x: (x - b) ** 2, r) / 2 + mean(lambda x: (x - a) ** 2, f) / 2,
            lambda r, f: mean(lambda x: (x - c) ** 2, f) / 2)


PAIR_TERMS = {
    "logistic": lambda d: softplus(-d),
    "least-squares": lambda d: (d - 1) ** 2,
    "hinge": lambda d: positive_part(1 - d),
}


def relativistic(form):
    def critic(r, f):
        return mean(PAIR_TERMS[form], [x - y for x, y in zip(r, f)])

    return critic, lambda r, f: critic(f, r)


def relativistic_average(form):
    def critic(r, f):
        above, below = mean(identity, r), mean(identity, f)
        on_real = mean(lambda x: PAIR_TERMS[form](x - below), r)
        return (on_real + mean(lambda x: PAIR_TERMS[form](above - x), f)) / 2

    return critic, lambda r, f: critic(f, r)


def log_partition(r, f):
    return log(sum(map(exp, r + f)))


def dual_contrastive(r, f):
    on_real = mean(lambda x: -log(exp(x) / (exp(x) + sum(map(exp, f)))), r)
    return on_real + mean(lambda x: -log(exp(-x) / (exp(-x) + sum(exp(-y) for y in r))), f)


def kl_weighted(f):
    total = sum(map(exp, f))
    return [len(f) * exp(x) / total * x for x in f]


def divergence(key, side):
    _, activation, conjugate = DIVERGENCES[key]

    def critic(r, f):
        return mean(lambda x: conjugate(activation(x)), f) - mean(activation, r)

    if side == "minimax":
        return critic, lambda r, f: -mean(lambda x: conjugate(activation(x)), f)
    return critic, lambda r, f: -mean(activation, f)


#: key -> (critic's side, generator's side), both of real and fake logits.
LOSSES = {
    "nonsaturating": (logistic, lambda r, f: mean(lambda x: softplus(-x), f)),
    "hinge": (lambda r, f: mean(lambda x: positive_part(1 - x), r)
              + mean(lambda x: positive_part(1 + x), f), lambda r, f: -mean(identity, f)),
    "wasserstein": (lambda r, f: mean(identity, f) - mean(identity, r),
                    lambda r, f: -mean(identity, f)),
    "minimax": (logistic, lambda r, f: -mean(softplus, f)),
    "lsgan(a=0.0,b=1.0,c=1.0)": least_squares(0, 1, 1),
    "lsgan(a=-1.0,b=1.0,c=0.0)": least_squares(-1, 1, 0),
    "absolute-deviation": (lambda r, f: mean(lambda x: abs(x - 1), r) + mean(abs, f),
                           lambda r, f: mean(lambda x: abs(x - 1), f)),
    "softmax": (
        lambda r, f: log_partition(r, f) - mean(identity, r),
        lambda r, f: log_partition(r, f) - (mean(identity, r) + mean(identity, f)) / 2),
    "dual-contrastive": (dual_contrastive, lambda r, f: -dual_contrastive(r, f)),
    "kl-wgan": (
        lambda r, f: mean(lambda x: positive_part(1 - x), r)
        + mean(lambda x: positive_part(1 + x), kl_weighted(f)),
        lambda r, f: -mean(identity, kl_weighted(f))),
} | {f"relativistic(form={form})": relativistic(form) for form in FORMS} \
  | {f"relativistic-average(form={form})": relativistic_average(form) for form in FORMS} \
  | {f"f-gan(divergence={key},generator={side})": divergence(key, side)
     for key in DIVERGENCES for side in ("minimax", "nonsaturating")}


def number(value):
    return float(nstr(value, PRINTED_DIGITS))


def moved(values, index, step):
    return values[:index] + [values[index] + step] + values[index + 1:]


def slope(loss, function):
    """The derivative at 0 of a function of a number."""
    above, at, below = function(STEP), function(mpf(0)), function(-STEP)
    derivative = (above - below) / (2 * STEP)
    if abs((above - at) - (at - below)) / STEP > SIDES_AGREE * abs(derivative):
        raise AssertionError(f"{loss}: a kink")
    return number(derivative)


def value_and_gradient(loss, side, real, fake):
    gradient = {
        "real": [slope(loss, lambda step: side(moved(real, k, step), fake))
                 for k in range(len(real))],
        "fake": [slope(loss, lambda step: side(real, moved(fake, k, step)))
                 for k in range(len(fake))],
    }
    return {"value": number(side(real, fake)), "gradient": gradient}


def sides(loss, real, fake):
    critic, generator = (value_and_gradient(loss, side, real, fake) for side in LOSSES[loss])
    if not any(generator["gradient"]["real"]):
        del generator["gradient"]["real"]
    return {"critic": critic, "generator": generator}


def example(name, real, fake):
    real, fake = [mpf(x) for x in real], [mpf(x) for x in fake]
    return {
        "name": name,
        "real": list(map(number, real)),
        "fake": list(map(number, fake)),
        "losses": {loss: sides(loss, real, fake) for loss in LOSSES},
    }


def lines(example):
    """JSON with a line for each loss."""
    losses = ",\n".join(f"  {json.dumps(loss)}: {json.dumps(sides)}"
                        for loss, sides in example["losses"].items())
    head = json.dumps({key: value for key, value in example.items() if key != "losses"})
    return head.removesuffix("}") + ', "losses": {\n' + losses + "\n}}"


if __name__ == "__main__":
    check_conjugates()
    path = Path(__file__).resolve().parent / "objective_values.json"
    written = ",\n".join(lines(example(*entry)) for entry in EXAMPLES)
    path.write_text('{"examples": [\n' + written + "\n]}\n")
