"""Terms: the same for text and for queries, with offsets that hold in the original."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_cli.archive.analysis import exact_form, key_prefixes, pairs, terms, words
from antq_cli.vietnamese.text import fold


def test_letters_and_digits_part_from_one_another():
    """Glued numbers hold the same words as well written ones; single letters and digits are words."""
    assert words("1305UBND-NCPC") == words("1305/UBND-NCPC") == ["1305", "ubnd", "ncpc"]
    assert words("V/v Điều 8.2.c") == ["v", "v", "dieu", "8", "2", "c"]
    assert words("09") == words("9") == ["9"]
    assert words("000") == ["0"]
    assert words("___ -- ") == []


def test_the_place_of_a_tone_mark_does_not_matter():
    """hòa and hoà are one word, hóa is another, and đ is not d."""
    assert exact_form("hòa") == exact_form("hoà") == exact_form("HOÀ")
    assert exact_form("thủy") == exact_form("thuỷ")
    assert len({exact_form(word) for word in ("hòa", "hóa", "hoa", "hỏa")}) == 4
    assert exact_form("đa") != exact_form("da") == "da"


@given(st.text(max_size=200))
def test_terms_are_where_they_say(text):
    """The folded stretch of each term is its word, up to zeros and length."""
    text = unicodedata.normalize("NFC", text)
    for term in terms(text):
        stretch = fold(text[term.start : term.end])
        assert stretch.lstrip("0")[:64] == term.word or term.word == "0"
        assert len(term.word) <= 64
    assert [term.word for term in terms(text)] == words(text)


def test_pairs():
    """Each two neighbours, in order; none for a single word."""
    assert pairs(["a", "b", "c"]) == ["a_b", "b_c"]
    assert pairs(["a"]) == pairs([]) == []


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("9||CTR|BCA|MTTW", ("9||CTR", "9||CTR|BCA", "9||CTR|BCA|MTTW")),
        ("1305|||UBND|NCPC", ("1305||", "1305|||UBND", "1305|||UBND|NCPC")),
        (
            "23|2012|TT|BCA",
            ("23||TT", "23||TT|BCA", "23|2012", "23|2012|TT", "23|2012|TT|BCA"),
        ),
        ("LUAT|cau cang", ("LUAT|cau cang",)),
        ("28", ("28",)),
    ],
)
def test_left_parts_of_keys(key, parts):
    """All beginnings that say more than a bare number; with a year also those without it."""
    assert key_prefixes(key) == parts
