"""One step of a trace as a player's objectives see it: the view `s` of reference_play.py."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import torch

from replay_objectives import loss_of
from replay_players import CriticInStep


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


@dataclass
class Step:
    """What a step of a player consists of.

    `owner` is the player after whom its batches are named, `inputs` are the program's, `functions` and
    `parameters` all networks as functions and what is trained of each player; `value` gives that of a
    coefficient, `state` the numbers that objectives remember.
    """

    configuration: dict
    player: str
    owner: str
    inputs: dict
    functions: dict
    networks: dict
    parameters: dict
    value: object
    state: dict
    updates: dict = field(default_factory=dict)

    def view(self, fake, is_live):
        """The step on the generator's batch `fake`, which is a constant but where it `is_live`."""
        s = self._view(fake, is_live, self.player == "critic" and not is_live)
        s.attached = self._view(fake, True, False)
        s.attached.updates = {}
        return s

    def fake(self):
        return self.functions["generator"](self._latent(f"latent/{self.owner}"), self.owner)

    def _latent(self, stream):
        """The numbers of a stream as latents; NaN where the generator does not read them."""
        setting = self.configuration["latent"]
        unread = torch.full((self.configuration["train"]["batch"], setting["size"]), torch.nan,
                            dtype=torch.float64)
        return latents(setting, self.inputs.get(stream, unread))

    def _view(self, fake, is_live, is_own_step):
        def held(x):
            return x if is_live or x is None else x.detach()

        real = self.inputs.get(f"data/{self.owner}")
        s = SimpleNamespace(
            plain=SimpleNamespace(real=real, fake=fake), real=self._noisy(real, "real"),
            fake=held(self._noisy(fake, "fake")), second=held(self._second()),
            latent=self._latent(f"latent/{self.owner}"), draw=self.inputs.__getitem__,
            networks=self.networks, parameters=self.parameters, value=self.value,
            losses={name: loss_of(name, self.configuration, self.value)
                    for name in ("critic", "generator") if self.parameters[name]},
            state=self.state, updates=self.updates,
            constant=lambda key, tensor: tensor.detach())
        s.loss = s.losses.get("critic")
        batches = {"real": s.real, "fake": s.fake, "second": s.second}
        if self.owner == "generator":
            batches = {"generator/real": s.real, "generator": s.fake, "generator/second": s.second}
        s.critic = CriticInStep(self.functions, batches, is_own_step)
        s.generate = lambda z: self.functions["generator"](z, s.critic.stream, False)

        def with_stream(stream, regenerates):
            """The same view for a term whose passes have a name; it may make its fakes anew."""
            s.critic.stream = stream
            return SimpleNamespace(**vars(s) | {"fake": held(s.generate(s.latent))}) \
                if regenerates else s

        s.with_stream = with_stream
        return s

    def _second(self):
        stream = f"latent/{self.owner}/second"
        if stream not in self.inputs:
            return None
        samples = self.functions["generator"](
            self._latent(stream), f"{self.owner}/second", False)
        return self._noisy(samples, "second")

    def _noisy(self, x, side):
        """Samples as the critic sees them; None where the step does not read them."""
        setting, stream = self.configuration["train"]["noise"], f"noise/{self.owner}/{side}"
        has_noise = setting != {"name": "constant", "value": 0.0} and self.parameters["critic"]
        if x is None or (has_noise and stream not in self.inputs):
            return None
        return x + self.value(setting) * self.inputs[stream] if has_noise else x
