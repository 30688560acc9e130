"""The one place where troubles of the disk and of SQLite become the archive's own."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from antq_cli.archive.lock import holder
from antq_cli.errors import ArchiveError

_FULL = {errno.ENOSPC, errno.EFBIG} | {getattr(errno, name) for name in ("EDQUOT",) if hasattr(errno, name)}
_DAMAGED = {errno.EIO, errno.EISDIR, errno.ENOTDIR, errno.ENOENT, errno.ELOOP}
_SQLITE_REASONS = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "denied",
    sqlite3.SQLITE_PERM: "denied",
    sqlite3.SQLITE_CANTOPEN: "denied",
    sqlite3.SQLITE_AUTH: "denied",
}


@contextmanager
def archive_faults(path: Path) -> Iterator[None]:
    """Turn OSError and sqlite3.Error into ArchiveError of this archive.

    Reasons: full, denied, locked (with host, user, since, pid), damaged. Misuse of sqlite3 by antq itself stays what it
    is: a defect.
    """
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.NotSupportedError):
        raise
    except sqlite3.Error as error:
        raise _fault(path, _SQLITE_REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "damaged")) from error
    except OSError as error:
        raise _fault(path, os_reason(error)) from error


def os_reason(error: OSError) -> str:
    """The reason word for a trouble of the disk."""
    if error.errno in _FULL:
        return "full"
    return "damaged" if error.errno in _DAMAGED else "denied"


def _fault(path: Path, reason: str) -> ArchiveError:
    return ArchiveError(reason, **(holder(path) if reason == "locked" else {"path": str(path)}))
