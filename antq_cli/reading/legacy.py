"""Old encodings in files: by the name of the font where the file tells it, by the letters where it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from antq_cli.model.page import Word
from antq_cli.reading.sanity import is_foreign, is_legacy
from antq_cli.vietnamese.legacy import Encoding, decode, guess, is_plausible

NOTE = "legacy:"
"""Beginning of the note that words were brought to Unicode: `legacy:tcvn3`, `legacy:vni`."""


def note_of(encoding: Encoding) -> str:
    return NOTE + encoding.family


def decoded(text: str, encoding: Encoding | None) -> tuple[str, tuple[str, ...]]:
    """The text of a run in a font of this encoding, and the note that tells of it when that changed anything.

    A run that holds letters only Unicode has is Unicode, whatever its font is called.
    """
    if encoding is None or any(is_unicode(c) for c in text):
        return text, ()
    plain = decode(text, encoding)
    return plain, (note_of(encoding),) if plain != text else ()


def is_unicode(character: str) -> bool:
    """Vietnamese letters beyond Latin-1: no old encoding gives them."""
    return 0x0100 <= ord(character) <= 0x01BF or 0x1EA0 <= ord(character) <= 0x1EFF


def repaired_words(words: Sequence[Word]) -> tuple[list[Word], tuple[str, ...]]:
    """Words of unknown fonts brought to Unicode where they are of an old encoding, line by line."""
    if not is_legacy([word.text for word in words]):
        return list(words), ()
    lines: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        lines.setdefault(word.line, []).append(index)
    rows = list(lines.values())
    texts, notes = repaired_lines([" ".join(words[index].text for index in row) for row in rows])
    if not notes:
        return list(words), ()
    found = list(words)
    for row, text in zip(rows, texts, strict=True):
        for index, part in zip(row, text.split(" "), strict=True):
            found[index] = replace(words[index], text=part)
    return found, notes


def repaired_lines(lines: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Lines of text with those of an old encoding brought to Unicode; without a note when that gives no Vietnamese.

    A line is old when it holds a letter of no Vietnamese word and none that only Unicode has; a line that shows
    neither is as the one before it, or else the first after it.
    """
    marks = [_sign(line) for line in lines]
    old: list[bool] = []
    last = next((mark for mark in marks if mark is not None), False)
    for mark in marks:
        last = last if mark is None else mark
        old.append(last)
    encoding = guess(word for line, is_old in zip(lines, old, strict=True) if is_old for word in line.split())
    if encoding is None:
        return list(lines), ()
    found = [decode(line, encoding) if is_old else line for line, is_old in zip(lines, old, strict=True)]
    if not is_plausible(word for line in found for word in line.split()):
        return list(lines), ()
    return found, (note_of(encoding),)


def _sign(line: str) -> bool | None:
    """True: of an old encoding. False: Unicode. None: plain letters, the line does not tell."""
    if any(is_unicode(c) for c in line):
        return False
    return True if any(is_foreign(word) for word in line.split()) else None


def repaired_bytes(text: str) -> str | None:
    """UTF-8 that was taken for windows-1252 and saved again, when it can be undone without loss; else None."""
    raw = bytearray()
    for character in text:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return None
            raw.append(ord(character))
    try:
        plain = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return plain if plain != text and is_plausible(plain.split()) else None
