"""What a rule is: a frozen record made openly by a decorator, and the few outside facts a rule may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from antq_cli.model.finding import Finding, Severity
from antq_cli.model.letter import DocumentClass, Letter, Reference, Regime
from antq_cli.model.transcript import Evidence
from antq_cli.vietnamese.lexicon import read_table

STATE = frozenset({Regime.STATE_ND30, Regime.STATE_TT01})
STATE_ND30 = frozenset({Regime.STATE_ND30})
FRONT = frozenset({Regime.MTTQ_HD91, Regime.MTTQ_QD207})
PARTY = frozenset({Regime.PARTY_HD11, Regime.PARTY_HD36, Regime.PARTY_HD05})
NORMATIVE = frozenset({Regime.VBQPPL})
ALL = frozenset(Regime)

LETTERS = frozenset({DocumentClass.LETTER, DocumentClass.EXCERPT, DocumentClass.DRAFT, DocumentClass.COPY})
"""Classes the rules of form apply to. An annex lawfully has no number, date or signature of its own."""
WITH_ANNEX = LETTERS | {DocumentClass.ANNEX}
NOT_LETTERS = frozenset({DocumentClass.NEWS, DocumentClass.OTHER})

DOUBT = "doubt"
"""Key of a finding's value that says: read poorly, compare with the original before acting on it."""
VARIANT = "variant"
"""Key of a finding's value that chooses between two wordings of one rule."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule is written."""

    act: str
    """Short name of the act: `NĐ 30/2020/NĐ-CP`."""
    place: str = ""
    """Place in it: `Điều 8.2.c`; empty when only the act as a whole can be named."""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.act, self.place)))


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule's function yields: the place, the values of the sentence, and a severity other than the rule's."""

    evidence: tuple[Evidence, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    severity: Severity | None = None


def fault(
    evidence: Sequence[Evidence] = (), *, severity: Severity | None = None, doubt: bool = False, **values: object
) -> Fault:
    """A fault at these places; `doubt` asks the reader to look at the original."""
    pairs = [(key, str(value)) for key, value in values.items() if key != VARIANT or value]
    if doubt:
        pairs.append((DOUBT, "1"))
    return Fault(tuple(evidence), tuple(pairs), severity)


class Kept(Protocol):
    """What a rule may know of an archived document; `archive.records.Record` is one."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def issued(self) -> date | None: ...
    @property
    def issuer(self) -> str | None: ...
    @property
    def subject(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Context:
    """The outside facts a rule may want. Without an archive the rules that ask it are skipped."""

    today: date
    known: Callable[[Reference], Sequence[Kept]] | None = None
    """Archived documents that a reference may mean."""
    same_number: Callable[[Reference], Sequence[Kept]] | None = None
    """Archived documents with the reference's number, symbol and issuer, issued in the year of its date."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of form."""

    id: str
    """Never renamed, never reused: it stands on somebody's report."""
    severity: Severity
    source: Source
    """The act in force today, or the first that has it."""
    sources: Mapping[Regime, Source] = field(repr=False)
    """The act each regime has it from, where antq knows one."""
    regimes: frozenset[Regime]
    classes: frozenset[DocumentClass]
    needs: tuple[str, ...]
    """What must not be unreadable: names of `Fields` and `Form`; `zone:header` (seen at all); `typed` (not a scan:
    the rule looks at marks OCR cannot be trusted with); `legible:recipients` (read so well that nothing hides in it;
    `opening` is the beginning of the body); `geometry`; `colour`; `known`, `same_number` (an archive)."""
    in_draft: Severity | None
    """Severity in a draft, when it is another one there."""
    doc: str
    find: Callable[[Letter, Context], Iterator[Fault]] = field(repr=False)

    def run(self, letter: Letter, context: Context) -> Iterator[Finding]:
        """The rule's findings. Asks nothing about regime, class or needs: that is the engine's part."""
        usual = self.severity
        if self.in_draft is not None and letter.document_class is DocumentClass.DRAFT:
            usual = self.in_draft
        for found in self.find(letter, context):
            severity = usual if found.severity is None else min(usual, found.severity)
            yield Finding(self.id, severity, found.values, found.evidence)

    def source_for(self, regime: Regime) -> Source:
        """The act the rule rests on for a document of this regime."""
        return self.sources.get(regime, self.source)


def rule(
    rule_id: str,
    severity: Severity,
    source: str,
    regimes: frozenset[Regime] = ALL,
    *,
    needs: tuple[str, ...] = (),
    classes: frozenset[DocumentClass] = LETTERS,
    in_draft: Severity | None = None,
) -> Callable[[Callable[[Letter, Context], Iterator[Fault]]], Rule]:
    """Make a `Rule` of a function. `source` names a table of `vietnamese/tables/sources.toml`.

    Nothing is registered: a rules module lists its rules in `RULES`.
    """

    def make(find: Callable[[Letter, Context], Iterator[Fault]]) -> Rule:
        main, by_regime = _sources(source)
        return Rule(
            id=rule_id,
            severity=severity,
            source=main,
            sources=by_regime,
            regimes=regimes,
            classes=classes,
            needs=needs,
            in_draft=in_draft,
            doc=(find.__doc__ or "").strip(),
            find=find,
        )

    return make


def _sources(component: str) -> tuple[Source, dict[Regime, Source]]:
    rows = read_table("sources")[component]
    by_regime = {Regime(name): Source(*row) for name, row in rows.items() if name != "any"}
    main = Source(*rows["any"]) if "any" in rows else next(iter(by_regime.values()))
    return main, by_regime
