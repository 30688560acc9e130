"""The OCR engine: one call a reading gives words, boxes, lines and confidences."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytesseract
from PIL import Image
from pytesseract import TesseractError, TesseractNotFoundError

from antq_cli.errors import InputError, ToolMissing
from antq_cli.reading.prepare import Gray
from antq_cli.reading.probe import tesseract_program
from antq_cli.vietnamese.text import clean

_COLUMNS = 12
_LEVEL_WORD = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """A word as the engine saw it: box in pixels `left, top, right, bottom`, confidence 0..100, number of its line."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    line: int


class OcrEngine(Protocol):
    """What reads pixels: Tesseract as a program, Tesseract as a library (`ocr_library`), a recording for tests."""

    def words(self, gray: Gray, dpi: float, seconds: float, psm: int = 3) -> list[Seen]:
        """The words of a picture, black on white. Raises InputError("timeout"), ToolMissing.

        `psm` says what the picture is, in Tesseract's numbers: 3 a page, 6 one block of lines, 7 one line, 11 scraps.
        """

    def turn(self, gray: Gray, dpi: float, seconds: float) -> int | None:
        """Degrees counter-clockwise that make the page upright; None when the engine cannot tell."""


@dataclass(frozen=True, slots=True)
class TesseractEngine:
    """Tesseract through pytesseract; pictures go over as uncompressed files in a private folder."""

    language: str
    folder: Path

    def words(self, gray: Gray, dpi: float, seconds: float, psm: int = 3) -> list[Seen]:
        config = f"--psm {psm} --dpi {round(dpi)}"
        with _handed_over(gray, self.folder) as name:
            try:
                table = pytesseract.image_to_data(name, lang=self.language, config=config, timeout=max(seconds, 0.1))
            except (TesseractNotFoundError, TesseractError, RuntimeError) as error:
                raise _typed(error, self.language) from None
        return parse_table(str(table))

    def turn(self, gray: Gray, dpi: float, seconds: float) -> int | None:
        with _handed_over(gray, self.folder) as name:
            try:
                told = pytesseract.image_to_osd(
                    name, config=f"--dpi {round(dpi)}", timeout=max(seconds, 0.1), output_type=pytesseract.Output.DICT
                )
            except TesseractNotFoundError as error:
                raise _typed(error, "osd") from None
            except (TesseractError, RuntimeError, KeyError, ValueError):
                return None  # too few characters, no osd data, or no time left
        # Tesseract tells the page's clockwise turn ("rotate") that makes it upright.
        return -int(told.get("rotate", 0)) % 360


def parse_table(table: str) -> list[Seen]:
    """The words in Tesseract's TSV. Raises InputError("damaged") when it is none."""
    lines = table.splitlines()
    if not lines or not lines[0].startswith("level\t"):
        raise InputError("damaged", detail="tsv")
    return parse_rows(lines[1:])


def parse_rows(rows: Iterable[str]) -> list[Seen]:
    """The words in the rows of such a table, without its head."""
    found: list[Seen] = []
    numbers: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = row.split("\t", _COLUMNS - 1)
        if len(cells) < _COLUMNS or cells[0] != str(_LEVEL_WORD):
            continue
        text = clean(cells[11]).strip()
        left, top, width, height = (int(cell) for cell in cells[6:10])
        confidence = float(cells[10])
        if not text or confidence < 0 or width <= 0 or height <= 0:
            continue
        line = numbers.setdefault(tuple(cells[1:5]), len(numbers))
        box = (left, top, left + width, top + height)
        # A look-alike of white space inside a word would break the rule that words hold none.
        found.extend(Seen(part, box, min(confidence, 100.0), line) for part in text.split())
    return found


@contextmanager
def _handed_over(gray: Gray, folder: Path) -> Iterator[str]:
    """The path of an uncompressed picture that is gone afterwards."""
    use_program()
    # BMP, for Tesseract takes it in one piece; it reads PGM byte by byte, a twentieth of a page's time.
    handle, name = tempfile.mkstemp(dir=folder, suffix=".bmp")  # 0600
    try:
        with os.fdopen(handle, "wb") as stream:
            Image.fromarray(gray).save(stream, format="BMP")
        yield name
    finally:
        Path(name).unlink(missing_ok=True)


def _typed(error: Exception, language: str) -> InputError | ToolMissing:
    if isinstance(error, TesseractNotFoundError):
        return ToolMissing("tesseract")
    text = str(error)
    if isinstance(error, TesseractError):
        if "traineddata" in text or "loading language" in text.lower():
            return ToolMissing("language", language=language)
        return InputError("damaged", detail="tesseract")
    if "timeout" in text.lower():
        return InputError("timeout")
    return InputError("damaged", detail="tesseract")


def use_program() -> None:
    """Point pytesseract to the program found by `probe`. Raises ToolMissing("tesseract")."""
    program = tesseract_program()
    if program is None:
        raise ToolMissing("tesseract")
    pytesseract.pytesseract.tesseract_cmd = str(program)
