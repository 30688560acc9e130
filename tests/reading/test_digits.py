"""Inked digits: read by two networks, claimed only when both agree, and nothing claimed of other ink."""

from __future__ import annotations

import hashlib
import random
import tomllib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageDraw

from antq_cli.reading.digits import AGREE, InkReading, read_ink
from antq_cli.reading.digits.weights import FOLDER, NAMES, weights
from samples.generator.pen import signature, written

MOST_BYTES = 2_000_000


def pen(text: str, seed: int, height: float = 40, share: float = 0.1) -> np.ndarray:
    """Digits by the pen of the samples, whose forms training does not know; ink 255 on 0."""
    return np.asarray(written(text, height, max(1.6, height * share), random.Random(seed)).getchannel("A"))


def sample() -> list[tuple[str, np.ndarray]]:
    """Forty numbers of one to four digits at three sizes."""
    rng = random.Random(4)
    made = []
    for number in range(40):
        text = "".join(rng.choice("0123456789") for _ in range(1 + number % 4))
        made.append((text, pen(text, number, (18, 34, 60)[number % 3], rng.uniform(0.07, 0.13))))
    return made


@pytest.fixture(scope="module")
def readings() -> list[tuple[str, InkReading]]:
    return [(text, read_ink(ink)) for text, ink in sample()]


# --- Weights ----------------------------------------------------------------------------------------------------------


def test_the_weights_are_those_of_the_manifest() -> None:
    """Size and hash of each file stand in weights.toml, and all files together stay small."""
    manifest = tomllib.loads((FOLDER / "weights.toml").read_text("utf-8"))
    total = 0
    for name in NAMES:
        content = (FOLDER / f"{name}.npz").read_bytes()
        assert manifest[name] == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        total += len(content)
    assert total <= MOST_BYTES
    assert isinstance(manifest["seed"], int)


@pytest.mark.parametrize("name", NAMES)
def test_the_weights_are_plain_finite_numbers(name: str) -> None:
    """The arrays load without pickle, in half precision, and no value is lost to overflow."""
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as stored:
        assert {stored[key].dtype for key in stored.files} == {np.dtype(np.float16)}
    assert all(array.dtype == np.float32 and np.isfinite(array).all() for array in weights(name).values())


# --- Reading ----------------------------------------------------------------------------------------------------------


def test_no_written_number_is_agreed_wrong(readings: list[tuple[str, InkReading]]) -> None:
    """What both networks say of clean pen digits is what was written."""
    assert [(text, r.agreed.text) for text, r in readings if r.agreed is not None and r.agreed.text != text] == []


def test_most_written_numbers_are_agreed(readings: list[tuple[str, InkReading]]) -> None:
    """At least four of five clean numbers are claimed."""
    assert sum(reading.agreed is not None for _, reading in readings) >= 0.8 * len(readings)


@pytest.mark.parametrize("reader", ["segments", "line"])
def test_each_network_reads_alone(readings: list[tuple[str, InkReading]], reader: str) -> None:
    """Either first guess is right for at least 85 of 100 clean numbers."""
    right = sum([guess.text for guess in getattr(reading, reader)][:1] == [text] for text, reading in readings)
    assert right >= 0.85 * len(readings)


def test_guesses_are_digits_in_order(readings: list[tuple[str, InkReading]]) -> None:
    """At most five different strings of digits; confidences are shares; the agreed one is first in both lists."""
    for _, reading in readings:
        for guesses in (reading.segments, reading.line):
            assert len({guess.text for guess in guesses}) == len(guesses) <= 5
            assert all(guess.text.isascii() and guess.text.isdigit() for guess in guesses)
            assert all(0.0 <= guess.confidence <= 1.0 for guess in guesses)
        if reading.agreed is not None:
            firsts = (reading.segments[0], reading.line[0])
            assert {guess.text for guess in firsts} == {reading.agreed.text}
            assert reading.agreed.confidence == max(guess.confidence for guess in firsts) >= AGREE


def test_reading_twice_gives_the_same() -> None:
    """The same ink gives the same reading, to the last digit of its confidence."""
    ink = pen("275", 9)
    assert read_ink(ink) == read_ink(ink.copy())


def test_margins_and_scale_of_grey_do_not_count() -> None:
    """Paper around the ink changes nothing; nor does ink that is half as dark."""
    ink = pen("14", 2)
    assert read_ink(np.pad(ink, ((30, 4), (0, 77)))) == read_ink(ink)
    faint = read_ink((ink // 2).astype(np.uint8))
    assert [guess.text for guess in faint.line[:1]] == ["14"]


def test_masks_are_read_as_well_as_greys() -> None:
    """A picture of True and False is as good as one of 0 and 255."""
    mask = pen("38", 5, 50) > 110
    assert read_ink(mask) == read_ink(mask.astype(np.uint8) * 255)
    assert [guess.text for guess in read_ink(mask).segments[:1]] == ["38"]


def test_touching_digits_are_cut_apart() -> None:
    """Two digits that hang together are still two."""
    one, two = pen("2", 1, 48), pen("5", 3, 48)
    one, two = (part[:, np.nonzero(part.max(axis=0))[0]] for part in (one, two))
    joined = np.zeros((one.shape[0], one.shape[1] + two.shape[1] - 4), dtype=np.uint8)
    joined[:, : one.shape[1]] = one
    joined[:, one.shape[1] - 4 :] = np.maximum(joined[:, one.shape[1] - 4 :], two)
    assert "25" in [guess.text for guess in read_ink(joined).segments]


# --- Ink that is no digits --------------------------------------------------------------------------------------------


def test_signatures_are_rarely_numbers() -> None:
    """Of forty signatures at most four are taken for digits: an initial may look like a 6 (docs/digits.md, limits)."""
    inks = [np.asarray(signature(160, 3, random.Random(seed)).getchannel("A")) for seed in range(40)]
    assert sum(read_ink(ink).agreed is not None for ink in inks) <= 4


@pytest.mark.parametrize("shape", ["rule", "dots", "ring of a stamp", "black"])
def test_marks_are_no_numbers(shape: str) -> None:
    """Ruled lines, leader dots, arcs of stamps and black paper are not claimed to be digits."""
    image = Image.new("L", (160, 60))
    draw = ImageDraw.Draw(image)
    if shape == "rule":
        draw.line((5, 40, 155, 41), fill=255, width=3)
    elif shape == "dots":
        for x in range(5, 150, 9):
            draw.ellipse((x, 40, x + 3, 43), fill=255)
    elif shape == "black":
        draw.rectangle((0, 0, 160, 60), fill=255)
    else:
        draw.arc((-100, 5, 260, 300), 200, 340, fill=255, width=4)
    assert read_ink(np.asarray(image)).agreed is None


ODD = (
    np.zeros((0, 0), dtype=np.uint8),
    np.zeros((40, 0), dtype=np.uint8),
    np.zeros((40, 90), dtype=np.uint8),
    np.full((1, 1), 255, dtype=np.uint8),
    np.full((1, 900), 255, dtype=np.uint8),
    np.full((900, 1), 255, dtype=np.uint8),
    np.ones((3, 3), dtype=np.bool_),
    np.zeros(7, dtype=np.uint8),
    np.zeros((30, 30, 3), dtype=np.uint8),
    np.full((30, 30), np.nan),
    np.full((30, 30), np.inf),
    np.full((30, 30), -7, dtype=np.int64),
    np.array([["a", "b"]]),
    np.eye(5000, dtype=np.bool_),
    np.indices((700, 9000)).sum(axis=0) % 2 == 0,
)


@pytest.mark.parametrize("ink", ODD, ids=lambda ink: f"{ink.shape} {ink.dtype}")
def test_odd_arrays_are_no_numbers(ink: np.ndarray) -> None:
    """Empty, tiny, huge and misshapen arrays are read as nothing claimed, without an error."""
    assert read_ink(ink).agreed is None


@settings(max_examples=25, deadline=None)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(0, 40), st.integers(0, 120))))
def test_noise_is_no_number(ink: np.ndarray) -> None:
    """Whatever the pixels, there is a reading, and it keeps its promises."""
    reading = read_ink(ink)
    assert len(reading.segments) <= 5
    assert len(reading.line) <= 5
    assert reading.agreed is None or reading.agreed.confidence >= AGREE


def test_fewer_digits_than_columns_of_ink_are_not_agreed_on() -> None:
    """Three marks of full height that stand apart are three digits, whatever a reader likes best."""
    from antq_cli.reading.digits.cuts import columns
    from antq_cli.reading.digits.read import _agreed

    line = np.zeros((48, 100), dtype=np.float32)
    for left in (5, 40, 75):
        line[2:46, left : left + 8] = 1.0
    line[20:26, 60:64] = 1.0
    assert columns(line) == 3
    assert _agreed([("29", 0.9)], [("29", 0.9)], 3) is None
    agreed = _agreed([("99", 0.5), ("299", 0.4)], [("99", 0.55), ("299", 0.4)], 3)
    assert agreed is not None
    assert (agreed.text, agreed.confidence < 0.75) == ("299", True)
    assert _agreed([("99", 0.5), ("299", 0.4)], [("99", 0.55), ("899", 0.4)], 3) is None
