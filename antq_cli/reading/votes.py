"""Which of several readings of a signature block to believe: lines that independent pictures agree on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from antq_cli.layout import labels
from antq_cli.layout.rows import Row, rows_of, split_row
from antq_cli.model.page import Page, Word
from antq_cli.vietnamese.names import EDGE, is_ambiguous, is_common, is_given, name_in, spelled
from antq_cli.vietnamese.syllables import is_syllable
from antq_cli.vietnamese.text import fold, is_upper, upper_share

OFF_CENTRE = 1.8
"""Lines of one block have their middles this near, in mm; the shortest family name would move them by more."""
COLUMN_GAP = 6.0
"""White space, in mm, between a line of the block and what stands beside it."""
SAME_PLACE = 3.0
"""Readings of one line have their middles this near, in mm."""
HEARD = 0.40
"""Least word confidence, 0..1, of a name that counts as read."""
CLEAR = 0.60
"""One reading at least must have every word of the name at this confidence."""
AGREED = 2
DOMINANT = 2
"""A name needs this many times the votes of any other at its place."""
DOUBTED = 0.30
"""Confidence given to words that were seen but not agreed on."""
_ENDS = re.compile(r"^[\W_]+|[\W_]+$")
_SHORT = ("tm", "kt", "tl", "tuq", "q")
HIGHEST = 40.0
"""The lines over a name reach this many mm above the first of them at most; seal and pen stand between."""


@dataclass(frozen=True, slots=True)
class Column:
    """The part of a page where one signature block stands, in mm."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Choice:
    """The lines of one block, as far as they are agreed on; words have their places on the page."""

    heads: tuple[tuple[Word, ...], ...] = ()
    name: tuple[Word, ...] = ()
    is_agreed: bool = False
    """Was the name agreed on? If not, `name` is the likeliest one and its words are doubted."""

    @property
    def is_plain(self) -> bool:
        """Agreed on, and no name that only the marks of its words make strange."""
        return self.is_agreed and is_common(" ".join(word.text for word in self.name))

    @property
    def lines(self) -> tuple[tuple[Word, ...], ...]:
        return (*self.heads, self.name) if self.name else self.heads


@dataclass(frozen=True, slots=True)
class _Vote:
    reader: int
    key: str
    words: tuple[Word, ...]

    @property
    def confidence(self) -> float:
        return min(word.confidence for word in self.words)


def choose(readings: Sequence[Page], column: Column) -> Choice:
    """The lines of a block from its readings; the first reading is that of the whole page."""
    name, is_agreed = _name(readings, column)
    bottom = min(word.box.top for word in name) if name and is_agreed else column.bottom
    heads = _heads(readings, replace(column, bottom=bottom))
    if is_agreed and heads and _may_be_cut(name, heads[-1]):
        name, is_agreed = tuple(replace(word, confidence=DOUBTED) for word in name), False
    return Choice(heads, name, is_agreed)


def _may_be_cut(name: Sequence[Word], head: Sequence[Word]) -> bool:
    """A name that stands right of the middle and begins with what is a given name too has lost its family name."""
    shift = (name[0].box.left + name[-1].box.right - head[0].box.left - head[-1].box.right) / 2
    return is_given(name[0].text) and shift > OFF_CENTRE


def sureness(votes: int) -> float:
    """Confidence, 0..1, of what this many pictures show alike."""
    return round(1.0 - 0.8 * 0.5**votes, 3)


def _pieces(page: Page, column: Column) -> list[Row]:
    pieces = [piece for row in rows_of(0, page) for piece in split_row(row, page, COLUMN_GAP)]
    return [
        piece
        for piece in pieces
        if column.left <= piece.box.centre <= column.right and column.top <= piece.box.middle <= column.bottom
    ]


def _name(readings: Sequence[Page], column: Column) -> tuple[tuple[Word, ...], bool]:
    votes: list[_Vote] = []
    for reader, page in enumerate(readings):
        for piece in _pieces(page, column):
            place = None if is_upper(piece.text) else name_in(piece.text)
            if place is not None:
                votes.append(_Vote(reader, spelled(piece.text[slice(*place)]), _cut(page, piece, place)))
    if not votes:
        return (), False
    by_name: dict[str, list[_Vote]] = defaultdict(list)
    for vote in votes:
        by_name[vote.key].append(vote)
    ranked = sorted(
        by_name.values(), key=lambda group: (_weight(group), max(v.confidence for v in group)), reverse=True
    )
    best = _commoner(ranked)
    rivals = [
        group
        for group in ranked
        if group is not best and _is_possible(group[0].key) and not (is_common(best[0].key) and _is_twin(group, best))
    ]
    others = [_weight(group) for group in rivals if _at_one_place(group[0], best[0])]
    shown = max(best, key=lambda vote: vote.confidence)
    is_agreed = (
        _weight(best) >= (AGREED if is_common(best[0].key) else AGREED + 1)
        and _weight(best) >= DOMINANT * max(others, default=0)
        and _clearest(best) >= CLEAR
        and _is_possible(best[0].key)
        and not is_ambiguous(best[0].key)
        # Two names at two places: who of them signs is not for votes to tell.
        and all(_at_one_place(group[0], best[0]) or _weight(group) < AGREED for group in rivals)
    )
    sure = sureness(_weight(best)) if is_agreed else DOUBTED
    spoken = best[0].key.split()
    words = [replace(word, text=text, confidence=sure) for word, text in zip(shown.words, spoken, strict=True)]
    return tuple(words), is_agreed


def _commoner(ranked: Sequence[list[_Vote]]) -> list[_Vote]:
    """The first name, or one that differs from it in marks alone, was read twice as well, and has common words only."""
    best = ranked[0]
    if is_common(best[0].key):
        return best
    twins = (group for group in ranked[1:] if _is_twin(group, best) and is_common(group[0].key))
    return next((group for group in twins if _weight(group) >= AGREED), best)


def _is_twin(group: Sequence[_Vote], other: Sequence[_Vote]) -> bool:
    return fold(group[0].key) == fold(other[0].key) and _at_one_place(group[0], other[0])


def _weight(group: Sequence[_Vote]) -> int:
    return len({vote.reader for vote in group if vote.confidence >= HEARD})


def _clearest(group: Sequence[_Vote]) -> float:
    return max(vote.confidence for vote in group)


def _is_possible(name: str) -> bool:
    """Every word of a Vietnamese name is a syllable; names of other peoples are known by their family names."""
    family, *given = name.split()
    return not is_syllable(family) or all(is_syllable(word) for word in given)


def _at_one_place(one: _Vote, other: _Vote) -> bool:
    return abs(one.words[0].box.middle - other.words[0].box.middle) < SAME_PLACE


def _cut(page: Page, piece: Row, place: tuple[int, int]) -> tuple[Word, ...]:
    """The words of a stretch of a piece's text, without the marks around them."""
    found: list[Word] = []
    offset = 0
    for index in piece.words:
        word = page.words[index]
        if offset < place[1] and offset + len(word.text) > place[0]:
            found.append(replace(word, text=word.text.strip(EDGE)))
        offset += len(word.text) + 1
    return tuple(found)


def _heads(readings: Sequence[Page], column: Column) -> tuple[tuple[Word, ...], ...]:
    """The lines of authority and position, from top to bottom, each read alike in two pictures at least."""
    votes: list[_Vote] = []
    for reader, page in enumerate(readings):
        for piece in _pieces(page, column):
            words = tuple(head for index in piece.words if (head := _head_word(page.words[index])) is not None)
            text = " ".join(word.text for word in words)
            if words and upper_share(text) > 0.7 and sum(c.isalpha() for c in text) >= 4:
                votes.append(_Vote(reader, "".join(c for c in fold(text) if c.isalnum()), words))
    votes.sort(key=lambda vote: _middle(vote))
    places: list[list[_Vote]] = []
    for vote in votes:
        if places and _middle(vote) - _middle(places[-1][0]) < SAME_PLACE:
            places[-1].append(vote)
        else:
            places.append([vote])
    lines = [line for place in places if (line := _head(place))]
    first = lines[0][0].box.top if lines else 0.0
    return tuple(line for line in lines if line[0].box.top - first < HIGHEST)


def _head(place: Sequence[_Vote]) -> tuple[Word, ...]:
    """The reading that two pictures share and that is a known line; of several the longest, which hides nothing."""
    by_text: dict[str, list[_Vote]] = defaultdict(list)
    for vote in place:
        by_text[vote.key].append(vote)
    agreed = [group for group in by_text.values() if len({vote.reader for vote in group}) >= AGREED]
    known = [group for group in agreed if any(_is_known(vote) for vote in group)]
    if not known:
        return ()
    best = max(known, key=lambda group: len(group[0].key))
    shown = max((vote for vote in best if _is_known(vote)), key=lambda vote: (_marked(vote), vote.confidence))
    sure = sureness(len({vote.reader for vote in best}))
    return tuple(replace(word, confidence=max(sure, word.confidence)) for word in shown.words)


def _is_known(vote: _Vote) -> bool:
    text = " ".join(word.text for word in vote.words)
    return labels.is_authority(text, fold(text)) or labels.is_position(text, fold(text))


def _marked(vote: _Vote) -> int:
    """Letters with marks: strokes of a pen hide them more often than they add any."""
    return sum(not c.isascii() for word in vote.words for c in word.text)


def _head_word(word: Word) -> Word | None:
    """The word without marks of rules and pens around it; None for a scrap. `KT,` and `KT` are `KT.`"""
    bare = _ENDS.sub("", word.text)
    if fold(bare) in _SHORT:
        return replace(word, text=f"{bare}.")
    if sum(c.isalpha() for c in bare) < 2 or upper_share(bare) <= 0.7:
        return None
    return replace(word, text=bare)


def _middle(vote: _Vote) -> float:
    return sum(word.box.middle for word in vote.words) / len(vote.words)
