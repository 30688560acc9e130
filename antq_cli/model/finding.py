"""What a check says: data, not sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from antq_cli.model.letter import DocumentClass, Regime
from antq_cli.model.transcript import Evidence


class Severity(IntEnum):
    """Ordered, so that `--fail-on` can compare."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The word of the machine contract: `error`, `warning`, `info`."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, with the values its sentence needs and the place it was seen."""

    rule: str
    severity: Severity
    values: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that could not be judged, and why: `unreadable:number`, `scan`, `draft`, `no_archive` …"""

    rule: str
    reason: str


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 - the contract's word
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of all rules on one letter."""

    document_class: DocumentClass
    regime: Regime
    verdict: Verdict
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
