"""The committed samples agree with the data they are drawn from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samples.generator.expected import expected, expected_lines, printed_text
from samples.generator.letter import Letter, date_words, letter_from, load_letters
from samples.generator.plain import plain_text
from samples.generator.questions import load_questions, question_lines
from samples.generator.readme import fill

SAMPLES = Path(__file__).parents[2] / "samples"
LETTERS = load_letters()
BY_FILE = {letter.file: letter for letter in LETTERS}
BY_NUMBER = {letter.number: letter for letter in LETTERS if letter.number is not None}


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.file)
def test_every_letter_is_there_and_cites_what_is_expected(letter: Letter) -> None:
    """A sample's file exists, and each expected citation stands in its text with number or title, and date."""
    assert (SAMPLES / letter.file).stat().st_size > 500
    text = printed_text(letter)
    for cited in letter.citations:
        named = cited.number or cited.title
        assert named is not None
        assert named in text
        if cited.source is not None:
            assert cited.source in text
        if cited.date is not None:
            year, month, day = cited.date.split("-")
            short = f"{day}/{month if int(month) < 3 else int(month)}/{year}"
            long = f"{day} tháng {month if int(month) < 3 else int(month)} năm {year}"
            assert short in text or long in text


def test_the_expected_answers_are_those_of_the_data() -> None:
    """`expected.jsonl`, `questions.jsonl` and the README's tables are what the generator writes today."""
    questions = load_questions(LETTERS)
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert (SAMPLES / "expected.jsonl").read_text(encoding="utf-8") == expected_lines(LETTERS)
    assert (SAMPLES / "questions.jsonl").read_text(encoding="utf-8") == question_lines(questions)
    assert fill(readme, LETTERS, questions) == readme


def test_the_samples_are_small_and_of_all_makes() -> None:
    """The folder stays under 8 MB and holds each kind of file that antq reads."""
    sizes = [(SAMPLES / letter.file).stat().st_size for letter in LETTERS]
    assert sum(sizes) < 8_000_000
    assert {Path(letter.file).suffix for letter in LETTERS} == {".pdf", ".tif", ".jpg", ".png", ".docx", ".txt"}
    assert {"STATE_TT01", "STATE_ND30", "MTTQ_HD91", "MTTQ_QD207", "PARTY_HD36", "PARTY_HD05"} <= {
        letter.regime for letter in LETTERS
    }


def test_the_first_question_follows_from_the_citations() -> None:
    """Direct answers state that they implement the programme, indirect ones reach it through such statements."""
    question = load_questions(LETTERS)[0]
    programme = BY_FILE["01-chuong-trinh-phoi-hop.pdf"].number
    direct = {letter.file for letter in LETTERS if _implements(letter, programme)}
    reached = set(direct)
    while True:
        numbers = {BY_FILE[name].number for name in reached} - {None}
        further = {letter.file for letter in LETTERS if any(_implements(letter, number) for number in numbers)}
        if further <= reached:
            break
        reached |= further
    told = {
        cited.source
        for letter in LETTERS
        for cited in letter.citations
        if cited.number == programme and cited.relation == "implements" and cited.source not in (None, *BY_NUMBER)
    }
    assert set(question.documents) == direct
    assert set(question.indirect) == reached - direct
    assert set(question.cited_only) == told
    named = {*question.documents, *question.indirect, *question.tolerated}
    assert named.isdisjoint(question.never)
    assert named | set(question.never) == set(BY_FILE)


def test_the_other_questions_follow_from_the_data() -> None:
    """What a plan rests on, and the fact asked of one document, are the letters' own data."""
    _, rests, when, who, to_whom = load_questions(LETTERS)
    plan = BY_NUMBER["87/KH-UBND"]
    assert {BY_FILE[name].number for name in rests.documents} == {cited.number for cited in plan.citations}
    assert when.facts == (BY_FILE[when.documents[0]].date,)
    assert who.facts == (BY_FILE[who.documents[0]].signatures[-1].name,)
    assert to_whom.facts == BY_FILE[to_whom.documents[0]].addressees


def test_no_district_body_acts_after_the_two_level_reform() -> None:
    """From 1 July 2025 no sample is issued by or sent to a district, and no date runs ahead of a citation."""
    for letter in LETTERS:
        if letter.date is None:
            continue
        if letter.date >= "2025-07-01":
            assert "huyện" not in " ".join((*letter.issuer, *letter.addressees, *letter.recipients)).lower()
        assert all(cited.date <= letter.date for cited in letter.citations if cited.date is not None)


def test_dates_are_padded_as_the_decree_asks_unless_planned() -> None:
    """Days below 10 and the first two months take a zero, later months none; a planned fault prints its own way."""
    assert date_words(BY_NUMBER["31/KH-MTTQ-STNMT"]) == ("Lam Giang, ngày ", "07", " tháng 6 năm 2021")
    assert date_words(BY_NUMBER["215/MTTQ-BTT"])[2] == " tháng 02 năm 2022"
    assert "".join(date_words(BY_NUMBER["7/QĐ-UBND"])) == "Đồi Sim, ngày 8 tháng 9 năm 2025"


def test_expected_holds_null_for_what_a_letter_lacks() -> None:
    """An absent field is null, and a joint letter names the block of its leading body."""
    bare = expected(BY_FILE["20-cong-van-thieu-so.pdf"])
    assert bare["number"] is None
    assert bare["recipients"] is None
    assert bare["rules"] == ["NUM_MISSING", "NN_MISSING"]
    assert bare["subject"].startswith("V/v rà soát")
    assert expected(BY_FILE["11-phu-luc-bo-tieu-chi.pdf"])["subject"] is None
    joint = expected(BY_FILE["01-chuong-trinh-phoi-hop.pdf"])
    assert joint["signer"] == "Phạm Thị Thu Nguyệt"
    assert len(joint["signatures"]) == 2
    assert json.loads(json.dumps(joint)) == joint


def test_plain_text_keeps_the_order_of_a_letter() -> None:
    """Copied text names issuer, number, date, subject, addressee, body, recipients, signer in this order."""
    letter = BY_NUMBER["215/MTTQ-BTT"]
    text = plain_text(letter)
    parts = ("BAN THƯỜNG TRỰC", "215/MTTQ-BTT", "ngày 14", "V/v", "Kính gửi", "1. Rà soát", "Nơi nhận", "Đặng Thị Bích")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_letter_with_an_unknown_key_or_family_is_refused() -> None:
    """A slip in the data is an error, not a field that silently goes missing."""
    table = {"file": "a.txt", "family": "state", "document_class": "letter", "regime": "STATE_ND30"}
    assert letter_from(table).file == "a.txt"
    with pytest.raises(ValueError, match="signatrues"):
        letter_from({**table, "signatrues": []})
    with pytest.raises(ValueError, match="family"):
        letter_from({**table, "family": "church"})


def _implements(letter: Letter, number: str | None) -> bool:
    return any(c.number == number and c.relation == "implements" and c.source is None for c in letter.citations)
