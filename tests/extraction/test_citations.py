"""The documents a letter names. The long table of texts stands in tests/cases/citations.toml."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_cli.extraction.citations import find_citations
from antq_cli.extraction.grammar import find_named
from antq_cli.extraction.identity import reference_of
from antq_cli.extraction.laws import find_laws
from antq_cli.model.letter import Citation, Relation
from antq_cli.model.transcript import Transcript, Zone
from antq_cli.vietnamese.text import fold

Paper = Callable[..., Transcript]
CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "citations.toml").read_text("utf-8")
)["case"]


def told(citation: Citation) -> str:
    source = f" < {citation.source.key}" if citation.source is not None else ""
    return f"{citation.relation.value} {citation.reference.key}{source}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_text_cites_what_it_names(case: dict[str, Any], paper: Paper) -> None:
    """Each text of the table gives its citations in order, with relation and source, and nothing more."""
    found = find_citations(paper(case["text"]), None)
    assert [told(one) for one in found] == case["cites"]
    assert {one.reference.key: one.alias for one in found if one.alias} == case.get("aliases", {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_every_citation_can_be_seen(case: dict[str, Any], paper: Paper) -> None:
    """The quotation is the text at its offsets, holds the code as printed, and stays short."""
    transcript = paper(case["text"])
    for one in find_citations(transcript, None):
        evidence = one.evidence
        assert " ".join(transcript.text[evidence.start : evidence.end].split()) == evidence.quote
        assert one.raw in evidence.quote
        assert len(evidence.quote) <= 300
        assert evidence.page == 1


def test_all_parts_of_a_citation_are_read(paper: Paper) -> None:
    """Kind, number, day, issuer and subject are taken apart."""
    text = (
        "Thực hiện Kế hoạch liên ngành số 041/KH-CA-MTTQ, ngày 5 tháng 4 năm 2022 giữa Công an tỉnh với Ban "
        "Thường trực Ủy ban MTTQ Việt Nam tỉnh về “Xây dựng khu phố bình yên”; các xã lập tổ tự quản."
    )
    (one,) = find_citations(paper(text), None)
    assert one.reference.kind == "kế hoạch liên tịch"
    assert one.reference.number == "041/KH-CA-MTTQ"
    assert one.reference.issued == date(2022, 4, 5)
    assert one.reference.issuer == "Công an tỉnh với Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh"
    assert one.reference.title == "Xây dựng khu phố bình yên"
    assert one.evidence.quote.startswith("Kế hoạch liên ngành")
    assert one.evidence.quote.endswith("bình yên”")


@pytest.mark.parametrize(
    ("text", "issuer", "issued"),
    [
        ("Công văn số 7/SNV-TC của Sở Nội vụ ngày 02/3/2021", "Sở Nội vụ", date(2021, 3, 2)),
        ("Công văn số 7/SNV-TC, ngày 02-3-2021 của Sở Nội vụ, đơn vị", "Sở Nội vụ", date(2021, 3, 2)),
        (
            "Công văn số 7/SVHTTDL-TC của Sở Văn hóa, Thể thao và Du lịch về lễ hội",
            "Sở Văn hóa, Thể thao và Du lịch",
            None,
        ),
        ("Thông tư số 7/2020/TT-BNV của Bộ trưởng Bộ Nội vụ quy định về sổ", "Bộ trưởng Bộ Nội vụ", None),
        ("Công văn số 7/SNV-TC của Sở Nội vụ và Công văn số 8/STC-NS", "Sở Nội vụ", None),
        ("Công văn số 7/SNV-TC của các đơn vị", None, None),
    ],
)
def test_the_issuer_ends_where_other_words_begin(
    text: str, issuer: str | None, issued: date | None, paper: Paper
) -> None:
    """The issuer is a body's name and no more, before or after the day."""
    found = find_citations(paper(f"Theo {text}."), None)
    assert (found[0].reference.issuer, found[0].reference.issued) == (issuer, issued)


def test_the_letter_itself_is_not_cited(paper: Paper) -> None:
    """Its own number in an annex or a short form means no other document."""
    own = reference_of(kind="quyết định", number="45/QĐ-UBND", issued=date(2022, 5, 6))
    transcript = paper(
        (Zone.BODY, "Quyết định số 45/QĐ-UBND này thay cho Quyết định số 44/QĐ-UBND ngày 01/02/2021."),
        (Zone.ANNEX, "(Kèm theo Quyết định số 45/QĐ-UBND ngày 06/5/2022 của UBND tỉnh)"),
    )
    assert [told(one) for one in find_citations(transcript, own)] == ["replaces 44||QD|UBND"]


def test_an_annex_bound_to_an_unread_number_cites_nothing(paper: Paper) -> None:
    """What an annex is attached to is the letter itself, even when its number was not read."""
    assert find_citations(paper((Zone.ANNEX, "(Kèm theo Quyết định số 1O /QĐ-UBND ngày 06/5/2022)")), None) == ()


@pytest.mark.parametrize("zone", [Zone.STAMP, Zone.RECIPIENTS, Zone.ADDRESSEES, Zone.SIGNATURE, Zone.PAGE_NUMBER])
def test_other_zones_cite_nothing(zone: Zone, paper: Paper) -> None:
    """Stamps, recipients and signatures are not read for citations."""
    assert find_citations(paper((zone, "Kế hoạch số 5/KH-UBND ngày 02/3/2021")), None) == ()


def test_the_header_cites_in_its_subject_only(paper: Paper) -> None:
    """The letter's own number line is no citation; the subject under it may hold one over two lines."""
    transcript = paper(
        (Zone.HEADER_LEFT, "SỞ NỘI VỤ"),
        (Zone.HEADER_LEFT, "Số: 15/SNV-VP"),
        (Zone.HEADER_LEFT, "V/v triển khai thực hiện Kế hoạch số"),
        (Zone.HEADER_LEFT, "41/KH-UBND của UBND tỉnh"),
        (Zone.HEADER_RIGHT, "Kế hoạch số 99/KH-UBND"),
    )
    assert [told(one) for one in find_citations(transcript, None)] == ["implements 41||KH|UBND"]


def test_an_annex_only_mentions(paper: Paper) -> None:
    """Tables behind the letter say nothing of how the letter stands to what they name."""
    transcript = paper((Zone.ANNEX, "Thực hiện Nghị định số 96/2023/NĐ-CP ngày 30/12/2023 của Chính phủ"))
    assert [told(one) for one in find_citations(transcript, None)] == ["mentions 96|2023|ND|CP"]


def test_a_document_is_cited_once_with_its_strongest_relation(paper: Paper) -> None:
    """Several mentions fill in one another, whatever their order."""
    transcript = paper(
        "Đồng chí Chủ tịch đã phổ biến Chỉ thị 14 của UBND tỉnh.",
        "Các xã nêu lại Chỉ thị số 14/CT-UBND ngày 02/2/2022.",
        "Tiếp tục thực hiện Chỉ thị số 14/CT-UBND của UBND tỉnh về an toàn lao động.",
    )
    (one,) = find_citations(transcript, None)
    assert one.relation is Relation.IMPLEMENTS
    assert one.reference.issued == date(2022, 2, 2)
    assert one.reference.title == "an toàn lao động"
    assert "an toàn lao động" in one.evidence.quote


def test_a_short_form_that_fits_two_documents_stays_short(paper: Paper) -> None:
    """A guess between two documents is not made."""
    transcript = paper(
        "Triển khai Chỉ thị số 5/CT-UBND ngày 02/2/2022 và Chỉ thị số 5/CT-HĐND ngày 03/3/2022.",
        "Chỉ thị 5 được quán triệt.",
    )
    assert [one.reference.key for one in find_citations(transcript, None)] == ["5||CT|UBND", "5||CT|HDND", "5||CT"]


def test_items_under_a_leading_line_share_its_cue(paper: Paper) -> None:
    """ "Căn cứ các văn bản sau:" governs the list below it, and nothing behind the list."""
    transcript = paper(
        "Căn cứ các văn bản sau:",
        "- Quyết định số 5/QĐ-UBND ngày 02/3/2021 của UBND tỉnh;",
        "- Kế hoạch số 6/KH-SNV ngày 03/3/2021 của Sở Nội vụ.",
        "Sở Nội vụ mời dự họp.",
        "Tài liệu: Báo cáo số 7/BC-SNV ngày 05/3/2021.",
    )
    assert [told(one) for one in find_citations(transcript, None)] == [
        "based_on 5||QD|UBND",
        "based_on 6||KH|SNV",
        "mentions 7||BC|SNV",
    ]


def test_a_code_broken_over_two_lines_is_one(paper: Paper) -> None:
    """A plain text's line break inside a citation does not part it."""
    transcript = paper("Thực hiện Công văn số", "812/STC-NS ngày 5/5/2022 của Sở Tài chính")
    assert [told(one) for one in find_citations(transcript, None)] == ["implements 812|||STC|NS"]


def test_the_kind_printed_wins_over_an_open_symbol(paper: Paper) -> None:
    """A Party QĐ is what its name says; without a name antq does not choose."""
    found = find_citations(paper("Theo Quy định số 66-QĐ/TU của Tỉnh ủy. Xem thêm 67-QĐ/TU."), None)
    assert [one.reference.kind for one in found] == ["quy định", None]


HOSTILE = {
    "digits": "1" * 100_000,
    "slashes": "1/" * 50_000,
    "laws": "Luật Đất, " * 10_000,
    "amending laws": "Luật sửa đổi, bổ sung một số điều của " * 2_500,
    "cues": "thực hiện " * 10_000,
    "dates": "ngày 1 tháng " * 7_500,
    "one code again": "Kế hoạch số 5/KH-UBND ngày 1/2/2020 của UBND tỉnh về " * 1_900,
    "many codes": "; ".join(f"Quyết định số {number}/QĐ-UBND" for number in range(3_500)),
    "open brackets": "(" * 100_000,
    "aliases": "(gọi tắt là " * 8_000,
    "labels": "số 5 " * 20_000,
    "quotes": '"' * 100_000,
    "capitals": "A" * 100_000,
    "issuer": "Công văn số 5/UBND-TH của " + "Ủy ban " * 14_000,
    "nested": "Kế hoạch số 5/KH-UBND về thực hiện " * 2_800,
    "dots": "ngày " + "." * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_little(name: str, paper: Paper) -> None:
    """100 kB made to trip patterns up are read in seconds at most."""
    transcript = paper(HOSTILE[name])
    begin = time.process_time()
    find_citations(transcript, None)
    assert time.process_time() - begin < 10


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("Kế hoạch", "số", "5/KH-UBND", "ngày", "5/5/2020", "của", "UBND tỉnh", "về", "thực hiện", "Luật"),
                *("Đất đai", "sửa đổi,", "và", ";", "(", ")", "“", "”", "gọi tắt là", "Chỉ thị", "28", "năm", "2024"),
                *("Căn cứ", ".", "-"),
            ]
        ),
        max_size=40,
    )
)
def test_any_order_of_words_is_read(words: list[str]) -> None:
    """No order of the grammar's words makes it fail, and what it finds lies in the text."""
    text = " ".join(words)
    folded = fold(text)
    for one in find_named(text, folded):
        assert 0 <= one.start <= one.code[0] < one.code[1] <= len(text)
    for law in find_laws(text, folded):
        assert text[law.start].isupper()
        assert law.end <= len(text)


@settings(deadline=None)
@given(texts=st.lists(st.sampled_from([case["text"] for case in CASES]), min_size=1, max_size=4))
def test_whole_letters_of_any_texts_are_read(paper: Paper, texts: list[str]) -> None:
    """Texts put together are read without fault, and no document is cited twice with the same key and day."""
    found = find_citations(paper(*texts), None)
    keys = [
        (one.reference.key, one.reference.issued, one.reference.issuer) for one in found if not one.reference.is_short
    ]
    assert len(keys) == len(set(keys))
