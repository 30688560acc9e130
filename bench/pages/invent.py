"""Invents letters: who writes, what about, what it rests on, who must do what by when, who signs."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bench.pages.body import Writer, write_body
from bench.pages.words import capitalised, fill, lowered, person, place, table
from samples.generator.flow import balanced
from samples.generator.letter import Arrival, Letter, Signature

_FIRST_DAY, _LAST_DAY = date(2020, 4, 1), date(2024, 12, 20)
"""Days of one set of rules each for state, Front and Party, so that the regime is plain."""
_REGIMES = {"state": "STATE_ND30", "front": "MTTQ_HD91", "party": "PARTY_HD36"}
_HEAD_WIDTH = 66.0
"""Room for a line of the issuer's name, in mm."""
_REPORTS = ("báo cáo", "tờ trình")
_UNADDRESSED = ("quyết định", "chỉ thị", "kết luận", "nghị quyết", "chương trình phối hợp", "kế hoạch", "thông báo")


@dataclass(frozen=True, slots=True)
class Invented:
    """A letter and what its body says beyond the fields of `Letter`."""

    letter: Letter
    office: str
    """Its kind: `state_province`, `party` …"""
    deadlines: tuple[tuple[str, str], ...]
    """Day (ISO 8601) and words of each deadline, in the order of the text."""


def letters(count: int, seed: int, *, pen: float = 0.5) -> list[Invented]:
    """`count` letters; the same seed gives the same. `pen` is the share whose number and day are written by hand.

    A longer list begins with the shorter one of the same seed.
    """
    return [
        invent(random.Random(f"letter/{seed}/{index}"), f"L{seed}-{index:03d}.pdf", pen=pen) for index in range(count)
    ]


def invent(rng: random.Random, file: str, *, pen: float = 0.5) -> Invented:
    """One letter named `file`."""
    words = table("vocabulary")
    office = rng.choices(table("offices")["offices"], [each["share"] for each in table("offices")["offices"]])[0]
    theme = rng.choice(words["themes"])
    kind = rng.choice(office["kinds"])
    issued = _FIRST_DAY + timedelta(days=rng.randrange((_LAST_DAY - _FIRST_DAY).days))
    province = rng.choice(words["places"]["provinces"]) if rng.random() < 0.6 else place(rng)
    names = _names(province, theme["department"], rng)
    head = rng.randrange(len(office["heads"]))
    parent, issuer = office["heads"][head]
    body = names["dep"] if office["body"] == "{dep}" else office["body"]
    known = _known(office, theme, body, kind, issued, rng)
    writer = Writer(rng, known, issued, kind, office["family"])
    subject = fill(rng.choice(words["subjects"][kind]), known, rng)
    paragraphs = write_body(writer, [office["seal"].format(**names)] if kind == "quyết định" else [])
    left, top = _arrival_corner(rng)
    arrival = Arrival(
        f"UBND HUYỆN {place(rng).upper()}",
        str(rng.randint(3, 2900)),
        f"{issued + timedelta(days=rng.randint(1, 6)):%d/%m/%Y}",
        left,
        top,
    )
    has_arrival = rng.random() < 0.1 and kind == "công văn" and office["family"] != "party"
    letter = Letter(
        file=file,
        family=office["family"],
        document_class="letter",
        regime=_REGIMES[office["family"]],
        parent=_lines(parent, names),
        issuer=_lines(issuer, names),
        number=_number(office, head, kind, names, rng),
        kind=kind,
        subject=lowered(subject) if kind == "công văn" else subject,
        place=office["place"].format(**names),
        date=issued.isoformat(),
        addressees=_addressees(office, kind, known, rng),
        body=tuple(paragraphs),
        recipients=_recipients(office, kind, writer, rng),
        signatures=_signatures(office, names, rng),
        handwritten=_handwritten(rng, pen),
        arrival=arrival if has_arrival else None,
        gap=top - 40.0 + 12.0 if has_arrival else 0.0,
        page_numbers=rng.choice(["top", "top", "top", "bottom", "none"]),
        size=rng.choice([13.0, 13.5, 14.0, 14.0]),
        line=rng.choice([16.5, 17.5, 18.0, 19.0, 20.0]),
        citations=tuple(writer.citations),
        seed=rng.randrange(1, 1 << 30),
    )
    return Invented(letter, office["name"], tuple(writer.deadlines))


def _names(province: str, department: str, rng: random.Random) -> dict[str, str]:
    departments = table("vocabulary")["departments"]
    own = department if department in departments else rng.choice(sorted(departments))
    district, commune = place(rng), place(rng)
    return {
        "p": province,
        "P": province.upper(),
        "d": district,
        "D": district.upper(),
        "c": commune,
        "C": commune.upper(),
        "dep": own,
        "DEP": own.upper(),
        "dsym": departments[own],
    }


def _known(
    office: dict[str, Any], theme: dict[str, str], body: str, kind: str, issued: date, rng: random.Random
) -> dict[str, str]:
    first = issued.year + rng.choice([0, 0, 1])
    return {
        "theme": theme["phrase"],
        "department": theme["department"],
        "body": body,
        "body_cap": capitalised(body),
        "area": office["area"],
        "upper": office["area"],
        "self": capitalised(kind) + " này" if kind != "công văn" else "công văn này",
        "year": str(issued.year),
        "lastyear": str(issued.year - 1),
        "period": f"{first} - {first + rng.choice([3, 5])}",
        "half": rng.choice(table("vocabulary")["forms"]["halves"]),
        "audience": table("vocabulary")["audience"][office["name"]],
        "pastday": f"{issued - timedelta(days=rng.randint(2, 9)):%d/%m/%Y}",
    }


def _lines(patterns: list[str], names: dict[str, str]) -> tuple[str, ...]:
    """Each line of the head, broken again where it is too long."""
    return tuple(line for each in patterns for line in balanced(each.format(**names), "Bold", 12, _HEAD_WIDTH))


def _number(office: dict[str, Any], head: int, kind: str, names: dict[str, str], rng: random.Random) -> str:
    words = table("vocabulary")
    count = rng.choice([rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 999), rng.randint(1000, 6999)])
    digits = f"{count:02d}"
    symbol = office.get("symbols", [office["symbol"]] * (head + 1))[head].format(**names)
    if office["family"] == "party":
        return f"{digits}-{words['kinds'].get(kind, 'CV')}/{symbol}"
    if kind == "công văn":
        is_joined = "-" in symbol or rng.random() < 0.1
        return f"{digits}/{symbol}" if is_joined else f"{digits}/{symbol}-{rng.choice(words['units']['symbols'])}"
    return f"{digits}/{words['kinds'][kind]}-{symbol}"


def _addressees(office: dict[str, Any], kind: str, known: dict[str, str], rng: random.Random) -> tuple[str, ...]:
    pools = table("vocabulary")["addressees"]
    if kind in _REPORTS:
        return (fill(rng.choice(pools[f"above_{office['name']}"]), known, rng),)
    if kind in _UNADDRESSED:
        return ()
    pool = [fill(each, known, rng) for each in pools[office["name"]]]
    if kind == "hướng dẫn" and rng.random() < 0.5:
        return ()
    chosen = rng.sample(pool, rng.randint(1, len(pool)))
    return tuple(dict.fromkeys(sorted(chosen, key=pool.index)))


def _recipients(office: dict[str, Any], kind: str, writer: Writer, rng: random.Random) -> tuple[str, ...]:
    words = table("vocabulary")
    pools = words["recipients"]
    listed: list[str] = []
    if kind in ("công văn", *_REPORTS):
        listed.append(rng.choice(pools["as_above"]))
    if kind == "quyết định":
        listed.append(words["decision"]["as_article"].format(n=writer.articles))
    for level in ("superior", "level", "below"):
        pool = [fill(each, writer.known, rng) for each in pools[f"{level}_{office['name']}"]]
        most = min(len(pool), 3)
        chosen = rng.sample(pool, rng.randint(0 if listed else 1, most))
        listed += sorted(chosen, key=pool.index)
    filing = pools["filing_party" if office["family"] == "party" else "filing"]
    spare = {"unit": rng.choice(words["units"]["symbols"]), "drafter": rng.choice(words["units"]["drafters"])}
    spare["drafter"] = (
        " " if spare["drafter"].startswith("(") else ", " if spare["drafter"] and rng.random() < 0.5 else ""
    ) + spare["drafter"]
    return (*dict.fromkeys(listed), fill(rng.choice(filing), spare, rng))[-11:]


def _signatures(office: dict[str, Any], names: dict[str, str], rng: random.Random) -> tuple[Signature, ...]:
    blocks = [_signature(office["signing"], office["seal"], office.get("ranks", [""]), names, rng)]
    if office.get("joint"):
        blocks.insert(0, _signature(office["signing_left"], office["seal_left"], office["ranks_left"], names, rng))
    return tuple(blocks)


def _signature(choices: list[Any], seal: str, ranks: list[str], names: dict[str, str], rng: random.Random) -> Signature:
    authority, position = rng.choice(choices)
    name = f"{rng.choice(ranks)} {person(rng)}".strip()
    return Signature(tuple(authority), position, name, seal.format(**names))


def _handwritten(rng: random.Random, pen: float) -> tuple[str, ...]:
    if rng.random() >= pen:
        return ()
    return rng.choice([("number", "date"), ("number", "date"), ("number", "date"), ("date",), ("number",)])


def _arrival_corner(rng: random.Random) -> tuple[float, float]:
    return rng.uniform(30.0, 38.0), rng.uniform(60.0, 66.0)


def without_pen(letter: Letter) -> Letter:
    """The same letter with its number and day typed."""
    return replace(letter, handwritten=())
