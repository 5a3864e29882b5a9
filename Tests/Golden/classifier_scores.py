"""Writes classifier_scores.json: what PyTorch makes of the built-in classifiers' weights.

Loads the files that Saddle embeds by the names and layouts that they have for PyTorch (NCHW) and runs
them in double precision on images of a formula. `--check` compares instead of writing.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

WEIGHTS = Path(__file__).parents[2] / "Sources/CWeights/Weights"
RESULT = Path(__file__).parent / "classifier_scores.json"
#: Image size and padding of each classifier.
CLASSIFIERS = {"mnist": (28, 0), "fashion-mnist": (28, 0), "glyphs": (16, 2)}
IMAGES = 3
PRINTED_DIGITS = 9
TOLERANCE = 1e-6


def network(padding):
    return nn.Sequential(
        nn.Conv2d(1, 16, 5, padding=padding), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 5, padding=padding), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(512, 64), nn.ReLU(), nn.Linear(64, 10),
    )


def patterned(size):
    """Element i of all images is ((7 i^2 + 13 i) mod 256) / 127.5 - 1, in single precision."""
    index = torch.arange(IMAGES * size * size)
    bytes_ = (index * index * 7 + index * 13) % 256
    pixels = (bytes_.double() / 127.5 - 1).float()
    return pixels.reshape(IMAGES, 1, size, size)


def outputs(name):
    size, padding = CLASSIFIERS[name]
    model = network(padding)
    model.load_state_dict(load_file(WEIGHTS / f"{name}.safetensors"))
    model = model.double()
    images = patterned(size).double()
    with torch.no_grad():
        features = model[:9](images)
        scores = model(images)
    return {"features": rows(features), "probabilities": rows(torch.softmax(scores, 1))}


def rows(tensor):
    return [[float(f"{x:.{PRINTED_DIGITS}g}") for x in row] for row in tensor.tolist()]


def agree(a, b):
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(agree(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(agree, a, b))
    return abs(a - b) <= TOLERANCE * max(1, abs(a))


def main():
    values = {name: outputs(name) for name in CLASSIFIERS}
    if "--check" in sys.argv[1:]:
        if not agree(values, json.loads(RESULT.read_text())):
            sys.exit("classifier_scores.json is not what PyTorch computes from the weights")
        return
    lines = [
        f" {json.dumps(name)}: " + json.dumps(values[name], separators=(",", ":"))
        for name in CLASSIFIERS
    ]
    RESULT.write_text("{\n" + ",\n".join(lines) + "\n}\n")


main()
