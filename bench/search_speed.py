"""How fast the archive takes in and finds invented letters: `python bench/search_speed.py [documents] [folder]`.

Prints; asserts nothing. The letters are made of a few hundred Vietnamese syllables, so posting lists are longer than in
a real archive and the figures lean to the slow side.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from builders import document_bytes, make_letter

from antq_cli.archive import Archive

CONSONANTS = tuple("bcdđghklmnpqrstvx")
RHYMES = (
    *("a", "ai", "ang", "ành", "áo", "ấn", "ập", "ệ", "ên", "iên"),
    *("ình", "oạ", "ộc", "ôn", "ông", "ơ", "ớp", "ượng", "uyết", "ương"),
)
KINDS = (("kế hoạch", "KH"), ("chỉ thị", "CT"), ("quyết định", "QĐ"), ("báo cáo", "BC"), ("công văn", ""))
QUERIES = {
    "one word": "{0}",
    "word with marks": "{1}",
    "two words": "{0} {2}",
    "four words": "{0} {1} {2} {3}",
    "phrase of two": '"{0} {1}"',
    "phrase of four": '"{0} {1} {2} {3}"',
    "prefix": "thư*",
    "or": "{0} OR {2}",
    "exclusion": "{0} -{2}",
    "number": "17/KH-UBND",
    "short form": "kế hoạch 17",
    "filter": "{0} loai:kế hoạch",
    "nothing": "zzzz {0}",
}


def main(documents: int, folder: Path) -> None:
    chance = random.Random(20_260)
    syllables = [consonant + rhyme for consonant in CONSONANTS for rhyme in RHYMES]
    weights = [1 / (rank + 3) for rank in range(len(syllables))]
    phrases = [chance.choices(syllables, weights, k=4) for _ in range(12)]

    start, processor = time.perf_counter(), time.process_time()
    with Archive.create(folder / "archive") as archive:
        for at in range(documents):
            kind, symbol = chance.choice(KINDS)
            lines = [" ".join(chance.choices(syllables, weights, k=12)) for _ in range(44)]
            lines[chance.randrange(44)] += " " + " ".join(chance.choice(phrases))
            number = f"{at % 400 + 1}/{symbol + '-' if symbol else ''}UBND"
            content = document_bytes(lines)
            source = folder / "letter.txt"
            source.write_bytes(content)
            letter = make_letter(
                number=number,
                kind=kind,
                issued=date(2015, 1, 1) + timedelta(days=at % 3000),
                issuer=f"SỞ SỐ {at % 40}",
                subject=lines[0],
                lines=[f"Số: {number}", *lines],
                content=content,
                cites=[f"{chance.randrange(400) + 1}/KH-UBND" for _ in range(3)],
            )
            archive.put(source, letter)
    _say(f"taken in {documents} documents", start, processor)
    start, processor = time.perf_counter(), time.process_time()
    with Archive.create(folder / "archive") as archive:
        archive.rebuild_index()
    _say("index built anew", start, processor)

    start, processor = time.perf_counter(), time.process_time()
    with Archive.open(folder / "archive") as archive:
        archive.search(" ".join(phrases[0][:2]))
        _say("opened, verified, first search", start, processor)
        sizes = {
            name: sum(p.stat().st_size for p in (folder / "archive").glob(pattern))
            for name, pattern in (("catalogue", "catalogue.sqlite"), ("index", "fulltext/*"))
        }
        print(*(f"{name} {size / 1e6:.1f} MB" for name, size in sizes.items()), sep=", ")
        print(f"{'query':16} {'p50 ms':>8} {'worst ms':>9} {'found':>7}")
        for name, form in QUERIES.items():
            found = 0
            times = []
            for phrase in phrases:
                start = time.perf_counter()
                found = archive.search(form.format(*phrase)).total
                times.append((time.perf_counter() - start) * 1000)
            print(f"{name:16} {sorted(times)[len(times) // 2]:8.1f} {max(times):9.1f} {found:7}")
        _time("citing", lambda: len(archive.citing(archive.list(kind="KH", limit=1)[0].reference)))
        _time("list by date", lambda: len(archive.list(sort="date")))
        _time("status", lambda: archive.status().documents)


def _say(what: str, start: float, processor: float) -> None:
    print(f"{what}: {time.perf_counter() - start:.1f} s, processor {time.process_time() - processor:.1f} s")


def _time(what: str, work: Callable[[], int]) -> None:
    start = time.perf_counter()
    found = work()
    print(f"{what:16} {(time.perf_counter() - start) * 1000:8.1f} {'':9} {found:7}")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    if len(sys.argv) > 2:
        main(count, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(count, Path(temporary))
