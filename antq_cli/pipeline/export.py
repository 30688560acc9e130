"""Copies of archived documents, or of files, for people and programs outside antq."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from antq_cli.archive.archive import Archive
from antq_cli.errors import AntqError, ArchiveError, InputError, UsageError
from antq_cli.extraction import analyse
from antq_cli.model.letter import Letter
from antq_cli.model.page import Document, PageOrigin
from antq_cli.pipeline.reading import is_secret, read_letters
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
    names: Sequence[str],
    output: Path | None,
    settings: Settings,
    *,
    archival: bool,
    overwrite: bool,
    allow_secret: bool = False,
) -> Iterator[Exported]:
    """A searchable PDF of each document, in the order asked for; `output` is a folder, or a file for a single one.

    Raises UsageError (`one_output`) for one file meant for several documents.
    """
    if output is not None and len(names) > 1 and not output.is_dir():
        raise UsageError("one_output", name=str(output))
    archive = Archive.open_if_any(settings.archive)
    taken: set[Path] = set()
    try:
        for name in names:
            try:
                source, letter = _find(name, archive, settings)
                if is_secret(letter) and not allow_secret:
                    raise InputError("secret")
                document = letter.transcript.document
                target = _target(output, document, taken)
                taken.add(target)
                yield _export(name, source, document, target, settings, archival=archival, overwrite=overwrite)
            except AntqError as error:
                yield Exported(name, error=error)
    finally:
        if archive is not None:
            archive.close()


def _export(
    name: str,
    source: Path,
    document: Document,
    target: Path,
    settings: Settings,
    *,
    archival: bool,
    overwrite: bool,
) -> Exported:
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


def _find(name: str, archive: Archive | None, settings: Settings) -> tuple[Path, Letter]:
    """The bytes that a DOC of the contract or a path means, and what was read of them."""
    path = Path(name)
    if path.is_file():
        cache = archive.cache_path if archive is not None else None
        reading, letter = next(read_letters([path], replace(settings, cache=cache)))
        if letter is None:
            raise reading.error or InputError("damaged")
        return path, letter
    if archive is None:
        raise ArchiveError("missing")
    records = archive.find_document(name)
    if len(records) > 1:
        raise UsageError("ambiguous", name=name, count=len(records))
    if not records:
        raise UsageError("unknown_document", name=name)
    return archive.blob_path(records[0]), analyse(archive.document(records[0]))


def _target(output: Path | None, document: Document, taken: set[Path]) -> Path:
    """Where the copy goes; two documents of one file name get the beginning of their ids as well."""
    if output is not None and not output.is_dir():
        return output
    folder, stem = output or Path(), Path(document.name).stem
    own = folder / (stem + SUFFIX)
    return folder / f"{stem}-{document.id[:8]}{SUFFIX}" if own in taken else own
