"""The way back from the page that was read to the page of the file."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from antq_cli.reading.placement import Affine, quarter_turns, to_page, to_unread

SIDE = 400
MM = 0.25
"""Millimetres per pixel of the little pages here."""


def dotted(x: int, y: int) -> Image.Image:
    """A page 100 by 125 mm with one black dot."""
    image = Image.new("L", (SIDE, 500), 255)
    image.paste(0, (x - 3, y - 3, x + 4, y + 4))
    return image


def dot(image: Image.Image) -> tuple[float, float]:
    """The middle of the dark pixels, in mm."""
    rows, columns = np.nonzero(np.asarray(image) < 128)
    return float(columns.mean()) * MM, float(rows.mean()) * MM


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [0.0, 1.7, -3.2])
def test_a_dot_is_found_where_it_was_before_the_page_was_straightened(turn: int, angle: float) -> None:
    """Whatever turns are noted, the place on the read page leads back to the place in the file."""
    before = dotted(120, 90)
    read = before.rotate(angle, Image.Resampling.BILINEAR, fillcolor=255).rotate(turn, expand=True)
    notes = ["dpi:100"]
    notes += [f"deskewed:{angle}"] if angle else []
    notes += [f"rotated:{turn}"] if turn else []
    back = to_unread(notes, read.width * MM, read.height * MM).of(*dot(read))
    assert back == pytest.approx(dot(before), abs=0.4)


def test_turns_add_up() -> None:
    """Two turns in the notes are one turn of their sum."""
    assert quarter_turns(("rotated:90", "deskewed:0.4", "rotated:180")) == 3
    assert quarter_turns(("dpi:300",)) == 0


@pytest.mark.parametrize(
    ("rotation", "top_left", "top_right"),
    [(0, (10, 310), (210, 310)), (90, (10, 10), (10, 310)), (180, (210, 10), (10, 10)), (270, (210, 310), (210, 10))],
)
def test_corners_of_a_turned_page(rotation: int, top_left: tuple[int, int], top_right: tuple[int, int]) -> None:
    """The corners a reader sees lie where /Rotate puts them in user space."""
    width, height = (100.0, 150.0) if rotation % 180 == 0 else (150.0, 100.0)
    matrix = to_page((10, 10, 210, 310), rotation, width, height)
    assert matrix.of(0, 0) == pytest.approx(top_left)
    assert matrix.of(width, 0) == pytest.approx(top_right)


def test_one_step_after_the_other() -> None:
    """`then` applies the first matrix first."""
    moved = Affine(1, 0, 0, 1, 5, 0).then(Affine(2, 0, 0, 2, 0, 0))
    assert moved.of(1, 1) == (12, 2)
