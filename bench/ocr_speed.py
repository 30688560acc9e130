"""How fast and how large antq reads scanned PDFs, beside OCRmyPDF, in turn on the same files.

    python bench/ocr_speed.py [--scans FOLDER | --count 24 --seed 9100] [--rounds 3] [--jobs 2]
                              [--antq NAME=PYTHON ...] [--peer OCRMYPDF]

Each `--antq` names a Python that has antq: two of them compare the engines (one with tesserocr, one without). In every
round each contender reads all files once, one contender after another, each round in the opposite order. Reported are
medians over the rounds: wall seconds, CPU seconds (user and system, with all children), pages per minute by both
(by CPU: as if all jobs were always busy), and resident memory. `ingest` is the whole program with its archive; `read`
reads pages and does nothing else; `recognition` is the time of Tesseract alone on the pictures that antq hands over, in
the same calls: the limit of what antq can reach. Linux only.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # also when called by another Python than the one antq is installed in

from bench.watching import NOTHING, Cost, run  # noqa: E402

_LEAN = ("--optimize", "0", "--fast-web-view", "999999")
"""OCRmyPDF without the steps that make its file smaller, which antq has no counterpart for."""
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}


@dataclass
class Contender:
    """One way to read all files, with its cost in each round."""

    name: str
    once: Callable[[], Cost]
    costs: list[Cost] = field(default_factory=list)

    def median(self, what: str) -> float:
        return statistics.median(getattr(cost, what) for cost in self.costs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--scans", type=Path, help="folder of PDFs; without it they are drawn")
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--seed", type=int, default=9100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--antq", action="append", metavar="NAME=PYTHON", help="default: this Python")
    parser.add_argument("--peer", help="the program ocrmypdf")
    parser.add_argument("--part", choices=("read", "recognition"), help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part == "read":
        return _read(options.files, options.jobs)
    if options.part == "recognition":
        return _recognise(options.files)
    with tempfile.TemporaryDirectory(prefix="antq-bench-") as name:
        work = Path(name)
        files = _files(options, work)
        contenders, limits = _contenders(options, files, work)
        pages = _count_pages(files)
        print(f"{len(files)} files, {pages} pages, {options.jobs} jobs, {options.rounds} rounds")
        for number in range(options.rounds):
            for contender in contenders if number % 2 == 0 else reversed(contenders):
                contender.costs.append(contender.once())
                print(f"  round {number + 1}: {contender.name}: {contender.costs[-1].wall:.1f} s", file=sys.stderr)
    _print(contenders, limits, pages, options.jobs)
    return 0


def _files(options: argparse.Namespace, work: Path) -> list[Path]:
    if options.scans is not None:
        return sorted(options.scans.glob("*.pdf"))
    from bench.scans import make_scans

    return make_scans(work / "scans", options.count, options.seed)


def _count_pages(files: Sequence[Path]) -> int:
    import pypdfium2

    count = 0
    for path in files:
        document = pypdfium2.PdfDocument(str(path))
        count += len(document)
        document.close()
    return count


def _contenders(
    options: argparse.Namespace, files: Sequence[Path], work: Path
) -> tuple[list[Contender], dict[str, Contender]]:
    """All contenders, and the limit ("recognition") of each antq by its name."""
    jobs = str(options.jobs)
    found: list[Contender] = []
    limits: dict[str, Contender] = {}
    for given in options.antq or [f"antq={sys.executable}"]:
        name, _, python = given.rpartition("=")
        name = name or python

        def ingest(python: str = python) -> Cost:
            archive = work / "archive"
            shutil.rmtree(archive, ignore_errors=True)
            # As from a checkout: the antq beside this bench, whatever is installed there.
            command = [python, "-m", "antq_cli", "ingest", "--archive", archive, "--jobs", jobs, "--quiet", *files]
            return run(command, {"PYTHONPATH": str(ROOT)})

        def part(what: str, python: str = python) -> Cost:
            told = work / "told"
            command = [python, __file__, "--part", what, "--jobs", jobs, *files]
            cost = run([*command, told] if what == "recognition" else command, {"PYTHONPATH": str(ROOT), **_ONE_THREAD})
            return replace(cost, cpu=float(told.read_text("ascii"))) if what == "recognition" else cost

        found.append(Contender(f"{name} ingest", ingest))
        found.append(Contender(f"{name} read", lambda part=part: part("read")))
        limit = Contender(f"{name} recognition", lambda part=part: part("recognition"))
        limits[name] = limit
        found.append(limit)
    if options.peer:
        found.extend(_peers(options.peer, options.jobs, files, work))
    return found, limits


def _peers(program: str, jobs: int, files: Sequence[Path], work: Path) -> list[Contender]:
    def command(path: Path, *more: str) -> list[str | Path]:
        return [program, "-q", "-l", "vie", *more, path, work / f"{path.stem}.out.pdf"]

    plain = ("--jobs", str(jobs), "--output-type", "pdf")

    def in_turn(*more: str, environment: dict[str, str] | None = None) -> Cost:
        return sum((run(command(path, *more), environment) for path in files), NOTHING)

    def side_by_side() -> Cost:
        """As many files at once as there are jobs, so that files of one page leave no core idle."""
        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(jobs) as threads:
            lean = ("--jobs", "1", "--output-type", "pdf", *_LEAN)
            costs = list(threads.map(lambda path: run(command(path, *lean)), files))
        total = sum(costs, NOTHING)
        return replace(total, wall=time.monotonic() - began, tree=total.tree * jobs)

    return [
        Contender("OCRmyPDF", lambda: in_turn(*plain)),
        Contender("OCRmyPDF, OMP_THREAD_LIMIT=1", lambda: in_turn(*plain, environment=_ONE_THREAD)),
        Contender("OCRmyPDF, defaults", lambda: in_turn("--jobs", str(jobs))),
        Contender("OCRmyPDF, nothing optimised, files side by side", side_by_side),
    ]


def _read(files: Sequence[Path], jobs: int) -> int:
    """Part of a run: the files read, nothing understood or kept."""
    from antq_cli.reading.reader import read_files
    from antq_cli.settings import Settings

    failed = [reading.path.name for reading in read_files(files, Settings(jobs=jobs)) if reading.error is not None]
    print(*failed, sep="\n", file=sys.stderr)
    return 1 if failed else 0


def _recognise(arguments: Sequence[Path]) -> int:
    """Part of a run: CPU seconds of the engine in all its calls, written into the last file named."""
    *files, told = arguments
    from antq_cli.reading import worker
    from antq_cli.reading.probe import require_tesseract
    from antq_cli.reading.protocol import Request, pack_path
    from antq_cli.settings import Limits

    engine = require_tesseract("vie")
    timed = _Timed(resource.RUSAGE_SELF if engine.is_library else resource.RUSAGE_CHILDREN)
    original: Any = worker._engine
    setattr(worker, "_engine", lambda request: timed.around(original(request)))  # noqa: B010
    for path in files:
        request = Request("inspect", pack_path(path), Limits())
        inspection = worker.answer(request)[0].inspection
        if inspection is None:
            raise RuntimeError(f"{path.name} cannot be read")
        request = replace(request, task="scan", media=inspection.media, data=engine.packed_data)
        for page in range(1, inspection.page_count + 1):
            worker.answer(replace(request, page=page))
    told.write_text(str(timed.seconds), "ascii")
    return 0


class _Timed:
    """An engine whose calls are timed: Tesseract alone, without what hands pictures over and takes words back."""

    def __init__(self, who: int) -> None:
        self.seconds = 0.0
        self._who = who
        self._engine: Any = None

    def around(self, engine: Any) -> _Timed:
        self._engine = engine
        return self

    def words(self, *arguments: Any, **more: Any) -> Any:
        return self._call(self._engine.words, arguments, more)

    def turn(self, *arguments: Any, **more: Any) -> Any:
        return self._call(self._engine.turn, arguments, more)

    def _call(self, function: Callable[..., Any], arguments: tuple[Any, ...], more: dict[str, Any]) -> Any:
        before = resource.getrusage(self._who)
        try:
            return function(*arguments, **more)
        finally:
            after = resource.getrusage(self._who)
            self.seconds += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _print(contenders: Sequence[Contender], limits: dict[str, Contender], pages: int, jobs: int) -> None:
    print(f"{'':50}{'wall s':>8}{'CPU s':>8}{'pages/min':>11}{'by CPU':>8}{'parent':>8}{'branch':>8}{'tree MB':>9}")
    for one in contenders:
        is_limit = one in limits.values()
        wall, cpu = one.median("wall"), one.median("cpu")
        by_wall = "" if is_limit else f"{60 * pages / wall:.1f}"
        sizes = ["" if is_limit else f"{one.median(what) / 1e6:.0f}" for what in ("parent", "branch", "tree")]
        seconds = "" if is_limit else f"{wall:.1f}"
        print(
            f"{one.name:50}{seconds:>8}{cpu:8.1f}{by_wall:>11}{60 * jobs * pages / cpu:8.1f}"
            f"{sizes[0]:>8}{sizes[1]:>8}{sizes[2]:>9}"
        )
    peers = [one for one in contenders if one.name.startswith("OCRmyPDF")]
    for name, limit in limits.items():
        whole = next(one for one in contenders if one.name == f"{name} ingest")
        shares = [1 - alone.cpu / cost.cpu for alone, cost in zip(limit.costs, whole.costs, strict=True)]
        print(f"{name}: CPU outside recognition {statistics.median(shares):.0%} of ingest")
        for peer in peers:
            wall, cpu = (_ratio(peer, whole, what) for what in ("wall", "cpu"))
            print(f"{name} ingest against {peer.name}: {wall:.2f} times by wall, {cpu:.2f} times by CPU")


def _ratio(slow: Contender, fast: Contender, what: str) -> float:
    """Median over the rounds: both ran within the same round."""
    pairs = zip(slow.costs, fast.costs, strict=True)
    return statistics.median(getattr(a, what) / getattr(b, what) for a, b in pairs)


if __name__ == "__main__":
    sys.exit(main())
