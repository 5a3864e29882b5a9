"""The training loop of the fixtures: critic steps, then one generator step, per iteration."""

from dataclasses import replace

import numpy as np
import torch

import reference_gan as gan
import reference_unrolled as unrolled
from training_inputs import at_step, generator_batch, spectral, unrolled_inputs
from training_schedules import value


class Trainer:
    """Two networks and their state, trained on the inputs of one case's file.

    `inspect(player, iteration, parameters, objective)` is called before every optimizer step, with
    the gradients in place of the parameters, which it has by name; `objective()` is the trained
    scalar as a function of the weights.
    """

    def __init__(self, case, arrays, dtype, inspect=None):
        self.case = case
        self.arrays = arrays
        self.dtype = dtype
        self.inspect = inspect
        self.networks = {
            name: gan.make_network(case, name).to(dtype) for name in ("generator", "critic")
        }
        self.power_vectors = {"generator": {}, "critic": {}}
        self.references = {}
        self._load()
        self.optimizers = {
            name: case.optimizer.make(network.parameters())
            for name, network in self.networks.items()
        }
        self.average = None
        if case.average_decay is not None:
            self.average = self._values("generator")
        self.critic_step_count = 0
        self.outputs = {}
        self.losses = {"loss/critic": [], "loss/penalty": [], "loss/generator": []}

    def _load(self):
        initial = {
            name.removeprefix("initial/"): torch.tensor(array, dtype=self.dtype)
            for name, array in self.arrays.items() if name.startswith("initial/")
        }
        for name, network in self.networks.items():
            for key, value in network.state_dict().items():
                if not key.endswith("num_batches_tracked"):
                    value.copy_(initial[f"{name}.{key}"])
        for name, network in self.networks.items():
            self.references[name] = initial.get(f"{name}.reference")
            if spectral(self.case, name):
                self.power_vectors[name] = {
                    index: initial[f"{name}.{index}.weight_u"]
                    for index, layer in enumerate(network) if gan.weighted(layer)}

    def _values(self, name):
        return {key: value.detach().clone()
                for key, value in self.networks[name].named_parameters()}

    def run(self):
        """Trains to the end; returns the arrays that the case's file adds to its inputs."""
        for iteration in range(self.case.steps):
            for critic_step in range(self.case.critic_steps):
                self._critic_step(iteration, critic_step)
            self._generator_step(iteration)
        shape = (self.case.steps, -1) if self.case.critic_steps > 1 else (self.case.steps,)
        for name, values in self.losses.items():
            self.outputs[name] = np.array(values).reshape(
                (self.case.steps,) if name == "loss/generator" else shape)
        self._record_final()
        precision = next(iter(self.arrays.values())).dtype
        return {name: np.ascontiguousarray(value, dtype=precision)
                for name, value in self.outputs.items()}

    def _record_final(self):
        for name, network in self.networks.items():
            for key, value in network.state_dict().items():
                if not key.endswith("num_batches_tracked"):
                    self.outputs[f"final/{name}.{key}"] = value.numpy().copy()
        for name, vectors in self.power_vectors.items():
            for index, u in vectors.items():
                self.outputs[f"final/{name}.{index}.weight_u"] = u.numpy()
        for key, value in (self.average or {}).items():
            self.outputs[f"final/average.generator.{key}"] = value.numpy()

    def _function(self, name, store_power_vectors, network=None):
        """A network for one step: `apply(x, masks, update_statistics)`, read when called."""
        network = network or self.networks[name]
        vectors = {
            index: gan.power_iteration(gan.matrix(network[index], network[index].weight), u)
            for index, u in self.power_vectors[name].items()}
        if store_power_vectors:
            self.power_vectors[name] = {index: u for index, (u, _) in vectors.items()}

        def apply(x, masks=None, update_statistics=False):
            weights = None
            if vectors:
                weights = gan.spectral_weights(network, vectors)
            elif gan.weight_normalized(self.case, name):
                weights = gan.normalized_weights(network)
            return gan.forward(network, x, weights=weights, masks=masks,
                               update_statistics=update_statistics,
                               reference=self.references[name])

        return apply

    def _value(self, coefficient, iteration):
        return value(coefficient, iteration, self.case.steps)

    def _critic_step(self, iteration, critic_step):
        case, penalty = self.case, self.case.penalty
        labels = [self._value(label, iteration) for label in (case.real_label, case.fake_label)]
        if penalty is not None:
            penalty = replace(penalty, weight=self._value(penalty.weight, iteration))
        inputs = at_step(case, self.arrays, self.dtype, iteration, critic_step)
        with torch.no_grad():
            fake = self._function("generator", store_power_vectors=False)(inputs.latent)
        critic = self._function("critic", store_power_vectors=True)
        penalized = penalty is not None and self.critic_step_count % penalty.every == 0

        def objective(update_statistics=False):
            on_real = critic(inputs.real, inputs.masks.get("real"), update_statistics)
            on_fake = critic(fake, inputs.masks.get("fake"), update_statistics)
            loss = gan.critic_loss(case.loss, on_real, on_fake, *labels)
            if not penalized:
                return loss, torch.zeros_like(loss)
            point = gan.penalty_point(penalty, inputs.real, fake, inputs.alpha, inputs.direction)
            masks = inputs.masks.get("penalty")
            return loss, gan.gradient_penalty(penalty, lambda x: critic(x, masks), point)

        loss, term = objective(update_statistics=True)
        self._descend("critic", iteration, loss + term, lambda: sum(objective()))
        self.losses["loss/critic"].append(loss.item())
        self.losses["loss/penalty"].append(term.item())
        self.critic_step_count += 1
        if case.constraint is not None and case.constraint.name == "clip":
            limit = self._value(case.constraint.limit, iteration)
            with torch.no_grad():
                for parameter in self.networks["critic"].parameters():
                    parameter.clamp_(-limit, limit)

    def _generator_step(self, iteration):
        case = self.case
        inputs = at_step(case, self.arrays, self.dtype, iteration)
        critic = self._function("critic", store_power_vectors=False)
        generator = self._function("generator", store_power_vectors=True)

        def objective(update_statistics=False):
            fake = generator(inputs.latent, update_statistics=update_statistics)
            if case.unrolled:
                loss = self._unrolled_loss(iteration, fake)
            else:
                loss = gan.generator_loss(case.loss, critic(fake, inputs.masks.get("generator")))
            if case.auxiliary is None:
                return loss
            real = at_step(case, self.arrays, self.dtype, iteration, 0).real
            weight = self._value(case.auxiliary.weight, iteration)
            return loss + weight * gan.mean_discrepancy(case.auxiliary.sigmas, real, fake)

        loss = objective(update_statistics=True)
        self._descend("generator", iteration, loss, objective)
        self.losses["loss/generator"].append(loss.item())
        if self.average is not None:
            decay = self._value(case.average_decay, iteration)
            for key, value in self._values("generator").items():
                self.average[key] = decay * self.average[key] + (1 - decay) * value

    def _unrolled_loss(self, iteration, fake):
        """Minus the critic's loss on the generator's batch after the critic's next steps."""
        case = self.case
        real = generator_batch(case, self.arrays, self.dtype, iteration)

        def later(coefficient, k):
            step = self.critic_step_count + k - 1
            return self._value(coefficient, min(step // case.critic_steps, case.steps - 1))

        def loss(network, k, penalized=True):
            critic = self._function("critic", store_power_vectors=False, network=network)
            inputs = unrolled_inputs(case, self.arrays, self.dtype, iteration, k)
            value = gan.critic_loss(
                case.loss, critic(real, inputs.masks.get("real")),
                critic(fake, inputs.masks.get("fake")),
                later(case.real_label, k), later(case.fake_label, k))
            penalty = case.penalty
            step = self.critic_step_count + k - 1
            if penalty is None or not penalized or step % penalty.every != 0:
                return value
            penalty = replace(penalty, weight=later(penalty.weight, k))
            point = gan.penalty_point(penalty, real, fake, inputs.alpha, inputs.direction)
            if not point.requires_grad:
                point = point.clone().requires_grad_()
            (slope,) = torch.autograd.grad(
                critic(point, inputs.masks.get("penalty")).sum(), point, create_graph=True)
            return value + gan.penalty_value(penalty, slope)

        def limit(k):
            clips = case.constraint is not None and case.constraint.name == "clip"
            return later(case.constraint.limit, k) if clips else None

        return -loss(unrolled.answered(case, self, loss, limit), case.unrolled + 1, penalized=False)

    def _descend(self, player, iteration, total, objective):
        network = self.networks[player]
        self.optimizers[player].zero_grad()
        total.backward(inputs=list(network.parameters()))
        for key, parameter in network.named_parameters():
            if f"gradient/{player}.{key}" not in self.outputs:
                self.outputs[f"gradient/{player}.{key}"] = parameter.grad.numpy().copy()
        if self.inspect is not None:
            named = {f"{player}.{key}": value for key, value in network.named_parameters()}
            self.inspect(player, iteration, named, objective)
        self.optimizers[player].step()


def train(case, arrays, dtype=None, inspect=None):
    """Outputs of the case on the `initial/` and `input/` arrays, computed in `dtype`."""
    return Trainer(case, arrays, dtype or case.dtype, inspect).run()
