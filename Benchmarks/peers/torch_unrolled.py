"""Unrolled GAN in PyTorch: the critic after further steps of its own, as a function that can be
differentiated."""

import torch
from torch.func import functional_call
from torch.nn.utils import parameters_to_vector

from cases import BETAS, EPSILON, LEARNING_RATE


def unrolled(critic, optimizer, loss, steps):
    """The critic as a function, after `steps` of Adam on `loss(critic)` from the optimizer's state.

    All weights are one vector, so that a step is a few operations rather than a few per weight.
    """
    names, parameters = zip(*critic.named_parameters())
    states = [optimizer.state[parameter] for parameter in parameters]
    weights = parameters_to_vector(parameters).detach().requires_grad_(True)
    first = parameters_to_vector([state["exp_avg"] for state in states])
    second = parameters_to_vector([state["exp_avg_sq"] for state in states])
    count = states[0]["step"].item()
    sizes = [parameter.numel() for parameter in parameters]

    def function(weights):
        views = [view.view_as(parameter)
                 for view, parameter in zip(weights.split(sizes), parameters)]
        return lambda x: functional_call(critic, dict(zip(names, views)), x)

    beta1, beta2 = BETAS
    for _ in range(steps):
        (gradient,) = torch.autograd.grad(loss(function(weights)), weights, create_graph=True)
        count += 1
        first = torch.lerp(gradient, first, beta1)
        second = torch.lerp(gradient.square(), second, beta2)
        root = second.sqrt() / (1 - beta2**count) ** 0.5 + EPSILON
        weights = weights - LEARNING_RATE / (1 - beta1**count) * first / root
    return function(weights)
