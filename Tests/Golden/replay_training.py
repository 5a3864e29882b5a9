"""The steps of a trace, repeated in PyTorch in double precision."""

import re
from types import SimpleNamespace

import torch

from reference_objectives import loss_value
from reference_optimizers import clip_gradients, make_optimizer
from replay_objectives import auxiliary_sum, penalty_sum
from replay_players import Player
from replay_steps import Step
from replay_unrolled import unrolled_loss
from training_schedules import Ramp, Steps, value

MOMENTS = {"exp_avg": "first", "exp_avg_sq": "second", "square_avg": "second",
           "momentum_buffer": "velocity", "direction": "direction"}
#: What the states of objectives begin with.
REMEMBERED = ("loss.", "penalty.")


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
    """The optimizer of an entry; its rate is set before each step."""
    own = list(parameters.values())
    name = setting["name"]
    if name == "adam":
        betas = (setting["beta1"], setting["beta2"])
        return torch.optim.Adam(own, betas=betas, eps=setting["epsilon"])
    if name == "rmsprop":
        return torch.optim.RMSprop(own, alpha=setting["alpha"], eps=setting["epsilon"])
    if name == "sgd":
        return torch.optim.SGD(own, lr=0.0, momentum=setting["momentum"])
    return make_optimizer(
        SimpleNamespace(optimizers={"own": setting | {"rate": 0.0}}), "own", own)


class Replay:
    """Two players, trained on the inputs of a trace; `outputs` collects arrays by the trace's names."""

    def __init__(self, configuration, texts, arrays):
        self.configuration = configuration
        self.play = configuration["train"]["play"]
        self.arrays = {name: torch.as_tensor(array).double() for name, array in arrays.items()}
        initial = self._below("initial/")
        self.players = {name: Player(name, texts[name], initial)
                        for name in ("critic", "generator")}
        self.settings = {
            name: (configuration[name]["optimizer"] or [configuration["optimizer"]])[0]
            for name in self.players}
        self.optimizers = {name: optimizer(self.settings[name], player.parameters())
                           for name, player in self.players.items() if player.networks}
        self.average = {name: array for name, array in initial.items() if name.startswith("average.")}
        self.state = {name: array.item() for name, array in initial.items()
                      if name.startswith(REMEMBERED)}
        self.slow, self.start = self.weights(), self.weights()
        self.counts = {"critic": 0, "generator": 0}
        self.outputs = {}

    def _below(self, prefix):
        return {name.removeprefix(prefix): array.clone() for name, array in self.arrays.items()
                if name.startswith(prefix)}

    def weights(self):
        """The values of what optimizers train."""
        return {key: value.detach().clone() for player in self.players.values()
                for key, value in player.parameters().items()}

    def parameter_lists(self):
        """What is trained of each player."""
        return {name: list(player.parameters().values()) for name, player in self.players.items()}

    def run(self, steps):
        for step in range(steps):
            programs = sorted({int(match[1]): match[2] for name in self.arrays if (
                match := re.match(rf"step/{step}/(\d+)\.([^/]+)/", name))}.items())
            wanted = self._programs(step)
            if [name for _, name in programs] != wanted:
                raise ValueError(f"step {step} has the programs {programs}, not {wanted}")
            for position, (number, name) in enumerate(programs):
                is_correction = self.play == "extragradient" and position == 1
                self._play(name, step, f"step/{step}/{number}.{name}/", is_correction)
            self._look_back(step + 1)
        self._record_final()
        return {name: torch.as_tensor(array).detach().numpy()
                for name, array in self.outputs.items()}

    def _programs(self, step):
        """The names of a step's programs."""
        if self.play == "alternating":
            return ["critic"] * self.critic_steps(step) + ["generator"]
        together = "generator+critic" if self.players["critic"].networks else "generator"
        return [together] * (2 if self.play == "extragradient" else 1)

    def critic_steps(self, step):
        """The number of critic steps before the generator's."""
        setting = self.configuration["train"]["criticSteps"]
        return critic_steps(setting, step) if self.players["critic"].networks else 0

    def _play(self, program, step, prefix, is_correction):
        """Both gradients at the weights as they are, then the steps."""
        moving = [name for name in self.players if name in program.split("+")]
        updates = {}
        for player in moving:
            updates |= self._differentiate(player, program, step, prefix)
        self.state |= updates
        if self.play == "extragradient" and not is_correction:
            self.start = self.weights()
        if is_correction:
            self._set(self.start)
        for player in moving:
            self._move(player, step)
            for network in self.players[player].networks.values():
                network.end_step()
            self.counts[player] += 1
        if "generator" in moving and (is_correction or self.play != "extragradient"):
            self._average(step)

    def _differentiate(self, player, program, step, prefix):
        """Puts gradients in place and the step into the outputs; returns what objectives remember."""
        inputs, rates = self._below(f"{prefix}input/"), self.rates(step)
        functions = {key: function for name, other in self.players.items() for key, function in
                     other.functions(inputs, rates, is_own_step=name == player).items()}
        own = Step(
            self.configuration, player, "generator" if program == "generator" and
            self.play == "alternating" else "critic", inputs, functions,
            {name: network.network for name, network in self.players[player].networks.items()},
            self.parameter_lists(), lambda setting: self.value(setting, step), self.state)
        fake = own.fake()
        s = own.view(fake, is_live=player == "generator")
        if player == "generator" and self.configuration["train"]["unroll"]:
            loss = unrolled_loss(self, step, inputs, fake)
        else:
            loss = loss_value(player, s.losses[player], s)
        # Both half-steps of a look ahead are one step to penalties that are applied every few steps.
        number = step if self.play == "extragradient" else self.counts[player]
        penalty = penalty_sum(player, self.configuration, number, s)
        if player == "critic":
            self.outputs[f"{prefix}output/critic/penalty"] = penalty
        else:
            loss = loss + auxiliary_sum(self.configuration, s) + penalty
        self.outputs[f"{prefix}output/{player}/loss"] = loss
        total = loss + penalty if player == "critic" else loss
        parameters = self.players[player].parameters()
        gradients = torch.autograd.grad(
            total, list(parameters.values()), materialize_grads=True)
        for (name, parameter), gradient in zip(parameters.items(), gradients):
            self.outputs[f"{prefix}gradient/{name}"] = gradient
            # Where a derivative is zero but for rounding, as of a bias before batch norm, Adam makes
            # steps of rounding errors: it is given the trace's.
            parameter.grad = self.arrays[f"{prefix}gradient/{name}"].clone()
        return own.updates if player == "critic" else {}

    def rates(self, step):
        """The probabilities of dropout that change over training, by the player's name."""
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

    def _move(self, player, step):
        parameters = list(self.players[player].parameters().values())
        clipping = self.configuration[player]["gradientClipping"]
        clip_gradients(None if clipping["name"] == "none" else clipping, parameters)
        for group in self.optimizers[player].param_groups:
            if "lr" in group:
                group["lr"] = self.value(self.settings[player]["rate"], step)
        self.optimizers[player].step()
        bound = self.bound(player, step)
        if bound is not None:
            with torch.no_grad():
                for parameter in parameters:
                    parameter.clamp_(-bound, bound)

    @torch.no_grad()
    def _set(self, values):
        for player in self.players.values():
            for key, parameter in player.parameters().items():
                parameter.copy_(values[key])

    def _look_back(self, count):
        lookahead = self.configuration["train"]["lookahead"]
        if lookahead["every"] and count % lookahead["every"] == 0:
            fast = self.weights()
            self.slow = {key: slow + lookahead["step"] * (fast[key] - slow)
                         for key, slow in self.slow.items()}
            self._set(self.slow)

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
        final = {}
        for name, player in self.players.items():
            final |= player.states()
            for key, parameter in player.parameters().items():
                for moment, array in self.optimizers[name].state[parameter].items():
                    if moment in MOMENTS and array is not None:
                        final[f"optimizer.{key}.{MOMENTS[moment]}"] = array
        if self.configuration["train"]["lookahead"]["every"]:
            final |= {f"slow.{key}": value for key, value in self.slow.items()}
        if self.play == "extragradient":
            final |= {f"start.{key}": value for key, value in self.start.items()}
        final |= self.average | {key: torch.tensor(number, dtype=torch.float64)
                                 for key, number in self.state.items()}
        self.outputs |= {f"final/{key}": array.clone() for key, array in final.items()}
