"""Letters and figures of numbers that OCR takes for one another, put right where one reading is possible."""

from __future__ import annotations

import re
from string import ascii_lowercase

from antq_cli.vietnamese.lexicon import organs
from antq_cli.vietnamese.text import fold

_FIGURE_IN_CODE = re.compile(r"(?<=[/-])(?P<figure>[58])(?P<rest>[A-Z\u0110]{1,8})(?![\w])")
_LETTER_TWINS = {"5": "S", "8": "B"}
_LETTER_FOR_ZERO = re.compile(r"(?<=\bso )[dq](?=\d{1,4}\s?[-/]\s?[a-z])")
LIGATURE = re.compile(r"[\u0152\u0153\u00c6\u00e6]")
"""Two letters that OCR has run into one; no code has any."""


def untwinned(text: str, folded: str) -> tuple[str, str]:
    """Text and folded text with a figure for a letter put right at the start of a known body: `/5TC-HCSN`, `/8NV`.

    Lengths stay; what the result would not make a known body stays as it was read.
    """
    found = [
        (match.start("figure"), _LETTER_TWINS[match["figure"]])
        for match in _FIGURE_IN_CODE.finditer(text)
        if fold(_LETTER_TWINS[match["figure"]] + match["rest"]) in organs().spelling
    ]
    for at, letter in found:
        text = text[:at] + letter + text[at + 1 :]
        folded = folded[:at] + fold(letter) + folded[at + 1 :]
    for match in _LETTER_FOR_ZERO.finditer(folded):
        # "số Đ1-KL/TW": no number begins with a letter.
        text = text[: match.start()] + "0" + text[match.end() :]
        folded = folded[: match.start()] + "0" + folded[match.end() :]
    return text, folded


def without_ligature(printed: str, at: int) -> str:
    """The one known body that the code is without its ligature, or with one letter for it; else as printed."""
    before, after = fold(printed[:at]), fold(printed[at + 1 :])
    known = organs().spelling
    if before + after in known:
        return known[before + after]
    near = {known[code] for letter in ascii_lowercase if (code := before + letter + after) in known}
    return near.pop() if len(near) == 1 else printed
