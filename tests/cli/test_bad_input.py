"""One batch with everything that can be wrong with a file: one line each, the rest done, nothing changed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import struct
import sys
import unicodedata
import zipfile
import zlib
from pathlib import Path

import pytest
from fpdf import FPDF

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names and kinds of files that Windows does not have")


def _pdf(password: str | None = None) -> bytes:
    pdf = FPDF()
    if password:
        pdf.set_encryption(owner_password=password, user_password=password)
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.text(20, 20, "A line of text")
    return bytes(pdf.output())


def _vast_png() -> bytes:
    """Two hundred megapixels of white in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 20_000, 10_000, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * 2_500) * 10_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "b")
    return out.getvalue()


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """The folder; names tell the reason that is expected."""
    folder = tmp_path / "batch"
    (folder / "not_regular.pdf").mkdir(parents=True)
    whole = _pdf()
    files: dict[bytes, bytes] = {
        b"encrypted.pdf": _pdf("x"),
        b"damaged-cut.pdf": whole[: len(whole) // 2],
        b"damaged-text.pdf": "Đây là chữ, không phải PDF.\n".encode() * 20,
        b"empty.pdf": b"",
        b"too_large.png": _vast_png(),
        b"old_word.doc": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2048),
        b"encoding.txt": "café déjà vu".encode("latin-1") * 20,
        b"empty-new\nline.txt": b"",
        b"empty-\x1b[31mred\x07.txt": b"",
        b"empty-[bold red]x[red].txt": b"",
        b"empty-\xff\xfe.txt": b"",
        b"empty-\xe2\x80\xaegpj.txt": b"",
        b"good.txt": "Thư mời họp".encode(),
        b"good-\xff.txt": "Thư mời họp lần hai".encode(),
    }
    for name, data in files.items():
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123 - names that are no text
            file.write(data)
    (folder / "not_regular-link.txt").symlink_to("good.txt")
    os.mkfifo(folder / "not_regular-pipe.txt")
    (tmp_path / "unsupported.zip").write_bytes(_zip())
    return folder


def _state(folder: Path) -> list[tuple[str, str]]:
    return sorted(
        (str(path), hashlib.sha256(path.read_bytes()).hexdigest()) for path in folder.rglob("*") if path.is_file()
    )


def _reason(path: str) -> str:
    return Path(path).name.split("-")[0].split(".")[0]


@pytest.mark.parametrize("as_json", [True, False], ids=["json", "plain"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_wrong_in_one_batch(run, batch: Path, tmp_path: Path, as_json: bool, language: str) -> None:  # type: ignore[no-untyped-def]
    """One line on stderr and one object for each failure, the good ones taken, exit code 6, inputs as they were."""
    before = _state(batch)
    options = ["--json"] if as_json else []
    ran = run(
        "ingest", batch, batch.parent / "unsupported.zip", "--archive", tmp_path / "kho", "--lang", language, *options
    )
    assert ran.code == 6
    assert _state(batch) == before
    failures = [line for line in ran.errors if line.endswith("]")]
    assert len(failures) == 16
    for line in failures:
        path, sentence = line.rsplit(": ", 1) if ".txt: " not in line else line.split(".txt: ", 1)
        reason = line.rsplit("[", 1)[1].rstrip("]")
        assert reason == _reason(path)
        assert len(sentence) - len(reason) - 3 <= 160
    if as_json:
        assert [each["result"] for each in ran.objects].count("accepted") == 2
        refused = [each for each in ran.objects if each["result"] == "quarantined"]
        assert len(refused) == 16
        assert all(each["reason"] == _reason(each["path"]) for each in refused)
    else:
        assert len(ran.out.splitlines()) == 2
    for character in ran.out + ran.err:
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")


def test_the_list_of_files_turned_away(run, batch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """It has each once with its whole path, from wherever they were named, and forgets what was taken in later."""
    kho = ("--archive", tmp_path / "kho")
    run("ingest", batch, *kho)
    monkeypatch.chdir(batch)
    run("ingest", "encoding.txt", *kho)
    told = run("list", "--quarantined", "--json", *kho).objects
    assert len(told) == 15
    assert [each["reason"] for each in told if each["path"] == str(batch / "encoding.txt")] == ["encoding"]
    (batch / "encoding.txt").write_text("Giấy mời", "utf-8")
    assert run("ingest", "encoding.txt", *kho).code == 0
    assert len(run("list", "--quarantined", "--json", *kho).objects) == 14
    plain = run("list", "--quarantined", *kho).out
    assert len(plain.splitlines()) == 28


def test_no_input_can_forge_a_line_of_check(run, batch: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """`check` over the same batch: a line for each failure, objects that parse."""
    ran = run("check", batch, "--archive", tmp_path / "none", "--json")
    assert ran.code == 6
    assert [each["reason"] for each in ran.objects if each["reason"]] == [
        _reason(each["path"]) for each in ran.objects if each["reason"]
    ]
    assert json.dumps(ran.objects)
