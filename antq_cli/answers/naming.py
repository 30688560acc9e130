"""How a question names its document: by number and symbol, by kind and number, by archive number, or by its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from antq_cli.answers.intents import compiled, vocabulary
from antq_cli.extraction.identity import agree, reference_of
from antq_cli.extraction.numbers import parse_number
from antq_cli.model.letter import Reference
from antq_cli.vietnamese.lexicon import Kind, kind_named, kinds, kinds_abbreviated
from antq_cli.vietnamese.text import clean, fold, squeeze

_SYMBOL = re.compile(
    r"(?<![\w/.-])\d{1,6}(?:\.\d{1,3})?[a-z]?(?:\s?[/-]\s?(?:(?:19|20)\d\d(?=\s?[/-])|[a-z][a-z0-9&.]{0,14})){1,6}"
    r"|(?<![\w/.-])\d{1,6}[a-z]{2,12}(?:-[a-z]{1,12}){0,3}|(?<![\w/.-])\d{1,5} [a-z]{2,6}/[a-z]{2,6}(?!\w)"
)
_YEARS = re.compile(r"(?:19[4-9]|20\d)\d")


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of the question that names the document asked about."""

    start: int
    end: int
    reference: Reference | None
    handle: str | None = None
    """Archive number or beginning of an id."""
    others: tuple[tuple[int, int], ...] = ()
    """Later stretches that name other documents."""


def named_documents(text: str) -> Iterator[Named]:
    """The ways to read the question's document, the surest first. With a number in it there is but one."""
    folded = fold(text)
    handle = _handle(folded)
    if handle is not None:
        yield handle
        return
    references = find_references(text)
    if references:
        start, end, first = references[0]
        same = [each for each in references[1:] if agree(first, each[2])]
        others = tuple((each[0], each[1]) for each in references[1:])
        fullest = next((each[2] for each in same if first.is_short and not each[2].is_short), first)
        yield Named(start, end, fullest, others=others)
        return
    yield from _titles(text, folded)


def reference_called(name: str) -> Reference | None:
    """The one document a person names by itself: `CTPH 09`, `Plan 83`, `17-CT/TW`; None for none or several."""
    references = find_references(rewritten(squeeze(clean(name))))
    return references[0][2] if len(references) == 1 else None


def find_references(text: str) -> tuple[tuple[int, int, Reference], ...]:
    """The numbered documents a plain text names, with their places, in its order."""
    folded = fold(text)
    found: list[tuple[int, int, Reference]] = []
    for match in _SYMBOL.finditer(folded):
        number = parse_number(text[match.start() : match.end()])
        if number is None or not number.digits:
            continue
        start, kind = _kind_before(folded, match.start())
        found.append((start, match.end(), Reference(kind=kind, number=number.canonical, key=number.key)))
    for match in _pattern("short").finditer(folded):
        numbered = " so " in match.group() or not _YEARS.fullmatch(match["digits"])
        if numbered and not _is_taken(found, match):
            found.append(
                (match.start(), match.end(), reference_of(kind=_kind_name(match["kind"]), number=match["digits"]))
            )
    if not found:
        bare = _pattern("bare").finditer(folded)
        found += [(match.start(), match.end(), reference_of(number=match["digits"])) for match in bare]
    return tuple(sorted(found, key=lambda each: each[0]))


def rewritten(text: str) -> str:
    """The question with English kinds and typed abbreviations before a number in full: "Plan 83", "CTPH 09"."""
    pieces: list[str] = []
    at = 0
    for match in _foreign_kind().finditer(fold(text)):
        written = _written_kind(text[match.start("kind") : match.end("kind")])
        if written is not None:
            pieces += [text[at : match.start()], f"{written} "]
            at = match.end()
    return "".join((*pieces, text[at:]))


def asked_kinds(masked: str) -> tuple[str, ...]:
    """The kinds of document the asker wants for an answer: "kế hoạch nào", "which plans"."""
    names: dict[str, None] = {}
    for match in _pattern("asked_kind").finditer(masked):
        english = match["english"]
        name = vocabulary("english_kinds").get(english) if english else _kind_name(match["many"] or match["which"])
        if name is not None and english not in vocabulary("naming")["any_paper"]:
            names[name] = None
    return tuple(names)


def _handle(folded: str) -> Named | None:
    match = compiled(vocabulary("title")["handle"]).search(folded)
    return Named(match.start(), match.end(), None, match["seq"] or match["id"]) if match else None


def _titles(text: str, folded: str) -> Iterator[Named]:
    """Stretches that begin with a kind and go on to where the question takes over again."""
    pattern = _pattern("titled")
    at = 0
    while (match := pattern.search(folded, at)) is not None:
        at = match.start() + 1
        if _pattern("not_titled").search(folded[: match.start()]):
            continue
        english = match["english"]
        kind = vocabulary("english_kinds")[english] if english else _kind_name(match["kind"]) if match["kind"] else None
        title = text[match.start("title") : match.end("title")].strip(" ,.;:\"'")
        yield Named(match.start(), match.end(), reference_of(kind=kind, title=title))


def _kind_before(folded: str, start: int) -> tuple[int, str | None]:
    """Where the naming begins when a kind stands before the number, and that kind."""
    head = folded[max(0, start - 60) : start]
    match = _pattern("before").search(head)
    if match is None or not match.group().strip():
        return start, None
    begin = start - len(head) + match.start() + (0 if match.start() == 0 and head[:1].isalnum() else 1)
    return min(begin, start), _kind_name(match["kind"]) if match["kind"] else None


def _kind_name(folded: str) -> str | None:
    kind = kind_named(folded)
    return kind.name if kind is not None else None


def _is_taken(found: list[tuple[int, int, Reference]], match: re.Match[str]) -> bool:
    return any(start < match.end() and match.start() < end for start, end, _ in found)


def _written_kind(typed: str) -> str | None:
    """The kind a typed abbreviation or English name stands for; None when it may be different ones."""
    folded = fold(typed)
    english: str | None = vocabulary("english_kinds").get(folded)
    name = english or vocabulary("typed_kinds").get(folded)
    if name is not None:
        return str(name)
    candidates = kinds_abbreviated(typed)
    exact: list[Kind] = [kind for kind in candidates if typed in kind.abbreviations or typed in kind.party]
    plain = [kind for kind in candidates if any(fold(short) == folded for short in kind.abbreviations)]
    chosen = exact or plain or list(candidates)
    return chosen[0].name if len(chosen) == 1 or exact else None


@cache
def _foreign_kind() -> re.Pattern[str]:
    shorts = {fold(short) for kind in kinds() for short in kind.all_abbreviations if len(short) > 1}
    names = {*vocabulary("english_kinds"), *vocabulary("typed_kinds"), *shorts}
    alternatives = "|".join(sorted(map(re.escape, names), key=lambda each: (-len(each), each)))
    return re.compile(rf"(?<![\w/.-])(?P<kind>{alternatives}){vocabulary('naming')['number_word']}")


def _pattern(name: str) -> re.Pattern[str]:
    return compiled(vocabulary("naming")[name])
