"""The readings of one page: one as a rule; more when it lies turned or when the first was weak."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from antq_cli.errors import InputError
from antq_cli.reading.deskew import lies_sideways
from antq_cli.reading.evidence import evidence
from antq_cli.reading.ocr import OcrEngine, Seen
from antq_cli.reading.prepare import UPSCALED, Prepared, rotated, straightened, without_background

_WEAK = 91.0
"""Mean confidence below which a second preparation is tried; clean pages have 94 to 96."""
_WEAK_COARSE = 80.0
"""The same on coarse scans, whose thin strokes the second preparation takes away: it rarely wins there."""
_LOST = 65.0
_NO_LANGUAGE = 0.5
"""Share of the characters read that are language below which a page may stand on its head, however sure the engine."""
_FOREIGN = 0.05
"""What a character read surely counts at least: pages in other languages are compared too."""
_FEW = 12
"""A page with ink and fewer words than this may lie on its side."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A picture and the words the engine saw in it."""

    page: Prepared
    seen: list[Seen]

    @property
    def confidence(self) -> float:
        """Mean over words that hold letters or digits, weighted by length: scraps of stamps weigh little. 0..100."""
        weights = [(sum(c.isalnum() for c in word.text), word.confidence) for word in self.seen]
        total = sum(weight for weight, _ in weights)
        return sum(weight * value for weight, value in weights) / total if total else 0.0

    @property
    def worth(self) -> float:
        """What two readings of one page are compared by: how much is language, and how sure the engine is.

        Measured against either alone by `bench/ocr_ablation`.
        """
        sure = sum(len(word.text) * max(0.0, word.confidence - 50) / 50 for word in self.seen)
        return max(_FOREIGN * sure, evidence(self.seen)) * self.confidence**2

    @property
    def is_lost(self) -> bool:
        """What was read is hardly language: the page may be upside down."""
        count = sum(c.isalnum() for word in self.seen for c in word.text)
        return self.confidence < _LOST or len(self.seen) < _FEW or evidence(self.seen) < _NO_LANGUAGE * count


def best_reading(page: Prepared, engine: OcrEngine, end: float) -> Reading:
    """The best of as few readings as the page needs; `end` in time.monotonic().

    Raises InputError("timeout") when not even one is done by then.
    """
    turned = False
    if lies_sideways(page.gray, page.dpi):
        turn = engine.turn(page.gray, page.dpi, end - time.monotonic())
        if turn in (90, 270):
            page, turned = straightened(rotated(page, turn)), True
    best = _read(page, engine, end)
    if not turned and _lies_on_its_side(best.seen):
        # The engine turns lines by itself when it can; its words are right then, but their boxes lie on their sides.
        turn = engine.turn(page.gray, page.dpi, end - time.monotonic())
        best = _read(straightened(rotated(page, turn if turn in (90, 270) else 90)), engine, end)
        turned = True
    if not best.seen:
        return best  # a turned page gives salad, not nothing
    if turned and best.confidence < _LOST:
        best = _again(rotated(best.page, 180), best, engine, end)
    elif not turned and best.is_lost:
        turn = engine.turn(page.gray, page.dpi, end - time.monotonic())
        if turn:
            best = _again(rotated(page, turn), best, engine, end)
    weak = _WEAK_COARSE if UPSCALED in best.page.notes else _WEAK
    if best.confidence < weak and not best.page.bilevel:
        best = _again(without_background(best.page), best, engine, end)
    return best


def _read(page: Prepared, engine: OcrEngine, end: float) -> Reading:
    return Reading(page, engine.words(page.gray, page.dpi, end - time.monotonic()))


def _again(page: Prepared, best: Reading, engine: OcrEngine, end: float) -> Reading:
    """The better of two readings; when the time is up, the first one stands."""
    try:
        other = _read(page, engine, end)
    except InputError as error:
        if error.reason != "timeout":
            raise
        return best
    return other if other.worth > best.worth else best


def _lies_on_its_side(seen: Sequence[Seen]) -> bool:
    """True when most longer words are higher than wide."""
    long = [word.box for word in seen if len(word.text) >= 4]
    upright = sum(1 for left, top, right, bottom in long if right - left >= bottom - top)
    return len(long) >= 3 and upright < 0.3 * len(long)
