"""Readings of a page with an engine that was recorded."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from PIL import Image, ImageDraw

from antq_cli.errors import InputError
from antq_cli.model.page import Page, PageOrigin
from antq_cli.reading import scan
from antq_cli.reading.ocr import Seen, parse_table
from antq_cli.reading.pixels import Picture
from antq_cli.reading.prepare import Gray

from .conftest import drawn_page


@dataclass
class Recorded:
    """Gives its readings one after another; an InputError among them is raised."""

    readings: list[list[Seen] | InputError]
    told: int | None = None
    shapes: list[tuple[int, ...]] = field(default_factory=list)
    turns: int = 0

    def words(self, gray: Gray, dpi: float, seconds: float) -> list[Seen]:
        self.shapes.append(gray.shape)
        given = self.readings.pop(0)
        if isinstance(given, InputError):
            raise given
        return given

    def turn(self, gray: Gray, dpi: float, seconds: float) -> int | None:
        self.turns += 1
        return self.told


def _line(confidence: float, text: str = "words", count: int = 30, upright: bool = True) -> list[Seen]:
    size = (60, 20) if upright else (20, 60)
    return [Seen(text, (100 + 5 * n, 200, 100 + 5 * n + size[0], 200 + size[1]), confidence, 0) for n in range(count)]


def _read(engine: Recorded, image: Image.Image | None = None) -> Page:
    image = image or drawn_page()
    picture = Picture(image, (200, 200), image.width / 200 * 25.4, image.height / 200 * 25.4)
    return scan.read_page(picture, 1, engine, measure_ink=True, seconds=60)


def test_a_good_reading_is_the_only_one() -> None:
    """A confident page costs one call of the engine."""
    engine = Recorded([_line(95)])
    page = _read(engine)
    assert len(engine.shapes) == 1
    assert page.words[0].confidence == 0.95
    assert page.words[0].box.left == pytest.approx(100 / 200 * 25.4, abs=0.01)


def test_the_better_of_two_readings_is_kept() -> None:
    """A weak reading is tried again without background; what is worse is dropped."""
    assert _read(Recorded([_line(75, "first"), _line(90, "second")])).words[0].text == "second"
    kept = _read(Recorded([_line(75, "first"), _line(70, "second")]))
    assert kept.words[0].text == "first"
    assert "background_removed" not in kept.notes


def test_a_reading_that_loses_the_page_is_not_better() -> None:
    """Two sure words are less than thirty fair ones."""
    assert len(_read(Recorded([_line(80), _line(99, count=2)])).words) == 30


def test_a_page_upside_down_is_turned() -> None:
    """The engine is asked for the orientation only when its reading failed."""
    engine = Recorded([_line(30, "spɹoʍ"), _line(95)], told=180)
    page = _read(engine)
    assert "rotated:180" in page.notes
    assert engine.turns == 1


def test_a_page_whose_words_stand_upright_lies_on_its_side() -> None:
    """Words may be read well from a page on its side; their boxes tell."""
    engine = Recorded([_line(95, upright=False), _line(40, upright=True), _line(94)], told=None)
    page = _read(engine)
    assert [note for note in page.notes if note.startswith("rotated")] == ["rotated:90", "rotated:180"]
    assert (page.width, page.height) == (pytest.approx(297, abs=1), pytest.approx(210, abs=1))


def test_a_page_whose_reading_takes_too_long_is_kept_as_failed() -> None:
    """It is never dropped."""
    page = _read(Recorded([InputError("timeout")]))
    assert (page.origin, page.notes[-1]) == (PageOrigin.FAILED, "ocr_timeout")


def test_a_second_reading_that_takes_too_long_leaves_the_first() -> None:
    """What was read stands."""
    assert _read(Recorded([_line(75), InputError("timeout")])).words


def test_a_blank_page_is_not_given_to_the_engine() -> None:
    """Blank backs of letters are common and cost nothing."""
    assert _read(Recorded([]), Image.new("L", (1654, 2339), 250)).origin is PageOrigin.BLANK


def test_marks_of_rules_and_specks_are_dropped_and_signs_kept() -> None:
    """The star of the Party and bullets matter; frames do not."""
    marks = [
        Seen("*", (300, 300, 312, 312), 20, 1),
        Seen("-", (100, 300, 110, 304), 40, 1),
        Seen("|", (50, 100, 54, 900), 60, 2),
        Seen("~", (60, 400, 62, 402), 10, 3),
        Seen("./.", (400, 300, 420, 312), 50, 1),
    ]
    page = _read(Recorded([_line(95) + marks]))
    assert [word.text for word in page.words[30:]] == ["*", "-", "./."]


def test_ink_tells_pen_from_type() -> None:
    """Height and stroke of the ink are measured in mm within the upper part of the first page."""
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((200, 200, 203, 229), fill=0)  # 4 px wide, 30 px high
    draw.rectangle((400, 196, 409, 235), fill=0)  # 10 px wide, 40 px high
    draw.rectangle((300, 2000, 303, 2029), fill=0)
    boxes = [(198, 198, 206, 232), (398, 196, 412, 236), (298, 1998, 306, 2032)]
    seen = [Seen("l1", boxes[0], 90, 0), Seen("I1", boxes[1], 90, 0), Seen("l2", boxes[2], 90, 1), *_line(95)]
    thin, thick, low = _read(Recorded([seen]), image).words[:3]
    assert thin.ink is not None
    assert thick.ink is not None
    assert thin.ink.height == pytest.approx(30 / 200 * 25.4, abs=0.15)
    assert thick.ink.height == pytest.approx(40 / 200 * 25.4, abs=0.15)
    assert thick.ink.stroke / thin.ink.stroke == pytest.approx(2.5, abs=0.5)
    assert low.ink is None


def test_a_table_of_the_engine_is_read_row_by_row() -> None:
    """Only rows of words count; quotes and tabs in words do no harm; text is NFC."""
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        "1\t1\t0\t0\t0\t0\t0\t0\t100\t100\t-1\t",
        '5\t1\t1\t1\t1\t1\t10\t20\t30\t12\t96.5\t"So\u0302\u0301',
        "5\t1\t1\t1\t1\t2\t50\t20\t30\t12\t40\ta\tb",
        "5\t1\t1\t1\t2\t1\t10\t40\t30\t12\t91\t5",
        "5\t1\t1\t1\t2\t2\t10\t40\t30\t12\t91\t ",
    ]
    assert parse_table("\n".join([head, *rows])) == [
        Seen('"Số', (10, 20, 40, 32), 96.5, 0),
        Seen("a", (50, 20, 80, 32), 40, 0),
        Seen("b", (50, 20, 80, 32), 40, 0),
        Seen("5", (10, 40, 40, 52), 91, 1),
    ]
    with pytest.raises(InputError):
        parse_table("")


def test_noise_gives_a_page_without_text() -> None:
    """A page on which nothing was read says so."""
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (800, 600), dtype=np.uint8))
    page = _read(Recorded([[], []]), noise)
    assert (page.words, page.notes[-1]) == ((), "no_text")


def test_a_head_on_a_later_page_is_looked_at() -> None:
    """The ink of its words is measured although the page is not the first; a page of text alone is left as it is."""
    image = drawn_page()
    texts = ("ngày", "tháng", "năm", "2024")
    head = [Seen(text, (900 + 100 * n, 300, 980 + 100 * n, 330), 95, 1) for n, text in enumerate(texts)]
    for seen, measured in (([*head, *_line(95)], True), (_line(95), False)):
        copy = image.copy()
        picture = Picture(copy, (200, 200), copy.width / 200 * 25.4, copy.height / 200 * 25.4)
        page = scan.read_page(picture, 2, Recorded([seen]), measure_ink=False, seconds=60)
        assert any(word.ink is not None for word in page.words) is measured
        assert bool(page.slots) is measured
