"""Values as the objects of the machine contract (docs/contract.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from antq_cli.archive.records import Hit, ObligationRecord, Problem, Quarantined, Record, StoredLetter
from antq_cli.checks.rule import Rule
from antq_cli.messages import Language
from antq_cli.messages.findings import advice_of, message_of, reason_of, title_of
from antq_cli.model.finding import Finding
from antq_cli.model.letter import Citation, Field, Letter, Obligation, Regime, State
from antq_cli.model.transcript import Evidence
from antq_cli.pipeline.checking import Checked
from antq_cli.pipeline.documents import Shown
from antq_cli.pipeline.ingest import Ingested
from antq_cli.render.sources import source_text


def ingest_object(outcome: Ingested) -> dict[str, Any]:
    """`antq.ingest/1`."""
    record = outcome.record
    return {
        "schema": "antq.ingest/1",
        "path": str(outcome.path),
        "result": outcome.result.value,
        "id": record.id if record else None,
        "reason": outcome.error.reason if outcome.error else None,
        "pages": record.pages if record else 0,
        "ocr_pages": record.ocr_pages if record else 0,
        "flags": list(outcome.flags),
        "seconds": round(outcome.seconds, 2),
        "seq": record.seq if record else None,
        "number": record.number if record else None,
    }


def document_object(shown: Shown, crops: Mapping[str, Path] = MappingProxyType({})) -> dict[str, Any]:
    """`antq.document/1`; `crops` are files with pictures of unreadable fields, by field."""
    letter = shown.letter
    fields = fields_object(letter)
    for name, path in crops.items():
        fields[name]["crop"] = str(path)
    return {
        "schema": "antq.document/1",
        "id": shown.id,
        "name": shown.name,
        "pages": shown.pages,
        "class": letter.document_class.value,
        "regime": letter.regime.value,
        "seq": shown.record.seq if shown.record else None,
        "path": shown.record.origin if shown.record else None,
        "fields": fields,
        "form": {name: field_object(field) for name, field in letter.form.items() if field.state is not State.ABSENT},
        "citations": [
            citation_object(citation, record) for citation, record in zip(letter.citations, shown.resolved, strict=True)
        ],
        "obligations": [obligation_object(obligation) for obligation in letter.obligations],
        "unseen": list(letter.unseen),
        "period": [day.isoformat() if day else None for day in letter.period],
    }


def check_object(checked: Checked, language: Language) -> dict[str, Any]:
    """`antq.check/1`; for a file that could not be read, verdict `unreadable` with its reason."""
    if checked.letter is None or checked.report is None:
        return {
            "schema": "antq.check/1",
            "path": str(checked.path),
            "id": None,
            "class": None,
            "regime": None,
            "verdict": "unreadable",
            "reason": checked.error.reason if checked.error else None,
            "fields": {},
            "findings": [],
            "skipped": [],
        }
    report = checked.report
    return {
        "schema": "antq.check/1",
        "path": str(checked.path),
        "id": checked.letter.transcript.document.id,
        "class": report.document_class.value,
        "regime": report.regime.value,
        "verdict": report.verdict.value,
        "reason": None,
        "fields": fields_object(checked.letter),
        "findings": [finding_object(finding, report.regime, language) for finding in report.findings],
        "skipped": [{"rule": skipped.rule, "reason": skipped.reason} for skipped in report.skipped],
    }


def finding_object(finding: Finding, regime: Regime, language: Language) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "message": message_of(finding, language),
        "source": source_text(finding.rule, regime),
        "advice": advice_of(finding, language),
        "evidence": [evidence_object(evidence) for evidence in finding.evidence],
    }


def hit_object(hit: Hit) -> dict[str, Any]:
    """`antq.hit/1`."""
    record = hit.record
    return {
        "schema": "antq.hit/1",
        "rank": hit.rank,
        "score": round(hit.score, 3),
        **_catalogue(record),
        "page": hit.page,
        "snippet": hit.snippet,
    }


def record_object(record: Record) -> dict[str, Any]:
    """`antq.record/1`, one line of `list`."""
    return {
        "schema": "antq.record/1",
        **_catalogue(record),
        "name": record.name,
        "class": record.document_class,
        "regime": record.regime,
        "pages": record.pages,
        "ocr_pages": record.ocr_pages,
        "signer": record.signer,
        "added": record.added,
        "flags": list(record.flags),
    }


def _catalogue(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "seq": record.seq,
        "number": record.number,
        "date": record.issued.isoformat() if record.issued else None,
        "kind": record.kind,
        "issuer": record.issuer,
        "issuer_parent": record.issuer_parent,
        "subject": record.subject,
        "path": record.origin,
    }


def rule_object(rule: Rule, language: Language) -> dict[str, Any]:
    """`antq.rule/1`."""
    return {
        "schema": "antq.rule/1",
        "rule": rule.id,
        "severity": rule.severity.word,
        "title": title_of(rule.id, language),
        "why": reason_of(rule.id, language),
        "source": str(rule.source),
        "regimes": sorted(regime.value for regime in rule.regimes),
        "classes": sorted(each.value for each in rule.classes),
        "needs": list(rule.needs),
    }


def due_object(each: ObligationRecord) -> dict[str, Any]:
    """`antq.obligation/1`, one line of `due`."""
    record = each.record
    return {
        "schema": "antq.obligation/1",
        "id": record.id,
        "seq": record.seq,
        "number": record.number,
        "path": record.origin,
        **obligation_object(each.obligation),
    }


def problem_object(problem: Problem) -> dict[str, Any]:
    """`antq.problem/1`, one line of `verify`."""
    return {"schema": "antq.problem/1", "kind": problem.kind, "path": problem.path, "seq": problem.seq}


def quarantined_object(file: Quarantined) -> dict[str, Any]:
    """`antq.quarantined/1`, one line of `list --quarantined`."""
    return {"schema": "antq.quarantined/1", "path": file.path, "reason": file.reason, "when": file.when}


def fields_object(letter: Letter | StoredLetter) -> dict[str, Any]:
    return {name: field_object(field) for name, field in letter.fields.items()}


def field_object(field: Field[Any]) -> dict[str, Any]:
    value = field.value
    if isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, tuple):
        value = list(value)
    found: dict[str, Any] = {
        "state": field.state.value,
        "value": value,
        "raw": field.raw,
        "confidence": round(field.confidence, 3),
        "evidence": [evidence_object(evidence) for evidence in field.evidence],
    }
    if field.candidates:
        found["candidates"] = list(field.candidates)
    if field.note:
        found["note"] = field.note
    return found


def citation_object(citation: Citation, resolved: Record | None) -> dict[str, Any]:
    reference = citation.reference
    found: dict[str, Any] = {
        "key": reference.number or reference.title,
        "kind": reference.kind,
        "number": reference.number,
        "date": reference.issued.isoformat() if reference.issued else None,
        "issuer": reference.issuer,
        "title": reference.title,
        "relation": citation.relation.value,
        "resolved": resolved.id if resolved else None,
        "raw": citation.raw,
        "evidence": [evidence_object(citation.evidence)],
    }
    if citation.source is not None:
        found["source"] = citation.source.number or citation.source.title
    if citation.alias is not None:
        found["alias"] = citation.alias
    return found


def obligation_object(obligation: Obligation) -> dict[str, Any]:
    return {
        "actor": obligation.actor,
        "action": obligation.action,
        "due": obligation.due.isoformat() if obligation.due else None,
        "due_text": obligation.due_text,
        "report_to": obligation.report_to,
        "evidence": [evidence_object(obligation.evidence)],
    }


def evidence_object(evidence: Evidence) -> dict[str, Any]:
    box = evidence.box
    return {
        "page": evidence.page,
        "box": [round(edge, 1) for edge in (box.left, box.top, box.right, box.bottom)],
        "quote": evidence.quote,
    }
