"""Cơ quan ban hành and cơ quan chủ quản (NĐ 30/2020, Phụ lục I.II.2): the capitals at the top left."""

from __future__ import annotations

import re
from functools import cache

from antq_cli.extraction.echoes import corrections, mended
from antq_cli.extraction.field import SURE, absent, found, is_from_scan, missing, sure_words, unreadable
from antq_cli.extraction.spelling import restore
from antq_cli.layout.labels import SYMBOL
from antq_cli.model.letter import Field
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import agencies, read_table
from antq_cli.vietnamese.text import fold, upper_share

_EDGE = " .,;:'\"*_|^~`“”‘’–—=<>«»[]{}()°•·-"
_SCRAP = re.compile(r"\W*\w{0,2}\W*")
_SYMBOL = re.compile(r"\d\s?[/-]\s?[A-ZĐ]|/\s?[A-ZĐ]{2,}\s?-")
_NUMBER_LABEL = re.compile(r"s[o06]\b")
_RULE_END = re.compile(r"(?:\s[-\u2013\u2014_=~.]{2,}|\s\u2014)+$")
"""A rule or specks below a name, which OCR reads as dashes; a name that goes on ends in one."""
_OFFICES = ("ban thuong truc", "thuong truc", "van phong", "chu tich")
_DASHES = ("-", "\u2013", "&")
_OPEN = ("-", " va", " cua", " thuoc")
_HALF_OPEN = (" vien", " bo")
"""Words that stand at the end of places' names too: a name goes on behind them only in what begins none."""
_SYLLABLE = r"(?:ngh?|nh|ch|gh|kh|ph|th|tr|qu|gi|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
_GLUED = re.compile(rf"(?=[a-z]{{5}})(?!{_SYLLABLE}$){_SYLLABLE}{_SYLLABLE}")
UNSURE = 0.45
"""Mean word confidence below which the issuer's letters are not claimed."""


def read_issuer(transcript: Transcript) -> tuple[Field[str], Field[str]]:
    """Issuer and its parent body. The last name before the number is the issuer, the one above it its parent."""
    rows = _capital_rows(transcript)
    if not rows:
        gone: Field[str] = missing(transcript, Zone.HEADER_LEFT, note="no_issuer")
        return gone, gone
    names = _join_names(transcript, rows)
    issuer = _name_field(transcript, names[-1])
    if len(names) == 1:
        return issuer, absent(note="no_parent") if issuer.is_found else unreadable(note=issuer.note)
    return issuer, _name_field(transcript, [row for name in names[:-1] for row in name])


def _capital_rows(transcript: Transcript) -> list[Paragraph]:
    """The printed lines in capitals above the number; scraps of stamps are left out."""
    rows: list[Paragraph] = []
    for paragraph in transcript.in_zones(Zone.HEADER_LEFT):
        text = transcript.slice(paragraph)
        folded = fold(text).strip(_EDGE)
        if re.match(r"s[o06]\s{0,3}[^a-z\s]|v/v|ve viec", folded) or _SYMBOL.search(text):
            break
        if _NUMBER_LABEL.match(folded) and SYMBOL.search(text):
            break  # digits by pen were read as letters: "So Of -TB/TU"
        letters = sum(c.isalpha() for c in text)
        if letters < 3 or _SCRAP.fullmatch(text):
            continue
        if upper_share(text) >= 0.75:
            rows.append(paragraph)
        elif rows:
            break
    return rows


def _join_names(transcript: Transcript, rows: list[Paragraph]) -> list[list[Paragraph]]:
    """Printed lines to names: a line that begins like a body's name begins a new one, unless the line above is open."""
    names: list[list[Paragraph]] = []
    previous = ""
    for row in rows:
        text = fold(transcript.slice(row)).strip(_EDGE)
        raw_end = _RULE_END.sub("", transcript.slice(row).rstrip())
        # "Ban Thường trực" and "Văn phòng" above the name of a committee are the beginning of its office's name.
        is_office = previous.strip(_EDGE) in _OFFICES and text.startswith(("uy ban", "hoi dong", "tinh uy", "huyen uy"))
        begins = _begins_name(transcript, row, text)
        # OCR sees commas where a rule or a speck is; a name that begins below such a comma begins anew.
        is_open = is_office or previous.endswith(_OPEN) or (previous.endswith((",", *_HALF_OPEN)) and not begins)
        goes_on = any(text == word or text.startswith(word + " ") for word in agencies().continuations)
        if names and (is_open or text.startswith("-") or (goes_on and not _is_body_of_area(text)) or not begins):
            names[-1].append(row)
        else:
            names.append([row])
        previous = fold(raw_end)
    return names


@cache
def _heads() -> tuple[tuple[str, str], ...]:
    return tuple((fold(head), head) for head in read_table("agencies")["heads"])


def _begins_name(transcript: Transcript, row: Paragraph, folded: str) -> bool:
    """The line begins like a body's name. The marks of a single word count, BẢO VỆ is no BÁO, unless misread."""
    printed = restore(" ".join(transcript.slice(row).split()).strip(_EDGE)).lower()
    first = transcript.words(row.start, row.start + 1)[0]
    is_unsure = is_from_scan(transcript, row.start) and first.confidence < SURE
    return any(
        (folded == head or folded.startswith(head + " ")) and (is_unsure or " " in head or printed.startswith(marked))
        for head, marked in _heads()
    )


def _is_body_of_area(text: str) -> bool:
    """`tinh uy …`, `xa doi …` begin with the word of an area but are bodies."""
    return text.startswith(("tinh uy", "thanh uy", "huyen uy", "quan uy", "thi uy", "xa uy"))


def _name_field(transcript: Transcript, rows: list[Paragraph]) -> Field[str]:
    spans = [(row.start, row.end) for row in rows]
    raw = " ".join(transcript.slice(row) for row in rows)
    evidence = [transcript.evidence(start, end) for start, end in spans]
    words = [word for start, end in spans for word in transcript.words(start, end)]
    mean = sum(word.confidence for word in words) / len(words)
    known = corrections(transcript, spans)
    lines = (mended(transcript, transcript.slice(row), [(row.start, row.end)], known) for row in rows)
    printed = " ".join(_drop_scraps(line) for line in lines).strip(_EDGE)
    value = re.sub(r"(?<=\w)\s?-\s|\s-\s?(?=\w)", " - ", printed)
    if is_from_scan(transcript, spans[0][0]):
        value = restore(value, sure_words(transcript, spans))
    if mean < UNSURE:
        return unreadable(evidence, [value], "poor_scan")
    if is_from_scan(transcript, spans[0][0]) and any(_GLUED.fullmatch(fold(word)) for word in value.split()):
        return unreadable(evidence, [value], "glued")
    return found(transcript, value, spans, raw=raw, note="repaired" if value != raw.strip(_EDGE) else "")


def _drop_scraps(text: str) -> str:
    """The line without marks, and without single or small letters before its first and after its last word."""
    words = [word for word in text.split() if any(c.isalnum() for c in word) or word in _DASHES]
    while words and not _is_word(words[0]):
        words.pop(0)
    while words and not _is_word(words[-1]):
        words.pop()
    line = " ".join(words).strip(_EDGE.replace("-", ""))
    return line + "," if words and words[-1].endswith(",") else line


def _is_word(text: str) -> bool:
    bare = text.strip(_EDGE)
    letters = sum(c.isalpha() for c in bare)
    return text in _DASHES or bare.isdigit() or letters > 2 or (bare.isupper() and (letters == 2 or bare in "IVXY"))
