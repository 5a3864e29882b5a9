"""The loop of the games: alternating, simultaneous or extragradient steps, with lookahead.

A step's view `s` has what losses and penalties read: `real`, `fake` (a constant in the critic's step),
`second` (further fakes), `latent`, `critic`, `generate`, `draw` (random inputs by stream), `loss`,
`losses` and `parameters` (by player), `networks` (the player's), `attached` (the same view with fakes
that are differentiable), `state` (numbers kept over steps), `updates` (their next values) and
`constant(key, tensor)`, the tensor's value at the step's weights.
"""

from types import SimpleNamespace

import numpy as np
import torch

import reference_gan as gan
from game_inputs import picker
from reference_critics import Critic, make_networks
from reference_objectives import loss_value
from reference_optimizers import clip_gradients, make_optimizer
from reference_penalties import GENERATOR_PARTS, penalty_terms
from training_schedules import value

PLAYERS = ("critic", "generator")


class Play:
    """Two players and their state; `inspect` as in reference_training.py."""

    def __init__(self, case, arrays, dtype, inspect=None):
        self.case, self.arrays, self.dtype, self.inspect = case, arrays, dtype, inspect
        self.networks = {
            player: {name: network.to(dtype) for name, network in networks.items()}
            for player, networks in make_networks(case).items()}
        self._load()
        self.players = [player for player in PLAYERS if self.networks[player]]
        self.optimizers = {
            player: make_optimizer(case, player, list(self._named(player).values()))
            for player in self.players}
        self.slow = self._values()
        self.counts = dict.fromkeys(PLAYERS, 0)
        self.state = {}
        self.outputs = {}
        self.losses = {}

    def _load(self):
        for networks in self.networks.values():
            for name, network in networks.items():
                for key, tensor in network.state_dict().items():
                    tensor.copy_(torch.tensor(self.arrays[f"initial/{name}.{key}"], dtype=self.dtype))

    def _named(self, player):
        return {f"{name}.{key}": parameter for name, network in self.networks[player].items()
                for key, parameter in network.named_parameters()}

    def _values(self):
        return {key: parameter.detach().clone() for player in self.players
                for key, parameter in self._named(player).items()}

    def run(self):
        """Plays to the end; returns the arrays that the case's file adds to its inputs."""
        iterate = {"alternating": self._alternate, "simultaneous": self._step_together,
                   "extragradient": self._extrapolate}[self.case.play]
        for iteration in range(self.case.steps):
            iterate(iteration)
            self._look_back(iteration + 1)
        for name, values in self.losses.items():
            rows = np.array(values).reshape(self.case.steps, -1)
            self.outputs[f"loss/{name}"] = rows[:, 0] if rows.shape[1] == 1 else rows
        for key, final in self._values().items():
            self.outputs[f"final/{key}"] = final.numpy()
        for key, number in self.state.items():
            if not key.endswith(".steps"):
                self.outputs[f"final/{key}"] = np.array(number)
        precision = next(iter(self.arrays.values())).dtype
        return {name: np.array(array, dtype=precision, order="C")
                for name, array in self.outputs.items()}

    def _alternate(self, iteration):
        for inner in range(self.case.critic_steps if "critic" in self.players else 0):
            self._differentiate("critic", iteration, inner)
            self._move("critic")
        self._differentiate("generator", iteration, None)
        self._move("generator")

    def _step_together(self, iteration):
        for player in self.players:
            self._differentiate(player, iteration, 0)
        for player in self.players:
            self._move(player)

    def _extrapolate(self, iteration):
        """Both players step ahead, and then from where they were along the gradients found there."""
        start = self._values()
        self._step_together(iteration)
        for player in self.players:
            self._differentiate(player, iteration, 1)
        self._set(start)
        for player in self.players:
            self._move(player)

    @torch.no_grad()
    def _set(self, values):
        for player in self.players:
            for key, parameter in self._named(player).items():
                parameter.copy_(values[key])

    def _look_back(self, count):
        lookahead = self.case.lookahead
        if lookahead and count % lookahead["every"] == 0:
            fast = self._values()
            self.slow = {key: slow + lookahead["step"] * (fast[key] - slow)
                         for key, slow in self.slow.items()}
            self._set(self.slow)

    def _differentiate(self, player, iteration, inner):
        """Puts the gradients at the present weights in place, and the step into the records."""
        constants = {}
        s = self._view(player, iteration, inner, constants)
        loss, term = self._objective(player, iteration, s)
        named = self._named(player)
        self.optimizers[player].zero_grad()
        (loss + term).backward(inputs=list(named.values()))
        for key, parameter in named.items():
            if f"gradient/{key}" not in self.outputs:
                self.outputs[f"gradient/{key}"] = parameter.grad.numpy().copy()
        self.losses.setdefault(player, []).append(loss.item())
        if player == "critic" or self._generator_has_terms():
            name = "penalty" if player == "critic" else "generatorPenalty"
            self.losses.setdefault(name, []).append(term.item())
        if self.inspect is not None:
            self.inspect(player, iteration, named, lambda: sum(self._objective(
                player, iteration, self._view(player, iteration, inner, constants))))
        self.state |= s.updates
        self.counts[player] += 1

    def _generator_has_terms(self):
        own = any(penalty["preset"] in GENERATOR_PARTS for penalty in self.case.penalties)
        return own or bool(self.case.generator_penalties)

    def _objective(self, player, iteration, s):
        weight_of = lambda coefficient: value(coefficient, iteration, self.case.steps)
        loss = loss_value(player, s.loss, s)
        # Both half-steps of a look ahead are one step to penalties that are applied every few steps.
        step = iteration if self.case.play == "extragradient" else self.counts[player]
        return loss, penalty_terms(player, self.case, step, s, weight_of)

    def _move(self, player):
        parameters = list(self._named(player).values())
        clip_gradients(self.case.gradient_clipping.get(player), parameters)
        self.optimizers[player].step()

    def _view(self, player, iteration, inner, constants):
        case = self.case
        draw = picker(case, self.arrays, self.dtype, iteration, inner)
        real_draw = picker(case, self.arrays, self.dtype, iteration, 0 if inner is None else inner)
        who = "generator" if inner is None else "critic"
        noise = value(case.noise, iteration, case.steps)
        generate = lambda z: gan.forward(self.networks["generator"]["generator"], z)
        s = SimpleNamespace(
            real=real_draw("real"), latent=draw(f"latent/{who}"), generate=generate, draw=draw,
            critic=Critic(self.networks["critic"]), networks=self.networks[player],
            loss=case.side(player), losses={name: case.side(name) for name in self.players},
            parameters={name: list(self._named(name).values()) for name in self.players},
            state=self.state, updates={},
            constant=lambda key, tensor: constants.setdefault(key, tensor.detach()))
        s.fake, s.second = generate(s.latent), None
        if f"input/latent/{who}/second" in self.arrays:
            s.second = generate(draw(f"latent/{who}/second"))
        if noise != 0:
            s.real = s.real + noise * real_draw("noise/critic/real")
            s.fake = s.fake + noise * draw(f"noise/{who}/fake")
        s.attached = SimpleNamespace(**vars(s))
        if player == "critic":
            s.fake = s.fake.detach()
            s.second = None if s.second is None else s.second.detach()
        return s


def play(case, arrays, dtype=None, inspect=None):
    """Outputs of the case on the `initial/` and `input/` arrays, computed in `dtype`."""
    return Play(case, arrays, dtype or case.dtype, inspect).run()
