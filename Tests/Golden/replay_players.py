"""A trace's players: their networks, and a critic as the reference functions ask it."""

from types import SimpleNamespace

import torch

from replay_networks import ConstrainedNetwork
from torch_modules import build

PARTS = ("decoder", "local", "global")


def split(text):
    """The texts of a player's networks by their part's name, '' for the player's own."""
    lines = {}
    for line in text.splitlines():
        part = line.split(".", 1)[0]
        is_part = part in PARTS
        lines.setdefault(part if is_part else "", []).append(
            line.removeprefix(f"{part}.") if is_part else line)
    return {part: "\n".join(own) for part, own in lines.items()}


class Player:
    """A player's networks by their full names."""

    def __init__(self, name, text, initial):
        self.name = name
        texts = split(text)
        names = {f"{name}.{part}" if part else name: own for part, own in texts.items()}
        self.networks = {
            full: ConstrainedNetwork(full, build(own), self._states(full, names, initial))
            for full, own in names.items()}

    @staticmethod
    def _states(name, names, initial):
        """The states below a name, without those of longer names."""
        longer = tuple(f"{other}." for other in names if other.startswith(f"{name}."))
        return {key.removeprefix(f"{name}."): value for key, value in initial.items()
                if key.startswith(f"{name}.") and not key.startswith(longer)}

    def parameters(self):
        """The trained states by their full names."""
        return {key: value for network in self.networks.values()
                for key, value in network.parameters().items()}

    def states(self):
        """All states by their full names."""
        return {key: value for network in self.networks.values()
                for key, value in network.states().items()}

    def functions(self, inputs, rates, is_own_step):
        """The networks in one step of the trace; in their own step they store statistics and vectors."""
        return {name: network.function(inputs, rates, is_own_step)
                for name, network in self.networks.items()}


class CriticInStep:
    """The critic as losses and penalties ask it in one step, which gives each pass its name.

    A batch of the step is passed through once, under the name it has in `batches`; in the critic's own
    step that is done in their order, in which running statistics take them in. Other points belong to
    the term at hand, whose `stream` names their pass; without one they are a batch at which a loss takes
    the slope. What a step does not read is None, and the critic gives NaN for it.
    """

    def __init__(self, functions, batches, is_own_step):
        self.functions, self.batches = functions, batches
        self.stream = None
        self.responses = []
        self.known = {name: self._evaluate(batch, name, records=not name.endswith("second"))
                      for name, batch in batches.items() if is_own_step and batch is not None}

    def score(self, x):
        return self.embed(x).flatten()

    def embed(self, x):
        if x is None:
            return torch.full((1, 1), torch.nan, dtype=torch.float64)
        return self._respond(x).output

    def decode(self, code):
        return next(seen.decoded for seen in self.responses if seen.output is code)

    def projections(self, x):
        seen = self._respond(x)
        return seen.local, seen.whole

    def _respond(self, x):
        for name, batch in self.batches.items():
            if batch is x:
                if name not in self.known:
                    self.known[name] = self._evaluate(x, name)
                return self.known[name]
        return self._evaluate(x, self.stream or self._place(x))

    def _place(self, x):
        """The name of the batch whose numbers these are."""
        return next(name for name, batch in self.batches.items()
                    if batch is not None and batch.data_ptr() == x.data_ptr())

    def _evaluate(self, x, name, records=False):
        def part(key, x):
            return self.functions[f"critic.{key}"](x, name, records)

        output, local, whole = self.functions["critic"].with_features(x, name, records)
        seen = SimpleNamespace(output=output)
        if "critic.decoder" in self.functions:
            seen.decoded = part("decoder", output)
        if "critic.local" in self.functions:
            batch, positions, width = local.shape
            projected = part("local", local.reshape(batch * positions, width))
            seen.local = projected.reshape(batch, positions, -1)
            seen.whole = part("global", whole)
        self.responses.append(seen)
        return seen
