"""Short names a letter binds to a document: "(sau đây gọi tắt là Chương trình phối hợp số 09)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from antq_cli.vietnamese.lexicon import any_of, citation_words, kinds
from antq_cli.vietnamese.text import fold

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Alias:
    """A binding; offsets are of the text, from the opening bracket or comma to the closing one."""

    start: int
    end: int
    name: str

    @property
    def digits(self) -> str | None:
        """The number in the short name, without leading zeros."""
        match = re.search(r"\d{1,5}", self.name)
        return match.group().lstrip("0") if match else None


def find_aliases(text: str, folded: str) -> tuple[Alias, ...]:
    """The bindings of a text whose short name is one of a document; short names of bodies are left out."""
    found: list[Alias] = []
    for match in _binding().finditer(folded):
        end = _end(text, match)
        name = _bare(text[match.end() : end])
        if name and _names_a_document(name):
            found.append(Alias(match.start(), end, name))
    return tuple(found)


def masked(text: str, aliases: tuple[Alias, ...]) -> str:
    """The text with the bindings blanked out, so that a short name is not taken for a further document."""
    for alias in aliases:
        text = text[: alias.start + 1] + " " * (alias.end - alias.start - 1) + text[alias.end :]
    return text


def _bare(name: str) -> str:
    """The name without blanks, quotation marks and stops around it."""
    inner = re.fullmatch(r"[\s\"':.]*(.*?)[\s\"':.]*", fold(name), re.DOTALL)
    return name[inner.start(1) : inner.end(1)] if inner else name


@cache
def _binding() -> re.Pattern[str]:
    return re.compile(rf"(?P<open>[(,])\s?(?:{citation_words().alias})\s{{0,2}}[\"']?(?<=[\s:\"'])")


def _end(text: str, match: re.Match[str]) -> int:
    limit = min(len(text), match.end() + _LONGEST)
    if match["open"] == "(":
        closing = text.find(")", match.end(), limit)
        if closing >= 0:
            return closing
    stop = re.compile(r"[,.;)\u201d\"]").search(text, match.end() + 1, limit)
    return stop.start() if stop else limit


@cache
def _document_name() -> re.Pattern[str]:
    names = tuple(dict.fromkeys(name for kind in kinds() for name in kind.folded_names))
    return re.compile(rf"{any_of((*names, *map(fold, citation_words().short_abbreviations)))}\b")


def _names_a_document(name: str) -> bool:
    return _document_name().match(fold(name)) is not None
