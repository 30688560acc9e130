"""Set phrases of lists with a letter wrong: `Bệ Tài chính` off a scan is `Bộ Tài chính`, `UBNI` is `UBND`.

Only known bodies, offices and phrases of Nơi nhận and Kính gửi are restored, and only when one of them alone fits. A
word that could be right as it stands gives way only to letters that OCR takes for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from rapidfuzz.distance import Levenshtein

from antq_cli.extraction.spelling import like
from antq_cli.vietnamese.lexicon import read_table
from antq_cli.vietnamese.syllables import is_syllable
from antq_cli.vietnamese.text import fold, is_upper

_EDGE = " .,;:'\"*_|^~()-"
_ALIKE = ("eoca", "cg", "di", "ilt1j", "tf1", "bh6", "nuhr", "vy", "gq9", "pbr", "dob0q", "mnr", "s5", "z2", "kx")
"""Letters and figures that OCR takes for one another, folded."""
SAFE = 8
"""A phrase with fewer letters resembles too many others."""
CODE = 4
"""A shorter abbreviation resembles too many others."""
_FULL_STOP = re.compile(r"(?<=[A-Z\u0110]{3})\.(?=\s[A-Z\u0110]{2})")
_KEPT = re.compile(r"(?P<head>l[uo]u\W{1,3})(?P<code>v[itfl1j])(?=[;,.\s]|$)")
_COPIES = re.compile(r"(?<=\()(?P<count>\d{1,3})[h6](?=\))")


def reworded(entry: str) -> str:
    """An entry of a list read off a scan, with the letters of set phrases and of known abbreviations put right."""
    words = _with_codes(entry.split())
    position = 0
    while position < len(words):
        for size in range(min(_longest(), len(words) - position), 1, -1):
            right = _phrase(tuple(words[position : position + size]))
            if right is not None:
                words[position : position + size] = map(_placed, words[position : position + size], right)
                position += size
                break
        else:
            position += 1
    return _with_marks(" ".join(words))


def _with_marks(entry: str) -> str:
    """The comma between abbreviations, and in the last entry the archive (VT) and the number of copies (3b)."""
    entry = _FULL_STOP.sub(",", entry)
    kept = _KEPT.match(fold(entry))
    if kept is None:
        return entry
    start, end = kept.span("code")
    entry = entry[:start] + ("VT" if is_upper(entry[start]) else entry[start:end]) + entry[end:]
    return _COPIES.sub(r"\g<count>b", entry)


def _with_codes(words: list[str]) -> list[str]:
    """Abbreviations put right; two pieces of one joined."""
    found: list[str] = []
    for word in words:
        core = word.strip(_EDGE)
        if found and is_upper(core) and is_upper(found[-1]) and found[-1].isalpha():
            joined = None if _is_known(found[-1]) or _is_known(core) else _joined(found[-1] + core)
            if joined is not None:
                found[-1] = joined + word[word.index(core) + len(core) :]
                continue
        right = _code(core)
        found.append(word.replace(core, right) if right is not None else word)
    return found


@cache
def _codes() -> dict[str, str]:
    return {fold(code): code for code in read_table("recipients")["codes"]}


def _joined(torn: str) -> str | None:
    """The long abbreviation that two pieces are, a letter lost between them at most."""
    folded = fold(torn)
    near = [
        code
        for key, code in _codes().items()
        if len(key) > CODE and len(key) >= len(folded) and Levenshtein.distance(folded, key, score_cutoff=1) <= 1
    ]
    return near[0] if len(near) == 1 else None


@cache
def _words() -> frozenset[str]:
    table = read_table("recipients")
    return frozenset(fold(word) for word in (*table["words"], *table["codes"]))


def _is_known(core: str) -> bool:
    return fold(core) in _words()


@cache
def _code(core: str) -> str | None:
    """The one known abbreviation a word in capitals is, a letter wrong at most; None when it is none or is right."""
    folded = fold(core)
    capitals = "".join(c for c in core if not c.islower())
    if len(capitals) == len(core) - 1 >= CODE and core[-1].isupper() and folded not in _words():
        return _codes().get(fold(capitals))  # a speck read as a small letter
    if not is_upper(core) or len(core) < CODE or not core.isalnum():
        return None
    if folded in _words():
        right = _codes().get(folded)
        return right if right is not None and len(right) == len(core) and right != core else None
    if is_syllable(core):
        return None
    near = [code for key, code in _codes().items() if _are_alike(folded, key)]
    return near[0] if len(near) == 1 else None


def _are_alike(folded: str, right: str) -> bool:
    """One letter is taken for another that looks like it, or is read twice."""
    if len(folded) == len(right):
        wrong = [(ours, theirs) for ours, theirs in zip(folded, right, strict=True) if ours != theirs]
        return len(wrong) == 1 and any(wrong[0][0] in group and wrong[0][1] in group for group in _ALIKE)
    doubled = (folded[:n] + folded[n + 1 :] for n in range(1, len(folded)) if folded[n] == folded[n - 1])
    return len(folded) == len(right) + 1 and right in doubled


@cache
def _phrases() -> dict[int, dict[tuple[str, ...], tuple[str, ...]]]:
    """Folded words of a phrase, without marks around them, to its words; by their count."""
    found: dict[int, dict[tuple[str, ...], tuple[str, ...]]] = defaultdict(dict)
    for phrase in (*read_table("agencies")["phrases"], *read_table("recipients")["phrases"]):
        words = tuple(phrase.split())
        if len(words) > 1:
            found[len(words)][tuple(fold(word).strip(_EDGE) for word in words)] = words
    return found


@cache
def _longest() -> int:
    return max(_phrases())


@cache
def _phrase(printed: tuple[str, ...]) -> tuple[str, ...] | None:
    """The one phrase that these words are, a letter of one word wrong at most; None when there is none or more."""
    known = _phrases().get(len(printed), {})
    cores = tuple(word.strip(_EDGE) for word in printed)
    folded = tuple(map(fold, cores))
    if folded in known:
        return known[folded]
    if sum(map(len, folded)) < SAFE:
        return None
    near = []
    for key, words in known.items():
        wrong = [place for place, (ours, theirs) in enumerate(zip(folded, key, strict=True)) if ours != theirs]
        if len(wrong) == 1 and _may_be(cores[wrong[0]], folded[wrong[0]], key[wrong[0]], len(key)):
            near.append(words)
            if len(near) > 1:
                return None
    return near[0] if near else None


def _may_be(core: str, folded: str, right: str, size: int) -> bool:
    """May the word be that other one? One letter is wrong; more is asked of a word that exists or stands alone."""
    if not folded or Levenshtein.distance(folded, right, score_cutoff=1) != 1:
        return False
    if len(folded) == len(right) and _are_alike(folded, right):
        return True
    return size > 2 and len(right) > 1 and not is_syllable(core) and not core.isdigit()


def _placed(old: str, new: str) -> str:
    """The right word in the old one's case, with the marks around the old one kept."""
    core, bare = old.strip(_EDGE), new.strip(_EDGE)
    if not core or not bare:
        return old
    if fold(core) == fold(bare):
        return like(old, new)
    if is_upper(core) and len(core) > 1:
        bare = bare.upper()
    elif core[0].isupper():
        bare = bare[0].upper() + bare[1:]
    return old.replace(core, bare)
