"""The two networks, forward only, in numpy. Pictures are (count, rows, columns, channels)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Tensor = NDArray[np.float32]
Weights = dict[str, Tensor]

CLASSES = 11
"""Ten digits and a last one: no digit (segments), nothing new (line)."""
OTHER = 10


def segment_chances(weights: Weights, pictures: Tensor) -> Tensor:
    """For pictures of single digits (count, 32, 32): chances (count, 11) of each digit, then of no digit."""
    x = pictures[..., None]
    for layer in ("1", "2", "3"):
        x = _pool(_rectified(_convolved(x, weights["c" + layer], weights["b" + layer])), 2, 2)
    x = _rectified(_convolved(x, weights["c4"], weights["b4"]))
    flat = x.reshape(len(x), -1)
    hidden = _rectified(flat @ weights["d1"] + weights["e1"])
    return _softmax(hidden @ weights["d2"] + weights["e2"])


def line_chances(weights: Weights, pictures: Tensor) -> Tensor:
    """For pictures of lines (count, 32, columns): chances (count, columns / 2, 11) along the line."""
    x = pictures[..., None]
    x = _pool(_rectified(_convolved(x, weights["c1"], weights["b1"])), 2, 2)
    x = _pool(_rectified(_convolved(x, weights["c2"], weights["b2"])), 2, 1)
    x = _rectified(_convolved(x, weights["c3"], weights["b3"]))
    x = _pool(_rectified(_convolved(x, weights["c4"], weights["b4"])), 2, 1)
    x = _rectified(_convolved(x, weights["c5"], weights["b5"]))
    x = _pool(_rectified(_convolved(x, weights["c6"], weights["b6"])), 2, 1)
    count, rows, columns, channels = x.shape
    along = x.transpose(0, 2, 1, 3).reshape(count, 1, columns, rows * channels)
    hidden = _rectified(_convolved(along, weights["c7"], weights["b7"]))
    return _softmax(hidden[:, 0] @ weights["d1"] + weights["e1"])


def _convolved(x: Tensor, kernel: Tensor, bias: Tensor) -> Tensor:
    """Same-size convolution; the kernel is (rows, columns, in, out), rows and columns odd."""
    high, wide, before, after = kernel.shape
    count, rows, columns, _ = x.shape
    padded = np.pad(x, ((0, 0), (high // 2, high // 2), (wide // 2, wide // 2), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (high, wide), axis=(1, 2))
    # Windows come as (count, rows, columns, in, high, wide); the kernel is laid out alike.
    stacked = windows.reshape(count * rows * columns, before * high * wide)
    flat = kernel.transpose(2, 0, 1, 3).reshape(before * high * wide, after)
    return np.asarray(stacked @ flat + bias, dtype=np.float32).reshape(count, rows, columns, after)


def _pool(x: Tensor, rows: int, columns: int) -> Tensor:
    """The largest of each block."""
    count, high, wide, channels = x.shape
    blocks = x.reshape(count, high // rows, rows, wide // columns, columns, channels)
    return np.asarray(blocks.max(axis=(2, 4)), dtype=np.float32)


def _rectified(x: Tensor) -> Tensor:
    return np.maximum(x, np.float32(0.0))


def _softmax(x: Tensor) -> Tensor:
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)
