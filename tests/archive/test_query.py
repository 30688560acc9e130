"""The query language: what each form means, and that nothing else breaks it."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_cli.archive.query import Filter, Number, Phrase, Prefix, ShortForm, Word, parse
from antq_cli.errors import UsageError
from antq_cli.messages import say


def _leaves(text: str) -> list[object]:
    return list(parse(text).leaves)


def _plain(text: str) -> list[str]:
    return [leaf.word if isinstance(leaf, Word) else "?" for leaf in _leaves(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trồng rừng", ["trong", "rung"]),
        ("  Trồng,  rừng!  ", ["trong", "rung"]),
        ("(trồng/rừng)", ["trong", "rung"]),
        ("đ 5 a", ["d", "5", "a"]),
        ("007", ["7"]),
        ("tro\u0302\u0300ng", ["trong"]),
        ('chưa "đóng', ["chua", "dong"]),
        ("số liệu", ["so", "lieu"]),
        ("ngày 11/3/2021", ["ngay", "11", "3", "2021"]),
        ("30/4", ["30", "4"]),
        ("xa*b", ["xa", "b"]),
        ("ab*", ["ab"]),
        ("5*", ["5"]),
        ("lạ:giá trị", ["la", "gia", "tri"]),
        ("so: ", ["so"]),
        ("OR rừng OR", ["rung"]),
        ("or rừng", ["or", "rung"]),
        ("rừng - biển", ["rung", "bien"]),
        ("a\x00b\nc\u2028d", ["a", "b", "c", "d"]),
        ("]]> <b> [x] {y} ~1 ^2 \\", ["b", "x", "y", "1", "2"]),
    ],
)
def test_what_is_no_operator_is_plain_text(text, words):
    """Marks, unbalanced quotation marks, unknown fields and odd stars are words or nothing."""
    assert _plain(text) == words


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1305/UBND-NCPC", "1305|||UBND|NCPC"),
        ("1305UBND-NCPC", "1305|||UBND|NCPC"),
        ("**1305**UBND-NCPC", "1305|||UBND|NCPC"),
        ("Số:**1305**UBND-NCPC", "1305|||UBND|NCPC"),
        ("công văn số 1305/UBND-NCPC", "1305|||UBND|NCPC"),
        ("9/CTr-BCA-MTTW", "9||CTR|BCA|MTTW"),
        ("09 / CTr - BCA - MTTW", "9||CTR|BCA|MTTW"),
        ("09/ctr-bca-mttw", "9||CTR|BCA|MTTW"),
        ('"09/CTr-BCA-MTTW"', "9||CTR|BCA|MTTW"),
        ("(09/CTr-BCA-MTTW),", "9||CTR|BCA|MTTW"),
        ("09\u2013CT/TW", "9||CT|TW"),
        ("138 -KH/TU", "138||KH|TU"),
        ("23/2012/TT-BCA-V28", "23|2012|TT|BCA|V28"),
    ],
)
def test_document_numbers_are_seen_in_all_written_forms(text, key):
    """Zeros, spaces, lost slashes, dashes, markup, labels and kinds before a number do not matter."""
    (leaf,) = _leaves(text)
    assert isinstance(leaf, Number)
    assert leaf.key == key


def test_a_kind_and_a_bare_number_are_a_short_form():
    """The words before and behind stay words; a number with a symbol or a date is none."""
    first, *rest = _leaves("Chỉ thị số 28 của huyện")
    assert isinstance(first, ShortForm)
    assert "28||CT" in first.keys
    assert [leaf.word for leaf in rest] == ["cua", "huyen"]
    assert "15||" in _leaves("công văn 15")[0].keys
    assert not any(isinstance(leaf, ShortForm) for leaf in _leaves("chỉ thị 28/CT-UBND"))
    assert not any(isinstance(leaf, ShortForm) for leaf in _leaves("chỉ thị 28.5"))


def test_phrases_exclusions_prefixes_and_alternatives():
    """Each operator in its usual spelling, curly quotation marks included."""
    query = parse('"trồng rừng" \u201cven biển\u201d -cháy -"đốt nương" -a/b phòng* keo OR bạch OR thông')
    assert [leaf for leaf in query.leaves if isinstance(leaf, Phrase)] == [
        Phrase((Word("trong", "trông\u0300"), Word("rung", "rưng\u0300"))),
        Phrase((Word("ven", "ven"), Word("bien", "biên\u0309"))),
    ]
    assert [leaf.word for leaf in query.leaves if isinstance(leaf, Prefix)] == ["phong"]
    assert [len(group.leaves) for group in query.excluded] == [1, 1, 1]
    assert [len(clause.groups) for clause in query.clauses] == [1, 1, 1, 3]
    assert parse('"rừng"').leaves == (Word("rung", "rưng\u0300"),)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("so:9", [Filter("number", "9", False)]),
        ("number:09/CTr-BCA x", [Filter("number", "09/CTr-BCA", False)]),
        ("loai:kế hoạch trồng cây", [Filter("kind", "kế hoạch", False)]),
        ("Loại:KH x", [Filter("kind", "KH", False)]),
        ('coquan:"sở nội vụ" x', [Filter("issuer", "sở nội vụ", False)]),
        ("-coquan:UBND x", [Filter("issuer", "UBND", True)]),
        ("xso:9", []),
        ("Số: 9", []),
    ],
)
def test_filters(text, filters):
    """Only the known fields are filters; a kind of several words needs no quotation marks."""
    assert list(parse(text).filters) == filters


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "query_empty"),
        ('  "" ?! * ', "query_empty"),
        ("OR", "query_empty"),
        ("-rừng", "query_only_excluded"),
        ("*rừng", "query_leading_star"),
        ("a" * 501, "query_too_long"),
        (" ".join(f"t{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(33)), "query_too_many_terms"),
    ],
)
def test_hopeless_queries_are_refused_with_a_sentence(text, reason):
    """Each reason is a usage error with its sentence in both languages."""
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert caught.value.reason == reason
    for language in ("vi", "en"):
        assert say(caught.value.message_id, language, **caught.value.values)


def test_the_same_word_again_is_one_term():
    """A pasted sentence is measured by its different words."""
    assert len(parse("rừng " * 60).clauses) == 1


@given(st.text(max_size=120) | st.text(alphabet='ab -"*:/09.OR soKHđ', max_size=120))
def test_no_text_breaks_the_parser(text):
    """Any text is a query or a usage error."""
    with contextlib.suppress(UsageError):
        query = parse(text)
        assert query.clauses or query.filters


@pytest.mark.parametrize(
    "unit",
    ["9/", "9-", "1 -a/", "so:", "-", '"', "*", "chi thi ", "9" * 50, "a/", "loai:", "OR ", "\u0301", "1.2.", "số 9 "],
)
def test_hostile_queries_are_read_quickly(unit):
    """No form makes the parser slow."""
    text = (unit * 500)[:500]
    start = time.thread_time()
    with contextlib.suppress(UsageError):
        parse(text)
    assert time.thread_time() - start < 0.5
