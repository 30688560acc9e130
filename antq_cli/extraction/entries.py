"""Printed lines to the entries of a list (Nơi nhận, Kính gửi), and the spelling of what was read off a scan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from unicodedata import category

from antq_cli.extraction.field import SURE, is_from_scan, sure_words
from antq_cli.extraction.spelling import restore
from antq_cli.extraction.wording import reworded
from antq_cli.model.page import Word
from antq_cli.model.transcript import Transcript
from antq_cli.vietnamese.text import FOREIGN_LETTERS, fold

Span = tuple[int, int]

WEAK = 0.6
"""A scrap of seal or pen at a line's end is read with less confidence than this."""
AT_DASH = 0.4
"""A line without a dash stands under the dashes when it begins nearer to them than this part of the way to the text."""
_DASH = r"[-\u2013\u2014\u2212+\u2022*~=\u00b7]"
_ITEM_MARK = re.compile(rf"[_.\u2019'`\"^\u02c6]{{0,2}}(?:{_DASH}[\s._]{{0,3}}){{1,3}}")
_TORN_CODE = re.compile(r"(?<=[A-ZĐ]{2})-\s(?=[A-ZĐ]{2})")
_EDGE = " ;.,:/"
_CLOSED = (";", ".")
_KEPT = re.compile(r"l[uo]u(?:\s?[:;.]|\s(?:vt|van)\b)")
"""The last entry, Lưu: VT, begins one with or without its dash. Over folded text."""


def join_items(transcript: Transcript, spans: Sequence[Span]) -> tuple[str, ...]:
    """Printed lines to list entries: a line begins an entry when it has a dash or the line before it was closed.

    On a scan a dash may be lost. Where places are known, a line set under the dashes of the list goes on with the
    entry above even when that ended with ";", and one set under the text of a closed entry has lost its dash.
    """
    lines = [line for span in spans if (line := _line(transcript, span)) is not None]
    has_marks = any(marked for _, marked, _ in lines)
    column = _columns(transcript, [span for _, marked, span in lines if marked])
    entries: list[str] = []
    for text, marked, span in lines:
        closed = bool(entries) and entries[-1].endswith(_CLOSED)
        opens = not has_marks or text[:1].isupper()
        if closed and opens and has_marks and column is not None and not marked:
            opens = not _is_under_dash(transcript, span, column)
        is_last = closed and text[:1].isupper() and _KEPT.match(fold(text)) is not None
        if not entries or marked or is_last or (closed and opens):
            entries.append(text)
        elif text:
            entries[-1] = f"{entries[-1]} {text}"
    entries = [entry.rstrip(_EDGE).strip() for entry in entries]
    entries = [entry for entry in entries if any(c.isalnum() for c in entry)]
    if not is_from_scan(transcript, spans[0][0]):
        return tuple(entries)
    sure = sure_words(transcript, spans)
    return tuple(reworded(respelled(transcript, spans[0][0], entry, sure)) for entry in entries)


def _line(transcript: Transcript, span: Span) -> tuple[str, bool, Span] | None:
    """A line's text without its dash and without scraps at its ends, whether it had a dash, and its place."""
    start, end = span
    text = transcript.text[start:end]
    if is_from_scan(transcript, start):
        start, end = _without_scraps(transcript, start, end)
        text = transcript.text[start:end]
        text = _without_stutter(transcript, start, end)
    text = text.strip()
    mark = _ITEM_MARK.match(text)
    bare = text[mark.end() :] if mark else text
    if mark and is_from_scan(transcript, start):
        bare = bare.lstrip(" .,;:'`")
    return (bare.strip(), mark is not None, (start, end)) if bare.strip() or mark else None


def _without_scraps(transcript: Transcript, start: int, end: int) -> Span:
    """The line without what seal and pen left before its dash and behind its end."""
    tokens = transcript.tokens_in(start, end)
    words = transcript.words(start, end)
    last = len(words)
    while last > 1 and _is_scrap(words[last - 1], words[last - 2]):
        last -= 1
    first = 0
    dash = next((n for n, word in enumerate(words[:3]) if _ITEM_MARK.fullmatch(word.text)), None)
    if dash and all(len(word.text) <= 2 and word.confidence < WEAK for word in words[:dash]):
        first = dash
    return max(start, tokens[first].start), min(end, tokens[last - 1].end)


def _is_scrap(word: Word, before: Word) -> bool:
    """Marks without letters; or one or two letters, weak or behind the end of the entry."""
    letters = sum(is_letter(c) or c.isdigit() for c in word.text)
    if letters == 0:
        return not set(word.text) & set(")]") and not word.text.startswith((";", "."))
    if letters > 2 or len(word.text) > 3 or word.text[-1:] in ")];":
        return False
    is_code = letters == 2 and word.text[:2].isupper() and word.confidence >= SURE
    is_behind = before.text.endswith(("./.",) if is_code else (";", "./."))
    return word.confidence < WEAK or is_behind or (letters == 1 and word.text[:1].islower())


def _without_stutter(transcript: Transcript, start: int, end: int) -> str:
    """The line without the beginnings of words that OCR read twice: "Th Thường", "V VT"."""
    words = transcript.words(start, end)
    kept = [
        word.text
        for word, following in pairwise((*words, None))
        if word is not None and (following is None or not _is_stutter(word, following))
    ]
    return " ".join(kept)


def _is_stutter(word: Word, following: Word) -> bool:
    """A word is read as surely as the scrap before it that begins it: the scrap is its own first letters."""
    own, whole = fold(word.text), fold(following.text)
    return (
        own.isalpha()
        and len(own) <= 2
        and len(own) < len(whole)
        and whole.startswith(own)
        and word.text[:1] == following.text[:1]
        and word.confidence < SURE
    )


def is_letter(character: str) -> bool:
    """A letter of a word; a circumflex or a tone mark standing alone counts as a letter for Unicode only."""
    return character.isalpha() and category(character) != "Lm"


def _columns(transcript: Transcript, spans: Sequence[Span]) -> tuple[float, float] | None:
    """Where the dashes of a list stand and where its text begins, mm from the left; None without places."""
    dashes, texts = [], []
    for start, end in spans:
        words = transcript.words(start, end)
        is_placed = transcript.document.pages[transcript.tokens_in(start, end)[0].page].is_geometric
        if is_placed and len(words) > 1 and _ITEM_MARK.fullmatch(words[0].text):
            dashes.append(words[0].box.left)
            texts.append(words[1].box.left)
    return (median(dashes), median(texts)) if len(dashes) >= 2 and median(texts) - median(dashes) > 1 else None


def _is_under_dash(transcript: Transcript, span: Span, column: tuple[float, float]) -> bool:
    dash, text = column
    return transcript.words(*span)[0].box.left - dash < AT_DASH * (text - dash)


def respelled(transcript: Transcript, offset: int, text: str, sure: frozenset[str] = frozenset()) -> str:
    """Off a scan, with the marks of known phrases restored, torn codes joined and lone marks left out.

    `sure` are the words that were read with confidence.

    Text that was not read by OCR stays as it is.
    """
    if not is_from_scan(transcript, offset):
        return text
    words = [
        word
        for word in text.translate(FOREIGN_LETTERS).replace("\u00a1", "i").split()
        if any(is_letter(c) or c.isdigit() for c in word) or word in ("-", "\u2013", "&", "/") or word.startswith("(")
    ]
    return restore(_TORN_CODE.sub("-", " ".join(words)), sure)


def letters_differ(one: str, other: str) -> bool:
    """True when more than marks, white space and punctuation differ."""
    return [c for c in fold(one) if c.isalnum()] != [c for c in fold(other) if c.isalnum()]
