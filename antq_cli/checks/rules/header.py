"""Quốc hiệu, Tiêu ngữ, the Party's title, and the issuing body (NĐ 30/2020, Điều 8.2.a, b; HD 36-HD/VPTW, II)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from antq_cli.checks.look import (
    at,
    at_header,
    is_clear,
    is_scan,
    lines,
    page_of,
    written,
)
from antq_cli.checks.printed import number_of
from antq_cli.checks.rule import ALL, FRONT, NORMATIVE, PARTY, STATE, Context, Fault, fault, rule
from antq_cli.model.finding import Severity
from antq_cli.model.letter import Letter
from antq_cli.model.transcript import Zone
from antq_cli.vietnamese.administration import bodies_named, body_coded, ended_bodies
from antq_cli.vietnamese.text import fold, is_upper

_TITLE = "cong hoa xa hoi chu nghia viet nam"
_MOTTO = "doc lap - tu do - hanh phuc"
_DASHED = STATE | FRONT | NORMATIVE
_TOP_SHARE = 0.2
"""The national title stands in the top fifth of an upright page; the drawing of the decree has it in the top eighth."""


@rule("QH_MISSING", Severity.ERROR, "national_title", _DASHED, needs=("zone:header", "national_title"))
def national_title_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """A state or Front document opens with the national title.

    Wherever the reading order put it: the two columns of the header interleave. Party documents have none.
    """
    if not letter.form.national_title.is_found:
        yield fault(at(letter.form.motto) or at_header(letter))


@rule("TN_MISSING", Severity.ERROR, "national_title", _DASHED, needs=("zone:header", "motto"))
def motto_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """The motto stands under the national title."""
    if not letter.form.motto.is_found:
        yield fault(at(letter.form.national_title) or at_header(letter))


@rule("QH_SPELL", Severity.WARNING, "national_title", _DASHED, needs=("national_title", "motto"))
def national_title_misspelt(letter: Letter, context: Context) -> Iterator[Fault]:
    """A letter is wrong in the national title or the motto.

    HÒA and HOÀ are both right. On scans a difference is OCR's until the words were read with high confidence, and
    diacritics are never judged there. A long dash in the motto is only noted.
    """
    typed = not is_scan(letter)
    title, motto = letter.form.national_title, letter.form.motto
    if title.is_found and is_clear(letter, title.evidence) and _letters(title.value or "") != _letters(_TITLE):
        yield fault(title.evidence, printed=title.value, doubt=not typed)
    if not motto.is_found or not is_clear(letter, motto.evidence):
        return
    printed = " ".join((motto.value or "").split())
    if _letters(printed) != _letters(_MOTTO):
        yield fault(motto.evidence, printed=printed, variant="motto", doubt=not typed)
    elif typed and (fold(printed) != _MOTTO or fold(printed).count("-") > printed.count("-")):
        yield fault(motto.evidence, severity=Severity.INFO, printed=printed, variant="dash")


@rule("QH_POS", Severity.WARNING, "national_title_place", _DASHED, needs=("national_title", "geometry"))
def national_title_misplaced(letter: Letter, context: Context) -> Iterator[Fault]:
    """The national title stands at the top of the right half of the first page. Pages on their side are left alone."""
    evidence = letter.form.national_title.evidence
    page = page_of(letter, evidence)
    if page is None or page.width > page.height:
        return
    box = evidence[0].box
    if box.centre < page.width * 0.5 or box.top > page.height * _TOP_SHARE:
        yield fault(evidence)


@rule("QH_IN_PARTY", Severity.ERROR, "party_title", PARTY, needs=("national_title", "party_title"))
def national_title_on_party_document(letter: Letter, context: Context) -> Iterator[Fault]:
    """A Party document has the Party's title and no national title; documents issued jointly may show both."""
    title = letter.form.national_title
    if title.is_found and letter.form.party_title.is_found:
        number = number_of(letter)
        joint = number is not None and len(number.organs) > 1
        yield fault(title.evidence, severity=Severity.WARNING if joint else None)


@rule("PT_TITLE", Severity.ERROR, "party_title", PARTY, needs=("zone:header", "party_title"))
def party_title_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """A Party document has "ĐẢNG CỘNG SẢN VIỆT NAM" at its top right."""
    if not letter.form.party_title.is_found:
        yield fault(at(letter.form.national_title) or at_header(letter))


@rule("PT_STAR", Severity.INFO, "party_title", PARTY, needs=("zone:header", "party_star", "typed"))
def party_star_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """A star stands alone under a Party issuer. OCR drops it, so scans are not judged."""
    if not letter.form.party_star.is_found and letter.fields.issuer.is_found:
        yield fault(letter.fields.issuer.evidence)


@rule("ORG_MISSING", Severity.ERROR, "issuer", ALL, needs=("zone:header", "issuer"))
def issuer_missing(letter: Letter, context: Context) -> Iterator[Fault]:
    """The name of the issuing body stands at the top left."""
    if letter.fields.issuer.is_found or letter.fields.issuer_parent.is_found:
        return
    # Capitals in the left header that extraction would not name are somebody's name all the same.
    named = any(is_upper(line.text) and len(line.text) > 5 for line in lines(letter, Zone.HEADER_LEFT))
    yield fault(at_header(letter), severity=Severity.WARNING if named else None, doubt=named)


@rule("ORG_SIGN_MISMATCH", Severity.WARNING, "signature", STATE | FRONT, needs=("issuer", "authority"))
def issuer_against_signature(letter: Letter, context: Context) -> Iterator[Fault]:
    """The body for which the signer signs ("TM. …") is another than the issuer.

    Only two bodies that are known to be different count: advisory boards and bodies unknown to the table stay silent,
    and so do TL. and TUQ., which name the person who charged the signer.
    """
    issuer, authority = letter.fields.issuer, letter.fields.authority
    if not issuer.is_found or not authority.is_found:
        return
    first = (authority.value or "").split(" / ")[0]
    if not re.match(r"t[./]?m\b", fold(first).strip()):
        return
    header = f"{letter.fields.issuer_parent.value or ''} {issuer.value}"
    signing, issuing = bodies_named(first), bodies_named(header)
    if signing and issuing and not signing & issuing:
        yield fault(authority.evidence, authority=first, issuer=issuer.value)


@rule("ORG_SYM_MISMATCH", Severity.WARNING, "number", ALL, needs=("issuer", "number"))
def symbol_against_issuer(letter: Letter, context: Context) -> Iterator[Fault]:
    """The first code of the symbol belongs to a known body other than the one in the header.

    Codes are set by each body, so only codes and names of the table count.
    """
    issuer, number = letter.fields.issuer, number_of(letter)
    if number is None or not issuer.is_found or not number.organs:
        return
    coded = body_coded(number.organs[0])
    header = f"{letter.fields.issuer_parent.value or ''} {issuer.value}"
    named = bodies_named(header)
    if coded and named and coded not in named:
        doubt = not is_clear(letter, letter.fields.number.evidence)
        yield fault(letter.fields.number.evidence, code=number.organs[0], issuer=issuer.value, doubt=doubt)


@rule("ORG_ABOLISHED", Severity.WARNING, "abolished", ALL, needs=("date",))
def body_no_more(letter: Letter, context: Context) -> Iterator[Fault]:
    """Issued by, or addressed to, a body that was no more on the day of the document.

    Bodies named in citations and in the text are history and are not looked at; before 2025 nothing is.
    """
    day = letter.fields.date.value
    if day is None:
        return
    fields = letter.fields
    named = [(fields.issuer.evidence, fields.issuer.value), (fields.issuer_parent.evidence, fields.issuer_parent.value)]
    named += [(fields.addressees.evidence, text) for text in fields.addressees.value or ()]
    seen: set[str] = set()
    for evidence, text in named:
        for ended in ended_bodies(text or "", day):
            if ended.name not in seen:
                seen.add(ended.name)
                yield fault(
                    evidence,
                    body=ended.name,
                    ended=written(ended.ended),
                    successor=ended.successor,
                    variant="successor" if ended.successor else "",
                )


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


RULES = (
    national_title_missing,
    motto_missing,
    national_title_misspelt,
    national_title_misplaced,
    national_title_on_party_document,
    party_title_missing,
    party_star_missing,
    issuer_missing,
    issuer_against_signature,
    symbol_against_issuer,
    body_no_more,
)
