"""Pictures made ready for OCR."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from antq_cli.reading import deskew, prepare, spots
from antq_cli.reading.blank import is_blank
from antq_cli.reading.pixels import Picture

from .conftest import LINES, drawn_page


def _picture(image: Image.Image, dpi: tuple[float, float] = (200, 200)) -> Picture:
    return Picture(image, dpi, image.width / dpi[0] * 25.4, image.height / dpi[1] * 25.4)


@pytest.mark.parametrize("angle", [-3.0, -1.0, 0.7, 2.4])
def test_the_skew_of_lines_is_measured(angle: float) -> None:
    """In degrees, positive when lines fall to the right, to a tenth or two."""
    image = drawn_page(LINES * 3).rotate(-angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
    found, gain = deskew.skew(np.asarray(image), 200)
    assert found == pytest.approx(angle, abs=0.2)
    assert gain > 1.08


def test_a_straight_page_is_left_alone() -> None:
    """No step is taken that is not needed."""
    page = prepare.prepare(_picture(drawn_page(LINES * 3)))
    assert page.notes == ("dpi:200",)


def test_a_bilevel_page_is_never_resampled() -> None:
    """Neither enlarged at a low resolution nor turned for a small angle."""
    image = drawn_page(LINES * 3, dpi=150).rotate(-0.4, fillcolor=255).point(lambda v: 255 if v > 128 else 0)
    page = prepare.prepare(_picture(image.convert("1"), (150, 150)))
    assert page.bilevel
    assert set(np.unique(page.gray)) == {0, 255}
    assert page.gray.shape == (image.height, image.width)


def test_a_fax_with_half_the_rows_gets_square_pixels() -> None:
    """204 by 98 dots per inch become 204 by 204, and stay black and white."""
    image = drawn_page(dpi=204).resize((1687, 1146)).point(lambda v: 255 if v > 128 else 0).convert("1")
    page = prepare.prepare(_picture(image, (204, 98)))
    assert page.gray.shape == (round(1146 * 204 / 98), 1687)
    assert "aspect" in page.notes
    assert set(np.unique(page.gray)) == {0, 255}


def test_grey_pages_of_low_resolution_are_enlarged() -> None:
    """Below about 180 dots per inch small letters are too small."""
    page = prepare.prepare(_picture(drawn_page(dpi=100), (100, 100)))
    assert (page.dpi, page.notes[-1]) == (200, "upscaled")


def test_red_ink_vanishes_from_the_picture_and_is_kept_apart() -> None:
    """The red channel drops stamps; where they were stays known."""
    image = drawn_page(mode="RGB")
    ImageDraw.Draw(image).rectangle((800, 1500, 1100, 1800), fill=(230, 40, 50))
    page = prepare.prepare(_picture(image))
    assert page.colour
    assert page.red is not None
    assert page.gray[1650, 950] > 200
    assert page.red[1650, 950] == 255
    assert page.red[100, 100] == 0


def test_specks_are_removed_only_when_there_are_many() -> None:
    """A median harms thin strokes, so a clean page never sees it."""
    clean = np.asarray(drawn_page(LINES * 3)).copy()
    noise = np.random.default_rng(7)
    clean[noise.integers(0, clean.shape[0], 12_000), noise.integers(0, clean.shape[1], 12_000)] = 0
    page = prepare.prepare(_picture(Image.fromarray(clean)))
    assert "despeckled" in page.notes
    assert spots.grains(page.gray) < 0.0005


@pytest.mark.parametrize("paper", [255, 200, 140])
def test_paper_without_ink_is_blank_whatever_its_shade(paper: int) -> None:
    """Noise, a shaded rim and single specks are no ink; one line of words is."""
    noise = np.random.default_rng(3).normal(paper, 4, (2338, 1654)).clip(0, 255).astype(np.uint8)
    noise[:, :30] = 20
    noise[500:503, 700:703] = 10
    assert is_blank(_picture(Image.fromarray(noise)))
    ImageDraw.Draw(written := Image.fromarray(noise)).text((300, 900), "Page 2", fill=10, font_size=50)
    assert not is_blank(_picture(written))


def test_a_shaded_page_is_cleared_by_the_second_preparation() -> None:
    """The background of a badly lit photograph becomes white."""
    shade = np.linspace(90, 250, 1654)[None, :].repeat(2339, axis=0)
    page = np.minimum(np.asarray(drawn_page(LINES * 3), dtype=np.float64) / 255 * shade, 255).astype(np.uint8)
    cleared = prepare.without_background(prepare.prepare(_picture(Image.fromarray(page))))
    assert np.mean(cleared.gray > 240) > 0.9
    assert cleared.gray.min() < 30


def test_turning_swaps_the_sides() -> None:
    """Counter-clockwise; the red ink turns along."""
    image = drawn_page(mode="RGB")
    ImageDraw.Draw(image).rectangle((0, 0, 200, 200), fill=(230, 40, 50))
    page = prepare.rotated(prepare.prepare(_picture(image)), 90)
    assert (page.width, page.height) == (pytest.approx(297, abs=1), pytest.approx(210, abs=1))
    assert page.red is not None
    assert page.red[-100, 100] == 255


def test_a_very_large_picture_is_halved() -> None:
    """The work on a page is bounded."""
    page = prepare.prepare(_picture(Image.new("L", (7000, 7000), 255), (600, 600)))
    assert page.gray.shape == (3500, 3500)
    assert page.dpi == 300


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "LA", "P", "CMYK", "YCbCr", "HSV", "I", "F"])
def test_every_mode_is_flattened_the_right_way_round(mode: str) -> None:
    """White stays white and black stays black; transparency lies on white."""
    image = Image.new("RGB", (60, 60), "white")
    image.paste((0, 0, 0), (0, 0, 30, 60))
    gray = image.convert("L")
    source = gray.convert(mode) if mode in ("1", "L", "LA", "I", "F") else image.convert(mode)
    flat = np.asarray(prepare.flatten(source).convert("L"))
    assert flat[30, 5] < 40
    assert flat[30, 55] > 215


def test_sixteen_bits_and_transparency() -> None:
    """A 16-bit scan keeps its greys; what is transparent shows the paper."""
    deep = Image.fromarray(np.array([[0, 32768, 65535]], dtype=np.uint16))
    assert np.asarray(prepare.flatten(deep)).tolist() == [[0, 127, 255]]
    assert prepare.flatten(Image.new("RGBA", (1, 1), (0, 0, 0, 0))).getpixel((0, 0)) == (255, 255, 255)
