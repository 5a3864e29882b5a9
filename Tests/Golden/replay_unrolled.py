"""The generator's loss of a trace against a critic that has answered (1611.02163), by reference_unrolled.py."""

import copy
from types import SimpleNamespace

import torch

import reference_unrolled as unrolled
from replay_objectives import loss_value, penalty_sum


def rule(setting, rate):
    """An entry's optimizer in the words of torch.optim."""
    if setting["name"] == "adam":
        own = {"betas": (setting["beta1"], setting["beta2"]), "eps": setting["epsilon"]}
    elif setting["name"] == "rmsprop":
        own = {"alpha": setting["alpha"], "eps": setting["epsilon"]}
    else:
        own = {"momentum": setting["momentum"]}
    return SimpleNamespace(name=setting["name"], settings={"lr": rate} | own)


def moment(number, step, steps, count):
    """The generator step that the critic's `number`-th next step belongs to."""
    later, before = step + 1, number - 1
    while before >= count(later):
        before -= count(later)
        later += 1
    return min(later, steps - 1)


def unrolled_loss(replay, step, inputs, real, fake, count):
    """Minus the critic's loss on this batch after its next steps; `count(t)` is their number before step t."""
    configuration, player = replay.configuration, replay.players["critic"]
    depth, steps = configuration["train"]["unroll"], configuration["train"]["steps"]

    def side(network, k):
        """The critic's step k as its objectives see it, and the step of the schedules."""
        when = moment(k, step, steps, count)
        own = {name.removesuffix(f"/unrolled/{k}"): array for name, array in inputs.items()
               if name.endswith(f"/unrolled/{k}")}
        critic = copy.copy(player)
        critic.network = network
        critic.weighted = {path: network.get_submodule(path) for path in player.weighted}
        function = critic.function(own, replay.rates(when), is_own_step=False)

        def score(x, pass_name, records=True):
            return function(x, pass_name, records).flatten()

        return when, SimpleNamespace(
            real=real, fake=fake, critic=SimpleNamespace(score=score), draw=own.__getitem__,
            value=lambda setting: replay.value(setting, when))

    network = player.network
    values = {name: value.detach() for name, value in network.named_parameters()}
    buffers = unrolled.moments(replay.optimizers["critic"], network)
    for k in range(1, depth + 1):
        values = {name: value if value.requires_grad else value.clone().requires_grad_()
                  for name, value in values.items()}
        when, s = side(unrolled.with_parameters(network, values), k)
        number = replay.critic_count + k
        total = loss_value("critic", configuration, s) + penalty_sum(configuration, number - 1, s)
        gradients = torch.autograd.grad(
            total, list(values.values()), create_graph=True, materialize_grads=True)
        setting = replay.settings["critic"]
        optimizer = rule(setting, replay.value(setting["rate"], when))
        moved = {name: unrolled.step(optimizer, number, value, gradient, buffers[name])
                 for (name, value), gradient in zip(values.items(), gradients)}
        values = {name: value for name, (value, _) in moved.items()}
        buffers = {name: buffer for name, (_, buffer) in moved.items()}
        bound = replay.bound("critic", when)
        if bound is not None:
            values = {name: value.clamp(-bound, bound) for name, value in values.items()}
    _, s = side(unrolled.with_parameters(network, values), depth + 1)
    return -loss_value("critic", configuration, s)
