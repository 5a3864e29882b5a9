"""Arms of an experiment with everything that a step can be made of, from the tables of `saddle list --json`.

An entry comes with its defaults, with each of its choices, and with all its numbers moved; losses
come with every combination of their choices, and under each way of play.
"""

import itertools

#: Settings of every arm: small networks without kinks.
FIXED = {
    "data": {"name": "ring8", "sigma": 0.05},
    "optimizer": {"name": "adam", "rate": 0.01},
    **{f"{player}.{key}": value for player in ("generator", "critic")
       for key, value in (("hidden", [8, 8]), ("activation", "tanh"))},
    "train": {"steps": 20, "batch": 6},
    "evaluate": {"points": 1, "samples": 64, "reference": 64},
}
#: The settings of perceptrons at the defaults, where networks of other forms have no use for them.
NO_HIDDEN = {f"{player}.hidden": [64, 64] for player in ("generator", "critic")}
IMAGES = NO_HIDDEN | {
    "data": {"name": "glyphs", "size": 16}, "generator.output": "tanh",
    "generator.architecture": {"name": "dcgan", "width": 2},
    "critic.architecture": {"name": "dcgan", "width": 2},
}
PLAYS = ("simultaneous", "extragradient")
#: Tables of what is done before or after the steps.
OUTSIDE = ("data set", "initializer", "features", "metric", "metric kernel")
#: Penalties that are on weights, and so either player's.
OF_WEIGHTS = ("l2", "orthogonal")
#: Penalties with numbers that they remember, or with terms in both players' losses.
ACROSS_STEPS = ("sobolev", "fisher", "lecam", "zcr", "consensus")
#: Values where a default is too large to be of any effect in a few steps, or where there is none.
GIVEN = {
    "warmup": 2, "first": 1, "burst": 3, "depth": 0, "width": 3, "dimensions": 5, "code": 3,
    "groups": 2, "samples": 4, "channels": 4, "outputs": 4, "shape": [4, 4, 9], "value": 0.02,
    "from": 0.02, "to": 0.001, "values": [0.02, 0.01], "at": [0.1], "bound": 0.05, "steps": 2,
}


class Arms:
    """The arms by name, from tables by name."""

    def __init__(self, tables):
        self.tables = {table["table"]: table for table in tables}
        self.used = set(OUTSIDE)
        self.arms = {}

    def entries(self, table):
        self.used.add(table)
        return {entry["name"]: entry for entry in self.tables[table]["entries"]}

    def add(self, name, settings):
        name = name.replace("_", "-")
        if name in self.arms:
            raise ValueError(f"two arms '{name}'")
        self.arms[name] = settings

    def unused(self):
        """Tables from which nothing was taken: a new one wants arms, or a place in OUTSIDE."""
        return sorted(self.tables.keys() - self.used)

    def base(self, table, entry):
        """An entry with what it must be given."""
        selector = self.tables[table]["selector"] or "name"
        return {selector: entry["name"]} | {
            parameter["name"]: GIVEN[parameter["name"]] for parameter in entry["parameters"]
            if parameter["required"]}

    def options(self, parameter):
        """What a setting can be instead of its default, where that is one of several words."""
        kind, default = parameter["type"], parameter["default"]
        if kind["type"] == "choice":
            return [option for option in kind["of"] if option != default]
        if kind["type"] == "boolean":
            return [not default]
        if kind["type"] == "entry" and kind["of"] in ("kernel", "transform"):
            name = default if isinstance(default, str) else default["name"]
            # Transforms of images have arms of their own.
            return [option for option in self.entries(kind["of"])
                    if option not in (name, "flip-shift")]
        return []

    def variants(self, table, entry, combines=False):
        """(suffix of the name, value) of an entry: defaults, choices, moved numbers."""
        base = self.base(table, entry)
        yield "", base
        chosen = [(parameter["name"], [parameter["default"], *self.options(parameter)])
                  for parameter in entry["parameters"] if self.options(parameter)]
        if combines:
            for values in itertools.product(*(values for _, values in chosen)):
                given = {name: value for (name, options), value in zip(chosen, values)
                         if value != options[0]}
                if given:
                    yield suffix(given), base | given
        elif entry["presetOf"] is None:
            for name, values in chosen:
                for value in values[1:]:
                    yield suffix({name: value}), base | {name: value}
        numbers = {parameter["name"]: moved(parameter) for parameter in entry["parameters"]
                   if not parameter["required"]}
        numbers = {name: value for name, value in numbers.items() if value is not None}
        if numbers:
            yield "-moved", base | numbers


def suffix(given):
    return "".join(f"-{name}-{value}" for name, value in given.items()).lower()


def moved(parameter):
    """Another value for a setting that is a number or several; None for others."""
    name, kind, default = parameter["name"], parameter["type"], parameter["default"]

    def other(number):
        """Far enough for an effect, and within every range of which 0 or 1 is the end."""
        if number == 0:
            return 0.1
        return number * (1e4 if number < 1e-3 else 0.7)

    if kind["type"] == "integer":
        if name in GIVEN:
            return GIVEN[name]
        return default + 1 if kind["maximum"] is None or default < kind["maximum"] else default - 1
    if kind["type"] == "real":
        return other(default)
    if kind["type"] == "list" and default is not None:
        return [other(number) for number in default]
    if kind["type"] == "entry" and kind["of"] == "schedule":
        return {"name": "linear", "from": other(default), "to": other(default) / 2, "end": 0.5}
    return None


def all_arms(tables):
    """Settings by the names of arms, and the names of tables that were left out."""
    arms = Arms(tables)
    add_losses(arms)
    add_penalties(arms)
    add_optimizers(arms)
    add_play(arms)
    add_networks(arms)
    return arms.arms, arms.unused()


def small(arms, table, entry):
    """An entry with sizes that suit a small network."""
    sizes = {parameter["name"]: GIVEN[parameter["name"]] for parameter in entry["parameters"]
             if parameter["name"] in ("dimensions", "code")}
    return arms.base(table, entry) | sizes


def add_losses(arms):
    for name, entry in arms.entries("loss").items():
        for end, value in arms.variants("loss", entry, combines=True):
            # The numbers of f-GANs are each a single divergence's.
            if (name, end) != ("f-gan", "-moved"):
                arms.add(f"loss-{name}{end}", {"loss": small(arms, "loss", entry) | value})
        loss = {"loss": small(arms, "loss", entry)}
        # Batches of noise, and both players at once.
        for play in PLAYS:
            noise = {} if name == "moment-matching" else {"train.noise": 0.2}
            arms.add(f"loss-{name}-{play}", loss | noise | {"train.play": play})
        arms.add(f"loss-{name}-images", loss | IMAGES)
        if name == "moment-matching":
            continue
        arms.add(f"loss-{name}-unrolled", loss | {"train.unroll": 2})
        arms.add(f"loss-{name}-wgan-gp", loss | {"penalty": "wgan-gp"})
        arms.add(f"loss-{name}-consensus", loss | {
            "penalty": {"preset": "consensus", "weight": 0.1}, "train.play": "simultaneous"})
    for setting, divergence, value in (("share", "weighted-jensen-shannon", 0.3),
                                       ("alpha", "alpha", 2.0), ("alpha", "alpha", -0.5)):
        arms.add(f"loss-f-gan-{setting}-{value}", {
            "loss": {"name": "f-gan", "divergence": divergence, setting: value}})
    arms.add("loss-sides", {"critic.loss": "hinge", "generator.loss": "nonsaturating"})
    arms.add("loss-labels", {"labels.real": 0.9, "labels.fake": 0.1, "penalty": "consensus"})
    for name, entry in arms.entries("kernel").items():
        for end, value in arms.variants("kernel", entry):
            arms.add(f"kernel-{name}{end}", {"loss": {"name": "mmd", "kernel": value}})


def add_penalties(arms):
    for name, entry in arms.entries("penalty").items():
        loss = {"loss": {"name": "mmd", "dimensions": 4}} if name == "witness" else {}
        for end, value in arms.variants("penalty", entry):
            arms.add(f"penalty-{name}{end}", loss | {"penalty": value})
            if name in OF_WEIGHTS:
                arms.add(f"penalty-generator-{name}{end}", {"generator.penalty": value})
        if name in ACROSS_STEPS:
            given = {parameter["name"]: value for parameter in entry["parameters"]
                     for value in [{"rho": 0.1, "warmup": 1}.get(parameter["name"])] if value}
            for play in PLAYS:
                arms.add(f"penalty-{name}-{play}", {
                    "penalty": {"preset": name, "every": 2} | given, "train.play": play})
            if name != "consensus":
                arms.add(f"penalty-{name}-unrolled", {
                    "penalty": [{"preset": name} | given, "r1"], "train.unroll": 2})
    arms.add("penalty-list", {
        "penalty": ["r1", "wgan-gp", {"preset": "zcr", "every": 2}, "dragan"],
        "generator.penalty": ["l2", "orthogonal"], "critic.dropout": 0.2, "generator.dropout": 0.1,
        "train.noise": 0.1})
    for name, entry in arms.entries("transform").items():
        for end, value in arms.variants("transform", entry):
            arms.add(f"transform-{name}{end}", IMAGES | {
                "penalty": {"preset": "bcr", "transform": value}})
    for name, entry in arms.entries("auxiliary term").items():
        for end, value in arms.variants("auxiliary term", entry):
            arms.add(f"auxiliary-{name}{end}", {"auxiliary": value, "train.noise": 0.1})


def add_optimizers(arms):
    for name, entry in arms.entries("optimizer").items():
        for end, value in arms.variants("optimizer", entry):
            arms.add(f"optimizer-{name}{end}", {"optimizer": value})
        for player in ("critic", "generator"):
            arms.add(f"optimizer-{player}-{name}", {f"{player}.optimizer": name})
        for play in PLAYS:
            arms.add(f"optimizer-{name}-{play}", {"optimizer": name, "train.play": play})
        arms.add(f"optimizer-{name}-unrolled", {"optimizer": name, "train.unroll": 2})
    for name, entry in arms.entries("gradient clipping").items():
        for end, value in arms.variants("gradient clipping", entry):
            arms.add(f"clipping-{name}{end}", {
                "critic.gradientClipping": value, "generator.gradientClipping": value})
        arms.add(f"clipping-{name}-unrolled", {
            "critic.gradientClipping": value, "train.unroll": 2})
    for name, entry in arms.entries("schedule").items():
        value = arms.base("schedule", entry)
        arms.add(f"schedule-{name}", {
            "optimizer.rate": value, "train.noise": value, "generator.average": value,
            "critic.dropout": value})


def add_play(arms):
    for play in ("alternating", *PLAYS):
        for end, lookahead in (("", {}), ("-lookahead", {"every": 2, "step": 0.3})):
            arms.add(f"play-{play}{end}", {
                "train.play": play, "train.lookahead": lookahead,
                "generator.average": 0.5, "critic.constraint": "clipping",
                "loss": {"name": "began", "rate": 0.1, "code": 3}})
        arms.add(f"play-{play}-images", IMAGES | {
            "train.play": play, "critic.constraint": "spectral", "generator.constraint": "spectral",
            "generator.normalizer": "batch", "critic.normalizer": "batch"})
    for name, entry in arms.entries("critic steps").items():
        value = arms.base("critic steps", entry)
        value |= {"first": 1, "burst": 3, "every": 3} if name == "bursts" else {}
        arms.add(f"critic-steps-{name}", {
            "train.criticSteps": value, "penalty": {"preset": "r1", "every": 2},
            "train.lookahead.every": 3})


def add_networks(arms):
    def both(key, value):
        return {f"{player}.{key}": value for player in ("generator", "critic")}

    for table in ("constraint", "activation", "normalizer"):
        for name, entry in arms.entries(table).items():
            for end, value in arms.variants(table, entry):
                value = value | ({"groups": 2} if name == "group" else {})
                # Instance norm is for feature maps.
                if name != "instance":
                    arms.add(f"{table}-{name}{end}", both(table, value))
                if table == "normalizer":
                    arms.add(f"{table}-{name}{end}-images", IMAGES | both(table, value))
    autoencoder = {"loss": {"name": "ebgan", "code": 3}, "critic.dropout": 0.2}
    for name in ("spectral", "weight-norm"):
        arms.add(f"constraint-{name}-autoencoder", autoencoder | {"critic.constraint": name})
        arms.add(f"constraint-{name}-infomax", {
            "loss": {"name": "infomax", "dimensions": 5}, "critic.constraint": name,
            "critic.normalizer": "batch", "critic.dropout": 0.2})
    arms.add("normalizer-batch-autoencoder", autoencoder | {"critic.normalizer": "batch"})
    exact = {"point": ("dirac", "generator"), "linear": ("dirac", "critic"),
             "affine": ("ring8", "generator"), "quadratic": ("ring8", "critic")}
    for name, entry in arms.entries("architecture").items():
        if name in ("sequential", "mlp"):
            continue
        if name in exact:
            data, player = exact[name]
            for end, value in arms.variants("architecture", entry):
                value = value | ({"deviation": 0.1} if end else {})
                arms.add(f"architecture-{name}{end}", {
                    "data": data, f"{player}.architecture": value,
                    f"{player}.hidden": [64, 64], f"{player}.activation": "leaky-relu"})
        else:
            arms.add(f"architecture-{name}", IMAGES | both(
                "architecture", {"name": name, "width": 2}))
    for name, entry in arms.entries("layer").items():
        for end, value in arms.variants("layer", entry):
            value = value | ({"groups": 2} if name == "group" else {})
            layers = [{"name": "conv", "channels": 4}, value, {"name": "linear", "outputs": 1}]
            arms.add(f"layer-{name}{end}", {
                "data": {"name": "glyphs", "size": 8}, "critic.hidden": [64, 64],
                "critic.activation": "leaky-relu",
                "critic.architecture": {"name": "sequential", "layers": layers}})
