"""What this machine has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from antq_cli.errors import ToolMissing
from antq_cli.reading import probe


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    probe.forget()
    yield
    probe.forget()


def _listing(monkeypatch: pytest.MonkeyPatch, languages: str) -> None:
    monkeypatch.setattr(probe, "tesseract_program", lambda: Path("/x/tesseract"))
    told = {"--version": "tesseract 5.3.0\n leptonica-1.82.0", "--list-langs": languages}
    monkeypatch.setattr(probe, "_output", lambda program, option: told[option])


def test_a_machine_without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing raises while probing; requiring it does."""
    monkeypatch.setattr(probe, "tesseract_program", lambda: None)
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
