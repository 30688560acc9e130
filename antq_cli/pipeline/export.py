"""Copies of archived documents, or of files, for people and programs outside antq."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from antq_cli.archive.archive import Archive
from antq_cli.errors import AntqError, ArchiveError, InputError, UsageError
from antq_cli.model.page import Document, PageOrigin
from antq_cli.pipeline.reading import read_letters
from antq_cli.reading.copying import copy_searchable
from antq_cli.reading.protocol import Copied
from antq_cli.settings import Settings

SUFFIX = ".searchable.pdf"


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one document that was asked for."""

    name: str
    """As it was asked for."""
    id: str = ""
    target: Path | None = None
    copied: Copied | None = None
    digital: int = 0
    """Pages whose text was in the file already and stays as it is."""
    flags: tuple[str, ...] = ()
    error: AntqError | None = None


def export_copies(
    names: Sequence[str], output: Path | None, settings: Settings, *, archival: bool, overwrite: bool
) -> Iterator[Exported]:
    """A searchable PDF of each document, in the order asked for; `output` is a folder, or a file for a single one.

    Raises UsageError (`one_output`) for one file meant for several documents.
    """
    if output is not None and len(names) > 1 and not output.is_dir():
        raise UsageError("one_output", name=str(output))
    archive = _open(settings)
    try:
        for name in names:
            try:
                yield _export(name, output, archive, settings, archival=archival, overwrite=overwrite)
            except AntqError as error:
                yield Exported(name, error=error)
    finally:
        if archive is not None:
            archive.close()


def _export(
    name: str, output: Path | None, archive: Archive | None, settings: Settings, *, archival: bool, overwrite: bool
) -> Exported:
    source, document = _find(name, archive, settings)
    target = _target(output, document)
    if target.exists():
        if not overwrite:
            raise UsageError("target_exists", name=str(target))
        if target.samefile(source):
            raise UsageError("target_is_source", name=str(target))
    try:
        copied = copy_searchable(source, document, target, settings, archival=archival)
    except OSError as error:
        raise UsageError("target_refused", name=str(target), detail=error.strerror or "") from None
    digital = sum(page.origin is PageOrigin.TEXT_LAYER for page in document.pages)
    return Exported(name, document.id, target, copied, digital, document.flags)


def _find(name: str, archive: Archive | None, settings: Settings) -> tuple[Path, Document]:
    """The bytes and the pages that a DOC of the contract or a path means."""
    path = Path(name)
    if path.is_file():
        cache = archive.cache_path if archive is not None else None
        reading, _ = next(read_letters([path], replace(settings, cache=cache)))
        if reading.document is None:
            raise reading.error or InputError("damaged")
        return path, reading.document
    if archive is None:
        raise ArchiveError("missing")
    records = archive.find_document(name)
    if len(records) > 1:
        raise UsageError("ambiguous", name=name, count=len(records))
    if not records:
        raise UsageError("unknown_document", name=name)
    return archive.blob_path(records[0]), archive.document(records[0])


def _target(output: Path | None, document: Document) -> Path:
    own = Path(Path(document.name).stem + SUFFIX)
    if output is None:
        return own
    return output / own if output.is_dir() else output


def _open(settings: Settings) -> Archive | None:
    try:
        return Archive.open(settings.archive)
    except ArchiveError as error:
        if error.reason == "missing":
            return None
        raise
