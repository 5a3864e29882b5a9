"""The networks of a trace in training mode, with everything explicit that PyTorch hides or draws itself."""

import copy

import torch
import torch.nn.functional as F
from torch import nn

import reference_gan as gan
from reference_unrolled import with_parameters
from torch_modules import Residual, VirtualBatchNorm

NORMALIZERS = (nn.BatchNorm1d, nn.BatchNorm2d)
DROPOUTS = (nn.Dropout, nn.Dropout2d)


class ConstrainedNetwork:
    """A network with its constraint: its parameters, statistics, and power-iteration vectors."""

    def __init__(self, name, network, states):
        self.name, self.network, states = name, network.double(), dict(states)
        self.reference = states.pop("reference", None)
        self.vectors = {key.removesuffix(".weight_u"): states.pop(key)
                        for key in list(states) if key.endswith(".weight_u")}
        self.weighted = {path: layer for path, layer in self.network.named_modules()
                         if gan.weighted(layer)}
        for path, layer in self.weighted.items():
            if f"{path}.weight_g" in states:
                layer.weight_g = nn.Parameter(torch.empty_like(states[f"{path}.weight_g"]))
        self.next_vectors = self.vectors
        own = self.network.state_dict()
        counters = {key: own[key] for key in own if key.endswith("num_batches_tracked")}
        self.network.load_state_dict(states | counters)

    def parameters(self):
        """The trained states by their full names."""
        return {f"{self.name}.{key}": value for key, value in self.network.named_parameters()}

    def states(self):
        """All states by their full names."""
        result = {f"{self.name}.{key}": value.detach() for key, value in
                  self.network.state_dict().items() if not key.endswith("num_batches_tracked")}
        result |= {f"{self.name}.{path}.weight_u": u for path, u in self.vectors.items()}
        if self.reference is not None:
            result[f"{self.name}.reference"] = self.reference
        return result

    def function(self, inputs, rates, is_own_step):
        """The network in one step of the trace; in its own step statistics and vectors advance."""
        vectors = {path: gan.power_iteration(gan.matrix(layer, layer.weight), self.vectors[path])
                   for path, layer in self.weighted.items()} if self.vectors else {}
        if is_own_step:
            self.next_vectors = {path: u for path, (u, _) in vectors.items()}
        return Function(self, inputs, rates.get(self.name.split(".")[0]), vectors, is_own_step)

    def end_step(self):
        """Stores the vectors of the network's own step, behind which all functions of the step are."""
        self.vectors = self.next_vectors

    def with_values(self, values):
        """A copy that computes with `values`, tensors by the full names of its parameters."""
        result = copy.copy(self)
        result.network = with_parameters(
            self.network, {key: values[f"{self.name}.{key}"]
                           for key, _ in self.network.named_parameters()})
        result.weighted = {path: result.network.get_submodule(path) for path in self.weighted}
        return result


class Function:
    """A network in one step, whose passes share normalized weights.

    `inputs` are the step's, `rate` the probability of dropout where it changes over training, and
    `vectors` the pair (u, v) of each weight under spectral normalization.
    """

    def __init__(self, owner, inputs, rate, vectors, is_own_step):
        self.owner, self.inputs, self.rate = owner, inputs, rate
        self.vectors, self.is_own_step = vectors, is_own_step

    def __call__(self, x, pass_name, records=True):
        """The outputs on a batch; running statistics take it in where it `records`."""
        return self.with_features(x, pass_name, records)[0]

    def with_features(self, x, pass_name, records=True):
        """The outputs, local features [batch, positions, width] and global ones [batch, width].

        Global: what enters the last layer with weights. Local: the positions of the last feature map
        that enters a layer, or what enters the second layer with weights as one position.
        """
        at_weights, maps = [], []

        def visit(name, layer, arriving):
            if any(map(gan.weighted, layer.modules())):
                at_weights.append(arriving)
            if arriving.dim() == 4 and not name.startswith("output"):
                maps.append(arriving)

        output = self._chain(self.owner.network.named_children(), "", x, self.owner.reference,
                             pass_name, records and self.is_own_step, visit)
        local = maps[-1].flatten(2).transpose(1, 2) if maps else [x, *at_weights[1:2]][-1][:, None]
        return output, local, [x, *at_weights][-1].flatten(1)

    def _chain(self, layers, prefix, x, reference, pass_name, records, visit=None):
        for name, layer in layers:
            path = f"{prefix}.{name}" if prefix else name
            if visit is not None:
                visit(name, layer, x)
            x, arriving = self._apply(path, layer, x, reference, pass_name, records), reference
            if arriving is not None:
                reference = self._apply(path, layer, arriving, None, None, False)
        return x

    def _apply(self, path, layer, x, reference, pass_name, records):
        if isinstance(layer, Residual):
            return sum(self._chain(layers, path, x, reference, pass_name, records)
                       for layers in (layer.branch, layer.shortcut_layers))
        if isinstance(layer, VirtualBatchNorm):
            return layer(x, reference)
        if isinstance(layer, NORMALIZERS):
            running = (layer.running_mean, layer.running_var) if records else (None, None)
            return F.batch_norm(x, *running, layer.weight, layer.bias, training=True,
                                momentum=layer.momentum, eps=layer.eps)
        if isinstance(layer, DROPOUTS):
            return x if pass_name is None else self._drop(path, layer, x, pass_name)
        if isinstance(layer, nn.Softplus):
            return gan.softplus(x)
        if isinstance(layer, nn.Linear):
            return F.linear(x, self._weight(path, layer), layer.bias)
        if isinstance(layer, nn.Conv2d):
            return F.conv2d(x, self._weight(path, layer), layer.bias, layer.stride, layer.padding)
        if isinstance(layer, nn.ConvTranspose2d):
            return F.conv_transpose2d(x, self._weight(path, layer), layer.bias, layer.stride,
                                      layer.padding, layer.output_padding)
        return layer(x)

    def _drop(self, path, layer, x, pass_name):
        rate = layer.p if self.rate is None else self.rate
        kept = self.inputs[f"dropout/{self.owner.name}.{path}/{pass_name}"] > rate
        return x * kept / (1 - rate)

    def _weight(self, path, layer):
        if path in self.vectors:
            u, v = self.vectors[path]
            return layer.weight / (u @ (gan.matrix(layer, layer.weight) @ v))
        if not hasattr(layer, "weight_g"):
            return layer.weight
        scale = layer.weight_g / gan.matrix(layer, layer.weight).norm(dim=1)
        outputs = 1 if isinstance(layer, nn.ConvTranspose2d) else 0
        shape = [-1 if axis == outputs else 1 for axis in range(layer.weight.dim())]
        return layer.weight * scale.view(shape)
