"""The paper behind the ink: its brightness from place to place, and what shines through from the back of the sheet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from antq_cli.reading.pixels import MM_PER_INCH

Gray = NDArray[np.uint8]

_SKETCH_DPI = 37.5
"""Resolution at which the paper is looked at: nothing in it is finer than a few millimetres."""
_CELL_MM = 10.8
"""Side of the squares of which each tells one brightness; larger than any letter of a letterhead."""
_BRIGHT = 85
"""Percentile of a square's pixels that is paper, whatever is printed on the rest."""
_DARKEST_PAPER = 0.35
"""Paper is never taken for darker than this share of the page's brightest: what is, is a picture or a rim."""
_INK = 0.001
"""Share of the page's pixels that are darker than the ink's level."""
_MILD = 0.10
"""Share of the range between ink and paper, next to the paper, that becomes white: noise and traces of JPEG.

More breaks thin strokes of scans at 100 dots per inch; without any, marks of the paper are read as accents.
"""
_MILD_COARSE = 0.04
"""The same below 180 dots per inch, where thin strokes are grey themselves."""
_FLAT = 0.06
"""Unevenness of the paper, as a share of its brightness, below which nothing is worth a note."""
_SAMPLE = 192
_SAMPLES = (6, 5)
"""Down and across: as many squares of `_SAMPLE` pixels are searched for what shines through."""
_NEAR_MM = 0.45
"""Grey that is farther than this from dark ink is no edge of a letter."""
_GHOST_RANGE = (0.48, 0.92)
"""Shades, 0 ink to 1 paper, in which the back of a sheet shows."""
_GHOST_DARKEST = 0.58
"""Grey that is darker than this is no back of a sheet but print: thin, blurred or faint."""
_GHOST_SHARE = 0.012
_GHOST_PLACES = 0.3
"""Share of the page, and share of the inked squares searched, that must bear such grey before it counts."""
_CLIP_MOST = 0.42
_CLIP_MOST_COARSE = 0.25
"""Most that is ever clipped; the second below 180 dots per inch, where thin strokes are grey themselves."""
_COARSE_DPI = 180.0


@dataclass(frozen=True, slots=True)
class Cleared:
    """A picture on white paper, and what was measured on the way."""

    gray: Gray
    clip: float
    """Share of the range between ink and paper that became white."""
    uneven: bool
    """The paper was shaded, folded or stained."""
    ghost: bool
    """The back of the sheet showed through."""


def cleared(gray: Gray, dpi: float, clip: float | None = None) -> Cleared:
    """The picture divided by its paper, ink drawn out to black, and what lies next to white made white.

    `clip` is the share of the range that is lost at the light end; None measures how much must go.
    """
    paper = paper_of(gray, dpi)
    light, dark = float(paper.max()), float(paper.min())
    uneven = light - dark > _FLAT * light
    step = max(1, round((gray.size / 400_000) ** 0.5))
    ratios = gray[::step, ::step] / np.maximum(_as_large(paper, gray.shape)[::step, ::step], 1).astype(np.float32)
    ink = min(float(np.quantile(ratios, _INK)), 0.9)
    least, most = (_MILD, _CLIP_MOST) if dpi >= _COARSE_DPI else (_MILD_COARSE, _CLIP_MOST_COARSE)
    chosen, ghost = (least, _ghost(gray, paper, ink, dpi)) if clip is None else (clip, None)
    if ghost is not None:
        chosen = min(max(1.0 - ghost, least), most)
    if uneven:
        levels = np.arange(256, dtype=np.float32)
        shades = np.asarray(levels[None, :] / np.maximum(levels[:, None], 1.0), dtype=np.float32)
        table = _curve(shades, ink, chosen).ravel()
        places = _as_large(paper, gray.shape).astype(np.uint16)
        places <<= 8
        places |= gray
        return Cleared(table.take(places), chosen, uneven, ghost is not None)
    level = float(np.median(paper))
    curve = _curve(np.arange(256, dtype=np.float32) / np.float32(max(level, 1.0)), ink, chosen)
    return Cleared(
        np.asarray(Image.fromarray(gray).point(curve.tolist()), dtype=np.uint8), chosen, uneven, ghost is not None
    )


def paper_of(gray: Gray, dpi: float) -> Gray:
    """Brightness of the paper, one value per square of about 1 cm, smoothed."""
    factor = max(1, round(dpi / _SKETCH_DPI))
    small = np.asarray(Image.fromarray(gray).reduce(factor), dtype=np.uint8) if factor > 1 else gray
    cell = max(4, round(_CELL_MM * dpi / factor / MM_PER_INCH))
    rows, columns = -(-small.shape[0] // cell), -(-small.shape[1] // cell)
    padded = np.pad(small, ((0, rows * cell - small.shape[0]), (0, columns * cell - small.shape[1])), mode="edge")
    blocks = padded.reshape(rows, cell, columns, cell).swapaxes(1, 2).reshape(rows, columns, cell * cell)
    place = cell * cell * _BRIGHT // 100
    bright: Gray = np.partition(blocks, place, axis=2)[:, :, place]
    smooth = np.asarray(Image.fromarray(bright).filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.BoxBlur(1)))
    return np.asarray(np.maximum(smooth, round(float(smooth.max()) * _DARKEST_PAPER)), dtype=np.uint8)


def _as_large(paper: Gray, shape: tuple[int, ...]) -> Gray:
    return np.asarray(Image.fromarray(paper).resize((shape[1], shape[0]), Image.Resampling.BILINEAR), dtype=np.uint8)


def _curve(shades: NDArray[np.float32], ink: float, clip: float) -> Gray:
    """Grey levels of brightness relative to the paper: 0 at the ink's, 255 from the clipped end of the range on."""
    light = ink + (1.0 - ink) * (1.0 - clip)
    return np.asarray(np.clip((shades - ink) * (255.0 / max(light - ink, 0.05)), 0, 255), dtype=np.uint8)


def _ghost(gray: Gray, paper: Gray, ink: float, dpi: float) -> float | None:
    """The darkest shade, 0 ink to 1 paper, of what shows through from the back; None when nothing does.

    The back is grey and blurred, and dark nowhere: grey far from dark ink, on much of the page, is it. A single grey
    place is a seal or a picture.
    """
    reach = max(1, round(_NEAR_MM * dpi / MM_PER_INCH))
    tall, wide = gray.shape
    found: list[NDArray[np.float32]] = []
    places = inked = total = 0
    for row in range(_SAMPLES[0]):
        for column in range(_SAMPLES[1]):
            top = round((tall - _SAMPLE) * (0.06 + 0.88 * row / (_SAMPLES[0] - 1)))
            left = round((wide - _SAMPLE) * (0.06 + 0.88 * column / (_SAMPLES[1] - 1)))
            if top < 0 or left < 0:
                return None
            tile = gray[top : top + _SAMPLE, left : left + _SAMPLE].astype(np.float32)
            here = paper[top * paper.shape[0] // tall, left * paper.shape[1] // wide]
            shade = (tile / max(float(here), 1.0) - ink) / (1.0 - ink)
            grey = (shade > _GHOST_RANGE[0]) & (shade < _GHOST_RANGE[1]) & ~_grown(shade <= _GHOST_RANGE[0], reach)
            share = float(grey.mean())
            total += 1
            inked += bool((shade < _GHOST_RANGE[1]).mean() > _GHOST_SHARE)
            if share > _GHOST_SHARE:
                places += 1
                found.append(shade[grey])
    if not found or places < _GHOST_PLACES * max(inked, total // 3):
        return None
    darkest = float(np.quantile(np.concatenate(found), 0.04))
    return darkest if darkest >= _GHOST_DARKEST else None


def _grown(mask: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """The mask with everything within `reach` pixels across and down."""
    grown = mask
    for axis in (0, 1):
        wider = grown.copy()
        for step in range(1, reach + 1):
            there = [slice(None), slice(None)]
            here = [slice(None), slice(None)]
            there[axis], here[axis] = slice(step, None), slice(None, -step)
            wider[tuple(there)] |= grown[tuple(here)]
            wider[tuple(here)] |= grown[tuple(there)]
        grown = wider
    return grown
