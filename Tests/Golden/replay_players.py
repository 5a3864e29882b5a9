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

    A batch of the step is passed through once, under the name it has in `batches`. Other points belong to
    the term at hand, whose `stream` names their pass; without one they are a batch at which a loss takes
    the slope. What a step does not read is None, and the critic gives NaN for it.
    """

    def __init__(self, functions, batches):
        self.functions, self.batches = functions, batches
        self.stream = None
        self.known = {}
        self.codes = []

    def score(self, x):
        return self.embed(x).flatten()

    def embed(self, x):
        if x is None:
            return torch.full((1, 1), torch.nan, dtype=torch.float64)
        return self._respond(x).output

    def decode(self, code):
        name, records = next((name, records) for known, name, records in self.codes if known is code)
        return self.functions["critic.decoder"](code, name, records)

    def projections(self, x):
        seen = self._respond(x)
        batch, positions, width = seen.local.shape
        local = self.functions["critic.local"](
            seen.local.reshape(batch * positions, width), seen.name, seen.records)
        whole = self.functions["critic.global"](seen.whole, seen.name, seen.records)
        return local.reshape(batch, positions, -1), whole

    def _respond(self, x):
        for name, batch in self.batches.items():
            if batch is x:
                if name not in self.known:
                    self.known[name] = self._evaluate(x, name, True)
                return self.known[name]
        return self._evaluate(x, self.stream or self._place(x), False)

    def _place(self, x):
        """The name of the batch whose numbers these are."""
        return next(name for name, batch in self.batches.items()
                    if batch is not None and batch.data_ptr() == x.data_ptr())

    def _evaluate(self, x, name, records):
        # A second batch of fakes is no batch of the running statistics.
        records = records and not name.endswith("second")
        output, local, whole = self.functions["critic"].with_features(x, name, records)
        self.codes.append((output, name, records))
        return SimpleNamespace(output=output, local=local, whole=whole, name=name, records=records)
