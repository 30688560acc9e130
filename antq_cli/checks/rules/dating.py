"""Địa danh, ngày tháng năm (NĐ 30/2020, Điều 8.2.d, Phụ lục I.II.4), and the day against the rest of the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from antq_cli.checks.look import at, at_header, is_clear, is_scan, is_text_layer, lowest_confidence, written
from antq_cli.checks.printed import is_kind
from antq_cli.checks.rule import ALL, FRONT, PARTY, STATE, Context, Fault, fault, rule
from antq_cli.model.finding import Severity
from antq_cli.model.letter import Letter, State
from antq_cli.model.transcript import Evidence, Zone
from antq_cli.vietnamese.administration import bodies_named, province_called, province_in, province_now
from antq_cli.vietnamese.text import fold

_DAY = re.compile(r"ngay\s?(\d{1,2})(?!\d)")
_MONTH = re.compile(r"thang\s?(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}(?!\d)")
_NO_COMMA = re.compile(r"[a-z.)]\s{1,3}ngay\b")
_UNDATED = ("bien ban", "luat", "bo luat", "phap lenh", "hien phap")
"""Kinds whose templates have no line of place and date; a law tells its day in its last sentence."""
_LOWER_LEVEL = re.compile(r"\b(?:xa|phuong|thi tran|huyen|quan|thi xa|dac khu|lien doan|khu vuc)\b")
_SURE = 0.8
"""Least confidence of both dates for an error about their order on a scan."""


@rule(
    "DATE_MISSING",
    Severity.ERROR,
    "date",
    ALL,
    needs=("zone:header", "date", "date_line"),
    in_draft=Severity.INFO,
)
def date_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """No line of place and date in the header.

    Dates in the text, on an arrival stamp or of a signing time do not stand for it. Minutes and laws have no such
    line. A PDF's own text may lack what was stamped at signing: then only a warning.
    """
    if letter.fields.date.state is not State.ABSENT or letter.form.date_line.is_found or is_kind(letter, *_UNDATED):
        return
    unsure = is_text_layer(letter)
    place = at(letter.form.motto, letter.form.national_title, letter.form.party_title) or at_header(letter)
    yield fault(place, severity=Severity.WARNING if unsure else None, doubt=unsure)


@rule(
    "DATE_BLANK",
    Severity.WARNING,
    "date",
    ALL,
    needs=("zone:header", "date", "date_line"),
    in_draft=Severity.INFO,
)
def date_blank(letter: Letter, context: Context) -> Iterator[Fault]:
    """The line of the date is printed and the day or month in it is empty."""
    if letter.fields.date.state is State.ABSENT and letter.form.date_line.is_found:
        unsure = is_scan(letter) or is_text_layer(letter)
        yield fault(letter.form.date_line.evidence, printed=letter.form.date_line.value, doubt=unsure)


@rule("DATE_INVALID", Severity.ERROR, "date", ALL, needs=("date_line",))
def date_impossible(letter: Letter, context: Context) -> Iterator[Fault]:
    """No such day (31 April), or a day more than one year ahead. On a scan a digit may have been misread."""
    field, line = letter.fields.date, letter.form.date_line
    if not line.is_found:
        return
    impossible = field.state is State.UNREADABLE and field.note == "impossible"
    ahead = field.value is not None and field.value.year > context.today.year + 1
    if impossible or ahead:
        unsure = not is_clear(letter, line.evidence)
        yield fault(
            line.evidence,
            severity=Severity.WARNING if unsure else None,
            printed=line.value,
            variant="ahead" if ahead else "",
            doubt=unsure,
        )


@rule("DATE_PAD_DAY", Severity.WARNING, "date", ALL, needs=("date", "date_line"))
def day_not_padded(letter: Letter, context: Context) -> Iterator[Fault]:
    """Days below 10 take a leading zero in the header: "ngày 05". Dates of citations are not looked at."""
    day = _printed(_DAY, letter)
    if day is not None and len(day) == 1:
        yield fault(letter.form.date_line.evidence, printed=day, right=f"0{day}", doubt=is_scan(letter))


@rule("DATE_PAD_MONTH", Severity.WARNING, "date", ALL, needs=("date", "date_line"))
def month_not_padded(letter: Letter, context: Context) -> Iterator[Fault]:
    """January and February take a leading zero: "tháng 01". March to September take none."""
    month = _printed(_MONTH, letter)
    if month in ("1", "2"):
        yield fault(letter.form.date_line.evidence, printed=month, right=f"0{month}", doubt=is_scan(letter))


@rule("DATE_PAD_EXTRA", Severity.INFO, "date", ALL, needs=("date", "date_line"))
def month_padded_without_need(letter: Letter, context: Context) -> Iterator[Fault]:
    """ "tháng 03": the decree's own example prints months 3 to 9 without a zero. Common and harmless."""
    month = _printed(_MONTH, letter)
    if month is not None and re.fullmatch(r"0[3-9]", month):
        yield fault(letter.form.date_line.evidence, printed=month, right=month[1:])


@rule("DATE_NUMERIC", Severity.WARNING, "date", ALL, needs=("date_line",))
def date_in_figures(letter: Letter, context: Context) -> Iterator[Fault]:
    """The date of issue is written out ("ngày … tháng … năm …"), not 11/3/2021."""
    line = letter.form.date_line
    folded = fold(line.value or "")
    if line.is_found and "thang" not in folded and (match := _NUMERIC.search(folded)):
        yield fault(line.evidence, printed=match.group())


@rule("PLACE_MISSING", Severity.WARNING, "date", STATE | FRONT | PARTY, needs=("zone:header", "place", "date_line"))
def place_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """The line of the date names no place."""
    if letter.form.date_line.is_found and letter.fields.place.state is State.ABSENT:
        yield fault(letter.form.date_line.evidence, printed=letter.form.date_line.value)


@rule("PLACE_COMMA", Severity.INFO, "date", ALL, needs=("place", "date_line", "typed"))
def comma_after_place_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """A comma stands after the place. OCR loses it, so scans are not judged."""
    line = letter.form.date_line
    if line.is_found and letter.fields.place.is_found and _NO_COMMA.search(fold(line.value or "")):
        yield fault(line.evidence, printed=line.value)


@rule("PLACE_ISSUER", Severity.INFO, "date", STATE | FRONT, needs=("place", "issuer"))
def place_of_another_province(letter: Letter, context: Context) -> Iterator[Fault]:
    """A provincial body dates its document from another province.

    Only provinces of the table are compared, those that were merged count as one, and bodies of communes, districts
    and the police (whose ministry has rules of its own) are left alone.
    """
    fields = letter.fields
    if not fields.place.is_found or not fields.issuer.is_found:
        return
    names = f"{fields.issuer_parent.value or ''} {fields.issuer.value}"
    if _LOWER_LEVEL.search(fold(names)) or bodies_named(names) & {"police", "ministry_police"}:
        return
    home, place = province_in(names), province_called(fields.place.value or "")
    if home and place and province_now(home) != province_now(place):
        yield fault(fields.place.evidence, place=fields.place.value, issuer=fields.issuer.value)


@rule("DATE_BEFORE_CITED", Severity.ERROR, "comparison", ALL, needs=("date",))
def older_than_cited(letter: Letter, context: Context) -> Iterator[Fault]:
    """The document cites another with a later date than its own. On a scan read less clearly, only a warning."""
    issued = letter.fields.date.value
    if issued is None:
        return
    for citation in letter.citations:
        cited = citation.reference.issued
        if cited is None or cited <= issued or _in_annex(letter, citation.evidence):
            continue
        places = (citation.evidence, *letter.fields.date.evidence)
        unsure = is_scan(letter) and lowest_confidence(places) < _SURE
        yield fault(
            places,
            severity=Severity.WARNING if unsure else None,
            cited=citation.reference.number or citation.reference.kind or "",
            cited_day=written(cited),
            day=written(issued),
            doubt=unsure,
        )


@rule("DATE_DEADLINE_PAST", Severity.WARNING, "comparison", ALL, needs=("date",))
def deadline_before_date(letter: Letter, context: Context) -> Iterator[Fault]:
    """The document sets a deadline before its own day. Deadlines inside quotations belong to other documents."""
    issued = letter.fields.date.value
    if issued is None:
        return
    for obligation in letter.obligations:
        if obligation.due is not None and obligation.due < issued and not _is_quoted(letter, obligation.evidence):
            yield fault((obligation.evidence,), due=written(obligation.due), day=written(issued))


def _printed(pattern: re.Pattern[str], letter: Letter) -> str | None:
    """The digits of the header's day or month as printed; None when the date is not found or not read clearly."""
    line = letter.form.date_line
    if not letter.fields.date.is_found or not line.is_found or not is_clear(letter, line.evidence):
        return None
    if letter.fields.date.note == "handwritten":
        return None
    match = pattern.search(fold(line.value or ""))
    return match.group(1) if match else None


def _in_annex(letter: Letter, evidence: Evidence) -> bool:
    paragraph = letter.transcript.paragraph_at(evidence.start) if evidence.start >= 0 else None
    return paragraph is not None and paragraph.zone in (Zone.ANNEX, Zone.STAMP, Zone.ARRIVAL_STAMP, Zone.E_SIGNATURE)


def _is_quoted(letter: Letter, evidence: Evidence) -> bool:
    paragraph = letter.transcript.paragraph_at(evidence.start) if evidence.start >= 0 else None
    if paragraph is None:
        return False
    before = fold(letter.transcript.text[paragraph.start : evidence.start])
    return before.count('"') % 2 == 1


RULES = (
    date_missing,
    date_blank,
    date_impossible,
    day_not_padded,
    month_not_padded,
    month_padded_without_need,
    date_in_figures,
    place_missing,
    comma_after_place_missing,
    place_of_another_province,
    older_than_cited,
    deadline_before_date,
)
