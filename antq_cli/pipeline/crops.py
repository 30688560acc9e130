"""Pictures of what could not be read, for a person to look at: one for each unreadable field that was seen."""

from __future__ import annotations

from functools import reduce
from pathlib import Path

from antq_cli.archive.archive import Archive
from antq_cli.errors import InputError, UsageError
from antq_cli.model.letter import Field, State
from antq_cli.model.page import Box, Document, PageOrigin
from antq_cli.pipeline.documents import Shown
from antq_cli.reading.crop import crop
from antq_cli.reading.pool import Worker
from antq_cli.settings import Settings

_PICTURED = ("pdf", "tiff", "jpeg", "png")


def write_crops(shown: Shown, folder: Path, settings: Settings) -> dict[str, Path]:
    """Writes `<id8>-<field>.png` for each unreadable field with evidence and returns the files by field name.

    Text and office files have no picture and give none. A file of that name is written over: the same document gives
    the same picture. Raises UsageError (`target_refused`), and what opening the original may raise.
    """
    source, document = _paper(shown, settings)
    wanted = {
        name: place
        for name, field in shown.letter.fields.items()
        if (place := _place(field, document)) is not None and document.media in _PICTURED
    }
    written: dict[str, Path] = {}
    if not wanted:
        return written
    worker = Worker()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (number, box) in wanted.items():
            try:
                picture = crop(source, document.media, document.pages[number - 1], box, settings, worker)
            except InputError:
                continue  # what was read is told all the same; this field goes without its picture
            target = folder / f"{document.id[:8]}-{name}.png"
            target.write_bytes(picture)
            written[name] = target
    except OSError as error:
        raise UsageError("target_refused", name=str(folder), detail=error.strerror or "") from None
    finally:
        worker.close()
    return written


def _paper(shown: Shown, settings: Settings) -> tuple[Path, Document]:
    """The original and its pages as they were read."""
    if shown.source is not None and shown.document is not None:
        return shown.source, shown.document
    if shown.record is None:
        raise InputError("missing")
    with Archive.open(settings.archive) as archive:
        return archive.blob_path(shown.record), archive.document(shown.record)


def _place(field: Field[object], document: Document) -> tuple[int, Box] | None:
    """Page and box of what was seen of an unreadable field; None when nothing of it was seen on paper."""
    if field.state is not State.UNREADABLE or not field.evidence:
        return None
    number = field.evidence[0].page
    if not 1 <= number <= len(document.pages):
        return None
    if document.pages[number - 1].origin not in (PageOrigin.OCR, PageOrigin.TEXT_LAYER):
        return None
    boxes = [evidence.box for evidence in field.evidence if evidence.page == number]
    return number, reduce(Box.union, boxes)
