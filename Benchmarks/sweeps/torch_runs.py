"""Runs in PyTorch: eager mode, fused Adam, one thread."""

import functools

import torch
from torch.nn import functional as F

import evaluation
import glyphs
import torch_networks

torch.set_num_threads(1)
NAME, VERSION = "torch", torch.__version__


@functools.cache
class RingData:
    """Batches, and how samples are measured; shared by the runs of a process."""

    def __init__(self, reference):
        self.modes = torch.from_numpy(evaluation.ring_modes())
        self.measure = evaluation.Ring(reference)

    def batch(self, count):
        noise = evaluation.RING_DEVIATION * torch.randn(count, 2)
        return self.modes[torch.randint(len(self.modes), (count,))] + noise


@functools.cache
class GlyphData:
    """The same for images, which lie ready in memory."""

    def __init__(self, reference, file):
        self.images, real = (torch.from_numpy(part).permute(0, 3, 1, 2).contiguous()
                             for part in glyphs.load(file))
        self.measure = evaluation.Images(torch_networks.Classifier(), real[:reference])

    def batch(self, count):
        return self.images[torch.randint(len(self.images), (count,))]


def data(structure, file):
    if structure.is_planar:
        return RingData(structure.reference)
    return GlyphData(structure.reference, file)


class Training:
    """One run of an arm."""

    def __init__(self, arm, file, seed):
        torch.manual_seed(seed)
        self.structure, self.numbers = arm.structure, arm.numbers
        self.data = data(arm.structure, file)
        self.generator = torch_networks.generator(arm.structure)
        self.critic = torch_networks.critic(arm.structure, arm.numbers.dropout)
        self.optimizers = [self.adam(self.critic), self.adam(self.generator)]
        self.schedulers = []
        if arm.numbers.rate_from != arm.numbers.rate_to:
            self.schedulers = [torch.optim.lr_scheduler.CosineAnnealingLR(
                optimizer, arm.structure.steps, arm.numbers.rate_to) for optimizer in self.optimizers]

    def adam(self, network):
        numbers = self.numbers
        return torch.optim.Adam(network.parameters(), lr=numbers.rate_from, eps=numbers.epsilon,
                                betas=(numbers.beta1, numbers.beta2), fused=True)

    def latents(self, count):
        return torch.randn(count, self.structure.latent)

    def advance(self):
        """Trains to the next evaluation, a critic step before each generator step; all losses."""
        losses = []
        for _ in range(self.structure.interval):
            losses += [self.critic_step(), self.generator_step()]
            for scheduler in self.schedulers:
                scheduler.step()
        return torch.stack(losses).numpy()

    # The critic

    def critic_step(self):
        optimizer = self.optimizers[0]
        with torch.no_grad():
            fake = self.generator(self.latents(self.structure.batch))
        optimizer.zero_grad()
        loss = self.critic_loss(self.data.batch(self.structure.batch), fake)
        loss.backward()
        optimizer.step()
        if self.structure.constraint == "clipping":
            bound = self.numbers.clipping_bound
            with torch.no_grad():
                for parameter in self.critic.parameters():
                    parameter.clamp_(-bound, bound)
        return loss.detach()

    def critic_loss(self, real, fake):
        place, structure = self.structure.place, self.structure
        if place in ("real", "fake"):
            # The critic's outputs are needed there anyway.
            point = (real if place == "real" else fake).requires_grad_(True)
            on_real, on_fake = self.critic(real), self.critic(fake)
            penalty = self.penalty(point, on_real if place == "real" else on_fake)
            return self.adversarial_loss(on_real, on_fake) + penalty
        if structure.normalizer == "batch":
            return self.adversarial_loss(self.critic(real), self.critic(fake))
        loss = self.adversarial_loss(*self.critic(torch.cat([real, fake])).chunk(2))
        if not place:
            return loss
        alpha = torch.rand(len(real), *[1] * (real.dim() - 1))
        if place == "line":
            point = torch.lerp(fake, real, alpha)
        else:
            point = real + alpha * (0.5 * real.std(correction=0) * torch.rand_like(real))
        point.requires_grad_(True)
        return loss + self.penalty(point, self.critic(point))

    def penalty(self, point, scores):
        (slope,) = torch.autograd.grad(scores.sum(), point, create_graph=True)
        squares = slope.square().flatten(1).sum(dim=1)
        if self.structure.target != "zero":
            excess = (squares + 1e-12).sqrt() - 1
            squares = (excess if self.structure.target == "one" else excess.relu()).square()
        return self.numbers.penalty_weight * squares.mean()

    def adversarial_loss(self, on_real, on_fake):
        if self.structure.loss == "hinge":
            return F.relu(1 - on_real).mean() + F.relu(1 + on_fake).mean()
        if self.structure.loss == "wasserstein":
            return on_fake.mean() - on_real.mean()
        if self.structure.is_smoothed:
            label = torch.full_like(on_real, self.numbers.real_label)
            return F.binary_cross_entropy_with_logits(on_real, label) + F.softplus(on_fake).mean()
        return F.softplus(-on_real).mean() + F.softplus(on_fake).mean()

    # The generator

    def generator_step(self):
        optimizer = self.optimizers[1]
        self.critic.requires_grad_(False)
        optimizer.zero_grad()
        fake = self.generator(self.latents(self.structure.batch))
        scores = self.critic(fake)
        if self.structure.loss == "nonsaturating":
            loss = F.softplus(-scores).mean()
        else:
            loss = -scores.mean()
        if self.structure.sigmas:
            loss = loss + self.numbers.mmd_weight * self.mmd(self.data.batch(self.structure.batch), fake)
        loss.backward()
        optimizer.step()
        self.critic.requires_grad_(True)
        return loss.detach()

    def mmd(self, real, fake):
        """The unbiased estimate; a sample's kernel with itself is 1 for each width."""
        samples = torch.cat([real, fake]).flatten(1)
        lengths = samples.square().sum(dim=1)
        squares = (lengths[:, None] + lengths - 2 * samples @ samples.T).relu()
        kernel = sum(torch.exp(squares * (-0.5 / sigma**2)) for sigma in self.structure.sigmas)
        count = len(real)
        own = count * len(self.structure.sigmas)
        within = kernel[:count, :count].sum() + kernel[count:, count:].sum() - 2 * own
        return within / (count * (count - 1)) - 2 * kernel[:count, count:].mean()

    # Evaluation

    @torch.no_grad()
    def sample(self):
        return self.generator(self.latents(self.structure.samples))

    @torch.no_grad()
    def measure(self, samples):
        """The Fréchet distance, and the number of modes of planar samples."""
        return self.data.measure(samples)
