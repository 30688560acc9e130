"""Plain text and Markdown: one source line, one line; no wrapping."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from antq_cli.errors import InputError
from antq_cli.model.page import PageOrigin, Word
from antq_cli.reading import nominal
from antq_cli.reading.legacy import repaired_bytes, repaired_lines
from antq_cli.reading.protocol import Inspection
from antq_cli.reading.sanity import is_legacy
from antq_cli.settings import Limits

_MARKDOWN = frozenset({".md", ".markdown"})
_TAB = 8
_APART = " " * 4
"""Room before every tab: what it parts must not look like two words of one phrase."""
_LINE_BREAKS = re.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]")
_ALLOWED = frozenset("\t\n\r\f\v\x85")
_CONTROL_SHARE = 0.001
_HEADING = re.compile(r"^ {0,3}#{1,6} +")
# A mark hugs its word on the inside and does not touch a letter on the outside, so `2*3*4`, `snake_case` and the
# lone `*` of a Party letter stay.
_STRONG = re.compile(r"(?<![\w*])(\*{2,3})(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\1(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\*(?![\w*])")
_UNDERLINE = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s_])\1(?![\w_])")
_CODE = re.compile(r"`{1,3}(?=[^`\s])([^`\n]{1,2000}?)`{1,3}")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>])")
_TABLE_ROW = re.compile(r" {0,3}\|([^\n]{1,4000})\|\s{0,8}")
_LINE_IN_CELL = re.compile(r"<br\s?/?>", re.IGNORECASE)
_STRONG_PAIR = re.compile(r"\*\*[^\s*][^*\n]{0,2000}\*\*")


def inspect(path: Path, limits: Limits) -> Inspection:
    """The pages of a text file; a form feed begins a new one.

    Raises InputError: `encoding` (not UTF-8, nor UTF-16 with its mark), `unsupported` (no text), `too_large`, `empty`.
    """
    try:
        text, notes = decoded(path.read_bytes())
    except OSError:
        raise InputError("denied") from None
    if len(text) > limits.text_characters:
        raise InputError("too_large", limit=limits.text_characters)
    if not text.strip():
        raise InputError("empty")
    markdown = path.suffix.lower() in _MARKDOWN
    sheets = text.split("\f")
    while len(sheets) > 1 and not sheets[-1].strip():
        sheets.pop()
    if len(sheets) > limits.pages:
        raise InputError("too_large", limit=limits.pages)
    pages = tuple(
        nominal.page(number, _words(sheet, markdown=markdown), PageOrigin.PLAIN)
        for number, sheet in enumerate(sheets, 1)
    )
    pages = tuple(replace(page, notes=(*page.notes, *notes)) for page in pages) if notes else pages
    return Inspection("text", len(pages), (), pages)


def decode(data: bytes) -> str:
    """The text of the bytes. Raises InputError: `encoding`, `unsupported`."""
    return decoded(data)[0]


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of the bytes, and a note when it was brought to Unicode from TCVN3, VNI or UTF-8 encoded twice.

    Raises InputError: `encoding`, `unsupported`.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        if b"\0" in data:
            raise InputError("unsupported")
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if _controls(data.decode("latin-1").replace("\x85", "")) > _CONTROL_SHARE * len(data) + 1:
            raise InputError("unsupported") from None
        return _repaired(data.decode("latin-1"))
    if _controls(text) > _CONTROL_SHARE * len(text):
        raise InputError("unsupported")
    return _repaired(text) if is_legacy(text[:200_000].split()) else (text, ())


def _repaired(text: str) -> tuple[str, tuple[str, ...]]:
    """The text in Unicode when its old encoding is certain. Raises InputError("encoding")."""
    plain = repaired_bytes(text)
    if plain is not None:
        return plain, ("utf8_twice",)
    lines, notes = repaired_lines(text.split("\n"))
    if not notes:
        raise InputError("encoding")
    return "\n".join(lines), notes


def _controls(text: str) -> int:
    """Control characters text has no use for. Those of Latin-1's second half do not count: they are letters in
    windows-1258 and TCVN3."""
    return sum(1 for c in text if (c < "\x20" and c not in _ALLOWED) or c == "\x7f")


def _words(sheet: str, *, markdown: bool) -> list[Word]:
    lines = _LINE_BREAKS.split(sheet)
    if not markdown:
        # Text that was Markdown once; a lone asterisk or underline means nothing without strong pairs.
        markdown = any(_STRONG_PAIR.search(line) for line in lines)
    if markdown:
        lines = [part for line in lines for part in _table_lines(line)]
    found: list[Word] = []
    for number, line in enumerate(lines):
        shown = "".join(c for c in line if c == "\t" or unicodedata.category(c) != "Cc")
        # A tab parts columns however little room its stop leaves.
        shown = shown.replace("\t", _APART + "\t").expandtabs(_TAB)
        text = without_marks(shown) if markdown else shown
        found.extend(nominal.words_of(text, number, nominal.LEFT, nominal.TOP + number * nominal.LINE))
    return found


def _table_lines(line: str) -> list[str]:
    """A row of a Markdown table as lines with its cells in columns; any other line as it is."""
    row = _TABLE_ROW.fullmatch(line)
    if row is None:
        return [line]
    if not row.group(1).strip(" |:-"):
        return []  # the rule under a table's head
    cells = [_LINE_IN_CELL.split(cell.strip()) for cell in row.group(1).split("|")]
    widths = [max(map(len, cell)) + len(_APART) for cell in cells]
    height = max(map(len, cells))
    filled = [cell + [""] * (height - len(cell)) for cell in cells]
    return [
        "\t".join(part.ljust(width) for part, width in zip(parts, widths, strict=True))
        for parts in zip(*filled, strict=True)
    ]


def without_marks(line: str) -> str:
    """The line without Markdown's marks around words; escaped marks become themselves."""
    line = _HEADING.sub("", line)
    for pattern, group in ((_STRONG, r"\2"), (_EMPHASIS, r"\1"), (_UNDERLINE, r"\2"), (_CODE, r"\1")):
        line = pattern.sub(group, line)
    return _ESCAPED.sub(r"\1", line)
