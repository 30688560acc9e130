"""Opening a file without being led astray: no pipe blocks, no link is followed unseen, no change goes unnoticed."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from antq_cli.errors import InputError

_CHUNK = 1 << 20
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


def fingerprint(path: Path, most: int) -> tuple[Path, os.stat_result, str]:
    """The file's absolute place, its state and the SHA-256 of its bytes. Never blocks on a pipe. Raises InputError."""
    try:
        # A link that a person named is resolved once, here; the place it leads to must be a regular file.
        target = path.resolve(strict=True) if path.is_symlink() else path.absolute()
        if not stat.S_ISREG(target.lstat().st_mode):
            raise InputError("not_regular")
        handle = os.open(target, _FLAGS)
    except FileNotFoundError:
        raise InputError("missing") from None
    except PermissionError:
        raise InputError("denied") from None
    except (OSError, ValueError, RuntimeError):
        raise InputError("not_regular") from None
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise InputError("not_regular")
        if status.st_size > most:
            raise InputError("too_large", size=status.st_size, limit=most)
        if status.st_size == 0:
            raise InputError("empty")
        digest, length = hashlib.sha256(), 0
        try:
            while chunk := stream.read(_CHUNK):
                length += len(chunk)
                if length > most:
                    raise InputError("changed")
                digest.update(chunk)
        except OSError:
            raise InputError("damaged") from None
    if length != status.st_size:
        raise InputError("changed")
    return target, status, digest.hexdigest()


def has_changed(target: Path, before: os.stat_result) -> bool:
    """True when the file is gone, or its size or time of change is another."""
    try:
        now = target.lstat()
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns)
