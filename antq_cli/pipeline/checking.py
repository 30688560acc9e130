"""Formal checks of files and of archived documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from antq_cli.archive.archive import Archive
from antq_cli.archive.records import Record
from antq_cli.checks.engine import check
from antq_cli.checks.rule import Context
from antq_cli.errors import AntqError, ArchiveError
from antq_cli.extraction import analyse
from antq_cli.model.finding import Report, Severity
from antq_cli.model.letter import Letter, Reference
from antq_cli.reading.files import find_files
from antq_cli.reading.reader import Progress, read_files
from antq_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Checked:
    """One file's outcome: letter and report, or the error that kept it from being read."""

    path: Path
    letter: Letter | None = None
    report: Report | None = None
    error: AntqError | None = None

    def reaches(self, severity: Severity) -> bool:
        """Is there a finding of at least this severity?"""
        return self.report is not None and any(f.severity >= severity for f in self.report.findings)


def check_files(
    paths: Iterable[Path],
    settings: Settings,
    *,
    today: date,
    off: frozenset[str] = frozenset(),
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[Checked]:
    """Check files and folders, in their order. A path that is no file but names an archived document is checked there.

    The archive, when there is one, lends its OCR cache and answers the rules that ask for other documents.
    """
    archive = _open(settings)
    try:
        context = _context(archive, today)
        for path in paths:
            record = _archived(path, archive)
            if record is not None and archive is not None:
                letter = analyse(archive.document(record))
                yield Checked(path, letter, check(letter, _besides(context, record), off=off))
            else:
                yield from _check_path(path, settings, context, off, archive, progress)
    finally:
        if archive is not None:
            archive.close()


def _check_path(
    path: Path,
    settings: Settings,
    context: Context,
    off: frozenset[str],
    archive: Archive | None,
    progress: Callable[[Progress], None] | None,
) -> Iterator[Checked]:
    found = [item for item in find_files([path]) if not item.is_foreign]
    readable = [item.path for item in found if item.error is None]
    readings = read_files(readable, replace(settings, cache=archive.cache_path if archive else None), progress)
    for item in found:
        if item.error is not None:
            yield Checked(item.path, error=item.error)
            continue
        reading = next(readings)
        if isinstance(reading.outcome, AntqError):
            yield Checked(reading.path, error=reading.outcome)
            continue
        letter = analyse(reading.outcome)
        record = next(iter(archive.find_by_id(reading.outcome.id)), None) if archive else None
        yield Checked(reading.path, letter, check(letter, _besides(context, record), off=off))


def _open(settings: Settings) -> Archive | None:
    try:
        return Archive.open(settings.archive)
    except ArchiveError as error:
        if error.reason == "missing":
            return None
        raise


def _archived(path: Path, archive: Archive | None) -> Record | None:
    if archive is None or path.exists():
        return None
    records = archive.find_document(str(path))
    return records[0] if len(records) == 1 else None


def _context(archive: Archive | None, today: date) -> Context:
    if archive is None:
        return Context(today)

    def same_number(reference: Reference) -> Sequence[Record]:
        records = archive.find(reference)
        year = reference.issued.year if reference.issued else None
        return [r for r in records if r.key == reference.key and (r.issued is None or year in (None, r.issued.year))]

    return Context(today, known=archive.find, same_number=same_number)


def _besides(context: Context, record: Record | None) -> Context:
    """A document is not its own double."""
    if record is None or context.same_number is None:
        return context
    others = context.same_number
    return replace(context, same_number=lambda reference: [r for r in others(reference) if r.id != record.id])
