"""Quyền hạn and chức vụ of the signer (NĐ 30/2020, Phụ lục I.II.7; HD 36-HD/VPTW): `TM. …`, `KT. …`, `PHÓ CHỦ TỊCH`."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from antq_cli.extraction.field import found, is_from_scan, missing, sure_words, unreadable
from antq_cli.extraction.spelling import restore
from antq_cli.model.letter import Field
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import agencies, formulas
from antq_cli.vietnamese.text import fold, upper_share

_EDGE = " .,;:'\"*_|^~`“”‘’–—-()[]<>=/\\"
_DASHES = ("-", "\u2013")
_AUTHORITY = re.compile(
    r"\W{0,4}(?:tm|kt|tl|tuq|t\s?/\s?m|k\s?/\s?t|t\s?/\s?l|t\s?/\s?uq)\s?[.,:]?\s?(?=[a-z])|\W{0,4}q\s?\.\s?(?=[a-z])"
)
_FOR_HEAD = re.compile(r"\W{0,4}k\s?/?\s?t\s?[.,:]?\s?")
_GLUED = re.compile(r"^(TM|KT|TL|TUQ|Q)\s?[.,]\s?(?=\w)")
_MARK_FOR_SPACE = re.compile(r"(?<=\w)[-.,_](?=\w)")
_STANDING = "thuong truc"
"""The end of `PHÓ BÍ THƯ THƯỜNG TRỰC`, often on a line of its own; alone it is no position."""
LETTERS = 4
"""A row with fewer letters is no line of a signature block."""
CENTRED = 2.5
"""Lines of one block have their middles this near, in mm; a hidden `PHÓ` would move one by five or more."""
UNDER = 9.0
"""On a scan the line under an authority stands within this many mm, or it was not read."""


def is_authority(transcript: Transcript, row: Paragraph) -> bool:
    """A line in capitals that begins with `TM.`, `KT.`, `T/M` and their like."""
    text = transcript.slice(row)
    return _AUTHORITY.match(fold(text)) is not None and upper_share(text) > 0.7


def is_position(transcript: Transcript, row: Paragraph) -> bool:
    """A line in capitals that begins with a position, a letter wrong at most."""
    text = transcript.slice(row)
    return upper_share(text) > 0.7 and _looks_like_position(_bare(text))


def read_authority(transcript: Transcript, block: list[Paragraph]) -> Field[str]:
    """The lines of authority of one block, joined by " / ".

    On a scan they are claimed only when the line under them was read too: a seal may hide `KT. CHỦ TỊCH`.
    """
    from_scan = is_from_scan(transcript, block[0].start)
    lines: list[str] = []
    spans: list[tuple[int, int]] = []
    is_whole = not from_scan
    for row in block:
        text = transcript.slice(row).strip(_EDGE.replace(".", ""))
        if sum(c.isalpha() for c in text) < LETTERS:
            continue  # a scrap of pen or seal
        is_under = bool(spans) and _gap(transcript, spans[-1], row) < UNDER
        if is_authority(transcript, row):
            lines.append(_restored(transcript, row, _GLUED.sub(r"\1. ", text)))
        elif lines and _goes_on(transcript, row):
            lines[-1] = f"{lines[-1]} {_restored(transcript, row, text.strip(_EDGE))}"
        else:
            is_whole = is_whole or (is_under and (is_position(transcript, row) or upper_share(text) < 0.5))
            break
        spans.append((row.start, row.end))
    if not lines:
        if not from_scan or is_position(transcript, block[0]):
            return missing(transcript, Zone.SIGNATURE, note="no_authority")
        return unreadable(note="not_seen")
    value = " / ".join(lines)
    if not is_whole:
        return unreadable([transcript.evidence(*span) for span in spans], [value], "incomplete")
    return found(transcript, value, spans)


def _restored(transcript: Transcript, row: Paragraph, text: str) -> str:
    """Off a scan, the text with known names in their right spelling; typed text stays as it is."""
    if not is_from_scan(transcript, row.start):
        return text
    return restore(text, sure_words(transcript, [(row.start, row.end)]))


def _gap(transcript: Transcript, span: tuple[int, int], row: Paragraph) -> float:
    return transcript.evidence(row.start, row.end).box.top - transcript.evidence(*span).box.bottom


def _goes_on(transcript: Transcript, row: Paragraph) -> bool:
    """A body's long name runs on to the next line: "TM. ỦY BAN NHÂN DÂN / XÃ HÒA AN", "KT. GIÁM ĐỐC / SỞ Y TẾ"."""
    text = transcript.slice(row)
    head = fold(text).strip(_EDGE)
    words = (*agencies().continuations, *agencies().heads)
    return upper_share(text) > 0.7 and not _looks_like_position(head) and head.startswith(tuple(w + " " for w in words))


def read_position(
    transcript: Transcript, block: list[Paragraph], authority: list[Paragraph], name_start: int | None
) -> Field[str]:
    """The first position above the name.

    On a scan it is claimed only when every letter of it fits: before a torn `…IÁM ĐỐC` may stand a hidden `PHÓ`.
    """
    rows = [row for row in block if row not in authority and (name_start is None or row.start < name_start)]
    from_scan = is_from_scan(transcript, block[0].start)
    row = next((row for row in rows if is_position(transcript, row)), None)
    if row is None:
        capitals = [row for row in rows if upper_share(transcript.slice(row)) > 0.7]
        capitals = [row for row in capitals if sum(c.isalpha() for c in transcript.slice(row)) >= 4]
        if from_scan:
            seen = [(capital.start, capital.end) for capital in capitals[:1]]
            return unreadable(
                [transcript.evidence(*span) for span in seen],
                [transcript.text[start:end] for start, end in seen],
                "unclear" if seen else "not_seen",
            )
        return missing(transcript, Zone.SIGNATURE, note="no_position")
    raw, spans = transcript.slice(row), [(row.start, row.end)]
    words = [word for word in raw.split() if any(c.isalpha() for c in word) or word in _DASHES]
    text = " ".join(words).strip(_EDGE)
    value = _restored(transcript, row, _joined(_MARK_FOR_SPACE.sub(" ", text))) if from_scan else text
    if _bare(value) == _STANDING and from_scan:
        return unreadable([transcript.evidence(row.start, row.end)], [value], "incomplete")
    following = next((each for each in rows if each.start > row.start), None)
    if (
        following is not None
        and _bare(transcript.slice(following)) == _STANDING
        and _gap(transcript, (row.start, row.end), following) < UNDER
    ):
        spans = [(row.start, row.end), (following.start, following.end)]
        raw, value = (
            f"{raw} {transcript.slice(following)}",
            f"{value} {_restored(transcript, following, transcript.slice(following))}",
        )
    if from_scan and (not _is_exact(_bare(value)) or _contradicts(transcript, authority, row, value)):
        return unreadable([transcript.evidence(row.start, row.end)], [value], "unclear")
    return found(transcript, value, spans, raw=raw, note="repaired" if value != raw else "")


def _bare(text: str) -> str:
    return fold(text).strip(_EDGE)


def _is_exact(head: str) -> bool:
    return any(head == position or head.startswith(position + " ") for position in formulas().positions)


def _looks_like_position(head: str) -> bool:
    head = _MARK_FOR_SPACE.sub(" ", head)
    despaced = head.replace(" ", "")
    return _is_exact(head) or any(
        despaced == position.replace(" ", "")
        or Levenshtein.distance(head[: len(position)], position, score_cutoff=1) <= 1
        for position in formulas().positions
        if len(position) > 6
    )


def _contradicts(transcript: Transcript, authority: list[Paragraph], row: Paragraph, position: str) -> bool:
    """Who signs `KT. GIÁM ĐỐC` is not the GIÁM ĐỐC: the `PHÓ` before it was not read.

    Lines of a block are centred on one another, so a position that stands in the middle under its authority is whole.
    """
    if not authority:
        return False
    above = transcript.evidence(authority[-1].start, authority[-1].end).box
    if abs(transcript.evidence(row.start, row.end).box.centre - above.centre) < CENTRED:
        return False
    last = fold(transcript.slice(authority[-1])).strip()
    match = _FOR_HEAD.match(last)
    return match is not None and last[match.end() :].strip(_EDGE).startswith(_bare(position))


def _joined(text: str) -> str:
    """A position whose words OCR has torn (`PHÓ CHỦ TỊ CH`) with its own spaces."""
    despaced, folded = text.replace(" ", ""), fold(text).strip(_EDGE)
    for position in formulas().positions:
        if folded != position and fold(despaced) == position.replace(" ", ""):
            sizes = [len(word) for word in position.split()]
            starts = [sum(sizes[:n]) for n in range(len(sizes))]
            return " ".join(despaced[start : start + size] for start, size in zip(starts, sizes, strict=True))
    return text
