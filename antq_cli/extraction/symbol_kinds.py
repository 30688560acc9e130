"""The kinds a number and symbol may belong to."""

from __future__ import annotations

from antq_cli.vietnamese.lexicon import Kind, kind_named, kinds_abbreviated, organs
from antq_cli.vietnamese.text import fold


def kinds_of_symbol(
    family: str, year: int | None, abbreviation: str | None, bodies: tuple[str, ...]
) -> tuple[str, ...]:
    """Names of the kinds, most likely first; empty when the symbol does not tell. Arguments as in `DocumentNumber`."""
    letter = kind_named("cong van")
    plain = (letter.name,) if letter else ()
    if family == "qh":
        names = ("bo luat", "luat", "nghi quyet") if bodies[0].startswith("QH") else ("nghi quyet", "phap lenh")
        return tuple(kind.name for name in names if (kind := kind_named(name)))
    if abbreviation is None:
        is_old = len(bodies) == 1 and fold(bodies[0]) in organs().legacy
        return plain if year is None and not is_old else ()
    return _typed_kinds(family, year, abbreviation, bodies, plain)


def _typed_kinds(
    family: str, year: int | None, printed: str, bodies: tuple[str, ...], plain: tuple[str, ...]
) -> tuple[str, ...]:
    found = kinds_abbreviated(printed)
    exact = [kind for kind in found if printed in kind.all_abbreviations]
    ordered = exact or list(found)
    if family != "party":
        # A Party abbreviation of a kind that has another one elsewhere (quy định: QyĐ) stays with the Party.
        ordered = [kind for kind in ordered if kind.party == () or not kind.abbreviations or _is_own(printed, kind)]
    if year is not None and any(kind.normative for kind in ordered):
        ordered = [kind for kind in ordered if kind.normative]
    if fold(printed) == "tt" and year is None and (family == "party" or _is_of_front(bodies)):
        # A circular of the state has its year; Party and Front number their thông tri without one.
        ordered.sort(key=lambda kind: not kind.party)
    names = tuple(kind.name for kind in ordered)
    if exact and all(printed in kind.older for kind in exact):
        return (*plain, *names)
    return (*names, *plain) if fold(printed) in organs().shared_types and fold(printed) != "ct" else names


def _is_own(printed: str, kind: Kind) -> bool:
    return fold(printed) in map(fold, (*kind.abbreviations, *kind.also, *kind.older))


def _is_of_front(bodies: tuple[str, ...]) -> bool:
    return any(fold(code).startswith(("mt", "ubmt")) for code in bodies)
