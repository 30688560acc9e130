"""What the networks can do: on hands that training never saw, and whether numpy and PyTorch agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import torch

from antq_cli.model.page import Guess
from antq_cli.reading.digits import InkReading, networks, read_ink
from antq_cli.reading.digits.read import AGREE
from antq_cli.reading.digits.weights import weights
from training.glyphs import Rng, Sources
from training.nets import LineNet, SegmentNet, exported
from training.pool import fill
from training.strings import Line, line

STEPS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.65, 0.7, 0.8, 0.9, 0.95, 0.98, 1.001)
WORST = 2e-4
"""Largest difference of a chance between numpy and PyTorch that is rounding."""


def evaluate(sources: Sources, count: int, seed: int = 777) -> None:
    """Prints the figures of docs/digits.md. `sources` must be the held-out ones."""
    rng = np.random.default_rng(seed)
    readings = [(drawn, _read(drawn)) for drawn in _lines(sources, rng, count)]
    digits = [(drawn, reading) for drawn, reading in readings if drawn.text]
    others = [(drawn, reading) for drawn, reading in readings if not drawn.text]
    print(f"{len(digits)} lines of digits, {len(others)} of none, seed {seed}\n")
    _single(sources, np.random.default_rng(seed + 1), max(count // 4, 50))
    for name in ("segments", "line"):
        firsts = [(drawn.text, next(iter(getattr(reading, name)), None)) for drawn, reading in digits]
        right = sum(guess is not None and guess.text == text for text, guess in firsts)
        among = sum(text in [guess.text for guess in getattr(reading, name)] for (text, _), (_, reading) in
                    zip(firsts, digits, strict=True))  # fmt: skip
        print(f"{name}: first guess right {right / len(digits):.1%}, right among five {among / len(digits):.1%}")
    print("\nagreement        right  wrong   left")
    _agreement("all", digits)
    for length in range(1, 6):
        _agreement(f"{length} digits", [item for item in digits if len(item[0].text) == length])
    for low, high in ((13, 20), (20, 32), (32, 200)):
        some = [item for item in digits if low <= _height(item[0]) < high]
        _agreement(f"{low}-{high} px", some)
    claimed = sum(reading.agreed is not None for _, reading in others)
    print(f"no digits: agreed nevertheless {claimed} of {len(others)}")
    _reliability("agreed (whatever the threshold)", ((drawn, _both(reading)) for drawn, reading in readings))
    _reliability("segments", ((drawn, next(iter(reading.segments), None)) for drawn, reading in readings))
    _reliability("line", ((drawn, next(iter(reading.line), None)) for drawn, reading in readings))


def _lines(sources: Sources, rng: Rng, count: int) -> Iterable[Line]:
    return (line(sources, rng) for _ in range(count))


def _read(drawn: Line) -> InkReading:
    return read_ink((drawn.ink * 255).astype(np.uint8))


def _height(drawn: Line) -> int:
    rows = np.nonzero((drawn.owner >= 0).any(axis=1))[0]
    return int(rows[-1] - rows[0] + 1) if len(rows) else 0


def _single(sources: Sources, rng: Rng, count: int) -> None:
    """The classifier on groups whose class is known, as training knows it."""
    pool = fill(sources, rng, count, cut=count)
    pictures = pool.segments.astype(np.float32) / 255
    chances = np.concatenate(
        [networks.segment_chances(weights("segments"), pictures[n : n + 64]) for n in range(0, len(pictures), 64)]
    )
    is_digit = pool.labels != networks.OTHER
    right = chances.argmax(axis=1) == pool.labels
    print(f"one segment: digits right {right[is_digit].mean():.1%} of {is_digit.sum()}, ", end="")
    print(f"others right {right[~is_digit].mean():.1%} of {(~is_digit).sum()}")


def _agreement(name: str, items: list[tuple[Line, InkReading]]) -> None:
    outcomes = Counter(
        "left" if reading.agreed is None else "right" if reading.agreed.text == drawn.text else "wrong"
        for drawn, reading in items
    )
    shares = "  ".join(f"{outcomes[key] / max(len(items), 1):5.1%}" for key in ("right", "wrong", "left"))
    print(f"{name:14}  {shares}   of {len(items)}")


def _both(reading: InkReading) -> Guess | None:
    if not reading.segments or not reading.line or reading.segments[0].text != reading.line[0].text:
        return None
    return max(reading.segments[0], reading.line[0], key=lambda guess: guess.confidence)


def _reliability(name: str, items: Iterable[tuple[Line, Guess | None]]) -> None:
    """Stated confidence against the share that is right."""
    pairs = [(guess.confidence, guess.text == drawn.text) for drawn, guess in items if guess is not None]
    print(f"\n{name}: stated, mean stated, share right, count (threshold of agreement {AGREE})")
    for low, high in pairwise(STEPS):
        inside = [pair for pair in pairs if low <= pair[0] < high]
        if inside:
            stated, right = np.mean([pair[0] for pair in inside]), np.mean([pair[1] for pair in inside])
            print(f"  {low:4.2f}-{min(high, 1):4.2f}  {stated:.3f}  {right:.3f}  {len(inside)}")


def compare(sources: Sources, count: int = 60) -> int:
    """Networks of chance weights in PyTorch against numpy, on drawn pictures; 1 when they differ by more than rounding.

    The weights go through the export, so that folding, order of axes and half precision are tested with them.
    """
    pool = fill(sources, np.random.default_rng(3), count, cut=count)
    worst = 0.0
    for net, pictures, forward in (
        (SegmentNet(), pool.segments[: 4 * count], networks.segment_chances),
        (LineNet(), pool.lines, networks.line_chances),
    ):
        inputs = pictures.astype(np.float32) / 255
        with torch.no_grad():
            net.train()
            for _ in range(4):
                net(torch.from_numpy(inputs).unsqueeze(1))
            net.eval()
            # Fresh networks are undecided; sharper scores make differences show.
            net.out.weight *= 20
            expected = net(torch.from_numpy(inputs).unsqueeze(1)).softmax(-1).numpy()
        single = {name: array.astype(np.float32) for name, array in exported(net, np.float32).items()}
        difference = float(np.abs(forward(single, inputs) - expected).max())
        half = {name: array.astype(np.float32) for name, array in exported(net).items()}
        rounding = float(np.abs(forward(half, inputs) - expected).max())
        print(f"{type(net).__name__}: numpy and PyTorch differ by {difference:.1e}, with half precision {rounding:.1e}")
        worst = max(worst, difference)
    return int(worst > WORST)
