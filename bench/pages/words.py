"""The words of `vocabulary.toml` and `offices.toml`, and the filling in of sentence patterns."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_SLOT = re.compile(r"\{(\w{1,24})\}")
_DEPTH = 6
"""Patterns name patterns; none of ours goes deeper."""


@cache
def table(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module, by its stem."""
    with (HERE / f"{name}.toml").open("rb") as stream:
        return tomllib.load(stream)


def fill(pattern: str, known: Mapping[str, str], rng: random.Random) -> str:
    """The pattern with every slot filled: from `known`, by a number or a place, or with a random entry of [text].

    Raises KeyError on a slot that nothing fills, so that a slip in the tables cannot pass.
    """
    for _ in range(_DEPTH):
        filled = _SLOT.sub(lambda match: _value(match[1], known, rng), pattern)
        if filled == pattern:
            return filled
        pattern = filled
    raise ValueError(f"a pattern names itself: {pattern}")


def _value(slot: str, known: Mapping[str, str], rng: random.Random) -> str:
    if slot in known:
        return known[slot]
    match slot:
        case "small":
            return f"{rng.randint(2, 48):02d}"
        case "big":
            return (
                str(rng.randint(110, 980)) if rng.random() < 0.6 else f"{rng.randint(1, 19)}.{rng.randint(0, 999):03d}"
            )
        case "money":
            return f"{rng.randint(15, 960)}" if rng.random() < 0.6 else f"{rng.randint(1, 9)}.{rng.randint(0, 999):03d}"
        case "percent":
            return f"{rng.randint(45, 99)}" if rng.random() < 0.6 else f"{rng.randint(45, 99)},{rng.randint(1, 9)}"
        case "commune":
            return place(rng)
    return str(rng.choice(table("vocabulary")["text"][slot]))


def place(rng: random.Random) -> str:
    """An invented name of two syllables."""
    words = table("vocabulary")["places"]
    first = rng.choice(words["first"])
    return f"{first} {rng.choice([word for word in words['second'] if word != first])}"


def person(rng: random.Random) -> str:
    """A full name, put together at random."""
    names = table("vocabulary")["names"]
    who = "men" if rng.random() < 0.7 else "women"
    parts = (rng.choice(names["surnames"]), rng.choice(names[f"middle_{who}"]), rng.choice(names[f"given_{who}"]))
    return " ".join(part for part in parts if part)


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
