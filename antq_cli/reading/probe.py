"""What this machine has of what reading needs. Nothing untrusted is opened here."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from antq_cli.errors import ToolMissing
from antq_cli.reading.protocol import pack_path

_LIBRARIES = ("pypdf", "pypdfium2", "pytesseract", "Pillow", "numpy", "python-docx")
_LANGUAGES = ("vie", "osd")
_SECONDS = 20
_MODEL = ".traineddata"
_LIBRARY = "tesserocr"
_DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
"""Where packages put the language data, for machines that have the library and not the program."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing looked for. `detail` is where it was found, or the stable word of what is wrong with it."""

    name: str
    ok: bool
    detail: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The engine on this machine: the library when there is one with its data, else the program."""

    program: Path | None
    """None when there is only the library."""
    version: str
    """Of the engine that reads: a library brings its own."""
    languages: tuple[str, ...]
    data: Path | None
    """Folder of the language data, as Tesseract names it."""
    is_library: bool = False
    """tesserocr reads, in the worker; the program is not called."""

    @property
    def packed_data(self) -> str:
        """`Request.data` for a task that needs OCR."""
        return pack_path(self.data) if self.is_library and self.data is not None else ""

    def identity(self, language: str) -> str:
        """Version of the program and of its language data: part of the key of the OCR cache."""
        size = 0
        if self.data is not None:
            model = self.data / f"{language}{_MODEL}"
            size = model.stat().st_size if model.is_file() else 0
        return f"{_LIBRARY if self.is_library else 'tesseract'}-{self.version}-{size}"


def tesseract_program() -> Path | None:
    """tesseract on the PATH, else in the folders its Windows installer uses; None when there is none."""
    found = shutil.which("tesseract")
    if found:
        return Path(found)
    programs = (folder / "tesseract.exe" for folder in _windows_folders())
    return next((program for program in programs if program.is_file()), None)


def _windows_folders() -> list[Path]:
    """The folders that the installer for Windows uses; none elsewhere."""
    places: tuple[tuple[str, str], ...] = ()
    if sys.platform == "win32":
        places = (("PROGRAMFILES", ""), ("PROGRAMFILES(X86)", ""), ("LOCALAPPDATA", "Programs"))
    return [Path(root, below, "Tesseract-OCR") for name, below in places if (root := os.environ.get(name))]


def require_tesseract(language: str = "vie") -> Tesseract:
    """The engine with this language. Raises ToolMissing: `tesseract`, `language`."""
    engine = _tesseract()
    if engine is None:
        raise ToolMissing("tesseract")
    for part in language.split("+"):
        if part not in engine.languages:
            raise ToolMissing("language", language=part)
    return engine


def probe_tools() -> tuple[Probe, ...]:
    """Tesseract, its languages and the libraries, in that order. Never raises: what is missing is not `ok`."""
    engine = _tesseract()
    if engine is None:
        found = [Probe("tesseract", ok=False, detail="missing")]
    else:
        reads = Probe("ocr", ok=True, detail=_LIBRARY if engine.is_library else "pytesseract", version=engine.version)
        found = [Probe("tesseract", ok=True, detail=str(engine.program or engine.data or "")), reads]
    for language in _LANGUAGES:
        there = engine is not None and language in engine.languages
        where = str(engine.data or "") if there and engine is not None else "missing"
        found.append(Probe(f"tesseract:{language}", ok=there, detail=where))
    for name in _LIBRARIES:
        try:
            found.append(Probe(name, ok=True, version=metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append(Probe(name, ok=False, detail="missing"))
    return tuple(found)


def forget() -> None:
    """Look anew next time: something may have been installed meanwhile."""
    _tesseract.cache_clear()


@cache
def _tesseract() -> Tesseract | None:
    program = tesseract_program()
    version: str | None = None
    data: Path | None = None
    languages: tuple[str, ...] = ()
    if program is not None:
        version = _version(_output(program, "--version"))
        listed = _output(program, "--list-langs")
        folder = re.search(r'"([^"\n]+)"', listed)
        data = Path(folder[1]) if folder else None
        languages = tuple(line.strip() for line in listed.splitlines()[1:] if line.strip())
    inside = library_version()
    if inside and (where := data if data is not None and data.is_dir() else _data_folder()) is not None:
        known = tuple(sorted(file.name.removesuffix(_MODEL) for file in where.glob(f"*{_MODEL}")))
        return Tesseract(program, inside, known, where, is_library=True)
    return None if version is None else Tesseract(program, version, languages, data)


def library_version() -> str | None:
    """The version of the Tesseract in tesserocr; None when it is not installed or cannot be loaded."""
    if importlib.util.find_spec(_LIBRARY) is None:
        return None
    # Tried in a process of its own: a library that crashes on loading must not take antq along.
    return _version(_output(Path(sys.executable), "-P", "-c", f"import {_LIBRARY} as t; print(t.tesseract_version())"))


def _version(told: str) -> str | None:
    found = re.search(r"tesseract\s+v?(\d\S*)", told)
    return found[1] if found else None


def _data_folder() -> Path | None:
    """The folder of the language data, on a machine whose program does not tell it."""
    named = os.environ.get("TESSDATA_PREFIX")
    places = [Path(named), Path(named, "tessdata")] if named else []
    places += [folder / "tessdata" for folder in _windows_folders()]
    places += [Path(folder) for folder in _DATA_FOLDERS]
    return next((place for place in places if any(place.glob(f"*{_MODEL}"))), None)


def _output(program: Path, *options: str) -> str:
    try:
        ran = subprocess.run(
            [str(program), *options],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return (ran.stdout or ran.stderr).decode("utf-8", "replace")
