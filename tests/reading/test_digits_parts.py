"""The parts of the reader of inked digits: cutting apart, prefix search, arithmetic of the networks."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_cli.reading.digits import cuts, networks, shaping
from antq_cli.reading.digits.lines import strings


def blocks(*spans: tuple[int, int, int, int]) -> np.ndarray:
    """Ink in boxes of rows and columns on a line of working height."""
    ink = np.zeros((shaping.WORKING_ROWS, 120), dtype=np.float32)
    for top, bottom, left, right in spans:
        ink[top:bottom, left:right] = 1.0
    return ink


# --- Shaping ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(3, 3), (13, 9), (64, 40), (200, 20)])
def test_resizing_keeps_a_level_level(size: tuple[int, int]) -> None:
    """A picture of one grey stays of that grey at any size."""
    assert np.allclose(shaping.resized(np.full(size, 0.4, dtype=np.float32), 28, 31), 0.4, atol=1e-5)


def test_thin_strokes_survive_shrinking() -> None:
    """A stroke of one pixel in a tall picture is fainter, not gone, at a fifth of the size."""
    ink = np.zeros((140, 100), dtype=np.float32)
    ink[:, 47] = 1.0
    assert shaping.resized(ink, 28, 20).max(axis=1).min() > 0.1


@given(st.integers(1, 400), st.integers(1, 400))
@settings(max_examples=30, deadline=None)
def test_a_segment_fits_its_square(rows: int, columns: int) -> None:
    """Whatever its shape, a digit fills its square but for the margin."""
    picture = shaping.segment_picture(np.ones((rows, columns), dtype=np.float32))
    inked = [np.nonzero(picture.max(axis=axis) > 0)[0] for axis in (0, 1)]
    assert picture.shape == (shaping.SEGMENT, shaping.SEGMENT)
    assert max(len(side) for side in inked) == shaping.SEGMENT - 2 * shaping.MARGIN


@given(st.integers(1, 60), st.integers(1, 800), st.sampled_from([0.0, 0.15, -0.15]), st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_a_line_fits_its_picture(rows: int, columns: int, shear: float, lift: int) -> None:
    """However long the writing, sheared or lifted, its picture has the network's size and keeps its ink."""
    picture = shaping.line_picture(np.ones((rows, columns), dtype=np.float32), shear, lift)
    assert picture.shape == (shaping.LINE_ROWS, shaping.LINE_COLUMNS)
    assert picture.max() > 0.5


# --- Cutting ----------------------------------------------------------------------------------------------------------


def test_pieces_are_numbered_from_the_left() -> None:
    """Three strokes apart are three pieces, in the order of reading."""
    numbered = cuts.pieces(blocks((0, 48, 60, 70), (0, 48, 5, 15), (0, 48, 30, 40)))
    assert [int(numbered[20, column]) for column in (10, 35, 65)] == [0, 1, 2]


def test_a_bar_belongs_to_what_stands_below_it() -> None:
    """The loose bar of a 5 and its belly are one piece."""
    numbered = cuts.pieces(blocks((0, 5, 12, 30), (10, 48, 10, 28)))
    assert int(numbered.max()) == 0


def test_specks_are_no_pieces() -> None:
    """Dust is not writing."""
    numbered = cuts.pieces(blocks((0, 48, 5, 15), (30, 32, 60, 62)))
    assert int(numbered[30, 60]) == -1


def test_a_wide_piece_is_cut_where_it_is_thin() -> None:
    """Two blocks joined by a thin bridge fall apart at the bridge, and can be put together again."""
    line = blocks((0, 48, 5, 25), (22, 26, 25, 33), (0, 48, 33, 53))
    numbered = cuts.pieces(line)
    assert int(numbered[10, 10]) != int(numbered[10, 45])
    spans = {(group.first, group.end) for group in cuts.groups(line, numbered)}
    assert (0, int(numbered.max()) + 1) in spans


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 0.8))
@settings(max_examples=25, deadline=None)
def test_connected_agrees_with_a_flood(seed: int, share: float) -> None:
    """Two dark pixels have one number exactly when steps over dark neighbours lead from one to the other."""
    dark = np.random.default_rng(seed).random((9, 12)) < share
    labels = cuts.connected(dark)
    flooded = np.where(dark, np.arange(dark.size).reshape(dark.shape), -1)
    for _ in range(dark.size):
        padded = np.pad(flooded, 1, constant_values=-1)
        around = [padded[1 + dy : 10 + dy, 1 + dx : 13 + dx] for dy, dx in product((-1, 0, 1), repeat=2)]
        flooded = np.where(dark, np.max(around, axis=0), -1)
    pairs = {(int(a), int(b)) for a, b in zip(labels.ravel(), flooded.ravel(), strict=True)}
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


# --- Prefix search ----------------------------------------------------------------------------------------------------


def test_prefix_search_adds_up_every_way() -> None:
    """The chances of the strings are those of counting all ways through the places one by one."""
    rng = np.random.default_rng(6)
    chances = np.zeros((5, networks.CLASSES), dtype=np.float32)
    chances[:, (1, 2, networks.OTHER)] = rng.dirichlet((1, 1, 1), 5)
    expected: dict[str, float] = {}
    for way in product((1, 2, networks.OTHER), repeat=5):
        text, last = "", networks.OTHER
        for digit in way:
            if digit not in (last, networks.OTHER):
                text += str(digit)
            last = digit
        expected[text] = expected.get(text, 0.0) + float(np.prod([chances[n, c] for n, c in enumerate(way)]))
    found = dict(strings(chances))
    likely = sorted(expected, key=lambda text: -expected[text])[:5]
    assert [text for text, _ in strings(chances)][:3] == likely[:3]
    assert all(found[text] == pytest.approx(expected[text], rel=0.02) for text in likely[:3])


def test_equal_digits_need_a_gap() -> None:
    """The same digit at neighbouring places is one digit; with a gap between them, two."""
    one = np.full((3, networks.CLASSES), 0.0, dtype=np.float32)
    one[:, 4] = 1.0
    two = one.copy()
    two[1] = 0.0
    two[1, networks.OTHER] = 1.0
    assert strings(one)[0][0] == "4"
    assert strings(two)[0][0] == "44"


# --- Networks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(3, 3), (1, 5)])
def test_convolution_is_the_sum_it_stands_for(size: tuple[int, int]) -> None:
    """One output place is the sum over kernel and channels, paper beyond the edges."""
    rng = np.random.default_rng(2)
    picture = rng.random((1, 6, 7, 3), dtype=np.float32)
    kernel = rng.random((*size, 3, 4), dtype=np.float32)
    bias = rng.random(4, dtype=np.float32)
    result = networks._convolved(picture, kernel, bias)
    padded = np.pad(picture[0], ((1, 1), (2, 2), (0, 0)))
    for row, column in product((0, 3, 5), (0, 4, 6)):
        top, left = row + 1 - size[0] // 2, column + 2 - size[1] // 2
        window = padded[top : top + size[0], left : left + size[1]]
        assert np.allclose(result[0, row, column], np.einsum("hwi,hwio->o", window, kernel) + bias, atol=1e-4)
