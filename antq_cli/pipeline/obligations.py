"""Obligations of all archived documents, by deadline."""

from __future__ import annotations

from datetime import date

from antq_cli.archive.archive import Archive
from antq_cli.archive.records import ObligationRecord, Record
from antq_cli.model.letter import Obligation
from antq_cli.vietnamese.text import fold


def find_due(
    archive: Archive, *, since: date | None = None, until: date | None = None, actor: str | None = None
) -> tuple[ObligationRecord, ...]:
    """Obligations with the earliest deadline first; those whose day is not a date ("quý IV hằng năm") come last.

    With `since` or `until` only obligations with a date in that span, both ends included. `actor` is a part of the
    actor's name, with or without diacritics.
    """
    wanted = fold(actor) if actor else ""
    found = (
        ObligationRecord(record, obligation)
        for record in archive.list()
        for obligation in archive.letter(record).obligations
    )
    chosen = (
        each
        for each in found
        if _is_between(each.obligation.due, since, until) and (not wanted or wanted in fold(each.obligation.actor))
    )
    return tuple(sorted(chosen, key=lambda each: _order(each.record, each.obligation)))


def _is_between(due: date | None, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    return due is not None and (since is None or due >= since) and (until is None or due <= until)


def _order(record: Record, obligation: Obligation) -> tuple[bool, date, int]:
    return obligation.due is None, obligation.due or date.max, record.seq
