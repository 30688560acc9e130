"""One writer at a time: an operating system lock, which dies with its process, and a note of who holds it.

Readers never take it. The note is for people only; whether the lock is held, the operating system says.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
import time
import weakref
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from antq_cli.errors import ArchiveError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = "lock"
_POLL_SECONDS = 0.1
# Windows locks bytes and refuses to read them: lock one far behind the note.
_LOCKED_BYTE = 0x7FFF_0000


class WriteLock:
    """The right to write into one archive, held until `release` or the end of the process."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        return self._descriptor is not None

    def acquire(self, wait: float = 0.0) -> None:
        """Take the lock, waiting at most this many seconds.

        Raises ArchiveError("locked") with host, user, since and pid of the holder, and OSError when the lock file
        cannot be opened.
        """
        if self.held:
            return
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        deadline = time.monotonic() + wait
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                os.close(descriptor)
                raise ArchiveError("locked", **holder(self._path.parent))
            time.sleep(_POLL_SECONDS)
        self._descriptor = descriptor
        _held.add(self)
        note = json.dumps(
            {
                "pid": os.getpid(),
                "host": socket.gethostname(),
                "user": _user(),
                "since": datetime.now(UTC).isoformat(timespec="seconds"),
            }
        ).encode()
        os.ftruncate(descriptor, 0)
        os.write(descriptor, note)

    def release(self) -> None:
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        try:
            os.ftruncate(descriptor, 0)
        finally:
            _unlock(descriptor)
            os.close(descriptor)

    def __enter__(self) -> WriteLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def holder(folder: Path) -> dict[str, str | int]:
    """Who wrote the note in an archive's lock: path, host, user, since, pid; `?` for what it does not say."""
    try:
        note = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        note = {}
    known = note if isinstance(note, dict) else {}
    return {"path": str(folder), **{key: str(known.get(key, "?"))[:100] for key in ("host", "user", "since", "pid")}}


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _unlock(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


_held: weakref.WeakSet[WriteLock] = weakref.WeakSet()


def _drop_in_child() -> None:
    # A forked child shares the lock: left open there, it would outlive a killed parent.
    for lock in list(_held):
        if lock._descriptor is not None:
            os.close(lock._descriptor)
            lock._descriptor = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_drop_in_child)
