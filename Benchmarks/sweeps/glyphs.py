"""Drawn symbols from the same distribution as Saddle's data set `glyphs` with its default settings."""

import numpy as np

SIZE = 16
WIDTH, SHIFT, VARIATION, CONTRAST, NOISE = 0.1, 0.05, 0.2, 0.2, 0.05
ROTATION = np.radians(20)


def on_circle(radius, turns):
    """Points a number of turns clockwise from the top; y points down."""
    angle = 2 * np.pi * np.asarray(turns)
    return np.stack([radius * np.sin(angle), -radius * np.cos(angle)], axis=-1)


def polygon(radii, corners, turned=0.0):
    index = np.arange(corners + 1)
    return on_circle(np.resize(radii, corners + 1), turned + index % corners / corners)


def symbols():
    """The strokes of each class, each the points that it goes through."""
    part = np.linspace(0, 1, 49)[:, None]
    wave = np.linspace(0, 1, 33)[:, None]
    return [
        [on_circle(0.9, part[:, 0])],
        [polygon([1], 3)],
        [polygon([1], 4, 0.125)],
        [[(-0.7, -0.7), (0.7, 0.7)], [(-0.7, 0.7), (0.7, -0.7)]],
        [[(0, 1), (0, -1)], [(-0.65, -0.3), (0, -1), (0.65, -0.3)]],
        [polygon([1, 0.42], 10)],
        [on_circle(0.12 + 0.88 * part[:, 0], 1.5 * part[:, 0])],
        [np.hstack([2 * wave - 1, -0.55 * np.sin(3 * np.pi * wave)])],
        [[(-0.8, -0.55), (0.8, -0.55)], [(-0.8, 0.55), (0.8, 0.55)]],
        [[(-0.6, -0.8), (-0.6, 0.8)], [(0.6, -0.8), (0.6, 0.8)], [(-0.6, 0), (0.6, 0)]],
    ]


def squared_distances(strokes):
    """From the centre of each pixel to the nearest stroke, in pixels."""
    centres = np.stack(np.meshgrid(np.arange(SIZE), np.arange(SIZE)), axis=-1).reshape(-1, 1, 2) + 0.5
    start = np.concatenate([stroke[:-1] for stroke in strokes])
    along = np.concatenate([stroke[1:] for stroke in strokes]) - start
    away = centres - start
    position = np.clip((away * along).sum(-1) / np.square(along).sum(-1), 0, 1)
    return np.square(away - position[..., None] * along).sum(-1).min(axis=1)


def draw(strokes, random):
    """One image of a symbol in a random pose, without noise."""
    side = random.uniform(-1, 1, size=5)
    angle, shear = ROTATION * side[0], VARIATION * side[1]
    width = WIDTH * (1 + VARIATION * side[4])
    radius = 1 - 2 * SHIFT - WIDTH * (1 + VARIATION)
    norm = (abs(shear) + np.sqrt(shear * shear + 4)) / 2
    size = radius * (1 - VARIATION * random.uniform()) / norm
    foreground, background = 1 - CONTRAST * random.uniform(), -1 + CONTRAST * random.uniform()
    cosine, sine = size * np.cos(angle), size * np.sin(angle)
    rows = np.array([(cosine, sine), (shear * cosine - sine, shear * sine + cosine)])
    posed = [(np.asarray(stroke) @ rows + 2 * SHIFT * side[2:4] + 1) * SIZE / 2 for stroke in strokes]
    distance, half = np.sqrt(squared_distances(posed)), width * SIZE / 2
    cover = np.maximum(np.minimum(distance + 0.5, half) - np.maximum(distance - 0.5, -half), 0)
    return background + (foreground - background) * cover


def images(count, seed):
    """`count` images `[count, 16, 16, 1]` in [-1, 1]."""
    random = np.random.default_rng(seed)
    shapes = symbols()
    drawn = np.stack([draw(shapes[random.integers(len(shapes))], random) for _ in range(count)])
    noisy = np.clip(drawn + NOISE * random.standard_normal(drawn.shape), -1, 1)
    return noisy.reshape(count, SIZE, SIZE, 1).astype(np.float32)


def save(file, training, reference):
    """Draws images to train with and others to compare with."""
    np.savez(file, training=images(training, seed=0), reference=images(reference, seed=1))


def load(file):
    """Both sets, `[count, 16, 16, 1]`."""
    arrays = np.load(file)
    return arrays["training"], arrays["reference"]
