"""Tesseract as a library and as a program: the same readings; one page leaves nothing for the next."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from antq_cli.errors import InputError, ToolMissing
from antq_cli.reading import ocr_library, probe
from antq_cli.reading.ocr import Seen, TesseractEngine, parse_rows
from antq_cli.reading.ocr_library import LibraryEngine
from antq_cli.reading.prepare import Gray

from .conftest import drawn_page

_ROWS = (
    "1\t1\t0\t0\t0\t0\t0\t0\t400\t300\t-1\t\n"
    "5\t1\t1\t1\t1\t1\t10\t20\t30\t12\t96.5\tLa\u0300nh\n"
    "5\t1\t1\t1\t1\t2\t50\t20\t30\t12\t88\ttốt\n"
    "5\t1\t1\t1\t2\t1\t10\t40\t30\t12\t91\tmới\n"
    "5\t1\t1\t1\t2\t2\t50\t40\t0\t12\t91\tmất\n"
)


@dataclass
class _Api:
    """What tesserocr's reader does, recorded."""

    done: bool = True
    told: dict[str, Any] | None = None
    calls: list[tuple[Any, ...]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> Any:
            self.calls.append((name, *arguments))
            return {"Recognize": self.done, "GetTSVText": _ROWS, "DetectOrientationScript": self.told}.get(name)

        return call

    def names(self) -> list[str]:
        return [call[0] for call in self.calls]


def _engine(monkeypatch: pytest.MonkeyPatch, api: _Api, opened: list[dict[str, str]] | None = None) -> LibraryEngine:
    def make(**options: str) -> _Api:
        if opened is not None:
            opened.append(options)
        return api

    library = SimpleNamespace(PyTessBaseAPI=make, PSM=SimpleNamespace(OSD_ONLY=0))
    monkeypatch.setattr(ocr_library.importlib, "import_module", lambda name: library)
    return LibraryEngine("vie", Path("/data"))


def _gray() -> Gray:
    return np.full((300, 400), 255, np.uint8)


def test_rows_of_the_library_are_those_of_the_program() -> None:
    """The same table, so boxes, lines and confidences mean the same; words without extent are none."""
    assert parse_rows(_ROWS.splitlines()) == [
        Seen("Lành", (10, 20, 40, 32), 96.5, 0),
        Seen("tốt", (50, 20, 80, 32), 88.0, 0),
        Seen("mới", (10, 40, 40, 52), 91.0, 1),
    ]


def test_a_picture_goes_over_as_it_lies_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is encoded; mode and resolution are those of the call; the language is loaded once."""
    api, opened = _Api(), []
    engine = _engine(monkeypatch, api, opened)
    gray = _gray()
    assert len(engine.words(gray, 199.6, 5, psm=7)) == 3
    engine.words(gray, 300, 5)
    assert ("SetImageBytes", gray.tobytes(), 400, 300, 1, 400) in api.calls
    assert ("SetPageSegMode", 7) in api.calls
    assert ("SetPageSegMode", 3) in api.calls
    assert ("SetVariable", "user_defined_dpi", "200") in api.calls
    assert ("Recognize", 5000) in api.calls
    assert opened == [{"path": "/data/", "lang": "vie"}]


@pytest.mark.parametrize("done", [True, False])
def test_nothing_of_a_page_is_left(monkeypatch: pytest.MonkeyPatch, done: bool) -> None:
    """Picture and learnt letters go after each reading, also after one that failed."""
    api = _Api(done=done)
    engine = _engine(monkeypatch, api)
    if done:
        engine.words(_gray(), 300, 5)
    else:
        with pytest.raises(InputError):
            engine.words(_gray(), 300, 5)
    assert api.names()[-2:] == ["Clear", "ClearAdaptiveClassifier"]


def test_a_reading_that_stops_is_late_or_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library says only that it did not finish; the clock says why."""
    engine = _engine(monkeypatch, _Api(done=False))
    with pytest.raises(InputError) as caught:
        engine.words(_gray(), 300, 0)
    assert caught.value.reason == "timeout"
    with pytest.raises(InputError) as caught:
        engine.words(_gray(), 300, 60)
    assert caught.value.reason == "damaged"


def test_the_turn_that_makes_a_page_upright(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counter-clockwise degrees; None when there are too few letters to tell."""
    assert _engine(monkeypatch, _Api(told={"orient_deg": 90})).turn(_gray(), 300, 5) == 90
    assert _engine(monkeypatch, _Api(told=None)).turn(_gray(), 300, 5) is None


def test_a_missing_language_or_library_is_a_missing_tool(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As with the program; only direction does without its data."""

    def refuse(**_: str) -> None:
        raise RuntimeError

    library = SimpleNamespace(PyTessBaseAPI=refuse, PSM=SimpleNamespace(OSD_ONLY=0))
    with monkeypatch.context() as patched:
        patched.setattr(ocr_library.importlib, "import_module", lambda name: library)
        engine = LibraryEngine("vie", tmp_path)
        assert engine.turn(_gray(), 300, 5) is None
        with pytest.raises(ToolMissing) as caught:
            engine.words(_gray(), 300, 5)
    assert caught.value.values == {"language": "vie"}

    def absent(name: str) -> None:
        raise ImportError(name)

    with monkeypatch.context() as patched:
        patched.setattr(ocr_library.importlib, "import_module", absent)
        with pytest.raises(ToolMissing) as caught:
            LibraryEngine("vie", tmp_path)
    assert caught.value.reason == "tesseract"


@pytest.fixture
def library() -> LibraryEngine:
    """The real one."""
    pytest.importorskip("tesserocr")
    probe.forget()
    engine = probe.require_tesseract("vie")
    assert engine.is_library
    assert engine.data is not None
    return LibraryEngine("vie", engine.data)


@pytest.mark.ocr
def test_program_and_library_read_the_same(library: LibraryEngine, tmp_path: Path) -> None:
    """Nearly all words, and the boxes of those to a few pixels: the library brings a Tesseract of another version."""
    if probe.tesseract_program() is None:
        pytest.skip("there is no program to compare with")
    gray = np.asarray(drawn_page(), dtype=np.uint8)
    ours, theirs = library.words(gray, 200, 60), TesseractEngine("vie", tmp_path).words(gray, 200, 60)
    matched = difflib.SequenceMatcher(None, [w.text for w in ours], [w.text for w in theirs], autojunk=False)
    assert matched.ratio() > 0.95
    for first, second, length in matched.get_matching_blocks():
        for a, b in zip(ours[first : first + length], theirs[second : second + length], strict=True):
            assert max(abs(x - y) for x, y in zip(a.box, b.box, strict=True)) <= 6
            assert a.line == b.line
            assert abs(a.confidence - b.confidence) < 25


@pytest.mark.ocr
def test_a_page_reads_the_same_after_another_one(library: LibraryEngine) -> None:
    """Order of pages must not matter: they are read by whichever worker is free."""
    page = np.asarray(drawn_page(), dtype=np.uint8)
    other = np.ascontiguousarray(np.asarray(drawn_page(("Other words", "of another page", "1234567890")), np.uint8))
    before = library.words(page, 200, 60)
    library.words(other, 200, 60, psm=6)
    assert library.words(page, 200, 60) == before
    assert library.words(_gray(), 200, 60) == []


@pytest.mark.ocr
def test_the_library_keeps_its_time(library: LibraryEngine) -> None:
    """A reading that cannot be done in time is stopped."""
    lines = ["The quick brown fox jumps over the lazy dog and runs"] * 22
    with pytest.raises(InputError) as caught:
        library.words(np.asarray(drawn_page(lines), dtype=np.uint8), 200, 0.05)
    assert caught.value.reason == "timeout"


@pytest.mark.ocr
@pytest.mark.parametrize("quarter", range(4))
def test_the_library_tells_which_way_up(library: LibraryEngine, quarter: int) -> None:
    """The turn back is the one the page was turned by."""
    page = drawn_page(["Every keeper of a light shall write down what he has seen"[:40]] * 14)
    turned = np.ascontiguousarray(np.rot90(np.asarray(page, dtype=np.uint8), quarter))
    assert library.turn(turned, 200, 60) == (-90 * quarter) % 360
