"""Generators and critics in PyTorch."""

from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

from cases import LEAKY_SLOPE


def generator(case):
    return {"mlp": lambda: perceptron(case, case.latent, case.shape[0]),
            "dcgan": lambda: dcgan_generator(case),
            "resnet": lambda: resnet_generator(case)}[case.architecture]()


def critic(case):
    network = {"mlp": lambda: perceptron(case, case.shape[0], 1),
               "dcgan": lambda: dcgan_critic(case),
               "resnet": lambda: resnet_critic(case)}[case.architecture]()
    if case.critic == "spectral":
        for layer in network:
            if hasattr(layer, "weight"):
                spectral_norm(layer)
    return nn.Sequential(*network, nn.Flatten(0))


def leaky():
    return nn.LeakyReLU(LEAKY_SLOPE, inplace=True)


def perceptron(case, inputs, outputs):
    layers = []
    for _ in range(case.depth):
        layers += [nn.Linear(inputs, case.width), leaky()]
        inputs = case.width
    return nn.Sequential(*layers, nn.Linear(inputs, outputs))


def dcgan_generator(case):
    """4 x 4 kernels of stride 2, batch norm and ReLU, from a 4 x 4 map of 4 x width channels."""
    channels = 4 * case.width
    layers = [nn.Unflatten(1, (case.latent, 1, 1)),
              nn.ConvTranspose2d(case.latent, channels, 4, bias=False),
              nn.BatchNorm2d(channels), nn.ReLU(True)]
    for width in (2 * case.width, case.width):
        layers += [nn.ConvTranspose2d(channels, width, 4, 2, 1, bias=False),
                   nn.BatchNorm2d(width), nn.ReLU(True)]
        channels = width
    return nn.Sequential(*layers, nn.ConvTranspose2d(channels, case.shape[2], 4, 2, 1), nn.Tanh())


def dcgan_critic(case):
    """The mirror image; where there is batch norm, none stands on the first convolution."""
    normalizes = case.critic == "batch"
    channels = case.width
    layers = [nn.Conv2d(case.shape[2], channels, 4, 2, 1), leaky()]
    for width in (2 * case.width, 4 * case.width):
        layers.append(nn.Conv2d(channels, width, 4, 2, 1, bias=not normalizes))
        if normalizes:
            layers.append(nn.BatchNorm2d(width))
        layers.append(leaky())
        channels = width
    return nn.Sequential(*layers, nn.Conv2d(channels, 1, 4))


class Residual(nn.Module):
    """branch(x) + shortcut(x)."""

    def __init__(self, branch, shortcut):
        super().__init__()
        self.branch = nn.Sequential(*branch)
        self.shortcut = nn.Sequential(*shortcut)

    def forward(self, x):
        return self.branch(x) + self.shortcut(x)


def resnet_generator(case):
    """A linear layer to 4 x 4, three blocks that double the map by nearest neighbours."""
    width = case.width
    layers = [nn.Linear(case.latent, 16 * width), nn.Unflatten(1, (width, 4, 4))]
    for _ in range(3):
        branch = [nn.BatchNorm2d(width), nn.ReLU(True), nn.Upsample(scale_factor=2),
                  nn.Conv2d(width, width, 3, padding=1),
                  nn.BatchNorm2d(width), nn.ReLU(True), nn.Conv2d(width, width, 3, padding=1)]
        layers.append(Residual(branch, [nn.Upsample(scale_factor=2), nn.Conv2d(width, width, 1)]))
    return nn.Sequential(*layers, nn.BatchNorm2d(width), nn.ReLU(True),
                         nn.Conv2d(width, case.shape[2], 3, padding=1), nn.Tanh())


class SumPool(nn.Module):
    """The sum over all pixels."""

    def forward(self, x):
        return x.sum(dim=(2, 3))


def resnet_critic(case):
    """Two blocks that halve the map by average pooling, two that keep it, a sum over pixels."""
    width = case.width
    first = [nn.Conv2d(case.shape[2], width, 3, padding=1), leaky(),
             nn.Conv2d(width, width, 3, padding=1), nn.AvgPool2d(2)]
    layers = [Residual(first, [nn.AvgPool2d(2), nn.Conv2d(case.shape[2], width, 1)])]
    for halves in (True, False, False):
        # What enters the block is needed by its shortcut: the first activation makes a copy.
        branch = [nn.LeakyReLU(LEAKY_SLOPE), nn.Conv2d(width, width, 3, padding=1), leaky(),
                  nn.Conv2d(width, width, 3, padding=1)]
        down = [nn.AvgPool2d(2)] if halves else []
        shortcut = [nn.Conv2d(width, width, 1)] if halves else []
        layers.append(Residual(branch + down, shortcut + down))
    return nn.Sequential(*layers, leaky(), SumPool(), nn.Linear(width, 1))
