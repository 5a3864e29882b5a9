"""Measuring samples in NumPy, the same for all frameworks."""

from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

RING_MODES, RING_DEVIATION = 8, 0.05


def ring_modes():
    """Eight points on the unit circle, `[8, 2]`."""
    angle = 2 * np.pi * np.arange(RING_MODES) / RING_MODES
    return np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)


def ring_samples(count, seed):
    random = np.random.default_rng(seed)
    noise = RING_DEVIATION * random.standard_normal((count, 2))
    return ring_modes()[random.integers(RING_MODES, size=count)] + noise


def covered_modes(samples):
    """The number of modes with a sample within three standard deviations."""
    distance = np.linalg.norm(samples[:, None] - ring_modes(), axis=2)
    near = distance.min(axis=1) <= 3 * RING_DEVIATION
    return len(np.unique(distance.argmin(axis=1)[near]))


class Frechet:
    """The squared Fréchet distance to Gaussian moments of real features, in double precision."""

    def __init__(self, real):
        self.mean, self.covariance = moments(real)
        values, vectors = np.linalg.eigh(self.covariance)
        self.root = vectors * np.sqrt(np.maximum(values, 0)) @ vectors.T

    def __call__(self, fake):
        mean, covariance = moments(fake)
        values = np.linalg.eigvalsh(self.root @ covariance @ self.root)
        overlap = np.sqrt(np.maximum(values, 0)).sum()
        spread = np.trace(self.covariance) + np.trace(covariance) - 2 * overlap
        return float(np.square(self.mean - mean).sum() + spread)


class Ring:
    """Distance and covered modes of points."""

    def __init__(self, reference):
        self.frechet = Frechet(ring_samples(reference, seed=0))

    def __call__(self, samples):
        samples = np.asarray(samples)
        return self.frechet(samples), covered_modes(samples)


class Images:
    """Distance of images in the features that a framework computes."""

    def __init__(self, classifier, reference):
        self.classifier = classifier
        self.frechet = Frechet(classifier(reference))

    def __call__(self, samples):
        return self.frechet(self.classifier(samples)), None


def moments(features):
    features = np.asarray(features, np.float64)
    return features.mean(axis=0), np.cov(features, rowvar=False)


def classifier_weights():
    """Those of Saddle's own classifier of glyphs, in PyTorch's names and layouts."""
    root = Path(__file__).resolve().parents[2]
    return load_file(root / "Sources/CWeights/Weights/glyphs.safetensors")
