"""Networks of the games: scores, embeddings, autoencoders, and projected features, in plain PyTorch."""

import torch
from torch import nn

import reference_gan as gan
from reference_images import LATENT

POINT_WIDTH = 2


def perceptron(*widths):
    """Linear and tanh in turn; the last layer is linear."""
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.Tanh()]
    return nn.Sequential(*layers[:-1])


def make_networks(case):
    """Per player its networks, by the prefixes of their states."""
    if case.architecture != "mlp":
        generator = {"generator": gan.make_network(case, "generator")}
        body = gan.make_network(case, "critic")
    else:
        generator = {"generator": perceptron(POINT_WIDTH, *gan.HIDDEN, POINT_WIDTH)}
        body = perceptron(POINT_WIDTH, *gan.HIDDEN, output_width(case))
    kind = case.critic_kind
    if kind is None:
        return {"generator": generator, "critic": {}}
    critic = {"critic": body}
    if kind == "autoencoder":
        critic["critic.decoder"] = perceptron(output_width(case), *gan.HIDDEN, POINT_WIDTH)
    if kind == "infomax":
        local, whole = feature_widths(case, body)
        dimensions = case.side("critic")["dimensions"]
        critic["critic.local"] = nn.Linear(local, dimensions)
        critic["critic.global"] = nn.Linear(whole, dimensions)
    return {"generator": generator, "critic": critic}


def output_width(case):
    loss = case.side("critic")
    return {"embedding": loss.get("dimensions"), "autoencoder": loss.get("code")} \
        .get(case.critic_kind, 1)


def latent_width(case):
    return POINT_WIDTH if case.architecture == "mlp" else LATENT


def feature_widths(case, body):
    sample = torch.zeros(1, POINT_WIDTH) if case.architecture == "mlp" else torch.zeros(1, 2, 8, 8)
    local, whole = features(body, sample)
    return local.shape[2], whole.shape[1]


def features(body, x):
    """Local features [batch, positions, width] and global ones [batch, width].

    Local: the positions of the last feature map of images, else the first hidden activation as one
    position. Global: what enters the last layer, as a vector.
    """
    outputs = []
    for layer in body:
        x = layer(x)
        outputs.append(x)
    inner = outputs[:-1]
    maps = [output for output in inner if output.dim() == 4]
    local = maps[-1].flatten(2).transpose(1, 2) if maps else inner[1][:, None, :]
    return local, inner[-1].flatten(1)


class Critic:
    """What losses and penalties ask of a critic's networks."""

    def __init__(self, networks):
        self.networks = networks

    def score(self, x):
        return gan.forward(self.networks["critic"], x).squeeze(1)

    def embed(self, x):
        """The embedding of x, or its code under an autoencoder."""
        return gan.forward(self.networks["critic"], x)

    def decode(self, code):
        return self.networks["critic.decoder"](code)

    def projections(self, x):
        local, whole = features(self.networks["critic"], x)
        return self.networks["critic.local"](local), self.networks["critic.global"](whole)
