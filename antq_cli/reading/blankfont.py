"""The font of words that nobody sees, as a PDF holds it."""

from __future__ import annotations

import zlib
from importlib.resources import files
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

FONT = "AntqBlank"
GLYPH = 0.5
"""Width of the font's glyphs in ems."""


def blank_font(writer: PdfWriter) -> Any:
    """A composite font whose codes are UTF-16 units, all drawn by one empty glyph (ISO 32000-1, 9.7)."""
    outlines = DecodedStreamObject()
    outlines.set_data(files("antq_cli.reading").joinpath("data", "blank.ttf").read_bytes())
    glyphs = StreamObject()
    glyphs._data = zlib.compress(b"\0\1" * 0x10000, 9)
    glyphs[NameObject("/Filter")] = NameObject("/FlateDecode")
    letters = DecodedStreamObject()
    letters.set_data(_to_unicode())
    program = outlines.flate_encode()
    program[NameObject("/Length1")] = NumberObject(len(outlines.get_data()))
    described = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/FontDescriptor"),
            NameObject("/FontName"): NameObject(f"/{FONT}"),
            NameObject("/Flags"): NumberObject(4),
            NameObject("/FontBBox"): ArrayObject([NumberObject(n) for n in (0, -200, 500, 800)]),
            NameObject("/ItalicAngle"): NumberObject(0),
            NameObject("/Ascent"): NumberObject(800),
            NameObject("/Descent"): NumberObject(-200),
            NameObject("/CapHeight"): NumberObject(800),
            NameObject("/StemV"): NumberObject(80),
            NameObject("/FontFile2"): writer._add_object(program),
        }
    )
    descendant = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject(f"/{FONT}"),
            NameObject("/CIDSystemInfo"): DictionaryObject(
                {
                    NameObject("/Registry"): TextStringObject("Adobe"),
                    NameObject("/Ordering"): TextStringObject("Identity"),
                    NameObject("/Supplement"): NumberObject(0),
                }
            ),
            NameObject("/DW"): FloatObject(1000 * GLYPH),
            NameObject("/CIDToGIDMap"): writer._add_object(glyphs),
            NameObject("/FontDescriptor"): writer._add_object(described),
        }
    )
    return writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type0"),
                NameObject("/BaseFont"): NameObject(f"/{FONT}"),
                NameObject("/Encoding"): NameObject("/Identity-H"),
                NameObject("/DescendantFonts"): ArrayObject([writer._add_object(descendant)]),
                NameObject("/ToUnicode"): writer._add_object(letters.flate_encode()),
            }
        )
    )


def _to_unicode() -> bytes:
    """The table that says: every code is the UTF-16 unit of the same value. A range may not leave its high byte."""
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256) if not 0xD8 <= high <= 0xDF]
    blocks = [ranges[start : start + 100] for start in range(0, len(ranges), 100)]
    listed = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{listed}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
