"""The generator's loss against a critic that has answered: unrolled steps, differentiated through.

Metz et al., 1611.02163: f_K(G) = f(G, D_K), D_k = D_{k-1} after one step of its optimizer on f, from
the critic as it is. One real batch and the generator's own batch serve all steps and the value.
"""

import copy

import torch


def with_parameters(network, values):
    """A copy of the network that computes with `values`, tensors by parameter name."""
    result = copy.deepcopy(network)
    for name, value in values.items():
        *path, attribute = name.split(".")
        layer = result.get_submodule(".".join(path))
        del layer._parameters[attribute]
        layer.__dict__[attribute] = value
    return result


def moments(optimizer, network):
    """The optimizer's buffers, by parameter name."""
    return {
        name: {key: value.clone() for key, value in optimizer.state[parameter].items()
               if isinstance(value, torch.Tensor) and key != "step"}
        for name, parameter in network.named_parameters()
    }


def root(v):
    """The square root, with derivative 0 at 0: v is a mean of squares, whose own derivative is 0 there."""
    positive = v > 0
    return torch.where(positive, torch.where(positive, v, 1.0).sqrt(), 0.0)


def step(optimizer, number, value, gradient, buffers):
    """The new value and buffers of one parameter after step `number`, from 1, of a rule of `Optimizer`."""
    settings = optimizer.settings
    if optimizer.name == "frozen":
        return value, {}
    rate = settings["lr"]
    if optimizer.name in ("adam", "adamw", "optimistic-adam"):
        (one, two), epsilon = settings["betas"], settings["eps"]
        mean = one * buffers["exp_avg"] + (1 - one) * gradient
        square = two * buffers["exp_avg_sq"] + (1 - two) * gradient * gradient
        move = (mean / (1 - one**number)) / (root(square / (1 - two**number)) + epsilon)
        after = {"exp_avg": mean, "exp_avg_sq": square}
        if optimizer.name == "optimistic-adam":
            return value - rate * (2 * move - buffers["direction"]), after | {"direction": move}
        return value * (1 - rate * settings.get("weight_decay", 0.0)) - rate * move, after
    if optimizer.name == "rmsprop":
        alpha, epsilon = settings["alpha"], settings["eps"]
        square = alpha * buffers["square_avg"] + (1 - alpha) * gradient * gradient
        return value - rate * gradient / (root(square) + epsilon), {"square_avg": square}
    if settings.get("momentum"):
        velocity = settings["momentum"] * buffers["momentum_buffer"] + gradient
        return value - rate * velocity, {"momentum_buffer": velocity}
    return value - rate * gradient, {}


def answered(case, trainer, loss, limit):
    """The critic after the case's unrolled steps, as a network.

    `loss(network, k)` is what it minimizes in the k-th step from 1, penalties included, and
    `limit(k)` the bound to which it is clipped after it, or None.
    """
    critic = trainer.networks["critic"]
    values = {name: value.detach() for name, value in critic.named_parameters()}
    buffers = moments(trainer.optimizers["critic"], critic)
    for k in range(1, case.unrolled + 1):
        values = {name: value if value.requires_grad else value.clone().requires_grad_()
                  for name, value in values.items()}
        total = loss(with_parameters(critic, values), k)
        gradients = torch.autograd.grad(total, list(values.values()), create_graph=True)
        number = trainer.critic_step_count + k
        moved = {name: step(case.optimizer, number, value, gradient, buffers[name])
                 for (name, value), gradient in zip(values.items(), gradients)}
        values = {name: value for name, (value, _) in moved.items()}
        buffers = {name: buffer for name, (_, buffer) in moved.items()}
        if limit(k) is not None:
            values = {name: value.clamp(-limit(k), limit(k)) for name, value in values.items()}
    return with_parameters(critic, values)
