"""Paper, dirt and blank pages, each measured before it is changed."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from antq_cli.reading import background, deskew, spots
from antq_cli.reading.blank import has_no_print, is_blank
from antq_cli.reading.pixels import Picture
from antq_cli.reading.prepare import as_read, prepare, rotated

from .conftest import LINES, drawn_page


def _picture(image: Image.Image, dpi: int = 200) -> Picture:
    return Picture(image, (dpi, dpi), image.width / dpi * 25.4, image.height / dpi * 25.4)


def test_even_paper_becomes_white_and_ink_black() -> None:
    """Grey paper with pale print is drawn out to the whole range."""
    page = Image.eval(drawn_page(LINES * 3), lambda level: 130 + level * 60 // 255)
    clear = background.cleared(np.asarray(page), 200)
    assert not clear.uneven
    assert not clear.ghost
    assert np.median(clear.gray) == 255
    assert clear.gray.min() < 5


def test_the_back_of_the_sheet_is_clipped_and_print_is_not() -> None:
    """Grey far from dark ink on much of the page is the back; the same page without it is treated mildly."""
    front = drawn_page(LINES * 4)
    ghost = ImageOps.mirror(front).filter(ImageFilter.GaussianBlur(1.3))
    both = np.minimum(np.asarray(front), np.asarray(Image.eval(ghost, lambda level: 255 - (255 - level) * 3 // 10)))
    clear = background.cleared(both, 200)
    plain = background.cleared(np.asarray(front), 200)
    assert clear.ghost
    assert clear.clip > plain.clip
    assert np.mean((clear.gray > 20) & (clear.gray < 250)) < np.mean((both > 20) & (both < 250))


def test_a_streak_down_the_page_goes_and_a_table_rule_stays() -> None:
    """Dust on the glass darkens a column from top to bottom; a rule of a table ends."""
    image = drawn_page(LINES * 3)
    draw = ImageDraw.Draw(image)
    draw.line((700, 0, 700, image.height), fill=120, width=2)
    draw.line((1000, 300, 1000, 1200), fill=0, width=2)
    cleaned, found = spots.without_streaks(np.asarray(image), 200)
    assert found
    assert cleaned[2000, 700] > 240
    assert cleaned[700, 1000] < 20
    assert not spots.without_streaks(np.asarray(drawn_page()), 200)[1]


def test_specks_go_and_dots_stay() -> None:
    """Lone specks are removed from a specked page of black and white, full stops and dots of letters are not."""
    page = np.asarray(drawn_page(("i. j. i. j.",) * 12, dpi=300)).copy()
    page = np.where(page < 128, 0, 255).astype(np.uint8)
    dirty, rng = page.copy(), np.random.default_rng(5)
    for y, x in zip(rng.integers(0, page.shape[0] - 3, 400), rng.integers(0, page.shape[1] - 3, 400), strict=True):
        dirty[y : y + 2, x : x + 2] = 0
    cleaned, done = spots.without_specks(dirty, 300, bilevel=True)
    assert done == "despeckled"
    assert np.count_nonzero((cleaned == 0) & (page == 255)) < 0.1 * np.count_nonzero((dirty == 0) & (page == 255))
    assert np.count_nonzero((cleaned == 255) & (page == 0)) == 0
    assert spots.without_specks(page, 300, bilevel=True)[1] == ""


def test_holes_staples_and_dust_are_no_ink() -> None:
    """The back of a filed sheet is blank; the same sheet with one short line is not."""
    image = Image.new("L", (1654, 2339), 248)
    draw = ImageDraw.Draw(image)
    for y in (850, 1480):
        draw.ellipse((70, y, 118, y + 48), fill=25)
    draw.line((110, 80, 180, 92), fill=30, width=5)
    draw.ellipse((900, 1200, 904, 1204), fill=20)
    assert is_blank(_picture(image))
    written = drawn_page(("See over.",))
    assert not is_blank(_picture(Image.fromarray(np.minimum(np.asarray(image), np.asarray(written)))))


@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_on_its_side_is_seen_from_its_pixels(turn: int) -> None:
    """Lines of text part the ink into rows, or into columns."""
    image = drawn_page(LINES * 4)
    assert not deskew.lies_sideways(np.asarray(image), 200)
    assert deskew.lies_sideways(np.asarray(image.rotate(turn, expand=True)), 200)


def test_notes_lead_back_to_the_picture_that_was_read() -> None:
    """Boxes of a page fit the picture made again from the page's notes."""
    picture = _picture(drawn_page(LINES * 3))
    page = rotated(prepare(picture), 90)
    again = as_read(picture, page.notes)
    assert again.notes == page.notes
    assert np.array_equal(again.gray, page.gray)


def test_dots_of_coarse_grey_print_stay() -> None:
    """At 100 dots per inch a full stop is one pixel, as a grain is: nothing is taken away."""
    gray = np.full((1100, 800), 255, dtype=np.uint8)
    gray[50:1050:20, 50:750:20] = 60
    kept, done = spots.without_specks(gray, 100.0, bilevel=False)
    assert done == ""
    assert np.array_equal(kept, gray)


def test_a_page_of_colour_alone_is_told_from_print() -> None:
    """What colour separation leaves white has no print; a few words are print."""
    gray = np.full((3500, 2480), 250, dtype=np.uint8)
    assert has_no_print(gray, 300.0)
    gray[1000:1040, 400:900:3] = 20
    assert not has_no_print(gray, 300.0)
