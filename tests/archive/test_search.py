"""Searching invented letters: what is found, in which order, and what is shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_cli.archive import Archive
from antq_cli.archive.analysis import words
from antq_cli.errors import UsageError


@pytest.fixture
def archive(tmp_path):
    with Archive.create(tmp_path / "archive") as made:
        yield made


def _numbers(archive, query, **filters):
    return [hit.record.seq for hit in archive.search(query, **filters).hits]


def test_words_match_without_and_with_their_marks(archive, put):
    """Without marks all spellings match; with marks the exact ones stand first, whatever else speaks for the others."""
    put(archive, ["đang làm đang làm đang làm"], subject="đang làm")
    put(archive, ["Đảng ủy họp về nhiều việc khác nhau trong một ngày rất dài và bận rộn"])
    put(archive, ["dang do OCR"])
    put(archive, ["không liên quan"])
    assert set(_numbers(archive, "dang")) == {1, 2, 3}
    assert _numbers(archive, "Đảng")[0] == 2
    assert set(_numbers(archive, "Đảng")) == {1, 2, 3}
    assert _numbers(archive, "DANG") == _numbers(archive, "dang")


def test_spellings_of_one_word_are_one(archive, put):
    """Decomposed text, đ in its variants, both places of the tone mark."""
    put(archive, ["hoà thuận ở Đồng Nai"])
    for query in ("hòa thuận", "ho\u0300a thua\u0323\u0302n", "\u00d0ồng nai", "dong nai", "ĐỒNG NAI"):
        result = archive.search(query)
        assert result.total == 1, query
        assert not result.relaxed
    exact = archive.search("hòa").hits[0].score
    assert exact == archive.search("hoà").hits[0].score > archive.search("hỏa").hits[0].score


@pytest.mark.parametrize(
    "query",
    [
        "1305/UBND-NCPC", "1305UBND-NCPC", "Số:1305UBND-NCPC", "1305/ubnd-ncpc", "1305 / UBND - NCPC", "1305/UBND",
        "công văn 1305/UBND-NCPC", "công văn số 1305", "so:1305", "so:1305/UBND",
    ],
)  # fmt: skip
@pytest.mark.parametrize("printed", ["Số: 1305/UBND-NCPC", "Số:1305UBND-NCPC", "(chữ mờ)"])
def test_a_number_is_found_in_all_written_forms(archive, put, printed, query):
    """However it is printed and however it is typed, the letter with this number is first."""
    put(archive, ["V/v 1305 cây xanh, UBND và NCPC cùng trồng", "công văn"], number="4/UBND-KT", kind="công văn")
    put(archive, [printed, "nội dung"], number="1305/UBND-NCPC", kind="công văn")
    put(archive, ["x"], number="130/UBND-NCPC", kind="công văn")
    assert _numbers(archive, query)[0] == 2
    assert 3 not in _numbers(archive, query)


def test_a_number_finds_its_document_before_those_that_cite_it(archive, put):
    """The document itself, then what cites it, then what only prints something alike; prefixes of a symbol too."""
    put(archive, ["Thực hiện Chương trình 09/CTr-BCA-MTTW", "09 CTr BCA MTTW"], cites=["09/CTr-BCA-MTTW"])
    put(archive, ["Chương trình phối hợp"], number="09/CTr-BCA-MTTW", kind="chương trình")
    put(archive, ["theo chương trình đã ký"], cites=["9/CTr-BCA-MTTW"])
    for query in ("09/CTr-BCA-MTTW", "9/CTr-BCA", "9/CTr", "09 / CTr - BCA - MTTW", "chương trình phối hợp số 09"):
        found = _numbers(archive, query)
        assert found[0] == 2, query
        assert set(found) == {1, 2, 3}, query
    put(archive, ["chỉ thị"], number="09-CT/TW", kind="chỉ thị")
    assert _numbers(archive, "09/CT-TW") == [4]
    assert _numbers(archive, "Chỉ thị 9")[0] == 4


def test_phrases_are_exact_sequences(archive, put):
    """Three words of a phrase must follow one another, not only two by two."""
    put(archive, ["phòng cháy rừng"])
    put(archive, ["phòng cháy và cháy rừng"])
    assert _numbers(archive, '"phòng cháy rừng"') == [1]
    assert set(_numbers(archive, '"cháy rừng"')) == {1, 2}
    assert set(_numbers(archive, "phòng cháy rừng")) == {1, 2}
    assert _numbers(archive, "phòng cháy rừng")[0] == 1
    assert _numbers(archive, 'rừng -"phòng cháy rừng"') == [2]
    assert archive.search('"rừng phòng"').total == 0
    assert not archive.search('"rừng phòng"').relaxed


def test_exclusions_alternatives_and_prefixes(archive, put):
    """Each operator narrows or widens as said."""
    put(archive, ["lúa nước ruộng sâu"])
    put(archive, ["ngô nương ruộng cạn"])
    put(archive, ["sắn"])
    assert _numbers(archive, "ruộng -ngô") == [1]
    assert set(_numbers(archive, "lúa OR sắn")) == {1, 3}
    assert set(_numbers(archive, "lúa OR ngô ruộng")) == {1, 2}
    assert set(_numbers(archive, "ruo*")) == {1, 2}
    assert archive.search("zzz*").total == 0
    assert _numbers(archive, "-ruộng sắn") == [3]


def test_nothing_holds_all_words(archive, put):
    """Then some of them suffice, and the result says so; phrases and exclusions are kept."""
    put(archive, ["bò sữa"])
    put(archive, ["bò thịt lợn"])
    result = archive.search("bò lợn cừu")
    assert result.relaxed
    assert [hit.record.seq for hit in result.hits] == [2, 1]
    assert not archive.search("bò lợn").relaxed
    assert _numbers(archive, '"bò sữa" cừu') == [1]
    assert archive.search('"sữa bò" bò').total == 0
    assert _numbers(archive, "bò cừu -lợn") == [1]
    assert archive.search("cừu").hits == ()


def test_filters_choose_without_moving_the_ranking(archive, put):
    """Scores are the same with and without a filter; filters of the query and of the call add up."""
    put(archive, ["đê điều đê"], kind="kế hoạch", issued=date(2020, 1, 1), issuer="SỞ NÔNG NGHIỆP")
    put(archive, ["đê điều"], kind="báo cáo", issued=date(2021, 1, 1), issuer="SỞ NÔNG NGHIỆP")
    put(archive, ["đê điều xã"], kind="kế hoạch", issued=date(2022, 1, 1), issuer="CÔNG AN XÃ")
    scores = {hit.record.seq: hit.score for hit in archive.search("đê").hits}
    for query, filters, expected in (
        ("đê loai:kế hoạch", {}, {1, 3}),
        ("đê -loai:kế hoạch", {}, {2}),
        ('đê coquan:"sở nông nghiệp"', {"kind": "báo cáo"}, {2}),
        ("đê", {"since": date(2021, 1, 1)}, {2, 3}),
        ("đê", {"until": date(2020, 12, 31)}, {1}),
        ("đê", {"issuer": "công an"}, {3}),
        ("đê", {"document_class": "news"}, set()),
        ("loai:kế hoạch", {}, {1, 3}),
    ):
        result = archive.search(query, **filters)
        assert {hit.record.seq for hit in result.hits} == expected, query
        assert result.total == len(expected)
        if query.startswith("đê"):
            assert all(hit.score == scores[hit.record.seq] for hit in result.hits)


def test_the_subject_weighs_more(archive, put):
    """A word of the subject outranks the same word somewhere in the text."""
    put(archive, ["gạo " + "khác " * 20])
    put(archive, ["gạo " + "khác " * 20 + "."], subject="Về dự trữ gạo")
    assert _numbers(archive, "gạo") == [2, 1]


def test_hits_show_the_right_page_and_mark_the_words(archive, put):
    """The page that holds the words is cited; the original is shown, with the words between << and >>."""
    put(
        archive,
        [
            ["Trang đầu không có gì", "toàn tỉnh"],
            ["Mở đầu trang hai", "Phong trào TOÀN  DÂN trồng cây, dân vui"],
            ["cuối"],
        ],
    )
    (hit,) = archive.search("toan dan").hits
    assert hit.page == 2
    assert "<<TOÀN DÂN>> trồng cây, <<dân>> vui" in hit.snippet
    assert "\n" not in hit.snippet
    assert archive.search('"trồng cây"').hits[0].snippet.count("<<trồng cây>>") == 1


def test_snippets_are_short_and_unmarked_text_is_as_printed(archive, put):
    """About 200 characters around the words; marks that the text itself holds are set apart."""
    put(archive, ["mở đầu " * 100 + "<<kim>> cương " + "kết thúc " * 100])
    (hit,) = archive.search("kim cương").hits
    assert len(hit.snippet) < 300
    assert "< <<<kim>>> > <<cương>>" in hit.snippet
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    put(archive, ["z" * 5000])
    assert len(archive.search("zzz*").hits[0].snippet) < 300


def test_a_number_is_marked_where_it_stands_whole(archive, put):
    """Its digits and codes elsewhere in the letter are not marked; a long way off they do not draw the snippet."""
    put(archive, ["Ngày 9 họp về 09-CT/TW.", "x " * 150, "Theo 09/CTr-SVH và 9 việc", "CTr khác"], number="1/BC-X")
    (hit,) = archive.search("9/CTr-SVH").hits
    assert hit.snippet.count("<<") == 1
    assert "<<09/CTr-SVH>> và 9 việc" in hit.snippet
    assert archive.search('"9 việc"').hits[0].snippet.count("<<") == 1


def test_resembling_words_are_not_marked_where_the_exact_one_stands(archive, put):
    """ "đảng" is marked, "đang" beside it is not; without marks in the query both are."""
    put(archive, ["đang họp, Đảng ủy xã"])
    assert archive.search("đảng").hits[0].snippet == "đang họp, <<Đảng>> ủy xã"
    assert archive.search("dang").hits[0].snippet == "<<đang>> họp, <<Đảng>> ủy xã"
    put(archive, ["dang uy phuong"])
    assert archive.search("đảng uy phuong").hits[0].snippet == "<<dang uy phuong>>"


def test_equal_documents_come_newest_first_and_limits_hold(archive, put):
    """The limit cuts the list, not the count."""
    for number in range(5):
        put(archive, [f"giống nhau {chr(97 + number)}"])
    result = archive.search("giống nhau", limit=2)
    assert [(hit.rank, hit.record.seq) for hit in result.hits] == [(1, 5), (2, 4)]
    assert result.total == 5
    assert archive.search("giống nhau", limit=0).total == 5


def test_documents_are_found_as_soon_as_they_are_in(archive, put):
    """The same open archive finds what it has just stored, over several segments of the index."""
    for number in range(30):
        put(archive, [f"tài liệu thứ {number} chung"])
        if number % 3 == 0:
            assert archive.search("chung").total == number + 1
    assert archive.search("chung", limit=100).total == 30
    assert archive.search('"thu 17 chung"').hits[0].record.seq == 18


def test_a_query_that_takes_too_long_is_refused(archive, put, monkeypatch):
    """The budget is of processor time, and the error is one of usage."""
    put(archive, ["một hai ba"])
    monkeypatch.setattr("antq_cli.archive.whoosh_query.QUERY_SECONDS", -1.0)
    with pytest.raises(UsageError) as caught:
        archive.search("một")
    assert caught.value.reason == "query_too_slow"


def test_prefixes_are_capped(archive, put, monkeypatch):
    """Of too many words with a prefix the commonest are taken."""
    put(archive, ["abca abcb abcc"])
    put(archive, ["abca abcb"])
    put(archive, ["abcc"])
    monkeypatch.setattr("antq_cli.archive.whoosh_query.PREFIX_TERMS", 2)
    found = archive.search("abc*")
    assert found.total >= 2


def test_no_warning_of_whoosh_reaches_the_user(tmp_path):
    """A fresh process with all warnings on prints none."""
    import subprocess
    import sys

    program = (
        "from pathlib import Path; from antq_cli.archive import Archive\n"
        f"with Archive.create(Path({str(tmp_path / 'w')!r})) as a: print(a.search('x').total)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "0\n"
    assert "whoosh" not in done.stderr.lower()


_WORDS = ["an", "ninh", "tổ", "quốc", "toàn", "dân", "ban"]
_TEXTS = st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=_TEXTS, asked=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3), out=st.sampled_from(_WORDS))
def test_search_agrees_with_reading_every_document(tmp_path_factory, texts, asked, out):
    """Words, phrases, exclusions and alternatives find exactly the documents that hold them."""
    from builders import document_bytes, make_letter

    folder = tmp_path_factory.mktemp("agree")
    held = {}
    with Archive.create(folder / "a") as archive:
        for at, text in enumerate(texts):
            source = folder / "x.txt"
            content = document_bytes([text, str(at)])
            source.write_bytes(content)
            seq = archive.put(source, make_letter(lines=[text], content=content)).record.seq
            held[seq] = words(text)
        sought = words(" ".join(asked))
        excluded = words(out)[0]
        every = {seq for seq, held_words in held.items() if set(sought) <= set(held_words)}
        some = {seq for seq, held_words in held.items() if set(sought) & set(held_words)}
        phrase = {seq for seq, held_words in held.items() if f" {' '.join(sought)} " in f" {' '.join(held_words)} "}
        without = {seq for seq in every if excluded not in held[seq]}

        result = archive.search(" ".join(asked), limit=99)
        found = {hit.record.seq for hit in result.hits}
        assert found == (some if result.relaxed else every)
        assert result.relaxed == (not every and bool(some))
        assert result.total == len(found)
        quoted = archive.search(f'"{" ".join(asked)}"', limit=99)
        assert {hit.record.seq for hit in quoted.hits} == phrase
        either = archive.search(" OR ".join(asked), limit=99)
        assert {hit.record.seq for hit in either.hits} == some
        if without:
            assert {h.record.seq for h in archive.search(f"{' '.join(asked)} -{out}", limit=99).hits} == without
