"""The engine: which rules run, what is skipped, how doubt softens, the verdict, the order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import BASES, make_letter

from antq_cli.checks.engine import check
from antq_cli.checks.rule import DOUBT, Context
from antq_cli.checks.rules import RULES, rule_named
from antq_cli.model.finding import Severity, Verdict
from antq_cli.model.letter import DocumentClass, Field, Fields, Form, Regime, State

TODAY = Context(date(2026, 11, 1))


def found(letter, **options):
    return {finding.rule: finding for finding in check(letter, TODAY, **options).findings}


@pytest.mark.parametrize("base", BASES)
def test_a_well_formed_letter_passes(base):
    """The well-formed letters draw no error and no warning."""
    report = check(make_letter(base), TODAY)
    assert report.verdict is Verdict.PASS
    assert [f.rule for f in report.findings if f.severity > Severity.INFO] == []


def test_an_error_fails_the_letter():
    """One error is enough for the verdict."""
    report = check(make_letter(absent=["number", "number_line"]), TODAY)
    assert report.verdict is Verdict.FAIL
    assert found(make_letter(absent=["number", "number_line"]))["NUM_MISSING"].severity is Severity.ERROR


def test_an_absent_thing_is_shown_where_it_would_stand():
    """The finding for a missing number points at the issuer's line."""
    finding = found(make_letter(absent=["number", "number_line"]))["NUM_MISSING"]
    assert finding.evidence[0].quote == BASES["state_letter"]["issuer"]


def test_what_cannot_be_read_is_skipped_not_charged():
    """An unreadable number draws no finding about numbers, and the report says why."""
    report = check(make_letter(unreadable=["number"]), TODAY)
    assert not [f.rule for f in report.findings if f.rule.startswith("NUM_")]
    assert ("NUM_MISSING", "unreadable:number") in {(s.rule, s.reason) for s in report.skipped}


def test_an_unseen_zone_gives_one_finding():
    """A file that shows only the body draws one ZONE_MISSING and no finding for each thing absent."""
    gone = [
        "national_title", "motto", "issuer", "number_line", "number", "date_line", "date", "place", "subject_label",
        "subject", "authority", "position", "signer", "recipients", "recipients_label",
    ]  # fmt: skip
    letter = make_letter(absent=gone, document_class="excerpt", unseen=["header", "signature", "recipients"])
    report = check(letter, TODAY)
    assert [f.rule for f in report.findings if f.severity > Severity.INFO] == ["ZONE_MISSING"]
    assert dict(report.findings[0].values)["zones"] == "header signature recipients"


def test_no_error_stands_in_an_extract():
    """What would be an error in a whole letter is a warning in an extract."""
    finding = found(make_letter(document_class="excerpt", absent=["number", "number_line"]))["NUM_MISSING"]
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("document_class", ["news", "other"])
def test_news_answers_to_no_rule(document_class):
    """A news item draws only GATE_NOT_DOC, whatever it lacks."""
    letter = make_letter(document_class=document_class, absent=["number", "date", "issuer"], news="Số lượt xem 12")
    report = check(letter, TODAY)
    assert report.verdict is Verdict.NOT_APPLICABLE
    assert [f.rule for f in report.findings] == ["GATE_NOT_DOC"]


def test_an_annex_needs_no_number_of_its_own():
    """An annex without number, date and signature passes."""
    gone = ["number", "number_line", "date", "date_line", "authority", "position", "signer", "recipients_label"]
    report = check(make_letter(document_class="annex", absent=gone, annex="Phụ lục I"), TODAY)
    assert report.verdict is Verdict.PASS
    assert "GATE_ANNEX" in [f.rule for f in report.findings]


def test_a_poor_scan_makes_warnings_of_errors():
    """Errors on words read poorly become warnings that ask for the original."""
    letter = make_letter(origin="ocr", confidence=0.55, absent=["number", "number_line"])
    finding = found(letter)["NUM_MISSING"]
    assert finding.severity is Severity.WARNING
    assert (DOUBT, "1") in finding.values
    assert "GATE_OCR_LOW" in found(letter)


def test_a_good_scan_keeps_its_errors():
    """High confidence leaves an error an error."""
    letter = make_letter(origin="ocr", confidence=0.95, absent=["number", "number_line"])
    assert found(letter)["NUM_MISSING"].severity is Severity.ERROR


def test_a_file_without_words_is_unreadable():
    """No words: the verdict says so, and no rule accuses."""
    letter = make_letter()
    blank = replace(letter.transcript, text="", tokens=(), paragraphs=())
    report = check(replace(letter, transcript=blank), TODAY)
    assert report.verdict is Verdict.UNREADABLE
    assert [f.rule for f in report.findings] == ["GATE_OCR_LOW"]


def test_a_rule_can_be_switched_off():
    """`off` names rules that do not run, not even as skipped."""
    report = check(make_letter(unreadable=["number"]), TODAY, off=frozenset({"NUM_MISSING"}))
    assert "NUM_MISSING" not in {s.rule for s in report.skipped}


def test_findings_follow_the_page():
    """Findings come from top to bottom."""
    letter = make_letter(number_line="Số: 5/UBND-VX", number="5/UBND-VX", recipients=["- Các sở;", "- Lưu: VT."])
    places = [f.evidence[0].box.top for f in check(letter, TODAY).findings if f.evidence]
    assert places == sorted(places)


def test_a_draft_may_lack_number_date_and_seal():
    """In a draft the missing number is only noted."""
    letter = make_letter(document_class="draft", draft="DỰ THẢO", blank=["number"], number_line="Số: /UBND-VX")
    report = check(letter, TODAY)
    assert report.verdict is Verdict.PASS
    assert found(letter)["NUM_BLANK"].severity is Severity.INFO


def test_a_broken_rule_is_not_hidden():
    """A rule that raises is a defect and comes through."""

    def explode(letter, context):
        raise RuntimeError("defect")
        yield

    broken = replace(RULES[0], find=explode, classes=frozenset(DocumentClass))
    with pytest.raises(RuntimeError):
        check(make_letter(), TODAY, rules=[broken])


def test_the_source_is_that_of_the_documents_own_time():
    """A letter of 2015 is judged by the circular of its time, not by the decree of 2020."""
    rule = rule_named("num_missing")
    assert rule is not None
    assert rule.source_for(Regime.STATE_ND30).act == "NĐ 30/2020/NĐ-CP"
    assert rule.source_for(Regime.STATE_TT01).act == "TT 01/2011/TT-BNV"
    assert str(rule.source) == "NĐ 30/2020/NĐ-CP, Điều 8.2.c; Phụ lục I.II.3"


@given(
    st.sampled_from(sorted(BASES)),
    st.sampled_from(list(Regime)),
    st.sampled_from(list(DocumentClass)),
    st.sets(st.sampled_from([*Fields.__slots__, *Form.__slots__])),
    st.sampled_from([State.ABSENT, State.UNREADABLE]),
)
def test_any_letter_gets_a_report(base, regime, document_class, names, state):
    """Whatever is missing or unreadable, under whatever regime: a report, and no error on what was not read."""
    letter = make_letter(base)
    lost: Field = Field(state)
    fields = replace(letter.fields, **{n: lost for n in names if n in Fields.__slots__})
    form = replace(letter.form, **{n: lost for n in names if n in Form.__slots__})
    report = check(replace(letter, fields=fields, form=form, regime=regime, document_class=document_class), TODAY)
    assert report.regime is regime
    if state is State.UNREADABLE and names >= {"number", "number_line"}:
        assert "NUM_MISSING" not in {f.rule for f in report.findings}
