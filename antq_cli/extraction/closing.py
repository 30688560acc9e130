"""Nơi nhận and the signature block (NĐ 30/2020, Phụ lục I.II.7 and II.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from antq_cli.extraction.field import found, is_from_scan, missing, unreadable
from antq_cli.extraction.spelling import restore
from antq_cli.extraction.subject import join_items
from antq_cli.model.letter import Field
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import agencies, formulas, surnames
from antq_cli.vietnamese.text import fold, upper_share

_EDGE = " .,;:'\"*_|^~`“”‘’–—-()[]<>=/\\"
_RECIPIENTS_LABEL = re.compile(r"\W{0,3}n[o0]i\s{0,2}nhan\s{0,2}[:;.]?\s{0,2}")
_AUTHORITY = re.compile(
    r"\W{0,4}(?:tm|kt|tl|tuq|t\s?/\s?m|k\s?/\s?t|t\s?/\s?l|t\s?/\s?uq)\s?[.,:]?\s?(?=[a-z])|\W{0,4}q\s?\.\s?(?=[a-z])"
)
_SIGNED = re.compile(r"\W{0,2}da ky\W{0,2}")
SURE_NAME = 0.60
"""Least word confidence of a signer's name on a scan, where stamp and pen cross it."""


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
        block: Field[tuple[str, ...]] = missing(transcript, Zone.SIGNATURE)
        return Closing(recipients, label, gone, gone, gone, block)
    authority = [row for row in rows if _is_authority(transcript, row)]
    signer = _signer(transcript, rows)
    name_row = signer.evidence[0].start if signer.is_found else None
    position = _position(transcript, rows, authority, name_row)
    return Closing(
        recipients,
        label,
        _authority(transcript, rows, authority),
        position,
        signer,
        found(transcript, tuple(transcript.slice(row) for row in rows), [(row.start, row.end) for row in rows]),
    )


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
        text = transcript.slice(row)
        if row not in authority and upper_share(text) > 0.7 and _looks_like_position(fold(text).strip(_EDGE)):
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
    value = restore(_joined(" ".join(word for word in raw.split() if any(c.isalpha() for c in word)).strip(_EDGE)))
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


def _signer(transcript: Transcript, rows: list[Paragraph]) -> Field[str]:
    """The line that is a person's name: two to five words in mixed case that begin with a known family name."""
    guesses: list[str] = []
    weak: list[tuple[int, int]] = []
    for row in rows:
        if _is_authority(transcript, row):
            continue
        span = _name_span(transcript, row)
        if span is None:
            continue
        evidence = transcript.evidence(*span)
        if not is_from_scan(transcript, span[0]) or evidence.confidence >= SURE_NAME:
            raw = " ".join(transcript.text[span[0] : span[1]].split())
            name = _spelled(raw)
            return found(transcript, name, [span], raw=raw, note="repaired" if name != raw else "")
        guesses.append(evidence.quote)
        weak.append(span)
    if weak:
        return unreadable([transcript.evidence(*weak[0])], guesses, "unclear")
    signed = next((row for row in rows if _SIGNED.fullmatch(fold(transcript.slice(row)))), None)
    if signed is not None:
        return missing(transcript, Zone.SIGNATURE, note="signed_without_name")
    if is_from_scan(transcript, rows[0].start):
        # Under a stamp the name is often lost whole: not seen is not absent.
        return unreadable([transcript.evidence(rows[-1].start, rows[-1].end)], note="not_seen")
    return missing(transcript, Zone.SIGNATURE, note="no_name")


def _spelled(name: str) -> str:
    """The name with its family name's marks restored, where only one family name has these letters."""
    first, _, rest = name.partition(" ")
    spellings = surnames()[fold(first)]
    return f"{spellings[0]} {rest}" if len(spellings) == 1 else name


def _name_span(transcript: Transcript, row: Paragraph) -> tuple[int, int] | None:
    """The stretch of a row that is a name, ranks and scraps of the pen left out.

    None when a longer word stands before the family name: then the name may begin there, misread ("gô Đình Hòa").
    """
    tokens = transcript.tokens_in(row.start, row.end)
    texts = [transcript.text[token.start : token.end].strip(_EDGE) for token in tokens]
    for first in range(len(texts)):
        if fold(texts[first]) not in surnames() or not _is_name_word(texts[first]):
            continue
        last = first
        while last + 1 < len(texts) and last - first < 4 and _is_name_word(texts[last + 1]):
            last += 1
        if last > first:
            before = [text for text in texts[:first] if sum(c.isalpha() for c in text) >= 2]
            if before and fold(" ".join(before)).replace(".", "") not in formulas().ranks:
                return None
            start = tokens[first].start + transcript.text[tokens[first].start : tokens[first].end].index(texts[first])
            end = tokens[last].start + transcript.text[tokens[last].start : tokens[last].end].index(texts[last])
            return start, end + len(texts[last])
    return None


def _is_name_word(text: str) -> bool:
    """A capital, then small letters: `Nguyễn`; a lone capital is a scrap, except the word Y."""
    return text[:1].isupper() and text.isalpha() and (text[1:].islower() if len(text) > 1 else text == "Y")
