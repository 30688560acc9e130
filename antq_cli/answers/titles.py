"""A document named by words of its subject or its issuer instead of its number."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from itertools import pairwise

from antq_cli.answers.intents import compiled, vocabulary
from antq_cli.answers.known import Known
from antq_cli.answers.records import Library
from antq_cli.extraction.numbers import parse_number
from antq_cli.model.letter import Reference
from antq_cli.vietnamese.administration import bodies_named, body_coded, province_in
from antq_cli.vietnamese.text import fold

_WORD = re.compile(r"[a-z0-9]+")
# A subject fits when nearly all words asked for stand in it, most of them side by side as asked.
_WORDS_NEEDED = 2
_SHARE = 0.8
_PAIRS_SHARE = 0.5


def content_words(text: str) -> tuple[str, ...]:
    """The folded words that say something about a subject or a body, abbreviations written out."""
    written_out = _write_out(fold(text))
    return tuple(word for word in _WORD.findall(written_out) if word not in _empty())


def entitled(kind: str | None, title: str, library: Library) -> tuple[Known, ...]:
    """The archived documents of this kind whose subject holds the words; empty when the words are too few."""
    asked = content_words(title)
    if len(asked) < _WORDS_NEEDED:
        return ()
    found: list[Known] = []
    for record in library.list():
        if record.subject and _is_kind(record.kind, kind) and _fits(asked, content_words(record.subject)):
            copy = next(
                (index for index, one in enumerate(found) if one.records[0].reference == record.reference), None
            )
            if copy is None:
                found.append(Known(record.reference, (record,)))
            else:
                found[copy] = Known(found[copy].reference, (*found[copy].records, record))
    return tuple(found)


def issued_by(body: str, one: Known) -> bool | None:
    """Whether the body the asker names issued the document; None when too little is known of its issuer to say.

    Another kind of body, another level or another province is another issuer; so is any name that the document's own
    header does not hold. A citing letter may have shortened the name ("UBND tỉnh"), so what it lacks proves nothing.
    """
    asked = [word for word in content_words(body) if word not in vocabulary("heads")["words"]]
    number = parse_number(one.reference.number) if one.reference.number else None
    printed = " ; ".join(
        part for record in one.records for part in (record.issuer, record.issuer_parent, record.place) if part
    )
    cited = [one.reference.issuer, *(each.citation.reference.issuer for each in one.cited)]
    text = " ; ".join((printed, *(part for part in cited if part)))
    codes = number.organs if number is not None else ()
    bodies = bodies_named(text) | {named for code in codes if (named := body_coded(code)) is not None}
    wanted = bodies_named(body)
    if (wanted and bodies and not wanted & bodies) or _differ(_levels(body), _levels(text)):
        return False
    if _differ({province_in(body)} - {None}, {province_in(text)} - {None}):
        return False
    known_words = {*content_words(text), *(word for code in codes for word in content_words(code))}
    if asked and all(word in known_words for word in asked):
        return True
    return False if printed and asked else None


def _levels(text: str) -> set[str]:
    folded = fold(text)
    return {name for name, pattern in vocabulary("levels").items() if compiled(pattern).search(folded)}


def _differ(one: Set[str | None], other: Set[str | None]) -> bool:
    return bool(one) and bool(other) and not one & other


def entitled_so(title: str, one: Known) -> bool:
    """True when a subject of the document, its own or as others cite it, fits the asker's words."""
    asked = content_words(title)
    texts = [one.reference.title, *(record.subject for record in one.records)]
    texts += [each.citation.reference.title for each in one.cited]
    return len(asked) >= _WORDS_NEEDED and any(_fits(asked, content_words(text)) for text in texts if text)


def _fits(asked: tuple[str, ...], subject: tuple[str, ...]) -> bool:
    present = sum(word in subject for word in asked) / len(asked)
    if present < (_SHARE if len(asked) > _WORDS_NEEDED + 2 else 1.0):
        return False
    beside = set(pairwise(subject))
    pairs = list(pairwise(asked))
    return sum(pair in beside for pair in pairs) / len(pairs) >= _PAIRS_SHARE


def _is_kind(own: str | None, asked: str | None) -> bool:
    """A chương trình phối hợp is a chương trình too; a document whose kind is unknown may be of any."""
    if own is None or asked is None:
        return True
    own_words, asked_words = fold(own).split(), fold(asked).split()
    shorter = min(len(own_words), len(asked_words))
    return own_words[:shorter] == asked_words[:shorter]


def is_wider_kind(own: str | None, asked: str | None) -> bool:
    """True for a chương trình when a chương trình phối hợp is asked for."""
    return own is not None and asked is not None and own != asked and fold(asked).startswith(f"{fold(own)} ")


def is_of_kind(reference: Reference, asked: str) -> bool:
    """True when the document may be of the kind asked for."""
    return _is_kind(reference.kind, asked)


def _write_out(folded: str) -> str:
    return _abbreviation().sub(lambda short: str(vocabulary("bodies")[short.group()]), folded)


@cache
def _abbreviation() -> re.Pattern[str]:
    names = sorted(vocabulary("bodies"), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, names))})(?![a-z0-9])")


@cache
def _empty() -> frozenset[str]:
    return frozenset(vocabulary("title")["empty"])
