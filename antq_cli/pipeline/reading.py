"""Files read and understood, with the one rule on what reading may leave behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from antq_cli.errors import AntqError
from antq_cli.extraction import analyse
from antq_cli.model.letter import Letter
from antq_cli.model.page import Document
from antq_cli.pipeline.doubting import strips_of
from antq_cli.reading.reader import Doubt, Progress, Reading, read_files
from antq_cli.reading.remembering import remember_pages
from antq_cli.settings import Settings


def read_letters(
    files: Iterable[Path], settings: Settings, progress: Callable[[Progress], None] | None = None
) -> Iterator[tuple[Reading, Letter | None]]:
    """Each file's reading with its letter, None where the reading is an error; in the order given.

    What a letter takes from a text layer is compared with the drawn page before the letter is given.

    The danger: the OCR cache keeps text, and a document stamped MẬT may not be kept. So nothing is written to the cache
    before the whole document is understood, and nothing at all when it bears such a stamp.
    """
    understood: dict[str, Letter] = {}

    def doubt(document: Document) -> Doubt:
        letter = understood[document.id] = analyse(document)
        return Doubt(strips_of(letter), remember=not is_secret(letter))

    for reading in read_files(files, settings, progress, remember=False, doubt=doubt):
        if isinstance(reading.outcome, AntqError):
            yield reading, None
            continue
        known = understood.pop(reading.outcome.id, None)
        # Understood anew only where the comparison, or a flag, has changed the document.
        letter = known if known is not None and known.transcript.document == reading.outcome else None
        letter = letter or analyse(reading.outcome)
        if not is_secret(letter):
            remember_pages(reading.outcome, settings)
        yield reading, letter


def is_secret(letter: Letter) -> bool:
    """Does the letter bear a secrecy stamp (MẬT, TỐI MẬT, TUYỆT MẬT)?"""
    return letter.form.secret.is_found
