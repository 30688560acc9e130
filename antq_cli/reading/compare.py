"""What a text layer says against what was read off the page: where do they differ beyond the noise of OCR?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from antq_cli.model.page import Box, Dispute, Word
from antq_cli.vietnamese.syllables import is_syllable
from antq_cli.vietnamese.text import fold

_SURE_DIGITS = 0.75
_SURE_WORD = 0.85
"""Least confidence of OCR from which a difference counts."""
_UNLIKE = 0.5
_UNLIKE_LEAST = 3
"""Words of so many letters that differ in more than this part are other words."""
_STRIP_UNLIKE = 0.6
_STRIP_LEAST = 6
_LOOK_ALIKES = str.maketrans({"l": "i", "j": "i", "t": "i", "1": "i", "o": "0", "q": "g", "9": "g", "s": "5", "b": "8"})


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A word as OCR saw it; confidence 0..1."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the layer, by index, and what was seen in their place. `key` is what a second reading must repeat."""

    first: int
    last: int
    seen: str
    key: str
    figures: int = 0
    """Figures by which a number is longer (or, below 0, shorter) than the layer's, when that alone is the difference.

    OCR loses a last figure, and takes a rule beside a number for a 1: the ink must tell, see `agreed`.
    """


@dataclass(frozen=True, slots=True)
class _Line:
    """The letters and digits of a line, folded, without anything between them."""

    text: str
    owner: list[int]
    """Index of the word of each character."""


def differences(words: Sequence[Word], seen: Sequence[Glimpse]) -> list[Difference]:
    """Differences that noise does not explain. `words` and `seen` from left to right."""
    layer, shown = _line([word.text for word in words]), _line([word.text for word in seen])
    if not layer.text or not shown.text:
        return []
    if _is_other(layer.text, shown.text) and _mean(seen) >= _SURE_WORD:
        text = " ".join(word.text for word in seen)
        return [Difference(0, len(words) - 1, text, "*")]
    before, after = _aligned(layer.text, shown.text)
    found: list[Difference] = []
    taken = [False] * len(shown.text)
    for token in _tokens(layer):
        start, end = token
        low, high = after[start], before[end]
        if high < low:
            low = high
        if layer.text[start].isdigit():
            while low > before[start] and shown.text[low - 1].isdigit():
                low -= 1
            while high < after[end] and shown.text[high].isdigit():
                high += 1
        taken[low:high] = [True] * (high - low)
        difference = _difference(layer, start, end, shown, low, high, seen)
        if difference is not None:
            found.append(difference)
    return [*found, *_additions(layer, shown, before, after, taken, seen)]


def agreed(
    words: Sequence[Word],
    told: Sequence[Difference],
    again: Sequence[Glimpse],
    fits: Callable[[Word, int], bool] = lambda word, figures: False,
) -> list[Dispute]:
    """The differences that a second reading saw in the same way, as disputes; one for each stretch of words.

    `fits` tells whether the ink of a word is as much wider or narrower as so many figures make it.
    """
    repeated = {(each.first, each.last, each.key): each for each in differences(words, again)}
    found: dict[tuple[int, int], Dispute] = {}
    for each in told:
        other = repeated.get((each.first, each.last, each.key))
        if other is None or (each.figures and not fits(words[each.first], each.figures)):
            continue
        stretch = words[each.first : each.last + 1]
        box: Box = stretch[0].box
        for word in stretch[1:]:
            box = box.union(word.box)
        found[each.first, each.last] = Dispute(box, " ".join(word.text for word in stretch), other.seen)
    return list(found.values())


def _difference(
    layer: _Line, start: int, end: int, shown: _Line, low: int, high: int, seen: Sequence[Glimpse]
) -> Difference | None:
    """The difference between one token of the layer and the stretch of the reading that stands in its place."""
    said, read = layer.text[start:end], shown.text[low:high]
    owners = sorted({shown.owner[at] for at in range(low, high)})
    confidence = min((seen[at].confidence for at in owners), default=0.0)
    text = " ".join(seen[at].text for at in owners)
    word = layer.owner[start]
    if said == read:
        return None
    if said.isdigit():
        if not read.isdigit() or confidence < _SURE_DIGITS:
            return None
        return Difference(word, word, text, read, len(read) - len(said) if _is_cut(said, read) else 0)
    if confidence < _SURE_WORD or not read.isalpha():
        return None
    plain_said, plain_read = said.translate(_LOOK_ALIKES), read.translate(_LOOK_ALIKES)
    distance = Levenshtein.distance(plain_said, plain_read)
    unlike = len(said) >= _UNLIKE_LEAST and distance > _UNLIKE * max(len(said), len(read))
    # Another word of the language is a difference; a scrap of one is noise.
    other = len(owners) == 1 and len(said) == len(read) >= 2 and distance > 0 and _whole(seen[owners[0]].text, read)
    if unlike or (other and confidence >= 0.9):
        return Difference(word, word, text, read)
    return None


def _is_cut(said: str, read: str) -> bool:
    """True when OCR lost a figure at the end of a number, or took a rule beside it for a 1."""
    return said.startswith(read) or said.endswith(read) or read in (said + "1", "1" + said)


def _additions(
    layer: _Line, shown: _Line, before: list[int], after: list[int], taken: list[bool], seen: Sequence[Glimpse]
) -> list[Difference]:
    """Numbers to be seen where the layer has nothing."""
    found: list[Difference] = []
    for boundary, (low, high) in enumerate(zip(before, after, strict=True)):
        for run in re.finditer(r"\d+", shown.text[low:high]):
            places = range(low + run.start(), low + run.end())
            if any(taken[at] for at in places):
                continue
            owners = sorted({shown.owner[at] for at in places})
            if min(seen[at].confidence for at in owners) < _SURE_DIGITS:
                continue
            near = [layer.owner[at] for at in (boundary - 1, boundary) if 0 <= at < len(layer.owner)]
            text = " ".join(seen[at].text for at in owners)
            found.append(Difference(min(near), max(near), text, "+" + run.group()))
    return found


def _whole(word: str, read: str) -> bool:
    """True when the reading is all of a word, and a rightly spelled one."""
    core = "".join(c for c in word if c.isalnum())
    return fold(core) == read and is_syllable(core)


def _is_other(said: str, read: str) -> bool:
    longest = max(len(said), len(read))
    return len(said) >= _STRIP_LEAST and Levenshtein.distance(said, read) > _STRIP_UNLIKE * longest


def _mean(seen: Sequence[Glimpse]) -> float:
    weights = [sum(c.isalnum() for c in word.text) for word in seen]
    total = sum(weights)
    return sum(w * word.confidence for w, word in zip(weights, seen, strict=True)) / total if total else 0.0


def _line(texts: Sequence[str]) -> _Line:
    text: list[str] = []
    owner: list[int] = []
    for index, word in enumerate(texts):
        letters = [c for c in fold(word) if c.isalnum()]
        text += letters
        owner += [index] * len(letters)
    return _Line("".join(text), owner)


def _tokens(line: _Line) -> list[tuple[int, int]]:
    """Runs of digits and runs of letters, each within one word."""
    found: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(line.text) + 1):
        if (
            at == len(line.text)
            or line.owner[at] != line.owner[start]
            or line.text[at].isdigit() != line.text[start].isdigit()
        ):
            found.append((start, at))
            start = at
    return found


def _aligned(said: str, read: str) -> tuple[list[int], list[int]]:
    """For each boundary between characters of `said`, the places in `read` before and after what was put in there."""
    before = [0] * (len(said) + 1)
    after = [0] * (len(said) + 1)
    for step in Levenshtein.opcodes(said, read):
        if step.tag == "insert":
            before[step.src_start], after[step.src_start] = step.dest_start, step.dest_end
            continue
        for at in range(step.src_start, step.src_end + 1):
            place = step.dest_start + (at - step.src_start if step.tag != "delete" else 0)
            if at == step.src_start and after[at] == place and before[at] < place:
                continue  # something was put in just before
            before[at] = after[at] = place
    return before, after
