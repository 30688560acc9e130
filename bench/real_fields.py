"""How well the fields of real letters are read: for each field right, wrong but claimed, said unreadable, said absent.

    python bench/real_fields.py FOLDER --truth FOLDER/truth.jsonl [--jobs 2] [--each]

The truth is JSON Lines, one letter a line with `file`; two spellings of its keys are understood: those of the machine
contract (`number`, `kind`, `signer` …, as in samples/expected.jsonl) and the longer ones of `LONG`. A field that the
truth does not have is not counted. Scanned text is compared as a clerk would: marks at the ends, white space and the
two ways to place a tone (hòa, hoà) do not count; letters and marks do. `recipients` and `addressees` are compared item
by item (F1), cited numbers by recall and precision.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from antq_cli.extraction import analyse
from antq_cli.extraction.numbers import parse_number
from antq_cli.model.letter import Letter, State
from antq_cli.model.page import Document
from antq_cli.reading.reader import read_files
from antq_cli.settings import Settings
from antq_cli.vietnamese.text import clean, fold

LONG = {
    "so_ky_hieu": "number",
    "type": "kind",
    "signer_name": "signer",
    "signer_title": "position",
    "signing_authority": "authority",
}
SINGLE = ("issuer", "issuer_parent", "number", "kind", "place", "date", "subject", "authority", "position", "signer")
LISTS = ("addressees", "recipients")
OUTCOMES = ("right", "wrong", "unreadable", "absent", "rightly absent")


@dataclass
class Score:
    """Counts for one field."""

    outcomes: Counter[str] = field(default_factory=Counter)
    hits: int = 0
    said: int = 0
    true: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cache", type=Path, help="folder of an OCR cache, to measure understanding alone")
    parser.add_argument("--each", action="store_true", help="print every field that is not right")
    options = parser.parse_args()
    truth = [with_short_keys(json.loads(line)) for line in options.truth.read_text("utf-8").splitlines() if line]
    settings = replace(Settings.load(jobs=options.jobs), cache=options.cache)
    scores = {name: Score() for name in (*SINGLE, *LISTS, "cited numbers")}
    started = time.monotonic()
    pages = 0
    readings = read_files([options.folder / row["file"] for row in truth], settings)
    for row, reading in zip(truth, readings, strict=True):
        if not isinstance(reading.outcome, Document):
            print(f"{row['file']}: {reading.outcome.reason}")
            continue
        pages += len(reading.outcome.pages)
        _score(row, analyse(reading.outcome), scores, each=options.each)
    _print(scores, pages, time.monotonic() - started)
    return 0


def with_short_keys(row: dict[str, Any]) -> dict[str, Any]:
    short = dict(row)
    for long, name in LONG.items():
        if long in row:
            short[name] = row[long]
    if isinstance(short.get("authority"), list):
        short["authority"] = " / ".join(short["authority"])
    if "citations" in row:
        short["cited"] = [c["number"] for c in row["citations"] if c.get("number")]
    return short


def _score(row: dict[str, Any], letter: Letter, scores: dict[str, Score], *, each: bool) -> None:
    fields = dict(letter.fields.items())
    for name in SINGLE:
        if name not in row:
            continue
        found = fields[name]
        expected = row[name] or None
        value = found.value.isoformat() if isinstance(found.value, date) else found.value
        if found.state is State.FOUND:
            outcome = "right" if expected and same(name, str(expected), str(value)) else "wrong"
        elif found.state is State.UNREADABLE:
            outcome = "unreadable"
        else:
            outcome = "absent" if expected else "rightly absent"
        scores[name].outcomes[outcome] += 1
        if each and outcome not in ("right", "rightly absent"):
            print(f"{row['file']:34} {name:14} {outcome:10} true {expected!r}; said {value!r} {found.candidates}")
    for name in LISTS:
        if name in row:
            _count(scores[name], row[name] or [], fields[name].value or (), plain)
            scores[name].outcomes[fields[name].state.value] += 1
    if "cited" in row:
        own = number_key(str(row.get("number") or ""))
        said = [c.reference.number for c in letter.citations if c.reference.number]
        said = [n for n in said if number_key(n) != own]
        _count(scores["cited numbers"], row["cited"], said, number_key)
        if each:
            missed = {number_key(n) for n in row["cited"]} - {number_key(n) for n in said}
            more = {number_key(n) for n in said} - {number_key(n) for n in row["cited"]}
            if missed or more:
                print(f"{row['file']:34} cited          missed {sorted(missed)}; more {sorted(more)}")


def _count(score: Score, expected: Any, said: Any, key: Any) -> None:
    true, found = Counter(map(key, expected)), Counter(map(key, said))
    score.true += true.total()
    score.said += found.total()
    score.hits += (true & found).total()


def same(name: str, expected: str, value: str) -> bool:
    if name == "number":
        return number_key(expected) == number_key(value)
    if name in ("kind", "date"):
        return plain(expected) == plain(value)
    return plain(expected) == plain(value)


def number_key(text: str) -> str:
    parsed = parse_number(text)
    return parsed.key if parsed is not None else fold(text)


_TONES = str.maketrans({"\u0300": "", "\u0301": "", "\u0303": "", "\u0309": "", "\u0323": ""})


def plain(text: str) -> str:
    """Lower case, NFC, tone marks of open syllables in one place, no marks or spaces at the ends."""
    text = " ".join(clean(str(text)).lower().split()).strip(" .,;:/-\"'")
    for old, new in (("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("uỷ", "ủy"), ("uý", "úy"), ("oè", "òe"), ("uỳ", "ùy")):
        text = text.replace(old, new)
    return text.replace(" / ", " ").replace("–", "-")


def _print(scores: dict[str, Score], pages: int, seconds: float) -> None:
    print(f"{'field':16}" + "".join(f"{name:>16}" for name in OUTCOMES) + f"{'share right':>16}")
    claimed = wrong = missing = 0
    for name in SINGLE:
        counts = scores[name].outcomes
        claimed += counts["right"] + counts["wrong"]
        wrong += counts["wrong"]
        missing += counts["absent"]
        share = (counts["right"] + counts["rightly absent"]) / max(1, counts.total())
        print(f"{name:16}" + "".join(f"{counts[outcome]:>16}" for outcome in OUTCOMES) + f"{share:>16.1%}")
    total = sum(scores[name].outcomes.total() for name in SINGLE)
    print(f"wrong but claimed: {wrong} of {total} fields ({wrong / max(1, total):.1%}), of {claimed} claimed")
    print(f"called missing though there: {missing}")
    for name in (*LISTS, "cited numbers"):
        score = scores[name]
        recall, precision = score.hits / max(1, score.true), score.hits / max(1, score.said)
        f1 = 2 * recall * precision / max(1e-9, recall + precision)
        print(f"{name:16} recall {recall:.3f}  precision {precision:.3f}  F1 {f1:.3f}  ({score.true} true)")
    print(f"{pages} pages in {seconds:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
