"""The citing of other documents (NĐ 30/2020, Phụ lục I.II.6.b), compared with one another and with the archive."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from antq_cli.checks.look import at_stretch, is_scan, lines, written
from antq_cli.checks.mentions import ACTING, first_mentions_lacking, names_of
from antq_cli.checks.rule import ALL, FRONT, STATE, WITH_ANNEX, Context, Fault, fault, rule
from antq_cli.extraction.numbers import parse_number
from antq_cli.model.finding import Severity
from antq_cli.model.letter import Citation, Letter
from antq_cli.model.transcript import Zone
from antq_cli.vietnamese.lexicon import kind_named, kinds
from antq_cli.vietnamese.text import fold


@rule("CITE_FIRST_FULL", Severity.INFO, "basis", STATE | FRONT)
def first_mention_incomplete(letter: Letter, context: Context) -> Iterator[Fault]:
    """A first mention lacks date, issuer or subject where LB_INCOMPLETE does not already say so."""
    for parts, gaps in first_mentions_lacking(letter, acting=False).items():
        yield fault([c.evidence for c in gaps], cited=names_of(gaps), parts=" ".join(parts))


@rule("CITE_UNPARSED", Severity.INFO, "comparison", ALL, classes=WITH_ANNEX)
def number_not_understood(letter: Letter, context: Context) -> Iterator[Fault]:
    """A kind's name, "số" and something that is no number of any known form: mistyped, or read wrongly."""
    covered = [(c.evidence.start, c.evidence.end) for c in letter.citations]
    for line in lines(letter, Zone.BODY):
        for match in _named_number().finditer(line.folded):
            token = match.group("token").rstrip(".,;-")
            start, end = line.start + match.start("token"), line.start + match.start("token") + len(token)
            known = any(first < end and start < last for first, last in covered)
            printed = letter.transcript.text[start:end]
            if not known and not re.fullmatch(r"[\d./-]+", token) and parse_number(printed) is None:
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
        if citation.relation in ACTING and reference.number not in absent and not context.known(reference):
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


@cache
def _named_number() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for kind in kinds() for name in kind.folded_names)
    return re.compile(rf"\b(?:{names})\s{{1,3}}(?:lien tich\s{{1,3}})?so\s?:?\s?(?P<token>\d[\w./&-]{{2,40}})")


RULES = (
    first_mention_incomplete,
    number_not_understood,
    cited_with_two_dates,
    cited_not_archived,
    short_citation_ambiguous,
)
