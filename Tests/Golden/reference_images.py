"""Networks for images of the training fixtures: DCGAN, residual and listed layers, in plain PyTorch (NCHW)."""

import torch
import torch.nn.functional as F
from torch import nn

from training_cases import BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM, LEAKY_SLOPE

IMAGE = (2, 8, 8)
LATENT = 4
WIDTH = 4
GROUPS = 2
REFERENCE = 3


class VirtualBatchNorm(nn.Module):
    """Moments of the reference batch blended with the sample's own at 1 / (R + 1), as 1606.03498 has it."""

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def scaled(self, x, mean, square):
        shape = (1, -1, 1, 1)
        root = (square - mean.square() + BATCH_NORM_EPSILON).sqrt()
        return (x - mean) / root * self.weight.view(shape) + self.bias.view(shape)

    def alone(self, x):
        axes = (0, 2, 3)
        return self.scaled(x, x.mean(axes, keepdim=True), x.square().mean(axes, keepdim=True))

    def forward(self, x, reference):
        share = 1 / (reference.shape[0] + 1)
        axes = (0, 2, 3)
        mean = share * x.mean((2, 3), keepdim=True)
        mean = mean + (1 - share) * reference.mean(axes, keepdim=True)
        square = share * x.square().mean((2, 3), keepdim=True)
        square = square + (1 - share) * reference.square().mean(axes, keepdim=True)
        return self.scaled(x, mean, square)


def normalizer(kind, channels, size):
    if kind is None:
        return []
    return [{
        "batch": lambda: nn.BatchNorm2d(channels, eps=BATCH_NORM_EPSILON,
                                        momentum=BATCH_NORM_MOMENTUM),
        "instance": lambda: nn.InstanceNorm2d(channels, affine=True),
        "layer": lambda: nn.GroupNorm(1, channels),
        "layer-element": lambda: nn.LayerNorm([channels, size, size]),
        "group": lambda: nn.GroupNorm(GROUPS, channels),
        "virtual-batch": lambda: VirtualBatchNorm(channels),
    }[kind]()]


def activation():
    return nn.LeakyReLU(LEAKY_SLOPE)


def dcgan(name, kind):
    """Two stages on 8x8 images; a convolution has a bias where no normalizer follows that would undo it."""
    plain = kind not in ("batch", "instance", "virtual-batch")
    if name == "generator":
        return nn.Sequential(
            nn.ConvTranspose2d(LATENT, 2 * WIDTH, 2, bias=plain),
            *normalizer(kind, 2 * WIDTH, 2), activation(),
            nn.ConvTranspose2d(2 * WIDTH, WIDTH, 4, 2, 1, bias=plain),
            *normalizer(kind, WIDTH, 4), activation(),
            nn.ConvTranspose2d(WIDTH, IMAGE[0], 4, 2, 1), nn.Tanh())
    return nn.Sequential(
        nn.Conv2d(IMAGE[0], WIDTH, 4, 2, 1), activation(),
        nn.Conv2d(WIDTH, 2 * WIDTH, 4, 2, 1, bias=plain),
        *normalizer(kind, 2 * WIDTH, 2), activation(),
        nn.Conv2d(2 * WIDTH, 1, 2))


class Block(nn.Module):
    """A residual block: up by nearest neighbours, down by average pooling, or neither."""

    def __init__(self, inputs, outputs, resample, kind, size):
        super().__init__()
        middle = {"up": 2 * size}.get(resample, size)
        self.resample = resample
        for key, channels, extent in (("norm1", inputs, size), ("norm2", outputs, middle)):
            for layer in normalizer(kind, channels, extent):
                setattr(self, key, layer)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        if resample != "none" or inputs != outputs:
            self.shortcut = nn.Conv2d(inputs, outputs, 1)

    def normal(self, key, x):
        return getattr(self, key)(x) if hasattr(self, key) else x

    def forward(self, x):
        y = F.leaky_relu(self.normal("norm1", x), LEAKY_SLOPE)
        if self.resample == "up":
            y = F.interpolate(y, scale_factor=2)
            x = F.interpolate(x, scale_factor=2)
        y = self.conv2(F.leaky_relu(self.normal("norm2", self.conv1(y)), LEAKY_SLOPE))
        if hasattr(self, "shortcut"):
            x = self.shortcut(x)
        if self.resample == "down":
            x, y = F.avg_pool2d(x, 2), F.avg_pool2d(y, 2)
        return x + y


class FirstBlock(nn.Module):
    """The critic's first block: nothing before its first convolution; the shortcut pools first."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.shortcut = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x):
        y = self.conv2(F.leaky_relu(self.conv1(x), LEAKY_SLOPE))
        return F.avg_pool2d(y, 2) + self.shortcut(F.avg_pool2d(x, 2))


class GlobalSum(nn.Module):
    def forward(self, x):
        return x.sum((2, 3))


def resnet(name, kind):
    """One block that resamples on 8x8 images; the critic has two more."""
    if name == "generator":
        return nn.Sequential(
            nn.Linear(LATENT, WIDTH * 16), nn.Unflatten(1, (WIDTH, 4, 4)),
            Block(WIDTH, WIDTH, "up", kind, 4), *normalizer(kind, WIDTH, 8), activation(),
            nn.Conv2d(WIDTH, IMAGE[0], 3, padding=1), nn.Tanh())
    return nn.Sequential(
        FirstBlock(IMAGE[0], WIDTH), Block(WIDTH, WIDTH, "none", kind, 4),
        Block(WIDTH, WIDTH, "none", kind, 4), activation(), GlobalSum(), nn.Linear(WIDTH, 1))


def sequential(name, kind):
    """One layer of every kind that a list can have and the other networks lack."""
    if name == "generator":
        return nn.Sequential(
            nn.Linear(LATENT, 12), nn.Unflatten(1, (3, 2, 2)), nn.SiLU(),
            nn.Upsample(scale_factor=2), nn.BatchNorm2d(3),
            nn.ConvTranspose2d(3, IMAGE[0], 3, 2, 1, output_padding=1), nn.Tanh())
    return nn.Sequential(
        nn.Conv2d(IMAGE[0], 4, 5, 1, 1, bias=False), nn.GroupNorm(2, 4), nn.ELU(),
        nn.MaxPool2d(2), nn.Conv2d(4, 3, 2), nn.LeakyReLU(LEAKY_SLOPE),
        nn.AvgPool2d(2, stride=1, padding=1, count_include_pad=True),
        nn.Flatten(), nn.Linear(27, 6), nn.Softplus(), nn.Linear(6, 1))


NETWORKS = {"dcgan": dcgan, "resnet": resnet, "sequential": sequential}


def make_image_network(case, name):
    return NETWORKS[case.architecture](name, case.normalizers.get(name))
