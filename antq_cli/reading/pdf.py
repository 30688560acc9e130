"""PDF: structure by pypdf, text and pixels by pdfium, decided page by page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image
from pypdf import PdfReader

from antq_cli.errors import InputError
from antq_cli.model.page import Page, PageOrigin, Word
from antq_cli.reading import layerink, overlay, structure, textlayer
from antq_cli.reading.claims import HIDDEN
from antq_cli.reading.layerink import LayerInk
from antq_cli.reading.pixels import MM_PER_INCH, Picture
from antq_cli.reading.protocol import Inspection, Look
from antq_cli.settings import Limits

MM_PER_POINT = MM_PER_INCH / 72
_RENDER_DPI = 300.0
_LEAST_DPI = 60.0
_RENDER_PIXELS = 40_000_000
_FULL_PAGE = 0.95
"""Share of the page a lone picture must cover to be the page."""
_SCAN = 0.6
"""Share of the page covered by pictures from which on the page is a scan, whatever text lies over or under it."""
_PART = 0.3
"""Share of the page covered by pictures from which on words may be somebody's reading of a picture."""
_LETTERS = 10
"""So many parts that look like letters in lines are text that the layer does not have."""
_FEW_WORDS = 40
_GLANCE = 300.0
"""Longer side, in pixels, of the drawing a stored picture is compared with."""
_ALIKE = 12.0
"""Mean distance of grey levels below which stored and drawn picture are the same."""
_ONE_PAGE_MM = (10.0, 5000.0)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a page is made of: share covered by pictures, which, what texts, how many paths."""

    covered: float
    pictures: tuple[Any, ...]
    bounds: tuple[tuple[float, float, float, float], ...]
    upright: bool
    """The lone picture is neither turned nor mirrored by its matrix."""
    texts: tuple[Any, ...]
    paths: int


def inspect(path: Path, limits: Limits) -> Inspection:
    """Pages and flags of a PDF. Raises InputError: `encrypted`, `damaged`, `no_pages`, `too_large`."""
    flags: list[str] = []
    signed: tuple[date, ...] = ()
    with opened(path) as document:
        count = len(document)
        permissions = raw.FPDF_GetSecurityHandlerRevision(document)
        if permissions >= 0:
            flags.append("restricted")
        facts = _structure(path, limits)
        if facts is None:
            flags.append("repaired")
        else:
            flags.extend(facts.flags)
            signed = facts.signed
            if facts.pages > limits.pages:
                raise InputError("too_large", limit=limits.pages)
            count = min(count, facts.pages) if facts.pages else count
        if count > limits.pages:
            raise InputError("too_large", limit=limits.pages)
        if count <= 0:
            raise InputError("no_pages")
        if "repaired" in flags and not _renders(document):
            raise InputError("damaged")
    return Inspection("pdf", count, tuple(dict.fromkeys(flags)), signed=signed)


def look(path: Path, number: int, limits: Limits) -> Look:
    """One page without OCR: its words when they are all there is, BLANK when nothing is painted on it.

    A page with text and with pictures that look like text brings the words that are to be seen, for OCR to complete.
    """
    with opened(path) as document, overlaid(document, number) as (page, signatures):
        width, height = paper(page)
        shape = _shape(page)
        if not (shape.covered or shape.texts or shape.paths):
            return Look(width, height, Page(number, width, height, (), PageOrigin.BLANK))
        if not shape.texts:
            return Look(width, height)
        ink: list[LayerInk] = []

        def drawn() -> LayerInk:
            ink.append(layerink.measure(page, shape.texts, width, height))
            return ink[0]

        layer = textlayer.read(page, width, height, limits, signatures, drawn)
        if not layer.words or layer.suspect:
            return Look(width, height, bare=not layer.suspect)
        if not ink or not _hides_text(shape, layer, ink[0]):
            return Look(width, height, Page(number, width, height, layer.words, PageOrigin.TEXT_LAYER, layer.notes))
        if shape.covered < _PART:
            return Look(width, height, layer=layer.words, notes=layer.notes, bare=True)
        # Words over the print of a scan are somebody's reading of it; those on clear paper were added to it.
        added = tuple(word for word in layer.words if not _is_reading(word, ink[0]))
        if 2 * len(added) < len(layer.words):
            return Look(width, height, bare=True)
        notes = tuple(note for note in layer.notes if note != HIDDEN or shape.covered < _SCAN)
        return Look(width, height, layer=added, notes=notes, bare=True)


def _hides_text(shape: _Shape, layer: textlayer.Layer, ink: LayerInk) -> bool:
    """True when pictures or outlines on the page look like text that the layer does not have."""
    if shape.covered >= _SCAN and len(layer.words) < _FEW_WORDS and ink.is_marked:
        return True  # a scan too faint to show letters, with a stamp of text on it
    if not shape.covered and shape.paths < _LETTERS:
        return False
    return ink.letters() >= _LETTERS


def _is_reading(word: Word, ink: LayerInk) -> bool:
    box = word.box
    return ink.is_overprinted((box.left, box.top, box.right, box.bottom))


def picture(path: Path, number: int, limits: Limits, *, bare: bool = False) -> Picture:
    """The pixels of one page: its lone full-page picture as it is stored, else the page drawn at 300 dpi.

    A `bare` page is without its text objects.
    """
    if bare:
        with opened(path) as document, overlaid(document, number) as (page, _):
            shape = _shape(page)
            layerink.hide(shape.texts)
            return _picture(page, replace(shape, texts=()), limits, ("text_layer_ignored",))
    with opened(path) as document, _page(document, number) as page:
        shape = _shape(page)
        return _picture(page, shape, limits, ("text_layer_ignored",) if shape.texts else ())


def _picture(page: pdfium.PdfPage, shape: _Shape, limits: Limits, notes: tuple[str, ...]) -> Picture:
    width, height = paper(page)
    embedded = None if shape.texts else _embedded(page, shape, width, height, limits)
    if embedded is not None:
        embedded.notes = notes
        return embedded
    return _drawn(page, shape, width, height, limits, notes)


@contextmanager
def overlaid(document: pdfium.PdfDocument, number: int) -> Iterator[tuple[pdfium.PdfPage, list[overlay.Rectangle]]]:
    """A page with its stamps and form fields made part of it, and the places of electronic signatures."""
    with _page(document, number) as page:
        signatures = overlay.draw_in(page)
    # Loaded anew: pdfium reads a page's content once.
    with _page(document, number) as page:
        yield page, signatures or []


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The document in pdfium. Raises InputError: `encrypted`, `damaged`."""
    try:
        try:
            document = pdfium.PdfDocument(str(path))
        except UnicodeEncodeError:  # a name that is no text
            document = pdfium.PdfDocument(path.read_bytes())
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        secured = code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise InputError("encrypted" if secured else _why_refused(path)) from None
    try:
        yield document
    finally:
        document.close()


@contextmanager
def _page(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    try:
        page = document[number - 1]
    except (pdfium.PdfiumError, IndexError):
        raise InputError("damaged") from None
    try:
        yield page
    finally:
        page.close()


def _why_refused(path: Path) -> str:
    """pdfium refuses a document without pages as it refuses a damaged one; pypdf tells them apart."""
    try:
        with _quiet(), path.open("rb") as stream:
            reader = PdfReader(stream, strict=False)
            if not reader.is_encrypted and structure.count_pages(reader, 1) == 0:
                return "no_pages"
    except Exception:  # noqa: BLE001 - pypdf raises anything on damaged files; pdfium has refused it already
        return "damaged"
    return "damaged"


def _structure(path: Path, limits: Limits) -> structure.Facts | None:
    """What pypdf knows; None when it cannot read the file."""
    try:
        with _quiet(), path.open("rb") as stream:
            return structure.read(PdfReader(stream, strict=False), limits.pages)
    except (MemoryError, InputError):
        raise
    except Exception:  # noqa: BLE001 - pypdf leaves most exceptions to its callers; pdfium may still read the file
        return None


@contextmanager
def _quiet() -> Iterator[None]:
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _renders(document: pdfium.PdfDocument) -> bool:
    try:
        with _page(document, 1) as page:
            width, height = page.get_size()
            page.render(scale=min(0.5, 2000 / max(width, height, 1)))
    except (pdfium.PdfiumError, ValueError, InputError):
        return False
    return True


def paper(page: pdfium.PdfPage) -> tuple[float, float]:
    """Width and height in mm as a reader sees the page, its /Rotate and its crop box obeyed."""
    low, high = _ONE_PAGE_MM
    width, height = (min(max(side * MM_PER_POINT, low), high) for side in page.get_size())
    return round(width, 2), round(height, 2)


def _shape(page: pdfium.PdfPage) -> _Shape:
    left, bottom, right, top = page.get_bbox()
    area = max((right - left) * (top - bottom), 1.0)
    pictures, bounds, texts, paths, covered, upright = [], [], [], 0, 0.0, True
    for kind, item, matrix in textlayer.objects(page):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, e, f = matrix
            xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
            box = (max(min(xs), left), max(min(ys), bottom), min(max(xs), right), min(max(ys), top))
            upright = a > 0 and d > 0 and abs(b) < 0.01 * a and abs(c) < 0.01 * d
            if box[2] > box[0] and box[3] > box[1]:
                covered += (box[2] - box[0]) * (box[3] - box[1]) / area
                pictures.append(item)
                bounds.append((min(xs), min(ys), max(xs), max(ys)))
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            texts.append(item)
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING):
            paths += 1
    return _Shape(min(covered, 1.0), tuple(pictures), tuple(bounds), upright, tuple(texts), paths)


def _embedded(page: pdfium.PdfPage, shape: _Shape, width: float, height: float, limits: Limits) -> Picture | None:
    """The lone full-page picture as it is stored; None when the page would look otherwise when drawn."""
    if len(shape.pictures) != 1 or shape.covered < _FULL_PAGE or not shape.upright or shape.paths:
        return None
    if overlay.are_stamped(page):
        return None
    box = shape.bounds[0]
    left, bottom, right, top = page.get_bbox()
    slack = 0.02 * max(right - left, top - bottom)
    if box[0] < left - slack or box[1] < bottom - slack or box[2] > right + slack or box[3] > top + slack:
        return None  # cropped: a reader of the page does not see all of the picture
    image = shape.pictures[0]
    across, down = image.get_px_size()
    if not 0 < across * down <= limits.page_pixels:
        return None
    try:
        stored = image.get_bitmap(render=False).to_pil()
        # A palette has 8 bits a pixel and colours all the same; pdfium gives it as RGB.
        is_grey = stored.mode in ("1", "L") or image.get_metadata().bits_per_pixel == 1
        found = stored.convert("L" if is_grey else "RGB")
    except (pdfium.PdfiumError, ValueError, KeyError):
        return None
    drawn = page.render(scale=_GLANCE / max(page.get_size()), rotation=-page.get_rotation() % 360, grayscale=True)
    if found.size != (across, down) or not _look_alike(found, drawn.to_pil()):
        return None  # a mask, an inverted or unusual colour space, or something drawn over it
    paper = (box[2] - box[0], box[3] - box[1])
    turn = page.get_rotation()
    upright = found.rotate(-turn, expand=True) if turn else found
    if turn in (90, 270):
        paper = (paper[1], paper[0])
    inches = (paper[0] / 72, paper[1] / 72)
    return Picture(upright, (upright.width / inches[0], upright.height / inches[1]), width, height)


def _look_alike(stored: Image.Image, drawn: Image.Image) -> bool:
    small = stored.convert("L").resize((48, 64), Image.Resampling.BOX)
    other = drawn.convert("L").resize((48, 64), Image.Resampling.BOX)
    distance = np.abs(np.asarray(small, dtype=np.int16) - np.asarray(other, dtype=np.int16))
    return float(distance.mean()) < _ALIKE


def _drawn(
    page: pdfium.PdfPage, shape: _Shape, width: float, height: float, limits: Limits, notes: tuple[str, ...]
) -> Picture:
    """The page drawn by pdfium: a scan at the scan's own resolution, everything else at 300 dpi."""
    dpi = _RENDER_DPI
    size: tuple[int, int] | None = None
    if len(shape.pictures) == 1 and shape.covered >= _FULL_PAGE:
        # Pixel for pixel: resampling harms bilevel scans more than anything else does.
        across, down = shape.pictures[0].get_px_size()
        box = shape.bounds[0]
        left, bottom, right, top = page.get_bbox()
        scale = (across / (box[2] - box[0]), down / (box[3] - box[1]))
        size = (round((right - left) * scale[0]), round((top - bottom) * scale[1]))
        if page.get_rotation() in (90, 270):
            size = (size[1], size[0])
        dpi = size[0] / width * MM_PER_INCH
    most = min(limits.page_pixels, _RENDER_PIXELS)
    if size is None or size[0] * size[1] > most or not 90 <= dpi <= 650:
        inches = (width / MM_PER_INCH, height / MM_PER_INCH)
        fitting = (most / (inches[0] * inches[1])) ** 0.5
        dpi = min(_RENDER_DPI, fitting)
        if dpi < _RENDER_DPI:
            notes = (*notes, "dpi_clamped")
        if dpi < _LEAST_DPI:
            raise InputError("too_large", limit=limits.page_pixels)
        size = (max(1, round(inches[0] * dpi)), max(1, round(inches[1] * dpi)))
    bitmap = pdfium.PdfBitmap.new_native(*size, format=raw.FPDFBitmap_BGR, rev_byteorder=True)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
    flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER | raw.FPDF_RENDER_LIMITEDIMAGECACHE
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *size, 0, flags)
    image = Image.frombuffer("RGB", size, bytes(bitmap.buffer), "raw", "RGB", bitmap.stride, 1)
    bitmap.close()
    exact = (size[0] / width * MM_PER_INCH, size[1] / height * MM_PER_INCH)
    return Picture(image, exact, width, height, notes)
