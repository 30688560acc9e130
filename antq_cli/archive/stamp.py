"""The note beside an index: what it stands for and which files it consists of, each with its SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from antq_cli.archive.disk import digest, sweep
from antq_cli.archive.text_index import INDEX_SCHEMA, IndexUnusable, Mark
from antq_cli.codec import decode

STAMP = "stamp.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the index is and which files it consists of."""

    schema: int
    name: str
    """Whoosh's name of the index: another one after each rebuild, so that old and new can lie side by side."""
    mark: Mark
    files: dict[str, str]
    """File name and SHA-256."""


def read_stamp(folder: Path) -> Stamp:
    """Raises IndexUnusable when there is none, it is damaged, or it is of another schema."""
    try:
        stamp = decode((folder / STAMP).read_bytes(), Stamp)
    except (FileNotFoundError, ValueError) as error:
        raise IndexUnusable(str(error)) from error
    if stamp.schema != INDEX_SCHEMA:
        raise IndexUnusable("schema")
    if not stamp.name.isalnum() or any(Path(name).name != name for name in stamp.files):
        raise IndexUnusable("names")
    return stamp


def verify(folder: Path, stamp: Stamp) -> None:
    """Compare each file with the stamp. Raises IndexUnusable at the first difference."""
    for name, expected in stamp.files.items():
        try:
            found = digest(folder / name)
        except FileNotFoundError as error:
            raise IndexUnusable(name) from error
        if found != expected:
            raise IndexUnusable(name)


def remove_strangers(folder: Path, stamp: Stamp | None) -> None:
    """Remove everything the stamp does not list. On Windows a file that a reader has open stays until next time."""
    known = {STAMP, *stamp.files} if stamp else {STAMP}
    for path in folder.iterdir():
        if path.name in known:
            continue
        if path.is_dir() and not path.is_symlink():
            sweep(path)
            path.rmdir()
        else:
            try:
                path.unlink()
            except PermissionError:
                continue
