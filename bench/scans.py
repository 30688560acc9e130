"""Scanned PDFs for the benches of speed and memory: invented letters, drawn and aged as office scanners give them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from samples.generator import Letter, Scan, draw_letter, load_letters

KINDS: Sequence[Scan] = (
    Scan(dpi=200, colours="colour", quality=60),
    Scan(dpi=300, colours="colour", quality=75, paper=246, noise=3.0, skew=0.5),
    Scan(dpi=200, colours="grey", quality=70, paper=242, ink=40),
    Scan(dpi=300, colours="bilevel", noise=2.0, specks=40),
    Scan(dpi=300, colours="grey", quality=75, skew=-0.8, shade=12.0),
    Scan(dpi=200, colours="colour", quality=50, paper=238, noise=4.0, skew=1.1, show_through=0.08),
    Scan(dpi=200, colours="bilevel", noise=2.0),
    Scan(dpi=240, colours="colour", quality=70, blur=0.7),
)
"""What comes out of the scanners of offices, about as often; no page is blank, upside down or below 200 dpi."""
_MOST_PAGES = 3


def make_scans(folder: Path, count: int, seed: int) -> list[Path]:
    """Write `count` PDFs of 1 to 3 pages, every page a picture; the same seed gives the same files."""
    rng = random.Random(seed)
    letters = [letter for letter in load_letters() if letter.family != "plain"]
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number in range(count):
        letter = rng.choice(letters)
        kind = replace(KINDS[number % len(KINDS)], skew=KINDS[number % len(KINDS)].skew * rng.uniform(0.5, 1.2))
        path = folder / f"{number + 1:03}-{kind.colours}-{kind.dpi}.pdf"
        write_scan(path, _pages(letter, kind, rng.randrange(1 << 30)), kind)
        written.append(path)
    return written


def write_scan(path: Path, pages: Sequence[Image.Image], kind: Scan) -> None:
    """Pages as one PDF: JPEG for grey and colour, CCITT group 4 for bilevel."""
    first, *others = pages
    packing = {} if first.mode == "1" else {"quality": kind.quality}
    first.save(path, "PDF", resolution=kind.dpi, save_all=True, append_images=others, **packing)


def _pages(letter: Letter, kind: Scan, seed: int) -> list[Image.Image]:
    return draw_letter(letter, scan=kind, seed=seed)[:_MOST_PAGES]
