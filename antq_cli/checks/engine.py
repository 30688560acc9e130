"""Runs the rules on a letter: picks those that apply, keeps them away from what could not be read, softens doubts.

The danger is the false accusation. So a rule whose ground could not be read is `Skipped`, nothing absent is charged
to a zone the file does not show, and an error seen in poor recognition becomes a warning to look at the original.
A rule that raises is a defect of antq and is not caught here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from antq_cli.checks.look import (
    at_line,
    is_legible,
    is_poorly_read,
    is_scan,
    lines,
    mean_confidence,
    signature_page,
)
from antq_cli.checks.rule import DOUBT, Context, Rule
from antq_cli.checks.rules import RULES
from antq_cli.model.finding import Finding, Report, Severity, Skipped, Verdict
from antq_cli.model.letter import DocumentClass, Letter, State
from antq_cli.model.page import PageOrigin
from antq_cli.model.transcript import Evidence, Zone

CERTAIN = 0.6
"""Least mean confidence of the words a finding rests on for it to stand as an error."""

OPENING_LINES = 4
"""Paragraphs at the beginning of the body in which a basis is looked for."""

_WITHOUT_TEXT = frozenset({"GATE_OCR_LOW"})
"""Rules that still speak when nothing could be read."""


def check(letter: Letter, context: Context, rules: Sequence[Rule] = RULES, off: frozenset[str] = frozenset()) -> Report:
    """All rules of the letter's regime and class on one letter.

    `off` holds ids of rules not to run. Findings come in the order of the pages and of the places on them.
    """
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    blind = _is_unread(letter)
    for rule in rules:
        if rule.id in off or not _applies(rule, letter):
            continue
        reason = "unreadable:text" if blind and rule.id not in _WITHOUT_TEXT else _obstacle(rule, letter, context)
        if reason:
            skipped.append(Skipped(rule.id, reason))
        else:
            findings += [_soften(finding, letter) for finding in rule.run(letter, context)]
    return Report(
        document_class=letter.document_class,
        regime=letter.regime,
        verdict=_verdict(letter, findings, blind),
        findings=tuple(sorted(findings, key=_place)),
        skipped=tuple(skipped),
    )


def _applies(rule: Rule, letter: Letter) -> bool:
    return letter.document_class in rule.classes and letter.regime in rule.regimes


def _obstacle(rule: Rule, letter: Letter, context: Context) -> str:
    """Why the rule cannot be judged on this letter, as a stable phrase; empty when it can."""
    return next(filter(None, (_unmet(need, letter, context) for need in rule.needs)), "")


def _unmet(need: str, letter: Letter, context: Context) -> str:
    match need:
        case "typed":
            return "scan" if is_scan(letter) else ""
        case "geometry":
            return "" if all(page.is_geometric for page in letter.transcript.document.pages) else "no_geometry"
        case "colour":
            page = signature_page(letter)
            if page is None:
                return "unreadable:signature"
            if page.origin is not PageOrigin.OCR:
                return "not_scan"
            return "" if page.colour else "no_colour"
        case "known":
            return "" if context.known else "no_archive"
        case "same_number":
            return "" if context.same_number else "no_archive"
    if need.startswith("zone:"):
        zone = need.removeprefix("zone:")
        return f"unseen:{zone}" if zone in letter.unseen else ""
    if need.startswith("legible:"):
        name = need.removeprefix("legible:")
        return "" if is_legible(letter, _evidence(name, letter)) else f"unreadable:{name}"
    holder = letter.fields if hasattr(letter.fields, need) else letter.form
    return f"unreadable:{need}" if getattr(holder, need).state is State.UNREADABLE else ""


def _evidence(name: str, letter: Letter) -> tuple[Evidence, ...]:
    """The places of a part; `opening` is the beginning of the body."""
    if name == "opening":
        first = lines(letter, Zone.BODY)[:OPENING_LINES]
        return tuple(place for line in first for place in at_line(letter, line))
    holder = letter.fields if hasattr(letter.fields, name) else letter.form
    places: tuple[Evidence, ...] = getattr(holder, name).evidence
    return places


def _is_unread(letter: Letter) -> bool:
    """True when there are no words, or so poor ones that nothing of header, addressees or signature was found."""
    if not letter.transcript.tokens:
        return True
    form, fields = letter.form, letter.fields
    anchors = (
        form.national_title,
        form.party_title,
        form.number_line,
        form.date_line,
        form.kind_line,
        form.addressees_label,
        form.recipients_label,
        form.news,
        fields.issuer,
        fields.signer,
    )
    return is_poorly_read(letter) and not any(anchor.is_found for anchor in anchors)


def _soften(finding: Finding, letter: Letter) -> Finding:
    """An error in an extract, or one that rests on words read poorly, becomes a warning."""
    doubtful = (DOUBT, "1") in finding.values
    if is_scan(letter) and (is_poorly_read(letter) or mean_confidence(letter, finding.evidence) < CERTAIN):
        doubtful = True
    partial = letter.document_class is DocumentClass.EXCERPT
    if finding.severity is Severity.ERROR and (doubtful or partial):
        finding = replace(finding, severity=Severity.WARNING)
    if doubtful and (DOUBT, "1") not in finding.values:
        finding = replace(finding, values=(*finding.values, (DOUBT, "1")))
    return finding


def _verdict(letter: Letter, findings: Sequence[Finding], blind: bool) -> Verdict:
    if blind:
        return Verdict.UNREADABLE
    if letter.document_class in (DocumentClass.NEWS, DocumentClass.OTHER):
        return Verdict.NOT_APPLICABLE
    failed = any(finding.severity is Severity.ERROR for finding in findings)
    return Verdict.FAIL if failed else Verdict.PASS


def _place(finding: Finding) -> tuple[int, float, float, int, str]:
    """Page, then height, then side; what has no place comes first."""
    if not finding.evidence:
        return (0, 0.0, 0.0, -finding.severity, finding.rule)
    seen = finding.evidence[0]
    return (seen.page, seen.box.top, seen.box.left, -finding.severity, finding.rule)
