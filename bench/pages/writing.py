"""Letters as files: one PDF each, every page one picture as a scanner would put it there, and the truth beside them."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from fpdf import FPDF
from PIL import Image

from bench.pages.damage import Profile, damage, moved, settled
from bench.pages.invent import Invented
from bench.pages.reading_order import PageText, read_pages
from bench.pages.words import table
from samples.generator.compose import compose
from samples.generator.expected import expected
from samples.generator.items import PAGE_HEIGHT, PAGE_WIDTH, Page
from samples.generator.pdf import MADE
from samples.generator.raster import draw_pages


def profiles() -> dict[str, Profile]:
    """All degradations by name."""
    return table("profiles")


def write_letters(
    invented: Iterable[Invented],
    folder: Path,
    seed: int,
    names: Sequence[str] | None = None,
    most_pages: int | None = None,
) -> int:
    """Writes the letters and `truth.jsonl`; profiles take turns, from `names` or all. Returns the number of pages.

    Stops before the letter that would go beyond `most_pages`. The same arguments give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen = list(names or profiles())
    total = 0
    rows = []
    for index, each in enumerate(invented):
        name = chosen[(index + seed) % len(chosen)]
        pages = compose(each.letter)
        if most_pages is not None and total + len(pages) > most_pages:
            break
        total += len(pages)
        _write_pdf(folder / each.letter.file, each, pages, name, seed)
        rows.append(json.dumps(truth(each, pages, name), ensure_ascii=False))
    (folder / "truth.jsonl").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8", newline="\n")
    return total


def truth(each: Invented, pages: tuple[Page, ...], profile: str) -> dict[str, Any]:
    """One line of `truth.jsonl`: the keys of `samples/expected.jsonl`, and what only measuring needs."""
    texts = read_pages(each.letter, pages)
    row = expected(each.letter)
    for block in (row, *row["signatures"]):
        block["signer"] = without_rank(block["signer"])
    return {
        **row,
        "profile": profile,
        "office": each.office,
        "deadlines": [{"date": day, "text": words} for day, words in each.deadlines],
        "pages": [asdict(page) for page in texts],
    }


def without_rank(name: str | None) -> str | None:
    """The name alone: police print the rank before it, and a name is what a signer is found by."""
    ranks = {
        rank
        for office in table("offices")["offices"]
        for key in ("ranks", "ranks_left")
        for rank in office.get(key, ())
    }
    for rank in ranks - {""}:
        if name is not None and name.startswith(rank + " "):
            return name.removeprefix(rank + " ")
    return name


def pages_of(row: dict[str, Any]) -> list[PageText]:
    """The pages' texts out of a line of `truth.jsonl`."""
    return [PageText(tuple(page["lines"]), tuple(tuple(order) for order in page["orders"])) for page in row["pages"]]


def _write_pdf(path: Path, each: Invented, pages: tuple[Page, ...], name: str, seed: int) -> None:
    profile = profiles()[name]
    rng = np.random.default_rng([seed, each.letter.seed, zlib.crc32(name.encode())])
    chosen = [settled(profile, rng) for _ in pages]
    laid = [moved(page, own, rng) for page, own in zip(pages, chosen, strict=True)]
    drawn = draw_pages(laid, profile["dpi"], each.letter.seed)
    pictures = [
        damage(picture, drawn[(number + 1) % len(drawn)], laid[number], chosen[number], rng)
        for number, picture in enumerate(drawn)
    ]
    if profile["colours"] == "bilevel":
        _write_bilevel(path, pictures, (profile["dpi"], profile.get("lines", profile["dpi"])))
    else:
        _write_jpegs(path, pictures, profile["quality"])


def _write_bilevel(path: Path, pictures: Sequence[Image.Image], dpi: tuple[int, int]) -> None:
    """Pages compressed as a fax does (CCITT group 4)."""
    first, *others = pictures
    moment = MADE.timetuple()
    first.save(path, "PDF", save_all=True, append_images=others, dpi=dpi, creationDate=moment, modDate=moment)


def _write_jpegs(path: Path, pictures: Sequence[Image.Image], quality: int) -> None:
    pdf = FPDF(unit="mm", format="A4")
    pdf.set_creation_date(MADE)
    pdf.set_margin(0)
    pdf.set_auto_page_break(False)
    for picture in pictures:
        is_wide = picture.width > picture.height
        pdf.add_page(orientation="L" if is_wide else "P")
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=quality, optimize=True)
        stream.seek(0)
        sides = (PAGE_HEIGHT, PAGE_WIDTH) if is_wide else (PAGE_WIDTH, PAGE_HEIGHT)
        pdf.image(stream, 0, 0, *sides)
    path.write_bytes(bytes(pdf.output()))
