"""One GAN iteration in JAX: the whole iteration is one jitted function on donated state."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

import cases

VERSION = jax.__version__


def initial_mlp(key, width, hidden, outputs):
    """He-normal weights [in, out] and zero biases."""
    layers = []
    for size in (*hidden, outputs):
        key, draw = jax.random.split(key)
        weight = jax.random.normal(draw, (width, size)) * (2 / width) ** 0.5
        layers.append((weight, jnp.zeros(size)))
        width = size
    return layers


def mlp(layers, x):
    for weight, bias in layers[:-1]:
        x = jax.nn.leaky_relu(x @ weight + bias, cases.LEAKY_SLOPE)
    weight, bias = layers[-1]
    return x @ weight + bias


def critic_value(critic, x):
    return mlp(critic, x)[:, 0]


def adam_state(parameters):
    zeros = jax.tree.map(jnp.zeros_like, parameters)
    return zeros, jax.tree.map(jnp.zeros_like, parameters), jnp.zeros((), jnp.int32)


def adam(parameters, state, gradient):
    first, second, count = state
    count = count + 1
    beta1, beta2 = cases.BETAS
    first = jax.tree.map(lambda m, g: beta1 * m + (1 - beta1) * g, first, gradient)
    second = jax.tree.map(lambda v, g: beta2 * v + (1 - beta2) * g * g, second, gradient)
    rate = cases.LEARNING_RATE / (1 - beta1**count)
    scale = 1 / (1 - beta2**count)
    parameters = jax.tree.map(
        lambda p, m, v: p - rate * m / (jnp.sqrt(v * scale) + cases.EPSILON),
        parameters, first, second)
    return parameters, (first, second, count)


def real_batch(key):
    which, noise = jax.random.split(key)
    mode = jax.random.randint(which, (cases.BATCH,), 0, cases.RING_MODES)
    scale = cases.RING_DEVIATION
    return jnp.array(cases.ring_modes())[mode] + scale * jax.random.normal(
        noise, (cases.BATCH, cases.DATA))


def latents(key):
    return jax.random.normal(key, (cases.BATCH, cases.LATENT))


def critic_loss(critic, loss, real, fake, key):
    on_real, on_fake = jnp.split(critic_value(critic, jnp.concatenate([real, fake])), 2)
    if loss == "nonsaturating":
        return jax.nn.softplus(-on_real).mean() + jax.nn.softplus(on_fake).mean()
    alpha = jax.random.uniform(key, (cases.BATCH, 1))
    gradient = jax.grad(lambda x: critic_value(critic, x).sum())(
        alpha * real + (1 - alpha) * fake)
    norm = jnp.sqrt(jnp.square(gradient).sum(axis=1) + cases.NORM_EPSILON)
    penalty = cases.PENALTY_WEIGHT * jnp.square(norm - 1).mean()
    return on_fake.mean() - on_real.mean() + penalty


def generator_loss(generator, critic, loss, z):
    fake = critic_value(critic, mlp(generator, z))
    return jax.nn.softplus(-fake).mean() if loss == "nonsaturating" else -fake.mean()


@partial(jax.jit, static_argnums=0, donate_argnums=1)
def iteration(case, state):
    generator, critic, generator_adam, critic_adam, key = state
    for _ in range(case.critic_steps):
        key, latent_key, real_key, alpha_key = jax.random.split(key, 4)
        fake = mlp(generator, latents(latent_key))
        critic_loss_value, gradient = jax.value_and_grad(critic_loss)(
            critic, case.loss, real_batch(real_key), fake, alpha_key)
        critic, critic_adam = adam(critic, critic_adam, gradient)
    key, latent_key = jax.random.split(key)
    generator_loss_value, gradient = jax.value_and_grad(generator_loss)(
        generator, critic, case.loss, latents(latent_key))
    generator, generator_adam = adam(generator, generator_adam, gradient)
    state = (generator, critic, generator_adam, critic_adam, key)
    return state, (critic_loss_value, generator_loss_value)


class Training:
    def __init__(self, case):
        self.case = case
        key, for_generator, for_critic = jax.random.split(jax.random.key(0), 3)
        generator = initial_mlp(for_generator, cases.LATENT, case.hidden, cases.DATA)
        critic = initial_mlp(for_critic, cases.DATA, case.hidden, 1)
        self.state = (generator, critic, adam_state(generator), adam_state(critic), key)
        self.losses = ()

    def run(self, iterations):
        for _ in range(iterations):
            self.state, self.losses = iteration(self.case, self.state)
        jax.block_until_ready(self.state)

    def last_losses(self):
        return tuple(float(loss) for loss in self.losses)

    def weights(self):
        """Copies of all weight matrices; the state's own buffers are given away by `run`."""
        parameters = jax.tree.leaves(self.state[:2])
        return [np.array(p, copy=True) for p in parameters if p.ndim == 2]
