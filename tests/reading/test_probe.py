"""What this machine has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from antq_cli.errors import ToolMissing
from antq_cli.reading import probe
from antq_cli.reading.protocol import unpack_path


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    probe.forget()
    yield
    probe.forget()


def _listing(monkeypatch: pytest.MonkeyPatch, languages: str) -> None:
    monkeypatch.setattr(probe, "tesseract_program", lambda: Path("/x/tesseract"))
    told = {"--version": "tesseract 5.3.0\n leptonica-1.82.0", "--list-langs": languages}
    monkeypatch.setattr(probe, "_output", lambda program, option: told[option])
    monkeypatch.setattr(probe, "library_version", lambda: None)


def test_a_machine_without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing raises while probing; requiring it does."""
    monkeypatch.setattr(probe, "tesseract_program", lambda: None)
    monkeypatch.setattr(probe, "library_version", lambda: None)
    found = {item.name: item for item in probe.probe_tools()}
    assert not found["tesseract"].ok
    assert not found["tesseract:vie"].ok
    assert found["pypdf"].ok
    with pytest.raises(ToolMissing) as caught:
        probe.require_tesseract()
    assert caught.value.reason == "tesseract"


def test_a_machine_without_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the language to install."""
    _listing(monkeypatch, 'List of available languages in "/x/tessdata/" (2):\neng\nosd\n')
    with pytest.raises(ToolMissing) as caught:
        probe.require_tesseract("vie")
    assert (caught.value.reason, caught.value.values) == ("language", {"language": "vie"})
    found = {item.name: item.ok for item in probe.probe_tools()}
    assert (found["tesseract"], found["tesseract:vie"], found["tesseract:osd"]) == (True, False, True)


def test_the_identity_of_the_engine_changes_with_its_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Exchanged language data is another engine to the cache."""
    _listing(monkeypatch, f'List of available languages in "{tmp_path}" (1):\nvie\n')
    engine = probe.require_tesseract("vie")
    assert engine.version == "5.3.0"
    before = engine.identity("vie")
    (tmp_path / "vie.traineddata").write_bytes(b"xx")
    assert engine.identity("vie") != before


def test_tesseract_of_the_windows_installer_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It does not put itself on the PATH."""
    program = tmp_path / "Tesseract-OCR" / "tesseract.exe"
    program.parent.mkdir()
    program.write_bytes(b"")
    monkeypatch.setattr(probe.shutil, "which", lambda name: None)
    monkeypatch.setattr(probe.sys, "platform", "win32")
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert probe.tesseract_program() == program


def test_the_library_reads_where_it_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the language data of the program; its results are told apart in the cache, and doctor names it."""
    _listing(monkeypatch, f'List of available languages in "{tmp_path}" (1):\nvie\n')
    for language in ("vie", "osd"):
        (tmp_path / f"{language}.traineddata").write_bytes(b"xx")
    by_program = probe.require_tesseract("vie")
    assert by_program.packed_data == ""
    probe.forget()
    monkeypatch.setattr(probe, "library_version", lambda: "5.3.0")
    by_library = probe.require_tesseract("osd")
    assert unpack_path(by_library.packed_data) == tmp_path
    assert by_library.identity("vie") != by_program.identity("vie")
    found = {item.name: item for item in probe.probe_tools()}
    assert (found["ocr"].detail, found["ocr"].version) == ("tesserocr", "5.3.0")


def test_the_library_needs_no_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The language data are then looked for where packages put them, first where TESSDATA_PREFIX says."""
    monkeypatch.setattr(probe, "tesseract_program", lambda: None)
    monkeypatch.setattr(probe, "library_version", lambda: "5.5.4")
    monkeypatch.setattr(probe, "_DATA_FOLDERS", (str(tmp_path / "none"),))
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(ToolMissing):
        probe.require_tesseract("vie")
    (tmp_path / "tessdata").mkdir()
    (tmp_path / "tessdata" / "vie.traineddata").write_bytes(b"xx")
    probe.forget()
    engine = probe.require_tesseract("vie")
    assert (engine.program, engine.data, engine.languages) == (None, tmp_path / "tessdata", ("vie",))
    with pytest.raises(ToolMissing) as caught:
        probe.require_tesseract("osd")
    assert caught.value.reason == "language"


def test_a_library_that_cannot_be_loaded_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried in a process of its own, which may crash."""
    monkeypatch.setattr(probe.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(probe, "_output", lambda program, *options: "ImportError: DLL load failed")
    assert probe.library_version() is None
    monkeypatch.setattr(probe, "_output", lambda program, *options: "tesseract 5.5.4\n leptonica-1.87.0")
    assert probe.library_version() == "5.5.4"
