"""What a person sees. Every text that comes from a letter or a file name goes through `safe`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from antq_cli.answers.trace import TraceNode
from antq_cli.answers.wording import name as document_name
from antq_cli.answers.wording import shown_date
from antq_cli.archive.records import Hit, Quarantined, Record
from antq_cli.checks.rule import Rule
from antq_cli.messages import Language, message_ids, say
from antq_cli.model.finding import Severity
from antq_cli.model.letter import Citation, Field, State
from antq_cli.pipeline.checking import Checked
from antq_cli.pipeline.documents import Shown
from antq_cli.pipeline.ingest import Ingested
from antq_cli.reading.probe import Probe
from antq_cli.render.console import out
from antq_cli.render.safe import safe
from antq_cli.render.words import finding_advice, finding_message, source_text

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_STATE_COLOURS = {State.FOUND: "", State.ABSENT: "dim", State.UNREADABLE: "yellow"}
_MOST_LIST_ITEMS = 30


def show_ingested(outcome: Ingested, language: Language) -> None:
    """One line per file."""
    line = Text(safe(str(outcome.path)))
    line.append("  ")
    if outcome.error is not None:
        line.append(say(f"ingest.{outcome.result.value}", language), style="red")
        line.append(f" [{outcome.error.reason}] ")
        line.append(safe(say(outcome.error.message_id, language, **outcome.error.values)))
    elif outcome.record is not None:
        line.append(say(f"ingest.{outcome.result.value}", language), style="green")
        line.append(f" {outcome.record.seq}  ", style="bold")
        line.append(safe(title_of(outcome.record, language)))
    out().print(line)


def title_of(record: Record, language: Language) -> str:
    """Kind, number, date and subject in one line; what is not known is left out."""
    kind = record.kind or ""
    parts = [kind[:1].upper() + kind[1:], record.number or say("show.no_number", language)]
    if record.issued is not None:
        parts.append(say("show.dated", language, date=shown_date(record.issued, language)))
    head = " ".join(part for part in parts if part)
    return f"{head}: {record.subject}" if record.subject else head


def show_hits(hits: Sequence[Hit], language: Language) -> None:
    for hit in hits:
        line = Text(f"{hit.rank}. ", style="bold")
        line.append(safe(title_of(hit.record, language)), style="bold")
        out().print(line)
        place = say("search.place", language, seq=hit.record.seq, page=hit.page, path=safe(hit.record.origin))
        out().print(Text("   " + place, style="dim"))
        out().print(Text("   ") + _marked(hit.snippet))


def _marked(snippet: str) -> Text:
    """A snippet with the words found between << and >> set off."""
    shown = Text()
    for position, piece in enumerate(safe(snippet).split("<<")):
        inside, mark, after = piece.partition(">>")
        if position and mark:
            shown.append(inside, style="bold green")
            shown.append(after)
        else:
            shown.append(piece)
    return shown


def show_checked(checked: Checked, language: Language) -> None:
    head = Text(safe(str(checked.path)), style="bold")
    if checked.report is None or checked.letter is None:
        out().print(head)
        return
    report = checked.report
    head.append("  ")
    style = "green" if report.verdict.value == "pass" else "red" if report.verdict.value == "fail" else "yellow"
    head.append(say(f"verdict.{report.verdict.value}", language), style=style)
    head.append(
        "  "
        + say(
            "check.judged_as",
            language,
            document_class=say(f"class.{report.document_class.value}", language),
            regime=say(f"regime.{report.regime.value}", language),
        ),
        style="dim",
    )
    out().print(head)
    for finding in report.findings:
        line = Text("  ")
        line.append(say(f"severity.{finding.severity.word}", language), style=_COLOURS[finding.severity])
        line.append(f" {finding.rule}  ", style="bold")
        line.append(safe(finding_message(finding, language)))
        out().print(line)
        details = [source_text(finding.rule, report.regime)]
        details += [say("show.at_page", language, page=e.page, quote=safe(e.quote[:120])) for e in finding.evidence[:1]]
        out().print(Text("      " + "; ".join(details), style="dim"))
        out().print(Text("      " + safe(finding_advice(finding, language)), style="italic"))
    unread = sorted({s.reason.split(":", 1)[1] for s in report.skipped if s.reason.startswith("unreadable:")})
    if unread:
        names = ", ".join(_field_name(name, language) for name in unread)
        out().print(Text("  " + say("check.unreadable", language, fields=names), style="yellow"))


def show_document(shown: Shown, language: Language) -> None:
    letter = shown.letter
    head = Text(safe(shown.name), style="bold")
    head.append(
        "  "
        + say(
            "show.head",
            language,
            pages=shown.pages,
            document_class=say(f"class.{letter.document_class.value}", language),
            regime=say(f"regime.{letter.regime.value}", language),
        ),
        style="dim",
    )
    out().print(head)
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(style="dim", no_wrap=True)
    for name, field in letter.fields.items():
        table.add_row(say(f"field.{name}", language), _field_text(field, language), _field_place(field, language))
    out().print(table)
    if letter.citations:
        out().print(Text(say("show.citations", language, count=len(letter.citations)), style="bold"))
        for citation, record in zip(letter.citations, shown.resolved, strict=True):
            out().print(_citation_line(citation, record, language))
    if letter.obligations:
        out().print(Text(say("show.obligations", language, count=len(letter.obligations)), style="bold"))
        for obligation in letter.obligations:
            due = shown_date(obligation.due, language) if obligation.due else obligation.due_text
            line = Text(f"  {due}: ", style="bold")
            line.append(safe(" ".join(filter(None, (obligation.actor, obligation.action)))))
            if obligation.report_to:
                line.append(" → " + safe(obligation.report_to), style="dim")
            out().print(line)


def _citation_line(citation: Citation, record: Record | None, language: Language) -> Text:
    reference = citation.reference
    line = Text("  ")
    relation = say(f"relation.{citation.relation.value}", language)
    if citation.source is not None:
        relation = say("show.second_hand", language, source=citation.source.number or "", relation=relation)
    line.append(f"{relation}: ", style="cyan")
    name = " ".join(filter(None, (reference.kind, reference.number or reference.title)))
    line.append(safe(name[:1].upper() + name[1:]), style="bold")
    if reference.issued:
        line.append(" " + say("show.dated", language, date=shown_date(reference.issued, language)))
    if record is not None:
        line.append(" " + say("show.archived_as", language, seq=record.seq), style="green")
    line.append(
        "  " + say("show.at_page", language, page=citation.evidence.page, quote=safe(citation.evidence.quote[:90])),
        style="dim",
    )
    return line


def _field_name(name: str, language: Language) -> str:
    return say(f"field.{name}", language) if f"field.{name}" in message_ids(language) else name


def _field_text(field: Field[object], language: Language) -> Text:
    if field.state is not State.FOUND:
        text = say(f"state.{field.state.value}", language)
        if field.candidates:
            text += " " + say("show.candidates", language, candidates=", ".join(field.candidates))
        return Text(safe(text), style=_STATE_COLOURS[field.state])
    value = field.value
    if isinstance(value, date):
        return Text(shown_date(value, language))
    if isinstance(value, tuple):
        items = [f"- {item}" for item in value[:_MOST_LIST_ITEMS]]
        return Text(safe("\n".join(items), lines=True))
    return Text(safe(str(value)))


def _field_place(field: Field[object], language: Language) -> str:
    if not field.evidence:
        return ""
    place = say("show.page", language, page=field.evidence[0].page)
    return f"{place}  {field.confidence:.0%}" if field.state is State.FOUND else place


def show_records(records: Sequence[Record], language: Language) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("seq", "number", "date", "kind", "issuer", "subject"):
        table.add_column(say(f"column.{name}", language), overflow="fold")
    for record in records:
        table.add_row(
            str(record.seq),
            safe(record.number or "-"),
            shown_date(record.issued, language) if record.issued else "-",
            safe(record.kind or "-"),
            safe(record.issuer or "-"),
            safe(record.subject or record.name),
        )
    out().print(table)


def show_rules(rules: Sequence[Rule], language: Language) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("rule", "severity", "title", "source"):
        table.add_column(say(f"column.{name}", language), overflow="fold", no_wrap=name == "rule")
    for rule in rules:
        severity = Text(say(f"severity.{rule.severity.word}", language), style=_COLOURS[rule.severity])
        table.add_row(rule.id, severity, say(f"{rule.id}.title", language), str(rule.source))
    out().print(table)


def show_rule(rule: Rule, language: Language) -> None:
    out().print(Text(f"{rule.id}: {say(f'{rule.id}.title', language)}", style="bold"))
    rows = [
        ("severity", say(f"severity.{rule.severity.word}", language)),
        ("source", str(rule.source)),
        ("regimes", ", ".join(say(f"regime.{r}", language) for r in sorted(each.value for each in rule.regimes))),
        ("classes", ", ".join(say(f"class.{c}", language) for c in sorted(each.value for each in rule.classes))),
        ("why", say(f"{rule.id}.why", language)),
        ("advice", say(f"{rule.id}.advice", language)),
    ]
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(say(f"column.{name}", language), value)
    out().print(table)


def show_probes(probes: Sequence[Probe], language: Language) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for probe in probes:
        mark = (
            Text(say("doctor.ok", language), style="green")
            if probe.ok
            else Text(say("doctor.missing", language), style="bold red")
        )
        table.add_row(mark, safe(probe.name), safe(" ".join(filter(None, (probe.version, probe.detail)))))
    out().print(table)


def show_quarantined(files: Sequence[Quarantined], language: Language) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("path", "reason", "when"):
        table.add_column(say(f"column.{name}", language), overflow="fold")
    for file in files:
        table.add_row(safe(file.path), f"[{file.reason}] " + safe(_reason(file, language)), file.when)
    out().print(table)


def _reason(file: Quarantined, language: Language) -> str:
    return say(f"input.{file.reason}", language)


def show_trace(root: TraceNode, language: Language) -> None:
    """The graph as a tree: what the document rests on, then who rests on it."""
    tree = Tree(_node_text(root, language, is_root=True))
    for way in ("up", "down"):
        children = [child for child in root.children if child.direction == way]
        if children:
            branch = tree.add(Text(say(f"trace.{way}", language), style="bold cyan"))
            for child in children:
                _grow(branch, child, language)
    out().print(tree)
    if not root.children:
        out().print(Text(say("trace.alone", language), style="dim"))


def _grow(branch: Tree, node: TraceNode, language: Language) -> None:
    below = branch.add(_node_text(node, language, is_root=False))
    for child in node.children:
        _grow(below, child, language)


def _node_text(node: TraceNode, language: Language, *, is_root: bool) -> Text:
    document = node.document
    line = Text()
    if document.relation is not None:
        line.append(say(f"relation.{document.relation.value}", language) + ": ", style="cyan")
    line.append(safe(document_name(document.reference, language, document.record)), style="bold" if is_root else "")
    if document.record is None:
        line.append(" " + say("trace.root_only_cited", language), style="yellow")
    else:
        line.append(" " + say("show.archived_as", language, seq=document.record.seq), style="green")
    if node.repeated:
        line.append(" " + say("trace.repeated", language), style="dim")
    if document.grounds:
        evidence = document.grounds[0].evidence
        line.append(
            "\n" + say("show.at_page", language, page=evidence.page, quote=safe(evidence.quote[:110])), style="dim"
        )
    return line
