"""Kills, damage, strangers and second writers: the archive is whole afterwards, or says what it is not."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from builders import document_bytes, make_letter

from antq_cli.archive import Archive
from antq_cli.archive.disk import digest
from antq_cli.archive.faults import archive_faults
from antq_cli.archive.schema import sqlite_uri
from antq_cli.errors import ArchiveError

TESTS = Path(__file__).parents[1]
_PROGRAM = """
import os, sys
sys.path.append({tests!r})
from pathlib import Path
from builders import document_bytes, make_letter
from antq_cli.archive import Archive
archive = Archive.create(Path({archive!r}))
for word in {words!r}:
    source = Path({folder!r}) / f"{{word}}.txt"
    source.write_bytes(document_bytes([word]))
    archive.put(source, make_letter(lines=[word]))
{end}
"""


def _run(tmp_path: Path, words: list[str], end: str) -> subprocess.Popen[str]:
    program = _PROGRAM.format(tests=str(TESTS), archive=str(tmp_path / "a"), folder=str(tmp_path), words=words, end=end)
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)


@pytest.fixture
def filled(tmp_path, put):
    """An archive of three documents with a current index."""
    with Archive.create(tmp_path / "a") as archive:
        for word in ("alpha", "beta", "gamma"):
            put(archive, [word, "chung"], number=f"{len(word)}/QĐ-X")
    return tmp_path / "a"


def _finds_all(path: Path) -> None:
    with Archive.open(path) as archive:
        result = archive.search("chung")
        assert (result.total, result.pending) == (3, 0)
        assert archive.status().index_state == "current"
        assert list(archive.problems()) == []


def test_a_kill_between_commit_and_index_loses_nothing(tmp_path):
    """The next reader finds what was committed, though the process died before its index was written."""
    with _run(tmp_path, ["mot", "hai"], "os._exit(9)") as process:
        process.wait(60)
    assert not (tmp_path / "a" / "fulltext" / "stamp.json").exists()
    with Archive.open(tmp_path / "a") as archive:
        assert archive.count() == 2
        assert archive.search("mot").total == 1
        assert archive.search("hai").total == 1
    with _run(tmp_path, ["mot", "hai", "ba"], "archive.flush_index(); os._exit(9)") as process:
        process.wait(60)
    with _run(tmp_path, ["bon"], "os._exit(9)") as process:
        process.wait(60)
    with Archive.open(tmp_path / "a") as archive:
        assert archive.status().index_state == "stale"
        assert [archive.search(word).total for word in ("mot", "hai", "ba", "bon")] == [1, 1, 1, 1]
        assert archive.count() == 4


def test_a_kill_inside_the_index_commit_leaves_the_old_index(filled, put, monkeypatch):
    """Files of a commit whose stamp was never written are not seen, and go at the next write."""
    from antq_cli.archive.whoosh_storage import StampedStorage

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(StampedStorage, "stamp", die)
    monkeypatch.setattr("antq_cli.archive.whoosh_index.remove_strangers", lambda *_: None)
    archive = Archive.create(filled)
    put(archive, ["delta", "chung"])
    with pytest.raises(KeyboardInterrupt):
        archive.close()
    monkeypatch.undo()
    assert len(list((filled / "fulltext").glob("*.toc"))) == 2
    with Archive.open(filled) as archive:
        assert archive.search("chung").total == 4
    assert len(list((filled / "fulltext").glob("*.toc"))) == 1


def test_leftovers_are_swept_by_the_next_writer(filled):
    """A half-written copy of a killed process disappears; originals stay."""
    (filled / "tmp" / "half").write_bytes(b"x")
    (filled / "tmp" / "folder").mkdir()
    (filled / "tmp" / "folder" / "half").write_bytes(b"x")
    Archive.create(filled).close()
    assert list((filled / "tmp").iterdir()) == []
    _finds_all(filled)


class _Evil:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, (str(self.target),))


def test_a_planted_pickle_is_not_run(filled, tmp_path):
    """A table of contents with code in it is neither opened nor run; the index is built anew."""
    (toc,) = (filled / "fulltext").glob("*.toc")
    head, _, generation = toc.stem.rpartition("_")
    payload = pickle.dumps(_Evil(tmp_path / "owned"), 2)
    toc.write_bytes(payload)
    toc.with_name(f"{head}_{int(generation) + 7}.toc").write_bytes(payload)
    _finds_all(filled)
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("place", ["schema", "segments"])
def test_a_planted_pickle_with_a_forged_stamp_is_not_run(filled, tmp_path, place):
    """Whoever can write the folder can forge the stamp; the pickle is still not run."""
    (toc,) = (filled / "fulltext").glob("*.toc")
    evil = pickle.dumps(_Evil(tmp_path / "owned"), 2)
    data = toc.read_bytes()
    start = data.index(b"\x80\x02")
    if place == "segments":
        start = data.index(b"\x80", data.index(b".", start) + 1)
        start = max(at for at in range(len(data)) if data.startswith(b"\x80", at) and b"W3Segment" in data[at:])
    toc.write_bytes(data[:start] + evil)
    stamp = filled / "fulltext" / "stamp.json"
    values = json.loads(stamp.read_text())
    values["files"][toc.name] = digest(toc)
    stamp.write_text(json.dumps(values))
    _try_search(filled)
    assert not (tmp_path / "owned").exists()
    with Archive.create(filled) as archive:
        archive.rebuild_index()
    _finds_all(filled)


def _try_search(path: Path) -> None:
    with Archive.open(path) as archive:
        assert archive.search("chung").total == 3


@pytest.mark.parametrize(
    "damage", ["truncate", "empty", "flip", "delete", "stamp_gone", "stamp_garbage", "all_gone", "other_schema"]
)
def test_a_damaged_index_is_built_anew(filled, damage):
    """Whatever happened to the files of the index, the next search finds everything."""
    folder = filled / "fulltext"
    segment = max(folder.glob("*.seg"), key=lambda path: path.stat().st_size)
    stamp = folder / "stamp.json"
    data = segment.read_bytes()
    match damage:
        case "truncate":
            segment.write_bytes(data[: len(data) // 2])
        case "empty":
            segment.write_bytes(b"")
        case "flip":
            segment.write_bytes(data[:50] + bytes([data[50] ^ 1]) + data[51:])
        case "delete":
            segment.unlink()
        case "stamp_gone":
            stamp.unlink()
        case "stamp_garbage":
            stamp.write_bytes(b"{")
        case "all_gone":
            shutil.rmtree(folder)
        case "other_schema":
            stamp.write_text(stamp.read_text().replace('"schema":', '"schema":9', 1))
    with Archive.open(filled) as archive:
        assert archive.status().index_state in ("damaged", "missing")
    _finds_all(filled)


def test_a_catalogue_put_back_from_a_backup_gets_its_own_index(filled, put):
    """After a restore the index of the lost future is not used, though its generation has come again."""
    backup = (filled / "catalogue.sqlite").read_bytes()
    with Archive.create(filled) as archive:
        put(archive, ["zeta"])
    (filled / "catalogue.sqlite").write_bytes(backup)
    with Archive.create(filled) as archive:
        put(archive, ["omega"])
        assert archive.search("zeta").total == 0
        assert archive.search("omega").total == 1


@pytest.mark.parametrize("damage", ["header", "truncate", "garbage", "empty", "gone"])
def test_a_damaged_catalogue_is_said_to_be_damaged(filled, damage):
    """Never a traceback of SQLite, never a wrong answer, whatever became of the file."""
    catalogue = filled / "catalogue.sqlite"
    data = catalogue.read_bytes()
    match damage:
        case "header":
            catalogue.write_bytes(b"not a database!!" + data[16:])
        case "truncate":
            catalogue.write_bytes(data[: len(data) // 2])
        case "garbage":
            catalogue.write_bytes(data[:4096] + os.urandom(len(data) - 4096))
        case "empty":
            catalogue.write_bytes(b"")
        case "gone":
            catalogue.unlink()
    with pytest.raises(ArchiveError) as caught:
        _read_all(filled)
    assert caught.value.reason == "damaged"
    assert caught.value.values["path"] == str(filled)


def _read_all(path: Path) -> None:
    with Archive.open(path) as archive:
        for record in archive.list():
            archive.letter(record)
            archive.document(record)


def test_a_changed_column_is_noticed(filled):
    """A row whose columns are not those that were written is an error, not an answer."""
    connection = sqlite3.connect(filled / "catalogue.sqlite")
    connection.execute("UPDATE document SET number = '6/QĐ-X' WHERE seq = 1")
    connection.commit()
    connection.close()
    with Archive.open(filled) as archive:
        with pytest.raises(ArchiveError) as caught:
            archive.find_by_seq(1)
        assert caught.value.reason == "damaged"
        assert [(p.kind, p.seq) for p in archive.problems() if p.kind == "catalogue"] == [("catalogue", 1)]


def test_fixity_names_every_difference(filled):
    """A changed, a missing and an extra original are each named; nothing else is."""
    with Archive.open(filled) as archive:
        first, second, _ = archive.list()
        archive.blob_path(first).write_bytes(b"changed")
        archive.blob_path(second).unlink()
        (filled / "blobs" / "stranger").write_bytes(b"x")
        assert {(p.kind, p.seq) for p in archive.problems()} == {("changed", 1), ("missing", 2), ("untracked", None)}


@pytest.mark.parametrize(("text", "reason"), [("2", "newer"), ("x", "damaged"), ("", "damaged"), ("0", "damaged")])
def test_the_layout_number_is_heeded(filled, text, reason):
    """A newer archive and a broken layout number are refused for reading and for writing."""
    (filled / "format").write_text(text)
    for opened in (Archive.open, Archive.create):
        with pytest.raises(ArchiveError) as caught:
            opened(filled)
        assert caught.value.reason == reason


def test_a_newer_or_foreign_catalogue_is_refused(filled):
    """Tables of a later antq are not touched; the database of another program is none of ours."""
    for pragma, reason in (("user_version = 2", "newer"), ("application_id = 1", "damaged")):
        connection = sqlite3.connect(filled / "catalogue.sqlite")
        connection.execute(f"PRAGMA {pragma}")
        connection.close()
        with pytest.raises(ArchiveError) as caught:
            Archive.create(filled)
        assert caught.value.reason == reason


def test_a_second_writer_waits_and_is_told_who_writes(filled):
    """The lock is of the operating system; the error names host, user and since when."""
    with Archive.create(filled):
        start = time.monotonic()
        with pytest.raises(ArchiveError) as caught:
            Archive.create(filled, wait=0.3)
        assert time.monotonic() - start >= 0.3
        assert caught.value.reason == "locked"
        assert caught.value.values["pid"] == str(os.getpid())
        assert set(caught.value.values) == {"path", "host", "user", "since", "pid"}
        with Archive.open(filled) as reader:
            assert reader.search("chung").total == 3
    Archive.create(filled, wait=0).close()


def test_a_killed_writer_leaves_no_lock(filled, tmp_path):
    """The next writer comes in at once, and a second one gets in when the first is done."""
    with _run(tmp_path, ["mot"], "print('held', flush=True); import time; time.sleep(60)") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(ArchiveError):
            Archive.create(filled, wait=0.1)
        process.kill()
        process.wait(10)
    Archive.create(filled, wait=0.5).close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_does_not_keep_the_lock(filled):
    """A worker that outlives its parent's archive does not lock everybody out."""
    archive = Archive.create(filled)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(writer)
        os.read(reader, 1)
        os._exit(0)
    try:
        archive._lock._descriptor, held = None, archive._lock._descriptor
        os.close(held)
        Archive.create(filled, wait=2).close()
    finally:
        archive._catalogue.close()
        os.close(writer)
        os.waitpid(child, 0)
        os.close(reader)


def test_a_reader_beside_a_writer_says_what_it_cannot_find_yet(filled, put):
    """While another process holds the lock, a search answers from the index as it is and counts what is missing."""
    with Archive.create(filled) as writer:
        put(writer, ["delta", "chung"])
        with Archive.open(filled, wait=0) as reader:
            result = reader.search("chung")
            assert (result.total, result.pending) == (3, 1)
    _with_four = Archive.open(filled)
    with _with_four as reader:
        assert (reader.search("chung").total, reader.search("chung").pending) == (4, 0)


def test_a_reader_without_index_waits_for_the_writer(filled):
    """With no usable index and a busy writer there is nothing to answer from: locked, not fewer hits."""
    with Archive.create(filled):
        (filled / "fulltext" / "stamp.json").unlink()
        with Archive.open(filled, wait=0) as reader, pytest.raises(ArchiveError) as caught:
            reader.search("chung")
        assert caught.value.reason == "locked"


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
@pytest.mark.parametrize("mask", [0o000, 0o077])
def test_nobody_else_may_read_whatever_the_umask(tmp_path, mask, put):
    """Folders are 0700 and files 0600, those of Whoosh, SQLite and the lock included."""
    old = os.umask(mask)
    try:
        with Archive.create(tmp_path / "a") as archive:
            put(archive, ["alpha"])
            archive.flush_index()
            put(archive, ["beta"])
    finally:
        os.umask(old)
    modes = {
        path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777
        for path in [tmp_path / "a", *(tmp_path / "a").rglob("*")]
    }
    assert len(modes) > 10
    assert {name: oct(mode) for name, mode in modes.items() if mode not in (0o700, 0o600)} == {}
    assert all((mode == 0o700) == (tmp_path / name).is_dir() for name, mode in modes.items())


def test_a_full_disk_is_said_to_be_full(filled, tmp_path, put, monkeypatch):
    """No half original under a final name, and the same document goes in afterwards."""
    import errno

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with Archive.create(filled) as archive:
        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(ArchiveError) as caught:
            put(archive, ["delta", "chung"])
        assert caught.value.reason == "full"
        monkeypatch.undo()
        assert archive.count() == 3
        assert list((filled / "tmp").iterdir()) == []
        put(archive, ["delta", "chung"])
    with Archive.open(filled) as archive:
        assert archive.search("chung").total == 4


@pytest.mark.parametrize(
    ("number", "reason"), [("ENOSPC", "full"), ("EROFS", "denied"), ("EACCES", "denied"), ("EIO", "damaged")]
)
def test_troubles_of_the_disk_have_their_reason(tmp_path, number, reason):
    """One place maps operating system errors to reasons."""
    import errno

    with pytest.raises(ArchiveError) as caught, archive_faults(tmp_path):
        raise OSError(getattr(errno, number), "x")
    assert caught.value.reason == reason


def test_a_busy_catalogue_names_the_holder(filled, monkeypatch):
    """SQLite's own lock becomes "locked" with the same values."""
    monkeypatch.setattr("antq_cli.archive.schema.BUSY_SECONDS", 0.1)
    other = sqlite3.connect(filled / "catalogue.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ArchiveError) as caught:
        Archive.open(filled)
    other.close()
    assert caught.value.reason == "locked"
    assert {"host", "user", "since"} <= set(caught.value.values)


def test_a_journal_of_a_killed_writer_is_rolled_back_by_a_reader(filled, tmp_path):
    """Opening for reading after a kill in the middle of a transaction shows the state before it."""
    program = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA cache_size = 1"); c.execute("BEGIN IMMEDIATE")
c.execute("DELETE FROM content"); c.execute("DELETE FROM citation")
c.execute("CREATE TABLE big (x)")
for _ in range(400): c.execute("INSERT INTO big VALUES (randomblob(3000))")
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", program, str(filled / "catalogue.sqlite")], check=False, timeout=60)
    assert (filled / "catalogue.sqlite-journal").stat().st_size > 0
    _finds_all(filled)


def test_an_index_is_not_built_in_a_folder_that_cannot_be_written(filled, monkeypatch):
    """Reading an archive on a read-only place works; a search without index is refused as denied."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr("antq_cli.archive.lock.os.open", refuse)
    with Archive.open(filled) as archive:
        assert archive.search("chung").total == 3
        (filled / "fulltext" / "stamp.json").unlink()
        assert archive.count() == 3
    with Archive.open(filled) as archive, pytest.raises(ArchiveError) as caught:
        archive.search("chung")
    assert caught.value.reason == "denied"


def test_the_letter_builder_matches_its_file():
    """The builders of these tests make an id that is the SHA-256 of the file they write."""
    import hashlib

    letter = make_letter(lines=["một", "hai"])
    assert letter.transcript.document.id == hashlib.sha256(document_bytes(["một", "hai"])).hexdigest()


@pytest.mark.parametrize("place", ["tmp", "fulltext", "cache", "blobs"])
def test_files_of_others_are_never_cleaned_away(tmp_path, place):
    """A folder where antq would clean up somebody's own files does not become an archive; the files stay."""
    mine = tmp_path / place / "mine.docx"
    mine.parent.mkdir()
    mine.write_text("x")
    with pytest.raises(ArchiveError) as caught:
        Archive.create(tmp_path)
    assert (caught.value.reason, caught.value.values["name"]) == ("occupied", place)
    assert mine.read_text() == "x"
    assert not (tmp_path / "format").exists()
    with pytest.raises(ArchiveError, match="occupied"):
        Archive.create(tmp_path)


def test_an_archive_that_was_being_made_is_made(tmp_path):
    """Killed before its last step, the making goes on where it stopped."""
    with Archive.create(tmp_path):
        pass
    (tmp_path / "format").unlink()
    with Archive.create(tmp_path) as archive:
        assert archive.count() == 0


def test_a_document_without_contents_is_damage(filled):
    """A row of contents that is gone is told as damage, by `problems` with the document's number."""
    with closing(sqlite3.connect(filled / "catalogue.sqlite")) as connection, connection:
        connection.execute("DELETE FROM content WHERE seq = 2")
    connection.close()
    with Archive.open(filled) as archive:
        (record,) = archive.find_document("2")
        with pytest.raises(ArchiveError, match="damaged"):
            archive.letter(record)
        with pytest.raises(ArchiveError, match="damaged"):
            archive.page_texts(record)
        assert [(problem.kind, problem.seq) for problem in archive.problems()] == [("catalogue", 2)]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath("//server/chung/kho antq/c.sqlite"), "file:////server/chung/kho%20antq/c.sqlite"),
        (PureWindowsPath("C:/kho/c.sqlite"), "file:///C:/kho/c.sqlite"),
        (PurePosixPath("/kho/50%/c.sqlite"), "file:///kho/50%25/c.sqlite"),
    ],
)
def test_sqlite_opens_shares_and_odd_names(path, uri):
    """SQLite takes no host in a URI, so a share of Windows becomes a path."""
    assert sqlite_uri(path) == uri
