"""Bodies: openings that cite, numbered tasks with deadlines, reports with figures, decisions with articles."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.pages.words import capitalised, fill, lowered, table
from samples.generator.letter import Cited

_ROMAN = ("I", "II", "III", "IV", "V")


@dataclass
class Writer:
    """A body being written, and what it has said so far."""

    rng: random.Random
    known: dict[str, str]
    issued: date
    kind: str
    family: str
    citations: list[Cited] = field(default_factory=list)
    deadlines: list[tuple[str, str]] = field(default_factory=list)
    articles: int = 0

    def text(self, pattern: str, **more: str) -> str:
        return fill(pattern, {**self.known, **more}, self.rng)

    def one_of(self, name: str, **more: str) -> str:
        return self.text(self.rng.choice(table("vocabulary")["text"][name]), **more)

    def cite(self, relation: str) -> str:
        """A document that does not exist, in the words in which letters name one."""
        words, rng = table("vocabulary"), self.rng
        by = rng.choice(table("offices")["cited"])
        kind = rng.choice(by["kinds"])
        day = self.issued - timedelta(days=rng.randint(20, 1500))
        digits = f"{rng.choice([rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 2900)]):02d}"
        abbreviation, is_party = words["kinds"][kind], by.get("party", False)
        number = f"{digits}-{abbreviation}/{by['symbol']}" if is_party else f"{digits}/{abbreviation}-{by['symbol']}"
        if by["symbol"] == "TTg":
            number = f"{digits}/{abbreviation}-TTg"
        if any(cited.number == number for cited in self.citations):
            return self.cite(relation)
        self.citations.append(Cited(relation, number, day.isoformat()))
        about = rng.choice(words["themes"])["phrase"] if rng.random() < 0.4 else self.known["theme"]
        pattern = words["forms"]["document_party" if is_party and rng.random() < 0.5 else "document"]
        return pattern.format(kind=capitalised(kind), number=number, day=self.day(day), body=by["body"], theme=about)

    def day(self, day: date, *, long: bool | None = None) -> str:
        """`09/3/2021` or `09 tháng 3 năm 2021`; January and February keep their zero (NĐ 30/2020, Điều 8)."""
        forms = table("vocabulary")["forms"]
        is_long = self.rng.random() < 0.4 if long is None else long
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return str(forms["long_day" if is_long else "short_day"].format(d=day.day, m=month, y=day.year))

    def task(self) -> str:
        """Something somebody has to do, with a deadline at times."""
        if self.rng.random() < 0.3:
            day = self.issued + timedelta(days=self.rng.randint(10, 330))
            words = self.day(day, long=False)
            self.deadlines.append((day.isoformat(), words))
            return capitalised(self.one_of("deadline_task", deadline=words))
        return capitalised(self.one_of("task"))


def write_body(writer: Writer, issuer: list[str]) -> list[str]:
    """Paragraphs in the marks of `Letter.body`."""
    if writer.kind == "quyết định":
        return _decision(writer, issuer)
    if writer.kind == "báo cáo":
        return _report(writer)
    if writer.kind in ("kế hoạch", "chương trình phối hợp") or (
        writer.kind == "hướng dẫn" and writer.rng.random() < 0.6
    ):
        return _plan(writer)
    return _simple(writer)


def _opening(writer: Writer) -> str:
    words, rng = table("vocabulary"), writer.rng
    opener, relation = rng.choice(list(words["bases"].items()))
    cited = [writer.cite(relation)]
    while rng.random() < 0.3 and len(cited) < 3:
        cited.append(writer.cite(relation))
    basis = f"{opener} " + "; ".join(cited)
    return writer.text(rng.choice(words["openings"][writer.kind]), basis=basis, basis_lower=lowered(basis))


def _numbered(writer: Writer, sentences: list[str]) -> list[str]:
    """`1. …` or, of a short list, `- …`."""
    if len(sentences) < 4 and writer.rng.random() < 0.4:
        return [f"- {text}{'.' if n + 1 == len(sentences) else ';'}" for n, text in enumerate(sentences)]
    return [f"{n}. {text}." for n, text in enumerate(sentences, 1)]


def _tasks(writer: Writer, least: int, most: int) -> list[str]:
    rng = writer.rng
    paragraphs: list[str] = []
    for n in range(1, rng.randint(least, most) + 1):
        if rng.random() < 0.25:
            paragraphs.append(f"{n}. {writer.task()}:")
            paragraphs += [f"- {writer.task()}." for _ in range(rng.randint(2, 3))]
        elif rng.random() < 0.2:
            paragraphs.append(f"{n}. {writer.task()}. {capitalised(writer.one_of('task'))}.")
        else:
            paragraphs.append(f"{n}. {writer.task()}.")
    return paragraphs


def _section(writer: Writer, number: int, heading: str) -> str:
    return f"# {_ROMAN[number - 1]}. {writer.rng.choice(table('vocabulary')['headings'][heading])}"


def _simple(writer: Writer) -> list[str]:
    paragraphs = []
    if writer.rng.random() < 0.5 and writer.kind in ("công văn", "chỉ thị", "tờ trình"):
        paragraphs.append(f"{writer.one_of('remark')}.")
    paragraphs.append(_opening(writer))
    paragraphs += _tasks(writer, 2, 8 if writer.kind == "công văn" else 12)
    ends = {"tờ trình": "closing_proposal"}.get(writer.kind, "closing_work")
    return _ended(writer, paragraphs, ends)


def _plan(writer: Writer) -> list[str]:
    rng = writer.rng
    paragraphs = [_opening(writer), _section(writer, 1, "plan_first")]
    aims = [writer.one_of("aim") for _ in range(rng.randint(1, 3))]
    paragraphs += _numbered(
        writer, [capitalised(each) for each in dict.fromkeys(aims)] + [writer.one_of("requirement")]
    )
    paragraphs.append(_section(writer, 2, "plan_second"))
    paragraphs += _tasks(writer, 2, 7)
    number = 3
    if rng.random() < 0.4:
        paragraphs.append(_section(writer, number, "plan_third"))
        paragraphs.append(f"{capitalised(writer.one_of('result'))}.")
        number += 1
    joint = writer.kind == "chương trình phối hợp"
    paragraphs.append(_section(writer, number, "partners" if joint else "plan_last"))
    paragraphs += _tasks(writer, 2, 6)
    return _ended(writer, paragraphs, "closing_work")


def _report(writer: Writer) -> list[str]:
    rng = writer.rng
    paragraphs = [_opening(writer), _section(writer, 1, "report_first")]
    paragraphs.append(f"{writer.one_of('remark')}.")
    if rng.random() < 0.5:
        issued = table("vocabulary")["forms"]["issued"]
        paragraphs.append(writer.text(issued, document=writer.cite("mentions")))
    paragraphs.append(_section(writer, 2, "report_second"))
    paragraphs += _numbered(writer, [capitalised(writer.one_of("result")) for _ in range(rng.randint(2, 7))])
    paragraphs.append(_section(writer, 3, "report_third"))
    paragraphs += [f"- {writer.one_of('weakness')}." for _ in range(rng.randint(1, 3))]
    paragraphs.append(_section(writer, 4, "report_last"))
    paragraphs += _numbered(writer, [writer.task() for _ in range(rng.randint(2, 5))])
    return _ended(writer, paragraphs, "closing_report")


def _decision(writer: Writer, issuer: list[str]) -> list[str]:
    words, rng = table("vocabulary"), writer.rng
    forms = words["decision"]
    paragraphs = [f"^ {line}" for line in issuer]
    for law, day in rng.sample(sorted(words["laws"].items()), rng.randint(1, 3)):
        issued = date.fromisoformat(day)
        if issued < writer.issued:
            writer.citations.append(Cited("based_on", None, day, law))
            paragraphs.append(forms["basis"].format(law=law, day=writer.day(issued, long=True)))
    if rng.random() < 0.7:
        paragraphs.append(forms["basis_document"].format(document=writer.cite("based_on")))
    paragraphs.append(writer.text(forms["proposal_plain"]))
    paragraphs.append(forms["order"])
    articles = [writer.text(rng.choice(forms["first"]))]
    articles += [writer.task() for _ in range(rng.randint(1, 4))]
    articles.append(
        forms["replaces"].format(document=writer.cite("replaces")) if rng.random() < 0.4 else forms["effect"]
    )
    articles.append(writer.text(rng.choice(forms["last"])))
    writer.articles = len(articles)
    for n, text in enumerate(articles, 1):
        paragraphs.append(forms["article"].format(n=n) + text + (words["forms"]["end"] if n == len(articles) else "."))
    return paragraphs


def _ended(writer: Writer, paragraphs: list[str], ends: str) -> list[str]:
    return [*paragraphs, writer.one_of(ends) + table("vocabulary")["forms"]["end"]]
