"""One document for a person: what became of it, how it is called, all that was read of it, where a search found it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from rich.text import Text

from antq_cli.answers.wording import shown_date
from antq_cli.archive.records import Hit, Record
from antq_cli.messages import Language, message_ids, say
from antq_cli.model.letter import Citation, Field, Obligation, State
from antq_cli.pipeline.documents import Shown
from antq_cli.pipeline.ingest import Ingested
from antq_cli.render.console import out, show_line
from antq_cli.render.safe import safe
from antq_cli.render.tables import show_pairs

_STATE_COLOURS = {State.FOUND: "", State.ABSENT: "dim", State.UNREADABLE: "yellow"}
_MOST_LIST_ITEMS = 30
_MOST_CANDIDATES = 3
_ALARMING = ("pages_unread", "no_text", "secret", "text_layer_mismatch")
"""Flags that a person must see without asking for more."""
_RESULT_WIDTH = 9


def show_ingested(outcome: Ingested, language: Language, *, verbose: bool) -> None:
    """One line for a file that was taken in or is there already; with `verbose` what is odd about it, too."""
    if outcome.record is None:
        return
    line = Text(say(f"ingest.{outcome.result.value}", language).ljust(_RESULT_WIDTH), style="green")
    line.append(f"{outcome.record.seq:>5}  ", style="bold")
    line.append(safe(str(outcome.path)), style="not bold default")
    line.append("  " + safe(title_of(outcome.record, language)), style="not bold default")
    show_line(line, cut=True)
    for flag in outcome.flags:
        if verbose or flag in _ALARMING:
            style = "yellow" if flag in _ALARMING else "dim"
            show_line(Text(flag_text(flag, outcome, language), style=style), indent=_RESULT_WIDTH + 7)
    if verbose and outcome.result.value == "accepted":
        told = say(
            "ingest.details",
            language,
            pages=outcome.record.pages,
            ocr_pages=outcome.record.ocr_pages,
            seconds=f"{outcome.seconds:.1f}",
            document_class=say(f"class.{outcome.record.document_class}", language),
        )
        show_line(Text(told, style="dim"), indent=_RESULT_WIDTH + 7)


def flag_text(flag: str, outcome: Ingested, language: Language) -> str:
    """A flag in words; one without words stays as it is."""
    name, _, value = flag.partition(":")
    if f"flag.{name}" not in message_ids(language):
        return safe(flag)
    return say(f"flag.{name}", language, value=safe(value), pages=", ".join(map(str, outcome.unread_pages)))


def title_of(record: Record, language: Language) -> str:
    """Kind, number, date and subject in one line; what is not known is left out."""
    kind = record.kind or ""
    parts = [kind[:1].upper() + kind[1:], record.number or say("show.no_number", language)]
    if record.issued is not None:
        parts.append(say("show.dated", language, date=shown_date(record.issued, language)))
    head = " ".join(part for part in parts if part)
    return f"{head}: {record.subject}" if record.subject else head


def show_hits(hits: Sequence[Hit], language: Language, *, verbose: bool) -> None:
    """Title, place and snippet of each document found."""
    for hit in hits:
        show_line(Text(f"{hit.rank}. {safe(title_of(hit.record, language))}", style="bold"), cut=True)
        place = say("search.place", language, seq=hit.record.seq, page=hit.page, path=safe(hit.record.origin))
        if verbose:
            place += say("search.score", language, score=f"{hit.score:.1f}", id=hit.record.id[:12])
        show_line(Text(place, style="dim"), indent=3)
        show_line(_marked(hit.snippet), indent=3)


def _marked(snippet: str) -> Text:
    """A snippet with the words found set off: by colour on a terminal, by << and >> elsewhere."""
    if not out().is_terminal or out().no_color:
        return Text(safe(snippet))
    shown = Text()
    for position, piece in enumerate(safe(snippet).split("<<")):
        inside, mark, after = piece.partition(">>")
        if position and mark:
            shown.append(inside, style="bold green")
            shown.append(after)
        else:
            shown.append(("<<" if position else "") + piece)
    return shown


def show_document(
    shown: Shown, language: Language, *, verbose: bool, crops: Mapping[str, Path] = MappingProxyType({})
) -> None:
    """Head, fields, citations and obligations; with `verbose` the marks of form as well.

    `crops` are files with pictures of unreadable fields, by field.
    """
    letter = shown.letter
    head = Text(safe(shown.name), style="bold")
    told = say(
        "show.head",
        language,
        pages=shown.pages,
        document_class=say(f"class.{letter.document_class.value}", language),
        regime=say(f"regime.{letter.regime.value}", language),
    )
    if shown.record is not None:
        told = f"{told} {say('show.archived_as', language, seq=shown.record.seq)}"
    head.append("  " + told, style="not bold dim")
    show_line(head)
    pairs = [
        (say(f"field.{name}", language), _field_text(field, language, crops.get(name)))
        for name, field in letter.fields.items()
    ]
    if verbose:
        form = [(name, field) for name, field in letter.form.items() if field.state is not State.ABSENT]
        pairs += [(say(f"form.{name}", language), _field_text(field, language)) for name, field in form]
    show_pairs(pairs)
    if letter.citations:
        show_line(Text(say("show.citations", language, count=len(letter.citations)), style="bold"))
        for citation, record in zip(letter.citations, shown.resolved, strict=True):
            show_line(_citation_line(citation, record, language), indent=2)
    if letter.obligations:
        show_line(Text(say("show.obligations", language, count=len(letter.obligations)), style="bold"))
        for obligation in letter.obligations:
            show_line(obligation_line(obligation, language), indent=2)


def obligation_line(obligation: Obligation, language: Language) -> Text:
    """By when, who, what, to whom."""
    due = shown_date(obligation.due, language) if obligation.due else obligation.due_text
    line = Text(f"{safe(due)}: ", style="bold")
    line.append(safe(": ".join(filter(None, (obligation.actor, obligation.action)))), style="not bold")
    if obligation.report_to:
        line.append(" → " + safe(obligation.report_to), style="not bold dim")
    return line


def _citation_line(citation: Citation, record: Record | None, language: Language) -> Text:
    reference = citation.reference
    relation = say(f"relation.{citation.relation.value}", language)
    if citation.source is not None:
        source = citation.source.number or citation.source.title or ""
        relation = say("show.second_hand", language, source=safe(source), relation=relation)
    line = Text(f"{relation}: ", style="cyan")
    name = " ".join(filter(None, (reference.kind, reference.number or reference.title)))
    line.append(safe(name[:1].upper() + name[1:]), style="bold default")
    if reference.issued:
        dated = say("show.dated", language, date=shown_date(reference.issued, language))
        line.append(f" {dated}", style="default")
    if record is not None:
        line.append(" " + say("show.archived_as", language, seq=record.seq), style="green")
    evidence = citation.evidence
    line.append("  " + quoted(evidence.page, evidence.quote, language), style="dim default")
    return line


def quoted(page: int, quote: str, language: Language, most: int = 100) -> str:
    """A page and the words that stand there; long quotations are cut at a word on a terminal, whole elsewhere."""
    if out().is_terminal and len(quote) > most:
        quote = quote[:most].rsplit(" ", 1)[0] + " …"
    return say("show.at_page", language, page=page, quote=safe(quote))


def field_name(name: str, language: Language) -> str:
    """The name of a field or of a mark of form; one without words stays as it is."""
    for table in ("field", "form", "part"):
        if f"{table}.{name}" in message_ids(language):
            return say(f"{table}.{name}", language)
    return name


def _field_text(field: Field[object], language: Language, crop: Path | None = None) -> Text:
    if field.state is not State.FOUND:
        text = safe(_unread_text(field, language))
        if crop is not None:
            text += "\n" + safe(say("show.crop", language, path=crop))
        return Text(text, style=_STATE_COLOURS[field.state])
    value = field.value
    if isinstance(value, date):
        text = shown_date(value, language)
    elif isinstance(value, tuple):
        text = "\n".join(f"- {safe(str(item))}" for item in value[:_MOST_LIST_ITEMS])
        if len(value) > _MOST_LIST_ITEMS:
            text += "\n" + say("show.more", language, count=len(value) - _MOST_LIST_ITEMS)
    else:
        text = safe(str(value))
    place = say("show.place", language, page=field.evidence[0].page, confidence=f"{field.confidence:.0%}")
    first, newline, rest = text.partition("\n")
    return Text.assemble(first, (f"  {place}", "dim"), newline, rest)


def _unread_text(field: Field[object], language: Language) -> str:
    """What is said of a field without a value, with what it may be."""
    if field.state is State.UNREADABLE and field.note == "handwritten":
        if not field.candidates:
            return say("show.handwritten", language)
        either = say("show.or", language).join(field.candidates[:_MOST_CANDIDATES])
        return say("show.handwritten_perhaps", language, candidates=either)
    text = say(f"state.{field.state.value}", language)
    if field.candidates:
        text += " " + say("show.candidates", language, candidates=", ".join(field.candidates))
    return text
