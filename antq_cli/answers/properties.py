"""What an archived document says of itself: its date, signer, addressees, subject, deadlines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from antq_cli.answers.graph import AnswerDocument, Grounds
from antq_cli.answers.intents import Intent
from antq_cli.answers.known import Known
from antq_cli.answers.records import Library
from antq_cli.archive.records import Record
from antq_cli.model.letter import Field, Fields, Obligation, State

# Which fields answer, in the order in which they are told. The second group is asked only when the first holds nothing.
_FIELDS: dict[tuple[Intent, str], tuple[tuple[str, ...], tuple[str, ...]]] = {
    (Intent.WHEN, ""): (("date",), ()),
    (Intent.BY_WHOM, "signer"): (("signer",), ()),
    (Intent.BY_WHOM, "issuer"): (("issuer",), ()),
    (Intent.BY_WHOM, "both"): (("issuer", "signer"), ()),
    (Intent.TO_WHOM, "addressees"): (("addressees",), ("recipients",)),
    (Intent.TO_WHOM, "recipients"): (("recipients",), ()),
    (Intent.ABOUT, ""): (("subject",), ()),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One field as the answer tells it."""

    field: str
    """Name of the field in the contract: `date`, `signer` …"""
    state: State
    values: tuple[str, ...] = ()
    """Dates in ISO 8601; other values as printed. Empty unless FOUND."""
    by: Record | None = None
    """The document that says it when it is not the document asked about but one that cites it."""


@dataclass(frozen=True, slots=True)
class Property:
    """The answer to a question about one document."""

    told: tuple[Told, ...]
    documents: tuple[AnswerDocument, ...] = ()
    obligations: tuple[Obligation, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for each in self.told for value in each.values))


def asked_property(intent: Intent, aspect: str, target: Known, library: Library) -> Property:
    """What the document says of itself; of one that is not archived, what citing letters say of it."""
    if intent is Intent.DEADLINES:
        return _deadlines(target, library)
    first, then = _FIELDS[intent, aspect]
    if not target.records:
        return _by_citation(first, target)
    found = _own(first, target, library)
    if then and not found.facts:
        others = _own(then, target, library)
        return Property((*found.told, *others.told), others.documents or found.documents)
    return _helped_out(found, target)


def _own(names: tuple[str, ...], target: Known, library: Library) -> Property:
    told: list[Told] = []
    grounds: list[Grounds] = []
    for name in names:
        best: tuple[Record, Field[object]] | None = None
        for record in target.records:
            field = _field(library.letter(record).fields, name)
            if best is None or (field.is_found and not best[1].is_found):
                best = (record, field)
        if best is None:
            continue
        record, field = best
        told.append(Told(name, field.state, _values(field.value) if field.is_found else ()))
        if field.is_found:
            grounds += [Grounds(record, evidence) for evidence in field.evidence]
    return Property(tuple(told), (AnswerDocument(target.reference, target.record, grounds=tuple(grounds)),))


def _by_citation(names: tuple[str, ...], target: Known) -> Property:
    """Date, issuer and subject as those who cite it give them; nobody quotes the signer of another's letter."""
    told: list[Told] = []
    grounds: list[Grounds] = []
    for name in names:
        seen: dict[str, Record] = {}
        for each in target.cited:
            cited = each.citation.reference
            value = {"date": cited.issued, "issuer": cited.issuer, "subject": cited.title}.get(name)
            if value is not None and _values(value)[0] not in seen:
                seen[_values(value)[0]] = each.citing
                grounds.append(Grounds(each.citing, each.citation.evidence))
        kept = dict(seen) if name == "date" else dict(list(seen.items())[:1])
        told += [Told(name, State.FOUND, (value,), by) for value, by in kept.items()]
        if not kept:
            told.append(Told(name, State.UNREADABLE))
    if not grounds:
        grounds = [Grounds(each.citing, each.citation.evidence) for each in target.cited[:1]]
    return Property(tuple(told), (AnswerDocument(target.reference, None, grounds=tuple(grounds)),))


def _helped_out(found: Property, target: Known) -> Property:
    """Where the document itself cannot be read, what letters that cite it say: a day is often handwritten."""
    told: list[Told] = []
    grounds: tuple[Grounds, ...] = ()
    for each in found.told:
        told.append(each)
        if each.state is State.UNREADABLE:
            others = _by_citation((each.field,), target)
            told += [other for other in others.told if other.values]
            grounds += others.documents[0].grounds if others.facts else ()
    documents = tuple(replace(one, grounds=(*one.grounds, *grounds)) for one in found.documents)
    return Property(tuple(told), documents)


def _deadlines(target: Known, library: Library) -> Property:
    for record in target.records:
        obligations = tuple(each for each in library.letter(record).obligations if each.due or each.due_text)
        if obligations:
            values = tuple(each.due.isoformat() if each.due else each.due_text for each in obligations)
            grounds = tuple(Grounds(record, each.evidence) for each in obligations)
            document = AnswerDocument(target.reference, record, grounds=grounds)
            return Property((Told("deadlines", State.FOUND, values),), (document,), obligations)
    state = State.ABSENT if target.records else State.UNREADABLE
    return Property((Told("deadlines", state),), (AnswerDocument(target.reference, target.record),))


def _field(fields: Fields, name: str) -> Field[object]:
    return next(field for field_name, field in fields.items() if field_name == name)


def _values(value: object) -> tuple[str, ...]:
    if isinstance(value, date):
        return (value.isoformat(),)
    if isinstance(value, tuple):
        return tuple(str(each) for each in value)
    return (str(value),)
