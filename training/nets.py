"""The two networks in PyTorch, and their weights as the package reads them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

SEGMENT_CHANNELS = (24, 48, 96, 96)
SEGMENT_HIDDEN = 96
LINE_CHANNELS = (16, 32, 48, 48, 64, 96)
LINE_HIDDEN = 128
CLASSES = 11


def _block(before: int, after: int, size: tuple[int, int] = (3, 3)) -> nn.Sequential:
    around = (size[0] // 2, size[1] // 2)
    return nn.Sequential(nn.Conv2d(before, after, size, padding=around, bias=False), nn.BatchNorm2d(after), nn.ReLU())


class SegmentNet(nn.Module):
    """Pictures (count, 1, 32, 32) to scores (count, 11)."""

    def __init__(self) -> None:
        super().__init__()
        one, two, three, four = SEGMENT_CHANNELS
        self.blocks = nn.ModuleList([_block(1, one), _block(one, two), _block(two, three), _block(three, four)])
        self.pool = nn.MaxPool2d(2)
        self.drop = nn.Dropout(0.25)
        self.dense = nn.Linear(four * 16, SEGMENT_HIDDEN)
        self.out = nn.Linear(SEGMENT_HIDDEN, CLASSES)

    def forward(self, x: Tensor) -> Tensor:
        for block in self.blocks[:3]:
            x = self.pool(block(x))
        x = self.blocks[3](x).permute(0, 2, 3, 1).flatten(1)
        return self.out(self.drop(torch.relu(self.dense(self.drop(x)))))


class LineNet(nn.Module):
    """Pictures (count, 1, 32, columns) to scores (count, columns / 2, 11) for CTC, whose blank is class 10."""

    def __init__(self) -> None:
        super().__init__()
        sizes = (1, *LINE_CHANNELS)
        self.blocks = nn.ModuleList([_block(sizes[n], sizes[n + 1]) for n in range(6)])
        self.halve, self.flatten = nn.MaxPool2d(2), nn.MaxPool2d((2, 1))
        self.along = _block(2 * LINE_CHANNELS[-1], LINE_HIDDEN, (1, 5))
        self.drop = nn.Dropout(0.15)
        self.out = nn.Linear(LINE_HIDDEN, CLASSES)

    def forward(self, x: Tensor) -> Tensor:
        x = self.halve(self.blocks[0](x))
        x = self.flatten(self.blocks[1](x))
        x = self.flatten(self.blocks[3](self.blocks[2](x)))
        x = self.flatten(self.blocks[5](self.blocks[4](x)))
        # (count, channels, 2, columns) to (count, 2 * channels, 1, columns), rows outermost.
        x = x.permute(0, 2, 1, 3).flatten(1, 2).unsqueeze(2)
        x = self.drop(self.along(x)).squeeze(2).permute(0, 2, 1)
        return self.out(x)


def exported(net: SegmentNet | LineNet, kind: type = np.float16) -> dict[str, np.ndarray]:
    """The weights under the names of antq_cli.reading.digits.networks, the normalisation folded into the kernels."""
    named = {}
    blocks = [*net.blocks, net.along] if isinstance(net, LineNet) else [*net.blocks]
    for number, block in enumerate(blocks, start=1):
        kernel, norm = block[0].weight, block[1]
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        named[f"c{number}"] = (kernel * scale[:, None, None, None]).permute(2, 3, 1, 0)
        named[f"b{number}"] = norm.bias - norm.running_mean * scale
    dense = [net.out] if isinstance(net, LineNet) else [net.dense, net.out]
    for number, layer in enumerate(dense, start=1):
        named[f"d{number}"] = layer.weight.T
        named[f"e{number}"] = layer.bias
    return {name: value.detach().numpy().astype(kind) for name, value in named.items()}


def save(net: SegmentNet | LineNet, path: Path) -> None:
    """One .npz of float16 arrays; the same weights give the same bytes."""
    np.savez_compressed(path, **exported(net))
