"""Căn cứ: what a document rests on (NĐ 30/2020, Phụ lục I.II.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from antq_cli.checks.look import at, at_line, at_stretch, lines, written
from antq_cli.checks.mentions import first_mentions_lacking, names_of
from antq_cli.checks.printed import basis_lines, is_kind, is_plain_letter, opening
from antq_cli.checks.rule import (
    ALL,
    FRONT,
    PARTY,
    STATE,
    STATE_ND30,
    Context,
    Fault,
    fault,
    rule,
)
from antq_cli.model.finding import Severity
from antq_cli.model.letter import Letter, Regime, Relation, State
from antq_cli.model.transcript import Evidence, Zone
from antq_cli.vietnamese.administration import ended_act

_OPENER = re.compile(
    r"(?:[-+*]\s?)?(?:can cu|thuc hien|trien khai|tiep tuc|tiep theo|phuc dap|tra loi|theo|xet|quan triet|nhan duoc"
    r"|sau khi|qua|thi hanh|de thuc hien|de trien khai)\b"
)
_BASIS = re.compile(r"(?:[-+*]\s?)?can cu\b")
_AUTHORITY = re.compile(r"\b(?:luat|phap lenh|bo luat|nghi dinh|dieu le|quy che|hien phap|chuc nang|quy dinh)\b")
_LAW_NUMBERED = re.compile(r"\b(?:luat|phap lenh)\b[^;]{0,80}?\bso\s?:?\s?\d{1,4}/\d{4}/(?:ubtv)?qh\s?\d{1,2}")
_OPENING_SHARE = 0.2
_ORDINARY = ("ke hoach", "chuong trinh", "huong dan", "chi thi")


@rule("LB_MISSING_QD", Severity.ERROR, "basis", STATE | FRONT, needs=("kind", "basis", "legible:opening"))
def decision_without_basis(letter: Letter, context: Context) -> Iterator[Fault]:
    """A decision or resolution names what it rests on ("Căn cứ …") before "QUYẾT ĐỊNH:"."""
    if not is_kind(letter, "quyet dinh", "nghi quyet") or letter.form.basis.state is not State.ABSENT:
        return
    if not any(re.search(r"\bcan cu\b", line.folded) for line in lines(letter)):
        yield fault(_at_body(letter), kind=letter.fields.kind.value or "")


@rule("LB_MISSING_OTHER", Severity.WARNING, "basis", STATE | FRONT | PARTY, needs=("kind", "basis", "legible:opening"))
def plan_without_basis(letter: Letter, context: Context) -> Iterator[Fault]:
    """A plan, programme, guideline or directive names nothing it rests on in its first fifth.

    The decree says it may; an office's plan for itself lawfully has none.
    """
    if not is_kind(letter, *_ORDINARY) or letter.form.basis.state is not State.ABSENT:
        return
    body = lines(letter, Zone.BODY)
    if not body:
        return
    limit = body[0].start + max(600, _OPENING_SHARE * (body[-1].end - body[0].start))
    cited = any(body[0].start <= citation.evidence.start <= limit for citation in letter.citations)
    if not cited and not any(_OPENER.match(line.folded) for line in body if line.start <= limit):
        yield fault(at_line(letter, body[0]), kind=letter.fields.kind.value or "")


@rule("LB_CV_NONE", Severity.INFO, "basis", STATE | FRONT | PARTY, needs=("kind", "legible:opening"))
def letter_without_basis(letter: Letter, context: Context) -> Iterator[Fault]:
    """A letter's opening names nothing it rests on; "Để …" gives a purpose, not a basis. Later citations are told."""
    if not is_plain_letter(letter):
        return
    opened = opening(letter)
    if not opened:
        return
    start, end = opened[0].start, opened[-1].end
    if any(start <= citation.evidence.start < end for citation in letter.citations):
        return
    if any(_OPENER.match(line.folded) for line in opened):
        return
    later = [c.reference.number for c in letter.citations if c.evidence.start >= end and c.reference.number]
    cited = ", ".join(dict.fromkeys(later))
    yield fault(at_line(letter, opened[0]), cited=cited, variant="later" if cited else "")


@rule("LB_AUTH", Severity.INFO, "basis", STATE | FRONT, needs=("kind", "basis", "legible:opening"))
def no_basis_of_power(letter: Letter, context: Context) -> Iterator[Fault]:
    """No basis of a decision or resolution gives its issuer the power: no law, decree, charter or statute."""
    if not is_kind(letter, "quyet dinh", "nghi quyet"):
        return
    found = basis_lines(letter)
    if found and not any(_AUTHORITY.search(line.folded) for line in found):
        yield fault(at_line(letter, found[0]))


@rule("LB_INCOMPLETE", Severity.WARNING, "basis", STATE | FRONT)
def basis_incomplete(letter: Letter, context: Context) -> Iterator[Fault]:
    """A document acted upon is named for the first time without its date, or a basis without its issuer.

    Laws and ordinances need only their names; short names bound earlier, later mentions and documents cited in an
    annex are left alone. Because the grammar may miss a part, the words around the citation are looked at again.
    """
    for parts, gaps in first_mentions_lacking(letter, acting=True).items():
        yield fault([c.evidence for c in gaps], cited=names_of(gaps), parts=" ".join(parts))


@rule("LB_LAW_NUM", Severity.INFO, "basis", STATE_ND30)
def law_with_number(letter: Letter, context: Context) -> Iterator[Fault]:
    """A law or ordinance among the bases is named without its number since 05/3/2020."""
    for line in basis_lines(letter):
        if _BASIS.match(line.folded) and (match := _LAW_NUMBERED.search(line.folded)):
            start = line.start + match.start()
            printed = letter.transcript.text[start : line.start + match.end()]
            yield fault(at_stretch(letter, start, line.start + match.end()), printed=printed)
            return


@rule("LB_PUNCT", Severity.INFO, "basis", STATE, needs=("typed",))
def basis_punctuation(letter: Letter, context: Context) -> Iterator[Fault]:
    """Bases end with ";", the last one with "." (before 05/3/2020 with ","). Scans are not judged."""
    found = [line for line in basis_lines(letter) if not line.folded.startswith(("thuc hien", "theo quyet"))]
    if len(found) < 2 or not is_kind(letter, "quyet dinh", "nghi quyet"):
        return
    last = "." if letter.regime is Regime.STATE_ND30 else ","
    for line in found[:-1]:
        if not line.text.endswith(";"):
            yield fault(at_line(letter, line), printed=line.text[-1], right=";")
            return
    if not found[-1].text.endswith(last):
        yield fault(at_line(letter, found[-1]), printed=found[-1].text[-1], right=last, variant="last")


@rule("LB_EXPIRED", Severity.WARNING, "comparison", ALL, needs=("date",))
def basis_no_longer_in_force(letter: Letter, context: Context) -> Iterator[Fault]:
    """A basis had ended on the document's day, by antq's own short table of acts."""
    day = letter.fields.date.value
    if day is None:
        return
    for citation in letter.citations:
        if citation.relation is not Relation.BASED_ON or citation.source is not None or not citation.reference.number:
            continue
        ended = ended_act(citation.reference.number, day)
        if ended is not None:
            yield fault((citation.evidence,), cited=ended.name, ended=written(ended.ended), successor=ended.successor)


def _at_body(letter: Letter) -> tuple[Evidence, ...]:
    body = lines(letter, Zone.BODY)[:1]
    return at_line(letter, body[0]) if body else at(letter.form.kind_line)


RULES = (
    decision_without_basis,
    plan_without_basis,
    letter_without_basis,
    no_basis_of_power,
    basis_incomplete,
    law_with_number,
    basis_punctuation,
    basis_no_longer_in_force,
)
