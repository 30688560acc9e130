"""What each step of the preparation is worth: pages read raw, cleaned, and with one step left out at a time.

    python -m bench.ocr_ablation [--pages 16] [--seed 207] [--write docs/ocr.md]

The pages are those of `bench.pages`, every profile in turn, last pages and first pages by turns. Each picture is read
by Tesseract once a variant; signature blocks and lists are not read again, so the figures are those of the first
reading and not of antq as a whole (`bench.ocr_quality` measures that). Pages that lie turned are turned by their
profile in every variant. The last rows compare two readings of each page and the ways to choose between them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import numpy as np

from antq_cli.reading import attempts, background, deskew, pdf, spots
from antq_cli.reading.evidence import evidence
from antq_cli.reading.ocr import Seen, TesseractEngine
from antq_cli.reading.pixels import Picture
from antq_cli.reading.prepare import Prepared, flatten, prepare, rotated, straightened, without_background
from antq_cli.settings import Limits
from bench.ocr_quality import Sums, compare
from bench.pages import PageText, letters, pages_of, profiles, write_letters

BEGIN, END = "<!-- ablation: begin -->", "<!-- ablation: end -->"
_SECONDS = 300.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=16)
    parser.add_argument("--seed", type=int, default=207)
    parser.add_argument("--write", type=Path, help="put the table between the marks of this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        rows = measure(folder, options.pages, options.seed)
    head = ["variant", "CER", "without marks", "WER", "CPU s/page"]
    lines = [head, *([name, *cells] for name, cells in rows)]
    table = "\n".join(
        _row(cells) + ("\n|---|---:|---:|---:|---:|" if number == 0 else "") for number, cells in enumerate(lines)
    )
    told = f"`python -m bench.ocr_ablation --pages {options.pages} --seed {options.seed}`"
    print(table)
    if options.write is not None:
        text = options.write.read_text("utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        options.write.write_text(f"{before}{BEGIN}\n{told}\n\n{table}\n{END}{after}", "utf-8", newline="\n")
    return 0


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def measure(folder: Path, count: int, seed: int) -> list[tuple[str, list[str]]]:
    """Name and figures of each variant."""
    engine = TesseractEngine("vie", folder)
    sums: dict[str, Sums] = {}
    spent: dict[str, float] = {}
    done = 0
    for path, number, truth, turn in _pages(folder / "letters", count, seed):
        done += 1
        read: dict[str, attempts.Reading] = {}
        known: dict[bytes, tuple[list[Seen], float]] = {}
        for name, make in VARIANTS.items():
            started = _cpu()
            page = make(pdf.picture(path, number, Limits()), turn)
            spent[name] = spent.get(name, 0.0) + _cpu() - started
            # A step that the page does not ask for leaves the picture as it was: it is read once.
            picture = hashlib.sha256(page.gray.tobytes()).digest()
            if picture not in known:
                started = _cpu()
                seen = engine.words(page.gray, page.dpi, _SECONDS)
                known[picture] = (seen, _cpu() - started)
            read[name] = attempts.Reading(page, known[picture][0])
            spent[name] += known[picture][1]
        scores = {name: compare(truth, _text(reading.seen)) for name, reading in read.items()}
        both = ["prepared", "clipped"]
        for rule, best in _choices({name: read[name] for name in both}, scores).items():
            scores[rule] = scores[best]
            spent[rule] = sum(spent[name] for name in both)
        for name, score in scores.items():
            sums.setdefault(name, Sums()).add(score)
    figures = ("CER", "bare", "WER")
    return [
        (name, [f"{total.share(figure):.2f}" for figure in figures] + [f"{spent[name] / done:.2f}"])
        for name, total in sums.items()
    ]


def _choices(read: dict[str, attempts.Reading], scores: dict[str, Sums]) -> dict[str, str]:
    """Which of the readings each rule takes."""
    rules: dict[str, dict[str, float]] = {
        "two readings: the surer": {name: each.confidence for name, each in read.items()},
        "two readings: more language": {name: evidence(each.seen) for name, each in read.items()},
        "two readings: both together (antq's)": {name: each.worth for name, each in read.items()},
        "two readings: the truly better one": {name: -scores[name].wrong["CER"] for name in read},
    }
    return {rule: max(values, key=values.__getitem__) for rule, values in rules.items()}


def _pages(folder: Path, count: int, seed: int) -> Iterator[tuple[Path, int, PageText, int]]:
    names = list(profiles())
    write_letters(letters(count, seed, pen=0.3), folder, seed, names)
    for index, line in enumerate((folder / "truth.jsonl").read_text("utf-8").splitlines()):
        row = json.loads(line)
        texts = pages_of(row)
        number = len(texts) if index % 2 else 1
        turn = -int(profiles()[row["profile"]].get("turn", 0)) % 360
        yield folder / row["file"], number, texts[number - 1], turn


def _text(seen: list[Seen]) -> str:
    return " ".join(word.text for word in seen)


def _cpu() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _upright(page: Prepared, turn: int) -> Prepared:
    return straightened(rotated(page, turn)) if turn in (90, 270) else rotated(page, turn) if turn else page


def _raw(picture: Picture, turn: int) -> Prepared:
    """Grey pixels as they are stored."""
    gray = np.asarray(flatten(picture.image).convert("L"), dtype=np.uint8)
    page = Prepared(gray, picture.dpi[0], picture.width, picture.height, False, False, None, ())
    return rotated(page, turn) if turn else page


def _prepared(picture: Picture, turn: int) -> Prepared:
    return _upright(prepare(picture), turn)


def _clipped(picture: Picture, turn: int) -> Prepared:
    return without_background(_prepared(picture, turn))


def _without(*steps: tuple[object, str, object]) -> Callable[[Picture, int], Prepared]:
    """The preparation with steps put out of action."""

    def make(picture: Picture, turn: int) -> Prepared:
        with ExitStack() as stack:
            for module, name, instead in steps:
                stack.enter_context(mock.patch.object(module, name, instead))
            return _prepared(picture, turn)

    return make


def _as_is(gray: background.Gray, dpi: float, clip: float | None = None) -> background.Cleared:
    return background.Cleared(gray, 0.0, uneven=False, ghost=False)


VARIANTS: dict[str, Callable[[Picture, int], Prepared]] = {
    "raw": _raw,
    "prepared": _prepared,
    "clipped": _clipped,
    "prepared, paper left as it is": _without((background, "cleared", _as_is)),
    "prepared, shine-through left": _without((background, "_ghost", lambda *_: None)),
    "prepared, specks left": _without((spots, "without_specks", lambda gray, *_, **__: (gray, ""))),
    "prepared, streaks left": _without((spots, "without_streaks", lambda gray, _: (gray, False))),
    "prepared, lines left slanting": _without((deskew, "turn_needed", lambda *_, **__: 0.0)),
}

if __name__ == "__main__":
    sys.exit(main())
