"""Runs over several files: limits, changes, interruption."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from antq_cli.errors import ToolMissing
from antq_cli.model.page import Box, PageOrigin, Word
from antq_cli.reading import pool, reader
from antq_cli.reading.protocol import Inspection, Look, unpack_path
from antq_cli.reading.reader import read_files
from antq_cli.settings import Limits, Settings

from .conftest import drawn_page, encoded, scanned_pdf, typed_pdf

Store = Callable[[str, bytes], Path]


@pytest.mark.ocr
def test_a_page_that_takes_too_long_is_kept_and_the_document_goes_on(store: Store) -> None:
    """It is marked as failed; a file of which nothing could be read is refused."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typed_pdf())))
    writer.append(io.BytesIO(scanned_pdf([drawn_page()])))
    out = io.BytesIO()
    writer.write(out)
    hurried = Settings(jobs=1, limits=Limits(page_seconds=0.2))
    mixed, scan = read_files([store("a.pdf", out.getvalue()), store("b.png", encoded(drawn_page(), "PNG"))], hurried)
    assert mixed.document is not None
    assert [page.origin for page in mixed.document.pages] == [PageOrigin.TEXT_LAYER, PageOrigin.FAILED]
    assert "ocr_timeout" in mixed.document.pages[1].notes
    assert scan.error is not None
    assert scan.error.reason == "timeout"


def test_a_file_that_changes_while_it_is_read_is_refused(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words of one state under the digest of another would be a lie."""
    path = store("a.txt", b"first words")
    original = reader.Worker.call

    def meddling(self: reader.Worker, request: reader.Request, seconds: float) -> reader.Reply:
        reply = original(self, request, seconds)
        path.write_bytes(b"other words of another length")
        return reply

    monkeypatch.setattr(reader.Worker, "call", meddling)
    (reading,) = read_files([path], settings)
    assert reading.error is not None
    assert reading.error.reason == "changed"


def test_limits_on_bytes(store: Store) -> None:
    """A file above the limit is not hashed to its end."""
    limits = Limits(file_bytes=10)
    (reading,) = read_files([store("a.txt", b"words " * 10)], Settings(jobs=1, limits=limits))
    assert reading.error is not None
    assert reading.error.reason == "too_large"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_pipe_does_not_block(tmp_path: Path, settings: Settings) -> None:
    """Nobody writes into it, and nobody waits."""
    os.mkfifo(tmp_path / "a.pdf")
    (reading,) = read_files([tmp_path / "a.pdf"], settings)
    assert reading.error is not None
    assert reading.error.reason == "not_regular"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names are text")
def test_a_name_of_any_bytes_is_read(tmp_path: Path, settings: Settings) -> None:
    """By the libraries too."""
    paths = [tmp_path / os.fsdecode(b"v\xe0n " + kind) for kind in (b"b\n.txt", b"a.pdf", b"c.png")]
    for path, data in zip(paths, (b"words", typed_pdf(), encoded(drawn_page(()), "PNG")), strict=True):
        path.write_bytes(data)
    assert [reading.error for reading in read_files(paths, settings)] == [None, None, None]


def test_few_files_are_held_at_a_time(store: Store, settings: Settings) -> None:
    """The list of files may be endless; results come in its order while it is still being read."""
    asked: list[int] = []

    def endless() -> Iterator[Path]:
        number = 0
        while True:
            asked.append(number)
            yield store(f"{number}.txt", f"words {number}".encode())
            number += 1

    run = read_files(endless(), replace(settings, jobs=2))
    for number in range(12):
        reading = next(run)
        assert reading.document is not None
        assert reading.document.name == f"{number}.txt"
        assert len(asked) <= number + 1 + reader._AHEAD_FILES
    run.close()


def test_a_slow_page_stops_no_worker(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the first file takes its time, the other worker goes on with later files; results keep their order."""
    done: list[str] = []
    later = threading.Event()
    original = reader.Worker.call

    def call(self: pool.Worker, request: reader.Request, seconds: float) -> reader.Reply:
        name = unpack_path(request.path).name
        if name == "0.txt":
            assert later.wait(30)
        reply = original(self, request, seconds)
        done.append(name)
        if len(done) == 20:
            later.set()
        return reply

    monkeypatch.setattr(reader.Worker, "call", call)
    paths = [store(f"{number}.txt", f"words {number}".encode()) for number in range(30)]
    readings = list(read_files(paths, replace(settings, jobs=2)))
    assert [reading.path for reading in readings] == paths
    assert [reading.error for reading in readings] == [None] * 30


def test_what_is_read_ahead_is_bounded(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words held behind a file that is not done are counted: no further file is begun above the bound."""
    monkeypatch.setattr(reader, "_AHEAD_WORDS", 50)
    begun: set[str] = set()
    waited = threading.Event()
    original = reader.Worker.call

    def call(self: pool.Worker, request: reader.Request, seconds: float) -> reader.Reply:
        name = unpack_path(request.path).name
        begun.add(name)
        if name == "0.txt":
            waited.wait(1.5)
        return original(self, request, seconds)

    monkeypatch.setattr(reader.Worker, "call", call)
    paths = [store(f"{number}.txt", b"word " * 25) for number in range(40)]
    run = read_files(paths, replace(settings, jobs=2))
    next(run)
    assert len(begun) <= 2 + reader._QUEUED * 2 + 2
    assert len(list(run)) == 39


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_an_abandoned_run_leaves_no_process(store: Store, settings: Settings) -> None:
    """Closing the iterator, as an interrupt does, ends the workers."""
    paths = [store(f"{number}.png", encoded(drawn_page(), "PNG")) for number in range(3)]
    run = read_files([store("0.txt", b"words"), *paths], replace(settings, jobs=2))
    next(run)
    run.close()
    deadline = time.monotonic() + 5
    while _workers() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _workers()


def _workers() -> list[str]:
    """Command lines of processes whose parent is this one and that are workers."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()[1]
            command = (folder / "cmdline").read_text("utf-8")
        except OSError:
            continue
        if parent == str(os.getpid()) and "antq_cli.reading.worker" in command:
            found.append(command)
    return found


def test_a_defect_of_antq_is_not_taken_for_a_bad_file(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no AntqError in the parent's own code reaches the caller."""

    def broken(self: pool.Worker, request: reader.Request, seconds: float) -> reader.Reply:
        raise ZeroDivisionError

    monkeypatch.setattr(reader.Worker, "call", broken)
    with pytest.raises(ZeroDivisionError):
        list(read_files([store("a.txt", b"words")], settings))


def test_without_tesseract_a_mixed_page_keeps_its_text(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words of the file stay, the page counts as unread; a page that has none still asks for the tool."""
    layers = [(Word("UBND", Box(20, 20, 40, 25), 1.0, 0),), ()]

    def call(self: pool.Worker, request: reader.Request, seconds: float) -> reader.Reply:
        if request.task == "inspect":
            return reader.Reply(inspection=Inspection("pdf", 1))
        return reader.Reply(look=Look(210.0, 297.0, layer=layers.pop(0), bare=True))

    def missing(language: str) -> object:
        raise ToolMissing("tesseract")

    monkeypatch.setattr(reader.Worker, "call", call)
    monkeypatch.setattr(reader, "require_tesseract", missing)
    mixed, bare = read_files([store("a.pdf", b"%PDF-1"), store("b.pdf", b"%PDF-2")], replace(settings, jobs=1))
    assert mixed.document is not None
    (page,) = mixed.document.pages
    assert (page.origin, [word.text for word in page.words]) == (PageOrigin.FAILED, ["UBND"])
    assert "failed:tesseract" in page.notes
    assert isinstance(bare.error, ToolMissing)
