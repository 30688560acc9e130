"""Files into the archive: found, hashed, read, understood, kept; one result for each, whatever happens to it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from antq_cli.archive.archive import Archive
from antq_cli.archive.disk import digest
from antq_cli.archive.records import Record
from antq_cli.errors import AntqError, InputError
from antq_cli.model.letter import Letter
from antq_cli.model.page import Document, PageOrigin
from antq_cli.pipeline.reading import is_secret, read_letters
from antq_cli.reading.files import Found, find_files
from antq_cli.reading.reader import Progress, Reading
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
    letter: Letter | None = None
    """What was understood, when the file was read in this run and taken in."""

    @property
    def is_failure(self) -> bool:
        """Was this file to be taken in and could not be? A foreign file met in a folder was never asked for."""
        foreign = self.result is Result.SKIPPED and self.error is not None and self.error.reason == "unsupported"
        return self.error is not None and not foreign

    @property
    def unread_pages(self) -> tuple[int, ...]:
        """Pages of the file just read whose words are not known."""
        if self.letter is None:
            return ()
        pages = self.letter.transcript.document.pages
        return tuple(page.number for page in pages if page.origin is PageOrigin.FAILED)


def ingest(
    paths: Iterable[Path],
    settings: Settings,
    progress: Callable[[Progress], None] | None = None,
    *,
    allow_secret: bool = False,
) -> Iterator[Ingested]:
    """Take files and folders into the archive, in their order, with one result per file.

    What is yielded as accepted is on disk and in the catalogue; stopping at any moment loses nothing of it. Documents
    stamped MẬT, TỐI MẬT or TUYỆT MẬT are not taken in, and no word of them is kept, unless `allow_secret`: then they
    are flagged `secret` and are searchable like others. Raises ArchiveError when the archive cannot be written;
    troubles of a single file are its result.
    """
    found = list(find_files(paths))
    if found and all(item.error is not None and item.error.reason == "missing" for item in found):
        # A mistyped name must not make an archive where there was none.
        yield from (Ingested(item.path, Result.QUARANTINED, 0.0, error=item.error) for item in found)
        return
    with Archive.create(settings.archive) as archive:
        settings = replace(settings, cache=archive.cache_path)
        run = _Run(found, archive, progress)
        yield from run.known_at_once()
        for reading, letter in read_letters(run.to_read(), settings, run.moved):
            yield from run.known_before()
            yield _noted(_kept(reading, letter, archive, allow_secret=allow_secret), archive)
        yield from run.known_before()


class _Run:
    """The order of one `ingest`: files that must be read, and between them those whose outcome is known without."""

    def __init__(self, files: Sequence[Found], archive: Archive, progress: Callable[[Progress], None] | None) -> None:
        self._files = deque(files)
        self._total = len(files)
        self._archive = archive
        self._progress = progress
        self._planned: deque[Ingested | None] = deque()
        """Outcomes not yet told, in order; None stands for a file that is being read."""
        self._known = 0
        self._read = 0
        self._pages = 0

    def known_at_once(self) -> Iterator[Ingested]:
        """Outcomes up to the first file that must be read: a second run tells of them before any worker starts."""
        while self._files:
            found = self._files.popleft()
            known = _known(found, self._archive)
            if known is None:
                self._files.appendleft(found)
                return
            yield self._told(known)

    def to_read(self) -> Iterator[Path]:
        """The files that must be read; the others are put in their place of the order."""
        while self._files:
            found = self._files.popleft()
            known = _known(found, self._archive)
            self._planned.append(known)
            if known is None:
                yield found.path

    def known_before(self) -> Iterator[Ingested]:
        """Outcomes that come before the next file that is being read, which is taken off the list."""
        while self._planned:
            known = self._planned.popleft()
            if known is None:
                return
            yield self._told(known)

    def moved(self, step: Progress) -> None:
        """Progress of the reader, with the files that it never saw counted in."""
        self._read, self._pages = step.files_done, step.pages_done
        self._tell(step.path)

    def _told(self, known: Ingested) -> Ingested:
        self._known += 1
        self._tell(known.path)
        return _noted(known, self._archive)

    def _tell(self, path: Path) -> None:
        if self._progress is not None:
            self._progress(Progress(self._known + self._read, self._total, self._pages, path))


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


def _kept(reading: Reading, letter: Letter | None, archive: Archive, *, allow_secret: bool) -> Ingested:
    if letter is None:
        error = reading.error or InputError("damaged")
        result = Result.QUARANTINED if isinstance(error, InputError) else Result.SKIPPED
        return Ingested(reading.path, result, reading.seconds, error=error)
    if is_secret(letter):
        if not allow_secret:
            return Ingested(reading.path, Result.QUARANTINED, reading.seconds, error=InputError("secret"))
        letter = _marked(letter, "secret")
    try:
        stored = archive.put(reading.path, letter)
    except InputError as error:
        return Ingested(reading.path, Result.QUARANTINED, reading.seconds, error=error)
    result = Result.DUPLICATE if stored.duplicate else Result.ACCEPTED
    return Ingested(
        reading.path,
        result,
        reading.seconds,
        record=stored.record,
        flags=_flags(letter.transcript.document),
        letter=letter,
    )


def _marked(letter: Letter, flag: str) -> Letter:
    """The letter with one more flag on its document."""
    document = letter.transcript.document
    marked = replace(document, flags=(*document.flags, flag))
    return replace(letter, transcript=replace(letter.transcript, document=marked))


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
        archive.quarantine(str(_whole(outcome.path)), outcome.error.reason)
    elif outcome.record is not None:
        archive.clear_quarantine(str(_whole(outcome.path)))
    return outcome


def _whole(path: Path) -> Path:
    """The path from the root: `a.pdf` of one folder is not `a.pdf` of another, and the list is read from anywhere."""
    try:
        return path.absolute()
    except OSError:  # the current folder is gone
        return path
