"""Runs in JAX: all iterations between two evaluations are one compiled scan on donated state."""

import functools
from dataclasses import fields

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

import evaluation
import glyphs
import jax_networks as networks
from grid import Numbers

NAME, VERSION = "jax", jax.__version__


@functools.cache
def images(reference, file):
    """Images to train with, and how samples are measured."""
    training, real = glyphs.load(file)
    features = jax.jit(networks.classifier_features)
    return jnp.asarray(training), evaluation.Images(features, real[:reference])


@functools.cache
def ring(reference):
    """The modes, and how samples are measured."""
    return jnp.asarray(evaluation.ring_modes()), evaluation.Ring(reference)


class Program:
    """What the runs of equal structure share: compiled functions."""

    def __init__(self, structure, file):
        self.structure = structure
        self.real, self.measure = ring(structure.reference) if structure.is_planar else \
            images(structure.reference, file)
        numbers = {field.name: scalar() for field in fields(Numbers)}
        rates = jax.ShapeDtypeStruct((structure.interval, 2), jnp.float32)
        advance = jax.jit(self.iterations, donate_argnums=0)
        self.advance = advance.lower(self.initial_state(0), numbers, self.real, rates).compile()

    def initial_state(self, seed):
        random = np.random.default_rng(seed)
        generator = networks.initial_generator(self.structure, random)
        critic = networks.initial_critic(self.structure, random)
        directions = []
        if self.structure.constraint == "spectral":
            directions = networks.initial_directions(critic, random)
        return {"generator": generator, "critic": critic, "directions": directions,
                "moments": [moments(critic), moments(generator)], "key": jax.random.key(seed)}

    def iterations(self, state, numbers, real, rates):
        """As many iterations as there are `rates`, of Adam's two coefficients each; all losses.

        `real` are the images to train with, or the modes of the ring.
        """
        return lax.scan(functools.partial(self.iteration, numbers, real), state, rates)

    def iteration(self, numbers, real, state, rates):
        structure = self.structure
        key, *keys = jax.random.split(state["key"], 7)
        critic_moments, generator_moments = state["moments"]

        fake = networks.generate(state["generator"], self.latents(keys[0]))
        (critic_value, directions), gradient = jax.value_and_grad(self.critic_loss, has_aux=True)(
            state["critic"], state["directions"], numbers, self.batch(real, keys[1]), fake, keys[2])
        critic, critic_moments = adam(state["critic"], critic_moments, gradient, numbers, rates)
        if structure.constraint == "clipping":
            bound = numbers["clipping_bound"]
            critic = jax.tree.map(lambda p: jnp.clip(p, -bound, bound), critic)

        generator_value, gradient = jax.value_and_grad(self.generator_loss)(
            state["generator"], critic, directions, numbers, real, *keys[3:6])
        generator, generator_moments = adam(
            state["generator"], generator_moments, gradient, numbers, rates)
        state = {"generator": generator, "critic": critic, "directions": directions,
                 "moments": [critic_moments, generator_moments], "key": key}
        return state, jnp.stack([critic_value, generator_value])

    def latents(self, key):
        return jax.random.normal(key, (self.structure.batch, self.structure.latent))

    def batch(self, real, key):
        which, noise = jax.random.split(key)
        chosen = real[jax.random.randint(which, (self.structure.batch,), 0, len(real))]
        if not self.structure.is_planar:
            return chosen
        return chosen + evaluation.RING_DEVIATION * jax.random.normal(noise, chosen.shape)

    def critic_function(self, critic, directions, numbers):
        """The critic as a function of a batch and a key, and the new directions."""
        if self.structure.constraint == "spectral":
            critic, directions = networks.spectral(critic, directions)
        function = functools.partial(networks.scores, self.structure, critic)
        return lambda x, key: function(x, numbers["dropout"], key), directions

    def critic_loss(self, critic, directions, numbers, real, fake, key):
        structure = self.structure
        scores, directions = self.critic_function(critic, directions, numbers)
        for_real, for_fake, for_point, for_alpha, for_direction = jax.random.split(key, 5)
        slope = None
        if structure.place == "real":
            # The critic's outputs are needed there anyway.
            on_real, slope = value_and_slope(scores, real, for_real)
            on_fake = scores(fake, for_fake)
        elif structure.place == "fake":
            on_real = scores(real, for_real)
            on_fake, slope = value_and_slope(scores, fake, for_fake)
        elif structure.normalizer == "batch":
            on_real, on_fake = scores(real, for_real), scores(fake, for_fake)
        else:
            on_real, on_fake = jnp.split(scores(jnp.concatenate([real, fake]), for_real), 2)
        loss = self.adversarial_loss(on_real, on_fake, numbers)
        if structure.place in ("line", "around-real"):
            alpha = jax.random.uniform(for_alpha, (len(real),) + (1,) * (real.ndim - 1))
            if structure.place == "line":
                point = alpha * real + (1 - alpha) * fake
            else:
                step = jax.random.uniform(for_direction, real.shape)
                point = real + alpha * (0.5 * real.std() * step)
            _, slope = value_and_slope(scores, point, for_point)
        if slope is not None:
            loss = loss + numbers["penalty_weight"] * self.excess(slope).mean()
        return loss, directions

    def excess(self, slope):
        """What the penalty makes of each sample's slope."""
        squares = jnp.square(slope.reshape(len(slope), -1)).sum(axis=1)
        if self.structure.target == "zero":
            return squares
        excess = jnp.sqrt(squares + 1e-12) - 1
        return jnp.square(excess if self.structure.target == "one" else jax.nn.relu(excess))

    def adversarial_loss(self, on_real, on_fake, numbers):
        softplus = jax.nn.softplus
        if self.structure.loss == "hinge":
            return jax.nn.relu(1 - on_real).mean() + jax.nn.relu(1 + on_fake).mean()
        if self.structure.loss == "wasserstein":
            return on_fake.mean() - on_real.mean()
        loss = softplus(-on_real)
        if self.structure.is_smoothed:
            label = numbers["real_label"]
            loss = label * loss + (1 - label) * softplus(on_real)
        return loss.mean() + softplus(on_fake).mean()

    def generator_loss(
            self, generator, critic, directions, numbers, real, for_latents, for_critic, for_real):
        fake = networks.generate(generator, self.latents(for_latents))
        scores, _ = self.critic_function(critic, directions, numbers)
        on_fake = scores(fake, for_critic)
        if self.structure.loss == "nonsaturating":
            loss = jax.nn.softplus(-on_fake).mean()
        else:
            loss = -on_fake.mean()
        if self.structure.sigmas:
            term = mmd(self.batch(real, for_real), fake, self.structure.sigmas)
            loss = loss + numbers["mmd_weight"] * term
        return loss


@functools.partial(jax.jit, static_argnums=(2, 3))
def draw_samples(generator, key, count, latent):
    return networks.generate(generator, jax.random.normal(key, (count, latent)))


def scalar():
    return jax.ShapeDtypeStruct((), jnp.float32)


def value_and_slope(scores, x, key):
    values, pull = jax.vjp(lambda point: scores(point, key), x)
    return values, pull(jnp.ones_like(values))[0]


def mmd(real, fake, sigmas):
    """The unbiased estimate; a sample's kernel with itself is 1 for each width."""
    samples = jnp.concatenate([real, fake]).reshape(2 * len(real), -1)
    lengths = jnp.square(samples).sum(axis=1)
    squares = jax.nn.relu(lengths[:, None] + lengths - 2 * samples @ samples.T)
    kernel = sum(jnp.exp(squares * (-0.5 / sigma**2)) for sigma in sigmas)
    count = len(real)
    within = kernel[:count, :count].sum() + kernel[count:, count:].sum() - 2 * count * len(sigmas)
    return within / (count * (count - 1)) - 2 * kernel[:count, count:].mean()


def moments(parameters):
    return jax.tree.map(np.zeros_like, parameters), jax.tree.map(np.zeros_like, parameters)


def adam(parameters, state, gradient, numbers, rates):
    first, second = state
    beta1, beta2 = numbers["beta1"], numbers["beta2"]
    first = jax.tree.map(lambda m, g: beta1 * m + (1 - beta1) * g, first, gradient)
    second = jax.tree.map(lambda v, g: beta2 * v + (1 - beta2) * g * g, second, gradient)
    parameters = jax.tree.map(
        lambda p, m, v: p - rates[0] * m / (jnp.sqrt(v) / rates[1] + numbers["epsilon"]),
        parameters, first, second)
    return parameters, (first, second)


def adam_rates(numbers, steps):
    """Per iteration the learning rate over 1 - beta1^t, and the root of 1 - beta2^t, `[steps, 2]`."""
    count = np.arange(1, steps + 1)
    rate = np.array([numbers.rate(step, steps) for step in range(steps)])
    corrected = rate / (1 - numbers.beta1**count)
    return np.stack([corrected, np.sqrt(1 - numbers.beta2**count)], axis=1).astype(np.float32)


program = functools.cache(Program)


class Training:
    """One run of an arm."""

    def __init__(self, arm, file, seed):
        structure = arm.structure
        self.program = program(structure, file)
        self.numbers = {name: np.float32(value) for name, value in vars(arm.numbers).items()}
        self.rates = adam_rates(arm.numbers, structure.steps)
        self.rates = self.rates.reshape(structure.points, structure.interval, 2)
        self.state = self.program.initial_state(seed)
        self.moment = 0

    def advance(self):
        """Trains to the next evaluation; all losses."""
        self.state, losses = self.program.advance(
            self.state, self.numbers, self.program.real, self.rates[self.moment])
        self.moment += 1
        return np.asarray(losses)

    def sample(self):
        structure, key = self.program.structure, jax.random.fold_in(self.state["key"], 0)
        samples = draw_samples(self.state["generator"], key, structure.samples, structure.latent)
        return jax.block_until_ready(samples)

    def measure(self, samples):
        """The Fréchet distance, and the number of modes of planar samples."""
        return self.program.measure(samples)
