"""Typed views of the tables in `vietnamese/tables`: what antq recognises is data, not code."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from antq_cli.vietnamese.text import fold


def read_table(name: str) -> dict[str, Any]:
    """One table of `vietnamese/tables` as TOML gives it."""
    return tomllib.loads(resources.files(__package__).joinpath("tables", f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A document kind (tên loại)."""

    name: str
    """Canonical Vietnamese name in lower case."""
    names: tuple[str, ...]
    """All spellings, the canonical one first."""
    abbreviations: tuple[str, ...]
    """In force since 05/3/2020, as printed: `CTr`."""
    older: tuple[str, ...]
    """Before 05/3/2020."""
    party: tuple[str, ...]
    """In Party documents."""
    also: tuple[str, ...]
    """Shorter abbreviations documents of this kind are numbered with: a chương trình phối hợp is often CTr."""
    normative: bool
    """May be a legal normative document."""
    by_name: bool
    """Cited by name alone (NĐ 30/2020, Phụ lục I.II.6.a): laws, codes, ordinances."""
    heading: bool
    """May be printed as the kind of a document of its own; `công văn` may not."""
    copy: bool

    @property
    def folded_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fold(name) for name in self.names))

    @property
    def all_abbreviations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.abbreviations, *self.party, *self.also, *self.older)))


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, longest name first, so that the first match is the most exact."""
    rows = read_table("kinds")["kind"]
    found = [
        Kind(
            name=row["names"][0],
            names=tuple(row["names"]),
            abbreviations=tuple(row["abbreviations"]),
            older=tuple(row.get("older", ())),
            party=tuple(row.get("party", ())),
            also=tuple(row.get("also", ())),
            normative=row.get("normative", False),
            by_name=row.get("by_name", False),
            heading=row.get("heading", True),
            copy=row.get("copy", False),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda kind: -max(map(len, kind.names))))


@cache
def kind_named(name: str) -> Kind | None:
    """The kind with this name, whatever its case or diacritics; None when there is none."""
    wanted = " ".join(fold(name).split())
    return next((kind for kind in kinds() if wanted in kind.folded_names), None)


@cache
def kinds_abbreviated(abbreviation: str) -> tuple[Kind, ...]:
    """The kinds an abbreviation may stand for, most likely first; case and diacritics do not count.

    In force now, then Party, then older abbreviations; a kind that merely also uses it comes last.
    """
    wanted = fold(abbreviation)
    tiers: tuple[list[Kind], list[Kind], list[Kind], list[Kind]] = ([], [], [], [])
    for kind in reversed(kinds()):
        for tier, forms in zip(tiers, (kind.abbreviations, kind.party, kind.older, kind.also), strict=True):
            if wanted in map(fold, forms):
                tier.append(kind)
                break
    return tuple(kind for tier in tiers for kind in tier)


@cache
def abbreviations() -> tuple[str, ...]:
    """Every abbreviation of a kind, longest first."""
    return tuple(sorted({a for kind in kinds() for a in kind.all_abbreviations}, key=lambda a: (-len(a), a)))


@dataclass(frozen=True, slots=True)
class Formulas:
    """Set phrases by which the parts of a letter are known; all folded but `about`."""

    national_title: str
    motto: str
    party_title: str
    recipients: str
    addressees: tuple[str, ...]
    about: tuple[str, ...]
    """With their marks."""
    subject_labels: tuple[str, ...]
    positions: tuple[str, ...]
    ranks: tuple[str, ...]
    basis: tuple[str, ...]
    urgent: tuple[str, ...]
    secret: tuple[str, ...]
    drafts: tuple[str, ...]
    copies: tuple[str, ...]
    annex: tuple[str, ...]
    annex_bound: tuple[str, ...]
    signed: tuple[str, ...]
    news_signs: dict[str, int]
    """Weight of each phrase that tells a news item from a letter."""


@cache
def formulas() -> Formulas:
    """The set phrases of `tables/formulas.toml`, lists longest first."""
    table: dict[str, Any] = {
        name: tuple(sorted(value, key=lambda phrase: -len(phrase))) if isinstance(value, list) else value
        for name, value in read_table("formulas").items()
    }
    return Formulas(**table)


@cache
def surnames() -> dict[str, tuple[str, ...]]:
    """Folded family names, each with its spellings."""
    found: dict[str, tuple[str, ...]] = {}
    for name in read_table("surnames")["surnames"]:
        found[fold(name)] = (*found.get(fold(name), ()), name)
    return found


@dataclass(frozen=True, slots=True)
class Agencies:
    """The building of issuers' names."""

    heads: tuple[str, ...]
    """First words of a name, folded, longest first."""
    continuations: tuple[str, ...]
    """First words of a line that goes on with a name, folded, longest first."""


@cache
def agencies() -> Agencies:
    """Heads and continuations of `tables/agencies.toml`."""
    table = read_table("agencies")
    return Agencies(
        **{
            name: tuple(sorted({fold(word) for word in table[name]}, key=lambda word: (-len(word), word)))
            for name in ("heads", "continuations")
        }
    )


@cache
def spellings() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Folded words of known phrases to the same words with their marks.

    Everyday official phrases, agencies, positions, provinces and areas with a province.
    """
    table = read_table("agencies")
    provinces = read_table("places")["provinces"]
    # Names come last, so that a name wins over a pair of ordinary words with the same letters.
    known = [*read_table("collocations")["phrases"], *table["phrases"], *provinces]
    known += [f"{level} {province}" for level in table["levels"] for province in provinces]
    return {tuple(word.strip(",") for word in fold(phrase).split()): tuple(phrase.split()) for phrase in known}


@dataclass(frozen=True, slots=True)
class Organs:
    """Codes of bodies in document symbols; all folded but the values of `spelling`."""

    spelling: dict[str, str]
    """Folded code to its right spelling: `hdnd` to `HĐND`."""
    sure: frozenset[str]
    """So particular that a number beside them is a document even without its separators."""
    party: frozenset[str]
    party_names: frozenset[str]
    """Names, not codes, of Party bodies."""
    legacy: frozenset[str]
    shared_types: frozenset[str]
    """Abbreviations of kinds that are codes of bodies or units too."""
    always_dated: frozenset[str]
    """Abbreviations of kinds whose number always holds the year."""
    not_glued: frozenset[str]
    """Codes that look like a kind and a body run together but are one body."""
    levels: tuple[tuple[str, tuple[str, ...]], ...]
    """Lowest level first: its name and the words that tell it, with their marks."""


@cache
def organs() -> Organs:
    """The codes of `tables/organs.toml`."""
    table = read_table("organs")
    names = ("sure", "party", "party_names", "legacy", "shared_types", "always_dated", "not_glued")
    sets = {name: frozenset(map(fold, table[name])) for name in names}
    levels = tuple((level, tuple(words)) for level, words in table["levels"].items())
    spelling = {fold(code): code for name in ("known", "party", "sure") for code in table[name]}
    return Organs(levels=levels, spelling=spelling, **sets)


@cache
def symbol_types() -> dict[str, tuple[str, ...]]:
    """Folded abbreviation that may stand as the kind in a symbol, to its right spellings, most likely first."""
    found: dict[str, list[str]] = {}
    for kind in kinds():
        for abbreviation in (*kind.abbreviations, *kind.party, *kind.also):
            found.setdefault(fold(abbreviation), []).append(abbreviation)
    for kind in kinds():
        for abbreviation in kind.older:
            found.setdefault(fold(abbreviation), []).append(abbreviation)
    for abbreviation in read_table("organs")["other_types"]:
        found.setdefault(fold(abbreviation), []).append(abbreviation)
    return {folded: tuple(dict.fromkeys(spellings)) for folded, spellings in found.items()}


@dataclass(frozen=True, slots=True)
class CitationWords:
    """The vocabulary of the citation grammar (`tables/citation_words.toml`)."""

    between_kind_and_number: tuple[str, ...]
    general_kinds: tuple[str, ...]
    short_abbreviations: tuple[str, ...]
    short_abbreviations_numbered: tuple[str, ...]
    programmes: tuple[str, ...]
    after_short: tuple[str, ...]
    not_documents: tuple[str, ...]
    issuer_commas: tuple[str, ...]
    about: tuple[str, ...]
    issuer_ends: tuple[str, ...]
    title_verbs: tuple[str, ...]
    title_ends: tuple[str, ...]
    main_verbs: tuple[str, ...]
    alias: str
    """A pattern over folded text."""
    back: tuple[str, ...]
    not_law_before: tuple[str, ...]
    not_law_after: tuple[str, ...]
    law_ends: tuple[str, ...]
    laws: tuple[str, ...]
    """Folded names of laws, longest first."""
    law_names: tuple[str, ...]
    """The same with their marks."""
    sentence_abbreviations: tuple[str, ...]
    """Words whose full stop ends no sentence."""


@cache
def citation_words() -> CitationWords:
    """The lists longest first."""
    table: dict[str, Any] = {
        name: tuple(sorted(value, key=lambda word: (-len(word), word))) if isinstance(value, list) else value
        for name, value in read_table("citation_words").items()
    }
    table["law_names"] = tuple(dict.fromkeys(table["laws"]))
    table["laws"] = tuple(dict.fromkeys(map(fold, table["laws"])))
    return CitationWords(**table)


def lowered(text: str) -> str:
    """Small letters with their marks; like `fold` it keeps the length."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def any_of(words: tuple[str, ...]) -> str:
    """A group of alternatives for a pattern: longest first, any white space between words."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(r"\s{1,3}".join(map(re.escape, word.split())) for word in ordered) + ")"


@cache
def joined_names() -> tuple[str, ...]:
    """Folded names of bodies and places that hold a comma, a dash or "và", longest first."""
    table = read_table("agencies")
    names = {fold(name) for name in (*table["phrases"], *read_table("places")["provinces"])}
    held = (name for name in names if re.search(r",|-|\bva\b", name))
    return tuple(sorted(held, key=lambda name: (-len(name), name)))


@cache
def known_words() -> frozenset[str]:
    """Words that official letters use, in their spelling: of phrases, places, kinds and codes, small where printed so.

    They weigh between two readings of one place; nothing is denied for not being among them.
    """
    agency, places, recipients = read_table("agencies"), read_table("places"), read_table("recipients")
    phrases = [*read_table("collocations")["phrases"], *agency["phrases"], *agency["heads"], *agency["continuations"]]
    phrases += [province.lower() for province in places["provinces"]] + places["provinces"]
    phrases += [name for kind in kinds() for name in (*kind.names, *kind.all_abbreviations)]
    phrases += [*recipients["words"], *recipients["marks"], *organs().spelling.values()]
    return frozenset(word.strip(",.") for phrase in phrases for word in phrase.split())
