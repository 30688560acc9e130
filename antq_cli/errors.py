"""The one family of errors, and the exit code each of them becomes.

    AntqError
    ├── UsageError            2   the question or an option makes no sense
    ├── InputError            3   a file cannot be read; `reason` is a stable word
    ├── ToolMissing           4   Tesseract or its language data is not there
    └── ArchiveError          5   the archive is missing, locked, full, damaged or too new; `reason` says which

The library raises; only `antq_cli.cli` turns an error into an exit code and a sentence. An error carries
values, never a sentence: `reason` names an entry of `antq_cli/messages`, `values` fill its placeholders.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command; part of the machine contract (docs/contract.md)."""

    OK = 0
    FOUND = 1
    USAGE = 2
    INPUT = 3
    TOOL = 4
    ARCHIVE = 5
    PARTIAL = 6
    DEFECT = 70
    INTERRUPTED = 130


class AntqError(Exception):
    """A trouble antq knows about: it has an exit code, a stable reason and the values of its message."""

    exit_code: ExitCode = ExitCode.DEFECT
    family: str = "error"

    def __init__(self, reason: str, **values: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values

    @property
    def message_id(self) -> str:
        """The id of the sentence for this error, such as `input.encrypted`."""
        return f"{self.family}.{self.reason}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.reason, self.values))


def _rebuild(cls: type[AntqError], reason: str, values: dict[str, str | int]) -> AntqError:
    return cls(reason, **values)


class UsageError(AntqError):
    """The arguments or the query cannot be understood."""

    exit_code = ExitCode.USAGE
    family = "usage"


class InputError(AntqError):
    """An input cannot be read. Reasons are stable words: see INPUT_REASONS."""

    exit_code = ExitCode.INPUT
    family = "input"


class ToolMissing(AntqError):
    """A program or data file outside Python is missing. Reasons: tesseract, language, ocrmypdf."""

    exit_code = ExitCode.TOOL
    family = "tool"


class ArchiveError(AntqError):
    """The archive cannot be used. Reasons: see ARCHIVE_REASONS."""

    exit_code = ExitCode.ARCHIVE
    family = "archive"


INPUT_REASONS = (
    "missing",  # no such file
    "empty",  # zero bytes
    "not_regular",  # a folder, a device, a pipe or a link out of the tree
    "too_large",  # more bytes, pages or pixels than the limits allow
    "encrypted",  # a password is needed
    "damaged",  # the bytes do not hold what they claim
    "no_pages",
    "unsupported",  # a format antq does not read
    "old_word",  # .doc of Word 97-2003, or a password-protected .docx
    "encoding",  # text that is not UTF-8
    "timeout",  # the worker had to be stopped
    "too_complex",  # the worker ran out of memory or died
    "secret",  # stamped MẬT, TỐI MẬT or TUYỆT MẬT
    "changed",  # the file changed while it was read
    "denied",  # no permission
    "not_paper",  # a text or office file, of which there is no scan to copy
    "unproved",  # a copy did not give back every word that was put in
)

ARCHIVE_REASONS = ("missing", "locked", "full", "damaged", "newer", "denied", "index", "occupied")
