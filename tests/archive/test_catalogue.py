"""The catalogue's own promises: migrations, permissions of copies, texts page by page."""

from __future__ import annotations

import sqlite3

import pytest
from builders import make_document, make_letter, make_transcript

from antq_cli.archive import schema
from antq_cli.archive.catalogue import Catalogue
from antq_cli.archive.rows import page_texts
from antq_cli.errors import ArchiveError


def test_pragmas_of_a_writer(tmp_path):
    """Rollback journal, full synchronisation, foreign keys; a reader may not write."""
    path = tmp_path / "catalogue.sqlite"
    Catalogue.open(path, write=True).close()
    writer = schema.connect(path, write=True)
    values = {name: writer.execute(f"PRAGMA {name}").fetchone()[0] for name in
              ("journal_mode", "synchronous", "foreign_keys", "application_id", "user_version")}  # fmt: skip
    assert values == {
        "journal_mode": "delete",
        "synchronous": 2,
        "foreign_keys": 1,
        "application_id": schema.APPLICATION_ID,
        "user_version": len(schema.MIGRATIONS),
    }
    writer.close()
    reader = schema.connect(path, write=False)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM document")
    reader.close()


def test_an_older_catalogue_is_brought_up_with_a_copy_beside_it(tmp_path, monkeypatch):
    """Each step runs once, and the old file is kept."""
    path = tmp_path / "catalogue.sqlite"
    Catalogue.open(path, write=True).close()

    def second(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE document ADD COLUMN folder TEXT")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, second))
    catalogue = Catalogue.open(path, write=True)
    catalogue.add(make_letter(lines=["x"]), "x")
    catalogue.close()
    Catalogue.open(path, write=True).close()
    assert (tmp_path / "catalogue.version1.sqlite").stat().st_size > 0
    monkeypatch.undo()
    with pytest.raises(ArchiveError) as caught:
        Catalogue.open(path, write=False)
    assert caught.value.reason == "newer"


def test_a_migration_that_fails_changes_nothing(tmp_path, monkeypatch):
    """The version stays, and so do the tables."""
    path = tmp_path / "catalogue.sqlite"
    Catalogue.open(path, write=True).close()

    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE quarantine")
        raise sqlite3.OperationalError("no")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    with pytest.raises(sqlite3.OperationalError):
        Catalogue.open(path, write=True)
    monkeypatch.undo()
    catalogue = Catalogue.open(path, write=True)
    assert catalogue.quarantined() == ()
    catalogue.close()


def test_page_texts_follow_pages_and_paragraphs():
    """Words of a page in reading order, paragraphs on lines of their own, a blank page empty."""
    transcript = make_transcript(make_document([["một hai", "ba"], [], ["bốn"]]))
    assert page_texts(transcript) == ("một hai\nba", "", "bốn")


def test_names_that_are_not_utf8_are_kept_readable(tmp_path):
    """Bytes of a file name that are no characters do not stop the archive."""
    catalogue = Catalogue.open(tmp_path / "catalogue.sqlite", write=True)
    record = catalogue.add(make_letter(lines=["x"], name="a\udcff.pdf"), "/in/a\udcff.pdf")
    assert (record.name, record.origin) == ("a\ufffd.pdf", "/in/a\ufffd.pdf")
    assert catalogue.document(record.seq).name == "a\ufffd.pdf"
    catalogue.close()
