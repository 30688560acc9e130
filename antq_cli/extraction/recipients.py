"""Nơi nhận: whom a letter goes to (NĐ 30/2020, Phụ lục I.II.9)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from antq_cli.extraction.entries import Span, is_letter, join_items, letters_differ
from antq_cli.extraction.field import found, is_from_scan, missing, unreadable
from antq_cli.model.letter import Field
from antq_cli.model.transcript import Transcript, Zone
from antq_cli.vietnamese.lexicon import read_table
from antq_cli.vietnamese.text import fold

_LABEL = re.compile(r"\W{0,3}n[o0]i\s{0,2}nhan\s{0,2}[:;.]?\s{0,2}")
_DASHES = "-\u2013\u2014+~=\u2022"
_BRACKET = re.compile(r"\((?P<mark>[^()]{1,16}?)(?P<end>[)\]}]|$)")
_LAST_DIGIT = re.compile(r"(?<=\d)[Il|](?=\W|$)")
_TWINS = {
    "b": "bdh6l\u00f6o",
    "c": "c\u00a9\u20ace\u2039<o\u00a2(\u00ab",
    "/": "/|l1i!f\u00bf",
    "p": "pn",
    "h": "hbn",
    "t": "tlf",
}
"""What OCR makes of the letters of a mark in brackets, folded."""


def read_recipients(transcript: Transcript) -> tuple[Field[tuple[str, ...]], Field[str]]:
    """The entries of the list without their dashes, and the label "Nơi nhận".

    Off a scan, marks of known phrases and of set marks in brackets are restored (`note` is `repaired` when letters
    were); what admits two readings stays as it was read.
    """
    rows = transcript.in_zones(Zone.RECIPIENTS)
    if not rows:
        gone: Field[tuple[str, ...]] = missing(transcript, Zone.RECIPIENTS, Zone.SIGNATURE, note="no_label")
        return gone, missing(transcript, Zone.RECIPIENTS, Zone.SIGNATURE)
    label: Field[str] = missing(transcript, Zone.RECIPIENTS, note="no_label")
    spans: list[Span] = []
    for row in rows:
        text = transcript.slice(row)
        match = _LABEL.match(fold(text))
        if match is not None and not label.is_found:
            label = found(transcript, text[: match.end()].strip(), [(row.start, row.start + match.end())])
            if sum(is_letter(c) for c in text[match.end() :]) > 1:
                spans.append((row.start + match.end(), row.end))
        elif sum(is_letter(c) for c in text) >= 2:
            spans.append((row.start, row.end))
    if not label.is_found and spans and transcript.text[spans[0][0]] not in _DASHES:
        # The first row is the label, misread under a stamp; a seal may hide parts of the rows up to the first dash.
        first = spans.pop(0)
        label = unreadable([transcript.evidence(*first)], note="unclear")
        marked = next((at for at, (start, _) in enumerate(spans) if transcript.text[start] in _DASHES), 0)
        spans = spans[marked:]
    elif not label.is_found:
        label = unreadable(note="unclear")
    if not spans:
        return missing(transcript, Zone.RECIPIENTS, note="empty"), label
    spans = _without_remark(transcript, spans)
    entries = join_items(transcript, spans)
    if not is_from_scan(transcript, spans[0][0]):
        return found(transcript, entries, spans), label
    mended = tuple(map(mend_entry, entries))
    field = found(transcript, mended, spans)
    return (replace(field, note="repaired") if letters_differ(field.raw or "", " ".join(mended)) else field), label


def _without_remark(transcript: Transcript, spans: list[Span]) -> list[Span]:
    """A remark before the list ("Gửi bản điện tử:") names nobody."""
    dashed = [place for place, (start, _) in enumerate(spans) if transcript.text[start] in _DASHES]
    if len(dashed) < 2 or dashed[0] == 0:
        return spans
    remark = transcript.text[spans[0][0] : spans[dashed[0]][0]].strip()
    return spans[dashed[0] :] if remark.endswith(":") or sum(map(is_letter, remark)) < 4 else spans


def mend_entry(entry: str) -> str:
    """An entry with its mark in brackets put right: `(d/c` to `(b/c)`; else unchanged."""
    entry = _BRACKET.sub(_mended_mark, entry)
    return _LAST_DIGIT.sub("1", entry) if fold(entry).startswith("luu") else entry


def _mended_mark(match: re.Match[str]) -> str:
    right = _known_mark(" ".join(match["mark"].split()))
    return f"({right})" if right is not None else match.group()


@cache
def _marks() -> tuple[str, ...]:
    return tuple(dict.fromkeys(read_table("recipients")["marks"]))


@cache
def _known_mark(printed: str) -> str | None:
    """The one set mark that these letters may have been; None when there is none or more than one."""
    folded = fold(printed).rstrip(" .;,")
    exact = [mark for mark in _marks() if fold(mark) == folded]
    if exact:
        # Marks differ at most: of several, what was printed.
        return _in_one_case(printed) if printed.lower() in exact else exact[0]
    near = [mark for mark in _marks() if _may_be(folded, fold(mark))]
    return near[0] if len(near) == 1 else None


def _in_one_case(printed: str) -> str:
    """`b/C` is `b/c`; `B/c` and `B/C` stay."""
    return printed if printed.isupper() else printed[0] + printed[1:].lower()


def _may_be(folded: str, mark: str) -> bool:
    """Equally long and different only in letters that OCR takes for one another, at least one letter being right."""
    if "/" not in mark or len(folded) != len(mark):
        return False
    same = [ours == theirs for ours, theirs in zip(folded, mark, strict=True)]
    alike = all(ours in _TWINS.get(theirs, theirs) for ours, theirs in zip(folded, mark, strict=True))
    return alike and sum(same) >= len(mark) - 2
