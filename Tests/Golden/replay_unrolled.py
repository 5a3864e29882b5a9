"""The generator's loss of a trace against a critic that has answered (1611.02163), by reference_unrolled.py."""

from types import SimpleNamespace

import torch

import reference_unrolled as unrolled
from reference_objectives import loss_value
from replay_objectives import penalty_sum
from replay_steps import Step


def rule(setting, rate):
    """An entry's optimizer in the words of torch.optim."""
    own = {}
    if setting["name"] in ("adam", "adamw", "optimistic-adam"):
        own = {"betas": (setting["beta1"], setting["beta2"]), "eps": setting["epsilon"],
               "weight_decay": setting.get("decay", 0.0)}
    elif setting["name"] == "rmsprop":
        own = {"alpha": setting["alpha"], "eps": setting["epsilon"]}
    elif setting["name"] == "sgd":
        own = {"momentum": setting["momentum"]}
    return SimpleNamespace(name=setting["name"], settings={"lr": rate} | own)


def moment(number, step, steps, count):
    """The generator step that the critic's `number`-th next step belongs to."""
    later, before = step + 1, number - 1
    while before >= count(later):
        before -= count(later)
        later += 1
    return min(later, steps - 1)


def clipped(setting, gradients):
    """Gradients after an entry of gradientClipping, differentiable in them."""
    if setting["name"] == "norm":
        length = unrolled.root(sum(gradient.square().sum() for gradient in gradients))
        factor = (setting["bound"] / (length + 1e-6)).clamp_max(1)
        return [gradient * factor for gradient in gradients]
    if setting["name"] == "value":
        return [gradient.clamp(-setting["bound"], setting["bound"]) for gradient in gradients]
    return gradients


def unrolled_loss(replay, step, inputs, fake):
    """Minus the critic's loss on this batch after its next steps."""
    configuration, player = replay.configuration, replay.players["critic"]
    depth, steps = configuration["train"]["unroll"], configuration["train"]["steps"]
    state = dict(replay.state)

    def view(values, k):
        """The critic's step k as its objectives see it, and the step of the schedules."""
        when = moment(k, step, steps, replay.critic_steps)
        own = {name.removesuffix(f"/unrolled/{k}"): array for name, array in inputs.items()
               if name.endswith(f"/unrolled/{k}")}
        own |= {"data/critic": inputs["data/generator"],
                "latent/critic": inputs["latent/generator"]}
        networks = {name: network.with_values(values)
                    for name, network in player.networks.items()}
        rates = replay.rates(when)
        functions = replay.players["generator"].functions(own, rates, False) | {
            name: network.function(own, rates, False) for name, network in networks.items()}
        answer = Step(configuration, "critic", "critic", own, functions,
                      {name: network.network for name, network in networks.items()},
                      replay.parameter_lists(), lambda setting: replay.value(setting, when), state)
        return when, answer.view(fake, is_live=True)

    parameters = player.parameters()
    values = {name: value.detach() for name, value in parameters.items()}
    buffers = {name: {key: buffer.clone() for key, buffer in
                      replay.optimizers["critic"].state[value].items()
                      if isinstance(buffer, torch.Tensor) and key != "step"}
               for name, value in parameters.items()}
    for k in range(1, depth + 1):
        values = {name: value if value.requires_grad else value.clone().requires_grad_()
                  for name, value in values.items()}
        when, s = view(values, k)
        number = replay.counts["critic"] + k
        total = loss_value("critic", s.losses["critic"], s) \
            + penalty_sum("critic", configuration, number - 1, s)
        gradients = clipped(configuration["critic"]["gradientClipping"], torch.autograd.grad(
            total, list(values.values()), create_graph=True, materialize_grads=True))
        setting = replay.settings["critic"]
        rate = replay.value(setting["rate"], when) if "rate" in setting else 0.0
        moved = {name: unrolled.step(rule(setting, rate), number, value, gradient, buffers[name])
                 for (name, value), gradient in zip(values.items(), gradients)}
        values = {name: value for name, (value, _) in moved.items()}
        buffers = {name: buffer for name, (_, buffer) in moved.items()}
        bound = replay.bound("critic", when)
        if bound is not None:
            values = {name: value.clamp(-bound, bound) for name, value in values.items()}
        state.update(s.updates)
    _, s = view(values, depth + 1)
    return -loss_value("critic", s.losses["critic"], s)
