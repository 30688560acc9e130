"""Several readings of one block of lines brought to one: what one reading loses or blurs, another has read.

Tesseract cuts a page into blocks before it reads; small type, tight lists and stamps nearby make it lose whole lines of
a closing, while the same lines cut out alone read well. Readings at two scales err on different letters. So a block is
read again, its words are laid side by side by place, and each place is given to the spelling that the readings, weighed
by confidence and by what is a known word or a valid number, support most. Nothing is put together that no reading saw.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from statistics import mean, median

from rapidfuzz.distance import Levenshtein

from antq_cli.errors import InputError
from antq_cli.extraction.numbers import parse_number
from antq_cli.reading.ocr import OcrEngine, Seen
from antq_cli.reading.prepare import Prepared
from antq_cli.reading.stack import Pixels, read_stack
from antq_cli.vietnamese.lexicon import known_words, organs
from antq_cli.vietnamese.text import fold

SCALES = (250.0, 400.0)
"""Dots per inch of the second and the third reading: 11 point type is 38 and 61 pixels high there."""
_ROOM = 1000
"""Numbers kept for the lines of one block."""
_KNOWN = 1.5
"""Weight of a spelling that is a known word or a valid number against one that is not."""
_NOTHING = 0.35
"""Weight with which a reading that saw nothing at a place speaks against a word there."""
_SURE = 80.0
_CERTAIN = 90.0
_TALL = 1.6
"""Height of a line, against the middle one's, from which it may be two."""
_LEAST = 0.05
_MARKS = ".,;:?'\"`_~^*\u2018\u2019\u201c\u201d\u2026"
_CODE = re.compile(r"\d.*[/-]\s?[^\W\d]")


@dataclass(frozen=True, slots=True)
class _Line:
    """The words of one reading that stand on one line, from left to right."""

    words: tuple[Seen, ...]
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return max(1.0, self.bottom - self.top)


def reread(
    page: Prepared,
    seen: Sequence[Seen],
    blocks: Sequence[Pixels],
    lines: Sequence[Pixels],
    engine: OcrEngine,
    end: float,
) -> list[Seen]:
    """All words of the page, those inside the boxes read anew; a block holds several lines, each of `lines` one.

    All boxes are one picture, read a second time; those in which the two readings differ are read a third time, at
    another scale. The first reading has its vote. When the time is up, what was read so far stands.
    """
    boxes = [*blocks, *lines]
    readings = [[word for word in seen if is_inside(word, boxes)]]
    wanted = boxes
    times = dict.fromkeys(boxes, 1)
    for dpi in SCALES:
        if not wanted:
            break
        try:
            again = read_stack(page, wanted, engine, end - time.monotonic(), dpi)
        except InputError as error:
            if error.reason != "timeout":
                raise
            break
        readings.append(again)
        times.update((box, len(readings)) for box in wanted)
        wanted = [box for box in wanted if not _is_settled(readings, box, only_figures=box not in blocks)]
    if len(readings) == 1:
        return list(seen)
    first = max((word.line for word in seen), default=0) + 1
    found = [
        _voted_in(readings[: times[box]], box, first + _ROOM * place, only_known=box not in blocks)
        for place, box in enumerate(boxes)
    ]
    return _in_place(seen, boxes, found)


def _in_place(seen: Sequence[Seen], boxes: Sequence[Pixels], found: Sequence[Sequence[Seen]]) -> list[Seen]:
    """The words in their order: those of a box where its first word was read before, at the end when none was."""
    ordered: list[Seen] = []
    left = dict(enumerate(found))
    for word in seen:
        place = next((place for place, box in enumerate(boxes) if is_inside(word, [box])), None)
        if place is None:
            ordered.append(word)
        else:
            ordered.extend(left.pop(place, ()))
    return [*ordered, *(word for words in left.values() for word in words)]


def _is_settled(readings: Sequence[Sequence[Seen]], box: Pixels, *, only_figures: bool) -> bool:
    """Do the readings show the same in the box, and nothing that is both weak and unknown?"""
    told: list[list[str]] = []
    for reading in readings:
        words = [word for word in reading if is_inside(word, [box]) and any(c.isalnum() for c in word.text)]
        if only_figures:
            words = [word for word in words if any(c.isdigit() for c in word.text)]
        elif any(word.confidence < _SURE and not is_known(word.text) for word in words):
            return False
        told.append(sorted(_core([word]) for word in words))
    return bool(told[0]) and all(each == told[0] for each in told)


def _voted_in(readings: Sequence[Sequence[Seen]], box: Pixels, first: int, *, only_known: bool) -> list[Seen]:
    inside = [[word for word in reading if is_inside(word, [box])] for reading in readings]
    return vote(inside, first, only_known=only_known)


def is_inside(word: Seen, boxes: Sequence[Pixels]) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def vote(readings: Sequence[Sequence[Seen]], first: int = 0, *, only_known: bool = False) -> list[Seen]:
    """One reading out of several of the same lines, all in the same pixels; lines are numbered from `first` on.

    A line the first reading does not have is kept when another one read it well; never with `only_known`.
    """
    split = [_lines(reading) for reading in readings]
    heights = [line.height for lines in split for line in lines]
    tall = _TALL * median(heights) if heights else 0.0
    # Two lines under a pen stroke are read as one that says nothing; it would bring the lines of others together.
    split = [[line for line in lines if line.height < tall or _is_good(line.words)] for lines in split]
    clusters: list[dict[int, list[_Line]]] = []
    order = sorted(range(len(split)), key=lambda index: -_quality(readings[index]))
    for index in order:
        for line in split[index]:
            home = max(clusters, key=lambda cluster: _overlap(cluster, line), default=None)
            if home is not None and _overlap(home, line) >= 0.5:
                home.setdefault(index, []).append(line)
            else:
                clusters.append({index: [line]})
    clusters.sort(key=lambda cluster: mean(line.top + line.bottom for lines in cluster.values() for line in lines))
    found: list[Seen] = []
    for cluster in clusters:
        if only_known and 0 not in cluster:
            continue
        rows = [sorted((w for line in cluster.get(i, ()) for w in line.words), key=_left) for i in range(len(split))]
        words = _line_vote(rows, first, only_known=only_known)
        if words:
            found += words
            first += 1
    return found


def _left(word: Seen) -> int:
    return word.box[0]


def _quality(reading: Sequence[Seen]) -> float:
    """How much was read well: confident letters and digits."""
    return sum(sum(c.isalnum() for c in word.text) * max(0.0, word.confidence - 50) for word in reading)


def _lines(reading: Sequence[Seen]) -> list[_Line]:
    """The engine's lines, with the height of their middle words: a scrap of a stamp does not stretch them."""
    by_number: dict[int, list[Seen]] = defaultdict(list)
    for word in reading:
        by_number[word.line].append(word)
    found = []
    for words in by_number.values():
        solid = [w for w in words if sum(c.isalnum() for c in w.text) >= 2] or words
        top, bottom = median(w.box[1] for w in solid), median(w.box[3] for w in solid)
        found.append(_Line(tuple(sorted(words, key=_left)), top, bottom))
    return sorted(found, key=lambda line: line.top + line.bottom)


def _overlap(cluster: dict[int, list[_Line]], line: _Line) -> float:
    shares = [
        (min(line.bottom, other.bottom) - max(line.top, other.top)) / min(line.height, other.height)
        for lines in cluster.values()
        for other in lines
    ]
    return max(shares, default=0.0)


def _line_vote(rows: Sequence[Sequence[Seen]], number: int, *, only_known: bool) -> list[Seen]:
    """The words of one line. A reading that has nothing of the line has lost it and does not vote."""
    present = [row for row in rows if row]
    if not rows[0] and not any(_is_good(row) for row in present):
        return []
    words = []
    for place in _places(present):
        chosen = _chosen(place)
        is_scrap = only_known and not place[0] and chosen is not None and not _has_letters(chosen)
        if chosen is not None and not is_scrap:
            words += [replace(word, line=number) for word in chosen]
    return sorted(words, key=_left)


def _is_good(row: Sequence[Seen]) -> bool:
    letters = sum(c.isalnum() for word in row for c in word.text)
    weight = sum(len(word.text) * word.confidence for word in row) / sum(len(word.text) for word in row)
    return letters >= 4 and weight >= 70


def _places(rows: Sequence[Sequence[Seen]]) -> list[list[list[Seen]]]:
    """The places of a line from left to right: at each, what every reading has there (maybe nothing)."""
    every = sorted(((word, index) for index, row in enumerate(rows) for word in row), key=lambda pair: pair[0].box[0])
    places: list[list[tuple[Seen, int]]] = []
    for word, index in every:
        for place in reversed(places[-4:]):
            if any(_is_over(word, other) for other, _ in place):
                place.append((word, index))
                break
        else:
            places.append([(word, index)])
    return [[[word for word, at in place if at == index] for index in range(len(rows))] for place in places]


def _is_over(one: Seen, other: Seen) -> bool:
    shared = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    return shared > 0.5 * min(one.box[2] - one.box[0], other.box[2] - other.box[0])


def _chosen(place: Sequence[Sequence[Seen]]) -> Sequence[Seen] | None:
    """The words of the reading whose spelling has most support; None when most readings saw nothing there.

    The spelling proper is voted on first, the marks at its ends after that. A reading that leaves a part of the ink
    at the place unexplained counts less.
    """
    spoken = [words for words in place if words]
    span = _width([word for words in spoken for word in words])
    cores: dict[str, float] = defaultdict(float)
    for words in spoken:
        cores[_core(words)] += _weight(words) * _width(words) / span
    # What is nearly the same supports one another: of three spellings that differ, the one in their midst is nearest.
    support = {text: sum(weight * _likeness(text, other) for other, weight in cores.items()) for text in cores}
    core = max(cores, key=lambda text: (support[text] * _worth(text), text))
    silent = len(place) - len(spoken)
    if _is_sure(place[0]):
        # What is a word and was read surely in its line is neither lost nor made into no word by a cut-out.
        alike = sum(1 for words in spoken if _core(words) == core)
        if _worth(core) < _KNOWN or alike < 2:
            core = _core(place[0])
    elif silent and silent * _NOTHING > support[core] * (1.0 if any(c.isalnum() for c in core) else 0.5):
        return None
    voters = [words for words in spoken if _core(words) == core]
    forms: dict[str, float] = defaultdict(float)
    for words in voters:
        forms[_joined(words)] += _weight(words)
    form = max(forms, key=lambda text: (forms[text], text))
    best = max((words for words in voters if _joined(words) == form), key=_weight)
    share = support[core] / (sum(cores.values()) + silent * _NOTHING)
    return [replace(word, confidence=_believed(word.confidence, share)) for word in best]


def _is_sure(words: Sequence[Seen]) -> bool:
    text = _core(words) if words else ""
    is_word = any(c.isalnum() for c in text) and _worth(text) == _KNOWN
    return is_word and all(word.confidence >= _CERTAIN for word in words)


def _width(words: Sequence[Seen]) -> int:
    return max(word.box[2] for word in words) - min(word.box[0] for word in words)


def _likeness(one: str, other: str) -> float:
    return 1.0 if one == other else 0.6 * float(Levenshtein.normalized_similarity(one, other)) ** 2


def _believed(confidence: float, share: float) -> float:
    """Confidence of a word that this share of the votes supports: full agreement leaves it, a tie halves it."""
    return round(min(confidence, 100.0) * min(1.0, 0.2 + 0.85 * share), 1)


def _joined(words: Sequence[Seen]) -> str:
    return " ".join(word.text for word in words)


def _has_letters(words: Sequence[Seen]) -> bool:
    return any(c.isalnum() for word in words for c in word.text)


def _core(words: Sequence[Seen]) -> str:
    return _joined(words).strip(_MARKS)


def _weight(words: Sequence[Seen]) -> float:
    size = sum(len(word.text) for word in words)
    return max(_LEAST, (sum(word.confidence * len(word.text) for word in words) / size / 100) ** 2)


def _worth(text: str) -> float:
    """1, or more for what is a known word, a valid number of a known body, or a mark that lists have."""
    if _CODE.search(text):
        number = parse_number(text)
        has_body = number is not None and any(fold(code) in organs().spelling for code in number.organs)
        return _KNOWN if has_body and number is not None and not number.repaired else 1.0
    return _KNOWN if all(is_known(part) for part in text.split()) else 1.0


@cache
def is_known(word: str) -> bool:
    bare = word.strip(_MARKS + "()[]")
    return bare in known_words() or bare.lower() in known_words() or bare == "-"
