"""The administrative map of Vietnam and the bodies that changed, as `tables/administration.toml` has them.

Everything here errs on the side of silence: a name that is not in the table is not judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from antq_cli.vietnamese.lexicon import read_table
from antq_cli.vietnamese.text import fold

_REACH = 60
"""Characters between a body's name and the district word that places it: "UBND các huyện"."""

_STANDING = re.compile(r"\s{0,9}(?:(?:ban\s{1,3})?thuong (?:vu|truc)|ban chap hanh)\b")


@dataclass(frozen=True, slots=True)
class Ended:
    """A body or an act that is no more."""

    name: str
    """As the text has it, or the act's number."""
    ended: date
    """First day without it."""
    successor: str
    """Empty when there is no single one."""


def bodies_named(text: str) -> frozenset[str]:
    """Ids of the bodies of the table that the text names; a longer name hides the shorter ones inside it."""
    folded = fold(text)
    found = set()
    for pattern, body in _body_patterns():
        if pattern.search(folded):
            found.add(body)
            folded = pattern.sub(lambda hit: " " * len(hit.group()), folded)
    return frozenset(found)


def body_coded(code: str) -> str | None:
    """Id of the body that numbers its documents with this code; None for a code the table does not have."""
    return _body_codes().get(fold(code))


def is_headed(text: str) -> bool:
    """True when the text begins with the name of a body led by one head, not by a collective."""
    return any(pattern.match(fold(text)) for pattern in _word_patterns("words"))


def is_standing_body(name: str) -> bool:
    """True for a standing body (ban thường vụ, ban thường trực, ban chấp hành), which speaks for the body above it."""
    return bool(_STANDING.match(fold(name)))


def may_show_degrees(text: str) -> bool:
    """True for bodies whose own ministry may let a signer's degree or rank be printed."""
    return any(pattern.search(fold(text)) for pattern in _word_patterns("degrees_allowed"))


def ended_bodies(text: str, on: date) -> tuple[Ended, ...]:
    """Bodies the text names that were no more on that day: of districts, of merged provinces, old ministries."""
    return (*_districts(text, on), *_old_provinces(text, on), *_ministries(text, on))


def province_in(text: str) -> str | None:
    """The one province named after "tỉnh" or "thành phố", as listed before 2025; None when none or several are."""
    folded = fold(text)
    names = {name for name, pattern in _province_patterns() if pattern.search(folded)}
    return names.pop() if len(names) == 1 else None


def province_called(name: str) -> str | None:
    """The province whose bare name this is, with or without "tỉnh", "TP." before it."""
    bare = re.sub(r"^(?:tinh|thanh pho|tp\.?)\s+", "", " ".join(fold(name).split()))
    return next((province for province, spellings in _provinces().items() if bare in spellings), None)


def province_now(name: str) -> str:
    """The province that holds this one since 01/7/2025."""
    return next((new for new, old in _table()["provinces"]["merged"].items() if name in old), name)


def ended_act(number: str, on: date) -> Ended | None:
    """The act with this canonical number if it had ended on that day."""
    for row in _table()["ended_act"]:
        if fold(row["number"]) == fold(number) and on >= row["ended"]:
            return Ended(row["number"], row["ended"], row["successor"])
    return None


@cache
def _table() -> dict[str, Any]:
    return read_table("administration")


def _words(name: str) -> str:
    """A pattern for a name over folded text: any spaces, dashes with or without them."""
    parts = [re.escape(part) for part in re.split(r"\s*-\s*|\s+", fold(name))]
    return r"\b" + r"[\s-]{1,3}".join(parts) + r"\b"


@cache
def _body_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = [(word, body["id"]) for body in _table()["body"] for word in body["words"]]
    return tuple((re.compile(_words(word)), body) for word, body in sorted(rows, key=lambda row: -len(row[0])))


@cache
def _body_codes() -> dict[str, str]:
    return {fold(code): body["id"] for body in _table()["body"] for code in body["codes"]}


@cache
def _word_patterns(key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_words(word)) for word in _table()["headed"][key])


@cache
def _provinces() -> dict[str, frozenset[str]]:
    """Each province of before 2025 with the folded spellings of its name."""
    table = _table()["provinces"]
    names = [*table["unchanged"], *table["merged"], *(old for olds in table["merged"].values() for old in olds)]
    return {name: frozenset(map(fold, (name, *table["also"].get(name, ())))) for name in dict.fromkeys(names)}


@cache
def _province_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(r"\b(?:tinh|thanh pho|tp\.?)\s{1,3}(?:" + "|".join(map(_words, spellings)) + ")"))
        for name, spellings in _provinces().items()
    )


def _districts(text: str, on: date) -> list[Ended]:
    table = _table()["local_government"]
    lowered, folded = text.lower(), fold(text)
    if len(lowered) != len(text):
        return []
    places = [
        match.start()
        for word in table["district_words"]
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", lowered)
    ]
    cities = "|".join(_words(city) for city in table["cities"])
    places += [match.start() for match in re.finditer(rf"\bthanh pho\s{{1,3}}(?:{cities})", folded)]
    found: list[Ended] = []
    for place in sorted(places):
        before = folded[max(0, place - _REACH) : place].rsplit(";", 1)[-1]
        for key, ended in (("police", table["police_ended"]), ("bodies", table["ended"])):
            if on >= ended and any(re.search(_words(body), before) for body in table[key]):
                found.append(Ended(" ".join(text.split()), ended, ""))
                return found
    for name in table["committees"]:
        if on >= table["ended"] and re.search(_words(name), folded) and _has_word(lowered, name):
            return [Ended(" ".join(text.split()), table["ended"], "")]
    return found


def _has_word(lowered: str, name: str) -> bool:
    """True when the first word of the name stands there with its diacritics: quận, not quân."""
    return bool(re.search(rf"(?<!\w){re.escape(name.split()[0])}(?!\w)", lowered))


def _old_provinces(text: str, on: date) -> list[Ended]:
    table = _table()["provinces"]
    name = province_in(text)
    if name is None or on < table["ended"] or province_now(name) == name:
        return []
    return [Ended(" ".join(text.split()), table["ended"], province_now(name))]


def _ministries(text: str, on: date) -> list[Ended]:
    folded = fold(text)
    return [
        Ended(row["name"], row["ended"], row["successor"])
        for row in _table()["ministry"]
        if on >= row["ended"] and re.search(_words(row["name"]), folded)
    ]
