"""The one door for text on its way to a terminal.

The danger: letters and file names are untrusted. An escape sequence in one can recolour, retitle or lie to the
terminal; a bidirectional control can make `exe.pdf` look like another name. The guarantee: what passes through here
holds no control character, no bidirectional or zero-width control, and no lone surrogate.
"""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset(
    "\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


def safe(text: str, *, lines: bool = False) -> str:
    """The text with every dangerous character shown as its code point; with `lines`, line breaks stay."""
    return "".join(_shown(character, lines) for character in text)


def _shown(character: str, lines: bool) -> str:
    if character == "\n" and lines:
        return character
    if character in _HIDDEN or unicodedata.category(character) in ("Cc", "Cs"):
        return " " if character in "\n\t" else f"<U+{ord(character):04X}>"
    return character
