"""Gates: what the file is at all, and what of it was seen (rulebook of the office, NĐ 30/2020 where it speaks)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from antq_cli.checks.look import Line, at, at_line, is_poorly_read, is_scan, lines
from antq_cli.checks.rule import (
    ALL,
    LETTERS,
    NOT_LETTERS,
    STATE,
    WITH_ANNEX,
    Context,
    Fault,
    fault,
    rule,
)
from antq_cli.model.finding import Severity
from antq_cli.model.letter import DocumentClass, Letter, Regime
from antq_cli.model.page import PageOrigin
from antq_cli.model.transcript import Zone

_TITLE = re.compile(r"cong hoa xa hoi chu nghia viet nam")
_NUMBERED = re.compile(r"so\s?:?\s?\d{1,6}\s?[/-]")
_PORTAL = re.compile(
    r"cong bao\s?/\s?so\b.{0,60}|(?:in trang|tai ve|trang chu|van ban lien quan|luoc do|thuoc tinh)[\s:>|]{0,5}"
)


@rule("GATE_NOT_DOC", Severity.INFO, "recognition", classes=NOT_LETTERS)
def not_a_document(letter: Letter, context: Context) -> Iterator[Fault]:
    """A news item or another text is no official document; no rule of form applies to it.

    The closing mark "./." proves nothing: news items copy it.
    """
    first = lines(letter)[:1]
    sign = letter.form.news.value or ""
    variant = "news" if letter.document_class is DocumentClass.NEWS else "other"
    place = at(letter.form.news) or (at_line(letter, first[0]) if first else ())
    yield fault(place, sign=sign, variant=variant)


@rule("ZONE_MISSING", Severity.WARNING, "recognition")
def zone_unseen(letter: Letter, context: Context) -> Iterator[Fault]:
    """Whole zones are not in the file: an extract, a cropped page, a page that was not scanned.

    Said once, in place of one finding for each thing that would have stood there.
    """
    if letter.unseen:
        first = lines(letter)[:1]
        yield fault(at_line(letter, first[0]) if first else (), zones=" ".join(letter.unseen))


@rule("GATE_EXCERPT", Severity.INFO, "recognition", classes=frozenset({DocumentClass.EXCERPT}))
def extract(letter: Letter, context: Context) -> Iterator[Fault]:
    """The body of a document without header and signature; ZONE_MISSING tells which parts the file does not show."""
    first = lines(letter)[:1]
    yield fault(at_line(letter, first[0]) if first else ())


@rule("GATE_DRAFT", Severity.INFO, "draft")
def draft(letter: Letter, context: Context) -> Iterator[Fault]:
    """A draft: its number, date and seal are given when it is signed, so their lack is only noted."""
    if letter.document_class is DocumentClass.DRAFT or letter.form.draft.is_found:
        yield fault(at(letter.form.draft, letter.form.number_line, letter.form.date_line))


@rule("GATE_ANNEX", Severity.INFO, "annex", classes=frozenset({DocumentClass.ANNEX}))
def annex(letter: Letter, context: Context) -> Iterator[Fault]:
    """An annex alone: it lawfully has no number, date or signature of its own."""
    yield fault(at(letter.form.annex, letter.form.kind_line))


@rule("GATE_COPY", Severity.INFO, "copy", STATE, classes=LETTERS)
def copy(letter: Letter, context: Context) -> Iterator[Fault]:
    """A copy: the first block is the document, the last one belongs to the office that copied it."""
    if letter.document_class is DocumentClass.COPY or letter.form.copy.is_found:
        yield fault(at(letter.form.copy), mark=letter.form.copy.value or "")


@rule("GATE_MULTI", Severity.WARNING, "recognition", classes=WITH_ANNEX)
def several_documents(letter: Letter, context: Context) -> Iterator[Fault]:
    """Two documents in one file: a second national title with a number of its own on another page.

    Forms in an annex print the title with an empty number, and a copy has two blocks: both are left alone.
    """
    if letter.document_class is DocumentClass.COPY or letter.form.copy.is_found:
        return
    pages: dict[int, int] = {}
    numbered: set[int] = set()
    titles: dict[int, Line] = {}
    for line in lines(letter):
        if line.zone in (Zone.STAMP, Zone.ARRIVAL_STAMP, Zone.E_SIGNATURE):
            continue
        if _TITLE.search(line.folded):
            pages[line.page] = pages.get(line.page, 0) + 1
            titles.setdefault(line.page, line)
        if line.zone is not Zone.BODY and _NUMBERED.match(line.folded):
            numbered.add(line.page)
    heads = sorted(page for page in pages if page in numbered)
    if len(heads) > 1:
        yield fault(at_line(letter, titles[heads[1]]), page=heads[1], count=len(heads))


@rule("GATE_SECRET", Severity.ERROR, "marks", classes=WITH_ANNEX)
def secret(letter: Letter, context: Context) -> Iterator[Fault]:
    """A secret mark: such a document must not be read or kept by this tool."""
    if letter.form.secret.is_found:
        yield fault(at(letter.form.secret), mark=letter.form.secret.value or "")


@rule("GATE_REGIME", Severity.INFO, "recognition", classes=WITH_ANNEX)
def regime_unsure(letter: Letter, context: Context) -> Iterator[Fault]:
    """Which rules of form govern the document could not be told, or its header shows signs of two."""
    form = letter.form
    if form.national_title.is_found and form.party_title.is_found:
        yield fault(at(form.party_title), variant="conflict")
    elif letter.regime is Regime.UNKNOWN:
        yield fault(variant="unknown")


@rule("GATE_OCR_LOW", Severity.INFO, "recognition", classes=frozenset(DocumentClass))
def poorly_read(letter: Letter, context: Context) -> Iterator[Fault]:
    """The scan was read poorly: every error found on it is softened to a warning."""
    pages = letter.transcript.document.pages
    words = [word.confidence for page in pages if page.origin is PageOrigin.OCR for word in page.words]
    failed = any(page.origin is PageOrigin.FAILED for page in pages)
    if not letter.transcript.tokens:
        yield fault(variant="empty")
    elif (is_scan(letter) or failed) and is_poorly_read(letter):
        mean = sum(words) / len(words) if words else 0.0
        yield fault(share=f"{mean:.0%}")


@rule("GATE_BULLETIN", Severity.INFO, "recognition", ALL, classes=WITH_ANNEX)
def gazette_page(letter: Letter, context: Context) -> Iterator[Fault]:
    """The text comes from a gazette or a portal page; its menus are not part of the document."""
    for line in lines(letter):
        if _PORTAL.fullmatch(line.folded):
            yield fault(at_line(letter, line), mark=line.text)
            return


RULES = (
    not_a_document,
    zone_unseen,
    extract,
    draft,
    annex,
    copy,
    several_documents,
    secret,
    regime_unsure,
    poorly_read,
    gazette_page,
)
