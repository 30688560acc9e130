"""Files into the archive: found, hashed, read, understood, kept; one result for each, whatever happens to it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from antq_cli.archive.archive import Archive
from antq_cli.archive.disk import digest
from antq_cli.archive.records import Record
from antq_cli.errors import AntqError, InputError
from antq_cli.extraction import analyse
from antq_cli.model.page import Document, PageOrigin
from antq_cli.reading.files import Found, find_files
from antq_cli.reading.reader import Progress, Reading, read_files
from antq_cli.settings import Settings


class Result(StrEnum):
    """What became of a file; part of the machine contract."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    """It cannot be read; it is listed with its reason and stays where it was."""
    SKIPPED = "skipped"
    """Nothing is wrong with the file, but this run could not take it: a tool is missing."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """One file's outcome."""

    path: Path
    result: Result
    seconds: float
    record: Record | None = None
    """The archived document, also for a duplicate."""
    error: AntqError | None = None
    flags: tuple[str, ...] = ()

    @property
    def is_failure(self) -> bool:
        """Was this file to be taken in and could not be? A foreign file met in a folder was never asked for."""
        foreign = self.result is Result.SKIPPED and self.error is not None and self.error.reason == "unsupported"
        return self.error is not None and not foreign


def ingest(
    paths: Iterable[Path],
    settings: Settings,
    progress: Callable[[Progress], None] | None = None,
    *,
    allow_secret: bool = False,
) -> Iterator[Ingested]:
    """Take files and folders into the archive, in their order, with one result per file.

    What is yielded as accepted is on disk and in the catalogue; stopping at any moment loses nothing of it. Documents
    stamped MẬT, TỐI MẬT or TUYỆT MẬT are not taken in unless `allow_secret`. Raises ArchiveError when the archive
    cannot be written; troubles of a single file are its result.
    """
    with Archive.create(settings.archive) as archive:
        settings = replace(settings, cache=archive.cache_path)
        found_files = list(find_files(paths))
        planned: deque[Ingested | None] = deque()

        def feed() -> Iterator[Path]:
            """Files that must be read; what can be told at once is put in its place of the order."""
            for found in found_files:
                known = _known(found, archive)
                planned.append(known)
                if known is None:
                    yield found.path

        def counted(step: Progress) -> None:
            if progress is not None:
                progress(replace(step, files_total=len(found_files)))

        for reading in read_files(feed(), settings, counted):
            while planned and (known := planned[0]) is not None:
                planned.popleft()
                yield _noted(known, archive)
            planned.popleft()
            yield _noted(_kept(reading, archive, allow_secret=allow_secret), archive)
        for known in planned:
            if known is not None:
                yield _noted(known, archive)


def _known(found: Found, archive: Archive) -> Ingested | None:
    """The outcome of a file that needs no reading: it cannot be opened, or its bytes are archived already."""
    started = time.monotonic()
    if found.error is not None:
        result = Result.SKIPPED if found.is_foreign else Result.QUARANTINED
        return Ingested(found.path, result, 0.0, error=found.error)
    try:
        identity = digest(found.path)
    except OSError:
        return None  # the reader tells why
    records = archive.find_by_id(identity)
    if not records:
        return None
    return Ingested(found.path, Result.DUPLICATE, time.monotonic() - started, record=records[0])


def _kept(reading: Reading, archive: Archive, *, allow_secret: bool) -> Ingested:
    if isinstance(reading.outcome, AntqError):
        result = Result.QUARANTINED if isinstance(reading.outcome, InputError) else Result.SKIPPED
        return Ingested(reading.path, result, reading.seconds, error=reading.outcome)
    document = reading.outcome
    letter = analyse(document)
    if letter.form.secret.is_found and not allow_secret:
        return Ingested(reading.path, Result.QUARANTINED, reading.seconds, error=InputError("secret"))
    try:
        stored = archive.put(reading.path, letter)
    except InputError as error:
        return Ingested(reading.path, Result.QUARANTINED, reading.seconds, error=error)
    result = Result.DUPLICATE if stored.duplicate else Result.ACCEPTED
    return Ingested(reading.path, result, reading.seconds, record=stored.record, flags=_flags(document))


def _flags(document: Document) -> tuple[str, ...]:
    """The document's flags, and those of its pages that a person should know of."""
    flags = list(document.flags)
    if any(page.origin is PageOrigin.FAILED for page in document.pages):
        flags.append("pages_unread")
    if any("text_layer_ignored" in page.notes for page in document.pages):
        flags.append("text_layer_ignored")
    if not any(page.words for page in document.pages):
        flags.append("no_text")
    return tuple(dict.fromkeys(flags))


def _noted(outcome: Ingested, archive: Archive) -> Ingested:
    """Keep the list of files that could not be taken in true."""
    if outcome.result is Result.QUARANTINED and outcome.error is not None:
        archive.quarantine(str(outcome.path), outcome.error.reason)
    elif outcome.record is not None:
        archive.clear_quarantine(str(outcome.path))
    return outcome
