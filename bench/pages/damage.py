"""What copying, use, age and scanning do to a page, one named effect after the other.

A page comes as RGB at the profile's resolution, print and pen and seals on white paper, and leaves as RGB, L or 1.
Effects are those that paper meets in the order in which it meets them: toner, pen and marker, paper and its back,
dirt, then the light, the glass and the sensor.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from samples.generator.items import Page, Scribble, Seal, Text

Profile = dict[str, Any]
_WHITE = (255, 255, 255)
_THRESHOLD = 150
"""Grey level from which a bilevel scanner sees paper."""


def settled(profile: Profile, rng: np.random.Generator) -> Profile:
    """The profile with every range replaced by one draw from it."""
    chosen: Profile = {}
    for key, value in profile.items():
        if isinstance(value, list):
            is_whole = all(isinstance(each, int) for each in value)
            value = int(rng.integers(value[0], value[1] + 1)) if is_whole else float(rng.uniform(*value))
        chosen[key] = value
    if chosen.get("either_way") and rng.random() < 0.5:
        chosen["skew"] = -chosen["skew"]
    return chosen


def moved(page: Page, profile: Profile, rng: np.random.Generator) -> Page:
    """The page's items with the seal or the signature pushed over what stands below."""
    items = []
    for item in page:
        match item:
            case Seal() if "stamp_down" in profile:
                to_name = float(rng.uniform(4, 14)) if profile.get("stamp_left") else 0.0
                items.append(replace(item, middle=item.middle + profile["stamp_down"], centre=item.centre + to_name))
            case Scribble() if "scribble_down" in profile:
                items.append(replace(item, middle=item.middle + profile["scribble_down"], centre=item.centre - 4.0))
            case _:
                items.append(item)
    return tuple(items)


def damage(
    sheet: Image.Image, back: Image.Image, page: Page, profile: Profile, rng: np.random.Generator
) -> Image.Image:
    """The scanned page. `profile` is settled; `page` tells where the words stand that a marker may mark."""
    dpi = profile["dpi"]
    if "toner" in profile:
        sheet = _thin_toner(sheet, profile["toner"], rng)
    if "marker" in profile:
        sheet = _mark(sheet, page, profile, rng)
    if profile["colours"] != "colour":
        sheet, back = sheet.convert("L"), back.convert("L")
    if "show_through" in profile:
        sheet = _show_through(sheet, back, profile["show_through"])
    if "specks" in profile:
        _speckle(sheet, profile["specks"], dpi / 200, rng)
    if profile.get("holes"):
        _punch(sheet, dpi / 25.4, rng)
    if profile.get("skew"):
        sheet = sheet.rotate(profile["skew"], Image.Resampling.BICUBIC, fillcolor=_white(sheet))
    if "perspective" in profile:
        sheet = _tilt(sheet, profile["perspective"], rng)
    if profile.get("blur"):
        sheet = sheet.filter(ImageFilter.GaussianBlur(profile["blur"] * dpi / 200))
    levels = _exposed(sheet, profile, rng)
    return _turned(_digitised(levels, profile), profile)


def _white(sheet: Image.Image) -> Any:
    return _WHITE if sheet.mode == "RGB" else 255


def _thin_toner(sheet: Image.Image, strength: float, rng: np.random.Generator) -> Image.Image:
    """Patches and bands where the toner runs out."""
    patches = Image.fromarray(rng.integers(0, 256, (24, 17), dtype=np.uint8)).resize(
        sheet.size, Image.Resampling.BICUBIC
    )
    lack = np.asarray(patches, dtype=np.float32)[..., None] / 255 * strength
    levels = np.asarray(sheet, dtype=np.float32)
    return Image.fromarray((levels + (255 - levels) * lack).clip(0, 255).astype(np.uint8))


def _mark(sheet: Image.Image, page: Page, profile: Profile, rng: np.random.Generator) -> Image.Image:
    """Strokes of a yellow or green marker over words, and lines drawn by pen below others."""
    scale = profile["dpi"] / 25.4
    words = [item for item in page if isinstance(item, Text) and len(item.text) > 1]
    ink = Image.new("RGB", sheet.size, _WHITE)
    draw = ImageDraw.Draw(ink)
    for _ in range(profile["marker"]):
        word = words[int(rng.integers(len(words)))]
        left, bottom = word.left * scale, (word.baseline + 1.0) * scale
        colour = [(255, 246, 90), (170, 255, 140), (255, 190, 200)][int(rng.integers(3))]
        draw.rectangle((left, bottom - 5.5 * scale, left + float(rng.uniform(15, 60)) * scale, bottom), fill=colour)
    for _ in range(profile.get("underline", 0)):
        word = words[int(rng.integers(len(words)))]
        left, top = word.left * scale, (word.baseline + 1.2) * scale
        right, end = left + float(rng.uniform(15, 70)) * scale, top + float(rng.uniform(-0.7, 0.7)) * scale
        draw.line((left, top, right, end), fill=(40, 50, 150), width=max(round(0.4 * scale), 1))
    return Image.fromarray(np.minimum(np.asarray(sheet), np.asarray(ink)))


def _show_through(sheet: Image.Image, back: Image.Image, strength: float) -> Image.Image:
    ghost = np.asarray(ImageOps.mirror(back).filter(ImageFilter.GaussianBlur(1.3)), dtype=np.float32)
    return Image.fromarray(np.minimum(np.asarray(sheet), (255 - (255 - ghost) * strength)).astype(np.uint8))


def _speckle(sheet: Image.Image, count: int, unit: float, rng: np.random.Generator) -> None:
    draw = ImageDraw.Draw(sheet)
    for _ in range(count):
        x, y = rng.random() * sheet.width, rng.random() * sheet.height
        radius = unit * float(rng.choice([0.6, 0.8, 1.2, 1.9], p=[0.45, 0.3, 0.18, 0.07]))
        level = int(rng.integers(20, 140))
        draw.ellipse(
            (x - radius, y - radius, x + radius * float(rng.uniform(0.6, 1.8)), y + radius),
            fill=(level, level, level) if sheet.mode == "RGB" else level,
        )


def _punch(sheet: Image.Image, scale: float, rng: np.random.Generator) -> None:
    """Two filing holes at the left edge and the trace of a staple at the corner."""
    draw = ImageDraw.Draw(sheet)
    dark = (30, 30, 32) if sheet.mode == "RGB" else 30
    across, middle = float(rng.uniform(9, 13)), 148.5 + float(rng.uniform(-6, 6))
    for down in (middle - 40, middle + 40):
        draw.ellipse(((across - 3) * scale, (down - 3) * scale, (across + 3) * scale, (down + 3) * scale), fill=dark)
    x, y, tilt = float(rng.uniform(8, 20)), float(rng.uniform(6, 14)), float(rng.uniform(-3, 3))
    draw.line((x * scale, y * scale, (x + 9) * scale, (y + tilt) * scale), fill=dark, width=max(round(0.6 * scale), 1))


def _tilt(sheet: Image.Image, strength: float, rng: np.random.Generator) -> Image.Image:
    """A slight keystone, as a phone held by hand gives."""
    width, height = sheet.size
    a, b, c, d = (float(rng.uniform(0, strength)) for _ in range(4))
    corners = (
        -a * width,
        -b * height,
        -c * width,
        (1 + d) * height,
        (1 + a) * width,
        (1 + c) * height,
        (1 + b) * width,
        -d * height,
    )
    return sheet.transform(sheet.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=_white(sheet))


def _exposed(sheet: Image.Image, profile: Profile, rng: np.random.Generator) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Grey levels as the sensor sees them: paper, ink, light, streaks, noise."""
    paper, ink = profile.get("paper", 250), profile.get("ink", 25)
    levels = np.asarray(sheet, dtype=np.float32) / 255
    levels = ink + levels * (paper - ink)
    height, width = levels.shape[:2]
    if "yellow" in profile:
        levels = levels - np.array([6, 14, profile["yellow"]], dtype=np.float32)
    fall = np.zeros((height, width), dtype=np.float32)
    if "fold" in profile:
        near = np.linspace(0, 1, width, dtype=np.float32)[None, :]
        fall += profile["fold"] * np.exp(-near / 0.035)
    if "edges" in profile:
        fall += _dark_edges(height, width, profile["edges"] * profile["dpi"] / 25.4, rng)
    if "light" in profile:
        fall += profile["light"] * _uneven_light(height, width, rng)
    if "moire" in profile:
        x, y = np.arange(width, dtype=np.float32)[None, :], np.arange(height, dtype=np.float32)[:, None]
        fall += profile["moire"] * np.sin((x * 0.93 + y * 0.31) * 0.9)
    if "streaks" in profile:
        fall += _streaks(width, profile["streaks"], rng)
    change = rng.normal(0, profile.get("noise", 0.0), (height, width)).astype(np.float32) - fall
    levels = levels + (change[..., None] if levels.ndim == 3 else change)
    if "salt" in profile:
        grains = rng.random((height, width))
        levels[grains < profile["salt"] / 2] = 10
        levels[grains > 1 - profile["salt"] / 2] = 250
    return levels


def _dark_edges(height: int, width: int, reach: float, rng: np.random.Generator) -> Any:
    """A black border at one side and one end, where the lid did not cover the glass; it stays off the text."""
    dark = np.zeros((height, width), dtype=np.float32)
    across = int(reach * float(rng.uniform(0.3, 1.0)))
    down = int(reach * float(rng.uniform(0.2, 0.8)))
    if rng.random() < 0.5:
        dark[:, width - max(across, 1) :] = 210
    else:
        dark[:, : max(across, 1)] = 210
    dark[height - max(down, 1) :, :] = 210
    return dark


def _uneven_light(height: int, width: int, rng: np.random.Generator) -> Any:
    """0 where the light falls, up to 1 in the far corner."""
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :] - float(rng.uniform(0.1, 0.9))
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None] - float(rng.uniform(0.1, 0.9))
    far = np.sqrt(x * x + y * y)
    return far / far.max()


def _streaks(width: int, count: int, rng: np.random.Generator) -> Any:
    """Thin lines down the whole page where dust lies on the glass of a feeding scanner."""
    lines = np.zeros((1, width), dtype=np.float32)
    for _ in range(count):
        at = int(rng.integers(width // 20, width - width // 20))
        lines[0, at : at + int(rng.integers(1, 4))] = float(rng.uniform(50, 190))
    return lines


def _digitised(levels: Any, profile: Profile) -> Image.Image:
    picture = Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))
    if profile["colours"] != "bilevel":
        return picture
    if "lines" in profile:
        picture = picture.resize(
            (picture.width, round(picture.height * profile["lines"] / profile["dpi"])), Image.Resampling.BOX
        )
    return picture.point(lambda level: 255 if level > _THRESHOLD else 0).convert("1", dither=Image.Dither.NONE)


def _turned(picture: Image.Image, profile: Profile) -> Image.Image:
    return picture.rotate(profile["turn"], expand=True) if profile.get("turn") else picture
