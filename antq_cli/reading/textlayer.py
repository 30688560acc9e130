"""The text layer of a PDF page: words with boxes from pdfium's characters, and whether they can be believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from antq_cli.errors import InputError
from antq_cli.model.page import Box, Word
from antq_cli.reading import legacy, sanity
from antq_cli.reading.characters import Characters, Matrix, boxes_of, characters, placement
from antq_cli.reading.layerink import LayerInk
from antq_cli.reading.overlay import Rectangle
from antq_cli.settings import Limits
from antq_cli.vietnamese.legacy import Encoding
from antq_cli.vietnamese.text import clean

_DEPTH = 6
_OBJECTS = 200_000
_CHARACTERS = 400_000
"""No page of a letter holds more; a page that does is read as a picture."""
_FEW_WORDS = 3
_TINY_MM = 0.55
"""Letters whose font is less high are specks: 1.5 points."""
_LEAST_HIDDEN = 1


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


@dataclass(slots=True)
class _Run:
    """Characters of one word while it grows; box in mm: left, top, right, bottom."""

    text: list[str]
    box: list[float]
    encoding: Encoding | None = None


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
        found = characters(text.raw, count, placement(page, width, height))
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


def _seen(found: Characters, width: float, height: float, ink: LayerInk | None) -> list[bool]:
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


def _lines(found: Characters, seen: Sequence[bool]) -> list[list[_Run]]:
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


def _placed(place: Matrix, rectangle: Rectangle) -> Box:
    return Box(*(float(edge) for edge in boxes_of([rectangle], place)[0]))
