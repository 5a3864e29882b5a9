"""GAN training in PyTorch: eager mode, fused Adam, one thread."""

import torch
import torch.nn.functional as F
from torch.nn.utils import parametrize

import torch_networks
from cases import (BETAS, EPSILON, LEARNING_RATE, NORM_EPSILON, PENALTY_WEIGHT, RING_DEVIATION,
                   ring_modes)
from torch_unrolled import unrolled

VERSION = torch.__version__


class Training:
    """The networks of a case with their optimizers.

    `memory_format` is `contiguous` (channels first) or `channels_last`; which one is faster depends
    on the case.
    """

    def __init__(self, case, memory_format="contiguous"):
        torch.manual_seed(0)
        torch.set_num_threads(1)
        self.case = case
        layout = {"contiguous": torch.contiguous_format,
                  "channels_last": torch.channels_last}[memory_format]
        self.generator = torch_networks.generator(case).to(memory_format=layout)
        self.critic = torch_networks.critic(case).to(memory_format=layout)
        self.generator_optimizer = adam(self.generator)
        self.critic_optimizer = adam(self.critic)
        self.losses = {}
        if case.is_image:
            height, width, channels = case.shape
            images = torch.rand(case.batch, channels, height, width) * 2 - 1
            self.images = images.to(memory_format=layout)
        else:
            self.modes = torch.tensor(ring_modes())

    def run(self, iterations):
        for _ in range(iterations):
            for _ in range(self.case.critic_steps):
                self.losses["critic"] = self.critic_step()
            for _ in range(self.case.generator_steps):
                self.losses["generator"] = self.generator_step()

    def critic_step(self):
        with torch.no_grad():
            fake = self.generator(self.latents())
        self.critic_optimizer.zero_grad()
        loss = self.critic_loss(self.critic, self.real(), fake)
        loss.backward()
        self.critic_optimizer.step()
        return loss.detach()

    def generator_step(self):
        self.critic.requires_grad_(False)
        self.generator_optimizer.zero_grad()
        loss = self.generator_loss(self.generator(self.latents()))
        loss.backward()
        self.generator_optimizer.step()
        self.critic.requires_grad_(True)
        return loss.detach()

    def critic_loss(self, critic, real, fake):
        if self.case.is_image:
            with parametrize.cached():
                on_real, on_fake = critic(real), critic(fake)
        else:
            on_real, on_fake = critic(torch.cat([real, fake])).chunk(2)
        if self.case.loss == "nonsaturating":
            return F.softplus(-on_real).mean() + F.softplus(on_fake).mean()
        return on_fake.mean() - on_real.mean() + self.penalty(critic, real, fake)

    def penalty(self, critic, real, fake):
        """WGAN-GP: 10 E(|grad D| - 1)^2 on lines between real and fake."""
        alpha = torch.rand(self.case.batch, *[1] * (real.ndim - 1))
        point = torch.lerp(fake, real, alpha).requires_grad_(True)
        (gradient,) = torch.autograd.grad(critic(point).sum(), point, create_graph=True)
        norm = (gradient.flatten(1).square().sum(dim=1) + NORM_EPSILON).sqrt()
        return PENALTY_WEIGHT * (norm - 1).square().mean()

    def generator_loss(self, fake):
        if self.case.unroll:
            real = self.real()

            def loss(critic):
                return self.critic_loss(critic, real, fake)
            return -loss(unrolled(self.critic, self.critic_optimizer, loss, self.case.unroll))
        score = self.critic(fake)
        return F.softplus(-score).mean() if self.case.loss == "nonsaturating" else -score.mean()

    def latents(self):
        return torch.randn(self.case.batch, self.case.latent)

    def real(self):
        """Images lie ready; points of the ring are drawn."""
        if self.case.is_image:
            return self.images
        mode = torch.randint(len(self.modes), (self.case.batch,))
        return self.modes[mode] + RING_DEVIATION * torch.randn(self.case.batch, 2)

    def weights(self, player):
        """Copies of the weights of `generator` or `critic`."""
        network = getattr(self, player)
        return [parameter.detach().numpy().copy() for parameter in network.parameters()]


def adam(network):
    return torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, betas=BETAS, eps=EPSILON,
                            fused=True)
