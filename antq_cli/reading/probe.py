"""What this machine has of what reading needs. Nothing untrusted is opened here."""

from __future__ import annotations

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

_LIBRARIES = ("pypdf", "pypdfium2", "pytesseract", "Pillow", "numpy", "python-docx")
_LANGUAGES = ("vie", "osd")
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing looked for. `detail` is where it was found, or the stable word of what is wrong with it."""

    name: str
    ok: bool
    detail: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The engine on this machine."""

    program: Path
    version: str
    languages: tuple[str, ...]
    data: Path | None
    """Folder of the language data, as Tesseract names it."""

    def identity(self, language: str) -> str:
        """Version of the program and of its language data: part of the key of the OCR cache."""
        size = 0
        if self.data is not None:
            model = self.data / f"{language}.traineddata"
            size = model.stat().st_size if model.is_file() else 0
        return f"tesseract-{self.version}-{size}"


def tesseract_program() -> Path | None:
    """tesseract on the PATH, else in the folders its Windows installer uses; None when there is none."""
    found = shutil.which("tesseract")
    if found:
        return Path(found)
    if sys.platform == "win32":
        for variable, below in (("PROGRAMFILES", ""), ("PROGRAMFILES(X86)", ""), ("LOCALAPPDATA", "Programs")):
            root = os.environ.get(variable)
            if root and (program := Path(root, below, "Tesseract-OCR", "tesseract.exe")).is_file():
                return program
    return None


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
        found = [Probe("tesseract", ok=True, detail=str(engine.program), version=engine.version)]
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
    if program is None:
        return None
    version = re.search(r"tesseract\s+v?(\S+)", _output(program, "--version"))
    listed = _output(program, "--list-langs")
    if version is None:
        return None
    folder = re.search(r'"([^"\n]+)"', listed)
    languages = tuple(line.strip() for line in listed.splitlines()[1:] if line.strip())
    return Tesseract(program, version[1], languages, Path(folder[1]) if folder else None)


def _output(program: Path, option: str) -> str:
    try:
        ran = subprocess.run(
            [str(program), option],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return (ran.stdout or ran.stderr).decode("utf-8", "replace")
