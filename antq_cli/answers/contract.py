"""Answers and traces as the objects of the machine contract (docs/contract.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from antq_cli.answers.answer import Answer
from antq_cli.answers.graph import AnswerDocument, Grounds
from antq_cli.answers.known import Known, label
from antq_cli.answers.trace import TraceNode
from antq_cli.answers.unread import MOST
from antq_cli.answers.wording import sentence
from antq_cli.messages import Language


def as_object(answer: Answer, language: Language) -> dict[str, Any]:
    """The `antq.answer/1` object."""
    return {
        "schema": "antq.answer/1",
        "question": answer.question.text,
        "intent": answer.question.intent.value,
        "status": answer.status.value,
        "text": sentence(answer, language),
        "facts": list(answer.facts),
        "documents": [_document(each) for each in answer.documents],
        "cited_only": list(dict.fromkeys(each.name for each in answer.cited_only)),
        "candidates": [_candidate(each) for each in answer.candidates],
        "unread": [
            {"id": each.id, "path": each.origin, "title": each.subject or each.name} for each in answer.unread[:MOST]
        ],
        "cited_only_evidence": [
            {"number": each.name, "via": list(each.via), "evidence": _evidence(each.grounds)}
            for each in answer.cited_only
        ],
        "mentions": [_document(each) for each in answer.mentions],
    }


def trace_objects(root: TraceNode) -> Iterator[dict[str, Any]]:
    """One `antq.trace/1` object per document reached, the root first, in the order of the drawn tree."""
    for node in root.walk():
        reference, record = node.document.reference, node.document.record
        yield {
            "schema": "antq.trace/1",
            "number": node.document.name or None,
            "id": record.id if record is not None else None,
            "kind": reference.kind,
            "date": reference.issued.isoformat() if reference.issued is not None else None,
            "issuer": reference.issuer,
            "subject": reference.title,
            "depth": node.depth,
            "direction": node.direction,
            "relation": node.document.relation.value if node.document.relation is not None else None,
            "via": list(node.document.via),
            "repeated": node.repeated,
            "evidence": _evidence(node.document.grounds),
        }


def _document(document: AnswerDocument) -> dict[str, Any]:
    record = document.record
    return {
        "id": record.id if record is not None else None,
        "number": document.reference.number,
        "title": document.reference.title,
        "path": record.origin if record is not None else None,
        "date": document.reference.issued.isoformat() if document.reference.issued is not None else None,
        "relation": document.relation.value if document.relation is not None else None,
        "via": list(document.via),
        "evidence": _evidence(document.grounds),
    }


def _candidate(one: Known) -> dict[str, Any]:
    reference = one.reference
    return {
        "id": one.record.id if one.record is not None else None,
        "number": label(reference),
        "kind": reference.kind,
        "date": reference.issued.isoformat() if reference.issued is not None else None,
        "issuer": reference.issuer,
        "title": reference.title,
    }


def _evidence(grounds: Iterable[Grounds]) -> list[dict[str, Any]]:
    """Quotations with the document each stands in, which may be another than the one it speaks of."""
    return [
        {
            "page": each.evidence.page,
            "box": [each.evidence.box.left, each.evidence.box.top, each.evidence.box.right, each.evidence.box.bottom],
            "quote": each.evidence.quote,
            "document": each.record.id,
        }
        for each in grounds
    ]
