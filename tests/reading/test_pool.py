"""Workers that hang, die, grow or talk nonsense; the run goes on."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from antq_cli.errors import InputError
from antq_cli.reading import pool
from antq_cli.reading.pool import Pool, Worker
from antq_cli.reading.protocol import Request, pack_path
from antq_cli.settings import Limits

_ASK = Request("inspect", pack_path(Path("a.txt")), Limits())
_FAKE = """
import os, struct, subprocess, sys, time
from antq_cli.reading.protocol import Reply, send
out = sys.stdout.buffer
send(out, Reply())
sys.stdin.buffer.read(1)
{deed}
"""

DEEDS = {
    "hangs": "time.sleep(60)",
    "hangs with a child": "subprocess.Popen(['sleep', '60']); time.sleep(60)",
    "dies": "os.abort()",
    "floods": "out.write(struct.pack('>I', 2**31)); out.flush(); time.sleep(60)",
    "speaks nonsense": "out.write(struct.pack('>I', 4) + b'[1]x'); out.flush(); time.sleep(60)",
    "stops in the middle": "out.write(struct.pack('>I', 400) + b'{'); out.flush(); sys.exit(0)",
}


@pytest.fixture
def faked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Worker]:
    """A worker whose process does something else than serve."""
    original = pool.subprocess.Popen

    def make(deed: str) -> Worker:
        script = tmp_path / "fake.py"
        script.write_text(_FAKE.format(deed=deed), "utf-8")

        def start(command: list[str], **options: object) -> object:
            return original([sys.executable, str(script)], **options)

        monkeypatch.setattr(pool.subprocess, "Popen", start)
        return Worker()

    return make


@pytest.mark.skipif(sys.platform == "win32", reason="sessions and signals of POSIX")
@pytest.mark.parametrize("deed", DEEDS)
def test_a_misbehaving_worker_is_one_typed_error(faked: Callable[[str], Worker], deed: str) -> None:
    """Whatever the process does, the caller gets an InputError in time and nothing is left running."""
    worker = faked(DEEDS[deed])
    began = time.monotonic()
    with pytest.raises(InputError) as caught:
        worker.call(_ASK, 1.0)
    assert caught.value.reason == ("timeout" if deed.startswith("hangs") else "too_complex")
    assert time.monotonic() - began < 15
    assert not list(Path(tempfile.gettempdir()).glob(f"antq-worker-{os.getpid()}-*"))


def test_a_worker_is_replaced_after_its_death(tmp_path: Path) -> None:
    """The next task after a death gets a fresh process."""
    text = tmp_path / "a.txt"
    text.write_text("words", "utf-8")
    request = Request("inspect", pack_path(text), Limits())
    worker = Worker()
    try:
        assert worker.call(request, 20).inspection is not None
        worker.interrupt()
        with pytest.raises(InputError):
            worker.call(request, 20)
        assert worker.call(request, 20).inspection is not None
    finally:
        worker.close()


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux")
def test_a_worker_that_needs_too_much_memory_says_so(tmp_path: Path) -> None:
    """The limit is an answer, not the death of the run."""
    text = tmp_path / "a.txt"
    text.write_bytes(b"many words\n" * 3_000_000)
    request = Request("inspect", pack_path(text), Limits(worker_bytes=40_000_000, text_characters=10**9))
    worker = Worker()
    try:
        failure = worker.call(request, 60).failure
    finally:
        worker.close()
    assert failure is not None
    assert (failure.family, failure.reason) == ("input", "too_complex")


def test_leaving_the_pool_stops_what_runs_and_drops_what_waits(tmp_path: Path) -> None:
    """An interrupted run ends at once."""
    began: list[int] = []

    text = tmp_path / "a.txt"
    text.write_text("words", "utf-8")

    def slow(worker: Worker) -> None:
        worker.call(Request("inspect", pack_path(text), Limits()), 20)
        began.append(1)
        while True:
            try:
                worker.call(Request("inspect", pack_path(text), Limits()), 20)
            except InputError:
                return

    with Pool(1) as workers:
        workers.submit((0, 0), slow)
        workers.submit((1, 0), lambda worker: began.append(2))
        while not began:
            time.sleep(0.01)
    assert began == [1]


def test_tasks_run_in_the_order_of_their_priority() -> None:
    """Pages of earlier files come first, so that little has to be held."""
    ran: list[int] = []
    blocked = True

    def first(_: Worker) -> None:
        while blocked:
            time.sleep(0.005)

    with Pool(1) as workers:
        workers.submit((0, 0), first)
        time.sleep(0.05)
        for number in (5, 3, 4):
            workers.submit((number, 0), lambda _, number=number: ran.append(number))
        blocked = False
        while len(ran) < 3:
            time.sleep(0.005)
    assert ran == [3, 4, 5]


def test_what_dead_runs_left_is_swept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Temporary folders of dead parents go, those of the living stay."""
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    dead, living, other = (tmp_path / f"antq-worker-{n}-x" for n in ("4194999", str(os.getpid()), "none"))
    for folder in (dead, living, other):
        folder.mkdir()
    pool.sweep()
    assert {p.name for p in tmp_path.iterdir()} == {living.name, other.name}


def test_the_worker_inherits_only_what_it_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No secret of the caller's environment reaches the process that opens hostile files."""
    monkeypatch.setenv("SOME_TOKEN", "x")
    environment = pool._environment(tmp_path)
    assert "SOME_TOKEN" not in environment
    assert environment["OMP_THREAD_LIMIT"] == "1"
