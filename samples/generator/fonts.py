"""Finds a serif font of the metrics of Times New Roman: Liberation Serif, else Tinos (both free, both Vietnamese)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from PIL import ImageFont

STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
FAMILIES = ("LiberationSerif", "Tinos")
MEASURE = 1000
"""Pixels per em at which widths are taken: fine enough that rounding does not show."""


class FontMissing(Exception):
    """Neither font was found. Debian: `apt install fonts-liberation2`; or set SAMPLE_FONTS to a folder."""


def _folders() -> list[Path]:
    named = os.environ.get("SAMPLE_FONTS")
    home = Path.home()
    places = [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/Library/Fonts"),
        home / "AppData/Local/Microsoft/Windows/Fonts",
        Path("C:/Windows/Fonts"),
    ]
    return [Path(named), *places] if named else places


@cache
def font_path(style: str = "Regular") -> Path:
    """File of a style of `STYLES`. Raises FontMissing."""
    for family in FAMILIES:
        for folder in _folders():
            if folder.is_dir():
                found = sorted(folder.rglob(f"{family}-{style}.ttf"))
                if found:
                    return found[0]
    raise FontMissing(style)


@cache
def font(style: str, pixels: float) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels per em. The basic layout engine is named so that all machines space alike."""
    return ImageFont.truetype(str(font_path(style)), pixels, layout_engine=ImageFont.Layout.BASIC)


@cache
def width_mm(text: str, style: str, points: float) -> float:
    """Advance width of a text in mm."""
    return font(style, MEASURE).getlength(text) / MEASURE * points * 25.4 / 72
