"""What the person asked for and what limits hold: read once, frozen, passed down.

No other module reads the environment.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from antq_cli.messages import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one input and on the worker that reads it (docs/limits.md has the reasons)."""

    file_bytes: int = 200 * 1024 * 1024
    pages: int = 2_000
    page_pixels: int = 100_000_000
    """Width times height of one page picture; checked before it is decoded."""
    worker_bytes: int = 1024 * 1024 * 1024
    """Address space of a worker process above what Python and its libraries take."""
    inspect_seconds: float = 20.0
    """Opening a file and reading its structure."""
    page_seconds: float = 120.0
    """One page, OCR included."""
    text_characters: int = 5_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a command may know beyond its arguments."""

    archive: Path = Path("indexes")
    language: Language = "vi"
    jobs: int = 1
    ocr_language: str = "vie"
    limits: Limits = field(default_factory=Limits)
    cache: Path | None = None
    """Folder of the OCR cache; None reads everything anew."""

    @classmethod
    def load(cls, archive: str | None = None, language: str | None = None, jobs: int | None = None) -> Settings:
        """Arguments first, then ANTQ_ARCHIVE and ANTQ_LANG, then the defaults; jobs default to the number of cores."""
        chosen = language or os.environ.get("ANTQ_LANG", "")
        return cls(
            archive=_from_home(Path(archive or os.environ.get("ANTQ_ARCHIVE") or "indexes")),
            language=next((known for known in LANGUAGES if known == chosen), "vi"),
            jobs=jobs or available_cores(),
        )


def _from_home(path: Path) -> Path:
    """The path with a leading `~` replaced: a shell leaves it in `--archive=~/kho` and in a variable."""
    try:
        return path.expanduser()
    except RuntimeError:  # nobody of that name
        return path


def available_cores() -> int:
    """Cores this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)
