"""Fits antq_cli/extraction/calibration.toml: `python -m bench.calibrate CLAIMS.jsonl`, whose output is that file.

CLAIMS comes from `python -m bench.reliability --claims`, on development seeds (below 1000); check the result on others.
Claims off scans are sorted by the confidence of their least sure word and cut into groups; neighbouring groups whose
share of right claims falls are pooled (isotonic regression), so that the table can only rise. Shares are drawn a little
to one half, as if one claim in each group had been right and one wrong: few claims prove little.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

GROUP = 40
"""Claims in a group."""


def main() -> int:
    claims = [json.loads(line) for path in sys.argv[1:] for line in Path(path).read_text("utf-8").splitlines()]
    pairs = sorted((row["raw"], bool(row["right"])) for row in claims if row["origin"] == "scan")
    knots = fit(pairs)
    print("# Confidence of the least sure word of a claim, and the share of such claims that are right.")
    print(f"# Fitted by bench/calibrate.py on {len(pairs)} claims off scans.")
    print("[scan]")
    print(f"said = {[round(said, 3) for said, _ in knots]}")
    print(f"right = {[round(right, 3) for _, right in knots]}")
    return 0


def fit(pairs: Sequence[tuple[float, bool]], size: int = GROUP) -> list[tuple[float, float]]:
    """Rising knots (mean stated confidence, share right) from sorted pairs."""
    pools: list[tuple[float, float, int]] = []
    for start in range(0, len(pairs), size):
        group = pairs[start : start + size]
        pools.append((sum(said for said, _ in group), float(sum(right for _, right in group)), len(group)))
        while len(pools) > 1 and _share(pools[-2]) >= _share(pools[-1]):
            last, before = pools.pop(), pools.pop()
            pools.append((last[0] + before[0], last[1] + before[1], last[2] + before[2]))
    return [(said / count, _share((said, right, count))) for said, right, count in pools]


def _share(pool: tuple[float, float, int]) -> float:
    return (pool[1] + 1) / (pool[2] + 2)


if __name__ == "__main__":
    sys.exit(main())
