"""Tên loại, trích yếu and Kính gửi (NĐ 30/2020, Phụ lục I.II.5 and II.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from antq_cli.extraction.echoes import corrections, mended
from antq_cli.extraction.entries import join_items, respelled
from antq_cli.extraction.field import absent, found, is_from_scan, missing, sure_words, unreadable
from antq_cli.extraction.joining import rejoined
from antq_cli.extraction.numbers import DocumentNumber, parse_number
from antq_cli.layout.labels import heading_words
from antq_cli.model.letter import Field
from antq_cli.model.transcript import Paragraph, Transcript, Zone
from antq_cli.vietnamese.lexicon import Kind, formulas, kinds, organs
from antq_cli.vietnamese.text import fold, upper_share

_EDGE = " .,;:'\"*_|^~`“”‘’–—-"
_RULE = re.compile(r"[\W_]*")
_SUBJECT_LABEL = re.compile(r"\W{0,3}(?P<label>v\s?[/il1|!u]\s?[vy]|ve viec|vv|vw)\b\W{0,2}")
_ADDRESSEES_LABEL = re.compile(r"\W{0,3}(?:dong )?kinh (?:g[uo]i|trinh|chuyen)\s{0,2}[:;.]?\s{0,2}")
_ARRIVAL = re.compile(r"\W{0,3}den\s{1,3}(?:ngay|so|gio)\b")
NEAR = 6.0
"""The next line of a subject stands at most this many mm below the one before it."""
_ABOUT = re.compile(r"(?:[vu][aeo]?\W?|[^a-z\s]{1,3}) viec\s")


@dataclass(frozen=True, slots=True)
class Subject:
    """Kind and subject, with the marks of form they are printed with."""

    kind: Field[str]
    subject: Field[str]
    kind_line: Field[str]
    subject_label: Field[str]


def read_subject(transcript: Transcript, number: Field[str], number_line: Field[str], has_addressees: bool) -> Subject:
    """The printed kind and its subject; for a công văn, which prints no kind, the subject under the number."""
    title = transcript.in_zones(Zone.TITLE)
    if title:
        return _of_title(transcript, title)
    label_rows = _letter_subject(transcript)
    kind = _kind_of_letter(transcript, number, number_line, has_addressees, label_rows)
    no_line: Field[str] = missing(transcript, Zone.BODY, Zone.ADDRESSEES, note="no_kind")
    if not label_rows:
        subject = _no_subject(transcript, has_addressees)
        return Subject(kind, subject, no_line, missing(transcript, Zone.HEADER_LEFT))
    first = transcript.slice(label_rows[0])
    match = _SUBJECT_LABEL.match(fold(first))
    skip = match.end() if match else 0
    spans = [(row.start, row.end) for row in label_rows]
    raw = " ".join(transcript.slice(row) for row in label_rows)
    if len(raw) - skip < 3:
        return Subject(kind, absent("no_subject"), no_line, absent())
    value = " ".join(raw.split()).strip(" .;:")
    if match and not match.group("label").startswith("ve"):
        value = f"V/v {' '.join(raw[skip:].split()).strip(' .;:')}"
    label: Field[str] = absent("no_label")
    if match:
        start, end = label_rows[0].start + match.start("label"), label_rows[0].start + match.end("label")
        label = found(transcript, transcript.text[start:end], [(start, end)])
    value = _put_right(transcript, spans, value)
    return Subject(kind, found(transcript, value, spans, raw=raw), no_line, label)


def _put_right(transcript: Transcript, spans: list[tuple[int, int]], value: str) -> str:
    """Off a scan, the subject with its known phrases, torn words and quotation marks put right."""
    if not is_from_scan(transcript, spans[0][0]):
        return " ".join(value.split())
    value = mended(transcript, value, spans, corrections(transcript, spans))
    return rejoined(respelled(transcript, spans[0][0], value, sure_words(transcript, spans)))


def _of_title(transcript: Transcript, title: tuple[Paragraph, ...]) -> Subject:
    kind_row = title[0]
    text = transcript.slice(kind_row)
    kind = kind_at_start(text)
    line = found(transcript, text, [(kind_row.start, kind_row.end)])
    if kind is None:
        return Subject(absent("no_kind"), absent(), line, absent())
    name_end = min(kind_row.start + _end_of_name(text, kind), kind_row.end)
    name = found(transcript, kind.name, [(kind_row.start, name_end)])
    spans = [(row.start, row.end) for row in title[1:] if not _RULE.fullmatch(transcript.slice(row))]
    if len(text.strip(_EDGE)) > len(kind.name) + 3:
        spans.insert(0, (name_end, kind_row.end))
    if is_from_scan(transcript, kind_row.start):
        kept = [_without_scraps(transcript, *span) for span in spans]
        spans = [span for span in kept if sum(c.isalpha() for c in transcript.text[span[0] : span[1]]) > 1]
    if not spans:
        gone: Field[str] = missing(transcript, Zone.TITLE, note="no_subject")
        hidden: Field[str] = unreadable(note="not_seen")
        return Subject(name, hidden if is_from_scan(transcript, kind_row.start) else gone, line, absent())
    value = " ".join(transcript.text[start:end].strip() for start, end in spans).strip(" ;:")
    # OCR reads the opening "Về việc" in bold as "và việc" now and then; the phrase admits no other reading.
    if (match := _ABOUT.match(fold(value))) is not None:
        value = _about(value, match.end())
    label: Field[str] = absent("no_label")
    first = transcript.text[spans[0][0] : spans[0][1]]
    if (mark := re.match(r"\W{0,2}v\s?/\s?v", fold(first))) is not None:
        label = found(transcript, first[: mark.end()].strip(), [(spans[0][0], spans[0][0] + mark.end())])
    raw = " ".join(transcript.text[start:end].strip() for start, end in spans)
    value = _put_right(transcript, spans, value)
    if _is_cut(transcript, title):
        return Subject(name, unreadable([transcript.evidence(*span) for span in spans], [value], "cut"), line, label)
    return Subject(name, found(transcript, value, spans, raw=raw), line, label)


def _without_scraps(transcript: Transcript, start: int, end: int) -> tuple[int, int]:
    """A subject's line without what a stamp beside it left at its start.

    That is a lone letter before a capital, or the label of an arrival stamp with its dotted line.
    """
    tokens = transcript.tokens_in(start, end)
    words = [transcript.text[token.start : token.end] for token in tokens]
    first = 0
    if _ARRIVAL.match(fold(" ".join(words[:2]))) and words[0].isupper():
        first = next((n for n, word in enumerate(words[1:], 1) if ".." not in word and word[0].isalpha()), len(words))
    if len(words) > first + 1 and len(words[first].strip(_EDGE)) <= 1 and words[first + 1][:1].isupper():
        first += 1
    if first == 0:
        return start, end
    return (tokens[first].start, end) if first < len(tokens) else (end, end)


def _is_cut(transcript: Transcript, title: tuple[Paragraph, ...]) -> bool:
    """On a scan, text that goes on in small letters under the title: a stamp has torn a line off the subject."""
    following = next((row for row in transcript.in_zones(Zone.BODY) if row.start > title[-1].start), None)
    if following is None or following.page != title[-1].page or not is_from_scan(transcript, following.start):
        return False
    above = transcript.evidence(title[-1].start, title[-1].end).box
    below = transcript.words(following.start, following.start + 1)[0].box
    return transcript.text[following.start].islower() and below.top - above.bottom < NEAR


def _about(value: str, end: int) -> str:
    """The phrase "Về việc" in its right spelling, the rest as printed."""
    right = next(kind_phrase for kind_phrase in formulas().about if fold(kind_phrase) == "ve viec")
    return right + " " + value[end:]


def _no_subject(transcript: Transcript, has_addressees: bool) -> Field[str]:
    """On a scan whose title was not recognised, a subject that was not seen may well be there."""
    header = transcript.in_zones(Zone.HEADER_LEFT, Zone.HEADER_RIGHT)
    if header and is_from_scan(transcript, header[0].start) and not has_addressees:
        return unreadable(note="not_seen")
    return missing(transcript, Zone.HEADER_LEFT, note="no_subject")


def _end_of_name(text: str, kind: Kind) -> int:
    """Offset in the printed line after the words of the kind's name."""
    words = heading_words(text).split()
    ends = [match.end() for match in re.finditer(r"\w+", text) if match.group() in words]
    return ends[min(len(kind.name.split()), len(ends)) - 1] if ends else len(text)


def kind_at_start(text: str) -> Kind | None:
    """The kind a title begins with, one letter wrong at most; the longest name wins."""
    folded = fold(heading_words(text))
    for kind in kinds():
        for name in kind.folded_names:
            if folded == name or folded.startswith(name + " "):
                return kind
    for kind in kinds():
        for name in kind.folded_names:
            if len(name) >= 6 and Levenshtein.distance(folded[: len(name)], name, score_cutoff=1) <= 1:
                return kind
    return None


def _letter_subject(transcript: Transcript) -> list[Paragraph]:
    """The rows of a công văn's subject: from its label, or from under the number, to the end of the left column."""
    header = transcript.in_zones(Zone.HEADER_LEFT)
    for position, row in enumerate(header):
        if _SUBJECT_LABEL.match(fold(transcript.slice(row))):
            return list(header[position:])
    numbered = next(
        (
            position
            for position, row in enumerate(header)
            if re.match(r"\W{0,3}s[o06]\s{0,3}[^a-z\s]", fold(transcript.slice(row)))
        ),
        None,
    )
    if numbered is None:
        capitals = [position for position, row in enumerate(header) if upper_share(transcript.slice(row)) > 0.75]
        if not capitals:
            return []
        numbered = capitals[-1]
    below = [row for row in header[numbered + 1 :] if not _RULE.fullmatch(transcript.slice(row))]
    below = [row for row in below if sum(c.isalpha() for c in transcript.slice(row)) >= 4]
    return below if below and upper_share(transcript.slice(below[0])) < 0.7 else []


def _kind_of_letter(
    transcript: Transcript,
    number: Field[str],
    number_line: Field[str],
    has_addressees: bool,
    subject_rows: list[Paragraph],
) -> Field[str]:
    """Without a printed kind: the symbol names it, or the form of a công văn does (V/v, Kính gửi)."""
    printed = number.value or (number_line.value or "")
    parsed = parse_number(printed) if printed else None
    line = number_line.evidence
    has_label = bool(subject_rows) and _SUBJECT_LABEL.match(fold(transcript.slice(subject_rows[0]))) is not None
    if parsed is not None and line and not has_label and _names_kind(parsed):
        return found(transcript, parsed.kind_names[0], [(line[0].start, line[0].end)], note="from_symbol")
    letter = next(kind.name for kind in kinds() if kind.folded_names[0] == "cong van")
    if subject_rows and (has_addressees or has_label):
        row = subject_rows[0]
        return found(transcript, letter, [(row.start, row.end)], note="from_form")
    if has_addressees:
        row = transcript.in_zones(Zone.ADDRESSEES)[0]
        return found(transcript, letter, [(row.start, row.end)], note="from_form")
    return missing(transcript, Zone.HEADER_LEFT, Zone.BODY, note="no_kind")


def _names_kind(number: DocumentNumber) -> bool:
    """The symbol names a kind; TT of a number without its year is a body's code (TTHĐND), not a thông tư's."""
    if not number.kind_names or number.kind_abbreviation is None:
        return False
    return number.year is not None or fold(number.kind_abbreviation) not in organs().always_dated


def read_addressees(transcript: Transcript) -> tuple[Field[tuple[str, ...]], Field[str]]:
    """The bodies after "Kính gửi:", one by one, and the label itself."""
    rows = transcript.in_zones(Zone.ADDRESSEES)
    if not rows:
        header = transcript.in_zones(Zone.HEADER_LEFT, Zone.HEADER_RIGHT)
        if header and is_from_scan(transcript, header[0].start) and not transcript.in_zones(Zone.TITLE):
            # A công văn has them; on its scan a stamp may lie over the label.
            return unreadable(note="not_seen"), unreadable(note="not_seen")
        gone: Field[tuple[str, ...]] = missing(transcript, Zone.BODY, note="no_label")
        return gone, missing(transcript, Zone.BODY)
    first = transcript.slice(rows[0])
    match = _ADDRESSEES_LABEL.match(fold(first))
    end = match.end() if match else min(len(first), 10)
    label = found(transcript, first[:end].strip(), [(rows[0].start, rows[0].start + max(end, 1))])
    spans = [(rows[0].start + end, rows[0].end)] + [(row.start, row.end) for row in rows[1:]]
    spans = [(start, stop) for start, stop in spans if any(c.isalpha() for c in transcript.text[start:stop])]
    if not spans:
        return missing(transcript, Zone.ADDRESSEES, note="empty"), label
    return found(transcript, join_items(transcript, spans), spans), label
