"""Many things in a table: the catalogue, files that were turned away, obligations."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from antq_cli.answers.wording import shown_date
from antq_cli.archive.records import ObligationRecord, Quarantined, Record
from antq_cli.messages import Language, say
from antq_cli.render.console import show_line
from antq_cli.render.documents import obligation_line, title_of
from antq_cli.render.safe import safe
from antq_cli.render.tables import Column, show_table


def show_records(records: Sequence[Record], language: Language, *, verbose: bool = False) -> None:
    """The catalogue; with `verbose` the beginning of each id and the file it came from."""

    def column(name: str, least: int | None = None, *, expendable: bool = False) -> Column:
        return Column(say(f"column.{name}", language), least, expendable=expendable)

    columns = [
        column("seq"),
        column("number", 12),
        column("date"),
        column("kind", 9, expendable=True),
        column("issuer", 12, expendable=True),
        column("subject", 24),
    ]
    rows = [
        [
            Text(str(record.seq), style="bold"),
            safe(record.number or "-"),
            shown_date(record.issued, language) if record.issued else "-",
            safe(record.kind or "-"),
            safe(record.whole_issuer or "-"),
            safe(record.subject) if record.subject else Text(f"({safe(record.name)})", style="dim"),
        ]
        for record in records
    ]
    if verbose:
        columns += [Column("ID"), column("path", 12)]
        for row, record in zip(rows, records, strict=True):
            row += [record.id[:12], safe(record.origin)]
    show_table(columns, rows)


def show_quarantined(files: Sequence[Quarantined], language: Language) -> None:
    """Two lines for each file: which and when, and why."""
    for file in files:
        line = Text(safe(file.path), style="bold")
        line.append(f"  {safe(file.when)}", style="not bold dim")
        show_line(line)
        show_line(f"{say(f'input.{file.reason}', language)} [{file.reason}]", indent=4)


def show_obligations(found: Sequence[ObligationRecord], language: Language) -> None:
    """Each obligation with the document that sets it."""
    for each in found:
        show_line(obligation_line(each.obligation, language))
        evidence = each.obligation.evidence
        source = say(
            "due.source",
            language,
            seq=each.record.seq,
            document=safe(title_of(each.record, language)),
            page=evidence.page,
        )
        show_line(Text(source, style="dim"), indent=4, cut=True)
