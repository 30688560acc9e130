"""The sentences of an answer, put together from `messages`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from antq_cli.answers.answer import Answer, Status
from antq_cli.answers.graph import AnswerDocument, Grounds
from antq_cli.answers.known import Known, label
from antq_cli.answers.properties import Told
from antq_cli.answers.unread import MOST
from antq_cli.archive.records import Record
from antq_cli.messages import Language, say
from antq_cli.model.letter import Obligation, Reference, State

# Longer quotations are cut in the sentence; the evidence keeps them whole.
LONGEST_QUOTE = 240
_MOST_MENTIONS = 5


def sentence(answer: Answer, language: Language) -> str:
    """What a person is told: one or more lines, the answer first, then what it rests on."""
    return "\n".join(_lines(answer, language))


def name(reference: Reference, language: Language, record: Record | None = None) -> str:
    """How a document is called in a sentence: `Kế hoạch 252/KH-UBND ngày 08/5/2019`."""
    kind = (reference.kind or "")[:1].upper() + (reference.kind or "")[1:]
    parts = [kind] if kind else []
    if reference.number:
        parts.append(reference.number)
    elif kind and reference.title:
        parts.append(reference.title)
    elif record is not None:
        message = "answers_line.unnumbered" if kind else "answers_line.unnamed"
        parts = [say(message, language, kind=kind, name=record.name)]
    elif reference.title:
        parts.append(reference.title[:1].upper() + reference.title[1:])
    if reference.issued is not None:
        parts.append(say("answers_line.issued", language, date=shown_date(reference.issued, language)))
    return " ".join(parts) or label(reference)


def shown_date(day: date, language: Language) -> str:
    """As letters write it in Vietnamese (`08/5/2019`, NĐ 30/2020, Phụ lục I.II.4), ISO 8601 in English."""
    if language == "en":
        return day.isoformat()
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def unread_lines(records: Sequence[Record], language: Language) -> list[str]:
    """That one of these documents without a known number may be the one meant; nothing when there are none."""
    if not records:
        return []
    lines = [say("answers_unread.may_be", language, count=len(records))]
    for record in records[:MOST]:
        kind = (record.kind or "")[:1].upper() + (record.kind or "")[1:]
        day = say("answers_line.issued", language, date=shown_date(record.issued, language)) if record.issued else ""
        told = [" ".join(filter(None, (kind, day))), record.whole_issuer, _cut(record.subject or record.name)]
        seq = say("answers_unread.seq", language, seq=record.seq, document=", ".join(filter(None, told)))
        lines.append(say("answers_line.item", language, document=seq))
    if len(records) > MOST:
        lines.append(say("answers_line.more", language, count=len(records) - MOST))
    return lines


def _lines(answer: Answer, language: Language) -> list[str]:
    if answer.status is Status.NOT_UNDERSTOOD:
        return [say("answers.not_understood", language)]
    if answer.taken is None:
        return _unidentified(answer, language)
    lines = _property(answer, language) if answer.told else _relation(answer, language)
    if answer.by_title:
        lines.insert(0, say("answers.taken_by_title", language, document=_name_of(answer.taken, language)))
    if not answer.taken.records and not any(each.values == () for each in answer.told):
        lines.append(say("answers_unread.not_held" if answer.unread else "answers.not_held", language))
    return [*lines, *unread_lines(answer.unread, language)]


def _unidentified(answer: Answer, language: Language) -> list[str]:
    if answer.status is Status.AMBIGUOUS:
        first = say("answers.ambiguous", language, count=len(answer.candidates))
        return [first, *_choices(answer.candidates, language)]
    unread = unread_lines(answer.unread, language)
    if answer.near:
        return [say("answers.ruled_out", language), *_choices(answer.near, language), *unread]
    if unread:
        return [say("answers_unread.not_known", language), *unread]
    return [say("answers.no_such_title" if answer.by_title else "answers.not_known", language)]


def _choices(documents: Iterable[Known], language: Language) -> list[str]:
    lines = []
    for one in documents:
        told = name(one.reference, language, one.record)
        issuer = (one.record.whole_issuer if one.record is not None else None) or one.reference.issuer
        if issuer and issuer not in told:
            told = f"{told}, {issuer}"
        if one.reference.number and one.reference.title:
            told = f"{told}, {_cut(one.reference.title)}"
        held = say("answers.held" if one.records else "answers.only_cited", language, document=told)
        lines.append(say("answers_line.item", language, document=held))
    return lines


def _relation(answer: Answer, language: Language) -> list[str]:
    intent = answer.question.intent
    group = f"answers_{intent.value}_itself" if answer.question.outgoing else f"answers_{intent.value}"
    document = _name_of(answer.taken, language) if answer.taken is not None else ""
    direct = [each for each in answer.documents if not each.via]
    indirect = [each for each in answer.documents if each.via]
    lines: list[str] = []
    if not direct and (indirect or answer.cited_only):
        lines.append(say("answers.taken", language, document=document))
    for key, documents in (
        ("direct", direct),
        ("indirect", indirect),
        ("cited_only", answer.cited_only),
        ("beside", answer.beside),
    ):
        if documents:
            lines.append(say(f"{group}.{key}", language, document=document, count=len(documents)))
            lines += [_item(each, language) for each in documents]
    if not answer.documents and not answer.cited_only:
        lines.insert(0, say(f"{group}.nothing", language, document=document))
    if answer.mentions:
        lines.append(say("answers_line.mentions", language, count=len(answer.mentions)))
        lines += [_item(each, language) for each in answer.mentions[:_MOST_MENTIONS]]
        if len(answer.mentions) > _MOST_MENTIONS:
            lines.append(say("answers_line.more", language, count=len(answer.mentions) - _MOST_MENTIONS))
    return lines


def _item(document: AnswerDocument, language: Language) -> str:
    told = [name(document.reference, language, document.record)]
    if document.reference.number and document.reference.title and document.record is not None:
        told.append(_cut(document.reference.title))
    if document.via:
        told.append(say("answers_line.via", language, chain=say("answers_line.arrow", language).join(document.via)))
    told += [_quotation(each, document.record, language) for each in document.grounds[:1]]
    return say("answers_line.item", language, document="; ".join(told))


def _quotation(grounds: Grounds, own: Record | None, language: Language) -> str:
    quote, page = _cut(grounds.evidence.quote), grounds.evidence.page
    if own is not None and own.id == grounds.record.id:
        return say("answers_line.quote", language, page=page, quote=quote)
    where = name(grounds.record.reference, language, grounds.record)
    return say("answers_line.quote_elsewhere", language, document=where, page=page, quote=quote)


def _property(answer: Answer, language: Language) -> list[str]:
    if answer.taken is None:
        return []
    # The date is the answer or beside the point here; the name does without it.
    document = _short_name(answer.taken, language)
    lines = [_told(each, document, bool(answer.taken.records), language) for each in answer.told]
    if answer.status is Status.AMBIGUOUS:
        lines.insert(0, say("answers.dates_differ", language, document=document))
    if answer.obligations:
        lines += [_obligation(each, language) for each in answer.obligations]
    elif answer.status is Status.ANSWERED:
        for each in (*answer.documents, *answer.cited_only):
            lines += [
                say("answers_line.item", language, document=_quotation(grounds, each.record, language))
                for grounds in each.grounds[:3]
                if each.record is not None
            ]
    return lines


def _told(each: Told, document: str, is_held: bool, language: Language) -> str:
    if each.state is State.FOUND:
        value = "; ".join(_shown(each.field, value, language) for value in each.values)
        said = say(f"answers_found.{each.field}", language, document=document, value=value.rstrip("."))
        if each.by is None:
            return said
        source = name(each.by.reference, language, each.by)
        return say("answers_found.by_citation", language, said=said, source=source)
    group = "answers_untold" if not is_held else f"answers_{each.state.value}"
    return say(f"{group}.{each.field}", language, document=document)


def _shown(field: str, value: str, language: Language) -> str:
    return shown_date(date.fromisoformat(value), language) if field == "date" else value


def _obligation(each: Obligation, language: Language) -> str:
    due = shown_date(each.due, language) if each.due is not None else each.due_text
    message = "answers_obligation.whole" if each.actor else "answers_obligation.no_actor"
    said = say(message, language, due=due, actor=each.actor, action=_cut(each.action))
    if each.report_to:
        said = say("answers_obligation.report_to", language, said=said, receiver=each.report_to)
    return say("answers_obligation.page", language, said=said, page=each.evidence.page)


def _name_of(one: Known, language: Language) -> str:
    return name(one.reference, language, one.record)


def _short_name(one: Known, language: Language) -> str:
    whole = one.reference
    bare = Reference(kind=whole.kind, number=whole.number, key=whole.key, issuer=whole.issuer, title=whole.title)
    return name(bare, language, one.record)


def _cut(text: str) -> str:
    if len(text) <= LONGEST_QUOTE:
        return text
    return f"{text[:LONGEST_QUOTE].rsplit(' ', 1)[0]} ..."
