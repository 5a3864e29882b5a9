"""One DCGAN iteration in PyTorch: eager mode, fused Adam, one thread."""

import torch
import torch.nn.functional as F
from torch import nn

import cases
import torch_steps


def stages(case):
    """The number of layers that halve an image down to 4 x 4."""
    return (case.size // 4).bit_length() - 1


def generator(case):
    count = stages(case)
    width = case.width << (count - 1)
    layers = [nn.ConvTranspose2d(case.latent, width, 4, bias=False), nn.BatchNorm2d(width), nn.ReLU(True)]
    for _ in range(count - 1):
        layers += [nn.ConvTranspose2d(width, width // 2, 4, 2, 1, bias=False),
                   nn.BatchNorm2d(width // 2), nn.ReLU(True)]
        width //= 2
    return nn.Sequential(*layers, nn.ConvTranspose2d(width, case.channels, 4, 2, 1), nn.Tanh())


def critic(case):
    width = case.width
    normalizes = case.normalizes_critic
    layers = [nn.Conv2d(case.channels, width, 4, 2, 1), nn.LeakyReLU(cases.LEAKY_SLOPE, True)]
    for _ in range(stages(case) - 1):
        layers.append(nn.Conv2d(width, 2 * width, 4, 2, 1, bias=not normalizes))
        if normalizes:
            layers.append(nn.BatchNorm2d(2 * width))
        layers.append(nn.LeakyReLU(cases.LEAKY_SLOPE, True))
        width *= 2
    return nn.Sequential(*layers, nn.Conv2d(width, 1, 4), nn.Flatten(0))


class Training(torch_steps.Training):
    """`memory_format` is PyTorch's; both are tried and the faster one counts."""

    def __init__(self, case, memory_format):
        torch.manual_seed(0)
        self.case = case
        self.generator = generator(case).to(memory_format=memory_format)
        self.critic = critic(case).to(memory_format=memory_format)
        self.generator_optimizer = torch_steps.adam(self.generator)
        self.critic_optimizer = torch_steps.adam(self.critic)
        images = torch.rand(case.batch, case.channels, case.size, case.size) * 2 - 1
        self.images = images.to(memory_format=memory_format)
        self.losses = ()

    def latent(self):
        return torch.randn(self.case.batch, self.case.latent, 1, 1)

    def real(self):
        return self.images

    def critic_loss(self, real, fake):
        on_real, on_fake = self.critic(real), self.critic(fake)
        if self.case.loss == "nonsaturating":
            return F.softplus(-on_real).mean() + F.softplus(on_fake).mean()
        alpha = torch.rand(self.case.batch, 1, 1, 1)
        point = torch.lerp(fake, real, alpha).requires_grad_(True)
        (gradient,) = torch.autograd.grad(self.critic(point).sum(), point, create_graph=True)
        norm = (gradient.square().sum(dim=(1, 2, 3)) + cases.NORM_EPSILON).sqrt()
        return on_fake.mean() - on_real.mean() + cases.PENALTY_WEIGHT * (norm - 1).square().mean()
