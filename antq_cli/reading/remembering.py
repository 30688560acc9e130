"""What is kept of readings: the OCR cache of the settings, opened for the engine that this machine has."""

from __future__ import annotations

from dataclasses import replace

from antq_cli.errors import ToolMissing
from antq_cli.model.page import Document, PageOrigin
from antq_cli.reading.cache import PageCache
from antq_cli.reading.claims import UNVERIFIED
from antq_cli.reading.probe import require_tesseract
from antq_cli.reading.versions import PREPROCESSING_VERSION
from antq_cli.settings import Settings


def remember_pages(document: Document, settings: Settings) -> None:
    """Keep what OCR read of a document, so that the next reading of the same bytes is quick."""
    cache = open_cache(settings)
    if cache is None:
        return
    for page in document.pages:
        if page.origin is PageOrigin.OCR and cache.get(document.id, page.number) is None:
            # A comparison that could not be made today may be made the next time.
            notes = tuple(note for note in page.notes if note != UNVERIFIED)
            cache.put(document.id, replace(page, notes=notes, disputes=()))


def open_cache(settings: Settings, preparation: str = PREPROCESSING_VERSION) -> PageCache | None:
    """The cache for readings of this `preparation`; None when the settings name no folder."""
    folder, language = settings.cache, settings.ocr_language
    if folder is None:
        return None
    return PageCache(folder, _engine_identity(language), language, preparation)


def _engine_identity(language: str) -> str:
    try:
        return require_tesseract(language).identity(language)
    except ToolMissing:
        return "none"
