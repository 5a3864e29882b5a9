"""Networks from the text of a file that Saddle wrote: a line `<name>: <module>` per module.

`build("0: Linear(2, 64)\\n1: LeakyReLU(0.2)")` is an `nn.Sequential` whose states have the names and
layouts of the file's. The text is read as data: nothing of it is executed but constructors of the
modules below.
"""

import ast
from collections import OrderedDict

import torch
from torch import nn

PLAIN = (
    "AvgPool2d", "BatchNorm1d", "BatchNorm2d", "Conv2d", "ConvTranspose2d", "Dropout", "Dropout2d",
    "ELU", "Flatten", "GroupNorm", "Identity", "LayerNorm", "LeakyReLU", "Linear", "LPPool2d",
    "MaxPool2d", "ReLU", "SiLU", "Sigmoid", "Softplus", "Tanh", "Unflatten", "Upsample", "ZeroPad2d",
)


class Residual(nn.Module):
    """The sum of a branch and of a shortcut, each a list of named modules, whose states it holds."""

    def __init__(self, branch, shortcut):
        super().__init__()
        self.branch, self.shortcut_layers = branch, shortcut
        for name, module in [*branch, *shortcut]:
            if list(module.parameters()):
                self.add_module(name, module)

    def forward(self, x, reference=None):
        return sum(chain((layer for _, layer in layers), x, reference)
                   for layers in (self.branch, self.shortcut_layers))


class VirtualBatchNorm(nn.Module):
    """Each sample joins a reference batch, of which `reference` is what arrives at this layer (1606.03498).

    Without it x is the reference batch itself, which has its own moments.
    """

    def __init__(self, channels, samples, eps=1e-5):
        super().__init__()
        self.samples, self.eps = samples, eps
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x, reference=None):
        batch, pixels = [0, *range(2, x.dim())], list(range(2, x.dim()))
        share = 1 / (self.samples + 1)

        def moment(power):
            if reference is None:
                return (x ** power).mean(batch, keepdim=True)
            own = (x ** power).mean(pixels, keepdim=True) if pixels else x ** power
            return share * own + (1 - share) * (reference ** power).mean(batch, keepdim=True)

        mean = moment(1)
        shape = (1, -1) + (1,) * (x.dim() - 2)
        normal = (x - mean) / (moment(2) - mean.square() + self.eps).sqrt()
        return normal * self.weight.view(shape) + self.bias.view(shape)


class Point(nn.Module):
    """One trained vector for every sample, whatever the input is."""

    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(size))

    def forward(self, x):
        return self.weight.expand(len(x), -1)


class Scaling(nn.Module):
    """Each element of a vector times a number, plus another."""

    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.bias = nn.Parameter(torch.zeros(size))

    def forward(self, x):
        return x * self.weight + self.bias


class SquaresAppended(nn.Module):
    """The elements of a vector, then their squares."""

    def forward(self, x):
        return torch.cat([x, x.square()], 1)


#: Modules that PyTorch does not have, but for residual blocks, whose arguments are modules.
OWN = {module.__name__: module for module in (VirtualBatchNorm, Point, Scaling, SquaresAppended)}


def chain(layers, x, reference=None):
    """Layers one after the other; a reference batch, where there is one, goes through them alongside."""
    for layer in layers:
        if isinstance(layer, (Residual, VirtualBatchNorm)):
            x, arriving = layer(x, reference), reference
        else:
            x, arriving = layer(x), reference
        if arriving is not None:
            reference = layer(arriving)
    return x


def build(text):
    """The network of a text, in evaluation mode's layout of states."""
    layers = OrderedDict()
    for line in text.splitlines():
        name, module = line.split(": ", 1)
        layers[name] = construct(ast.parse(module, mode="eval").body)
    return nn.Sequential(layers)


def construct(node):
    """The module that a call of a constructor describes."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        raise ValueError(f"not a module: {ast.unparse(node)}")
    name = node.func.id
    if name == "Residual":
        branch, shortcut = ([(part.arg, construct(part.value)) for part in argument.keywords]
                            for argument in node.args)
        return Residual(branch, shortcut)
    arguments = [ast.literal_eval(argument) for argument in node.args]
    keywords = {keyword.arg: ast.literal_eval(keyword.value) for keyword in node.keywords}
    if name in OWN:
        return OWN[name](*arguments, **keywords)
    if name not in PLAIN:
        raise ValueError(f"no module '{name}'")
    return getattr(nn, name)(*arguments, **keywords)
