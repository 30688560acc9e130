"""The tables of the catalogue, how they came to be, and how a connection is opened."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from uuid import uuid4

from antq_cli.archive.disk import create_private
from antq_cli.errors import ArchiveError

APPLICATION_ID = 0x414E5451  # "ANTQ"
BUSY_SECONDS = 30.0


def _first_tables(connection: sqlite3.Connection) -> None:
    """Version 1. Generations and archive numbers are never used twice, hence AUTOINCREMENT."""
    for statement in (
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        """CREATE TABLE document (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL, origin TEXT NOT NULL, media TEXT NOT NULL,
            pages INTEGER NOT NULL, ocr_pages INTEGER NOT NULL,
            document_class TEXT NOT NULL, regime TEXT NOT NULL,
            number TEXT, key TEXT, kind TEXT, issued TEXT, issuer TEXT, issuer_parent TEXT, place TEXT, subject TEXT,
            addressees TEXT NOT NULL, recipients TEXT NOT NULL, authority TEXT, position TEXT, signer TEXT,
            added TEXT NOT NULL, flags TEXT NOT NULL,
            seal TEXT NOT NULL,
            head TEXT, folded_kind TEXT, folded_issuer TEXT)""",
        "CREATE INDEX document_head ON document (head)",
        "CREATE INDEX document_kind ON document (folded_kind)",
        "CREATE INDEX document_issued ON document (issued)",
        """CREATE TABLE content (
            seq INTEGER PRIMARY KEY REFERENCES document (seq) ON DELETE CASCADE,
            letter BLOB NOT NULL, citations BLOB NOT NULL, document BLOB NOT NULL, texts BLOB NOT NULL,
            folded BLOB NOT NULL)""",
        """CREATE TABLE citation (
            seq INTEGER NOT NULL REFERENCES document (seq) ON DELETE CASCADE,
            position INTEGER NOT NULL, head TEXT NOT NULL, key TEXT, folded_kind TEXT,
            PRIMARY KEY (seq, position)) WITHOUT ROWID""",
        "CREATE INDEX citation_head ON citation (head)",
        "CREATE TABLE change (generation INTEGER PRIMARY KEY AUTOINCREMENT, seq INTEGER NOT NULL, token TEXT NOT NULL)",
        "CREATE TABLE quarantine (path TEXT PRIMARY KEY, reason TEXT NOT NULL, moment TEXT NOT NULL)",
    ):
        connection.execute(statement)
    connection.execute("INSERT INTO meta VALUES ('archive', ?)", (uuid4().hex,))


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first_tables,)
"""The n-th brings a catalogue of version n - 1 to version n; `PRAGMA user_version` says which it is."""


def create_catalogue(path: Path) -> None:
    """Make an empty catalogue unless one is there. SQLite gives its journal the file's own permissions."""
    if not path.exists():
        os.close(create_private(path))


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open a catalogue that exists.

    Rollback journal and FULL: a letter that was reported as archived survives a power cut, also on network folders,
    where a write-ahead log does not work. A reader may not change anything (`query_only`), but the file is opened for
    writing where possible, so that a journal left by a killed writer can be rolled back.
    """
    connection = sqlite3.connect(
        f"{sqlite_uri(path.resolve())}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        if write:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = FULL")
        else:
            connection.execute("PRAGMA query_only = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def sqlite_uri(path: PurePath) -> str:
    """The URI of an absolute path as SQLite takes it: a Windows share has four slashes, for a host it refuses."""
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else f"file:////{uri.removeprefix('file://')}"


def version(connection: sqlite3.Connection, path: Path) -> int:
    """The catalogue's version, 0 for an empty one.

    Raises ArchiveError("newer") when this antq does not know it, ("damaged") when the file is of another program.
    """
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if owner != APPLICATION_ID and (owner or found or tables):
        raise ArchiveError("damaged", path=str(path))
    if found > len(MIGRATIONS):
        raise ArchiveError("newer", path=str(path), found=int(found), known=len(MIGRATIONS))
    return int(found)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the catalogue to the newest version, step by step, with a copy of the old one beside it."""
    found = version(connection, path)
    if 0 < found < len(MIGRATIONS):
        copy = path.with_name(f"{path.stem}.version{found}.sqlite")
        create_catalogue(copy)
        target = sqlite3.connect(copy)
        try:
            connection.backup(target)
        finally:
            target.close()
    for number, step in enumerate(MIGRATIONS[found:], found + 1):
        with transaction(connection):
            step(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; the end of the block is the commit."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
