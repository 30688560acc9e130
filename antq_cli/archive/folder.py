"""The folder of an archive: its layout number and the places in it."""

from __future__ import annotations

import os
from pathlib import Path

from antq_cli.archive.disk import make_private, write_whole
from antq_cli.errors import ArchiveError

FORMAT = 1
CATALOGUE = "catalogue.sqlite"
BLOBS = "blobs"
FULLTEXT = "fulltext"
CACHE = "cache"
TEMPORARY = "tmp"
_PLACES = (BLOBS, FULLTEXT, CACHE, TEMPORARY)
_FORMAT_FILE = "format"


def is_archive(path: Path) -> bool:
    return (path / _FORMAT_FILE).exists()


def check_format(path: Path) -> int:
    """The layout number. Raises ArchiveError: missing, newer (found, known), damaged."""
    try:
        written = (path / _FORMAT_FILE).read_bytes()[:20]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ArchiveError("missing", path=str(path)) from error
    try:
        found = int(written)
    except ValueError as error:
        raise ArchiveError("damaged", path=str(path)) from error
    if found > FORMAT:
        raise ArchiveError("newer", path=str(path), found=found, known=FORMAT)
    if found < 1 or not (path / CATALOGUE).is_file():
        raise ArchiveError("damaged", path=str(path))
    return found


def make_root(path: Path) -> None:
    """The archive's folder. One that holds nothing but its README becomes private, another keeps its permissions."""
    if not path.exists():
        make_private(path)
    elif os.name != "nt" and all(entry.name == "README.md" for entry in path.iterdir()):
        path.chmod(0o700)


def check_free(path: Path) -> None:
    """A folder may become an archive unless somebody's own files lie where antq would clean up.

    Raises ArchiveError("occupied") with the name of the place. A catalogue without its format is an archive that was
    being made.
    """
    if (path / CATALOGUE).exists():
        return
    for name in _PLACES:
        place = path / name
        if place.is_symlink() or (place.exists() and not place.is_dir()) or (place.is_dir() and any(place.iterdir())):
            raise ArchiveError("occupied", path=str(path), name=name)


def make_places(path: Path) -> None:
    for name in _PLACES:
        make_private(path / name)


def write_format(path: Path) -> None:
    """The last step of making an archive: from now on it is one."""
    write_whole(path / _FORMAT_FILE, f"{FORMAT}\n".encode())
