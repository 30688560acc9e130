"""Searchable copies, from the parent's side: the worker writes beside the target, the finished file takes its name."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from antq_cli.errors import InputError, ToolMissing
from antq_cli.model.page import Document
from antq_cli.reading.pool import Worker, kill_tree
from antq_cli.reading.protocol import Copied, Request, pack_path
from antq_cli.settings import Settings

_PAGE_SECONDS = 5.0
"""Writing and reading a page of a copy takes a tenth of this."""
_PROGRAM_SECONDS = 60.0
_ARCHIVAL = (
    *("--mode", "skip", "--ocr-engine", "none", "--output-type", "pdfa-2", "--pdfa-backend", "internal"),
    *("--quiet", "--invalidate-digital-signatures"),
)
"""OCRmyPDF (17 or newer) as a maker of PDF/A-2b alone: the words are in already. Its Ghostscript way is not taken, for
several versions of Ghostscript damage words that nobody sees."""


def copy_searchable(source: Path, document: Document, target: Path, settings: Settings, *, archival: bool) -> Copied:
    """Write a copy of `source` with the document's words; `archival` makes it PDF/A-2b through OCRmyPDF.

    The target appears whole or not at all. Raises InputError (`not_paper`, `unproved`, `encrypted`, `damaged`,
    `timeout`), ToolMissing("ocrmypdf"), OSError for a target that cannot be written.
    """
    program = _archival_program() if archival else None
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    seconds = settings.limits.inspect_seconds + _PAGE_SECONDS * len(document.pages)
    with part.open("xb"):
        pass  # made here, so that a folder that cannot be written is told by its own error
    worker = Worker()
    try:
        copied = _ask(worker, "copy", source, document, part, settings, seconds)
        if program is not None:
            _make_archival(program, part, seconds)
            copied = _ask(worker, "prove", part, document, part, settings, seconds)
        if copied.lost:
            raise InputError("unproved", count=copied.lost)
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        worker.close()
        part.unlink(missing_ok=True)
    return copied


def _ask(
    worker: Worker, task: str, source: Path, document: Document, target: Path, settings: Settings, seconds: float
) -> Copied:
    request = Request(
        "copy" if task == "copy" else "prove",
        pack_path(source),
        settings.limits,
        document.media,
        pages=document.pages,
        target=pack_path(target),
    )
    reply = worker.call(request, seconds)
    if reply.failure is not None:
        raise reply.failure.error()
    if reply.copied is None:
        raise InputError("damaged")
    return reply.copied


def _make_archival(program: str, part: Path, seconds: float) -> None:
    made = part.with_name(part.name + ".pdf")
    process = subprocess.Popen(
        [program, *_ARCHIVAL, str(part), str(made)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        if process.wait(seconds + _PROGRAM_SECONDS):
            raise InputError("damaged", detail=f"ocrmypdf {process.returncode}")
        made.replace(part)
    except subprocess.TimeoutExpired:
        raise InputError("timeout") from None
    finally:
        kill_tree(process)  # with the processes that it started itself
        process.wait()
        made.unlink(missing_ok=True)


def _archival_program() -> str:
    """OCRmyPDF on PATH; one that lies among the documents is not run. Raises ToolMissing("ocrmypdf")."""
    found = shutil.which("ocrmypdf")
    if found is None or Path(found).resolve().parent == Path.cwd().resolve():
        raise ToolMissing("ocrmypdf")
    return found
