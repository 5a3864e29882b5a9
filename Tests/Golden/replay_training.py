"""The steps of a trace, repeated in PyTorch in double precision."""

import re
from types import SimpleNamespace

import torch

from replay_networks import Player
from replay_objectives import auxiliary_sum, loss_value, penalty_sum
from replay_unrolled import unrolled_loss
from training_schedules import Ramp, Steps, value

MOMENTS = {"exp_avg": "first", "exp_avg_sq": "second", "square_avg": "second",
           "momentum_buffer": "velocity"}


def coefficient(setting):
    """A number, or a schedule, from its entry in a configuration."""
    if setting["name"] == "constant":
        return setting["value"]
    if setting["name"] == "steps":
        return Steps(tuple(setting["values"]), tuple(setting["at"]))
    return Ramp(setting["name"], setting["from"], setting["to"], setting["begin"], setting["end"])


def critic_steps(setting, step):
    """How many critic steps there are before generator step `step`."""
    if setting["name"] == "constant":
        return setting["steps"]
    is_burst = step < setting["first"] or step % setting["every"] == 0
    return setting["burst"] if is_burst else setting["steps"]


def optimizer(setting, parameters):
    """torch.optim's optimizer of an entry; its rate is set before each step."""
    own = list(parameters.values())
    name = setting["name"]
    if name == "adam":
        betas = (setting["beta1"], setting["beta2"])
        return torch.optim.Adam(own, betas=betas, eps=setting["epsilon"])
    if name == "rmsprop":
        return torch.optim.RMSprop(own, alpha=setting["alpha"], eps=setting["epsilon"])
    if name == "sgd":
        return torch.optim.SGD(own, lr=0.0, momentum=setting["momentum"])
    raise ValueError(f"no optimizer '{name}'")


def latents(setting, draw):
    """The generator's inputs from the numbers that a stream gave."""
    kind = setting["distribution"]
    if kind == "uniform":
        return 2 * draw - 1
    if kind == "sphere":
        return draw / draw.norm(dim=1, keepdim=True)
    if kind == "truncated":
        half = torch.erf(torch.tensor(setting["bound"] / 2**0.5, dtype=torch.float64))
        return 2**0.5 * torch.erfinv(half * (2 * draw - 1))
    return draw


class Replay:
    """Two players, trained on the inputs of a trace; `outputs` collects arrays by the trace's names."""

    def __init__(self, configuration, texts, arrays):
        self.configuration = configuration
        self.arrays = {name: torch.as_tensor(array).double() for name, array in arrays.items()}
        initial = self._below("initial/")
        self.players = {
            name: Player(name, texts[name], configuration[name]["constraint"], initial)
            for name in ("generator", "critic")}
        self.settings = {
            name: (configuration[name]["optimizer"] or [configuration["optimizer"]])[0]
            for name in self.players}
        self.optimizers = {name: optimizer(self.settings[name], player.parameters())
                           for name, player in self.players.items()}
        self.average = {name: array for name, array in initial.items() if name.startswith("average.")}
        self.critic_count = 0
        self.outputs = {}

    def _below(self, prefix):
        return {name.removeprefix(prefix): array.clone() for name, array in self.arrays.items()
                if name.startswith(prefix)}

    def run(self, steps):
        for step in range(steps):
            programs = sorted({int(match[1]): match[2] for name in self.arrays if (
                match := re.match(rf"step/{step}/(\d+)\.([^/]+)/", name))}.items())
            wanted = ["critic"] * self._critic_steps(step)
            if [name for _, name in programs] != wanted + ["generator"]:
                raise ValueError(f"step {step} has the programs {programs}")
            for number, player in programs:
                self._play(player, step, f"step/{step}/{number}.{player}/")
        self._record_final()
        return {name: array.detach().numpy() for name, array in self.outputs.items()}

    def _play(self, player, step, prefix):
        configuration, inputs = self.configuration, self._below(f"{prefix}input/")
        functions = {name: other.function(inputs, self.rates(step), is_own_step=name == player)
                     for name, other in self.players.items()}

        def score(x, pass_name, records=True):
            return functions["critic"](x, pass_name, records).flatten()

        fake = functions["generator"](
            latents(configuration["latent"], inputs[f"latent/{player}"]), player)
        s = SimpleNamespace(
            real=inputs.get(f"data/{player}"), critic=SimpleNamespace(score=score),
            fake=fake.detach() if player == "critic" else fake, draw=inputs.__getitem__,
            value=lambda setting: self.value(setting, step))
        if player == "generator" and configuration["train"]["unroll"]:
            loss = unrolled_loss(self, step, inputs, s.real, s.fake, self._critic_steps)
        else:
            loss = loss_value(player, configuration, s)
        if player == "critic":
            penalty = penalty_sum(configuration, self.critic_count, s)
            self.outputs[f"{prefix}output/critic/penalty"] = penalty
            total = loss + penalty
            self.critic_count += 1
        else:
            loss = total = loss + auxiliary_sum(configuration, s)
        self.outputs[f"{prefix}output/{player}/loss"] = loss
        self._descend(player, total, step, prefix)

    def _critic_steps(self, step):
        return critic_steps(self.configuration["train"]["criticSteps"], step)

    def rates(self, step):
        """The probabilities of dropout that change over training, by the network's name."""
        settings = {name: self.configuration[name]["dropout"] for name in self.players}
        return {name: self.value(setting, step) for name, setting in settings.items()
                if setting["name"] != "constant"}

    def bound(self, player, step):
        """The bound to which a player's parameters are clipped, or None."""
        constraint = self.configuration[player]["constraint"]
        return self.value(constraint["bound"], step) if constraint["name"] == "clipping" else None

    def value(self, setting, step):
        """The number that a coefficient's entry is in a generator step."""
        return value(coefficient(setting), step, self.configuration["train"]["steps"])

    def _descend(self, player, total, step, prefix):
        parameters = self.players[player].parameters()
        gradients = torch.autograd.grad(
            total, list(parameters.values()), materialize_grads=True)
        for (name, parameter), gradient in zip(parameters.items(), gradients):
            self.outputs[f"{prefix}gradient/{name}"] = gradient
            # Where a derivative is zero but for rounding, as of a bias before batch norm, Adam makes
            # steps of rounding errors: it is given the trace's.
            parameter.grad = self.arrays[f"{prefix}gradient/{name}"].clone()
        for group in self.optimizers[player].param_groups:
            group["lr"] = self.value(self.settings[player]["rate"], step)
        self.optimizers[player].step()
        self._constrain(player, parameters, step)
        if player == "generator":
            self._average(step)

    @torch.no_grad()
    def _constrain(self, player, parameters, step):
        bound = self.bound(player, step)
        if bound is not None:
            for parameter in parameters.values():
                parameter.clamp_(-bound, bound)

    @torch.no_grad()
    def _average(self, step):
        decay = self.value(self.configuration["generator"]["average"], step)
        trained = self.players["generator"].parameters()
        for name, new in self.players["generator"].states().items():
            if f"average.{name}" in self.average:
                old = self.average[f"average.{name}"]
                moved = decay * old + (1 - decay) * new if name in trained else new
                self.average[f"average.{name}"] = moved.clone()

    def _record_final(self):
        for name, player in self.players.items():
            states = player.states()
            for key, parameter in player.parameters().items():
                for moment, array in self.optimizers[name].state[parameter].items():
                    if moment in MOMENTS and array is not None:
                        states[f"optimizer.{key}.{MOMENTS[moment]}"] = array
            self.outputs |= {f"final/{key}": array.clone() for key, array in states.items()}
        self.outputs |= {f"final/{key}": array for key, array in self.average.items()}
