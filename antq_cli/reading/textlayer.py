"""The text layer of a PDF page: words with boxes from pdfium's characters, and whether they can be believed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from antq_cli.errors import InputError
from antq_cli.model.page import Box, Word
from antq_cli.reading import legacy, sanity
from antq_cli.reading.layerink import LayerInk
from antq_cli.reading.overlay import Rectangle
from antq_cli.settings import Limits
from antq_cli.vietnamese.legacy import Encoding, encoding_of_font
from antq_cli.vietnamese.text import clean

_DEPTH = 6
_OBJECTS = 200_000
_CHARACTERS = 400_000
"""No page of a letter holds more; a page that does is read as a picture."""
_UNITS = 100
"""Device units per millimetre when pdfium maps page space to the paper."""
_HYPHENS = (0x02, 0xFFFE, 0xFFFF)
"""What pdfium gives for a hyphen at a line's end."""
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FEW_WORDS = 3
_TINY_MM = 0.55
"""Letters whose font is less high are specks: 1.5 points."""
_LEAST_HIDDEN = 1
_FONT_NAME = 256

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Layer:
    """Visible words in the order of the file. `suspect`: the characters are not what the page shows."""

    words: tuple[Word, ...]
    suspect: bool
    notes: tuple[str, ...]


def objects(page: pdfium.PdfPage) -> Iterator[tuple[int, pdfium.PdfObject, Matrix]]:
    """Kind, object and matrix to page space of everything painted, forms entered down to a depth."""
    left = _OBJECTS
    waiting = [(page.get_objects(max_depth=1), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)]
    while waiting:
        listed, outer, depth = waiting.pop()
        for item in listed:
            left -= 1
            if left < 0:
                raise InputError("too_complex")
            matrix = _times(item.get_matrix().get(), outer)
            if item.type == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                waiting.append((page.get_objects(form=item, max_depth=1), matrix, depth + 1))
            else:
                yield item.type, item, matrix


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    m, n, o, p, q, r = outer
    return (a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r)


@dataclass(frozen=True, slots=True)
class Style:
    """What one text object tells of its characters."""

    painted: bool
    """False for render mode 3 (neither filled nor stroked), as OCR layers use it, and for mere clipping."""
    encoding: Encoding | None
    """The old encoding that its font is known for."""
    embedded: bool
    """False when the drawing shows another font, in which letters may be missing."""


@dataclass(slots=True)
class _Run:
    """Characters of one word while it grows; box in mm: left, top, right, bottom."""

    text: list[str]
    box: list[float]
    encoding: Encoding | None = None


@dataclass(frozen=True, slots=True)
class _Characters:
    """The characters of a page in the order of the file; boxes in mm, n by 4, left, top, right, bottom."""

    codes: list[int]
    styles: list[Style]
    boxes: NDArray[np.float64]
    unmapped: int


def read(
    page: pdfium.PdfPage,
    width: float,
    height: float,
    limits: Limits,
    signatures: Sequence[Rectangle] = (),
    ink: Callable[[], LayerInk] | None = None,
) -> Layer:
    """The words of a page that is `width` by `height` mm, without those in the boxes of electronic signatures.

    `ink` draws the page, when there are characters at all; without it, characters are only known to be hidden when
    the file says so. Raises InputError("too_complex").
    """
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > min(_CHARACTERS, limits.text_characters):
            raise InputError("too_complex")
        if count <= 0:
            return Layer((), suspect=False, notes=())
        found = _characters(text.raw, count, placement(page, width, height))
    finally:
        text.close()
    seen = _seen(found, width, height, None if ink is None else ink())
    lines = _lines(found, seen)
    place = placement(page, width, height)
    signed = _signature_runs(lines, [_placed(place, rectangle) for rectangle in signatures])
    encodings: list[str] = []
    words: list[Word] = []
    for number, line in enumerate(lines):
        kept = [run for run in line if id(run) not in signed]
        for run in kept:
            box = Box(*run.box)
            plain, told = legacy.decoded("".join(run.text), run.encoding)
            encodings += told
            words.extend(Word(part, box, 1.0, number) for part in plain.split())
    # Cleaning comes last: a soft hyphen, which it drops, is the ư of TCVN3.
    repaired, told = legacy.repaired_words(words)
    words = [replace(word, text=part) for word in repaired for part in clean(word.text).split()]
    hidden = sum(1 for index, shown in enumerate(seen) if not shown and _is_word_part(found.codes[index]))
    notes = (
        *(("hidden_text",) if hidden >= _LEAST_HIDDEN else ()),
        *(("signature_box",) if signed else ()),
        *dict.fromkeys((*encodings, *told)),
    )
    suspect = found.unmapped > 0.1 * count or sanity.is_garbled([word.text for word in words])
    return Layer(tuple(words), suspect, notes)


def _signature_runs(lines: list[list[_Run]], signatures: Sequence[Box]) -> set[int]:
    """Words that tell who signed and when. A few words alone stay: signing programs also set the number that way."""
    found: set[int] = set()
    for place in signatures:
        inside = [
            id(run)
            for line in lines
            for run in line
            if place.left <= (run.box[0] + run.box[2]) / 2 <= place.right
            and place.top <= (run.box[1] + run.box[3]) / 2 <= place.bottom
        ]
        if len(inside) > _FEW_WORDS:
            found.update(inside)
    return found


def _characters(text: Any, count: int, place: Matrix) -> _Characters:
    """All characters with their places; 0 parts words, 10 parts lines."""
    codes: list[int] = []
    styles: list[Style] = []
    points: list[tuple[float, float, float, float]] = []
    known: dict[int, Style] = {}
    unmapped = 0
    blank = Style(painted=True, encoding=None, embedded=True)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        style, box = blank, (0.0, 0.0, 0.0, 0.0)
        if code in (0x0A, 0x0D):
            code = 10
        elif (code <= 0x20 and code not in _HYPHENS) or code in (0xA0, 0x3000) or 0x2000 <= code <= 0x200A:
            unmapped += code == 0
            code = 0
        else:
            if raw.FPDFText_HasUnicodeMapError(text, index) == 1 and code not in _HYPHENS:
                unmapped += 1
            if not raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
                continue
            style = _style(text, index, known)
            box = (left.value, bottom.value, right.value, top.value)
            code = _character(code, style, box)
        codes.append(code)
        styles.append(style)
        points.append(box)
    return _Characters(codes, styles, _boxes(points, place), unmapped)


def _character(code: int, style: Style, box: tuple[float, float, float, float]) -> int:
    """The character's code point; a hyphen, which pdfium hides at the end of a line, may be a letter of TCVN3."""
    if code in _HYPHENS:
        is_letter = style.encoding in (Encoding.TCVN3, Encoding.TCVN3_CAPITALS) and box[3] - box[1] > 2.5
        return 0xAD if is_letter else 0x2D
    return 0xFFFD if 0xD800 <= code <= 0xDFFF else code


def _style(text: Any, index: int, known: dict[int, Style]) -> Style:
    item = raw.FPDFText_GetTextObject(text, index)
    key = ctypes.cast(item, ctypes.c_void_p).value or 0 if item else 0
    if key not in known:
        painted = not item or raw.FPDFTextObj_GetTextRenderMode(item) not in _INVISIBLE
        font = raw.FPDFTextObj_GetFont(item) if item else None
        name, embedded = "", True
        if font:
            buffer = ctypes.create_string_buffer(_FONT_NAME)
            length = raw.FPDFFont_GetBaseFontName(font, buffer, _FONT_NAME)
            name = buffer.raw[: max(0, min(length, _FONT_NAME) - 1)].decode("utf-8", "replace")
            embedded = raw.FPDFFont_GetIsEmbedded(font) != 0
        known[key] = Style(painted, encoding_of_font(name), embedded)
    style = known[key]
    return style if raw.FPDFText_GetFontSize(text, index) > 0 else replace(style, painted=False)


def _seen(found: _Characters, width: float, height: float, ink: LayerInk | None) -> list[bool]:
    """Which characters a reader of the page sees."""
    boxes = found.boxes
    if not len(boxes):
        return []
    inside = (boxes[:, 2] >= 0) & (boxes[:, 3] >= 0) & (boxes[:, 0] <= width) & (boxes[:, 1] <= height)
    seen = inside & np.array([style.painted for style in found.styles])
    solid = np.array([_is_word_part(code) for code in found.codes])
    extent = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    tiny = solid & (extent > 0) & (extent < _TINY_MM)
    seen &= ~tiny
    if ink is None:
        return [bool(one) for one in seen]
    # The drawing of a font that the file lacks may lack letters; its figures and plain letters are there.
    sure = np.array([style.embedded or code < 0x80 for style, code in zip(found.styles, found.codes, strict=True)])
    extended = (boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1])
    judged = seen & sure & extended & np.array([code > 0x20 for code in found.codes])
    shown = ink.shows(boxes[judged], solid[judged])
    seen[judged] = shown
    return [bool(one) for one in seen]


def _is_word_part(code: int) -> bool:
    return code > 0x20 and chr(code).isalnum()


def _lines(found: _Characters, seen: Sequence[bool]) -> list[list[_Run]]:
    """Lines of words, of the characters that are seen."""
    lines: list[list[_Run]] = [[]]
    run: _Run | None = None
    for index, code in enumerate(found.codes):
        if code == 10:
            run = None
            if lines[-1]:
                lines.append([])
            continue
        if code == 0:
            run = None
            continue
        if not seen[index]:
            continue
        box, encoding = [float(edge) for edge in found.boxes[index]], found.styles[index].encoding
        if run is not None and run.encoding is encoding and _continues(run, box):
            run.text.append(chr(code))
            run.box = [
                min(run.box[0], box[0]),
                min(run.box[1], box[1]),
                max(run.box[2], box[2]),
                max(run.box[3], box[3]),
            ]
        else:
            run = _Run([chr(code)], box, encoding)
            lines[-1].append(run)
    return [line for line in lines if line]


def _continues(run: _Run, box: list[float]) -> bool:
    """False when a gap parts two characters though the file has no space between them, as in tables."""
    if box[2] <= box[0] and box[3] <= box[1]:
        return True  # a combining mark without extent
    size = max(run.box[3] - run.box[1], box[3] - box[1], 1.4)
    across = max(box[0] - run.box[2], run.box[0] - box[2])
    down = max(box[1] - run.box[3], run.box[1] - box[3])
    return across < 0.9 * size + 0.7 and down < 0.9 * size + 0.7


def placement(page: pdfium.PdfPage, width: float, height: float) -> Matrix:
    """Page space to millimetres of the upright page: /Rotate and the crop box are pdfium's to know."""
    size = (round(width * _UNITS), round(height * _UNITS))
    x, y = ctypes.c_int(), ctypes.c_int()

    def point(across: float, up: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, across, up, x, y)
        return x.value / _UNITS, y.value / _UNITS

    far = 1000.0
    (e, f), (a, b), (c, d) = point(0, 0), point(far, 0), point(0, far)
    return ((a - e) / far, (b - f) / far, (c - e) / far, (d - f) / far, e, f)


def _boxes(points: list[tuple[float, float, float, float]], place: Matrix) -> NDArray[np.float64]:
    """Boxes in mm from boxes in page points."""
    a, b, c, d, e, f = place
    corners = np.array(points, dtype=np.float64).reshape(len(points), 4)
    x1, y1, x2, y2 = corners.T
    across = np.stack([a * x1 + c * y1 + e, a * x2 + c * y2 + e])
    down = np.stack([b * x1 + d * y1 + f, b * x2 + d * y2 + f])
    return np.stack([across.min(axis=0), down.min(axis=0), across.max(axis=0), down.max(axis=0)], axis=1).round(2)


def _placed(place: Matrix, rectangle: Rectangle) -> Box:
    return Box(*(float(edge) for edge in _boxes([rectangle], place)[0]))
