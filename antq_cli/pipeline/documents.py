"""One document, archived or read from a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from antq_cli.answers.unread import unread_called
from antq_cli.archive.archive import Archive
from antq_cli.archive.folder import is_archive
from antq_cli.archive.records import Record, StoredLetter
from antq_cli.errors import InputError
from antq_cli.model.letter import Letter
from antq_cli.model.page import Document
from antq_cli.pipeline.reading import read_letters
from antq_cli.reading.sniff import EXTENSIONS
from antq_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Shown:
    """What `show` tells of: a letter with its name, pages and, when it is archived, its record."""

    id: str
    name: str
    pages: int
    letter: Letter | StoredLetter
    record: Record | None
    resolved: tuple[Record | None, ...]
    """The archived document each citation means, in the order of the citations; None when none or several agree."""
    source: Path | None = None
    document: Document | None = None
    """The file and its pages, when it was read just now; those of an archived document are in the archive."""


def find_shown(name: str, settings: Settings) -> tuple[Shown, ...]:
    """The documents that a DOC of the contract or a path means; several when it is not unique, none when unknown.

    Raises InputError or ToolMissing for a file that cannot be read, ArchiveError for an archive that cannot be opened.
    """
    path = Path(name)
    is_file = path.is_file()
    if not is_file and path.suffix.lower() in EXTENSIONS and not is_archive(settings.archive):
        raise InputError("missing")
    archive = Archive.open_if_any(settings.archive) if is_file else Archive.open(settings.archive)
    try:
        if is_file:
            return (_from_file(path, settings, archive),)
        if archive is None:
            return ()
        return tuple(_from_archive(record, archive) for record in archive.find_document(name))
    finally:
        if archive is not None:
            archive.close()


def find_unread(name: str, settings: Settings) -> tuple[Record, ...]:
    """The archived documents whose number could not be read and that may be the one of this number and symbol."""
    archive = Archive.open_if_any(settings.archive)
    if archive is None:
        return ()
    with archive:
        return unread_called(name, archive)


def _from_archive(record: Record, archive: Archive) -> Shown:
    letter = archive.letter(record)
    return Shown(record.id, record.name, record.pages, letter, record, _resolve(letter, archive, record.id))


def _from_file(path: Path, settings: Settings, archive: Archive | None) -> Shown:
    cache = archive.cache_path if archive is not None else None
    reading, letter = next(read_letters([path], replace(settings, cache=cache)))
    if letter is None:
        raise reading.error or InputError("damaged")
    document = letter.transcript.document
    record = next(iter(archive.find_by_id(document.id)), None) if archive is not None else None
    resolved = _resolve(letter, archive, document.id)
    return Shown(document.id, document.name, len(document.pages), letter, record, resolved, path, document)


def _resolve(letter: Letter | StoredLetter, archive: Archive | None, own: str) -> tuple[Record | None, ...]:
    if archive is None:
        return tuple(None for _ in letter.citations)
    resolved: list[Record | None] = []
    for citation in letter.citations:
        records = [record for record in archive.find(citation.reference) if record.id != own]
        resolved.append(records[0] if len(records) == 1 else None)
    return tuple(resolved)
