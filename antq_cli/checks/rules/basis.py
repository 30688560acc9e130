"""Căn cứ and the citing of other documents (NĐ 30/2020, Phụ lục I.II.6)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from antq_cli.checks.look import at, at_line, at_stretch, is_scan, lines, written
from antq_cli.checks.printed import basis_lines, is_kind, is_plain_letter, opening
from antq_cli.checks.rule import (
    ALL,
    FRONT,
    PARTY,
    STATE,
    STATE_ND30,
    WITH_ANNEX,
    Context,
    Fault,
    fault,
    rule,
)
from antq_cli.model.finding import Severity
from antq_cli.model.letter import Citation, Letter, Regime, Relation, State
from antq_cli.model.transcript import Evidence, Zone
from antq_cli.vietnamese.administration import ended_act
from antq_cli.vietnamese.lexicon import kind_named, kinds
from antq_cli.vietnamese.text import fold

_OPENER = re.compile(
    r"(?:[-+*]\s?)?(?:can cu|thuc hien|trien khai|tiep tuc|tiep theo|phuc dap|tra loi|theo|xet|quan triet|nhan duoc"
    r"|sau khi|qua|thi hanh|de thuc hien|de trien khai)\b"
)
_BASIS = re.compile(r"(?:[-+*]\s?)?can cu\b")
_AUTHORITY = re.compile(r"\b(?:luat|phap lenh|bo luat|nghi dinh|dieu le|quy che|hien phap|chuc nang|quy dinh)\b")
_LAW_NUMBERED = re.compile(r"\b(?:luat|phap lenh)\b[^;]{0,120}?\bso\s?:?\s?\d{1,4}/\d{4}/(?:ubtv)?qh\s?\d{1,2}")
_DAY = re.compile(r"\bngay\s?\d|\b\d{1,2}/\d{1,2}/\d{4}|\bthang\s?\d{1,2}\b")
_ISSUER = re.compile(r"\b(?:cua|giua)\b")
_TITLE = re.compile(
    r"\b(?:ve|quy dinh|ban hanh|phe duyet|huong dan|sua doi|cong bo|giao|dieu chinh|thanh lap|v/v)\b|\""
)
_NUMBER_AFTER_KIND = r"\s{1,3}(?:lien tich\s{1,3})?so\s?:?\s?(?P<token>\d[\w./&-]{2,40})"
_AHEAD, _BACK = 260, 90
"""Characters after and before a citation in which its date, issuer and subject are looked for."""
_OPENING_SHARE = 0.2
_ACTING = frozenset(
    {Relation.IMPLEMENTS, Relation.BASED_ON, Relation.GUIDES, Relation.REPLIES_TO, Relation.FOLLOWS, Relation.AMENDS}
)
_ORDINARY = ("ke hoach", "chuong trinh", "huong dan", "chi thi")


@rule("LB_MISSING_QD", Severity.ERROR, "basis", STATE | FRONT, needs=("kind", "basis"))
def decision_without_basis(letter: Letter, context: Context) -> Iterator[Fault]:
    """A decision or resolution names what it rests on ("Căn cứ …") before "QUYẾT ĐỊNH:"."""
    if not is_kind(letter, "quyet dinh", "nghi quyet") or letter.form.basis.state is not State.ABSENT:
        return
    if not any(re.search(r"\bcan cu\b", line.folded) for line in lines(letter)):
        yield fault(_at_body(letter), kind=letter.fields.kind.value or "")


@rule("LB_MISSING_OTHER", Severity.WARNING, "basis", STATE | FRONT | PARTY, needs=("kind", "basis"))
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


@rule("LB_CV_NONE", Severity.INFO, "basis", STATE | FRONT | PARTY, needs=("kind",))
def letter_without_basis(letter: Letter, context: Context) -> Iterator[Fault]:
    """A letter's opening names no document it rests on; "Để …" gives a purpose, not a basis. Documents cited later are named."""
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


@rule("LB_AUTH", Severity.INFO, "basis", STATE | FRONT, needs=("kind", "basis"))
def no_basis_of_power(letter: Letter, context: Context) -> Iterator[Fault]:
    """Among the bases of a decision or resolution none gives the issuer its power: no law, decree, charter or statute."""
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
    opened = {line.start for line in (*opening(letter), *basis_lines(letter))}
    for part, gaps in _gaps(letter, acting=True, opened=opened).items():
        yield fault([c.evidence for c in gaps], cited=_names(gaps), variant=part)


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
    """Bases end with ";", the last one with "." (before 05/3/2020 with ","). OCR loses marks, so scans are not judged."""
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


@rule("CITE_FIRST_FULL", Severity.INFO, "basis", STATE | FRONT)
def first_mention_incomplete(letter: Letter, context: Context) -> Iterator[Fault]:
    """A first mention lacks date, issuer or subject where LB_INCOMPLETE does not already say so."""
    opened = {line.start for line in (*opening(letter), *basis_lines(letter))}
    for part, gaps in _gaps(letter, acting=False, opened=opened).items():
        yield fault([c.evidence for c in gaps], cited=_names(gaps), variant=part)


@rule("CITE_UNPARSED", Severity.INFO, "comparison", ALL, classes=WITH_ANNEX)
def number_not_understood(letter: Letter, context: Context) -> Iterator[Fault]:
    """A kind's name, "số" and something that is no number of any known form: mistyped, or read wrongly."""
    names = "|".join(re.escape(name) for kind in kinds() for name in kind.folded_names)
    pattern = re.compile(rf"\b(?:{names}){_NUMBER_AFTER_KIND}")
    covered = [(c.evidence.start, c.evidence.end) for c in letter.citations]
    for line in lines(letter, Zone.BODY):
        for match in pattern.finditer(line.folded):
            token = match.group("token").rstrip(".,;-")
            start, end = line.start + match.start("token"), line.start + match.start("token") + len(token)
            known = any(first < end and start < last for first, last in covered)
            if not known and not token.isdigit() and not re.fullmatch(r"[\d./-]+", token):
                yield fault(
                    at_stretch(letter, start, end), printed=letter.transcript.text[start:end], doubt=is_scan(letter)
                )


@rule("CITE_CONFLICT", Severity.WARNING, "comparison", ALL, classes=WITH_ANNEX)
def cited_with_two_dates(letter: Letter, context: Context) -> Iterator[Fault]:
    """One number is cited with two dates of the same year. Numbers return each year, so two years are two documents."""
    dated: defaultdict[tuple[str, int], list[Citation]] = defaultdict(list)
    for citation in letter.citations:
        issued, key = citation.reference.issued, citation.reference.key
        if issued is not None and key and not citation.reference.is_short:
            dated[key, issued.year].append(citation)
    for citations in dated.values():
        first = citations[0]
        other = next((c for c in citations if c.reference.issued != first.reference.issued), None)
        if other is None or not _same_issuer(first, other):
            continue
        assert first.reference.issued is not None and other.reference.issued is not None  # noqa: S101, PT018
        days = f"{written(first.reference.issued)}, {written(other.reference.issued)}"
        yield fault((first.evidence, other.evidence), cited=first.reference.number or "", days=days)


@rule("CITE_NOT_FOUND", Severity.INFO, "archive", ALL, needs=("known",), classes=WITH_ANNEX)
def cited_not_archived(letter: Letter, context: Context) -> Iterator[Fault]:
    """Documents the letter acts upon that the archive does not hold. Laws and decrees are not expected there."""
    if context.known is None:
        return
    absent: dict[str, Citation] = {}
    for citation in letter.citations:
        reference = citation.reference
        kind = kind_named(reference.kind) if reference.kind else None
        if reference.number is None or reference.is_short or (kind is not None and kind.normative and kind.by_name):
            continue
        if citation.relation in _ACTING and reference.number not in absent and not context.known(reference):
            absent[reference.number] = citation
    if absent:
        yield fault([c.evidence for c in absent.values()], cited=", ".join(absent), count=len(absent))


@rule("CITE_AMBIG", Severity.INFO, "archive", ALL, classes=WITH_ANNEX)
def short_citation_ambiguous(letter: Letter, context: Context) -> Iterator[Fault]:
    """A short form ("Chỉ thị 28") that may mean two documents, in this letter or in the archive."""
    for citation in letter.citations:
        reference = citation.reference
        if not reference.is_short or reference.number is None:
            continue
        here = {
            other.reference.number
            for other in letter.citations
            if other.reference.number and not other.reference.is_short and _means(citation, other)
        }
        if not here and context.known is not None:
            here = {kept.number for kept in context.known(reference) if kept.number}
        if len(here) > 1:
            printed = citation.evidence.quote
            yield fault((citation.evidence,), printed=printed, candidates=", ".join(sorted(filter(None, here))))


def _gaps(letter: Letter, *, acting: bool, opened: set[int]) -> dict[str, list[Citation]]:
    """First mentions by the part they lack: those that are errors of a basis, or (not `acting`) all the rest."""
    found: dict[str, list[Citation]] = {}
    seen: set[str] = set()
    starts = sorted(c.evidence.start for c in letter.citations)
    own = letter.fields.number.value
    for citation in letter.citations:
        reference, key = citation.reference, citation.reference.key or citation.reference.number
        kind = kind_named(reference.kind) if reference.kind else None
        if key is None or reference.number is None or reference.is_short or key in seen or reference.number == own:
            continue
        seen.add(key)
        paragraph = letter.transcript.paragraph_at(citation.evidence.start)
        if (kind is not None and kind.by_name) or paragraph is None or paragraph.zone is not Zone.BODY:
            continue
        named_first = any(abs(paragraph.start - start) < 3 for start in opened)
        for part in _lacking(letter, citation, starts):
            charged = part == "date" and (citation.relation in _ACTING or citation.source is not None)
            charged = charged or (part == "issuer" and named_first and citation.relation in _ACTING)
            if charged == acting:
                found.setdefault(part, []).append(citation)
    return found


def _lacking(letter: Letter, citation: Citation, starts: Sequence[int]) -> list[str]:
    """The parts of a full citation that neither the grammar found nor the words around it show."""
    reference, evidence = citation.reference, citation.evidence
    paragraph = letter.transcript.paragraph_at(evidence.start)
    if paragraph is None:
        return []
    later = [start for start in starts if start > evidence.start]
    end = min([paragraph.end, evidence.end + _AHEAD, *later[:1]])
    ahead = fold(letter.transcript.text[evidence.start : end]).split(";")[0]
    near = fold(letter.transcript.text[max(paragraph.start, evidence.start - _BACK) : evidence.start])
    before = re.split(r"[;.]\s", near)[-1]
    lacking = []
    if reference.issued is None and not _DAY.search(ahead) and not _DAY.search(before):
        lacking.append("date")
    if reference.issuer is None and not _ISSUER.search(ahead) and not re.search(r"\bban hanh\b", before):
        lacking.append("issuer")
    if reference.title is None and not _TITLE.search(ahead):
        lacking.append("title")
    return lacking


def _names(citations: Sequence[Citation]) -> str:
    return ", ".join(dict.fromkeys(c.reference.number or "" for c in citations))


def _same_issuer(one: Citation, other: Citation) -> bool:
    """False only when both name an issuer and the names differ."""
    mine, its = fold(one.reference.issuer or ""), fold(other.reference.issuer or "")
    return not mine or not its or mine in its or its in mine


def _means(short: Citation, full: Citation) -> bool:
    kind, digits = short.reference.kind, short.reference.number or ""
    if kind and full.reference.kind and fold(kind) != fold(full.reference.kind):
        return False
    number = re.match(r"\d+", full.reference.number or "")
    return number is not None and number.group().lstrip("0") == digits.lstrip("0")


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
    first_mention_incomplete,
    number_not_understood,
    cited_with_two_dates,
    cited_not_archived,
    short_citation_ambiguous,
)
