"""Formal checks of files and of archived documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from antq_cli.archive.archive import Archive
from antq_cli.archive.records import Record
from antq_cli.checks.engine import check
from antq_cli.checks.rule import Context
from antq_cli.errors import AntqError, UsageError
from antq_cli.extraction import analyse
from antq_cli.model.finding import Report, Severity
from antq_cli.model.letter import Letter, Reference
from antq_cli.pipeline.reading import read_letters
from antq_cli.reading.files import Found, find_files
from antq_cli.reading.reader import Progress
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
    names: Sequence[str],
    settings: Settings,
    *,
    today: date,
    off: frozenset[str] = frozenset(),
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[Checked]:
    """Check files, folders and archived documents, in their order. A name that is no file may mean a document (DOC).

    The archive, when there is one, lends its OCR cache and answers the rules that ask for other documents. Raises
    UsageError (ambiguous, name, count) before anything is checked when a name means several archived documents.
    """
    archive = Archive.open_if_any(settings.archive)
    try:
        context = _context(archive, today)
        items = [item for name in names for item in _items(name, archive)]
        paths = [item.path for item in items if isinstance(item, Found) and item.error is None]
        kept = replace(settings, cache=archive.cache_path if archive else None)
        others = 0  # judged so far without being read

        def moved(step: Progress) -> None:
            if progress is not None:
                progress(replace(step, files_done=step.files_done + others, files_total=len(items)))

        letters = read_letters(paths, kept, moved)
        for item in items:
            if isinstance(item, _Archived) or item.error is not None:
                others += 1
            if isinstance(item, _Archived):
                letter = analyse(item.archive.document(item.record))
                report = check(letter, _besides(context, item.record), off=off)
                yield Checked(item.path, letter, report)
            elif item.error is not None:
                yield Checked(item.path, error=item.error)
            else:
                reading, read = next(letters)
                if read is None:
                    yield Checked(item.path, error=reading.error)
                    continue
                identity = read.transcript.document.id
                record = next(iter(archive.find_by_id(identity)), None) if archive else None
                yield Checked(item.path, read, check(read, _besides(context, record), off=off))
    finally:
        if archive is not None:
            archive.close()


@dataclass(frozen=True, slots=True)
class _Archived:
    """An archived document that a person named."""

    path: Path
    record: Record
    archive: Archive


def _items(name: str, archive: Archive | None) -> Iterator[Found | _Archived]:
    """The files that a name means, or the one archived document."""
    path = Path(name)
    if archive is not None and not os.path.lexists(path):
        records = archive.find_document(name)
        if len(records) > 1:
            raise UsageError("ambiguous", name=name, count=len(records))
        if records:
            yield _Archived(path, records[0], archive)
            return
    yield from (item for item in find_files([path]) if not item.is_foreign)


def _context(archive: Archive | None, today: date) -> Context:
    if archive is None:
        return Context(today)

    def same_number(reference: Reference) -> Sequence[Record]:
        """Only what is known counts: a record without its date or issuer is nobody's double."""
        if reference.issued is None:
            return []
        # Another day, kind or subject is what makes it another document under the same number.
        alike = replace(reference, issued=None, kind=None, title=None)
        return [
            record
            for record in archive.find(alike)
            if record.key == reference.key
            and record.issuer is not None
            and record.issued is not None
            and record.issued.year == reference.issued.year
        ]

    return Context(today, known=archive.find, same_number=same_number)


def _besides(context: Context, record: Record | None) -> Context:
    """A document is not its own double."""
    if record is None or context.same_number is None:
        return context
    others = context.same_number
    return replace(context, same_number=lambda reference: [r for r in others(reference) if r.id != record.id])
