"""The catalogue for a spreadsheet (RFC 4180), with cells that a spreadsheet would run as formulas made text."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence

from antq_cli.archive.records import Record
from antq_cli.messages import Language, say
from antq_cli.render.safe import safe

_COLUMNS = ("seq", "number", "date", "kind", "issuer_parent", "issuer", "subject", "signer", "path")
# OWASP's list of formula triggers, and their full-width twins.
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_records(records: Sequence[Record], language: Language) -> None:
    """CSV with a header line on stdout; dates ISO 8601.

    It begins with a byte order mark unless a person looks at it: without one Excel takes UTF-8 for another encoding
    and breaks every Vietnamese name. Programs that want none read `--json`.
    """
    if not sys.stdout.isatty():
        sys.stdout.write("\ufeff")
    writer = csv.writer(sys.stdout, lineterminator="\n")  # Windows makes it \r\n on its own
    names = {column: f"field.{column}" for column in ("issuer_parent", "signer")}
    writer.writerow([say(names.get(column, f"column.{column}"), language) for column in _COLUMNS])
    for record in records:
        writer.writerow(
            [
                record.seq,
                cell(record.number),
                record.issued.isoformat() if record.issued else "",
                cell(record.kind),
                cell(record.issuer_parent),
                cell(record.issuer),
                cell(record.subject),
                cell(record.signer),
                cell(record.origin),
            ]
        )


def cell(text: str | None) -> str:
    """A text as a cell that no spreadsheet takes for a formula."""
    shown = safe(text or "")
    return f"'{shown}" if shown.startswith(_TRIGGERS) else shown
