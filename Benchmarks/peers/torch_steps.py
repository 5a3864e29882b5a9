"""One GAN iteration in PyTorch: eager mode, fused Adam, one thread."""

import torch
import torch.nn.functional as F
from torch import nn

import cases

torch.set_num_threads(1)

VERSION = torch.__version__


def mlp(width, hidden, outputs):
    layers = []
    for size in hidden:
        layers += [nn.Linear(width, size), nn.LeakyReLU(cases.LEAKY_SLOPE, inplace=True)]
        width = size
    return nn.Sequential(*layers, nn.Linear(width, outputs))


def adam(network):
    return torch.optim.Adam(network.parameters(), lr=cases.LEARNING_RATE, betas=cases.BETAS,
                            eps=cases.EPSILON, fused=True)


class Training:
    def __init__(self, case):
        torch.manual_seed(0)
        self.case = case
        self.generator = mlp(cases.LATENT, case.hidden, cases.DATA)
        self.critic = mlp(cases.DATA, case.hidden, 1)
        self.generator_optimizer = adam(self.generator)
        self.critic_optimizer = adam(self.critic)
        self.modes = torch.tensor(cases.ring_modes())
        self.losses = ()

    def latent(self):
        return torch.randn(cases.BATCH, cases.LATENT)

    def real(self):
        mode = torch.randint(cases.RING_MODES, (cases.BATCH,))
        return self.modes[mode] + cases.RING_DEVIATION * torch.randn(cases.BATCH, cases.DATA)

    def critic_loss(self, real, fake):
        on_real, on_fake = self.critic(torch.cat([real, fake])).chunk(2)
        if self.case.loss == "nonsaturating":
            return F.softplus(-on_real).mean() + F.softplus(on_fake).mean()
        alpha = torch.rand(cases.BATCH, 1)
        point = torch.lerp(fake, real, alpha).requires_grad_(True)
        (gradient,) = torch.autograd.grad(self.critic(point).sum(), point, create_graph=True)
        norm = (gradient.square().sum(dim=1) + cases.NORM_EPSILON).sqrt()
        return on_fake.mean() - on_real.mean() + cases.PENALTY_WEIGHT * (norm - 1).square().mean()

    def critic_step(self):
        with torch.no_grad():
            fake = self.generator(self.latent())
        self.critic_optimizer.zero_grad()
        loss = self.critic_loss(self.real(), fake)
        loss.backward()
        self.critic_optimizer.step()
        return loss

    def generator_step(self):
        self.critic.requires_grad_(False)
        self.generator_optimizer.zero_grad()
        fake = self.critic(self.generator(self.latent()))
        loss = F.softplus(-fake).mean() if self.case.loss == "nonsaturating" else -fake.mean()
        loss.backward()
        self.generator_optimizer.step()
        self.critic.requires_grad_(True)
        return loss

    def run(self, iterations):
        for _ in range(iterations):
            for _ in range(self.case.critic_steps):
                critic_loss = self.critic_step()
            self.losses = (critic_loss, self.generator_step())

    def last_losses(self):
        return tuple(loss.item() for loss in self.losses)

    def weights(self):
        """Copies of all weight matrices."""
        parameters = (*self.generator.parameters(), *self.critic.parameters())
        return [p.detach().numpy().copy() for p in parameters if p.ndim == 2]
