"""The cache of OCR results."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from antq_cli.model.page import Box, Page, PageOrigin, Word
from antq_cli.reading.cache import PageCache

_PAGE = Page(2, 210, 297, (Word("Sở", Box(1, 2, 3, 4), 0.9, 0),), PageOrigin.OCR, ("dpi:300",))


@pytest.fixture
def cache(tmp_path: Path) -> PageCache:
    return PageCache(tmp_path / "cache", "engine-1", "vie", "1")


def test_a_page_comes_back_as_it_was(cache: PageCache) -> None:
    """By the file's digest and the page's number."""
    cache.put("d" * 64, _PAGE)
    assert cache.get("d" * 64, 2) == _PAGE
    assert cache.get("e" * 64, 2) is None
    assert cache.get("d" * 64, 1) is None


@pytest.mark.parametrize("change", [{"engine": "engine-2"}, {"language": "eng"}, {"preparation": "2"}])
def test_another_way_of_reading_is_another_entry(cache: PageCache, change: dict[str, str]) -> None:
    """Engine, language and preparation are parts of the key."""
    cache.put("d" * 64, _PAGE)
    assert replace(cache, **change).get("d" * 64, 2) is None


@pytest.mark.parametrize("damage", [lambda b: b"", lambda b: b[:-5], lambda b: b"y" + b[1:], lambda b: b"\x78\x9c"])
def test_a_damaged_entry_is_a_miss(cache: PageCache, damage: object) -> None:
    """It is read anew and written over."""
    cache.put("d" * 64, _PAGE)
    (entry,) = (path for path in cache.folder.rglob("*.z"))
    entry.write_bytes(damage(entry.read_bytes()))  # type: ignore[operator]
    assert cache.get("d" * 64, 2) is None
    cache.put("d" * 64, _PAGE)
    assert cache.get("d" * 64, 2) == _PAGE


def test_a_failed_page_is_not_kept(cache: PageCache) -> None:
    """It may succeed when the machine has more time."""
    cache.put("d" * 64, replace(_PAGE, words=(), origin=PageOrigin.FAILED))
    assert not cache.folder.exists()


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    """Reading goes on without a cache."""
    blocked = tmp_path / "file"
    blocked.write_text("x", "utf-8")
    cache = PageCache(blocked, "e", "vie", "1")
    cache.put("d" * 64, _PAGE)
    assert cache.get("d" * 64, 2) is None


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_entries_are_private(cache: PageCache) -> None:
    """Letters are internal: nobody else may read their text, whatever the umask."""
    before = os.umask(0)
    try:
        cache.put("d" * 64, _PAGE)
    finally:
        os.umask(before)
    (entry,) = cache.folder.rglob("*.z")
    assert entry.stat().st_mode & 0o777 == 0o600
    assert cache.folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in entry.parent.iterdir()] == [entry.name]
