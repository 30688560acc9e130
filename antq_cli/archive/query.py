"""The query language: words, "phrases", -exclusions, OR, prefix*, document numbers and three filters.

Whatever is none of these is plain text; only a query that cannot mean anything is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from antq_cli.archive.analysis import terms
from antq_cli.errors import UsageError
from antq_cli.extraction.numbers import parse_number
from antq_cli.vietnamese.lexicon import kind_named, kinds
from antq_cli.vietnamese.text import clean, fold

MAX_CHARACTERS = 500
MAX_TERMS = 32
PREFIX_LETTERS = 3

FilterName = Literal["number", "kind", "issuer"]
_FILTERS: dict[str, FilterName] = {
    "so": "number",
    "number": "number",
    "loai": "kind",
    "kind": "kind",
    "coquan": "issuer",
    "issuer": "issuer",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `exact` differs from it when it was typed with diacritics."""

    word: str
    exact: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """All words that begin so."""

    word: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A document number in any written form: by its key, or its words as they stand in the text."""

    key: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A kind and a bare number, "Chỉ thị 28": by the keys that begin so, or its words."""

    keys: tuple[str, ...]
    words: tuple[Word, ...]


Leaf = Word | Prefix | Phrase | Number | ShortForm


@dataclass(frozen=True, slots=True)
class Group:
    """All of these."""

    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """Any of these."""

    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on the record; it does not move the ranking."""

    name: FilterName
    value: str
    excluded: bool


@dataclass(frozen=True, slots=True)
class Query:
    """Every clause, none of the excluded groups, and the filters."""

    clauses: tuple[Clause, ...]
    excluded: tuple[Group, ...]
    filters: tuple[Filter, ...]

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """What a document that is found may hold, in the order typed."""
        return tuple(leaf for clause in self.clauses for group in clause.groups for leaf in group.leaves)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words asked for, those of phrases and numbers included."""
        return tuple(word for leaf in self.leaves for word in words_of(leaf))


def words_of(leaf: Leaf) -> tuple[Word, ...]:
    """The words a leaf is made of; none for a prefix."""
    match leaf:
        case Word():
            return (leaf,)
        case Phrase(words) | ShortForm(_, words):
            return words
        case Number(_, phrase):
            return phrase.words
        case Prefix():
            return ()


def parse(text: str) -> Query:
    """Understand a query.

    Raises UsageError with the reason query_empty, query_too_long (limit), query_too_many_terms (limit, found),
    query_leading_star (word) or query_only_excluded.
    """
    if len(text) > MAX_CHARACTERS:
        raise UsageError("query_too_long", limit=MAX_CHARACTERS, found=len(text))
    printable = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in text)
    cleaned = clean(printable)
    clauses: list[Clause] = []
    excluded: list[Group] = []
    filters: list[Filter] = []
    joined = False
    for piece in _pieces(cleaned, fold(cleaned)):
        match piece:
            case "OR":
                joined = bool(clauses)
                continue
            case Filter():
                filters.append(piece)
            case (Group() as group, True):
                excluded.append(group)
            case (Group() as group, _):
                if joined:
                    clauses[-1] = Clause((*clauses[-1].groups, group))
                else:
                    clauses.append(Clause((group,)))
        joined = False
    query = Query(tuple(dict.fromkeys(clauses)), tuple(dict.fromkeys(excluded)), tuple(filters))
    if not query.clauses and not query.filters:
        raise UsageError("query_only_excluded" if query.excluded else "query_empty")
    found = len({*query.leaves, *(leaf for group in query.excluded for leaf in group.leaves)})
    if found > MAX_TERMS:
        raise UsageError("query_too_many_terms", limit=MAX_TERMS, found=found)
    return query


_Piece = Filter | tuple[Group, bool] | Literal["OR"]
_FILTER = re.compile(rf'(?:{"|".join(_FILTERS)}):[ ]{{0,3}}(?:"([^"]+)"|([^\s"]+))')
_CHUNK = re.compile(r'[^\s"]+')
_KINDS = "|".join(name.replace(" ", "[ ]{1,3}") for kind in kinds() for name in kind.folded_names)
# What stands before a number is no word to look for: a công văn does not print its own kind.
_LABEL = re.compile(rf"(?:(?:{_KINDS})\s{{1,3}})?(?:so\s{{0,3}}[:.]?\s{{0,3}})?(?=[\d*])")
# " -x" is an exclusion unless "/" follows; "5 - x", "5-x" and "5/x" join the parts of a number; ** is pasted markup.
_JOIN = r"(?:\s{0,3}/\s{0,3}|\s{0,3}-\s{1,3}|\s{0,3}-(?=[a-z]{1,8}/)|-)"
_NUMBER = re.compile(
    rf"\d{{1,6}}(?:\.\d{{1,2}})?[a-z]?\*{{0,2}}(?:{_JOIN}|(?=[a-z]{{2}}))\*{{0,2}}[a-z0-9]{{1,16}}"
    rf"(?:{_JOIN}[a-z0-9]{{1,16}}){{0,8}}(?!\w)"
)
_SHORT = re.compile(
    rf"(?P<kind>{_KINDS})"
    r"\s{1,3}(?:so\s{0,3}:?\s{0,3})?(?P<digits>\d{1,5})(?![\w*]|\s{0,3}[/\-.]\s{0,3}\w)"
)
_PREFIX = re.compile(rf"[^\W\d_]{{{PREFIX_LETTERS},}}\*")


def _pieces(text: str, folded: str) -> Iterator[_Piece]:
    at = 0
    while at < len(text):
        excluded = folded[at] == "-" and _starts(folded, at) and at + 1 < len(text) and folded[at + 1] not in ' -"'
        quoted_out = folded.startswith('-"', at) and _starts(folded, at)
        begin = at + 1 if excluded or quoted_out else at
        out = begin > at
        for reader in (_filter, _number, _short, _quoted, _chunk):
            read = reader(text, folded, begin, out)
            if read is not None:
                pieces, at = read
                yield from pieces
                break
        else:
            at = begin + 1


_Read = tuple[list[_Piece], int]


def _starts(folded: str, at: int) -> bool:
    return at == 0 or folded[at - 1].isspace()


def _filter(text: str, folded: str, at: int, out: bool) -> _Read | None:
    if at and folded[at - 1].isalnum():
        return None
    match = _FILTER.match(folded, at)
    if match is None:
        return None
    typed = match.group().partition(":")[0]
    if typed == "so" and text[at : at + 2] != typed:
        # "Số: 15/KH-UBND" was copied from a letter.
        return None
    name = _FILTERS[typed]
    start, end = match.span(1 if match[1] is not None else 2)
    if name == "kind" and match[1] is None:
        end = _kind_end(folded, start, end)
    if not any(c.isalnum() for c in folded[start:end]):
        return None
    if name == "number" and match[1] is None:
        number = _NUMBER.match(folded, start)
        end = number.end() if number else end
    closing = 1 if match[1] is not None else 0
    return [Filter(name, text[start:end], out)], end + closing


def _kind_end(folded: str, start: int, end: int) -> int:
    """`loai:ke hoach thang 5`: a kind of several words needs no quotation marks."""
    ends = [start + match.end() for match in re.finditer(r"[^\s\"]+", folded[start : start + 80])][:8]
    return next((stop for stop in reversed(ends) if kind_named(folded[start:stop])), end)


def _number(text: str, folded: str, at: int, out: bool) -> _Read | None:
    if at and (folded[at - 1].isalnum() or (folded[at - 1] in "/-" and not out)):
        return None
    label = _LABEL.match(folded, at)
    start = label.end() if label else at
    start += len(folded[start : start + 2]) - len(folded[start : start + 2].lstrip("*"))
    match = _NUMBER.match(folded, start)
    leaf = _number_leaf(text[start : match.end()]) if match else None
    return ([(Group((leaf,)), out)], match.end()) if match and leaf else None


def _number_leaf(written: str) -> Number | None:
    number = parse_number(written.replace("*", ""))
    if number is None or not any(number.key.split("|")[2:]):
        return None
    return Number(number.key, _phrase(written))


def _short(text: str, folded: str, at: int, out: bool) -> _Read | None:
    match = _SHORT.match(folded, at) if not out and (at == 0 or not folded[at - 1].isalnum()) else None
    kind = kind_named(match["kind"]) if match else None
    if match is None or kind is None:
        return None
    bare = match["digits"].lstrip("0") or "0"
    forms = [*kind.all_abbreviations, *([""] if kind == kind_named("cong van") else [])]
    keys = tuple(dict.fromkeys(f"{bare}||{fold(form).upper()}" for form in forms))
    printed = f"{text[at : match.end('kind')]} {match['digits']}"
    return ([(Group((ShortForm(keys, _phrase(printed).words),)), out)], match.end()) if keys else None


def _quoted(text: str, folded: str, at: int, out: bool) -> _Read | None:
    if folded[at] != '"':
        return None
    end = folded.find('"', at + 1)
    if end < 0:
        return [], at + 1
    inside = text[at + 1 : end]
    phrase = _phrase(inside)
    if not phrase.words:
        return [], end + 1
    whole = _NUMBER.fullmatch(folded[at + 1 : end].strip())
    leaf: Leaf = (_number_leaf(inside.strip()) if whole else None) or phrase
    return [(Group((leaf if len(phrase.words) > 1 else phrase.words[0],)), out)], end + 1


def _chunk(text: str, folded: str, at: int, out: bool) -> _Read | None:
    if not (folded[at].isalnum() or folded[at] == "*"):
        return None
    match = _CHUNK.match(folded, at)
    if match is None:
        return None
    chunk = text[at : match.end()]
    if chunk == "OR" and not out and _starts(folded, at):
        return ["OR"], match.end()
    if chunk.startswith("*"):
        if len(chunk) > 1 and chunk[1].isalpha() and "*" not in chunk[1:] and _starts(folded, at):
            raise UsageError("query_leading_star", word=chunk)
        return [], at + 1
    prefix = _PREFIX.fullmatch(match.group())
    if prefix:
        return [(Group((Prefix(match.group()[:-1]),)), out)], match.end()
    phrase = _phrase(chunk)
    leaves: tuple[Leaf, ...] = (phrase,) if out and len(phrase.words) > 1 else phrase.words
    return ([(Group(leaves), out)] if leaves else []), match.end()


def _phrase(text: str) -> Phrase:
    return Phrase(tuple(Word(term.word, term.exact) for term in terms(text)))
