"""GAN training in JAX: one jitted function does a whole iteration on donated buffers."""

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

import jax_networks
from cases import (BETAS, EPSILON, LEARNING_RATE, NORM_EPSILON, PENALTY_WEIGHT, RING_DEVIATION,
                   ring_modes)

VERSION = jax.__version__


class Moments(NamedTuple):
    """Adam's moments, like the parameters that they belong to, and the number of steps."""

    first: Any
    second: Any
    count: Any


class Player(NamedTuple):
    """What training changes of a network; `state` is what changes without a gradient."""

    parameters: Any
    state: Any
    moments: Moments


def initial_player(network, key, shape):
    parameters, state, _ = network.initial(key, shape)
    zeros = [jax.tree.map(jnp.zeros_like, parameters) for _ in range(2)]
    return Player(parameters, state, Moments(*zeros, jnp.zeros((), jnp.int32)))


def adam(parameters, moments, gradient):
    beta1, beta2 = BETAS
    count = moments.count + 1
    first = jax.tree.map(lambda m, g: beta1 * m + (1 - beta1) * g, moments.first, gradient)
    second = jax.tree.map(lambda v, g: beta2 * v + (1 - beta2) * g * g, moments.second, gradient)
    rate = LEARNING_RATE / (1 - beta1**count)
    scale = 1 / (1 - beta2**count)
    parameters = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v * scale) + EPSILON),
                              parameters, first, second)
    return parameters, Moments(first, second, count)


class Step:
    """The steps of a case as pure functions."""

    def __init__(self, case):
        self.case = case
        self.generator = jax_networks.generator(case)
        self.critic = jax_networks.critic(case)

    def fakes(self, parameters, state, key):
        latents = jax.random.normal(key, (self.case.batch, self.case.latent))
        return self.generator.apply(parameters, state, latents)

    def real(self, images, key):
        """Images lie ready; points of the ring are drawn."""
        if self.case.is_image:
            return images
        which, noise = jax.random.split(key)
        modes = jnp.array(ring_modes())
        mode = jax.random.randint(which, (self.case.batch,), 0, len(modes))
        return modes[mode] + RING_DEVIATION * jax.random.normal(noise, (self.case.batch, 2))

    def critic_loss(self, parameters, state, real, fake, key):
        """The loss and the critic's new state."""
        if self.case.is_image:
            on_real, after = self.critic.apply(parameters, state, real)
            # Running statistics take in one batch after the other; a power iteration is shared.
            before = after if self.case.critic == "batch" else state
            on_fake, after = self.critic.apply(parameters, before, fake)
        else:
            both, after = self.critic.apply(parameters, state, jnp.concatenate([real, fake]))
            on_real, on_fake = jnp.split(both, 2)
        if self.case.loss == "nonsaturating":
            return jax.nn.softplus(-on_real).mean() + jax.nn.softplus(on_fake).mean(), after
        penalty = self.penalty(parameters, state, real, fake, key)
        return on_fake.mean() - on_real.mean() + penalty, after

    def penalty(self, parameters, state, real, fake, key):
        """WGAN-GP: 10 E(|grad D| - 1)^2 on lines between real and fake."""
        alpha = jax.random.uniform(key, (len(real),) + (1,) * (real.ndim - 1))
        gradient = jax.grad(lambda x: self.critic.apply(parameters, state, x)[0].sum())(
            alpha * real + (1 - alpha) * fake)
        squares = jnp.square(gradient).sum(axis=range(1, real.ndim))
        return PENALTY_WEIGHT * jnp.square(jnp.sqrt(squares + NORM_EPSILON) - 1).mean()

    def critic_step(self, generator, critic, images, key):
        latent_key, real_key, penalty_key = jax.random.split(key, 3)
        fake, _ = self.fakes(generator.parameters, generator.state, latent_key)
        (loss, state), gradient = jax.value_and_grad(self.critic_loss, has_aux=True)(
            critic.parameters, critic.state, self.real(images, real_key), fake, penalty_key)
        parameters, moments = adam(critic.parameters, critic.moments, gradient)
        return Player(parameters, state, moments), loss

    def generator_step(self, generator, critic, images, key):
        def loss(parameters):
            fake, state = self.fakes(parameters, generator.state, key)
            return self.generator_loss(critic, fake, images, key), state
        (value, state), gradient = jax.value_and_grad(loss, has_aux=True)(generator.parameters)
        parameters, moments = adam(generator.parameters, generator.moments, gradient)
        return Player(parameters, state, moments), value

    def generator_loss(self, critic, fake, images, key):
        if self.case.unroll:
            return self.unrolled_loss(critic, self.real(images, key), fake, key)
        score, _ = self.critic.apply(critic.parameters, critic.state, fake)
        nonsaturating = self.case.loss == "nonsaturating"
        return jax.nn.softplus(-score).mean() if nonsaturating else -score.mean()

    def unrolled_loss(self, critic, real, fake, key):
        """Minus the critic's loss after further steps of its own, differentiated through them."""
        def loss(parameters):
            return self.critic_loss(parameters, critic.state, real, fake, key)[0]
        parameters, moments = critic.parameters, critic.moments
        for _ in range(self.case.unroll):
            parameters, moments = adam(parameters, moments, jax.grad(loss)(parameters))
        return -loss(parameters)


@partial(jax.jit, static_argnums=0, donate_argnums=1)
def iteration(step, training, images):
    """One iteration of the case from and to (generator, critic, key); and its losses."""
    generator, critic, key = training
    losses = {}
    for _ in range(step.case.critic_steps):
        key, own = jax.random.split(key)
        critic, losses["critic"] = step.critic_step(generator, critic, images, own)
    for _ in range(step.case.generator_steps):
        key, own = jax.random.split(key)
        generator, losses["generator"] = step.generator_step(generator, critic, images, own)
    return (generator, critic, key), losses


class Training:
    def __init__(self, case):
        key, for_generator, for_critic, for_images = jax.random.split(jax.random.key(0), 4)
        self.step = Step(case)
        generator = initial_player(self.step.generator, for_generator, (case.latent,))
        critic = initial_player(self.step.critic, for_critic, case.shape)
        self.state = (generator, critic, key)
        self.images = jax.random.uniform(for_images, (case.batch, *case.shape), minval=-1)
        self.losses = {}

    def run(self, iterations):
        for _ in range(iterations):
            self.state, self.losses = iteration(self.step, self.state, self.images)
        jax.block_until_ready(self.state)

    def weights(self, player):
        """Copies of the weights of `generator` or `critic`; `run` gives away its own buffers."""
        state = self.state[("generator", "critic").index(player)]
        return [np.array(weight, copy=True) for weight in jax.tree.leaves(state.parameters)]
