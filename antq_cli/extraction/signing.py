"""When a letter was signed, as its electronic signatures tell; a claim of the signer's clock, later than the date."""

from __future__ import annotations

import re
from datetime import date

from antq_cli.extraction.field import SURE, is_from_scan
from antq_cli.model.transcript import Transcript, Zone
from antq_cli.vietnamese.text import fold

_DAY = re.compile(r"\b(\d{1,4})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{1,4})(?=\D{1,4}\d{1,2}\s?[:.h]\s?\d{2})")


def signing_days(transcript: Transcript) -> tuple[date, ...]:
    """The days of all electronic signatures: those in the file's objects first, then those printed in boxes.

    A printed day that was read off a scan counts when its digits were read surely.
    """
    days = list(transcript.document.signed)
    for row in transcript.in_zones(Zone.E_SIGNATURE):
        for match in _DAY.finditer(fold(transcript.slice(row))):
            start, end = row.start + match.start(), row.start + match.end()
            if is_from_scan(transcript, start) and transcript.evidence(start, end).confidence < SURE:
                continue
            day = _day(*match.groups())
            if day is not None:
                days.append(day)
    return tuple(dict.fromkeys(days))


def _day(first: str, second: str, third: str) -> date | None:
    """`10.05.2025`, `2025.05.10`; None when it is no day."""
    year, month, day = (first, second, third) if len(first) == 4 else (third, second, first)
    try:
        return date(int(year), int(month), int(day)) if len(year) == 4 and int(year) > 2000 else None
    except ValueError:
        return None
