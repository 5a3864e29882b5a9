"""Layers in JAX, channels last: each a pair of functions.

`initial(key, shape)` gives parameters, state and the shape of an output sample for input samples of
`shape`; `apply(parameters, state, x)` gives the output and the new state. State is what changes
without a gradient: running statistics and power-iteration vectors.
"""

import math
from typing import Callable, NamedTuple

import jax
import jax.numpy as jnp
from jax import lax

from cases import LEAKY_SLOPE

IMAGES = ("NHWC", "HWIO", "NHWC")
BATCH_NORM_EPSILON = 1e-5
MOMENTUM = 0.1


class Layer(NamedTuple):
    initial: Callable
    apply: Callable


def function(apply, shape=lambda shape: shape):
    """A layer without parameters; `shape` maps that of an input sample to that of an output."""
    return Layer(lambda key, inputs: ({}, {}, shape(inputs)),
                 lambda parameters, state, x: (apply(x), state))


relu = function(jax.nn.relu)
leaky = function(lambda x: jax.nn.leaky_relu(x, LEAKY_SLOPE))
tanh = function(jnp.tanh)
flatten = function(lambda x: x.reshape(len(x), -1), lambda shape: (math.prod(shape),))
sum_pool = function(lambda x: x.sum(axis=(1, 2)), lambda shape: shape[-1:])
upsample = function(lambda x: x.repeat(2, axis=1).repeat(2, axis=2),
                    lambda shape: (2 * shape[0], 2 * shape[1], shape[2]))
average_pool = function(
    lambda x: x.reshape(len(x), x.shape[1] // 2, 2, x.shape[2] // 2, 2, -1).mean(axis=(2, 4)),
    lambda shape: (shape[0] // 2, shape[1] // 2, shape[2]))


def reshape(shape):
    return function(lambda x: x.reshape(len(x), *shape), lambda _: shape)


def weighted(weight_shape, output_shape, multiply, has_bias):
    """A layer of a weight, He-normal, outputs on its last axis, and perhaps a bias."""
    def initial(key, shape):
        size = weight_shape(shape)
        deviation = (2 * size[-1] / math.prod(size)) ** 0.5
        parameters = {"weight": deviation * jax.random.normal(key, size)}
        if has_bias:
            parameters["bias"] = jnp.zeros(size[-1])
        return parameters, {}, output_shape(shape)

    def apply(parameters, state, x):
        y = multiply(x, parameters["weight"])
        return (y + parameters["bias"] if has_bias else y), state
    return Layer(initial, apply)


def dense(outputs, has_bias=True):
    return weighted(lambda shape: (*shape, outputs), lambda shape: (outputs,),
                    lambda x, weight: x @ weight, has_bias)


def convolution(channels, kernel, stride=1, padding=0, has_bias=True):
    def multiply(x, weight):
        return lax.conv_general_dilated(x, weight, (stride, stride), [(padding, padding)] * 2,
                                        dimension_numbers=IMAGES)

    def extent(size):
        return (size + 2 * padding - kernel) // stride + 1
    return weighted(lambda shape: (kernel, kernel, shape[2], channels),
                    lambda shape: (extent(shape[0]), extent(shape[1]), channels),
                    multiply, has_bias)


def doubling_convolution(channels, has_bias=True):
    """The transposed convolution of kernel 4, stride 2 and padding 1."""
    def multiply(x, weight):
        return lax.conv_transpose(x, weight, (2, 2), "SAME", dimension_numbers=IMAGES)
    return weighted(lambda shape: (4, 4, shape[2], channels),
                    lambda shape: (2 * shape[0], 2 * shape[1], channels), multiply, has_bias)


def initial_batch_norm(key, shape):
    size = shape[-1]
    return ({"gain": jnp.ones(size), "bias": jnp.zeros(size)},
            {"mean": jnp.zeros(size), "variance": jnp.ones(size)}, shape)


def apply_batch_norm(parameters, state, x):
    axes = tuple(range(x.ndim - 1))
    count = x.size // x.shape[-1]
    mean = x.mean(axis=axes)
    variance = jnp.square(x - mean).mean(axis=axes)
    scale = parameters["gain"] * lax.rsqrt(variance + BATCH_NORM_EPSILON)
    state = {"mean": (1 - MOMENTUM) * state["mean"] + MOMENTUM * mean,
             "variance": (1 - MOMENTUM) * state["variance"]
             + MOMENTUM * variance * count / (count - 1)}
    return (x - mean) * scale + parameters["bias"], lax.stop_gradient(state)


batch_norm = Layer(initial_batch_norm, apply_batch_norm)


def spectral(layer):
    """A weighted layer whose weight is divided by its largest singular value, after one power
    iteration from the stored vector."""
    def initial(key, shape):
        parameters, _, shape = layer.initial(key, shape)
        vector = jax.random.normal(key, parameters["weight"].shape[-1:])
        return parameters, {"vector": vector / jnp.linalg.norm(vector)}, shape

    def apply(parameters, state, x):
        matrix = parameters["weight"].reshape(-1, parameters["weight"].shape[-1])
        fixed = lax.stop_gradient(matrix)
        right = unit(fixed @ state["vector"])
        left = unit(right @ fixed)
        sigma = right @ matrix @ left
        y, _ = layer.apply(parameters | {"weight": parameters["weight"] / sigma}, {}, x)
        return y, {"vector": left}
    return Layer(initial, apply)


def unit(x):
    return x / jnp.maximum(jnp.linalg.norm(x), 1e-12)


def serial(*layers):
    """One layer after the other."""
    def initial(key, shape):
        parameters, states = [], []
        for layer, key in zip(layers, jax.random.split(key, len(layers))):
            own, state, shape = layer.initial(key, shape)
            parameters.append(own)
            states.append(state)
        return parameters, states, shape

    def apply(parameters, states, x):
        new = []
        for layer, own, state in zip(layers, parameters, states):
            x, state = layer.apply(own, state, x)
            new.append(state)
        return x, new
    return Layer(initial, apply)


def residual(branch, shortcut):
    """branch(x) + shortcut(x)."""
    def initial(key, shape):
        one, other = jax.random.split(key)
        parameters, state, output = branch.initial(one, shape)
        along, along_state, _ = shortcut.initial(other, shape)
        return (parameters, along), (state, along_state), output

    def apply(parameters, state, x):
        y, branch_state = branch.apply(parameters[0], state[0], x)
        along, shortcut_state = shortcut.apply(parameters[1], state[1], x)
        return y + along, (branch_state, shortcut_state)
    return Layer(initial, apply)
