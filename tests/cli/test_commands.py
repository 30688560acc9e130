"""Each command over a small archive: exit codes, JSON lines, what a person sees."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.reading.conftest import drawn_page


def test_ingest_tells_of_each_file_and_of_the_run(run, letters: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Files on stdout, the summary on stderr, exit code 0."""
    ran = run("ingest", letters, "--archive", tmp_path / "kho")
    assert ran.code == 0
    assert [line.split()[:3] for line in ran.out.splitlines()] == [["đã", "nhận", "1"], ["đã", "nhận", "2"]]
    assert ran.err.startswith("2 tệp trong ")


def test_a_second_run_reads_nothing(  # type: ignore[no-untyped-def]
    run, letters: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files archived already are told by their bytes, before any worker starts."""

    def no_worker(*_: object) -> None:
        raise AssertionError("a worker was started")

    monkeypatch.setattr("antq_cli.reading.pool.Worker._start", no_worker)
    ran = run("ingest", letters, "--archive", archive, "--json")
    assert ran.code == 0
    assert [each["result"] for each in ran.objects] == ["duplicate", "duplicate"]
    assert [each["seq"] for each in ran.objects] == [1, 2]


def test_quiet_ingest_speaks_of_failures_only(run, letters: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Nothing on stdout, one line on stderr for the file that is not there."""
    ran = run("ingest", letters, tmp_path / "no.pdf", "--archive", tmp_path / "kho", "-q")
    assert (ran.code, ran.out) == (6, "")
    assert len(ran.errors) == 1
    assert ran.errors[0].endswith("[missing]")


def test_verbose_ingest_tells_more(run, letters: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Pages and kind of each file, and where the archive is."""
    ran = run("ingest", letters, "--archive", tmp_path / "kho", "-v")
    assert len(ran.out.splitlines()) == 4
    assert str(tmp_path / "kho") in ran.errors[0]


def test_nothing_to_ingest_is_no_success(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """An empty folder: exit code 3."""
    (tmp_path / "empty").mkdir()
    ran = run("ingest", tmp_path / "empty", "--archive", tmp_path / "kho")
    assert (ran.code, ran.out, len(ran.errors)) == (3, "", 1)


def test_files_of_other_kinds_in_a_folder_are_left_out(run, letters: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """They are counted, told one by one with -v, and no failure; named by themselves they are one."""
    folder = tmp_path / "mixed"
    shutil.copytree(letters, folder)
    (folder / "sheet.xlsx").write_bytes(b"PK")
    ran = run("ingest", folder, "--archive", tmp_path / "kho", "--json")
    assert ran.code == 0
    assert [each["result"] for each in ran.objects] == ["accepted", "accepted", "skipped"]
    assert not [line for line in ran.errors if "sheet.xlsx" in line]
    assert [line for line in run("ingest", folder, "--archive", tmp_path / "kho", "-v").errors if "sheet.xlsx" in line]
    assert run("ingest", folder / "sheet.xlsx", "--archive", tmp_path / "kho").code == 3


def test_search_gives_hits_or_nothing(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    """0 with hits in their order, 1 without; diacritics may be left out."""
    ran = run("search", "cay", "giong", "--archive", archive, "--json")
    assert ran.code == 0
    assert [(each["schema"], each["rank"], each["number"]) for each in ran.objects] == [("antq.hit/1", 1, "88/UBND-KT")]
    assert "<<" in ran.objects[0]["snippet"]
    nothing = run("search", "zircon", "--archive", archive)
    assert (nothing.code, nothing.out, len(nothing.errors)) == (1, "", 1)


def test_filters_narrow_search_and_list(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    """Kind by name or abbreviation, days in both spellings, both ends included."""
    for kind in ("kế hoạch", "KH"):
        assert [each["seq"] for each in run("list", "--kind", kind, "--archive", archive, "--json").objects] == [1]
    for day in ("2021-05-19", "19/5/2021"):
        assert [each["seq"] for each in run("list", "--from", day, "--archive", archive, "--json").objects] == [2]
        assert [each["seq"] for each in run("list", "--to", day, "--archive", archive, "--json").objects] == [1, 2]
    assert run("search", "cây", "--issuer", "đông khê", "--archive", archive, "--json").objects[0]["seq"] == 2
    assert run("list", "--class", "news", "--archive", archive).code == 0


def test_list_is_whole_in_a_pipe(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    """No cell is cut and no line wrapped."""
    ran = run("list", "--archive", archive)
    lines = ran.out.splitlines()
    assert len(lines) == 3
    assert "…" not in ran.out
    assert " ".join(lines[1].split()) == (
        "1 21/KH-UBND 05/4/2021 kế hoạch ỦY BAN NHÂN DÂN TỈNH HÀ LÂM Trồng cây bóng mát ven đường năm 2021"
    )


def test_csv_opens_in_a_spreadsheet(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    """UTF-8 with a byte order mark, which Excel needs to show Vietnamese; one row for each document."""
    ran = run("list", "--csv", "--archive", archive)
    assert ran.out.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(ran.out.removeprefix("\ufeff"))))
    assert [row[1] for row in rows] == ["Số, ký hiệu", "21/KH-UBND", "88/UBND-KT"]


def test_a_standing_body_is_shown_with_the_body_above_it(run, letters: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """In the list, in a column of the CSV and in the record of `--json`."""
    letter = tmp_path / "ctr.txt"
    text = (letters / "b-cong-van.txt").read_text("utf-8")
    letter.write_text(text.replace("ỦY BAN NHÂN DÂN\nHUYỆN ĐÔNG KHÊ", "TỈNH ỦY HÀ LÂM\nBAN THƯỜNG VỤ"), "utf-8")
    kho = tmp_path / "kho"
    assert run("ingest", letter, "--archive", kho).code == 0
    record = run("list", "--archive", kho, "--json").objects[0]
    assert (record["issuer_parent"], record["issuer"]) == ("TỈNH ỦY HÀ LÂM", "BAN THƯỜNG VỤ")
    assert "TỈNH ỦY HÀ LÂM – BAN THƯỜNG VỤ" in run("list", "--archive", kho).out
    header, row = csv.reader(io.StringIO(run("list", "--csv", "--archive", kho).out.removeprefix("\ufeff")))
    assert row[header.index("Cơ quan chủ quản")] == "TỈNH ỦY HÀ LÂM"


def test_check_is_silent_on_a_sound_letter(run, letters: Path) -> None:  # type: ignore[no-untyped-def]
    """0, verdict pass, no finding of severity error."""
    ran = run("check", letters / "b-cong-van.txt", "--json", "--archive", letters / "none")
    assert ran.code == 0
    (told,) = ran.objects
    assert (told["schema"], told["verdict"], told["class"]) == ("antq.check/1", "pass", "letter")
    assert {"rule", "reason"} == set(told["skipped"][0])


def test_check_finds_a_missing_number(run, faulty: Path) -> None:  # type: ignore[no-untyped-def]
    """1, with rule, source, advice and evidence; 0 when nothing may fail or the rule is off."""
    archive = ("--archive", faulty.parent / "none")
    ran = run("check", faulty, "--json", *archive)
    assert ran.code == 1
    (finding,) = [each for each in ran.objects[0]["findings"] if each["rule"] == "NUM_MISSING"]
    assert finding["severity"] == "error"
    assert finding["message"]
    assert finding["source"]
    assert finding["advice"]
    assert finding["evidence"][0]["page"] == 1
    assert run("check", faulty, "--fail-on", "never", *archive).code == 0
    assert run("check", faulty, "--off", "num_missing", *archive).code == 0
    assert "NUM_MISSING" in run("check", faulty, *archive).out


def test_check_takes_folders_documents_and_lists(  # type: ignore[no-untyped-def]
    run, letters: Path, archive: Path, faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In their order; `-` stands for the lines of standard input, with Windows' line ends and mark as well."""
    listed = f"\ufeff{faulty}\r\n\r\n88/UBND-KT\n".encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(listed), encoding="ascii"))
    ran = run("check", letters, "1", "-", "--archive", archive, "--json", "-q")
    assert ran.code == 1
    assert [Path(each["path"]).name for each in ran.objects] == [
        "a-ke-hoach.txt",
        "b-cong-van.txt",
        "1",
        "thieu-so.txt",
        "UBND-KT",
    ]
    assert ran.objects[0]["id"] == ran.objects[2]["id"]


def test_an_empty_list_is_wrong_usage(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """`antq check -` with nothing to read."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n"), encoding="utf-8"))
    assert run("check", "-").code == 2


def test_check_of_nothing_readable(run, tmp_path: Path, letters: Path) -> None:  # type: ignore[no-untyped-def]
    """3 when nothing could be read, 6 when something could."""
    archive = ("--archive", tmp_path / "none")
    alone = run("check", tmp_path / "no.pdf", "--json", *archive)
    assert (alone.code, alone.objects[0]["verdict"], alone.objects[0]["reason"]) == (3, "unreadable", "missing")
    assert run("check", tmp_path / "no.pdf", letters, *archive).code == 6
    assert run("check", tmp_path, *archive).code == 3


def test_verbose_check_tells_what_was_not_judged(run, letters: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Each reason in words, with its rules."""
    ran = run("check", letters / "a-ke-hoach.txt", "-v", "--archive", tmp_path / "none")
    assert "quy tắc không xét" in ran.out
    assert "CITE_NOT_FOUND" in ran.out
    assert "no_archive" not in ran.out


def test_a_document_is_not_its_own_double(run, letters: Path, archive: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Neither the archived file nor the same bytes elsewhere have a number used twice; another letter has."""
    copy = tmp_path / "copy.txt"
    shutil.copy(letters / "b-cong-van.txt", copy)
    other = tmp_path / "other.txt"
    text = (
        copy.read_text("utf-8")
        .replace("V/v trồng cây ven đường", "V/v sửa chữa trụ sở")
        .replace("19 tháng 5", "20 tháng 7")
    )
    other.write_text(text, "utf-8")
    ran = run("check", "2", copy, other, "--archive", archive, "--json", "-q")
    found = [[each["rule"] for each in told["findings"]].count("NUM_DUP") for told in ran.objects]
    assert found == [0, 0, 1]


def test_ask_answers_from_the_archive_alone(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    """0 and the document with its quotation; 1 when the archive does not know."""
    ran = run("ask", "Văn bản nào thực hiện Kế hoạch 21/KH-UBND?", "--archive", archive, "--json")
    assert (ran.code, ran.objects[0]["status"]) == (0, "answered")
    assert [each["number"] for each in ran.objects[0]["documents"]] == ["88/UBND-KT"]
    assert run("ask", "Văn bản nào thực hiện Kế hoạch 999/KH-UBND?", "--archive", archive).code == 1


@pytest.mark.parametrize("name", ["1", "21/KH-UBND", "21/kh-ubnd"])
def test_show_finds_a_document_by_its_names(run, archive: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    """Archive number, or number and symbol."""
    ran = run("show", name, "--archive", archive, "--json")
    assert (ran.code, ran.objects[0]["schema"], ran.objects[0]["seq"]) == (0, "antq.document/1", 1)


def test_show_finds_a_document_by_its_id(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    """By its first characters."""
    identity = run("list", "--json", "--archive", archive).objects[1]["id"]
    assert run("show", identity[:8], "--archive", archive, "--json").objects[0]["id"] == identity


def test_show_resolves_citations(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    """`resolved` is the id of the archived document that a citation means."""
    plan, _ = run("list", "--json", "--archive", archive).objects
    (citation,) = run("show", "2", "--archive", archive, "--json").objects[0]["citations"]
    assert (citation["number"], citation["relation"], citation["resolved"]) == ("21/KH-UBND", "implements", plan["id"])


def test_show_reads_a_file_that_is_not_archived(run, faulty: Path, archive: Path) -> None:  # type: ignore[no-untyped-def]
    """With or without an archive; what is not there is told as absent, in words and in JSON."""
    for place in (archive, faulty.parent / "none"):
        (told,) = run("show", faulty, "--archive", place, "--json").objects
        assert told["fields"]["number"]["state"] == "absent"
        assert told["fields"]["date"] | {"evidence": None} == told["fields"]["date"] | {
            "state": "found",
            "value": "2021-05-19",
            "evidence": None,
        }
    assert "không có" in run("show", faulty, "--archive", archive).out


def test_show_of_nothing(run, archive: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """1 when no document is meant, 3 for a file that is not there where no archive is, 5 without an archive."""
    assert run("show", "4711/XX-YY", "--archive", archive).code == 1
    assert run("show", "no.pdf", "--archive", tmp_path / "none").code == 3
    assert run("show", "4711/XX-YY", "--archive", tmp_path / "none").code == 5


@pytest.mark.parametrize("command", ["show", "trace"])
def test_a_document_without_a_known_number_is_not_denied(run, faulty: Path, tmp_path: Path, command: str) -> None:  # type: ignore[no-untyped-def]
    """The notice names the letter that may be the one meant; a mere archive number raises no such doubt."""
    kho = tmp_path / "kho"
    assert run("ingest", faulty, "--archive", kho).code == 0
    ran = run(command, "88/UBND-KT", "--archive", kho)
    assert ran.code == 1
    assert "[số 1 trong kho]" in ran.err
    assert "chưa đọc được số" not in run(command, "17", "--archive", kho).err


def test_several_documents_of_one_number(run, letters: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """`show` prints them all with exit code 1; `check` refuses to choose."""
    kho = tmp_path / "kho"
    other = tmp_path / "other.txt"
    other.write_text((letters / "b-cong-van.txt").read_text("utf-8").replace("2021", "2022"), "utf-8")
    assert run("ingest", letters, other, "--archive", kho).code == 0
    ran = run("show", "88/UBND-KT", "--archive", kho, "--json")
    assert (ran.code, [each["seq"] for each in ran.objects]) == (1, [2, 3])
    assert run("check", "88/UBND-KT", "--archive", kho).code == 2
    assert run("trace", "88/UBND-KT", "--archive", kho).code == 1


def test_trace_walks_both_ways(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    """What the plan rests on, and who carries it out; a document known by citation only is traced as well."""
    ran = run("trace", "21/KH-UBND", "--archive", archive, "--json")
    assert ran.code == 0
    assert [(each["number"], each["direction"]) for each in ran.objects] == [
        ("21/KH-UBND", "root"),
        ("9/QĐ-UBND", "up"),
        ("88/UBND-KT", "down"),
    ]
    assert len(run("trace", "1", "--direction", "down", "--archive", archive, "--json").objects) == 2
    assert run("trace", "9/QĐ-UBND", "--archive", archive).code == 0
    assert run("trace", "4711/XX-YY", "--archive", archive).code == 1


def test_due_lists_obligations_by_deadline(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    """With the document that sets each; narrowed by days and by who must act."""
    (told,) = run("due", "--archive", archive, "--json").objects
    assert (told["schema"], told["due"], told["number"]) == ("antq.obligation/1", "2021-10-20", "21/KH-UBND")
    assert "20/10/2021" in run("due", "--actor", "uy ban", "--archive", archive).out
    for options in (("--actor", "kho bạc"), ("--to", "2021-10-19"), ("--from", "2021-10-21")):
        assert run("due", *options, "--archive", archive).out == ""


def test_verify_tells_what_was_changed(run, archive: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """0 on a whole archive; 1 when an original is gone, changed or strange."""
    assert run("verify", "--archive", archive).code == 0
    copy = tmp_path / "kho"
    shutil.copytree(archive, copy)
    originals = sorted(path for path in (copy / "blobs").rglob("*") if path.is_file())
    originals[0].unlink()
    originals[1].write_bytes(b"x")
    ran = run("verify", "--archive", copy, "--json")
    assert ran.code == 1
    assert sorted(each["kind"] for each in ran.objects) == ["changed", "missing"]
    assert run("verify", "--archive", copy).out.count("bản gốc") == 2


def test_reindex_counts_the_documents(run, archive: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """The index is built anew and finds what it found."""
    copy = tmp_path / "kho"
    shutil.copytree(archive, copy)
    shutil.rmtree(copy / "fulltext")
    assert run("reindex", "--archive", copy, "--json").objects == [{"schema": "antq.reindex/1", "documents": 2}]
    assert run("search", "bóng mát", "--archive", copy).code == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_rules_are_told_whole(run, language: str) -> None:  # type: ignore[no-untyped-def]
    """A line for each, a page for one, an object for each."""
    lines = run("rules", "--lang", language).out.splitlines()
    objects = run("rules", "--lang", language, "--json").objects
    assert len(lines) == len(objects) + 1
    assert all(each["title"] and each["source"] and each["why"] for each in objects)
    assert run("rules", "num_missing", "--lang", language).out.startswith("NUM_MISSING: ")
    assert run("rules", "-v", "--lang", language).code == 0


def test_doctor_words_the_names_for_people_only(run, archive: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """JSON keeps its stable names in every language; an archive that is not there yet is no illness."""
    told = run("doctor", "--archive", archive, "--json").objects
    assert {"archive", "index", "tesseract", "tesseract:vie"} <= {each["name"] for each in told}
    assert told == run("doctor", "--archive", archive, "--json", "--lang", "en").objects
    assert "chỉ mục" in run("doctor", "--archive", archive).out
    assert run("doctor", "--archive", tmp_path / "none").code in (0, 4)


def test_json_holds_nothing_but_objects(run, archive: Path) -> None:  # type: ignore[no-untyped-def]
    """Notices go to stderr, also with -v."""
    for command in (["list"], ["due"], ["trace", "1"], ["show", "1"], ["rules"], ["doctor"], ["search", "cây"]):
        ran = run(*command, "--archive", archive, "--json", "-v")
        assert all(each["schema"].startswith("antq.") for each in ran.objects)


@pytest.mark.ocr
def test_export_writes_a_copy_that_can_be_searched(run, archive: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A text file has no pages to copy; a scan becomes a PDF, once, and never over the original."""
    assert run("export", "1", "--archive", archive).code == 2
    assert run("export", "1", "--pdf", "--archive", archive, "-o", tmp_path / "a.pdf").code == 3
    assert run("export", "no-such", "--pdf", "--archive", archive).code == 2
    scan, target = tmp_path / "scan.png", tmp_path / "copy.pdf"
    drawn_page().save(scan, dpi=(200, 200))
    (told,) = run("export", scan, "--pdf", "--archive", archive, "-o", target, "--json").objects
    assert (told["result"], told["read_pages"], told["words"] > 20) == ("written", 1, True)
    assert "HARBOUR" in PdfReader(target).pages[0].extract_text()
    again = run("export", scan, "--pdf", "--archive", archive, "-o", target)
    assert again.code == 2
    assert "--force" in again.err
    assert run("export", scan, "--pdf", "--archive", archive, "-o", scan, "--force").code == 2
    assert run("export", scan, "no.pdf", "--pdf", "--archive", archive, "-o", tmp_path).code == 6
