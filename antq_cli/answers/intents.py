"""What a question asks for, told from its wording alone. The wordings stand in `vietnamese/tables/questions.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from antq_cli.vietnamese.lexicon import kinds, read_table

# Longer questions are texts pasted by mistake; the patterns are written for sentences.
LONGEST = 400
_MACRO = re.compile(r"(?<!\?P)<(\w+)>")


class Intent(StrEnum):
    """What is asked. The words are part of the machine contract."""

    IMPLEMENTS = "implements"
    """The documents that carry X out."""
    RESTS_ON = "rests_on"
    """The documents X carries out or is based on."""
    BASED_ON = "based_on"
    """The documents that name X as what they rest on."""
    WHEN = "when"
    BY_WHOM = "by_whom"
    TO_WHOM = "to_whom"
    ABOUT = "about"
    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    REPLIES_TO = "replies_to"
    REPORTS_ON = "reports_on"
    GUIDES = "guides"
    DEADLINES = "deadlines"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Asked:
    """An intent with its finer points."""

    intent: Intent
    aspect: str = ""
    """`signer`, `issuer` or `both` of by_whom; `addressees` or `recipients` of to_whom."""
    outgoing: bool = False
    """For a relation: asked are the documents to which X stands in it ("X thay thế văn bản nào"), not those that stand
    in it to X."""


UNKNOWN = Asked(Intent.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Rule:
    asked: Asked
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    beats: frozenset[Intent]


def recognise(masked: str) -> Asked:
    """What a folded question asks about "@", the place of the document in it; UNKNOWN when nothing or too much fits.

    Two wordings that fit at once make the question unclear, unless one intent is known to include the other's words.
    """
    if len(masked) > LONGEST or masked.count("@") != 1:
        return UNKNOWN
    fitting = [rule for rule in _rules() if _fits(rule, masked)]
    beaten = {intent for rule in fitting for intent in rule.beats}
    left = {rule.asked: None for rule in fitting if rule.asked.intent not in beaten}
    if len(left) != 1:
        return UNKNOWN
    return next(iter(left))


def _fits(rule: _Rule, masked: str) -> bool:
    return any(p.search(masked) for p in rule.patterns) and not any(p.search(masked) for p in rule.unless)


def vocabulary(name: str) -> dict[str, Any]:
    """One table of `questions.toml`."""
    section: dict[str, Any] = _tables()[name]
    return section


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the table with its `<names>` filled in."""
    return re.compile(expand(pattern))


@cache
def expand(pattern: str, **own: str) -> str:
    """The pattern with every `<name>` replaced by the group of that name, again and again."""
    names = _words() | own
    while True:
        filled = _MACRO.sub(lambda name: names[name.group(1)], pattern)
        if filled == pattern:
            return filled
        pattern = filled


@cache
def _tables() -> dict[str, Any]:
    return read_table("questions")


@cache
def _words() -> dict[str, str]:
    own = {name for kind in kinds() if not kind.by_name for name in kind.folded_names}
    return {
        "kind": _any_of(own),
        "all_kinds": _any_of({name for kind in kinds() for name in kind.folded_names}),
        "english_kind": _any_of(set(_tables()["english_kinds"])),
        **_tables()["words"],
    }


def _any_of(names: set[str]) -> str:
    """A group of alternatives, longest first, so that the first to fit is the most exact."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return f"(?:{'|'.join(re.escape(name).replace(chr(92) + ' ', ' ') for name in longest_first)})"


@cache
def _rules() -> tuple[_Rule, ...]:
    tables = _tables()
    found = [
        _Rule(
            Asked(Intent(row["intent"]), row.get("aspect", "")),
            tuple(compiled(pattern) for pattern in row["patterns"]),
            tuple(compiled(pattern) for pattern in row.get("unless", ())),
            frozenset(map(Intent, row.get("beats", ()))),
        )
        for row in tables["property"]
    ]
    forms = tables["relation_forms"]
    for row in tables["relation"]:
        own = {"verb": row["verb"], "verb_en": row["verb_en"]}
        never = tuple(re.compile(expand(pattern, **own)) for pattern in forms["never"])
        beats = frozenset(map(Intent, row.get("beats", ())))
        for outgoing, side in ((False, "others"), (True, "itself")):
            general = forms[side] if row.get("forms", True) else ()
            patterns = tuple(re.compile(expand(p, **own)) for p in (*general, *row.get(side, ())))
            intent = Intent(row.get("itself_is", row["intent"]) if outgoing else row["intent"])
            asked = Asked(intent, outgoing=outgoing and "itself_is" not in row)
            lost = beats | ({Intent.RESTS_ON} if outgoing and beats else frozenset())
            found.append(_Rule(asked, patterns, never, lost))
    return tuple(found)
