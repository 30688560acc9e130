"""Peak memory of taking in a very long scan: antq itself, and its largest worker together with its Tesseract.

    python bench/memory.py [--pages 500] [--blank-share 0.9] [--dpi 200] [--jobs 2] [--antq PYTHON] [--stub]

Repeats the pages of a few drawn letters (in colour) in one PDF, each with a number of its own, and runs `antq ingest`
on it. Reading 500 full pages takes a quarter of an hour, so a share of the pages bears its number only. With `--stub`
every page is full and all is done but its recognition: pages that were read once are given again under other numbers,
so that antq itself handles the words of all pages. Exits 1 above the limits. Linux only.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.watching import run  # noqa: E402

PARENT_MB = 300
WORKER_MB = 1000
_DISTINCT = 6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--blank-share", type=float, default=0.9)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--antq", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--seed", type=int, default=9200)
    parser.add_argument("--stub", action="store_true")
    parser.add_argument("--stubbed", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stubbed:
        return _ingest_stubbed(*options.stubbed)
    with tempfile.TemporaryDirectory(prefix="antq-bench-") as name:
        path, archive = Path(name, "long.pdf"), Path(name, "archive")
        blank = 0.0 if options.stub else options.blank_share
        distinct = write_long_scan(path, options.pages, blank, options.dpi, options.seed)
        jobs = str(options.jobs)
        command = ["-m", "antq_cli", "ingest", "--archive", str(archive), "--jobs", jobs, "--quiet", str(path)]
        if options.stub:
            command = [__file__, "--stubbed", str(path), str(archive), jobs]
        cost = run([options.antq, *command], {"PYTHONPATH": str(ROOT)})
        kept = sum(file.stat().st_size for file in archive.rglob("*") if file.is_file()) / 1e6
        size = path.stat().st_size / 1e6
    parent, worker = cost.parent / 1e6, cost.branch / 1e6
    full = (
        f"{options.pages} pages, {round(options.pages * (1 - blank))} of them full, {distinct} distinct, {size:.0f} MB"
    )
    print(f"{full}{', recognition stubbed' if options.stub else ''}; archive {kept:.0f} MB")
    print(f"{cost.wall:.0f} s by the clock, {cost.cpu:.0f} s of CPU, {options.jobs} jobs")
    print(f"antq {parent:.0f} MB (limit {PARENT_MB}), largest worker {worker:.0f} MB (limit {WORKER_MB})")
    return 0 if parent <= PARENT_MB and worker <= WORKER_MB else 1


def write_long_scan(path: Path, pages: int, blank_share: float, dpi: int, seed: int) -> int:
    """One PDF of so many pages, each with its own number; the number of pages that differ in more than that."""
    from PIL import Image, ImageDraw, ImageFont
    from pypdf import PdfReader, PdfWriter

    from samples.generator import Scan, draw_letter, load_letters

    scan = Scan(dpi=dpi, colours="colour", quality=60, noise=3.0)
    drawn = _most_written(draw_letter(letter, scan=scan, seed=seed) for letter in load_letters())
    font = ImageFont.load_default(size=60)
    every = 1.0 - blank_share
    writer = PdfWriter()
    full = 0
    for number in range(1, pages + 1):
        if full < round(number * every):
            sheet = drawn[full % len(drawn)].copy()
            full += 1
        else:
            sheet = Image.new("RGB", drawn[0].size, (246, 246, 246))
        ImageDraw.Draw(sheet).text((sheet.width // 2, sheet.height - 220), str(number), fill=(30, 30, 30), font=font)
        out = io.BytesIO()
        sheet.save(out, "PDF", resolution=scan.dpi, quality=scan.quality)
        writer.append(PdfReader(out))
    with path.open("wb") as stream:
        writer.write(stream)
    return min(full, len(drawn))


def _most_written(letters: Iterator[list]) -> list:  # type: ignore[type-arg]
    """The pages with most ink among those of some letters."""
    pages = [page for _, letter in zip(range(12), letters, strict=False) for page in letter]
    ink = [page.convert("L").reduce(8).point(lambda level: 255 * (level < 160)) for page in pages]
    order = sorted(range(len(pages)), key=lambda number: -sum(ink[number].histogram()[200:]))
    return [pages[number] for number in order[:_DISTINCT]]


def _ingest_stubbed(path: str, archive: str, jobs: str) -> int:
    """`ingest` whose workers read each distinct page once."""
    import threading

    from antq_cli import codec
    from antq_cli.model.page import Page
    from antq_cli.pipeline.ingest import ingest
    from antq_cli.reading.pool import Worker
    from antq_cli.reading.protocol import Reply, Request
    from antq_cli.settings import Settings

    original = Worker.call
    read: dict[int, bytes] = {}
    lock = threading.Lock()

    def call(self: Worker, request: Request, seconds: float) -> Reply:
        if request.task != "scan":
            return original(self, request, seconds)
        number = request.page % _DISTINCT
        with lock:
            known = read.get(number)
        if known is None:
            reply = original(self, request, seconds)
            if reply.page is not None:
                with lock:
                    read[number] = codec.encode(reply.page)
            return reply
        # Made anew, as from the pipe: pages that shared their words would take less memory than real ones.
        return Reply(page=replace(codec.decode(known, Page), number=request.page))

    Worker.call = call  # type: ignore[method-assign]
    outcomes = list(ingest([Path(path)], Settings(archive=Path(archive), jobs=int(jobs))))
    words = sum(len(page.words) for page in outcomes[0].letter.transcript.document.pages) if outcomes[0].letter else 0
    print(words, "words", file=sys.stderr)
    return 0 if outcomes[0].error is None else 1


if __name__ == "__main__":
    sys.exit(main())
