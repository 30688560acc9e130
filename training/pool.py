"""A store of drawn lines in the shapes that the networks see, cut apart by the package's own code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from antq_cli.reading.digits import cuts, shaping
from antq_cli.reading.digits.networks import OTHER
from training.glyphs import Rng, Sources
from training.strings import Line, line

PURE, WHOLE = 0.85, 0.8
"""A group is a digit when so much of its ink is the digit's, and so much of the digit's ink is in it."""
MIXED, PART = 0.7, 0.6
"""It is none when one of the two is below this; what lies between teaches nothing."""
JUNK_KEPT = 0.5


@dataclass(frozen=True)
class Pool:
    """Pictures 0..255."""

    segments: np.ndarray
    """(count, 32, 32)"""
    labels: np.ndarray
    lines: np.ndarray
    """(count, 32, 128)"""
    texts: list[str]


def fill(sources: Sources, rng: Rng, count: int, cut: int) -> Pool:
    """So many drawn lines, and of the first `cut` of them the groups of pieces they fall into."""
    segments, labels, lines, texts = [], [], [], []
    while len(lines) < count:
        drawn = line(sources, rng)
        ink = shaping.levelled((drawn.ink * 255).astype(np.uint8))
        found = None if ink is None else shaping.box(ink)
        if ink is None or found is None:
            continue
        ink, owner = ink[found], drawn.owner[found]
        shear, lift = 0.0, 0
        if rng.random() < 0.4:
            shear, lift = rng.uniform(-0.17, 0.17), int(rng.integers(0, 4))
        lines.append((np.clip(shaping.line_picture(ink, shear, lift), 0, 1) * 255).astype(np.uint8))
        texts.append(drawn.text)
        for picture, label in _segments(ink, owner, drawn) if len(lines) <= cut else ():
            if label == OTHER and rng.random() > JUNK_KEPT:
                continue
            segments.append((np.clip(picture, 0, 1) * 255).astype(np.uint8))
            labels.append(label)
    return Pool(np.stack(segments), np.array(labels, dtype=np.int64), np.stack(lines), texts)


def _segments(ink: np.ndarray, owner: np.ndarray, drawn: Line) -> list[tuple[np.ndarray, int]]:
    """Every group of pieces with its class; those of which one cannot say are left out."""
    working = shaping.working_picture(ink)
    rows = (np.arange(working.shape[0]) + 0.5) * ink.shape[0] / working.shape[0]
    columns = (np.arange(working.shape[1]) + 0.5) * ink.shape[1] / working.shape[1]
    owner = owner[rows.astype(int)][:, columns.astype(int)]
    numbered = cuts.pieces(working)
    whole = np.bincount(owner[(numbered >= 0) & (owner >= 0)], minlength=max(len(drawn.text), 1))
    found = []
    for group in cuts.groups(working, numbered):
        inside = owner[(numbered >= group.first) & (numbered < group.end)]
        counts = np.bincount(inside[inside >= 0], minlength=len(whole))
        most = int(counts.argmax())
        purity, share = counts[most] / len(inside), counts[most] / max(whole[most], 1)
        if drawn.text and purity >= PURE and share >= WHOLE:
            found.append((group.picture, int(drawn.text[most])))
        elif not drawn.text or purity < MIXED or share < PART:
            found.append((group.picture, OTHER))
    return found
