"""Answers from an archive of invented letters."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from antq_cli.answers.answer import Status, answer
from antq_cli.answers.contract import as_object
from antq_cli.answers.wording import sentence
from antq_cli.messages import LANGUAGES, message_ids
from antq_cli.model.letter import Obligation, Relation
from antq_cli.model.page import Box
from antq_cli.model.transcript import Evidence

PROGRAMME = "17/CTr-BCA-MTTW"
KIND = "chương trình phối hợp"


def numbers(documents: Any) -> list[str]:
    return [each.reference.number for each in documents]


@pytest.fixture
def movement(shelf: Any) -> Any:
    """A programme known by citation, a plan that carries it out, a letter that carries out the plan, a news item."""
    cites = shelf.cites
    shelf.add("120/KH-UBND", "kế hoạch", date(2019, 5, 8), "ỦY BAN NHÂN DÂN TỈNH HẢI ĐÔNG", "Phân loại rác tại nguồn",
              [cites(PROGRAMME, kind=KIND), cites("99-CT/TW", Relation.BASED_ON, "chỉ thị")],
              signer="Trần Văn Bình", addressees=("Các sở, ngành", "Ủy ban nhân dân các huyện"))  # fmt: skip
    shelf.add("45/UBND-VX", "công văn", date(2019, 6, 1), "ỦY BAN NHÂN DÂN HUYỆN AN HẢI", "Triển khai kế hoạch",
              [cites("120/KH-UBND", kind="kế hoạch", issued=date(2019, 5, 8))])  # fmt: skip
    plan = shelf.reference("55/KH-MTTQ-CAT", "kế hoạch")
    shelf.add(document_class="news", cites=[cites("55/KH-MTTQ-CAT", kind="kế hoạch"),
              cites(PROGRAMME, kind=KIND, source=plan, quote="Kế hoạch 55 thực hiện Chương trình 17")])  # fmt: skip
    shelf.add("3/TB-UBND", "thông báo", date(2020, 1, 2), cites=[cites("17", Relation.MENTIONS, KIND)])
    return shelf


@pytest.mark.parametrize(
    "text",
    [
        "Văn bản nào thực hiện Chương trình phối hợp 17?",
        "van ban nao thuc hien chuong trinh phoi hop so 17",
        "Văn bản nào triển khai CTPH 17?",
        "Which documents implement the coordination programme 17/CTr-BCA-MTTW?",
    ],
)
def test_implementers_direct_indirect_and_cited(movement: Any, text: str) -> None:
    """Who says so of itself is direct, who carries out an implementer is indirect, who is only told of is cited."""
    result = answer(text, movement)
    assert result.status is Status.ANSWERED
    assert [(each.name, each.via) for each in result.documents] == [
        ("120/KH-UBND", ()),
        ("45/UBND-VX", ("120/KH-UBND",)),
    ]
    assert numbers(result.cited_only) == ["55/KH-MTTQ-CAT"]
    assert result.cited_only[0].grounds[0].evidence.quote == "Kế hoạch 55 thực hiện Chương trình 17"
    assert numbers(result.mentions) == ["3/TB-UBND"]


def test_news_never_implements(movement: Any) -> None:
    """A news item that begins "Thực hiện Kế hoạch …" tells of an event; it is a mention."""
    result = answer("Văn bản nào thực hiện Kế hoạch 55/KH-MTTQ-CAT?", movement)
    assert result.status is Status.NOT_FOUND
    assert result.documents == ()
    assert [each.record.document_class for each in result.mentions if each.record] == ["news"]


def test_source_in_the_archive_is_a_document(shelf: Any) -> None:
    """A plan that another letter says implements the programme is given as itself when it is archived."""
    plan = shelf.add("8/KH-UBND", "kế hoạch", date(2022, 3, 4))
    source = shelf.reference("8/KH-UBND", "kế hoạch")
    shelf.add("9/BC-UBND", "báo cáo", cites=[shelf.cites("77-CT/TU", kind="chỉ thị", source=source)])
    result = answer("Văn bản nào thực hiện Chỉ thị 77-CT/TU?", shelf)
    assert [each.record for each in result.documents] == [plan]
    assert result.cited_only == ()


def test_another_kind_with_the_same_number_is_another_document(shelf: Any) -> None:
    """Chỉ thị 31 is not Chương trình phối hợp 31."""
    shelf.add("1/KH-UBND", "kế hoạch", cites=[shelf.cites("31-CT/TW", kind="chỉ thị")])
    shelf.add("2/KH-UBND", "kế hoạch", cites=[shelf.cites("31/CTr-BCA-MTTW", kind=KIND)])
    assert numbers(answer("Văn bản nào thực hiện CTPH 31?", shelf).documents) == ["2/KH-UBND"]
    assert numbers(answer("Văn bản nào thực hiện Chỉ thị 31?", shelf).documents) == ["1/KH-UBND"]


def test_the_more_exact_kind_decides(shelf: Any) -> None:
    """A chương trình phối hợp 31 is not the plain chương trình 31; asked for a chương trình, both may be meant."""
    shelf.add("1/KH-UBND", "kế hoạch", cites=[shelf.cites("31-CTr/TU", kind="chương trình")])
    shelf.add("2/KH-UBND", "kế hoạch", cites=[shelf.cites("31/CTr-BCA-MTTW", kind=KIND)])
    assert numbers(answer("Văn bản nào thực hiện CTPH 31?", shelf).documents) == ["2/KH-UBND"]
    assert answer("Văn bản nào thực hiện Chương trình 31?", shelf).status is Status.AMBIGUOUS


def test_ambiguous_short_name_shows_the_candidates_and_chooses_none(shelf: Any) -> None:
    """Two directives numbered 28: both are shown, no document is given as an answer."""
    shelf.add("1/KH-SYT", "kế hoạch", cites=[shelf.cites("28/CT-UBND", kind="chỉ thị", issuer="UBND tỉnh")])
    shelf.add("2/KH-SYT", "kế hoạch", cites=[shelf.cites("28/CT-BYT", kind="chỉ thị", issuer="Bộ Y tế")])
    result = answer("Văn bản nào thực hiện Chỉ thị 28?", shelf)
    assert result.status is Status.AMBIGUOUS
    assert result.documents == ()
    assert sorted(numbers(result.candidates)) == ["28/CT-BYT", "28/CT-UBND"]
    decided = answer("Văn bản nào thực hiện Chỉ thị 28 của Bộ Y tế?", shelf)
    assert numbers(decided.documents) == ["2/KH-SYT"]


def test_year_decides_between_documents_of_one_number(shelf: Any) -> None:
    """Numbers begin anew each year; the asker's year leaves one."""
    shelf.add("5/KH-UBND", "kế hoạch", date(2020, 1, 9), "UBND TỈNH X", signer="Nguyễn Thị Mai")
    shelf.add("5/KH-UBND", "kế hoạch", date(2021, 1, 8), "UBND TỈNH X", signer="Lê Văn Sơn")
    assert answer("Ai ký Kế hoạch 5/KH-UBND?", shelf).status is Status.AMBIGUOUS
    assert answer("Ai ký Kế hoạch 5/KH-UBND năm 2021?", shelf).facts == ("Lê Văn Sơn",)
    ruled_out = answer("Ai ký Kế hoạch 5/KH-UBND năm 2019?", shelf)
    assert ruled_out.status is Status.NOT_FOUND
    assert len(ruled_out.near) == 2


@pytest.mark.parametrize("body", ["UBND huyện", "Bộ Công an", "UBND tỉnh Nghệ An"])
def test_another_issuer_is_not_answered(shelf: Any, body: str) -> None:
    """When the asker names another body, level or province, the document of that number is not the one."""
    shelf.add("5/KH-UBND", "kế hoạch", date(2020, 1, 9), "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", signer="Nguyễn Thị Mai")
    assert answer("Ai ký Kế hoạch 5/KH-UBND của UBND tỉnh?", shelf).facts == ("Nguyễn Thị Mai",)
    assert answer(f"Ai ký Kế hoạch 5/KH-UBND của {body}?", shelf).status is Status.NOT_FOUND


def test_loops_of_citations_end(shelf: Any) -> None:
    """Letters that carry out one another are listed once, and the document asked about never."""
    shelf.add("1/KH-UBND", "kế hoạch", cites=[shelf.cites("3/KH-UBND", kind="kế hoạch")])
    shelf.add("2/KH-UBND", "kế hoạch", cites=[shelf.cites("1/KH-UBND", kind="kế hoạch")])
    shelf.add("3/KH-UBND", "kế hoạch", cites=[shelf.cites("2/KH-UBND", kind="kế hoạch")])
    result = answer("Văn bản nào thực hiện Kế hoạch 1/KH-UBND?", shelf)
    assert [(each.name, each.via) for each in result.documents] == [
        ("2/KH-UBND", ()),
        ("3/KH-UBND", ("2/KH-UBND",)),
    ]


def test_basis_without_carrying_out_is_told_apart(movement: Any) -> None:
    """A plan that names a directive as its basis only does not implement it."""
    result = answer("Văn bản nào thực hiện Chỉ thị 99-CT/TW?", movement)
    assert result.status is Status.NOT_FOUND
    assert numbers(result.beside) == ["120/KH-UBND"]
    assert numbers(answer("Văn bản nào căn cứ Chỉ thị 99-CT/TW?", movement).documents) == ["120/KH-UBND"]


def test_what_a_document_rests_on_in_its_order(movement: Any) -> None:
    """Its bases come in the order in which it names them, archived and cited apart."""
    result = answer("Căn cứ của Kế hoạch 120/KH-UBND là gì?", movement)
    assert [each.name for each in result.cited_only] == [PROGRAMME, "99-CT/TW"]
    assert numbers(answer("Công văn 45 thực hiện văn bản nào?", movement).documents) == ["120/KH-UBND"]


def test_what_a_cited_document_rests_on(movement: Any) -> None:
    """What a letter tells of a plan that is not archived answers for the plan."""
    result = answer("Kế hoạch 55/KH-MTTQ-CAT dựa trên văn bản nào?", movement)
    assert numbers(result.cited_only) == [PROGRAMME]


def test_facts_about_one_document(movement: Any) -> None:
    """Date, signer, issuer, addressees and subject come from its fields, with the place they stand in."""
    asked = {
        "Kế hoạch 120/KH-UBND ban hành ngày nào?": ("2019-05-08",),
        "Ai ký Kế hoạch 120/KH-UBND?": ("Trần Văn Bình",),
        "Cơ quan nào ban hành Kế hoạch 120/KH-UBND?": ("ỦY BAN NHÂN DÂN TỈNH HẢI ĐÔNG",),
        "Kế hoạch 120/KH-UBND gửi cho ai?": ("Các sở, ngành", "Ủy ban nhân dân các huyện"),
        "Kế hoạch 120/KH-UBND nói về gì?": ("Phân loại rác tại nguồn",),
    }
    for text, facts in asked.items():
        result = answer(text, movement)
        assert (result.status, result.facts) == (Status.ANSWERED, facts)
        assert result.documents[0].grounds


def test_absent_and_unreadable_are_told_apart(shelf: Any) -> None:
    """A letter without a signer and one whose signer cannot be read get different sentences and no fact."""
    shelf.add("6/TB-UBND", "thông báo")
    shelf.add("7/TB-UBND", "thông báo", unreadable=("signer",))
    absent, unreadable = (answer(f"Ai ký Thông báo {number}/TB-UBND?", shelf) for number in (6, 7))
    assert (absent.status, unreadable.status) == (Status.NOT_FOUND, Status.NOT_FOUND)
    assert sentence(absent, "vi") != sentence(unreadable, "vi").replace("7/TB", "6/TB")
    assert "bản gốc" in sentence(unreadable, "vi")


def test_unreadable_date_is_taken_from_those_who_cite_it(shelf: Any) -> None:
    """A day written by hand may stand in print in another letter; the answer says whose word it is."""
    shelf.add("7/TB-UBND", "thông báo", unreadable=("date",))
    cited = shelf.cites("7/TB-UBND", Relation.MENTIONS, "thông báo", issued=date(2021, 4, 6))
    shelf.add("8/BC-UBND", "báo cáo", cites=[cited])
    result = answer("Thông báo 7/TB-UBND ban hành ngày nào?", shelf)
    assert result.facts == ("2021-04-06",)
    assert "8/BC-UBND" in sentence(result, "vi")


def test_document_known_by_citation_only(shelf: Any) -> None:
    """Its date is known from the citation; its signer is not."""
    cited = shelf.cites("12/NQ-HĐND", Relation.BASED_ON, "nghị quyết", issued=date(2018, 12, 7), issuer="HĐND tỉnh")
    shelf.add("8/QĐ-UBND", "quyết định", cites=[cited])
    dated = answer("Nghị quyết 12/NQ-HĐND ban hành khi nào?", shelf)
    assert (dated.facts, numbers(dated.cited_only), dated.documents) == (("2018-12-07",), ["12/NQ-HĐND"], ())
    assert answer("Ai ký Nghị quyết 12/NQ-HĐND?", shelf).status is Status.NOT_FOUND


def test_deadlines_are_the_obligations(shelf: Any) -> None:
    """Deadlines are ISO dates where they can be computed and the letter's words where not."""
    place = Evidence(2, Box(20, 30, 120, 36), "báo cáo trước ngày 27/8/2019")
    duties = [
        Obligation("Các huyện", "báo cáo kết quả", date(2019, 8, 27), "trước ngày 27/8/2019", "UBND tỉnh", place),
        Obligation("", "thống kê", None, "hằng quý", "", place),
    ]
    shelf.add("9/UBND-VX", "công văn", obligations=duties)
    result = answer("Hạn báo cáo của Công văn 9/UBND-VX là khi nào?", shelf)
    assert result.facts == ("2019-08-27", "hằng quý")
    assert "27/8/2019: Các huyện: báo cáo kết quả" in sentence(result, "vi")


def test_direction_of_replacing(shelf: Any) -> None:
    """Who replaces and who is replaced are different answers."""
    shelf.add("2/QĐ-UBND", "quyết định", cites=[shelf.cites("1/QĐ-UBND", Relation.REPLACES, "quyết định")])
    assert numbers(answer("Văn bản nào thay thế Quyết định 1/QĐ-UBND?", shelf).documents) == ["2/QĐ-UBND"]
    assert numbers(answer("Quyết định 2/QĐ-UBND thay thế văn bản nào?", shelf).cited_only) == ["1/QĐ-UBND"]
    assert answer("Văn bản nào thay thế Quyết định 2/QĐ-UBND?", shelf).status is Status.NOT_FOUND


def test_named_by_its_subject(movement: Any) -> None:
    """A document named by its subject is taken when one fits, and the answer says which."""
    result = answer("Kế hoạch về phân loại rác do ai ký?", movement)
    assert (result.by_title, result.facts) == (True, ("Trần Văn Bình",))
    assert "120/KH-UBND" in sentence(result, "vi").splitlines()[0]
    assert answer("Kế hoạch về trồng rừng phòng hộ do ai ký?", movement).status is Status.NOT_FOUND


def test_two_subjects_that_fit_are_ambiguous(movement: Any) -> None:
    """Two plans on the same matter: none is chosen."""
    movement.add("121/KH-UBND", "kế hoạch", date(2020, 2, 2), subject="Phân loại rác tại chợ")
    result = answer("Kế hoạch về phân loại rác do ai ký?", movement)
    assert (result.status, len(result.candidates)) == (Status.AMBIGUOUS, 2)


def test_kind_asked_for_narrows_the_answer(movement: Any) -> None:
    """ "Kế hoạch nào" leaves letters out."""
    result = answer("Kế hoạch nào thực hiện Chương trình phối hợp 17?", movement)
    assert numbers(result.documents) == ["120/KH-UBND"]


def test_short_citation_that_may_mean_two_documents_supports_none(shelf: Any) -> None:
    """ "Kế hoạch 82" in a letter is no ground when the archive knows two plans 82."""
    shelf.add("82/KH-UBND", "kế hoạch", date(2019, 3, 1))
    shelf.add("82/KH-MTTQ", "kế hoạch", date(2020, 3, 1))
    shelf.add("4/TB-UBND", "thông báo", cites=[shelf.cites("82", kind="kế hoạch")])
    assert answer("Văn bản nào thực hiện Kế hoạch 82/KH-UBND?", shelf).documents == ()


def test_scans_of_one_letter_are_one_document(shelf: Any) -> None:
    """A letter archived twice is not ambiguous."""
    for _ in range(2):
        shelf.add("82/KH-UBND", "kế hoạch", date(2019, 3, 1), signer="Lê Văn Sơn")
    assert answer("Ai ký Kế hoạch 82/KH-UBND?", shelf).facts == ("Lê Văn Sơn",)


def test_unknown_document_is_not_found(shelf: Any) -> None:
    """An empty archive answers nothing."""
    result = answer("Văn bản nào thực hiện Kế hoạch 1/KH-UBND?", shelf)
    assert (result.status, result.documents, result.facts) == (Status.NOT_FOUND, (), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_relation_has_its_sentences(language: Any) -> None:
    """Each relation that can be asked for, in both directions, can be told in both languages."""
    ids = message_ids(language)
    relations = {"implements", "based_on", "amends", "replaces", "repeals", "replies_to", "reports_on", "guides"}
    groups = {f"answers_{name}" for name in relations | {"rests_on"}}
    groups |= {f"answers_{name}_itself" for name in relations - {"implements", "based_on"}}
    assert {f"{group}.{key}" for group in groups for key in ("direct", "cited_only", "nothing")} <= ids
    assert {f"relation.{relation.value}" for relation in Relation} <= ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_understood_shows_three_questions(shelf: Any, language: Any) -> None:
    """A question that is not understood gets three examples."""
    told = sentence(answer("Hôm nay ăn gì?", shelf), language)
    assert sum(line.startswith("- ") for line in told.splitlines()) == 3


def test_object_of_the_contract(movement: Any) -> None:
    """The JSON object has the fields of antq.answer/1, with plain values only."""
    result = as_object(answer("Văn bản nào thực hiện Chương trình phối hợp 17?", movement), "vi")
    assert result["schema"] == "antq.answer/1"
    assert (result["intent"], result["status"]) == ("implements", "answered")
    assert result["cited_only"] == ["55/KH-MTTQ-CAT"]
    first, second = result["documents"]
    assert (first["number"], first["via"], first["path"]) == ("120/KH-UBND", [], "in/scan1.pdf")
    assert second["via"] == ["120/KH-UBND"]
    assert first["evidence"][0]["page"] == 1
    assert first["evidence"][0]["quote"] == f"implements {PROGRAMME}"


def test_a_document_with_an_unread_number_is_not_denied(shelf):
    """Those that may be the one asked about are named; another kind, year or issuer, and news, are not."""
    plan = shelf.add(None, "kế hoạch", date(2021, 3, 2), "ỦY BAN NHÂN DÂN HUYỆN ĐÔNG KHÊ", "Dọn vệ sinh bến chợ")
    draft = shelf.add(None, None, document_class="draft")
    shelf.add(None, "quyết định", date(2021, 3, 2))
    shelf.add(None, "kế hoạch", date(2019, 3, 2), "ỦY BAN NHÂN DÂN HUYỆN ĐÔNG KHÊ")
    shelf.add(None, "kế hoạch", date(2021, 3, 2), "SỞ NỘI VỤ")
    shelf.add(None, "kế hoạch", document_class="news")
    question = "Kế hoạch 31/KH-UBND năm 2021 của UBND huyện Đông Khê do ai ký?"
    told = as_object(answer(question, shelf), "vi")
    assert told["status"] == "not_found"
    assert told["unread"] == [
        {"id": plan.id, "path": plan.origin, "title": "Dọn vệ sinh bến chợ"},
        {"id": draft.id, "path": draft.origin, "title": draft.name},
    ]
    assert "Trong kho không có" not in told["text"]
    assert "còn 2 văn bản chưa đọc được số" in told["text"]
    assert "[số 1 trong kho] Kế hoạch ngày 02/3/2021" in told["text"]


def test_only_five_documents_with_unread_numbers_are_named(shelf):
    """The rest is counted; a document known by citation only may be one of them as well."""
    for _ in range(7):
        shelf.add(None, "kế hoạch", date(2021, 3, 2))
    shelf.add("4/QĐ-UBND", "quyết định", cites=[shelf.cites("31/KH-UBND", kind="kế hoạch")])
    for number in ("30/KH-UBND", "31/KH-UBND"):
        told = as_object(answer(f"Ai ký Kế hoạch {number}?", shelf), "vi")
        assert (len(told["unread"]), told["cited_only"]) == (5, [])
        assert told["text"].endswith("- và 2 văn bản nữa")
        assert "không có trong kho" not in told["text"]


def test_an_archive_whose_numbers_are_all_read_denies_plainly(shelf):
    """Without doubt there is no list of doubtful documents."""
    shelf.add("4/QĐ-UBND", "quyết định")
    told = as_object(answer("Ai ký Kế hoạch 30/KH-UBND?", shelf), "vi")
    assert told["unread"] == []
    assert told["text"].startswith("Trong kho không có")
