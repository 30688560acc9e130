"""Tesseract inside the worker, through tesserocr: no process to start and no picture to write for each reading.

tesserocr is optional (the extra `fast`) and brings a Tesseract of its own; the language data are the system's.
"""

from __future__ import annotations

import importlib
import time
from functools import cache
from pathlib import Path
from typing import Any

from antq_cli.errors import InputError, ToolMissing
from antq_cli.reading.ocr import Seen, parse_rows
from antq_cli.reading.prepare import Gray

_OSD = "osd"


class LibraryEngine:
    """An engine that keeps its languages loaded. One thread uses it; nothing of one picture is left for the next."""

    def __init__(self, language: str, data: Path) -> None:
        """`data` is the folder of `*.traineddata`. Raises ToolMissing("tesseract") without tesserocr."""
        try:
            self._library: Any = importlib.import_module("tesserocr")
        except ImportError:
            raise ToolMissing("tesseract") from None
        self._language = language
        self._data = data
        self._loaded: dict[str, Any] = {}

    def words(self, gray: Gray, dpi: float, seconds: float, psm: int = 3) -> list[Seen]:
        began = time.monotonic()
        reader = self._given(self._language, gray, dpi, psm)
        try:
            # Layout analysis does not look at the time; the worker's watchdog ends a page that is stuck there.
            if not reader.Recognize(max(1, round(seconds * 1000))):
                raise InputError("timeout" if time.monotonic() - began >= seconds else "damaged", detail="tesserocr")
            table = reader.GetTSVText(0)
        finally:
            _forget(reader)
        return parse_rows(str(table).splitlines())

    def turn(self, gray: Gray, dpi: float, seconds: float) -> int | None:
        try:
            reader = self._given(_OSD, gray, dpi, int(self._library.PSM.OSD_ONLY))
        except ToolMissing:
            return None
        try:
            told = reader.DetectOrientationScript()
        except RuntimeError:
            return None
        finally:
            _forget(reader)
        # None: too few characters to tell.
        return int(told["orient_deg"]) % 360 if told else None

    def _given(self, language: str, gray: Gray, dpi: float, psm: int) -> Any:
        reader = self._loaded.get(language)
        if reader is None:
            try:
                reader = self._library.PyTessBaseAPI(path=f"{self._data}/", lang=language)
            except RuntimeError:
                raise ToolMissing("language", language=language) from None
            self._loaded[language] = reader
        reader.SetPageSegMode(psm)
        reader.SetVariable("user_defined_dpi", str(round(dpi)))
        height, width = gray.shape
        reader.SetImageBytes(gray.tobytes(), width, height, 1, width)
        return reader


def _forget(reader: Any) -> None:
    """Free the picture and what was learnt of its letters: a page must not read differently after another one."""
    reader.Clear()
    reader.ClearAdaptiveClassifier()


@cache
def library_engine(language: str, data: Path) -> LibraryEngine:
    """The engine of this process for a language."""
    return LibraryEngine(language, data)
