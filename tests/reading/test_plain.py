"""Plain text and Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_cli.errors import InputError
from antq_cli.model.page import Page, PageOrigin
from antq_cli.reading import plain
from antq_cli.settings import Limits


def _pages(tmp_path: Path, text: str, name: str = "a.txt") -> tuple[Page, ...]:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return plain.inspect(path, Limits()).pages


def test_columns_and_lines_become_places(tmp_path: Path) -> None:
    """2 mm a character, 5 mm a line; blank lines keep their distance and tabs stand at every eighth column."""
    (page,) = _pages(tmp_path, "Sở A    Số 5\r\n\r\n\tNơi nhận:")
    assert [(w.text, w.box.left, w.box.top, w.line) for w in page.words] == [
        ("Sở", 20, 20, 0),
        ("A", 26, 20, 0),
        ("Số", 36, 20, 0),
        ("5", 42, 20, 0),
        ("Nơi", 36, 30, 2),
        ("nhận:", 44, 30, 2),
    ]
    assert page.origin is PageOrigin.PLAIN


def test_a_form_feed_begins_a_page(tmp_path: Path) -> None:
    """A last one without text behind it does not."""
    pages = _pages(tmp_path, "one\ftwo\f\n")
    assert [[word.text for word in page.words] for page in pages] == [["one"], ["two"]]


def test_marks_of_markdown_go_and_the_star_of_the_party_stays(tmp_path: Path) -> None:
    """Only marks that hug words are marks."""
    text = "# **BÁO CÁO**\n*\n_Kính gửi_: `Sở` 2*3*4 a_b_c\n\\* note\n"
    (page,) = _pages(tmp_path, text, "a.md")
    assert " ".join(w.text for w in page.words) == "BÁO CÁO * Kính gửi: Sở 2*3*4 a_b_c * note"


def test_plain_text_is_taken_literally_unless_it_holds_strong_pairs(tmp_path: Path) -> None:
    """A text file may be Markdown that lost its extension; without `**` pairs it is not taken for it."""
    (page,) = _pages(tmp_path, "# 1 *x*\n*\n")
    assert [w.text for w in page.words] == ["#", "1", "*x*", "*"]
    (page,) = _pages(tmp_path, "**Điều 1.** Nội dung\n*\n")
    assert [w.text for w in page.words] == ["Điều", "1.", "Nội", "dung", "*"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings(encoding: str) -> None:
    """UTF-8 with or without its mark, UTF-16 with it."""
    assert plain.decode("Quyết định".encode(encoding)) == "Quyết định"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("Quyết định số 5".encode("utf-16-le"), "unsupported"),
        (b"C\xabng v\xa8n s\xe8 5", "encoding"),
        (b"\x01\x02\x03\x04\x05\x06\x07", "unsupported"),
        (("x\u00abq z\u00a8k w\u00e8w r\u00d2t p\u00d6c g\u00aeb h\u00bbd " * 5).encode(), "encoding"),
    ],
)
def test_other_encodings_are_refused(data: bytes, reason: str) -> None:
    """Guessing an encoding would put wrong words into the archive."""
    with pytest.raises(InputError) as caught:
        plain.decode(data)
    assert caught.value.reason == reason


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """No other exception leaves the decoder."""
    try:
        outcome = plain.decode(data)
    except InputError as error:
        outcome = error.reason
        refused = True
    else:
        refused = False
    assert not refused or outcome in ("encoding", "unsupported")


@given(st.text(max_size=300))
def test_words_hold_no_white_space(text: str) -> None:
    """Whatever stands in a line, its words are words with a place."""
    for word in plain._words(text, markdown=True):
        assert word.text
        assert word.text.split() == [word.text]


def test_a_markdown_table_keeps_its_columns(tmp_path: Path) -> None:
    """Cells stand side by side, their lines below one another; the rule under the head is left out."""
    path = tmp_path / "letter.md"
    path.write_text("| UBND TỈNH<br>**SỞ NỘI VỤ** | **CỘNG HÒA** |\n|---|---|\n| Số: 4/TB-SNV | Huế |\n", "utf-8")
    (page,) = plain.inspect(path, Limits()).pages
    texts = [(word.text, word.line) for word in page.words]
    assert texts == [
        *(("UBND", 0), ("TỈNH", 0), ("CỘNG", 0), ("HÒA", 0)),
        *(("SỞ", 1), ("NỘI", 1), ("VỤ", 1)),
        *(("Số:", 2), ("4/TB-SNV", 2), ("Huế", 2)),
    ]
    assert page.words[2].box.left - page.words[1].box.right >= 8.0
