"""The networks of both problems in PyTorch."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm

import evaluation

HIDDEN, WIDTH, SLOPE = (64, 64), 16, 0.2


def generator(structure):
    if structure.is_planar:
        return perceptron(structure.latent, 2)
    # The first map is 4 x 4; each later stage doubles it.
    return initialized_images(nn.Sequential(
        nn.Unflatten(1, (structure.latent, 1, 1)),
        nn.ConvTranspose2d(structure.latent, 2 * WIDTH, 4), nn.ReLU(True),
        nn.ConvTranspose2d(2 * WIDTH, WIDTH, 4, 2, 1), nn.ReLU(True),
        nn.ConvTranspose2d(WIDTH, 1, 4, 2, 1), nn.Tanh()))


def critic(structure, dropout):
    """`dropout` is the rate."""
    network = perceptron(2, 1, structure, dropout) if structure.is_planar else \
        image_critic(structure, dropout)
    if structure.constraint == "spectral":
        for layer in network:
            if isinstance(layer, (nn.Linear, nn.Conv2d)):
                spectral_norm(layer)
    return network


def perceptron(width, outputs, structure=None, dropout=0.0):
    layers = []
    for size in HIDDEN:
        layers.append(nn.Linear(width, size))
        if structure and structure.normalizer != "none":
            layers.append(normalizer(structure, size))
        layers += [nn.LeakyReLU(SLOPE, inplace=True), *drop(structure, dropout)]
        width = size
    network = nn.Sequential(*layers, nn.Linear(width, outputs))
    for layer in network:
        if isinstance(layer, nn.Linear):
            nn.init.kaiming_normal_(layer.weight, a=SLOPE)
            nn.init.zeros_(layer.bias)
    return network


def image_critic(structure, dropout):
    # As in DCGAN the first convolution has no normalizer, and one that a shift does not reach has no bias.
    is_normalized = structure.normalizer != "none"
    has_bias = structure.normalizer not in ("batch", "instance")
    layers = [nn.Conv2d(1, WIDTH, 4, 2, 1), nn.LeakyReLU(SLOPE, True), *drop(structure, dropout),
              nn.Conv2d(WIDTH, 2 * WIDTH, 4, 2, 1, bias=has_bias)]
    if is_normalized:
        layers.append(normalizer(structure, 2 * WIDTH))
    layers += [nn.LeakyReLU(SLOPE, True), *drop(structure, dropout),
               nn.Conv2d(2 * WIDTH, 1, 4), nn.Flatten(1)]
    return initialized_images(nn.Sequential(*layers))


def initialized_images(network):
    for layer in network:
        if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.normal_(layer.weight, std=0.02)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
    return network


def drop(structure, rate):
    return [nn.Dropout(rate)] if structure and structure.has_dropout else []


def normalizer(structure, channels):
    if structure.normalizer == "batch":
        return (nn.BatchNorm1d if structure.is_planar else nn.BatchNorm2d)(channels)
    if structure.normalizer == "instance":
        return nn.InstanceNorm2d(channels, affine=True)
    return nn.GroupNorm(1, channels)


class Classifier:
    """The features of images `[n, 1, 16, 16]`: the last hidden layer of Saddle's classifier."""

    def __init__(self):
        weights = evaluation.classifier_weights()
        self.layers = [torch.from_numpy(weights[f"{index}.{part}"])
                       for index in (0, 3, 7) for part in ("weight", "bias")]

    def __call__(self, images):
        first, first_bias, second, second_bias, linear, bias = self.layers
        x = F.max_pool2d(F.conv2d(images, first, first_bias, padding=2).relu_(), 2)
        x = F.max_pool2d(F.conv2d(x, second, second_bias, padding=2).relu_(), 2)
        return F.linear(x.flatten(1), linear, bias).relu_()
