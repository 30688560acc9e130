"""Vietnamese of before Unicode."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_cli.vietnamese.legacy import Encoding, decode, encode, encoding_of_font, guess

_VOWELS = [
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
]
_SMALL = [*_VOWELS, *"bcdđghklmnpqrstvx", " ", "/", "-", "5"]
_TEXT = st.lists(st.sampled_from(_SMALL), max_size=40).map("".join)


@given(_TEXT)
def test_tcvn3_there_and_back(text: str) -> None:
    """Every letter has its code; in a font of capitals the same codes are capitals."""
    codes = encode(text, Encoding.TCVN3)
    assert decode(codes, Encoding.TCVN3) == text
    assert decode(codes, Encoding.TCVN3_CAPITALS) == text.upper()
    assert all(ord(c) < 256 for c in codes)


@given(st.lists(st.sampled_from([*_SMALL, *(c.upper() for c in _SMALL)]), max_size=40).map("".join))
def test_vni_there_and_back(text: str) -> None:
    """Every letter has its one or two codes, in both cases."""
    codes = encode(text, Encoding.VNI)
    assert decode(codes, Encoding.VNI) == text
    assert all(ord(c) < 256 for c in codes)


@pytest.mark.parametrize(
    ("codes", "encoding", "text"),
    [
        ("C\u00abng v\u00a8n s\u00e8", Encoding.TCVN3, "Công văn số"),
        ("ñy ban nh\u00a9n d\u00a9n", Encoding.TCVN3_CAPITALS, "ỦY BAN NHÂN DÂN"),
        ("th\uf0ad \uf0ae\u00b5", Encoding.TCVN3, "thư đà"),
        ("Coâng vaên soá", Encoding.VNI, "Công văn số"),
        ("ÑAÛNG Ñaûng Cöôøng", Encoding.VNI, "ĐẢNG Đảng Cường"),
    ],
)
def test_known_words(codes: str, encoding: Encoding, text: str) -> None:
    """The tables are those of the fonts, not only each other's inverse."""
    assert decode(codes, encoding) == text


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        ("ABCDEF+.VnTimeH", Encoding.TCVN3_CAPITALS),
        (".VnArialH,Bold", Encoding.TCVN3_CAPITALS),
        ("VNI-Times", Encoding.VNI),
        ("Times New Roman", None),
    ],
)
def test_fonts_tell(name: str, encoding: Encoding | None) -> None:
    """Families of both encodings, with the marks of subsets and styles."""
    assert encoding_of_font(name) is encoding


def test_letters_tell() -> None:
    """Without a font the encoding is the one that gives syllables; other languages are none."""
    text = "công văn số mười về việc đăng ký danh sách cán bộ của tỉnh"
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        assert guess(encode(text, encoding).split()) is encoding
    assert guess(["café", "déjà", "vu", "où", "est", "la", "réunion", "du", "procès"]) is None
