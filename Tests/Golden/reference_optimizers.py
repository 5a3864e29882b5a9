"""Optimizers of the games and the clipping of gradients before their steps."""

import torch


class OptimisticAdam(torch.optim.Optimizer):
    """theta - 2 rate d_t + rate d_{t-1}, d = m / (sqrt(v) + epsilon) bias-corrected (1711.00141)."""

    def __init__(self, parameters, chosen):
        super().__init__(parameters, chosen)
        self.count = 0

    @torch.no_grad()
    def step(self):
        self.count += 1
        for group in self.param_groups:
            for parameter in group["params"]:
                self.move(parameter, group)

    def move(self, parameter, chosen):
        buffers = self.state[parameter]
        zero = torch.zeros_like(parameter)
        one, two = chosen["beta1"], chosen["beta2"]
        mean = one * buffers.get("exp_avg", zero) + (1 - one) * parameter.grad
        square = two * buffers.get("exp_avg_sq", zero) + (1 - two) * parameter.grad**2
        corrected = mean / (1 - one**self.count), square / (1 - two**self.count)
        direction = corrected[0] / (corrected[1].sqrt() + chosen["epsilon"])
        parameter -= chosen["lr"] * (2 * direction - buffers.get("direction", zero))
        self.state[parameter] = {"exp_avg": mean, "exp_avg_sq": square, "direction": direction}


class Frozen(torch.optim.Optimizer):
    """Leaves everything as it is."""

    def __init__(self, parameters):
        super().__init__(parameters, {})

    def step(self):
        pass


def make_optimizer(case, player, parameters):
    chosen = case.optimizers.get(player)
    if chosen is None:
        return case.optimizer.make(parameters)
    name = chosen if isinstance(chosen, str) else chosen["name"]
    if name == "adamw":
        return torch.optim.AdamW(parameters, lr=chosen["rate"], eps=chosen["epsilon"],
                                 betas=(chosen["beta1"], chosen["beta2"]),
                                 weight_decay=chosen["decay"])
    if name == "optimistic-adam":
        own = {key: chosen[key] for key in ("beta1", "beta2", "epsilon")}
        return OptimisticAdam(parameters, own | {"lr": chosen["rate"]})
    if name == "frozen":
        return Frozen(parameters)
    raise ValueError(f"unknown optimizer {name}")


def clip_gradients(chosen, parameters):
    """In place, by a player's entry of gradientClipping, or not at all where there is none."""
    if chosen is None:
        return
    if chosen["name"] == "norm":
        torch.nn.utils.clip_grad_norm_(parameters, chosen["bound"])
    elif chosen["name"] == "value":
        torch.nn.utils.clip_grad_value_(parameters, chosen["bound"])
    else:
        raise ValueError(f"unknown clipping {chosen['name']}")
