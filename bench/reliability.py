"""Is antq right as often as it says? Stated confidence against the share right, per field and in total.

    python -m bench.reliability [--letters 40] [--seed 7] [--folder DIR] [--cache DIR] [--claims FILE]

Reads invented letters (or a folder with `truth.jsonl`, keys as in bench/real_fields.py), takes every field that antq
claims (state `found`) and every cited number, and asks whether it is right. Lists are right when every entry is, no
more and no less. Fields that are not claimed have no confidence and are not counted here (bench/real_fields.py does).

- said: mean stated confidence of the claims; right: share of them that are.
- ECE, the expected calibration error: the mean over claims of |said - right| of their bin.
- origin: `scan` (words read by OCR), `pen` (digits read from ink), `layer` (a text layer or an office file).

`--claims FILE` appends every claim as a line of JSON, from which `python -m bench.calibrate` fits the table
antq_cli/extraction/calibration.toml. With that table in place `raw` is the confidence before it and `said` after it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from antq_cli.extraction import analyse
from antq_cli.model.letter import Field, Letter, State
from antq_cli.model.page import Document
from antq_cli.reading.reader import read_files
from antq_cli.settings import Settings
from bench.pages import letters, write_letters
from bench.real_fields import LISTS, SINGLE, number_key, plain, same, with_short_keys

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Lower ends of the bins."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that antq said of one letter."""

    file: str
    field: str
    origin: str
    said: float
    raw: float
    """Before calibration: the confidence of the least sure word."""
    right: bool
    value: str
    expected: str


def main() -> int:
    options = _options()
    folder = options.folder
    if folder is None:
        folder = options.work / f"letters-{options.letters}-{options.seed}-all"
        if not (folder / "truth.jsonl").is_file():
            write_letters(letters(options.letters, options.seed), folder, options.seed)
    claims = list(read_claims(folder, options.jobs, options.cache))
    if options.claims:
        with options.claims.open("a", encoding="utf-8", newline="\n") as stream:
            stream.writelines(json.dumps(asdict(claim), ensure_ascii=False) + "\n" for claim in claims)
    print_bins(claims)
    print_fields(claims)
    print_wrong(claims)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--letters", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7, help="below 1000 while developing")
    parser.add_argument("--folder", type=Path, help="letters that are there already, with truth.jsonl")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "antq-bench")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--cache", type=Path, help="folder of antq's OCR cache")
    parser.add_argument("--claims", type=Path, help="file to which the claims are appended")
    return parser.parse_args()


def read_claims(folder: Path, jobs: int, cache: Path | None) -> Iterator[Claim]:
    """Every claim on every letter of a folder that has a truth."""
    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines() if line]
    settings = replace(Settings.load(jobs=jobs), cache=cache)
    readings = read_files([folder / row["file"] for row in rows], settings)
    for row, reading in zip(rows, readings, strict=True):
        if isinstance(reading.outcome, Document):
            yield from claims_of(with_short_keys(row), analyse(reading.outcome))
        else:
            print(f"{row['file']}: not read: {reading.outcome.reason}", file=sys.stderr)


def claims_of(row: dict[str, Any], letter: Letter) -> Iterator[Claim]:
    """The claims on one letter whose truth is `row` (keys of the machine contract)."""
    for name, found in letter.fields.items():
        if name not in row or found.state is not State.FOUND:
            continue
        expected = row[name] or None
        value: Any = found.value
        if name in LISTS:
            right = Counter(map(plain, value)) == Counter(map(plain, expected or ()))
        else:
            value = value.isoformat() if isinstance(value, date) else str(value)
            right = expected is not None and same(name, str(expected), value)
        raw = min(piece.confidence for piece in found.evidence)
        yield Claim(
            row["file"], name, _origin(found, letter), found.confidence, raw, right, _words(value), _words(expected)
        )
    if "cited" in row:
        true = {number_key(number) for number in row["cited"]}
        own = number_key(str(row.get("number") or ""))
        for citation in letter.citations:
            number = citation.reference.number
            if number and number_key(number) != own:
                said = citation.evidence.confidence
                origin = _page_origin(letter, citation.evidence.page)
                yield Claim(
                    row["file"],
                    "cited number",
                    origin,
                    said,
                    said,
                    number_key(number) in true,
                    number,
                    "one of the truth's",
                )


def _words(value: Any) -> str:
    return " | ".join(value) if isinstance(value, list | tuple) else str(value)


def _origin(found: Field[Any], letter: Letter) -> str:
    return "pen" if found.note == "handwritten" else _page_origin(letter, found.evidence[0].page)


def _page_origin(letter: Letter, number: int) -> str:
    return "scan" if letter.transcript.document.pages[number - 1].origin.value == "ocr" else "layer"


def bin_of(confidence: float) -> int:
    return max(index for index, edge in enumerate(EDGES) if confidence >= edge or index == 0)


def calibration_error(claims: Sequence[Claim]) -> float:
    """Expected calibration error, 0..1."""
    bins: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        bins[bin_of(claim.said)].append(claim)
    gaps = (abs(sum(claim.said for claim in each) - sum(claim.right for claim in each)) for each in bins.values())
    return sum(gaps) / max(1, len(claims))


def print_bins(claims: Sequence[Claim]) -> None:
    for origin in (*sorted({claim.origin for claim in claims}), "all"):
        chosen = [claim for claim in claims if origin in (claim.origin, "all")]
        print(f"{origin}: {len(chosen)} claims, ECE {calibration_error(chosen):.3f}")
        for index, low in enumerate(EDGES):
            inside = [claim for claim in chosen if bin_of(claim.said) == index]
            if inside:
                high = EDGES[index + 1] if index + 1 < len(EDGES) else 1.0
                said, right = _mean(claim.said for claim in inside), _mean(claim.right for claim in inside)
                print(f"  {low:.2f}-{high:.2f} {len(inside):>6}  said {said:.3f}  right {right:.3f}")


def print_fields(claims: Sequence[Claim]) -> None:
    print(f"{'field':16}{'claims':>7}{'said':>8}{'right':>8}{'wrong':>7}{'ECE':>8}")
    for name in (*SINGLE, *LISTS, "cited number"):
        chosen = [claim for claim in claims if claim.field == name]
        if chosen:
            said, right = _mean(claim.said for claim in chosen), _mean(claim.right for claim in chosen)
            wrong = sum(not claim.right for claim in chosen)
            print(f"{name:16}{len(chosen):>7}{said:>8.3f}{right:>8.3f}{wrong:>7}{calibration_error(chosen):>8.3f}")


def print_wrong(claims: Sequence[Claim]) -> None:
    """Claims that are wrong, the surest first."""
    wrong = sorted((claim for claim in claims if not claim.right), key=lambda claim: -claim.said)
    print(f"wrong but claimed: {len(wrong)} of {len(claims)}")
    for claim in wrong:
        print(f"  {claim.said:.2f} {claim.file} {claim.field}: said {claim.value!r}; true {claim.expected!r}")


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / max(1, len(listed))


if __name__ == "__main__":
    sys.exit(main())
