"""Nơi nhận and the signature block (NĐ 30/2020, Phụ lục I.II.7 and II.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from antq_cli.extraction.field import found, is_from_scan, missing, unreadable
from antq_cli.extraction.signer import name_span, read_signer
from antq_cli.extraction.spelling import restore
from antq_cli.extraction.subject import join_items
from antq_cli.model.letter import Field
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import agencies, formulas
from antq_cli.vietnamese.text import fold, upper_share

_EDGE = " .,;:'\"*_|^~`“”‘’–—-()[]<>=/\\"
_DASHES = ("-", "\u2013")
_RECIPIENTS_LABEL = re.compile(r"\W{0,3}n[o0]i\s{0,2}nhan\s{0,2}[:;.]?\s{0,2}")
_AUTHORITY = re.compile(
    r"\W{0,4}(?:tm|kt|tl|tuq|t\s?/\s?m|k\s?/\s?t|t\s?/\s?l|t\s?/\s?uq)\s?[.,:]?\s?(?=[a-z])|\W{0,4}q\s?\.\s?(?=[a-z])"
)
UPWARDS = 3.0
"""A row that stands this many mm above the one before it begins another block."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a letter."""

    recipients: Field[tuple[str, ...]]
    recipients_label: Field[str]
    authority: Field[str]
    position: Field[str]
    signer: Field[str]
    signature: Field[tuple[str, ...]]


def read_closing(transcript: Transcript) -> Closing:
    """Recipients and signature block; of several blocks the first gives the fields, `signature` holds all."""
    recipients, label = _recipients(transcript)
    rows = [row for row in transcript.in_zones(Zone.SIGNATURE) if any(c.isalpha() for c in transcript.slice(row))]
    if not rows and _may_hide_signature(transcript):
        unseen: Field[str] = unreadable(note="not_seen")
        return Closing(recipients, label, unseen, unseen, unseen, unreadable(note="not_seen"))
    if not rows:
        gone: Field[str] = missing(transcript, Zone.SIGNATURE, note="no_block")
        no_block: Field[tuple[str, ...]] = missing(transcript, Zone.SIGNATURE)
        return Closing(recipients, label, gone, gone, gone, no_block)
    block = _first_block(transcript, rows)
    authority = [row for row in block if _is_authority(transcript, row)]
    signer = read_signer(transcript, block, authority)
    name_row = signer.evidence[0].start if signer.is_found else None
    return Closing(
        recipients,
        label,
        _authority(transcript, block, authority),
        _position(transcript, block, authority, name_row),
        signer,
        found(transcript, tuple(transcript.slice(row) for row in rows), [(row.start, row.end) for row in rows]),
    )


def _first_block(transcript: Transcript, rows: list[Paragraph]) -> list[Paragraph]:
    """The rows of the first of several signature blocks: up to where a column, or a new head after a name, begins."""
    has_name = False
    for position, row in enumerate(rows):
        if position and _stands_above(transcript, row, rows[position - 1]):
            return rows[:position]
        if has_name and (_is_authority(transcript, row) or _is_position(transcript, row)):
            return rows[:position]
        has_name = has_name or (not _is_authority(transcript, row) and name_span(transcript, row) is not None)
    return rows


def _stands_above(transcript: Transcript, row: Paragraph, previous: Paragraph) -> bool:
    here, there = transcript.evidence(row.start, row.end), transcript.evidence(previous.start, previous.end)
    return here.page == there.page and here.box.top < there.box.top - UPWARDS


def _may_hide_signature(transcript: Transcript) -> bool:
    """On a scan that shows a letter's header, a signature that was not read lies under stamp and pen."""
    shown = transcript.in_zones(Zone.HEADER_LEFT)
    return bool(shown) and is_from_scan(transcript, shown[-1].start)


def _recipients(transcript: Transcript) -> tuple[Field[tuple[str, ...]], Field[str]]:
    rows = transcript.in_zones(Zone.RECIPIENTS)
    if not rows:
        gone: Field[tuple[str, ...]] = missing(transcript, Zone.RECIPIENTS, Zone.SIGNATURE, note="no_label")
        return gone, missing(transcript, Zone.RECIPIENTS, Zone.SIGNATURE)
    label: Field[str] = missing(transcript, Zone.RECIPIENTS, note="no_label")
    spans: list[tuple[int, int]] = []
    for row in rows:
        text = transcript.slice(row)
        match = _RECIPIENTS_LABEL.match(fold(text))
        if match is not None and not label.is_found:
            label = found(transcript, text[: match.end()].strip(), [(row.start, row.start + match.end())])
            if any(c.isalpha() for c in text[match.end() :]):
                spans.append((row.start + match.end(), row.end))
        elif sum(c.isalpha() for c in text) >= 2:
            spans.append((row.start, row.end))
    if not label.is_found and spans and transcript.text[spans[0][0]] not in "-–+":
        # The first row is the label, misread under a stamp.
        first = spans.pop(0)
        label = unreadable([transcript.evidence(*first)], note="unclear")
    elif not label.is_found:
        label = unreadable(note="unclear")
    if not spans:
        return missing(transcript, Zone.RECIPIENTS, note="empty"), label
    dashed = [place for place, (start, _) in enumerate(spans) if transcript.text[start] in "-\u2013\u2014+~="]
    opening = fold(transcript.text[spans[0][0] : spans[0][1]])
    if len(dashed) >= 2 and not opening.startswith(("nhu tren", "nhu dieu")):
        # A remark before the list ("Gửi bản điện tử:") names nobody.
        spans = spans[dashed[0] :]
    return found(transcript, join_items(transcript, spans), spans), label


def _is_authority(transcript: Transcript, row: Paragraph) -> bool:
    text = transcript.slice(row)
    return _AUTHORITY.match(fold(text)) is not None and upper_share(text) > 0.7


def _authority(transcript: Transcript, rows: list[Paragraph], authority: list[Paragraph]) -> Field[str]:
    if not authority:
        first = transcript.slice(rows[0])
        begins = upper_share(first) > 0.7 and _looks_like_position(fold(first).strip(_EDGE))
        if begins or not is_from_scan(transcript, rows[0].start):
            return missing(transcript, Zone.SIGNATURE, note="no_authority")
        return unreadable(note="not_seen")
    value: list[str] = []
    spans: list[tuple[int, int]] = []
    for row in authority:
        between = rows[rows.index(authority[0]) : rows.index(row)]
        if any(other not in authority and len(transcript.slice(other)) > 3 for other in between):
            break  # another block
        # A body's long name runs on to the next line: "TM. ỦY BAN NHÂN DÂN / XÃ HÒA AN".
        text = restore(_spaced(transcript.slice(row).strip(_EDGE.replace(".", ""))))
        spans.append((row.start, row.end))
        following = rows[rows.index(row) + 1 : rows.index(row) + 2]
        for runs_on in following:
            below = transcript.slice(runs_on)
            head = fold(below).strip(_EDGE)
            if (
                upper_share(below) > 0.7
                and not _is_authority(transcript, runs_on)
                and not _looks_like_position(head)
                and any(head.startswith(word + " ") for word in agencies().continuations)
            ):
                text = f"{text} {restore(below.strip(_EDGE))}"
                spans.append((runs_on.start, runs_on.end))
        value.append(text)
    return found(transcript, " / ".join(value), spans)


_GLUED = re.compile(r"^(TM|KT|TL|TUQ|Q)\s?[.,]\s?(?=\w)")


def _spaced(text: str) -> str:
    """One full stop and one space after the abbreviation: `KT.CHỦ TỊCH`, `KT, CHỦ TỊCH`."""
    return _GLUED.sub(r"\1. ", text)


def _is_position(transcript: Transcript, row: Paragraph) -> bool:
    text = transcript.slice(row)
    return upper_share(text) > 0.7 and _looks_like_position(fold(text).strip(_EDGE))


def _looks_like_position(head: str) -> bool:
    despaced = head.replace(" ", "")
    return any(despaced == position.replace(" ", "") for position in formulas().positions if len(position) > 6) or any(
        head == position
        or head.startswith(position + " ")
        or (len(position) > 6 and Levenshtein.distance(head[: len(position)], position, score_cutoff=1) <= 1)
        for position in formulas().positions
    )


def _position(
    transcript: Transcript, rows: list[Paragraph], authority: list[Paragraph], name_start: int | None
) -> Field[str]:
    """The last line in capitals that is a position and stands above the name."""
    candidates: list[Paragraph] = []
    for row in rows:
        if name_start is not None and row.start >= name_start:
            break
        if row not in authority and _is_position(transcript, row):
            candidates.append(row)
    if not candidates:
        remaining = [row for row in rows if row not in authority and upper_share(transcript.slice(row)) > 0.7]
        remaining = [row for row in remaining if sum(c.isalpha() for c in transcript.slice(row)) >= 4]
        if remaining and is_from_scan(transcript, remaining[0].start):
            row = remaining[0]
            return unreadable([transcript.evidence(row.start, row.end)], [transcript.slice(row)], "unclear")
        if is_from_scan(transcript, rows[0].start):
            return unreadable(note="not_seen")
        return missing(transcript, Zone.SIGNATURE, note="no_position")
    row = candidates[0]
    raw = transcript.slice(row)
    words = [word for word in raw.split() if any(c.isalpha() for c in word) or word in _DASHES]
    value = restore(_joined(" ".join(words).strip(_EDGE)))
    return found(transcript, value, [(row.start, row.end)], raw=raw, note="repaired" if value != raw else "")


def _joined(text: str) -> str:
    """A position whose words OCR has torn (`PHÓ CHỦ TỊ CH`) with its own spaces."""
    despaced, folded = text.replace(" ", ""), fold(text).strip(_EDGE)
    for position in formulas().positions:
        if folded != position and fold(despaced) == position.replace(" ", ""):
            sizes = [len(word) for word in position.split()]
            starts = [sum(sizes[:n]) for n in range(len(sizes))]
            return " ".join(despaced[start : start + size] for start, size in zip(starts, sizes, strict=True))
    return text
