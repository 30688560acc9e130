"""Worker processes under a watchdog, and the threads that own them."""

from __future__ import annotations

import contextlib
import heapq
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import BinaryIO, Self, cast

import antq_cli
from antq_cli.errors import InputError
from antq_cli.reading.protocol import Reply, Request, receive, send

_TEMP_PREFIX = "antq-worker-"
_START_SECONDS = 90.0
_ENVIRONMENT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TESSDATA_PREFIX",
    "LD_LIBRARY_PATH",
    "SYSTEMROOT",
    "WINDIR",
    "PROGRAMFILES",
    "PROGRAMFILES(X86)",
    "LOCALAPPDATA",
    "COMSPEC",
    "PATHEXT",
)
"""All that a worker inherits."""


class Worker:
    """One process, started on its first task and again after its death. Not thread-safe: one thread owns it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._temp: Path | None = None

    def call(self, request: Request, seconds: float) -> Reply:
        """The worker's reply. Raises InputError: `timeout` when it was stopped, `too_complex` when it died."""
        process = self._process or self._start()
        return self._watched(process, seconds, request)

    def _watched(self, process: subprocess.Popen[bytes], seconds: float, request: Request | None) -> Reply:
        """Send the request, if any, and wait for the answer. A worker that does not answer in time is replaced."""
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            kill_tree(process)

        watchdog = threading.Timer(seconds, stop)
        watchdog.daemon = True
        watchdog.start()
        reply: Reply | None = None
        try:
            if request is not None:
                send(cast(BinaryIO, process.stdin), request)
            reply = receive(cast(BinaryIO, process.stdout), Reply)
        except (OSError, ValueError):
            reply = None  # it died, or it spoke nonsense: both end it
        finally:
            watchdog.cancel()
            if reply is None or stopped.is_set():
                self.close()
        if reply is not None:
            return reply
        raise InputError("timeout" if stopped.is_set() else "too_complex")

    def interrupt(self) -> None:
        """Kill the process, from any thread; the thread that owns the worker cleans up."""
        process = self._process
        if process is not None:
            kill_tree(process)

    def close(self) -> None:
        """End the process and all it started, and remove its temporary files."""
        process, self._process = self._process, None
        if process is not None:
            kill_tree(process)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            process.wait()
        temp, self._temp = self._temp, None
        if temp is not None:
            shutil.rmtree(temp, ignore_errors=True)

    def _start(self) -> subprocess.Popen[bytes]:
        self._temp = Path(tempfile.mkdtemp(prefix=f"{_TEMP_PREFIX}{os.getpid()}-"))  # 0700
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "antq_cli.reading.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._temp,
            env=_environment(self._temp),
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        # It answers once when it is up, so that a slow start does not count against the limits of the first file.
        self._watched(self._process, _START_SECONDS, None)
        return self._process


def _environment(temp: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k.upper() in _ENVIRONMENT or k.startswith("COVERAGE_")}
    return kept | {
        "PYTHONPATH": str(Path(antq_cli.__file__).resolve().parent.parent),
        "PYTHONUTF8": "1",
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ANTQ_WORKER_TEMP": str(temp),
        "TMPDIR": str(temp),
        "TEMP": str(temp),
        "TMP": str(temp),
    }


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """The worker and its Tesseract. On POSIX they share a session, on Windows the process tree is named."""
    if process.poll() is not None and sys.platform == "win32":
        return
    if sys.platform == "win32":
        taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        subprocess.run([str(taskkill), "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def sweep() -> None:
    """Remove what workers of dead parents left in the temporary folder (POSIX; Windows keeps the folder private)."""
    if sys.platform == "win32":
        return
    for left in Path(tempfile.gettempdir()).glob(f"{_TEMP_PREFIX}*"):
        number = left.name.removeprefix(_TEMP_PREFIX).split("-")[0]
        with contextlib.suppress(OSError):
            if number.isdigit() and left.lstat().st_uid == os.getuid() and not _is_alive(int(number)):
                shutil.rmtree(left, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


Task = Callable[[Worker], None]


class Pool:
    """`jobs` threads, each with a worker. Tasks of lower priority numbers run first."""

    def __init__(self, jobs: int) -> None:
        self._tasks: list[tuple[tuple[int, int], int, Task]] = []
        self._order = count()
        self._changed = threading.Condition()
        self._closed = False
        self._workers = [Worker() for _ in range(max(1, jobs))]
        self._threads = [
            threading.Thread(target=self._serve, args=(worker,), name="antq-reader", daemon=True)
            for worker in self._workers
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Drop what waits, stop what runs."""
        with self._changed:
            self._closed = True
            self._tasks.clear()
            self._changed.notify_all()
        while any(thread.is_alive() for thread in self._threads):
            for worker in self._workers:
                worker.interrupt()
            for thread in self._threads:
                thread.join(0.05)

    def submit(self, priority: tuple[int, int], task: Task) -> None:
        """Run `task` with a worker. The task must not raise: it has no one to raise to."""
        with self._changed:
            if not self._closed:
                heapq.heappush(self._tasks, (priority, next(self._order), task))
                self._changed.notify()

    def _serve(self, worker: Worker) -> None:
        try:
            while True:
                with self._changed:
                    while not self._tasks and not self._closed:
                        self._changed.wait()
                    if self._closed:
                        return
                    task = heapq.heappop(self._tasks)[2]
                task(worker)
        finally:
            worker.close()
