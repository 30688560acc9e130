"""`antq` as a process: signals, closed pipes and streams, odd encodings, other folders, missing tools."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals, pipes and permissions of POSIX")


def antq(
    *arguments: object, env: Mapping[str, str] | None = None, **options: object
) -> subprocess.CompletedProcess[bytes]:
    """Run the program to its end."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "antq_cli", *map(str, arguments)],
        **{"capture_output": True, "timeout": 60, "check": False, "env": {**_clean(), **(env or {})}, **options},
    )


def _clean() -> dict[str, str]:
    mine = ("ANTQ_ARCHIVE", "ANTQ_LANG", "PYTHONIOENCODING", "PYTHONUTF8")
    return {name: value for name, value in os.environ.items() if name not in mine}


def _scan(path: Path) -> Path:
    """A page that only OCR can read."""
    picture = Image.new("L", (1240, 1754), 255)
    font = ImageFont.load_default(size=40)
    for line in range(8):
        ImageDraw.Draw(picture).text((200, 200 + 90 * line), "The lamps of the harbour are lit", fill=0, font=font)
    picture.save(path)
    return path


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii:strict"},
    ],
    ids=["C", "no-coercion", "cp1252", "ascii"],
)
def test_pipes_carry_utf_8_whatever_the_surroundings(archive: Path, env: dict[str, str]) -> None:
    """stdout and stderr, sentences and JSON; also a Vietnamese argument arrives."""
    for options in ([], ["--json"]):
        ran = antq("list", "--archive", archive, *options, env=env)
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert "TỈNH HÀ LÂM" in ran.stdout.decode("utf-8")
    ran = antq("search", "bóng mát", "--archive", archive, env=env)
    assert ran.returncode == 0
    assert "văn bản" in ran.stderr.decode("utf-8")


def test_no_colour_without_a_terminal(archive: Path) -> None:
    """Whatever the environment asks for: a file must not hold escape sequences."""
    env = {
        "FORCE_COLOR": "1",
        "CLICOLOR_FORCE": "1",
        "TTY_COMPATIBLE": "1",
        "TTY_INTERACTIVE": "1",
        "COLORTERM": "truecolor",
    }
    ran = antq("check", "1", "--archive", archive, env=env)
    assert b"\x1b" not in ran.stdout + ran.stderr


@POSIX
def test_a_reader_that_leaves_is_no_defect(archive: Path) -> None:
    """`antq list | head -1` ends quietly, for people and for programs."""
    for options in ("", "--json", "--csv"):
        line = (
            f"'{sys.executable}' -m antq_cli rules; '{sys.executable}' -m antq_cli list {options} --archive '{archive}'"
        )
        ran = subprocess.run(
            ["/bin/sh", "-c", f"({line}) | head -1"], capture_output=True, timeout=60, check=True, env=_clean()
        )
        assert (len(ran.stdout.splitlines()), ran.stderr) == (1, b"")


@POSIX
@pytest.mark.parametrize("closing", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_no_harm(archive: Path, letters: Path, tmp_path: Path, closing: str) -> None:
    """No file of the archive takes the place of a stream that the caller closed."""
    kho = tmp_path / "kho"
    line = f"'{sys.executable}' -m antq_cli ingest '{letters}' --archive '{kho}' {closing}"
    assert (
        subprocess.run(["/bin/sh", "-c", line], capture_output=True, timeout=60, check=False, env=_clean()).returncode
        == 0
    )
    assert antq("verify", "--archive", kho).returncode == 0
    assert (
        subprocess.run(
            ["/bin/sh", "-c", f"'{sys.executable}' -m antq_cli check - <&-"],
            timeout=60,
            check=False,
            env=_clean(),
            capture_output=True,
        ).returncode
        == 2
    )


def test_the_archive_is_found_from_anywhere(letters: Path, tmp_path: Path) -> None:
    """By option, by variable, below the home folder, and as ./indexes."""
    home = tmp_path / "home"
    work = tmp_path / "work"
    for folder in (home, work):
        folder.mkdir()
    env = {"HOME": str(home), "USERPROFILE": str(home)}
    assert antq("ingest", letters, "--archive=~/kho", env=env, cwd=work).returncode == 0
    assert (home / "kho" / "format").exists()
    assert antq("list", env={**env, "ANTQ_ARCHIVE": "~/kho"}, cwd=tmp_path).returncode == 0
    assert antq("list", env={**env, "ANTQ_ARCHIVE": os.path.relpath(home / "kho", work)}, cwd=work).returncode == 0
    assert antq("list", env=env, cwd=work).returncode == 5
    assert antq("ingest", letters, env=env, cwd=work).returncode == 0
    assert antq("list", env=env, cwd=work).returncode == 0
    assert (work / "indexes" / "format").exists()


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_keeps_what_was_finished(tmp_path: Path, letters: Path, number: signal.Signals) -> None:
    """130 and one sentence; the archive is whole and the next run goes on from there."""
    folder = tmp_path / "many"
    folder.mkdir()
    text = (letters / "b-cong-van.txt").read_text("utf-8")
    for count in range(300):
        (folder / f"{count:03}.txt").write_text(text.replace("Số: 88", f"Số: {count + 1}"), "utf-8")
    kho = tmp_path / "kho"
    command = [sys.executable, "-m", "antq_cli", "ingest", str(folder), "--json", "--jobs", "1", "--archive", str(kho)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_clean()) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, first["result"], len(err.splitlines())) == (130, "accepted", 1)
    finished = 1 + len(out.splitlines())
    assert finished < 300
    assert antq("verify", "--archive", kho).returncode == 0
    kept = len(antq("list", "--json", "--archive", kho).stdout.splitlines())
    assert kept >= finished
    again = antq("ingest", folder, "--json", "--archive", kho)
    results = [json.loads(line)["result"] for line in again.stdout.splitlines()]
    assert (again.returncode, results.count("duplicate"), results.count("accepted")) == (0, kept, 300 - kept)


@POSIX
def test_without_tesseract_typed_letters_are_still_taken(tmp_path: Path, letters: Path) -> None:
    """4 when nothing else was done, 6 when something was; no scan goes on the list of bad files."""
    scan = _scan(tmp_path / "scan.png")
    env = {"PATH": str(tmp_path)}
    kho = ("--archive", tmp_path / "kho")
    alone = antq("ingest", scan, "--json", *kho, env=env)
    assert alone.returncode == 4
    told = json.loads(alone.stdout)
    assert (told["result"], told["reason"]) == ("skipped", "tesseract")
    assert antq("ingest", scan, letters, *kho, env=env).returncode == 6
    assert antq("list", "--quarantined", "--json", *kho).stdout == b""
    assert antq("check", scan, *kho, env=env).returncode == 4
    assert antq("check", letters, *kho, env=env).returncode == 0
    assert antq("show", scan, *kho, env=env).returncode == 4
    assert antq("doctor", *kho, env=env).returncode == 4
    (line, *_) = antq("ingest", scan, *kho, env=env).stderr.decode().splitlines()
    assert line.endswith("[tesseract]")


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["search", "cây"],
        ["ask", "Ai ký 21/KH-UBND?"],
        ["trace", "1"],
        ["due"],
        ["verify"],
        ["reindex"],
        ["show", "1"],
    ],
)
def test_without_an_archive(tmp_path: Path, command: list[str]) -> None:
    """5 and one line that says how to begin."""
    ran = antq(*command, "--archive", tmp_path / "none")
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (5, b"", 1)
    assert not (tmp_path / "none").exists()


def _newer(kho: Path) -> None:
    (kho / "format").write_text("99\n", "ascii")


def _garbled(kho: Path) -> None:
    (kho / "catalogue.sqlite").write_bytes(b"no database" * 500)


def _lost(kho: Path) -> None:
    (kho / "catalogue.sqlite").unlink()


@pytest.mark.parametrize("harm", [_newer, _garbled, _lost])
def test_an_archive_that_cannot_be_used(archive: Path, letters: Path, tmp_path: Path, harm: object) -> None:
    """5, one line, whatever is asked of it."""
    kho = tmp_path / "kho"
    shutil.copytree(archive, kho)
    harm(kho)  # type: ignore[operator]
    for command in (
        ["list"],
        ["ingest", letters],
        ["search", "cây"],
        ["check", letters / "a-ke-hoach.txt"],
        ["doctor", "-q"],
    ):
        ran = antq(*command, "--archive", kho)
        assert ran.returncode == 5
        assert len(ran.stderr.splitlines()) == (0 if "doctor" in command else 1)


def test_an_archive_where_a_file_is(letters: Path) -> None:
    """The path of a file is no place for an archive: 5, and the file is as it was."""
    file = letters / "a-ke-hoach.txt"
    before = file.read_bytes()
    assert antq("ingest", letters, "--archive", file).returncode == 5
    assert file.read_bytes() == before


@POSIX
def test_an_archive_that_another_process_writes(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run
) -> None:  # type: ignore[no-untyped-def]
    """5 for a second writer after its patience, with who holds it; readers are not disturbed."""
    from antq_cli.archive.archive import Archive

    kho = tmp_path / "kho"
    shutil.copytree(archive, kho)
    program = (
        "import sys\nfrom pathlib import Path\nfrom antq_cli.archive.archive import Archive\n"
        f"with Archive.create(Path({str(kho)!r})):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        create = Archive.create
        monkeypatch.setattr(Archive, "create", lambda path: create(path, wait=0.2))
        ran = run("ingest", kho / "format", "--archive", kho)
        assert (ran.code, len(ran.errors)) == (5, 1)
        assert run("list", "--archive", kho).code == 0
        holder.communicate(timeout=30)


def test_a_defect_is_told_in_one_line(run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """70; the traceback only with --debug, and never a word of a letter without it."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret words of a letter")

    monkeypatch.setattr("antq_cli.archive.archive.Archive.list", broken)
    ran = run("list", "--archive", archive)
    assert (ran.code, ran.out, len(ran.errors)) == (70, "", 1)
    assert "secret words" not in ran.err
    assert "Traceback" in run("list", "--archive", archive, "--debug").err


@POSIX
def test_a_full_disk_for_results_is_no_silence(archive: Path) -> None:
    """What could not be written is told; the exit code is not 0."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        ran = antq("list", "--archive", archive, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert ran.returncode == 70
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.ocr
def test_a_secret_scan_leaves_no_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run) -> None:  # type: ignore[no-untyped-def]
    """Neither `ingest`, `check` nor `show` leaves a page of it in the cache; the list of bad files has its path."""
    from dataclasses import replace

    from antq_cli.extraction import analyse
    from antq_cli.model.letter import Field, Letter, State
    from antq_cli.model.page import Document

    stamped = [True]

    def with_stamp(document: Document) -> Letter:
        letter = analyse(document)
        if not stamped[0]:
            return letter
        evidence = letter.transcript.evidence(0, 3)
        return replace(letter, form=replace(letter.form, secret=Field(State.FOUND, "MẬT", "MẬT", 1.0, (evidence,))))

    monkeypatch.setattr("antq_cli.pipeline.reading.analyse", with_stamp)
    scan, kho = _scan(tmp_path / "scan.png"), tmp_path / "kho"
    (refused,) = run("ingest", scan, "--archive", kho, "--json").objects
    assert (refused["result"], refused["reason"], refused["id"]) == ("quarantined", "secret", None)
    run("check", scan, "--archive", kho)
    run("show", scan, "--archive", kho)
    assert [path for folder in ("cache", "blobs", "tmp") for path in (kho / folder).rglob("*") if path.is_file()] == []
    stamped[0] = False
    assert run("check", scan, "--archive", kho).code in (0, 1)
    assert [path for path in (kho / "cache").rglob("*") if path.is_file()]


def test_secret_letters_are_taken_only_when_asked(run, secret: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Refused by default with nothing kept; with --allow-secret archived, flagged and searchable."""
    kho = tmp_path / "kho"
    ran = run("ingest", secret, "--archive", kho, "--json")
    assert (ran.code, ran.objects[0]["reason"]) == (3, "secret")
    assert run("search", "zircon", "--archive", kho).code == 1
    assert not [path for path in (kho / "blobs").rglob("*") if path.is_file()]
    ran = run("ingest", secret, "--archive", kho, "--allow-secret", "--json")
    assert (ran.code, ran.objects[0]["flags"]) == (0, ["secret"])
    assert run("search", "zircon", "--archive", kho).code == 0
    assert run("list", "--archive", kho, "--json").objects[0]["flags"] == ["secret"]
    assert run("list", "--quarantined", "--archive", kho).out == ""


@POSIX
def test_a_terminal_gets_a_bar_and_a_pipe_none(letters: Path, tmp_path: Path) -> None:
    """With stderr on a terminal and stdout in a file, results stay in the file."""
    import pty

    parent, child = pty.openpty()
    out = tmp_path / "out"
    command = [sys.executable, "-m", "antq_cli", "ingest", str(letters), "--archive", str(tmp_path / "kho"), "--json"]
    with out.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=child, env={**_clean(), "TERM": "xterm"})
    os.close(child)
    shown = b""
    with contextlib.suppress(OSError):
        while data := os.read(parent, 65536):
            shown += data
    os.close(parent)
    assert process.wait(60) == 0
    assert [json.loads(line)["result"] for line in out.read_bytes().splitlines()] == ["accepted", "accepted"]
    assert "Đang đọc" in shown.decode()
    assert "2 tệp" in shown.decode()
    assert "antq.ingest" not in shown.decode()
