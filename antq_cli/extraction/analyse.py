"""The order in which a letter is understood."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from antq_cli.extraction import marks
from antq_cli.extraction.calibration import calibrated
from antq_cli.extraction.citations import find_citations
from antq_cli.extraction.closing import Closing, read_closing
from antq_cli.extraction.dating import Dating, read_dating
from antq_cli.extraction.disputes import disputed
from antq_cli.extraction.hints import against_cited
from antq_cli.extraction.identity import reference_of
from antq_cli.extraction.issuer import read_issuer
from antq_cli.extraction.numbering import Numbering, read_number
from antq_cli.extraction.obligations import find_obligations
from antq_cli.extraction.regime import find_class, find_regime, unseen_zones
from antq_cli.extraction.subject import Subject, read_addressees, read_subject
from antq_cli.layout import transcribe
from antq_cli.model.letter import (
    Citation,
    DocumentClass,
    Field,
    Fields,
    Form,
    Letter,
    Obligation,
    Reference,
    Regime,
    State,
)
from antq_cli.model.page import Document
from antq_cli.model.transcript import Transcript, Zone
from antq_cli.vietnamese.lexicon import formulas

_UPPER_ZONES = (Zone.STAMP, Zone.HEADER_LEFT, Zone.HEADER_RIGHT)


def analyse(document: Document) -> Letter:
    """Everything antq understands of a document."""
    return understand(transcribe(document))


def understand(transcript: Transcript) -> Letter:
    """The letter in a transcript. Pure: the same transcript gives the same letter."""
    issuer, parent = read_issuer(transcript)
    numbering = read_number(transcript)
    dating = read_dating(transcript)
    addressees, addressees_label = read_addressees(transcript)
    subject = read_subject(transcript, numbering.number, numbering.line, addressees_label.is_found)
    closing = read_closing(transcript)
    fields = Fields(
        issuer=issuer,
        issuer_parent=parent,
        number=numbering.number,
        kind=subject.kind,
        place=dating.place,
        date=dating.date,
        subject=subject.subject,
        addressees=addressees,
        recipients=closing.recipients,
        authority=closing.authority,
        position=closing.position,
        signer=closing.signer,
    )
    form = _form(transcript, numbering, dating, subject, addressees_label, closing)
    fields, form = disputed(transcript.document, fields, form)
    unseen = unseen_zones(transcript, form, numbering.number)
    document_class = find_class(transcript, fields, form, unseen)
    if document_class in (DocumentClass.NEWS, DocumentClass.OTHER):
        fields = _without_kind_by_form(fields)
    own = own_reference(fields)
    citations = find_citations(transcript, own)
    fields = replace(fields, date=against_cited(fields.date, citations))
    obligations = find_obligations(transcript, fields.date.value)
    period = _period(fields, dating.period, citations, obligations)
    regime = find_regime(transcript, fields, form, period)
    if document_class in (DocumentClass.NEWS, DocumentClass.OTHER):
        regime = Regime.UNKNOWN  # no rule of form speaks of it
    return Letter(
        transcript=transcript,
        document_class=document_class,
        regime=regime,
        fields=calibrated(fields, transcript),
        form=form,
        citations=citations,
        obligations=obligations,
        unseen=unseen,
        period=period,
    )


def own_reference(fields: Fields) -> Reference | None:
    """The letter as others would cite it; None without a number."""
    if fields.number.value is None:
        return None
    return reference_of(
        kind=fields.kind.value,
        number=fields.number.value,
        issued=fields.date.value,
        issuer=fields.issuer.value,
        title=fields.subject.value,
    )


def _form(
    transcript: Transcript,
    numbering: Numbering,
    dating: Dating,
    subject: Subject,
    addressees_label: Field[str],
    closing: Closing,
) -> Form:
    phrases = formulas()
    arrival_number, arrival_date = marks.read_arrival(transcript)
    return Form(
        national_title=marks.read_title(transcript, phrases.national_title, in_capitals=True),
        motto=marks.read_title(transcript, phrases.motto, in_capitals=False),
        party_title=marks.read_title(transcript, phrases.party_title, in_capitals=True),
        party_star=marks.read_star(transcript),
        number_line=numbering.line,
        date_line=dating.line,
        kind_line=subject.kind_line,
        subject_label=subject.subject_label,
        addressees_label=addressees_label,
        recipients_label=closing.recipients_label,
        signature=closing.signature,
        basis=marks.read_basis(transcript),
        ending=marks.read_ending(transcript),
        arrival_number=arrival_number,
        arrival_date=arrival_date,
        draft=marks.read_phrase(transcript, phrases.drafts, (*_UPPER_ZONES, Zone.TITLE), whole=False),
        secret=marks.read_phrase(transcript, phrases.secret, (*_UPPER_ZONES, Zone.TITLE), whole=True),
        urgent=marks.read_phrase(transcript, phrases.urgent, (*_UPPER_ZONES, Zone.TITLE), whole=True),
        copy=marks.read_copy(transcript),
        annex=marks.read_phrase(transcript, phrases.annex, (Zone.BODY, Zone.ANNEX, Zone.STAMP), whole=False),
        news=marks.read_news(transcript),
    )


def _without_kind_by_form(fields: Fields) -> Fields:
    """A news item is no công văn even when it speaks of one."""
    if fields.kind.note in ("from_form", "from_symbol"):
        return replace(fields, kind=Field(State.ABSENT, note="no_kind"))
    return fields


def _period(
    fields: Fields,
    printed: tuple[date | None, date | None],
    citations: tuple[Citation, ...],
    obligations: tuple[Obligation, ...],
) -> tuple[date | None, date | None]:
    """Between which days the letter was issued, as its own text shows."""
    if fields.date.value is not None:
        return fields.date.value, fields.date.value
    first, last = printed
    cited = [citation.reference.issued for citation in citations if citation.reference.issued is not None]
    known = [day for day in (first, *cited) if day is not None and (last is None or day <= last)]
    earliest = max(known, default=None)
    due = [o.due for o in obligations if o.due is not None and (earliest is None or o.due >= earliest)]
    return earliest, min([day for day in (last, *due) if day is not None], default=None)
