"""The cue that governs a citation."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from antq_cli.extraction.relations import begins_proposal, cue_before, is_list_join, relation_after, strength
from antq_cli.model.letter import Relation
from antq_cli.vietnamese.text import fold


@pytest.mark.parametrize(
    ("before", "relation"),
    [
        ("Thực hiện", Relation.IMPLEMENTS),
        ("TRIỂN KHAI THỰC HIỆN", Relation.IMPLEMENTS),
        ("Tiếp tục thực hiện nghiêm túc các nội dung tại", Relation.IMPLEMENTS),
        ("Hướng dẫn thực hiện", Relation.GUIDES),
        ("quy định chi tiết và hướng dẫn thi hành", Relation.GUIDES),
        ("Báo cáo kết quả thực hiện", Relation.REPORTS_ON),
        ("Sơ kết 05 năm triển khai thực hiện", Relation.REPORTS_ON),
        ("sau 10 năm thực hiện", Relation.REPORTS_ON),
        ("Căn cứ", Relation.BASED_ON),
        ("theo quy định tại", Relation.BASED_ON),
        ("Phúc đáp", Relation.REPLIES_TO),
        ("Xét đề nghị của Giám đốc Sở Tư pháp tại", Relation.REPLIES_TO),
        ("Tiếp theo", Relation.FOLLOWS),
        ("sửa đổi, bổ sung một số điều của", Relation.AMENDS),
        ("sửa đổi một số điều của Quy chế ban hành kèm theo", Relation.AMENDS),
        ("thay thế", Relation.REPLACES),
        ("bãi bỏ", Relation.REPEALS),
        ("ban hành kèm theo", Relation.ATTACHED_TO),
        ("Tỉnh đã ban hành", Relation.MENTIONS),
        ("Căn cứ chức năng, triển khai", Relation.IMPLEMENTS),
        ("xin ý kiến dự thảo Nghị định sửa đổi", Relation.MENTIONS),
        ("đề nghị bãi bỏ", Relation.MENTIONS),
        ("Quyết định này không thay thế", Relation.MENTIONS),
        ("Các phòng chưa thực hiện", Relation.MENTIONS),
        ("kinh phí sửa chữa theo", Relation.BASED_ON),
        ("được sửa đổi, bổ sung bởi", Relation.MENTIONS),
        ("đã được sửa đổi, bổ sung một số điều theo", Relation.MENTIONS),
        ("bị bãi bỏ tại", Relation.MENTIONS),
        ("Năm 2019 Sở Y tế đã bãi bỏ", Relation.MENTIONS),
        ("Tỉnh sẽ thay thế", Relation.MENTIONS),
        ("(đã sửa đổi, bổ sung theo", Relation.MENTIONS),
        ("Các văn bản sau bị bãi bỏ:", Relation.REPEALS),
        ("Đề nghị Sở Y tế, Sở Tài chính trả lời", Relation.MENTIONS),
        ("Sở Y tế trả lời", Relation.REPLIES_TO),
        ("góp ý dự thảo Kế hoạch thực hiện", Relation.MENTIONS),
    ],
)
def test_the_nearest_and_longest_cue_governs(before: str, relation: Relation) -> None:
    """Cues are known in any case; the longer of two at one place wins; who proposes a change changes nothing."""
    text = before + " "
    cue = cue_before(text, fold(text), 0, len(text))
    assert cue is not None
    assert cue.relation is relation


@pytest.mark.parametrize(
    "before",
    [
        "Cuộc họp bàn về ",
        "Thực hiện nhiệm vụ năm học; ",
        "Thực hiện nhiệm vụ được giao, Sở Xây dựng có ",
        "Thực hiện " + "rất nhiều công việc " * 8,
    ],
)
def test_a_cue_of_another_clause_does_not_reach(before: str) -> None:
    """A semicolon, a new subject or distance ends a cue's reach."""
    assert cue_before(before, fold(before), 0, len(before)) is None


@pytest.mark.parametrize(
    ("between", "joined"),
    [
        ("; ", True),
        (" và ", True),
        (", các ", True),
        (" và đề nghị của Giám đốc Sở Tài chính tại ", True),
        (", tổ chức thành viên và ", True),
        (". Sau đó ", False),
        (" được các đơn vị học tập cùng với những văn bản có liên quan khác của trung ương và địa phương về ", False),
    ],
)
def test_items_of_a_list_are_told_from_sentences(between: str, joined: bool) -> None:
    """Separators and fillers join two items; other words part them."""
    assert is_list_join(between, fold(between), 0, len(between)) is joined


def test_a_proposal_leads_to_a_further_item() -> None:
    """ "và đề nghị của … tại" is found where it begins."""
    assert begins_proposal("ve kinh phi va de nghi cua so tai chinh tai ") == len("ve kinh phi ")
    assert begins_proposal("ve kinh phi tai ") is None


def test_what_stands_behind_a_citation_counts() -> None:
    """ "… hết hiệu lực" says that the document is repealed."""
    folded = fold("Quyết định số 5/QĐ-X hết hiệu lực kể từ ngày ký.")
    assert relation_after(folded, 20, len(folded)) is Relation.REPEALS
    assert relation_after(fold("Quyết định số 5/QĐ-X còn mới."), 20, 29) is None


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        ("Quyết định số 5/QĐ-X hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", Relation.REPEALS),
        ("Quyết định số 5/QĐ-X đã hết hiệu lực từ ngày 01/01/2019.", None),
        ("Quyết định số 5/QĐ-X đến nay hết hiệu lực.", None),
    ],
)
def test_only_the_letter_itself_repeals(sentence: str, relation: Relation | None) -> None:
    """That a document lost its force long ago is no deed of the letter that tells it."""
    folded = fold(sentence)
    assert relation_after(folded, 20, len(folded)) is relation


def test_every_relation_has_its_strength() -> None:
    """The order of strength names each relation once, implementing first and mere mention last."""
    order = sorted(Relation, key=strength)
    assert order[0] is Relation.IMPLEMENTS
    assert order[-1] is Relation.MENTIONS
    assert len({strength(relation) for relation in Relation}) == len(Relation)


def test_the_table_is_folded_and_without_doubles() -> None:
    """Cues are written as they are compared, each under one relation."""
    table = tomllib.loads(
        resources.files("antq_cli.vietnamese").joinpath("tables", "relations.toml").read_text("utf-8")
    )
    cues = [cue for phrases in table["cues"].values() for cue in phrases]
    assert all(fold(cue) == cue for cue in cues)
    assert len(cues) == len(set(cues))
