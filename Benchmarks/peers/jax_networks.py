"""Generators and critics in JAX."""

from jax_layers import (average_pool, batch_norm, convolution, dense, doubling_convolution, flatten,
                        leaky, relu, reshape, residual, serial, spectral, sum_pool, tanh, upsample)


def generator(case):
    return {"mlp": lambda: perceptron(case, case.shape[0]),
            "dcgan": lambda: dcgan_generator(case),
            "resnet": lambda: resnet_generator(case)}[case.architecture]()


def critic(case):
    return {"mlp": lambda: perceptron(case, 1),
            "dcgan": lambda: dcgan_critic(case),
            "resnet": lambda: resnet_critic(case)}[case.architecture]()


def perceptron(case, outputs):
    hidden = [dense(case.width), leaky] * case.depth
    return serial(*hidden, dense(outputs))


def dcgan_generator(case):
    """4 x 4 kernels of stride 2, batch norm and ReLU, from a 4 x 4 map of 4 x width channels."""
    width = case.width
    return serial(
        dense(64 * width, has_bias=False), reshape((4, 4, 4 * width)), batch_norm, relu,
        doubling_convolution(2 * width, has_bias=False), batch_norm, relu,
        doubling_convolution(width, has_bias=False), batch_norm, relu,
        doubling_convolution(case.shape[2]), tanh)


def dcgan_critic(case):
    """The mirror image; where there is batch norm, none stands on the first convolution."""
    has_norm = case.critic == "batch"
    constraint = spectral if case.critic == "spectral" else lambda layer: layer
    norm = [batch_norm] if has_norm else []

    def halving(channels, has_bias=not has_norm):
        return constraint(convolution(channels, 4, stride=2, padding=1, has_bias=has_bias))
    return serial(
        halving(case.width, has_bias=True), leaky,
        halving(2 * case.width), *norm, leaky,
        halving(4 * case.width), *norm, leaky,
        flatten, constraint(dense(1)))


def resnet_generator(case):
    """A linear layer to 4 x 4, three blocks that double the map by nearest neighbours."""
    width = case.width
    block = residual(
        serial(batch_norm, relu, upsample, convolution(width, 3, padding=1),
               batch_norm, relu, convolution(width, 3, padding=1)),
        serial(upsample, convolution(width, 1)))
    return serial(dense(16 * width), reshape((4, 4, width)), block, block, block,
                  batch_norm, relu, convolution(case.shape[2], 3, padding=1), tanh)


def resnet_critic(case):
    """Two blocks that halve the map by average pooling, two that keep it, a sum over pixels."""
    def conv():
        return convolution(case.width, 3, padding=1)
    first = residual(serial(conv(), leaky, conv(), average_pool),
                     serial(average_pool, convolution(case.width, 1)))
    halved = residual(serial(leaky, conv(), leaky, conv(), average_pool),
                      serial(convolution(case.width, 1), average_pool))
    kept = residual(serial(leaky, conv(), leaky, conv()), serial())
    return serial(first, halved, kept, kept, leaky, sum_pool, dense(1))
