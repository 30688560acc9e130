"""The archive as its callers see it: what goes in comes out, once, and stays."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from builders import document_bytes, make_letter, make_reference

from antq_cli.archive import Archive
from antq_cli.errors import ArchiveError, InputError
from antq_cli.model.letter import Citation, DocumentClass, Reference, Relation

LINES = ["Số: 27/KH-SGTVT", "Kế hoạch sửa chữa cầu đường năm nay", "Thực hiện Chỉ thị 14/CT-UBND"]


def _store(archive: Archive, folder: Path, lines=LINES, **values):
    source = folder / f"{hashlib.sha256(repr(lines).encode()).hexdigest()[:12]}.txt"
    source.write_bytes(document_bytes(lines))
    return archive.put(source, make_letter(lines=lines, **values))


def test_a_document_comes_back_as_it_was_understood(tmp_path):
    """Fields, citations, pages and original are read back equal after the archive was closed."""
    letter = make_letter(
        lines=LINES,
        number="27/KH-SGTVT",
        kind="kế hoạch",
        issued=date(2022, 5, 4),
        issuer="SỞ GIAO THÔNG VẬN TẢI",
        subject="Sửa chữa cầu đường",
        addressees=("Các huyện", "Các phường"),
        cites=["14/CT-UBND"],
    )
    source = tmp_path / "plan.txt"
    source.write_bytes(document_bytes(LINES))
    with Archive.create(tmp_path / "a") as archive:
        stored = archive.put(source, letter)
    assert not stored.duplicate
    with Archive.open(tmp_path / "a") as archive:
        record = archive.find_by_seq(1)
        assert record == stored.record
        assert (record.number, record.kind, record.issued) == ("27/KH-SGTVT", "kế hoạch", date(2022, 5, 4))
        assert record.addressees == ("Các huyện", "Các phường")
        assert record.signer is None
        kept = archive.letter(record)
        assert (kept.fields, kept.form, kept.citations) == (letter.fields, letter.form, letter.citations)
        assert kept.period == letter.period
        assert archive.document(record) == letter.transcript.document
        assert archive.page_texts(record) == ("\n".join(LINES),)
        assert archive.blob_path(record).read_bytes() == document_bytes(LINES)


def test_the_same_file_twice_is_one_document(tmp_path):
    """A second copy under another name is reported as a duplicate and changes nothing."""
    with Archive.create(tmp_path / "a") as archive:
        first = _store(archive, tmp_path)
        generation = archive.status().generation
        other = tmp_path / "copy.txt"
        other.write_bytes(document_bytes(LINES))
        second = archive.put(other, make_letter(lines=LINES, number="99/QĐ-X"))
        assert second.duplicate
        assert second.record == first.record
        assert archive.count() == 1
        assert archive.status().generation == generation


def test_a_file_that_changed_since_it_was_read_is_refused(tmp_path):
    """Nothing is archived and nothing is left behind when the bytes are not those that were understood."""
    source = tmp_path / "letter.txt"
    source.write_bytes(b"something else by now")
    with Archive.create(tmp_path / "a") as archive:
        with pytest.raises(InputError) as caught:
            archive.put(source, make_letter(lines=LINES))
        assert caught.value.reason == "changed"
        assert archive.count() == 0
        assert [p for p in (tmp_path / "a" / "blobs").rglob("*") if p.is_file()] == []
        assert list((tmp_path / "a" / "tmp").iterdir()) == []
        with pytest.raises(InputError) as caught:
            archive.put(tmp_path / "gone.txt", make_letter(lines=LINES))
        assert caught.value.reason == "missing"


def test_a_new_reading_replaces_what_was_understood(tmp_path):
    """Archive number and moment stay; fields, citations and search follow the new reading."""
    with Archive.create(tmp_path / "a") as archive:
        record = _store(archive, tmp_path, number="27/KH-SGTVT", cites=["14/CT-UBND"]).record
        better = make_letter(
            lines=[*LINES, "thêm chữ ký"], content=document_bytes(LINES), number="27/KH-SGTVT", cites=["15/CT-UBND"]
        )
        renewed = archive.replace_reading(record, better)
        assert (renewed.seq, renewed.added) == (record.seq, record.added)
        assert not archive.citing(make_reference("14/CT-UBND"))
        assert len(archive.citing(make_reference("15/CT-UBND"))) == 1
        assert archive.search("thêm chữ ký").total == 1
        with pytest.raises(ValueError, match="another original"):
            archive.replace_reading(record, make_letter(lines=["khác"]))


def test_documents_are_found_by_what_people_type(tmp_path, put):
    """Archive number, beginning of the id, or number and symbol in any written form."""
    with Archive.create(tmp_path / "a") as archive:
        first = put(archive, ["một"], number="05/CTr-SVH", kind="chương trình")
        second = put(archive, ["hai"], number="1305/UBND-KT", kind="công văn")
        for text, expected in (
            ("2", [second]),
            (first.id[:6], [first]),
            (first.id.upper(), [first]),
            ("5/CTr-SVH", [first]),
            ("05 / CTr - SVH", [first]),
            ("1305UBND-KT", [second]),
            ("Số: 1305/UBND-KT", [second]),
            ("3", []),
            (first.id[:5], []),
            ("77/QĐ-X", []),
            ("", []),
            ("không có gì", []),
        ):
            assert list(archive.find_document(text)) == expected, text


def test_references_find_documents_and_citations(tmp_path, put):
    """Full forms, short forms and laws by name; what differs in anything known is not found."""
    with Archive.create(tmp_path / "a") as archive:
        directive = put(archive, ["chỉ thị"], number="28/CT-UBND", kind="chỉ thị", issued=date(2020, 3, 2))
        put(archive, ["quyết định"], number="28/QĐ-UBND", kind="quyết định")
        law = put(archive, ["luật"], number="12/2017/QH14", kind="luật", subject="Cầu cảng")
        by_name = Citation(
            Reference(kind="luật", key="LUAT|cau cang", title="Cầu cảng"),
            Relation.BASED_ON,
            make_letter(lines=["x"]).transcript.evidence(0, 1),
        )
        citing = put(
            archive,
            ["Thực hiện Chỉ thị 28 và Luật Cầu cảng"],
            number="4/KH-X",
            kind="kế hoạch",
            cites=[Reference(kind="chỉ thị", number="28", key="28||CT"), by_name],
        )
        assert list(archive.find(Reference(kind="chỉ thị", number="28", key="28||CT"))) == [directive]
        assert list(archive.find(make_reference("28/CT-UBND", issued=date(2021, 1, 1)))) == []
        assert list(archive.find(Reference(kind="luật", key="LUAT|cau cang", title="Cầu cảng"))) == [law]
        assert list(archive.find(Reference())) == []
        assert list(archive.find(Reference(kind="chỉ thị"))) == []
        assert [c.citing for c in archive.citing(directive.reference)] == [citing]
        assert [c.citation for c in archive.citing(law.reference)] == [by_name]
        assert [c.citation for c in archive.citations(citing)] == [c.citation for c in archive.all_citations()]
        assert archive.citing(make_reference("29/CT-UBND")) == []


def test_the_catalogue_is_filtered_and_sorted(tmp_path, put):
    """Kinds by name or abbreviation, issuers by words or code, days, numbers; gaps sort last."""
    with Archive.create(tmp_path / "a") as archive:
        a = put(archive, ["1"], number="12/QĐ-UBND", kind="quyết định", issued=date(2021, 1, 5),
                issuer="ỦY BAN NHÂN DÂN XÃ MAI LÂM")  # fmt: skip
        b = put(archive, ["2"], number="9/KH-SNV", kind="kế hoạch", issued=date(2020, 7, 1), issuer="SỞ NỘI VỤ",
                issuer_parent="ỦY BAN NHÂN DÂN TỈNH PHÙ LƯU")  # fmt: skip
        c = put(archive, ["3"], document_class=DocumentClass.NEWS)
        every = [a, b, c]
        assert list(archive.list()) == every
        assert list(archive.list(sort="date")) == [b, a, c]
        assert list(archive.list(sort="date", descending=True)) == [a, b, c]
        assert list(archive.list(sort="number")) == [b, a, c]
        assert list(archive.list(limit=1)) == [a]
        for filters, expected in (
            ({"kind": "Quyết Định"}, [a]),
            ({"kind": "KH"}, [b]),
            ({"issuer": "UBND"}, [a]),
            ({"issuer": "ubnd xa mai lam"}, [a]),
            ({"issuer": "Sở Nội vụ tỉnh Phù Lưu"}, [b]),
            ({"issuer": "?!"}, []),
            ({"since": date(2020, 7, 1), "until": date(2020, 12, 31)}, [b]),
            ({"document_class": "news"}, [c]),
            ({"number": "9"}, [b]),
            ({"number": "012"}, [a]),
            ({"number": "12/QĐ"}, [a]),
            ({"number": "12/CT-UBND"}, []),
            ({"kind": "kế hoạch", "number": "12"}, []),
        ):
            assert list(archive.list(**filters)) == expected, filters


def test_issuers_are_found_by_names_and_not_by_scattered_words(tmp_path, put):
    """A standing body is found by the body above it, abbreviations both ways; a name is more than its words."""
    with Archive.create(tmp_path / "a") as archive:
        state = put(archive, ["1"], issuer="ỦY BAN NHÂN DÂN TỈNH PHÙ LƯU")
        party = put(archive, ["2"], issuer="BAN THƯỜNG VỤ", issuer_parent="TỈNH ỦY PHÙ LƯU")
        front = put(archive, ["3"], issuer="BAN THƯỜNG TRỰC", issuer_parent="ỦY BAN MTTQ VIỆT NAM TỈNH PHÙ LƯU")
        office = put(archive, ["4"], issuer="SỞ NỘI VỤ", issuer_parent="UBND TỈNH PHÙ LƯU")
        commune = put(archive, ["5"], issuer="UBND XÃ MAI LÂM")
        for name, expected in (
            ("tỉnh ủy", [party]),
            ("Tinh uy Phu Luu", [party]),
            ("ban thường vụ tỉnh ủy", [party]),
            ("tỉnh ủy ban thường vụ", [party]),
            ("huyện ủy", []),
            ("mặt trận", [front]),
            ("MTTQ", [front]),
            ("mặt trận tổ quốc tỉnh", [front]),
            ("ủy ban nhân dân", [state, commune]),
            ("UBND tỉnh", [state]),
            ("UBND Phù Lưu", [state]),
            ("ủy ban nhân dân xã", [commune]),
            ("sở nội vụ tỉnh phù lưu", [office]),
        ):
            assert list(archive.list(issuer=name)) == expected, name


def test_quarantine_remembers_the_last_reason(tmp_path):
    """A file is listed once, with its last reason, until it is cleared."""
    with Archive.create(tmp_path / "a") as archive:
        archive.quarantine("x.pdf", "damaged")
        archive.quarantine("x.pdf", "encrypted")
        archive.quarantine("y\udcff.pdf", "empty")
        assert [(q.path, q.reason) for q in archive.quarantined()] == [("x.pdf", "encrypted"), ("y\ufffd.pdf", "empty")]
        archive.clear_quarantine("x.pdf")
        assert [q.reason for q in archive.quarantined()] == ["empty"]


def test_reading_does_not_write(tmp_path):
    """An archive opened for reading refuses to store."""
    Archive.create(tmp_path / "a").close()
    with Archive.open(tmp_path / "a") as archive, pytest.raises(RuntimeError, match="reading"):
        archive.put(tmp_path, make_letter(lines=LINES))


def test_an_empty_archive_answers(tmp_path):
    """Counting, listing and searching work before the first document."""
    with Archive.create(tmp_path / "a") as archive:
        assert archive.count() == 0
        assert archive.status().index_state == "missing"
    with Archive.open(tmp_path / "a") as archive:
        assert archive.search("gì đó").hits == ()
        assert archive.status().index_state == "current"
        assert list(archive.list()) == []
        assert archive.find_by_seq(1) is None


@pytest.mark.parametrize("made", ["nothing", "folder", "file"])
def test_what_is_no_archive_is_missing(tmp_path, made):
    """A missing path, a folder of other things and a plain file are all no archive."""
    place = tmp_path / "a"
    if made == "folder":
        place.mkdir()
        (place / "README.md").write_text("x")
    elif made == "file":
        place.write_text("x")
    with pytest.raises(ArchiveError) as caught:
        Archive.open(place)
    assert caught.value.reason == "missing"
