"""How truly pages are read: antq and, side by side on the same files, another program that writes a sidecar text.

    python -m bench.ocr_quality [--letters 40] [--seed 7] [--pages N] [--peer ocrmypdf] [--folder DIR] [--work DIR]

Without `--folder` the letters of `bench.pages` are drawn into the work folder; a folder needs a `truth.jsonl` with
`pages` as `bench.pages` writes it. The peer is run as OCRmyPDF is: once as it comes (`-l vie --sidecar`), and with
`--peer-straightens` once more with `--rotate-pages --deskew`. What it read is kept in the work folder.

Figures, all in per cent and over all characters (words) of the pages in question, not the mean of pages:

- CER: edit distance between what was read and what is printed, divided by the printed characters. Insertions count, so
  scraps of stamps, signatures and the back of the sheet are errors. White space is collapsed, text is NFC, case kept.
- bare: the same after all marks are taken away, đ read as d: how much of CER is marks.
- WER: the same over words.
- line: CER free of order: each printed line against the stretch of the reading that is most like it. It tells letters
  read wrong from columns read in another order and from scraps elsewhere on the page.

A page's printed text has several fair orders (column by column, row by row …); each reader gets the one that suits it
best. Digits written by pen are in the printed text as digits, for everybody. Words around seals are not in it; what the
receiver's stamp says may be given or left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from antq_cli.model.page import Document, Page
from antq_cli.reading.reader import read_files
from antq_cli.settings import Settings
from bench.pages import PageText, letters, pages_of, write_letters

PEER_SECONDS = 1200
"""A file on which the peer takes longer counts as not read."""
FORM_FEED = "\f"


@dataclass
class Sums:
    """Errors and lengths of some pages for one reader."""

    pages: int = 0
    wrong: dict[str, int] = field(default_factory=dict)
    length: dict[str, int] = field(default_factory=dict)

    def add(self, other: Sums) -> None:
        self.pages += other.pages
        for name, count in other.wrong.items():
            self.wrong[name] = self.wrong.get(name, 0) + count
            self.length[name] = self.length.get(name, 0) + other.length[name]

    def share(self, name: str) -> float:
        """Per cent."""
        return 100 * self.wrong.get(name, 0) / max(1, self.length.get(name, 0))


FIGURES = ("CER", "bare", "WER", "line")


def main() -> int:
    options = _options()
    work = options.work
    folder = options.folder
    if folder is None:
        folder = work / f"letters-{options.letters}-{options.seed}-{options.pages or 'all'}"
        if not (folder / "truth.jsonl").is_file():
            drawn = write_letters(letters(options.letters, options.seed), folder, options.seed, None, options.pages)
            print(f"{drawn} pages drawn")
    rows = _rows(folder, options.pages)
    files = [folder / row["file"] for row in rows]
    readings: dict[str, list[list[str]]] = {"antq": list(read_with_antq(files, options.jobs, options.cache))}
    if options.peer:
        kept = work / "peer"
        readings["peer"] = [read_with_peer(path, options.peer, kept) for path in files]
        if options.peer_straightens:
            extra = ("--rotate-pages", "--deskew")
            readings["peer, straightened"] = [read_with_peer(path, options.peer, kept, extra) for path in files]
    scores = {name: score(rows, texts) for name, texts in readings.items()}
    print_table(scores)
    if options.worst:
        print_worst(rows, readings["antq"], options.worst)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--letters", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7, help="below 1000 while developing")
    parser.add_argument("--pages", type=int, help="at most this many pages")
    parser.add_argument("--folder", type=Path, help="letters that are there already, with truth.jsonl")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "antq-bench")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--cache", type=Path, help="folder of antq's OCR cache, to score again without reading again")
    parser.add_argument("--peer", help="program that is called as OCRmyPDF is")
    parser.add_argument("--peer-straightens", action="store_true", help="run it also with --rotate-pages --deskew")
    parser.add_argument("--worst", type=int, default=0, help="list so many of antq's worst pages")
    return parser.parse_args()


def _rows(folder: Path, most_pages: int | None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    total = 0
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        total += len(row["pages"])
        if most_pages is not None and total > most_pages:
            break
        rows.append(row)
    return rows


def read_with_antq(files: Sequence[Path], jobs: int, cache: Path | None) -> Iterator[list[str]]:
    """The text of each page of each file; a file that cannot be read has none."""
    settings = replace(Settings.load(jobs=jobs), cache=cache)
    for reading in read_files(files, settings):
        outcome = reading.outcome
        if not isinstance(outcome, Document):
            print(f"{reading.path.name}: not read: {outcome.reason}", file=sys.stderr)
        yield [page_text(page) for page in outcome.pages] if isinstance(outcome, Document) else []


def page_text(page: Page) -> str:
    """The words in the order in which they were read."""
    return " ".join(word.text for word in page.words)


def read_with_peer(path: Path, program: str, kept: Path, extra: tuple[str, ...] = ()) -> list[str]:
    """The text of each page by the peer's sidecar file, from `kept` when it is there."""
    kept.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(path.read_bytes() + " ".join((program, *extra)).encode()).hexdigest()[:32]
    sidecar = kept / f"{digest}.txt"
    if not sidecar.is_file():
        with tempfile.TemporaryDirectory() as scratch:
            fresh = Path(scratch) / "text.txt"
            call = [program, "-l", "vie", "--output-type", "pdf", "--jobs", "1", *extra, "--sidecar", str(fresh)]
            call += [str(path), str(Path(scratch) / "out.pdf")]
            environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
            done = subprocess.run(
                call, env=environment, capture_output=True, text=True, timeout=PEER_SECONDS, check=False
            )
            if done.returncode != 0 or not fresh.is_file():
                print(
                    f"{path.name}: the peer failed ({done.returncode}): {done.stderr.strip()[-200:]}", file=sys.stderr
                )
                return []
            sidecar.write_bytes(fresh.read_bytes())
    return sidecar.read_text("utf-8").split(FORM_FEED)


def score(rows: Sequence[dict[str, Any]], texts: Sequence[list[str]]) -> dict[str, Sums]:
    """Sums by profile and, under the empty name, of all."""
    sums: dict[str, Sums] = {}
    for row, pages in zip(rows, texts, strict=True):
        for number, truth in enumerate(pages_of(row)):
            page = compare(truth, pages[number] if number < len(pages) else "")
            for name in (row.get("profile", ""), ""):
                sums.setdefault(name, Sums()).add(page)
    return sums


def compare(truth: PageText, read: str) -> Sums:
    """One page. The order is chosen by CER and kept for the other figures."""
    read = tidy(read)
    printed = min((tidy(text) for text in truth.texts()), key=lambda text: Levenshtein.distance(text, read))
    bare_read, bare_printed = bare(read), bare(printed)
    lines = [tidy(line) for line in truth.lines]
    wrong = {
        "CER": Levenshtein.distance(printed, read),
        "bare": Levenshtein.distance(bare_printed, bare_read),
        "WER": Levenshtein.distance(printed.split(), read.split()),
        "line": sum(nearest(line, read) for line in lines),
    }
    length = {
        "CER": len(printed),
        "bare": len(bare_printed),
        "WER": len(printed.split()),
        "line": sum(map(len, lines)),
    }
    return Sums(1, wrong, length)


def tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def bare(text: str) -> str:
    """Without marks; case is kept."""
    apart = unicodedata.normalize("NFD", text.replace("\u0111", "d").replace("\u0110", "D"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def nearest(line: str, text: str) -> int:
    """Least edit distance between the line and any stretch of the text (Sellers' algorithm, one row a letter)."""
    if not line:
        return 0
    letters_of_text = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    places = np.arange(len(letters_of_text) + 1, dtype=np.int32)
    row = np.zeros(len(places), dtype=np.int32)
    for letter in line:
        above = row + 1
        above[1:] = np.minimum(above[1:], row[:-1] + (letters_of_text != ord(letter)))
        row = np.minimum.accumulate(above - places) + places
    return int(row.min())


def print_table(scores: dict[str, dict[str, Sums]]) -> None:
    readers = list(scores)
    names = sorted(name for name in scores[readers[0]] if name)
    print(f"{'':16}{'':>6}" + "".join(f"  {reader:^28}" for reader in readers))
    print(f"{'profile':16}{'pages':>6}" + "".join("  " + "".join(f"{name:>7}" for name in FIGURES) for _ in readers))
    for name in (*names, ""):
        row = f"{name or 'all':16}{scores[readers[0]][name].pages:>6}"
        for reader in readers:
            row += "  " + "".join(f"{scores[reader][name].share(figure):>7.2f}" for figure in FIGURES)
        print(row)


def print_worst(rows: Sequence[dict[str, Any]], texts: Sequence[list[str]], count: int) -> None:
    """antq's pages with the most wrong characters."""
    pages = [
        (compare(truth, pages[number] if number < len(pages) else ""), row["file"], number + 1, row.get("profile", ""))
        for row, pages in zip(rows, texts, strict=True)
        for number, truth in enumerate(pages_of(row))
    ]
    for sums, file, number, profile in sorted(pages, key=lambda each: -each[0].wrong["CER"])[:count]:
        print(f"{file} page {number} ({profile}): {sums.wrong['CER']} of {sums.length['CER']} characters wrong")


if __name__ == "__main__":
    sys.exit(main())
