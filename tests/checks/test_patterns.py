"""The patterns of the rules stay fast on hostile text, and speak ASCII: they run over folded text."""

from __future__ import annotations

import ast
import importlib
import re
import time
from pathlib import Path

import pytest

import antq_cli.checks
from antq_cli.vietnamese import administration

ROOT = Path(antq_cli.checks.__file__).parent
MODULES = [
    "antq_cli.checks." + ".".join(file.relative_to(ROOT).with_suffix("").parts)
    for file in sorted(ROOT.rglob("*.py"))
    if file.stem != "__init__"
]
PATTERNS = [
    (f"{name}.{attribute}", value)
    for name in MODULES
    for attribute, value in vars(importlib.import_module(name)).items()
    if isinstance(value, re.Pattern)
] + [("administration.bodies", pattern) for pattern, _ in administration._body_patterns()]
BOUND = 0.050
"""Seconds of processor time for 100 kB, on a machine that needs `USUAL` for the yardstick."""
USUAL = 0.030
"""Seconds of processor time for the yardstick on an office PC of today; slower machines get as much more time."""
HOSTILE = [
    "a" * 100_000,
    " " * 100_000,
    "-" * 100_000,
    "luat " * 20_000,
    "so 1/2/" * 14_000,
    ", uy ban de " * 8_000,
    "ke hoach so 1" * 7_000,
    "1/1/" * 25_000,
    "t m k t " * 12_000,
    '"(' * 50_000,
]


def spent(pattern, text, enough):
    """Processor time of one search, the best of three; no further one when the first was quick enough."""
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        pattern.search(text)
        best = min(best, time.process_time() - begin)
        if best < enough:
            break
    return best


def bound():
    """The bound in seconds for this machine at this time: a search of known work tells how slow it is."""
    yardstick = re.compile(r"(?:[a-z]{1,4}\s?){1,8}\d")
    return BOUND * max(1.0, spent(yardstick, "so ke hoach " * 100, 0.0) / USUAL)


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[name for name, _ in PATTERNS])
def test_no_pattern_is_slow_on_hostile_text(name, pattern):
    """No pattern needs more than 50 ms of processor time for 100 kB of hostile text."""
    for text in HOSTILE:
        if spent(pattern, text, BOUND) > BOUND:
            # Only what is slow for this machine at this moment is slow: both are measured once more, side by side.
            assert spent(pattern, text, BOUND) <= bound(), (name, text[:12])


@pytest.mark.parametrize("name", MODULES)
def test_constants_are_ascii(name):
    """What the rules recognise and say stands in tables and messages; code holds ASCII but for docstrings."""
    file = Path(importlib.import_module(name).__file__ or "")
    tree = ast.parse(file.read_text("utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
    ]
    assert [text for text in constants if not text.isascii()] == []
