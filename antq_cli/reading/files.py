"""Which files a person means: walks folders, refuses what is no regular file, never opens a pipe or a device."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from antq_cli.errors import InputError
from antq_cli.reading.sniff import EXTENSIONS

_LITTER = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "$recycle.bin", "system volume information"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, or (with `error`) one that will not be read."""

    path: Path
    error: InputError | None = None
    is_foreign: bool = False
    """A file of another kind met in a folder (a spreadsheet, an archive): nobody asked for it, so it is no failure."""


def find_files(paths: Iterable[Path]) -> Iterator[Found]:
    """All documents under `paths`: those named in their order, the content of folders sorted by name.

    A file named explicitly is tried whatever its extension, so that a letter without one can be read; in a folder an
    unknown extension is `unsupported`. Hidden files and litter of the operating system are left out. Symbolic links
    inside folders are `not_regular`: a link may lead out of the tree or in a circle. A file reached twice comes once.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        try:
            status = path.stat()  # a link that a person names is followed: they named it
        except OSError as error:
            yield Found(path, _error(error))
            continue
        except ValueError:  # a NUL in the name
            yield Found(path, InputError("missing"))
            continue
        if stat.S_ISDIR(status.st_mode):
            yield from _walk(path, seen)
        else:
            yield from _file(path, status, seen)


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Found]:
    if folder.suffix.lower() in EXTENSIONS:
        yield Found(folder, InputError("not_regular"))
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            with os.scandir(current) as listing:
                entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield Found(current, _error(error))
            continue
        folders: list[Path] = []
        for entry in entries:
            if entry.name.startswith((".", "~$")) or _is_litter(entry.name.lower()):
                continue
            path = current / entry.name
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError as error:
                yield Found(path, _error(error))
                continue
            if stat.S_ISDIR(status.st_mode):
                if path.suffix.lower() in EXTENSIONS:
                    yield Found(path, InputError("not_regular"))
                folders.append(path)
            elif not stat.S_ISREG(status.st_mode):
                yield Found(path, InputError("not_regular"))
            elif path.suffix.lower() not in EXTENSIONS:
                yield Found(path, InputError("unsupported"), is_foreign=True)
            else:
                # On Windows scandir leaves the inode out.
                yield from _file(path, status if status.st_ino else path.lstat(), seen)
        waiting.extend(reversed(folders))


def _is_litter(name: str) -> bool:
    """Files of the operating system, and notes about a folder, are no letters."""
    return name in _LITTER or name == "readme" or name.startswith("readme.")


def _file(path: Path, status: os.stat_result, seen: set[tuple[int, int]]) -> Iterator[Found]:
    if not stat.S_ISREG(status.st_mode):
        yield Found(path, InputError("not_regular"))
        return
    place = (status.st_dev, status.st_ino)
    if status.st_ino and status.st_nlink == 1:
        if place in seen:
            return
        seen.add(place)
    yield Found(path)


def _error(error: OSError) -> InputError:
    if isinstance(error, PermissionError):
        return InputError("denied")
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return InputError("missing")
    return InputError("not_regular")  # a circle of links, a name too long, a device that fails
