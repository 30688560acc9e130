"""The one door for text on its way to a terminal.

The danger: letters and file names are untrusted. An escape sequence in one can recolour, retitle or lie to the
terminal; a bidirectional control can make `exe.pdf` look like another name. The guarantee: what passes through here
holds no control character, no bidirectional or other invisible character, and no lone surrogate.
"""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Unicode categories: controls, invisible formatting, surrogates, separators of lines and paragraphs."""


def safe(text: str, *, lines: bool = False) -> str:
    """The text with every dangerous character shown as its code point; with `lines`, line breaks stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character, lines) for character in text)


def _shown(character: str, lines: bool) -> str:
    if unicodedata.category(character) not in _HIDDEN:
        return character
    if character == "\n" and lines:
        return character
    if character in "\n\t":
        return " "
    if "\udc80" <= character <= "\udcff":
        return f"<{ord(character) - 0xDC00:02X}>"  # a byte of a file name that is no UTF-8
    return f"<U+{ord(character):04X}>"
