"""The catalogue: one SQLite file, the only truth of the archive. Everything else can be made anew from it."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from antq_cli.archive import rows
from antq_cli.archive.records import Quarantined, Record, StoredLetter
from antq_cli.archive.rows import COLUMNS, SELECT, Value
from antq_cli.archive.schema import connect, create_catalogue, migrate, transaction, version
from antq_cli.errors import ArchiveError
from antq_cli.model.letter import Citation, Letter
from antq_cli.model.page import Document

_BATCH = 200


class Catalogue:
    """Reads and writes the tables. Belongs to the thread that opened it; raises sqlite3.Error."""

    def __init__(self, connection: sqlite3.Connection, archive: Path) -> None:
        self._connection = connection
        self._archive = archive

    @classmethod
    def open(cls, path: Path, *, write: bool) -> Catalogue:
        """Open a catalogue, for writing after bringing it to the newest version (the caller holds the write lock)."""
        if write:
            create_catalogue(path)
        connection = connect(path, write=write)
        try:
            if write:
                migrate(connection, path)
            else:
                version(connection, path)
            return cls(connection, path.parent)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        self._connection.close()

    # Writing

    def add(self, letter: Letter, origin: str) -> Record:
        """A new document, in one transaction; its archive number is the next one."""
        document = rows.storable_document(letter.transcript.document)
        columns: dict[str, Value] = {
            "id": document.id,
            "name": document.name,
            "origin": rows.storable(origin),
            "media": document.media,
            "pages": len(document.pages),
            "ocr_pages": document.ocr_pages,
            **rows.letter_columns(letter),
            "added": datetime.now(UTC).isoformat(timespec="seconds"),
            "flags": rows.pack_list(document.flags),
        }
        columns |= {"seal": "", **rows.derived_columns(columns)}
        names = ", ".join(columns)
        marks = ", ".join(f":{name}" for name in columns)
        with transaction(self._connection):
            cursor = self._connection.execute(f"INSERT INTO document ({names}) VALUES ({marks})", columns)  # noqa: S608
            seq = int(cursor.lastrowid or 0)
            self._connection.execute(
                "INSERT INTO content VALUES (?, ?, ?, ?, ?, ?)", (seq, *self._contents(letter, document))
            )
            self._finish(seq, letter)
        return self._one(seq)

    def replace_reading(self, seq: int, letter: Letter) -> Record:
        """The same original, understood anew: archive number, origin and moment stay, all else may change."""
        document = rows.storable_document(letter.transcript.document)
        columns: dict[str, Value] = {
            **rows.letter_columns(letter),
            "pages": len(document.pages),
            "ocr_pages": document.ocr_pages,
            "flags": rows.pack_list(document.flags),
        }
        columns |= rows.derived_columns(columns)
        changes = ", ".join(f"{name} = :{name}" for name in columns)
        with transaction(self._connection):
            self._connection.execute(
                f"UPDATE document SET {changes} WHERE seq = :seq",  # noqa: S608 - names of our own columns
                {**columns, "seq": seq},
            )
            self._connection.execute("DELETE FROM citation WHERE seq = ?", (seq,))
            self._connection.execute(
                "UPDATE content SET letter = ?, citations = ?, document = ?, texts = ?, folded = ? WHERE seq = ?",
                (*self._contents(letter, document), seq),
            )
            self._finish(seq, letter)
        return self._one(seq)

    def _contents(self, letter: Letter, document: Document) -> tuple[bytes, ...]:
        texts = rows.page_texts(letter.transcript)
        return (
            rows.pack(rows.stored_letter(letter)),
            rows.pack(letter.citations),
            rows.pack(document),
            rows.pack(texts),
            rows.pack(rows.spoken(texts)),
        )

    def _finish(self, seq: int, letter: Letter) -> None:
        """Seal the row, list the citations, and count the change."""
        values = self._connection.execute(
            f"SELECT {', '.join(COLUMNS)} FROM document WHERE seq = ?",  # noqa: S608
            (seq,),
        ).fetchone()
        self._connection.execute("UPDATE document SET seal = ? WHERE seq = ?", (rows.seal(values), seq))
        self._connection.executemany(
            "INSERT INTO citation VALUES (?, ?, ?, ?, ?)",
            [
                (
                    seq,
                    position,
                    rows.head(citation.reference.key or ""),
                    citation.reference.key,
                    rows.folded(citation.reference.kind),
                )
                for position, citation in enumerate(letter.citations)
            ],
        )
        self._connection.execute("INSERT INTO change (seq, token) VALUES (?, ?)", (seq, secrets.token_hex(8)))

    def quarantine(self, path: str, reason: str) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?)",
            (rows.storable(path), reason, datetime.now(UTC).isoformat(timespec="seconds")),
        )

    def clear_quarantine(self, path: str) -> None:
        self._connection.execute("DELETE FROM quarantine WHERE path = ?", (rows.storable(path),))

    # Reading

    def quarantined(self) -> tuple[Quarantined, ...]:
        found = self._connection.execute("SELECT path, reason, moment FROM quarantine ORDER BY path").fetchall()
        return tuple(Quarantined(*row) for row in found)

    def count(self) -> int:
        (number,) = self._connection.execute("SELECT count(*) FROM document").fetchone()
        return int(number)

    def records(self, condition: str = "", values: Iterable[Value] = (), order: str = "seq") -> list[Record]:
        """The records that meet a condition of this package's own making (SQL with ? for the values)."""
        where = f" WHERE {condition}" if condition else ""
        found = self._connection.execute(f"{SELECT}{where} ORDER BY {order}", tuple(values)).fetchall()
        return [rows.record(row, self._archive) for row in found]

    def by_seq(self, seqs: Sequence[int]) -> dict[int, Record]:
        """The records with these archive numbers; those that do not exist are left out."""
        found: dict[int, Record] = {}
        for start in range(0, len(seqs), _BATCH):
            some = seqs[start : start + _BATCH]
            marks = ", ".join("?" * len(some))
            found |= {record.seq: record for record in self.records(f"seq IN ({marks})", some)}
        return found

    def seqs(self, condition: str, values: Iterable[Value]) -> set[int]:
        """The archive numbers of the documents that meet a condition."""
        found = self._connection.execute(f"SELECT seq FROM document WHERE {condition}", tuple(values))  # noqa: S608
        return {seq for (seq,) in found.fetchall()}

    def issuers(self) -> tuple[tuple[str, str | None], ...]:
        """Each folded issuer with the parent printed above it."""
        found = self._connection.execute(
            "SELECT DISTINCT folded_issuer, issuer_parent FROM document WHERE folded_issuer IS NOT NULL"
        )
        return tuple((str(issuer), parent) for issuer, parent in found.fetchall())

    def letter(self, seq: int) -> StoredLetter:
        return replace(
            rows.unpack(self._content("letter", seq), StoredLetter, self._archive),
            citations=self.citations(seq),
        )

    def citations(self, seq: int) -> tuple[Citation, ...]:
        return rows.unpack(self._content("citations", seq), tuple[Citation, ...], self._archive)

    def cited(self, condition: str, values: Iterable[Value]) -> list[tuple[int, int]]:
        """Archive number and position of the citations that meet a condition on the table `citation`."""
        found = self._connection.execute(
            f"SELECT seq, position FROM citation WHERE {condition} ORDER BY seq, position",  # noqa: S608
            tuple(values),
        )
        return [(int(seq), int(position)) for seq, position in found.fetchall()]

    def document(self, seq: int) -> Document:
        return rows.unpack(self._content("document", seq), Document, self._archive)

    def texts(self, seq: int) -> tuple[str, ...]:
        return rows.unpack(self._content("texts", seq), tuple[str, ...], self._archive)

    def spoken(self, seq: int) -> str:
        """All words of a document as `rows.spoken` makes them, a space around each."""
        return rows.unpack(self._content("folded", seq), str, self._archive)

    def _content(self, column: str, seq: int) -> object:
        """Raises ArchiveError("damaged") when the document has no contents."""
        row = self._connection.execute(
            f"SELECT {column} FROM content WHERE seq = ?",  # noqa: S608
            (seq,),
        ).fetchone()
        if row is None:
            raise ArchiveError("damaged", path=str(self._archive))
        return row[0]

    def _one(self, seq: int) -> Record:
        return self.by_seq([seq])[seq]

    # Generations

    @property
    def name(self) -> str:
        """The archive's own name: random, given when it was made."""
        (value,) = self._connection.execute("SELECT value FROM meta WHERE name = 'archive'").fetchone()
        return str(value)

    def generation(self) -> tuple[int, str]:
        """How often the catalogue was written, and the random token of the last time; (0, "") for an empty one."""
        found = self._connection.execute(
            "SELECT generation, token FROM change ORDER BY generation DESC LIMIT 1"
        ).fetchone()
        return (int(found[0]), str(found[1])) if found else (0, "")

    def knows(self, generation: int, token: str) -> bool:
        """True when the catalogue once was in this state; a backup put back in its place was not."""
        if generation == 0:
            return token == ""
        found = self._connection.execute("SELECT token FROM change WHERE generation = ?", (generation,)).fetchone()
        return found is not None and found[0] == token

    def changed_since(self, generation: int) -> list[int]:
        """The archive numbers written after this generation."""
        found = self._connection.execute(
            "SELECT DISTINCT seq FROM change WHERE generation > ? ORDER BY seq", (generation,)
        )
        return [int(seq) for (seq,) in found.fetchall()]

    def all_seqs(self, order: str = "seq") -> list[int]:
        """All archive numbers, in an order of this package's own making."""
        found = self._connection.execute(f"SELECT seq FROM document ORDER BY {order}")  # noqa: S608
        return [int(seq) for (seq,) in found.fetchall()]

    def damage(self) -> Iterator[str]:
        """What SQLite's own check says is wrong with the file."""
        for (line,) in self._connection.execute("PRAGMA integrity_check(20)").fetchall():
            if line != "ok":
                yield str(line)
