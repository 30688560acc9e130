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
SLOW = 0.4
"""Seconds; a pattern that backtracks without bound takes minutes."""
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


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[name for name, _ in PATTERNS])
def test_no_pattern_is_slow_on_hostile_text(name, pattern):
    """No pattern runs away on 100 kB of hostile text. The bound leaves room for slow machines: 20 to 50 ms is usual."""
    for text in HOSTILE:
        spent = []
        for _ in range(3):
            begin = time.process_time()
            pattern.search(text)
            spent.append(time.process_time() - begin)
            if spent[-1] < SLOW:
                break
        assert min(spent) < SLOW, (name, text[:12])


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
