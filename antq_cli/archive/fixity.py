"""Is everything still as it was written? Looks, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from antq_cli.archive.catalogue import Catalogue
from antq_cli.archive.disk import blob_path, digest
from antq_cli.archive.records import Problem
from antq_cli.archive.upkeep import index_state
from antq_cli.errors import ArchiveError


def problems(folder: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Damage of the catalogue, originals gone or changed, files nobody archived, an index that is not whole."""
    if any(catalogue.damage()):
        yield Problem("catalogue", "catalogue.sqlite")
    known: set[Path] = set()
    for seq in catalogue.all_seqs():
        try:
            record = catalogue.by_seq([seq])[seq]
        except ArchiveError:
            yield Problem("catalogue", "catalogue.sqlite", seq)
            continue
        path = blob_path(folder / "blobs", record.id)
        known.add(path)
        try:
            catalogue.letter(seq)
            catalogue.document(seq)
            catalogue.texts(seq)
        except ArchiveError:
            yield Problem("catalogue", "catalogue.sqlite", seq)
        try:
            changed = digest(path) != record.id
        except OSError:
            yield Problem("missing", path.relative_to(folder).as_posix(), seq)
            continue
        if changed:
            yield Problem("changed", path.relative_to(folder).as_posix(), seq)
    for path in sorted((folder / "blobs").rglob("*")):
        if not path.is_dir() and path not in known:
            yield Problem("untracked", path.relative_to(folder).as_posix())
    if index_state(folder / "fulltext", catalogue) == "damaged":
        yield Problem("index", "fulltext")
