"""Names of people: a family name, then words in capital and small letters."""

from __future__ import annotations

import re
from functools import cache

from antq_cli.vietnamese.lexicon import any_of, formulas, read_table, surnames
from antq_cli.vietnamese.syllables import is_syllable
from antq_cli.vietnamese.text import fold

EDGE = " .,;:'\"*_|^~`“”‘’–—-()[]<>=/\\"
"""Marks that scans put around words."""
MOST_WORDS = 6
# Ede, Jrai, Co Ho and other names: H'Yim, K'Brêu, Y Bhiăng.
_MARKED = re.compile(r"[hk]'[a-z]{2,}")
_WORD = re.compile(r"\S+")


def name_in(text: str) -> tuple[int, int] | None:
    """The stretch of a line that is a person's name, ranks and scraps of the pen left out.

    None when a longer word stands before the family name: then the name may begin there, misread ("gô Đình Hòa").
    Before a family name that is a given name too, any letter may be the rest of the true one ("Ĩ Văn Tùng").
    """
    tokens = [(match.start(), match.group()) for match in _WORD.finditer(text)]
    words = [word.strip(EDGE) for _, word in tokens]
    for first in range(len(words)):
        if not begins_name(words[first]):
            continue
        last = first
        while last + 1 < len(words) and last - first < MOST_WORDS - 1 and is_name_word(words[last + 1]):
            last += 1
        if last > first:
            least = 1 if is_given(words[first]) else 2
            before = " ".join(word for word in words[:first] if sum(c.isalnum() for c in word) >= least)
            if before and not is_rank(before):
                return None
            (start, head), (end, tail) = tokens[first], tokens[last]
            return start + head.index(words[first]), end + tail.index(words[last]) + len(words[last])
    return None


def begins_name(text: str) -> bool:
    """A family name, whatever its marks."""
    folded = fold(text)
    return is_name_word(text) and (folded in surnames() or _MARKED.fullmatch(folded) is not None)


@cache
def _given() -> frozenset[str]:
    return frozenset(read_table("given_names")["given_names"])


def is_given(word: str) -> bool:
    """A common word of given or middle names, with its marks."""
    return word in _given()


def is_common(name: str) -> bool:
    """Are all words after the family name common ones, or is the family of a people whose names are others?"""
    family, *given = name.split()
    return not is_syllable(family) or all(word in _given() for word in given)


def is_name_word(text: str) -> bool:
    """A capital, then small letters: `Nguyễn`, `K'Brêu`; a lone capital is a scrap, except the word Y."""
    bare = text.replace("'", "").replace("\u2019", "")
    if not bare.isalpha() or not bare[0].isupper():
        return False
    return text == "Y" if len(bare) == 1 else bare[1:].islower() or _MARKED.fullmatch(fold(text)) is not None


def is_ambiguous(name: str) -> bool:
    """The family name's marks fit none of the several family names with these letters: `Vị` is Vi or Vì."""
    first = name.split()[0]
    spellings = surnames().get(fold(first), ())
    return len(spellings) > 1 and first.lower() not in map(str.lower, spellings)


def lacks_letter(family: str) -> bool:
    """A rare family name that is a frequent one without one of its letters: `Tẩn` may be Trần."""
    folded = fold(family)
    frequent = [fold(name) for name in read_table("surnames")["frequent"]]
    if folded in frequent:
        return False
    return any(folded == name[:at] + name[at + 1 :] for name in frequent for at in range(len(name)))


def spelled(name: str) -> str:
    """The name with its family name's marks restored, where only one family name has these letters."""
    first, _, rest = name.partition(" ")
    spellings = surnames().get(fold(first), ())
    return f"{spellings[0]} {rest}" if len(spellings) == 1 else name


@cache
def _rank_pattern() -> re.Pattern[str]:
    words = (*formulas().ranks, *(phrase for phrase in formulas().signed if phrase.isascii() and phrase[0].isalpha()))
    return re.compile(rf"(?:{any_of(words)}[\s.,:-]{{0,4}}){{1,5}}")


def is_rank(text: str) -> bool:
    """Ranks and degrees before a name, which are not part of it."""
    return _rank_pattern().fullmatch(fold(text).replace("'", "")) is not None
