"""The folder of the Whoosh index: what its stamp lists, and nothing else, is read.

Whoosh 2.7.4 keeps pickles in its files and never asks whether they are its own. Three bars stand before them:

1. `stamp.json` lists each file with its SHA-256; before an index is opened each is compared.
2. The storage shows Whoosh only the listed files, so a planted newer table of contents is not even seen.
3. Pickles are read by an unpickler that knows only the few harmless names an index needs: whoever
   can write into the folder can also forge a stamp.

The stamp is replaced by one move after all files of a commit are there, and old files go only after that: a reader, or
a process that was killed, always finds one whole index.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping, MutableSequence
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from whoosh import columns
from whoosh.codec import whoosh3
from whoosh.filedb import structfile
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from antq_cli.archive.disk import create_private, digest, make_private, sweep, write_whole
from antq_cli.archive.stamp import STAMP, Stamp, remove_strangers
from antq_cli.archive.text_index import INDEX_SCHEMA, IndexUnusable, Mark
from antq_cli.codec import encode

_HARMLESS = {
    ("whoosh.codec.whoosh3", "W3Codec"),
    ("whoosh.codec.whoosh3", "W3Segment"),
    ("builtins", "set"),
    ("builtins", "int"),
    ("collections", "defaultdict"),
    ("array", "array"),
    ("array", "_array_reconstructor"),
}


def _latin1(text: str, _encoding: str) -> bytes:
    """How pickles of protocol 2 hold bytes."""
    return text.encode("latin-1")


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        # Protocol 2 writes the names of Python 2.
        if (module, name) == ("_codecs", "encode"):
            return _latin1
        plain = {"__builtin__": "builtins"}.get(module, module)
        if (plain, name) not in _HARMLESS:
            raise IndexUnusable(f"the index names {module}.{name}")
        return super().find_class(plain, name)


def _load(file: IO[bytes]) -> Any:
    return _Unpickler(file).load()


def _loads(data: bytes) -> Any:
    return _load(BytesIO(data))


# The three places where Whoosh reads pickles of an index whose schema is given to it.
structfile.load_pickle = _load
whoosh3.loads = _loads
columns.loads = _loads


class StampedStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's view of the folder: the files of one stamp and those written since."""

    def __init__(self, folder: Path, files: Mapping[str, str]) -> None:
        super().__init__(str(folder))
        self._root = folder
        self._old = dict(files)
        self._visible = set(files)
        self._opened: MutableSequence[StructFile] = []

    def list(self) -> list[str]:
        return sorted(self._visible)

    def file_exists(self, name: str) -> bool:
        return name in self._visible

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **options: Any) -> StructFile:
        path = self._root / name
        path.unlink(missing_ok=True)
        self._visible.add(name)
        return StructFile(os.fdopen(create_private(path), mode), name=name, **options)

    def open_file(self, name: str, **options: Any) -> StructFile:
        if name not in self._visible:
            raise FileNotFoundError(name)
        file = super().open_file(name, **options)
        self._opened.append(file)
        return file

    def close_files(self) -> None:
        """Close what Whoosh leaves open when it fails in the middle of opening."""
        for file in self._opened:
            if not file.is_closed:
                file.close()
        self._opened.clear()

    def delete_file(self, name: str) -> None:
        self._visible.discard(name)
        if name not in self._old:
            super().delete_file(name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        (self._root / oldname).replace(self._root / newname)
        self._visible.discard(oldname)
        self._visible.add(newname)

    def lock(self, name: str) -> _NoLock:
        return _NoLock()

    def temp_storage(self, name: str | None = None) -> StampedStorage:
        folder = self._root / (name or "runs.tmp")
        make_private(folder)
        sweep(folder)
        return StampedStorage(folder, {})

    def stamp(self, name: str, mark: Mark) -> Stamp:
        """Make what is visible now the index, and remove what it no longer needs."""
        files = {file: self._old.get(file) or digest(self._root / file) for file in self.list()}
        stamp = Stamp(INDEX_SCHEMA, name, mark, files)
        write_whole(self._root / STAMP, encode(stamp))
        self._old = files
        remove_strangers(self._root, stamp)
        return stamp


class _NoLock:
    """The archive's own write lock is held whenever an index is written."""

    def acquire(self, blocking: bool = False) -> bool:
        return True

    def release(self) -> None:
        return
