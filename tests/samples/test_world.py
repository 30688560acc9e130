"""The sample letters through everything: read, archived, checked, asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from antq_cli.answers.answer import answer
from antq_cli.archive.archive import Archive
from antq_cli.archive.records import Record
from antq_cli.extraction.numbers import parse_number
from antq_cli.model.finding import Severity
from antq_cli.model.letter import State
from antq_cli.pipeline.checking import check_files
from antq_cli.pipeline.ingest import Result, ingest
from antq_cli.settings import Settings

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TODAY = date(2026, 11, 1)

pytestmark = [pytest.mark.ocr, pytest.mark.xdist_group("world")]


def truth(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (SAMPLES / name).read_text("utf-8").splitlines()]


EXPECTED = truth("expected.jsonl")
QUESTIONS = truth("questions.jsonl")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An archive that holds all samples."""
    settings = replace(Settings.load(jobs=2), archive=tmp_path_factory.mktemp("world") / "kho")
    for outcome in ingest([SAMPLES / str(row["file"]) for row in EXPECTED], settings):
        assert outcome.result is Result.ACCEPTED, (outcome.path, outcome.error)
    return settings


@pytest.fixture
def archive(settings: Settings) -> Iterator[Archive]:
    with Archive.open(settings.archive) as opened:
        yield opened


def _record(archive: Archive, file: object) -> Record:
    return next(record for record in archive.list() if record.name == file)


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: str(row["file"]))
def test_nothing_wrong_is_claimed_of_what_identifies_a_letter(archive: Archive, row: dict[str, object]) -> None:
    """Number, date, kind, issuer and signer are right or not claimed, and none that is printed is called absent."""
    letter = archive.letter(_record(archive, row["file"]))
    assert (letter.document_class, letter.regime if row["regime"] else None) == (row["class"], row["regime"])
    for name, field in letter.fields.items():
        if name not in ("number", "date", "kind", "issuer", "signer"):
            continue
        expected = row[name]
        if field.state is State.FOUND:
            value = field.value.isoformat() if isinstance(field.value, date) else field.value
            assert value == expected, name
            assert field.evidence[0].quote
        elif field.state is State.ABSENT:
            assert expected is None, name


@pytest.mark.parametrize("row", [row for row in EXPECTED if row["handwritten"]], ids=lambda row: str(row["file"]))
def test_what_is_written_by_hand_is_never_called_missing(archive: Archive, row: dict[str, object]) -> None:
    """A number or a day drawn by pen is claimed as handwriting, or unreadable; its place on the page is told."""
    fields = dict(archive.letter(_record(archive, row["file"])).fields.items())
    for name in row["handwritten"]:  # type: ignore[attr-defined]
        assert fields[name].state is not State.ABSENT
        assert fields[name].evidence
        assert fields[name].state is State.UNREADABLE or "handwritten" in fields[name].note
        assert fields[name].confidence < 1.0


def test_planned_faults_are_reported_and_no_other_error(settings: Settings) -> None:
    """Each planned fault is found, and nothing else of severity error."""
    paths = [SAMPLES / str(row["file"]) for row in EXPECTED]
    for row, checked in zip(EXPECTED, check_files(paths, settings, today=TODAY), strict=True):
        assert checked.report is not None, row["file"]
        found = {finding.rule: finding.severity for finding in checked.report.findings}
        planned = set(row["rules"])  # type: ignore[call-overload]
        assert planned <= set(found), row["file"]
        assert {rule for rule, severity in found.items() if severity is Severity.ERROR} <= planned, row["file"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["text"]))
def test_questions_are_answered(archive: Archive, question: dict[str, list[str]]) -> None:
    """Every document that answers is named, none that must not be, each with a quotation."""
    found = answer(str(question["text"]), archive)
    named = {document.record.name for document in found.documents if document.record is not None}
    assert named >= {*question["documents"], *question["indirect"]} or question["facts"]
    assert not named & set(question["never"])
    assert named <= {*question["documents"], *question["indirect"], *question["tolerated"]}
    indirect = {each.record.name for each in found.documents if each.via and each.record is not None}
    assert set(question["indirect"]) <= indirect
    assert not indirect & set(question["documents"])
    assert {parse_number(text) for text in question["cited_only"]} <= {
        parse_number(each.name) for each in found.cited_only
    }
    assert set(question["facts"]) <= set(found.facts)
    for document in found.documents:
        assert all(grounds.evidence.quote for grounds in document.grounds)
