"""Files of the archive: private to their owner, complete or not there at all, and on the disk before they count."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from pathlib import Path

from antq_cli.errors import InputError

_CHUNK = 1024 * 1024


def make_private(folder: Path) -> None:
    """A folder that only its owner may enter (0700); one that exists is left as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def create_private(path: Path) -> int:
    """A new file that only its owner may read (0600), whatever the umask; returns its descriptor."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def sync_folder(folder: Path) -> None:
    """Bring names made in a folder to the disk. Windows has no such call and keeps names with the file."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file by one move, so that a reader sees the old bytes or the new ones."""
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(create_private(half), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def blob_path(blobs: Path, identity: str) -> Path:
    """Where the original with this SHA-256 stands: blobs/ab/abcd…"""
    return blobs / identity[:2] / identity


def keep_original(source: Path, identity: str, blobs: Path, temporary: Path) -> Path:
    """Copy an original into the archive under its SHA-256, and see it on the disk.

    Raises InputError("changed") when its bytes are no longer those that were read, InputError("missing") or ("denied")
    when it cannot be read, OSError for troubles of the archive's own disk.
    """
    copy = temporary / f"{identity[:16]}-{secrets.token_hex(4)}"
    final = blob_path(blobs, identity)
    try:
        if _copy(source, copy) != identity:
            raise InputError("changed", path=str(source))
        if not final.parent.is_dir():
            make_private(final.parent)
            sync_folder(blobs)
        copy.replace(final)
        sync_folder(final.parent)
    finally:
        copy.unlink(missing_ok=True)
    return final


def _copy(source: Path, copy: Path) -> str:
    hasher = hashlib.sha256()
    try:
        reader = source.open("rb")
    except FileNotFoundError as error:
        raise InputError("missing", path=str(source)) from error
    except OSError as error:
        raise InputError("denied", path=str(source)) from error
    with reader, os.fdopen(create_private(copy), "wb") as writer:
        while True:
            try:
                chunk = reader.read(_CHUNK)
            except OSError as error:
                raise InputError("damaged", path=str(source)) from error
            if not chunk:
                break
            hasher.update(chunk)
            writer.write(chunk)
        writer.flush()
        os.fsync(writer.fileno())
    return hasher.hexdigest()


def sweep(folder: Path) -> None:
    """Remove what a killed process left in a folder of the archive's own; what cannot go stays for the next time."""
    for leftover in folder.iterdir():
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            try:
                leftover.unlink()
            except PermissionError:
                continue


def folder_bytes(folder: Path) -> int:
    """Size of all files below a folder."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(root) / name).lstat().st_size
            except FileNotFoundError:
                continue
    return total
