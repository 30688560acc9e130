"""Which file is what, and which body of form rules it answers to (rulebook 3.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from antq_cli.extraction.numbers import parse_number
from antq_cli.model.letter import DocumentClass, Field, Fields, Form, Regime, State
from antq_cli.model.transcript import Transcript, Zone
from antq_cli.vietnamese.lexicon import kind_named, read_table
from antq_cli.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class _Span:
    regime: Regime
    first: date


@cache
def _timeline(family: str) -> tuple[_Span, ...]:
    rows = read_table("regimes")["regime"]
    spans = [_Span(Regime(row["id"]), row["from"]) for row in rows if row["family"] == family]
    return tuple(sorted(spans, key=lambda span: span.first))


def regime_on(family: str, day: date) -> Regime:
    """The rules of a family in force on a day; UNKNOWN before the first of them."""
    current = Regime.UNKNOWN
    for span in _timeline(family):
        if span.first <= day:
            current = span.regime
    return current


def find_regime(transcript: Transcript, fields: Fields, form: Form, period: tuple[date | None, date | None]) -> Regime:
    """By printed header first, then by the number's shape, then by the body that speaks in the text; then by date."""
    family = _family(transcript, fields, form)
    if family is None:
        return Regime.UNKNOWN
    if family == "union":
        return Regime.OTHER_UNION
    if family == "normative":
        return Regime.VBQPPL
    if fields.date.value is not None:
        return regime_on(family, fields.date.value)
    earliest, latest = period
    if latest is not None:
        return regime_on(family, latest)
    if earliest is not None:
        return regime_on(family, earliest)
    # Nothing dates it: rules of the family's present form hold for what the forms have in common.
    return _timeline(family)[-2].regime if family == "party" else _undated(family)


def _undated(family: str) -> Regime:
    return Regime.STATE_ND30 if family == "state" else Regime.MTTQ_HD91


def _family(transcript: Transcript, fields: Fields, form: Form) -> str | None:
    # A name of which a letter is unsure still tells whose form it is.
    names = [name for field in (fields.issuer_parent, fields.issuer) for name in (field.value, *field.candidates)]
    issuer = fold(" ".join(filter(None, names)))
    families = read_table("regimes")["families"]
    if form.party_title.is_found and not form.national_title.is_found:
        return "party"
    if any(word in issuer for word in families["union"]) and not form.national_title.is_found:
        return "union"
    symbol = parse_number(fields.number.value or form.number_line.value or "")
    if any(word in issuer for word in families["front"]):
        return "front"
    if form.national_title.is_found or form.motto.is_found:
        kind = kind_named(fields.kind.value) if fields.kind.value else None
        if symbol is not None and symbol.year is not None and (kind is None or kind.normative):
            return "normative"
        return "state"
    if symbol is not None:
        organs = fold(" ".join(symbol.organs))
        if symbol.family == "party":
            return "party"
        if any(word in organs for word in families["front"]):
            return "front"
        return "state"
    return _by_voice(transcript, fields, form)


def _by_voice(transcript: Transcript, fields: Fields, form: Form) -> str | None:
    """Without a header: how the signer signs, then the body that asks and orders in the text."""
    if fields.authority.value:
        if re.match(r"\W*[tk]\s?/\s?[mtl]", fold(fields.authority.value)):
            return "party"
        families = read_table("regimes")["families"]
        return "front" if any(word in fold(fields.authority.value) for word in families["front"]) else "state"
    text = fold("\n".join(transcript.slice(p) for p in transcript.in_zones(Zone.BODY, Zone.ADDRESSEES)[:12]))
    speaker = re.search(
        r"(?:^|[.;:]\s|\n)\s?((?:ban thuong truc )?(?:uy ban (?:mttq|mat tran)|ubmttq)|ubnd|uy ban nhan dan"
        r"|tinh uy|huyen uy"
        r"|thanh uy|dang uy|ban thuong vu)[^.;:]{0,80}?\b(?:de nghi|yeu cau|giao|chi dao)\b",
        text,
    )
    if speaker is None:
        return _by_addressees(fields)
    body = speaker.group(1)
    if "mttq" in body or "mat tran" in body:
        return "front"
    return "state" if body.startswith(("ubnd", "uy ban nhan dan")) else "party"


def _by_addressees(fields: Fields) -> str | None:
    """An extract that speaks to bodies of the Front alone comes from the Front."""
    front = read_table("regimes")["families"]["front"]
    named = [fold(name) for name in fields.addressees.value or ()]
    return "front" if named and all("mat tran" in name or any(w in name for w in front) for name in named) else None


def find_class(transcript: Transcript, fields: Fields, form: Form, unseen: tuple[str, ...]) -> DocumentClass:
    """Letter, excerpt, news, annex, draft, copy or other, by what is printed."""
    has_header = "header" not in unseen
    has_directive = form.addressees_label.is_found or form.recipients_label.is_found or fields.recipients.is_found
    if form.news.is_found and not has_header and not has_directive:
        return DocumentClass.NEWS
    if form.annex.is_found and not has_header and _annex_first(transcript, form):
        return DocumentClass.ANNEX
    if form.draft.is_found:
        return DocumentClass.DRAFT
    if form.copy.is_found:
        return DocumentClass.COPY
    if has_header and (form.number_line.is_found or form.national_title.is_found or form.party_title.is_found):
        return DocumentClass.LETTER
    if has_directive or form.signature.is_found or _gives_orders(transcript, form):
        return DocumentClass.EXCERPT if "header" in unseen else DocumentClass.LETTER
    return DocumentClass.OTHER


def _annex_first(transcript: Transcript, form: Form) -> bool:
    """The annex's heading stands before any other text of weight."""
    place = form.annex.evidence[0].start
    return 0 <= place < max(200, len(transcript.text) // 5)


def _gives_orders(transcript: Transcript, form: Form) -> bool:
    """A body that names its basis and then asks, in the first person of a body, is a letter's body."""
    body = fold(" ".join(transcript.slice(p) for p in transcript.in_zones(Zone.BODY)[:4]))
    return form.basis.is_found and bool(re.search(r"\b(?:de nghi|yeu cau|bao cao ket qua)\b", body))


def unseen_zones(transcript: Transcript, form: Form, number: Field[str]) -> tuple[str, ...]:
    """Zones the file does not hold at all."""
    zones = []
    if not transcript.in_zones(Zone.HEADER_LEFT, Zone.HEADER_RIGHT):
        zones.append("header")
    if form.signature.state is State.ABSENT:
        zones.append("signature")
    # A letter that is signed ends there: without a list of recipients it has none, and that is a fault, not an extract.
    if not transcript.in_zones(Zone.RECIPIENTS) and not form.signature.is_found:
        zones.append("recipients")
    return tuple(zones)
