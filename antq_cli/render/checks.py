"""Checks and rules for a person."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from antq_cli.checks.rule import Rule
from antq_cli.messages import Language, message_ids, say
from antq_cli.messages.findings import advice_of, message_of, reason_of, title_of
from antq_cli.model.finding import Finding, Report, Severity, Verdict
from antq_cli.model.letter import Regime
from antq_cli.pipeline.checking import Checked
from antq_cli.render.console import out, show_line
from antq_cli.render.documents import field_name, quoted
from antq_cli.render.safe import safe
from antq_cli.render.sources import source_text
from antq_cli.render.tables import Cell, Column, show_pairs, show_table

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_VERDICTS = {Verdict.PASS: "green", Verdict.FAIL: "red"}


def show_checked(checked: Checked, language: Language, *, verbose: bool) -> None:
    """Verdict and findings of one file; with `verbose` the rules that could not be judged, and why."""
    report = checked.report
    if report is None:
        return
    unread = sorted({s.reason.split(":", 1)[1] for s in report.skipped if s.reason.startswith("unreadable:")})
    # Nothing wrong in what was read is not the same as nothing wrong.
    in_part = report.verdict is Verdict.PASS and bool(unread)
    verdict = say("verdict.pass_in_part" if in_part else f"verdict.{report.verdict.value}", language)
    head = Text(safe(str(checked.path)), style="bold")
    head.append("  ")
    head.append(verdict, style=f"not bold {_VERDICTS.get(report.verdict, 'yellow') if not in_part else 'yellow'}")
    judged = say(
        "check.judged_as",
        language,
        document_class=say(f"class.{report.document_class.value}", language),
        regime=say(f"regime.{report.regime.value}", language),
    )
    head.append(f"  {judged}", style="not bold dim")
    show_line(head)
    for finding in report.findings:
        _show_finding(finding, report.regime, language)
    if unread:
        names = ", ".join(field_name(name, language) for name in unread)
        show_line(Text(say("check.unreadable", language, fields=names), style="yellow"), indent=2)
    if verbose:
        _show_skipped(report, language)


def _show_finding(finding: Finding, regime: Regime, language: Language) -> None:
    line = Text(say(f"severity.{finding.severity.word}", language), style=_COLOURS[finding.severity])
    line.append(f" {finding.rule}  ", style="bold default")
    line.append(safe(message_of(finding, language)), style="not bold default")
    show_line(line, indent=2)
    show_line(Text(safe(advice_of(finding, language))), indent=6)
    details = [source_text(finding.rule, regime)]
    details += [quoted(each.page, each.quote, language, 80) for each in finding.evidence[:1]]
    show_line(Text("; ".join(details), style="dim"), indent=6)


def _show_skipped(report: Report, language: Language) -> None:
    if not report.skipped:
        return
    show_line(Text(say("check.skipped", language, count=len(report.skipped)), style="dim"), indent=2)
    reasons = dict.fromkeys(skipped.reason for skipped in report.skipped)
    for reason in reasons:
        rules = ", ".join(skipped.rule for skipped in report.skipped if skipped.reason == reason)
        show_line(Text(f"{skip_text(reason, language)}: {rules}", style="dim"), indent=4)


def skip_text(reason: str, language: Language) -> str:
    """Why a rule was not judged; a reason without words stays as it is."""
    name, _, value = reason.partition(":")
    if f"skip.{name}" not in message_ids(language):
        return safe(reason)
    return say(f"skip.{name}", language, part=field_name(value, language))


def show_rules(rules: Sequence[Rule], language: Language) -> None:
    """All rules, one line each."""
    columns = [
        Column(say("column.rule", language)),
        Column(say("column.severity", language)),
        Column(say("column.title", language), 24),
        Column(say("column.source", language), 16, expendable=True),
    ]
    rows: list[list[Cell]] = [
        [
            rule.id,
            Text(say(f"severity.{rule.severity.word}", language), style=_COLOURS[rule.severity]),
            title_of(rule.id, language),
            Text(str(rule.source), style="dim"),
        ]
        for rule in rules
    ]
    show_table(columns, rows)


def show_rule(rule: Rule, language: Language) -> None:
    """One rule: where it is written, when it is judged, what to do about it."""
    out().print(Text(f"{rule.id}: {title_of(rule.id, language)}", style="bold"))
    sources = dict.fromkeys([str(rule.source), *(str(source) for source in rule.sources.values())])
    regimes = [regime for regime in Regime if regime in rule.regimes]
    everywhere = len(regimes) == len(Regime)
    pairs = [
        ("severity", say(f"severity.{rule.severity.word}", language)),
        ("source", "\n".join(sources)),
        (
            "regimes",
            say("rules.every_regime", language)
            if everywhere
            else "\n".join(say(f"regime.{regime.value}", language) for regime in regimes),
        ),
        ("classes", ", ".join(sorted(say(f"class.{each.value}", language) for each in rule.classes))),
        ("why", reason_of(rule.id, language)),
        ("advice", _plain_advice(rule, language)),
    ]
    show_pairs([(say(f"column.{name}", language), value) for name, value in pairs if value])


def _plain_advice(rule: Rule, language: Language) -> str:
    """The advice as far as it needs no values of a finding."""
    try:
        return advice_of(Finding(rule.id, rule.severity), language)
    except KeyError:
        return ""
