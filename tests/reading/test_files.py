"""Which files a person means."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from antq_cli.reading.files import find_files

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and free file names of POSIX")


def _found(*paths: Path) -> list[tuple[str, str | None]]:
    return [(found.path.name, found.error and found.error.reason) for found in find_files(paths)]


def _touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_a_folder_gives_its_documents_sorted(tmp_path: Path) -> None:
    """Files of a folder first, then its folders, each by name; litter and hidden files are not mentioned."""
    _touch(tmp_path / "b.PDF", tmp_path / "a.txt", tmp_path / "c" / "d.jpeg", tmp_path / "budget.xlsx")
    _touch(tmp_path / ".hidden.pdf", tmp_path / "Thumbs.db", tmp_path / "desktop.ini", tmp_path / "~$a.docx")
    _touch(tmp_path / ".git" / "e.pdf")
    assert _found(tmp_path) == [("a.txt", None), ("b.PDF", None), ("budget.xlsx", "unsupported"), ("d.jpeg", None)]


def test_a_named_file_is_tried_whatever_its_extension(tmp_path: Path) -> None:
    """A letter without an extension can be read by naming it."""
    _touch(tmp_path / "letter")
    assert _found(tmp_path / "letter") == [("letter", None)]
    assert _found(tmp_path) == [("letter", "unsupported")]


def test_a_missing_path_is_said_so(tmp_path: Path) -> None:
    """Also one that no file can have."""
    assert _found(tmp_path / "none.pdf", Path("a\0b")) == [("none.pdf", "missing"), ("a\0b", "missing")]


def test_a_folder_named_like_a_document_is_walked_and_mentioned(tmp_path: Path) -> None:
    """Its content is not lost because of its name."""
    _touch(tmp_path / "x.pdf" / "a.pdf")
    assert _found(tmp_path) == [("x.pdf", "not_regular"), ("a.pdf", None)]
    assert _found(tmp_path / "x.pdf") == [("x.pdf", "not_regular"), ("a.pdf", None)]


def test_a_file_named_twice_comes_once(tmp_path: Path) -> None:
    """By its name and by its folder."""
    _touch(tmp_path / "a.pdf")
    assert _found(tmp_path / "a.pdf", tmp_path) == [("a.pdf", None)]


@posix
def test_links_and_pipes_are_not_opened(tmp_path: Path) -> None:
    """A link in a folder may lead out of it or in a circle; a pipe would block."""
    inside = tmp_path / "in"
    _touch(tmp_path / "secret.pdf", inside / "a.pdf")
    (inside / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    (inside / "circle").symlink_to(inside)
    os.mkfifo(inside / "pipe.pdf")
    assert _found(inside) == [
        ("a.pdf", None),
        ("circle", "not_regular"),
        ("link.pdf", "not_regular"),
        ("pipe.pdf", "not_regular"),
    ]
    assert _found(inside / "pipe.pdf", Path("/dev/null")) == [("pipe.pdf", "not_regular"), ("null", "not_regular")]


@posix
def test_names_that_are_no_text(tmp_path: Path) -> None:
    """Any bytes can be a file name."""
    name = os.fsdecode(b"c\xf4ng v\xe0n\n.pdf")
    _touch(tmp_path / name)
    assert _found(tmp_path) == [(name, None)]
