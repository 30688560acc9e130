"""Files to documents: hashing and order here, everything that parses in the workers."""

from __future__ import annotations

import contextlib
import os
import queue
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from antq_cli.errors import AntqError, InputError, ToolMissing
from antq_cli.model.page import Dispute, Document, Page, PageOrigin
from antq_cli.reading.claims import WITNESS_VERSION, flags_of, is_claimed, strips_key, witnessed
from antq_cli.reading.fingerprint import fingerprint, has_changed
from antq_cli.reading.mixed import merge
from antq_cli.reading.pool import Pool, Worker, sweep
from antq_cli.reading.probe import require_tesseract
from antq_cli.reading.protocol import Inspection, Look, Reply, Request, Strip, pack_path
from antq_cli.reading.remembering import open_cache
from antq_cli.settings import Settings

_GRACE = 3.0
"""Seconds a worker gets beyond its own limits to give up by itself before it is killed."""


_HEARTBEAT = 0.5
"""Seconds after which waiting is taken up anew."""
_QUEUED = 4
"""So many tasks a worker are kept waiting: a worker that is done finds the next one at once."""
_AHEAD_WORDS = 100_000
"""Words held of files that are read while an earlier one is not done: a slow page stops no worker, and what is held
stays under about 40 MB."""
_AHEAD_FILES = 64


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one file."""

    path: Path
    outcome: Document | AntqError
    seconds: float
    """Working time spent on this file, added up over the workers; waiting does not count."""
    data_sha256: str = ""
    """SHA-256 of the bytes; empty when the file could not be opened."""

    @property
    def document(self) -> Document | None:
        return self.outcome if isinstance(self.outcome, Document) else None

    @property
    def error(self) -> AntqError | None:
        return self.outcome if isinstance(self.outcome, AntqError) else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `files_total` is None while the files are still being found."""

    files_done: int
    files_total: int | None
    pages_done: int
    path: Path
    """The file that moved."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What of a document's text layers a verdict rests on, and therefore must be seen on the drawn page as well."""

    strips: Mapping[int, tuple[Strip, ...]] = field(default_factory=dict)
    """Lines by page number."""
    remember: bool = True
    """May what is seen there be kept in the OCR cache?"""


@dataclass(slots=True)
class _Job:
    """One file on its way."""

    number: int
    path: Path
    target: Path
    status: os.stat_result | None = None
    digest: str = ""
    media: str = ""
    flags: tuple[str, ...] = ()
    signed: tuple[date, ...] = ()
    pages: list[Page | None] | None = None
    left: int = 1
    error: AntqError | None = None
    spent: float = 0.0
    words: int = 0
    """How many were read so far."""
    doubted: bool = False
    """Its text layers were held against the pages, or need not be."""


@dataclass(frozen=True, slots=True)
class _Event:
    job: _Job
    page: int = 0
    inspection: Inspection | None = None
    read: Page | None = None
    disputes: tuple[Dispute, ...] | None = None
    unseen: bool = False
    """The page was to be held against its text layer and could not be."""
    error: BaseException | None = None
    seconds: float = 0.0


def read_files(
    files: Iterable[Path],
    settings: Settings,
    progress: Callable[[Progress], None] | None = None,
    *,
    remember: bool = True,
    doubt: Callable[[Document], Doubt] | None = None,
) -> Iterator[Reading]:
    """Read files, in the order given, with `settings.jobs` workers; pages of one file and of several run side by side.

    Every file gives exactly one `Reading`; troubles of a file are its outcome, never raised. Originals are only read.
    Little is held at a time, so `files` may be endless. `progress` is called in the caller's thread. With
    `remember` pages go into the OCR cache as they are read; without it the caller says what may be kept
    (`remember_pages`). `doubt` is asked, in the caller's thread, which lines of a document with text layers are to be
    compared with the drawn page; without it no layer is compared.
    """
    total = len(files) if isinstance(files, (list, tuple)) else None
    run = _Run(settings, total, progress, remember=remember, doubt=doubt)
    sweep()
    source = iter(files)
    flight: deque[_Job] = deque()
    with Pool(settings.jobs) as pool:
        run.pool = pool
        number = 0
        exhausted = False
        while True:
            while not exhausted and _has_room(flight, settings.jobs):
                path = next(source, None)
                if path is None:
                    exhausted = True
                    break
                flight.append(run.begin(number, path))
                number += 1
            if not flight:
                return
            if flight[0].left:
                run.step()
            else:
                yield run.finish(flight.popleft())


def _has_room(flight: deque[_Job], jobs: int) -> bool:
    """May another file be begun? Workers must not run dry, nor may results pile up behind a slow file."""
    if sum(job.left for job in flight) >= _QUEUED * jobs:
        return False
    held = sum(job.words for job in flight) - (flight[0].words if flight else 0)
    return held < _AHEAD_WORDS and len(flight) < _AHEAD_FILES


class _Run:
    """The state of one `read_files`. Only the caller's thread changes it; workers' threads send events."""

    pool: Pool

    def __init__(
        self,
        settings: Settings,
        total: int | None,
        progress: Callable[[Progress], None] | None,
        *,
        remember: bool,
        doubt: Callable[[Document], Doubt] | None = None,
    ) -> None:
        self._settings = settings
        self._total = total
        self._progress = progress
        self._events: queue.SimpleQueue[_Event] = queue.SimpleQueue()
        self._files_done = 0
        self._pages_done = 0
        self._remember = remember
        self._doubt = doubt

    def begin(self, number: int, path: Path) -> _Job:
        job = _Job(number, path, path)
        self.pool.submit((number, 0), self._timed(lambda worker: self._open(job, worker)))
        return job

    def step(self) -> None:
        """Wait for one event and act on it."""
        event = self._next_event()
        job = event.job
        job.left -= 1
        job.spent += event.seconds
        if event.error is not None and not isinstance(event.error, AntqError):
            raise event.error
        if event.error is not None:
            job.error = job.error or event.error
        elif event.inspection is not None:
            self._spread(job, event.inspection)
        elif event.read is not None and job.pages is not None:
            job.pages[event.page - 1] = event.read
            job.words += len(event.read.words)
            self._pages_done += 1
        elif job.pages is not None:
            page = job.pages[event.page - 1]
            job.pages[event.page - 1] = None if page is None else witnessed(page, event.disputes, unseen=event.unseen)
        if not job.left and not job.doubted:
            self._question(job)
        if not job.left:
            self._files_done += 1
        if self._progress is not None:
            self._progress(Progress(self._files_done, self._total, self._pages_done, job.path))

    def _next_event(self) -> _Event:
        while True:
            # Windows delivers Ctrl-C only between waits that end.
            with contextlib.suppress(queue.Empty):
                return self._events.get(timeout=_HEARTBEAT)

    def finish(self, job: _Job) -> Reading:
        outcome: Document | AntqError
        try:
            outcome = self._document(job)
        except AntqError as error:
            outcome = error
        return Reading(job.path, outcome, round(job.spent, 3), job.digest)

    def _document(self, job: _Job) -> Document:
        if job.error is not None:
            raise job.error
        pages = tuple(page for page in job.pages or () if page is not None)
        if not pages:
            raise InputError("no_pages")
        failed = [page for page in pages if page.origin is PageOrigin.FAILED]
        if len(failed) == len(pages) and not any(page.words for page in failed):
            # Nothing at all was read: that is a trouble of the file, not of a page.
            reasons = {note.removeprefix("failed:") for page in failed for note in page.notes}
            raise InputError("timeout" if {"timeout", "ocr_timeout"} & reasons else min(reasons, default="damaged"))
        if job.status is not None and has_changed(job.target, job.status):
            raise InputError("changed")
        flags = tuple(dict.fromkeys((*job.flags, *flags_of(pages))))
        return Document(job.digest, job.path.name, job.media, pages, flags, job.signed)

    def _question(self, job: _Job) -> None:
        """Have the lines that verdicts rest on read off the drawn pages, when the file has text layers."""
        job.doubted = True
        if self._doubt is None or job.error is not None or job.pages is None:
            return
        if not any(page is not None and is_claimed(page) for page in job.pages):
            return
        pages = tuple(page for page in job.pages if page is not None)
        doubt = self._doubt(Document(job.digest, job.path.name, job.media, pages, job.flags, job.signed))
        for number, strips in doubt.strips.items():
            if strips and job.media == "pdf":
                job.left += 1
                task = self._witness_task(job, number, strips, remember=doubt.remember)
                self.pool.submit((job.number, number), task)

    def _spread(self, job: _Job, inspection: Inspection) -> None:
        job.media, job.flags, job.signed = inspection.media, inspection.flags, inspection.signed
        if inspection.pages:
            job.pages = list(inspection.pages)
            job.words = sum(len(page.words) for page in inspection.pages)
            self._pages_done += len(job.pages)
            return
        job.pages = [None] * inspection.page_count
        for number in range(1, inspection.page_count + 1):
            job.left += 1
            self.pool.submit((job.number, number), self._page_task(job, number))

    def _page_task(self, job: _Job, number: int) -> Callable[[Worker], None]:
        return self._timed(lambda worker: self._read_page(job, number, worker))

    def _witness_task(
        self, job: _Job, number: int, strips: tuple[Strip, ...], *, remember: bool
    ) -> Callable[[Worker], None]:
        return self._timed(lambda worker: self._compare(job, number, strips, worker, remember=remember))

    # In the workers' threads.

    def _timed(self, task: Callable[[Worker], _Event]) -> Callable[[Worker], None]:
        def run(worker: Worker) -> None:
            began = time.monotonic()
            event = task(worker)
            self._events.put(replace(event, seconds=time.monotonic() - began))

        return run

    def _open(self, job: _Job, worker: Worker) -> _Event:
        try:
            job.target, job.status, job.digest = fingerprint(job.path, self._settings.limits.file_bytes)
            request = Request("inspect", pack_path(job.target), self._settings.limits)
            reply = self._call(worker, request, self._settings.limits.inspect_seconds)
            if reply.inspection is None:
                raise InputError("damaged")
            return _Event(job, inspection=reply.inspection)
        except BaseException as error:  # noqa: BLE001 - carried to the caller's thread, which raises what is no AntqError
            return _Event(job, error=error)

    def _read_page(self, job: _Job, number: int, worker: Worker) -> _Event:
        try:
            return _Event(job, number, read=self._page(job, number, worker))
        except BaseException as error:  # noqa: BLE001 - carried to the caller's thread, which raises what is no AntqError
            return _Event(job, number, error=error)

    def _page(self, job: _Job, number: int, worker: Worker) -> Page:
        if job.error is not None:
            raise job.error
        settings, limits = self._settings, self._settings.limits
        path = pack_path(job.target)
        look = Look(210.0, 297.0)
        try:
            request = Request("look", path, limits, job.media, number)
            look = self._call(worker, request, limits.inspect_seconds).look or look
            if look.page is not None:
                return look.page
            cache = open_cache(settings)
            kept = cache.get(job.digest, number) if cache is not None else None
            if kept is not None:
                return kept
            data = _tool_for(look, settings.ocr_language)
            request = Request("scan", path, limits, job.media, number, settings.ocr_language, data, bare=look.bare)
            page = self._call(worker, request, limits.page_seconds).page
            if page is None:
                raise InputError("damaged")
            page = merge(page, look.layer, look.notes)
        except InputError as error:
            note = "ocr_timeout" if error.reason == "timeout" else f"failed:{error.reason}"
            # What the file itself says of the page stays; that its pictures were not read is told all the same.
            return Page(number, look.width, look.height, look.layer, PageOrigin.FAILED, (*look.notes, note))
        if cache is not None and self._remember:
            cache.put(job.digest, page)
        return page

    def _compare(self, job: _Job, number: int, strips: tuple[Strip, ...], worker: Worker, *, remember: bool) -> _Event:
        """What the drawn page shows in place of the layer's words; a page that cannot be compared is not doubted."""
        settings, limits = self._settings, self._settings.limits
        try:
            cache = open_cache(settings, f"{WITNESS_VERSION}:{strips_key(strips)}")
            kept = cache.get(job.digest, number) if cache is not None else None
            if kept is not None:
                return _Event(job, number, disputes=kept.disputes)
            data = require_tesseract(settings.ocr_language).packed_data
            path = pack_path(job.target)
            request = Request("witness", path, limits, job.media, number, settings.ocr_language, data, strips=strips)
            disputes = self._call(worker, request, limits.page_seconds).disputes
        except AntqError:
            return _Event(job, number, unseen=True)
        except BaseException as error:  # noqa: BLE001 - carried to the caller's thread, which raises it
            return _Event(job, number, error=error)
        if cache is not None and remember:
            cache.put(job.digest, Page(number, 0.0, 0.0, (), PageOrigin.TEXT_LAYER, disputes=disputes or ()))
        return _Event(job, number, disputes=disputes or ())

    def _call(self, worker: Worker, request: Request, seconds: float) -> Reply:
        reply = worker.call(request, seconds + _GRACE)
        if reply.failure is not None:
            raise reply.failure.error()
        return reply


def _tool_for(look: Look, language: str) -> str:
    """What `Tesseract.packed_data` is. Without the tool a page that has words of its own is read as far as these go.

    Raises ToolMissing for a page that has none, InputError("tesseract") for one that has.
    """
    try:
        return require_tesseract(language).packed_data
    except ToolMissing as error:
        if not look.layer:
            raise
        raise InputError(error.reason) from None
