"""How long every pattern of antq takes on hostile texts of 100 kB: `python bench/pattern_speed.py [--all]`.

Processor time of one search through the whole text and of all its matches, the best of three; patterns over the bound
are marked, and the exit code tells whether there are any. With `--all` the others are listed too.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time

import antq_cli
from antq_cli.vietnamese import administration

BOUND = 0.050
"""Seconds on 100 kB."""
SIZE = 100_000
SEEDS = (
    "a", " ", "-", "1", "/", "(", '"(', "luat ", "so 1/2/", "1/1/", "t m k t ", ", uy ban de ", "ke hoach so 1",
    "so 12/kh-ubnd ", "ngay 1 thang 1 nam ", "noi nhan: - ", "12/2020/nd-cp, ", "van phong ", "a-b-c-/", "1.1.1.",
)  # fmt: skip
PACKAGES = ("antq_cli.checks", "antq_cli.extraction", "antq_cli.layout", "antq_cli.vietnamese", "antq_cli.answers")


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern of the packages that look at text, constants and those that functions build once."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(antq_cli.__path__, "antq_cli."):
        if not module.name.startswith(PACKAGES):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name}.{name}"] = value
            elif hasattr(value, "cache_info") and getattr(value, "__module__", "") == module.name:
                made = _made(value)
                if isinstance(made, re.Pattern):
                    found[f"{module.name}.{name}()"] = made
    for number, (pattern, _) in enumerate(administration._body_patterns()):
        found[f"antq_cli.vietnamese.administration.bodies[{number}]"] = pattern
    return sorted(found.items())


def _made(function: object) -> object:
    """What a cached function without arguments gives; None for one that wants arguments."""
    if not callable(function) or function.__wrapped__.__code__.co_argcount:  # type: ignore[attr-defined]
        return None
    return function()


def slowest(pattern: re.Pattern[str]) -> tuple[float, str]:
    """Seconds on the text that is worst for it, best of three, and what that text is made of."""
    worst = (0.0, "")
    for seed in SEEDS:
        text = (seed * (SIZE // len(seed) + 1))[:SIZE]
        spent = []
        for _ in range(3):
            begin = time.process_time()
            for _match in pattern.finditer(text):
                pass
            spent.append(time.process_time() - begin)
            if spent[-1] < BOUND / 4:
                break
        worst = max(worst, (min(spent), seed))
    return worst


def main() -> int:
    show_all = "--all" in sys.argv[1:]
    over = 0
    rows = sorted(((*slowest(pattern), name) for name, pattern in patterns()), reverse=True)
    for seconds, seed, name in rows:
        is_over = seconds > BOUND
        over += is_over
        if is_over or show_all:
            print(f"{seconds * 1000:8.1f} ms {'over' if is_over else '    '}  {name}  on {seed!r}")
    print(f"{len(rows)} patterns, {over} over {BOUND * 1000:.0f} ms")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
