"""The networks of both problems in JAX: lists of layers' parameters, images channels last."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

import evaluation

HIDDEN, WIDTH, SLOPE = (64, 64), 16, 0.2


# Parameters: per layer a weight with its outputs last, and where it has them a bias, and gain and shift
# of a normalizer.

def initial_generator(structure, random):
    if structure.is_planar:
        return initial_layers(random, perceptron_shapes(structure.latent, 2))
    return initial_layers(random, [(structure.latent, 4, 4, 2 * WIDTH), (4, 4, 2 * WIDTH, WIDTH),
                                (4, 4, WIDTH, 1)], deviation=0.02)


def initial_critic(structure, random):
    if structure.is_planar:
        layers = initial_layers(random, perceptron_shapes(2, 1))
        normalized = layers[:-1]
    else:
        layers = initial_layers(random, [(4, 4, 1, WIDTH), (4, 4, WIDTH, 2 * WIDTH),
                                      (4, 4, 2 * WIDTH, 1)], deviation=0.02)
        normalized = layers[1:-1]
        # A normalizer that takes a shift away makes the bias before it useless.
        if structure.normalizer in ("batch", "instance"):
            del layers[1]["bias"]
    if structure.normalizer != "none":
        for layer in normalized:
            channels = layer["weight"].shape[-1]
            layer |= {"gain": np.ones(channels, np.float32), "shift": np.zeros(channels, np.float32)}
    return layers


def perceptron_shapes(inputs, outputs):
    widths = (inputs, *HIDDEN, outputs)
    return list(zip(widths[:-1], widths[1:]))


def initial_layers(random, shapes, deviation=None):
    """Normal weights, after He where no deviation is given, and zero biases; drawn by NumPy, where
    nothing is compiled."""
    layers = []
    for shape in shapes:
        scale = deviation or (2 / ((1 + SLOPE**2) * shape[0])) ** 0.5
        layers.append({"weight": np.float32(scale * random.standard_normal(shape)),
                       "bias": np.zeros(shape[-1], np.float32)})
    return layers


# Functions

def generate(layers, z):
    if layers[0]["weight"].ndim == 2:
        for layer in layers[:-1]:
            z = jax.nn.leaky_relu(z @ layer["weight"] + layer["bias"], SLOPE)
        return z @ layers[-1]["weight"] + layers[-1]["bias"]
    # A transposed convolution of one pixel is a product.
    x = jax.nn.relu(jnp.einsum("nl,lhwc->nhwc", z, layers[0]["weight"]) + layers[0]["bias"])
    x = jax.nn.relu(doubled(x, layers[1]))
    return jnp.tanh(doubled(x, layers[2]))


def halved(x, weight):
    """A convolution of 4 x 4 kernels, stride 2 and padding 1, as one product over patches."""
    blocks = depth_from_space(jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0))))
    height, width = blocks.shape[1] - 1, blocks.shape[2] - 1
    patches = [blocks[:, row:row + height, column:column + width] for row, column in BLOCKS]
    kernel = depth_from_space(weight.transpose(3, 0, 1, 2)).reshape(weight.shape[3], -1)
    return jnp.concatenate(patches, axis=3) @ kernel.T


def doubled(x, layer):
    """A transposed convolution of the same form: what `halved` is the derivative of."""
    weight = layer["weight"]
    kernel = depth_from_space(weight.transpose(2, 0, 1, 3)).reshape(weight.shape[2], -1)
    products = jnp.split(x @ kernel, len(BLOCKS), axis=3)
    blocks = sum(jnp.pad(product, ((0, 0), (row, 1 - row), (column, 1 - column), (0, 0)))
                 for product, (row, column) in zip(products, BLOCKS))
    return space_from_depth(blocks)[:, 1:-1, 1:-1] + layer["bias"]


# A kernel of 4 x 4 covers 2 x 2 blocks of 2 x 2 pixels.
BLOCKS = ((0, 0), (0, 1), (1, 0), (1, 1))


def depth_from_space(x):
    """The pixels of each block of 2 x 2 as channels of one."""
    n, height, width, channels = x.shape
    x = x.reshape(n, height // 2, 2, width // 2, 2, channels).transpose(0, 1, 3, 2, 4, 5)
    return x.reshape(n, height // 2, width // 2, 4 * channels)


def space_from_depth(x):
    """The reverse."""
    n, height, width, channels = x.shape
    x = x.reshape(n, height, width, 2, 2, channels // 4).transpose(0, 1, 3, 2, 4, 5)
    return x.reshape(n, 2 * height, 2 * width, channels // 4)


def scores(structure, layers, x, dropout, key):
    """The critic's outputs `[n]`; `dropout` is the rate."""
    keys = jax.random.split(key, len(layers)) if structure.has_dropout else [None] * len(layers)
    for index, layer in enumerate(layers[:-1]):
        weight = layer["weight"]
        x = x @ weight if structure.is_planar else halved(x, weight)
        if "bias" in layer:
            x = x + layer["bias"]
        if "gain" in layer:
            x = normalized(structure, x) * layer["gain"] + layer["shift"]
        x = jax.nn.leaky_relu(x, SLOPE)
        if structure.has_dropout:
            x = x * jax.random.bernoulli(keys[index], 1 - dropout, x.shape) / (1 - dropout)
    last = layers[-1]
    # A convolution over the whole map is a product too.
    return x.reshape(len(x), -1) @ last["weight"].reshape(-1) + last["bias"][0]


def normalized(structure, x):
    """Zero mean and unit variance over what the normalizer takes together."""
    pixels = tuple(range(1, x.ndim - 1))
    axes = {"batch": (0, *pixels), "instance": pixels, "layer": (*pixels, x.ndim - 1)}
    over = axes[structure.normalizer]
    centred = x - x.mean(over, keepdims=True)
    return centred * lax.rsqrt(jnp.square(centred).mean(over, keepdims=True) + 1e-5)


# Spectral normalization

def initial_directions(layers, random):
    """A unit vector for each weight."""
    vectors = [random.standard_normal(layer["weight"].shape[-1]) for layer in layers]
    return [np.float32(vector / np.linalg.norm(vector)) for vector in vectors]


def spectral(layers, directions):
    """Weights divided by their largest singular values after one power iteration; the new vectors."""
    new_layers, new_directions = [], []
    for layer, u in zip(layers, directions):
        matrix = layer["weight"].reshape(-1, len(u))
        fixed = lax.stop_gradient(matrix)
        v = unit(fixed @ u)
        u = unit(v @ fixed)
        new_layers.append(layer | {"weight": layer["weight"] / (v @ matrix @ u)})
        new_directions.append(u)
    return new_layers, new_directions


def unit(x):
    return x / jnp.maximum(jnp.linalg.norm(x), 1e-12)


def classifier_features(images):
    """The last hidden layer of Saddle's classifier for images `[n, 16, 16, 1]`."""
    weights = evaluation.classifier_weights()
    x = images
    for name in ("0", "3"):
        kernel = weights[f"{name}.weight"].transpose(2, 3, 1, 0)
        x = lax.conv_general_dilated(
            x, kernel, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        x = jax.nn.relu(x + weights[f"{name}.bias"])
        x = lax.reduce_window(x, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    flat = x.transpose(0, 3, 1, 2).reshape(len(x), -1)
    return jax.nn.relu(flat @ weights["7.weight"].T + weights["7.bias"])
