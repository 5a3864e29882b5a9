"""Writes a generator's weights as PyTorch has them, and what it gives, to weights/.

    python weights_fixture.py

`generator.safetensors` is the `state_dict` of a small network after some batches in training mode;
`examples.safetensors` has latents and the samples that it gives for them in evaluation mode.
"""

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

FOLDER = Path(__file__).resolve().parent / "weights"


def main():
    torch.manual_seed(5)
    network = nn.Sequential(
        nn.Linear(2, 6), nn.BatchNorm1d(6), nn.LeakyReLU(0.2),
        nn.Unflatten(1, (6, 1, 1)),
        nn.ConvTranspose2d(6, 3, 4), nn.Tanh(),
        nn.ConvTranspose2d(3, 1, 4, stride=2, padding=1), nn.Tanh())
    for _ in range(5):
        network(torch.randn(16, 2))
    network.eval()
    latents = torch.randn(4, 2)
    with torch.no_grad():
        samples = network(latents)
    FOLDER.mkdir(exist_ok=True)
    states = {key: value.contiguous() for key, value in network.state_dict().items()}
    save_file(states, FOLDER / "generator.safetensors")
    save_file({"input": latents, "output": samples}, FOLDER / "examples.safetensors")


if __name__ == "__main__":
    main()
