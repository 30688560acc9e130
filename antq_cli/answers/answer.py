"""Answers from the archive alone, each with its grounds; what cannot be told apart or found is said to be so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from antq_cli.answers.graph import AnswerDocument, bases, incoming, incoming_chains, mentions, outgoing
from antq_cli.answers.identify import Identified, identify
from antq_cli.answers.intents import Intent
from antq_cli.answers.known import Known
from antq_cli.answers.properties import Property, Told, asked_property
from antq_cli.answers.question import Question, understand
from antq_cli.answers.records import Library
from antq_cli.answers.titles import is_of_kind
from antq_cli.answers.unread import unread_for
from antq_cli.archive.records import Record
from antq_cli.model.letter import Obligation, Reference, Relation

_PROPERTIES = frozenset({Intent.WHEN, Intent.BY_WHOM, Intent.TO_WHOM, Intent.ABOUT, Intent.DEADLINES})
_RELATIONS = {
    Intent.IMPLEMENTS: Relation.IMPLEMENTS,
    Intent.BASED_ON: Relation.BASED_ON,
    Intent.AMENDS: Relation.AMENDS,
    Intent.REPLACES: Relation.REPLACES,
    Intent.REPEALS: Relation.REPEALS,
    Intent.REPLIES_TO: Relation.REPLIES_TO,
    Intent.REPORTS_ON: Relation.REPORTS_ON,
    Intent.GUIDES: Relation.GUIDES,
}
# What is told beside the answer, on a line of its own: near to it, but not what was asked.
_BESIDE = {
    Intent.IMPLEMENTS: frozenset({Relation.BASED_ON}),
    Intent.BASED_ON: frozenset({Relation.IMPLEMENTS}),
    Intent.RESTS_ON: frozenset({Relation.REPLIES_TO, Relation.FOLLOWS}),
}


class Status(StrEnum):
    """How a question ended; part of the machine contract."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the archive says to a question."""

    question: Question
    status: Status
    taken: Known | None = None
    """The document the question was taken to be about."""
    by_title: bool = False
    """True when it was found by words of its subject."""
    facts: tuple[str, ...] = ()
    """ISO dates and values the answer consists of; empty for lists of documents."""
    documents: tuple[AnswerDocument, ...] = ()
    """Archived documents that answer, direct ones first."""
    cited_only: tuple[AnswerDocument, ...] = ()
    """Documents that answer but are not archived, with the quotations that tell of them."""
    beside: tuple[AnswerDocument, ...] = ()
    """Documents in a neighbouring relation: not an answer, worth a line."""
    mentions: tuple[AnswerDocument, ...] = ()
    """Archived documents that merely name it."""
    candidates: tuple[Known, ...] = ()
    """The documents between which an ambiguous question cannot choose."""
    near: tuple[Known, ...] = ()
    """Documents of the same number that another year or issuer in the question rules out."""
    unread: tuple[Record, ...] = ()
    """Archived documents without a known number that may be the one asked about, when none has its number."""
    told: tuple[Told, ...] = ()
    obligations: tuple[Obligation, ...] = ()


def answer(text: str, library: Library) -> Answer:
    """The answer to a question in Vietnamese, with or without diacritics, or in English."""
    question = understand(text)
    if question.intent is Intent.UNKNOWN or not question.names_a_document:
        return Answer(question, Status.NOT_UNDERSTOOD)
    identified = identify(question, library)
    if len(identified.documents) > 1:
        return Answer(question, Status.AMBIGUOUS, by_title=identified.by_title, candidates=identified.documents)
    if not identified.documents:
        return Answer(
            question,
            Status.NOT_FOUND,
            by_title=identified.by_title,
            near=identified.ruled_out,
            unread=_unread(question, question.reference, library),
        )
    target = identified.documents[0]
    tell = _property_answer if question.intent in _PROPERTIES else _relation_answer
    told = tell(question, identified, library)
    return told if target.records else replace(told, unread=_unread(question, target.reference, library))


def _unread(question: Question, reference: Reference | None, library: Library) -> tuple[Record, ...]:
    return unread_for(reference, library, question.issuer, question.year) if reference is not None else ()


def _property_answer(question: Question, identified: Identified, library: Library) -> Answer:
    target = identified.documents[0]
    said: Property = asked_property(question.intent, question.aspect, target, library)
    dates = {value for each in said.told if each.field == "date" for value in each.values}
    status = Status.ANSWERED if said.facts else Status.NOT_FOUND
    if len(dates) > 1:
        # Letters that cite it give it different dates; antq does not choose.
        status = Status.AMBIGUOUS
    held = tuple(each for each in said.documents if each.record is not None)
    return Answer(
        question,
        status,
        taken=target,
        by_title=identified.by_title,
        facts=said.facts,
        documents=held if said.facts else (),
        cited_only=tuple(each for each in said.documents if each.record is None) if said.facts else (),
        candidates=(target,) if len(dates) > 1 else (),
        told=said.told,
        obligations=said.obligations,
    )


def _relation_answer(question: Question, identified: Identified, library: Library) -> Answer:
    target = identified.documents[0]
    found = _standing(question, target, library)
    beside: tuple[AnswerDocument, ...] = ()
    near = _BESIDE.get(question.intent)
    if near is not None:
        look = outgoing if question.intent is Intent.RESTS_ON else incoming
        beside = tuple(each for each in look(target, near, library) if not _is_among(each, found))
    outward = question.outgoing or question.intent is Intent.RESTS_ON
    wanted = tuple(each for each in found if _is_wanted(each, question))
    named = () if outward else mentions(target, (*found, *beside))
    return Answer(
        question,
        Status.ANSWERED if wanted else Status.NOT_FOUND,
        taken=target,
        by_title=identified.by_title,
        documents=tuple(each for each in wanted if each.record is not None),
        cited_only=tuple(each for each in wanted if each.record is None),
        beside=beside,
        mentions=named,
    )


def _standing(question: Question, target: Known, library: Library) -> tuple[AnswerDocument, ...]:
    if question.intent is Intent.RESTS_ON:
        return bases(target, library)
    relations = frozenset({_RELATIONS[question.intent]})
    if question.outgoing:
        return outgoing(target, relations, library)
    if question.intent is Intent.IMPLEMENTS:
        return incoming_chains(target, relations, library)
    return incoming(target, relations, library)


def _is_wanted(document: AnswerDocument, question: Question) -> bool:
    """The asker may want one kind only ("kế hoạch nào …"), or one year; a document of which it is unknown stays."""
    if question.kinds and not any(is_of_kind(document.reference, kind) for kind in question.kinds):
        return False
    issued = document.reference.issued
    return question.answers_year is None or issued is None or issued.year == question.answers_year


def _is_among(document: AnswerDocument, found: tuple[AnswerDocument, ...]) -> bool:
    return any(
        replace(each, relation=None, grounds=(), via=()) == replace(document, relation=None, grounds=(), via=())
        for each in found
    )
