"""Each rule against its cases in `tests/cases/rules/<ID>.toml`: what fires, what passes, what is skipped.

A case names a well-formed letter (`base`, usually `state_letter`) and what is changed in it; a person who knows
letters and no Python can add one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from letters import make_letter

from antq_cli.checks.engine import check
from antq_cli.checks.rule import DOUBT, VARIANT, Context
from antq_cli.checks.rules import RULES
from antq_cli.messages.findings import advice_of, message_of

FOLDER = Path(__file__).parent.parent / "cases" / "rules"
CASES = [
    (file.stem, case)
    for file in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(file.read_text("utf-8"))["case"]
]


@dataclass(frozen=True)
class Kept:
    """An archived document as a rule may see it."""

    id: str
    name: str
    number: str
    issued: date
    issuer: str
    subject: str


def context_of(case):
    archive = case.get("archive")
    if archive is None:
        return Context(date(2026, 11, 1))
    known, same = ([Kept(**row) for row in archive.get(key, ())] for key in ("known", "same_number"))
    return Context(date(2026, 11, 1), known=lambda reference: known, same_number=lambda reference: same)


@pytest.mark.parametrize(("rule_id", "case"), CASES, ids=[f"{rule}-{case['name']}" for rule, case in CASES])
def test_case(rule_id, case):
    """The rule does on this letter what its case says, with the severity, variant and reason given there."""
    letter = make_letter(case.get("base", "state_letter"), **case.get("change", {}))
    report = check(letter, context_of(case))
    findings = [finding for finding in report.findings if finding.rule == rule_id]
    reasons = [skipped.reason for skipped in report.skipped if skipped.rule == rule_id]
    if case["expect"] == "fires":
        assert findings, reasons
        values = dict(findings[0].values)
        assert case.get("severity", findings[0].severity.word) == findings[0].severity.word
        assert case.get("variant", values.get(VARIANT)) == values.get(VARIANT)
        assert not case.get("doubt") or DOUBT in values
        for language in ("vi", "en"):
            assert "{" not in message_of(findings[0], language) + advice_of(findings[0], language)
    elif case["expect"] == "passes":
        assert not findings, findings
        assert not reasons
    else:
        assert not findings
        assert reasons == [case["reason"]]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_its_cases(rule):
    """Each rule has a case that fires and one that passes, and one that is skipped where it has needs."""
    expected = {case["expect"] for name, case in CASES if name == rule.id}
    assert {"fires", "passes"} <= expected
    assert not rule.needs or "skipped" in expected


def test_every_case_file_is_a_rule():
    """No case file is left over from a rule that is gone."""
    assert {name for name, _ in CASES} == {rule.id for rule in RULES}
