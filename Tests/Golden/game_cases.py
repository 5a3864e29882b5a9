"""A training case of any loss, penalty and way of play, and its settings as experiment files have them."""

from dataclasses import dataclass, field, replace

from training_cases import SGD, Case, Optimizer
from training_schedules import Ramp, Steps, settings

#: Losses whose critic is no function from a sample to a score; None: there is no critic.
CRITICS = {
    "mmd": "embedding", "scaled-mmd": "embedding", "cramer": "embedding",
    "mmd-li": "autoencoder", "ebgan": "autoencoder", "began": "autoencoder",
    "infomax": "infomax", "moment-matching": None,
}


def entry(name, **chosen):
    """An entry of a table: its bare name, or a map of its name and settings."""
    return {"name": name} | chosen if chosen else name


def preset(name, **chosen):
    return {"preset": name} | chosen


def named(loss):
    """A loss as a map, whichever way it is written."""
    return {"name": loss} if isinstance(loss, str) else loss


def plain(table):
    """The map with its schedules as JSON values."""
    return {key: settings(value) for key, value in table.items()}


@dataclass(frozen=True)
class Game(Case):
    """Settings beyond those of `Case`; the ones it shares with them keep their defaults but for these."""

    optimizer: Optimizer = SGD
    critic_gain: float = 1.0  # on the critic's first weights
    activation: str = "tanh"
    loss: str | dict = "nonsaturating"
    critic_loss: str | dict | None = None  # in the place of `loss`
    generator_loss: str | dict | None = None
    penalties: tuple = ()
    generator_penalties: tuple = ()
    optimizers: dict = field(default_factory=dict)  # player -> entry, in the place of `optimizer`
    gradient_clipping: dict = field(default_factory=dict)  # player -> entry
    play: str = "alternating"
    lookahead: dict | None = None
    noise: object = 0.0

    def __post_init__(self):
        """Refuses what reference_play.py would not do."""
        for key in ("penalty", "constraint", "generator_constraint", "average_decay", "auxiliary",
                    "critic_dropout", "normalizers", "unrolled"):
            if getattr(self, key):
                raise ValueError(f"{self.name}: games have no {key}")
        if (self.real_label, self.fake_label) != (1.0, 0.0):
            raise ValueError(f"{self.name}: games have no labels")

    def side(self, player):
        own = self.critic_loss if player == "critic" else self.generator_loss
        return named(self.loss if own is None else own)

    @property
    def critic_kind(self):
        return CRITICS.get(self.side("critic")["name"], "score")

    @property
    def inner_steps(self):
        """Rows of the critic's inputs per iteration: critic steps, or half-steps."""
        return 2 if self.play == "extragradient" else self.critic_steps

    @property
    def is_shared(self):
        """Whether both players see one batch."""
        return self.play != "alternating"

    def settings(self):
        return super().settings() | self.side_settings() | self.play_settings()

    def side_settings(self):
        chosen = {"criticLoss": self.critic_loss, "generatorLoss": self.generator_loss}
        lists = {"penalties": self.penalties, "generatorPenalties": self.generator_penalties}
        return {key: value for key, value in chosen.items() if value is not None} \
            | {key: [plain(penalty) for penalty in value] for key, value in lists.items() if value}

    def play_settings(self):
        chosen = {f"{player}Optimizer": table for player, table in self.optimizers.items()}
        if self.gradient_clipping:
            chosen["gradientClipping"] = self.gradient_clipping
        if self.lookahead:
            chosen["lookahead"] = self.lookahead
        if self.noise != 0:
            chosen["noise"] = settings(self.noise)
        return chosen | {"play": self.play}

    def variations(self):
        """The case with one part or setting changed, by what was changed: each must end elsewhere."""
        for key in ("loss", "critic_loss", "generator_loss"):
            chosen = getattr(self, key)
            for what, other in varied(chosen) if isinstance(chosen, dict) else ():
                yield f"{key} {what}", replace(self, **{key: other})
        for key in ("penalties", "generator_penalties"):
            chosen = getattr(self, key)
            for k, penalty in enumerate(chosen):
                for what, other in varied(penalty):
                    changed = chosen[:k] + (other,) + chosen[k + 1:]
                    yield f"{key} {k} {what}", replace(self, **{key: changed})
        for key in ("optimizers", "gradient_clipping"):
            chosen = getattr(self, key)
            for player in chosen:
                rest = {name: value for name, value in chosen.items() if name != player}
                yield f"{key} {player}", replace(self, **{key: rest})
        for what, other in varied(self.lookahead or {}):
            yield f"lookahead {what}", replace(self, lookahead=other)
        if self.noise != 0:
            yield "noise", replace(self, noise=0.0)


def varied(table):
    """The table with one number moved, a schedule's held at zero, or a lazy term's at every step."""
    for key, value in table.items():
        if key == "epsilon":
            continue
        if isinstance(value, float):
            yield key, table | {key: value + 0.3}
        elif isinstance(value, dict):
            for what, other in varied(value):
                yield f"{key} {what}", table | {key: other}
        elif isinstance(value, list):
            yield key, table | {key: [number + 0.3 for number in value]}
        elif isinstance(value, (Ramp, Steps)):
            yield key, table | {key: 0.0}
        elif key in ("every", "warmup", "power", "degree") and value > 1:
            yield key, table | {key: 1}
