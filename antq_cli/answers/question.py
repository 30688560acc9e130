"""A question as it was understood: what is asked, and about which document."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from antq_cli.answers.intents import LONGEST, UNKNOWN, Intent, compiled, recognise, vocabulary
from antq_cli.answers.naming import Named, asked_kinds, named_documents, rewritten
from antq_cli.model.letter import Reference
from antq_cli.vietnamese.text import clean, fold, squeeze

_MARKS = re.compile(r"[?!.,;:\"()\[\]{}\u2026*_|\\<>=~^`]")
_TAILS = ("day", "iso", "long", "english", "american", "own_year", "issuer", "subject")
_DATES = ("day", "iso", "long", "english", "american")
_MOST_TAILS = 4


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. Only `text` is certain; everything else is what antq made of it."""

    text: str
    """The question, cleaned, as asked."""
    intent: Intent
    reference: Reference | None = None
    """The document asked about."""
    aspect: str = ""
    """See `intents.Asked`."""
    outgoing: bool = False
    issuer: str = ""
    """The body the asker says issued it, folded."""
    subject: str = ""
    """What the asker says it is about, folded."""
    year: int | None = None
    """The year the asker gives the document."""
    handle: str | None = None
    """Archive number or beginning of an id, when the document is named by one."""
    kinds: tuple[str, ...] = ()
    """The kinds of document wanted as an answer ("kế hoạch nào …"); empty: any."""
    answers_year: int | None = None
    """The year the documents wanted are of."""

    @property
    def words(self) -> tuple[str, ...]:
        """What the asker said of the document beyond its name: issuer, subject, year."""
        return tuple(part for part in (self.issuer, self.subject, str(self.year or "")) if part)

    @property
    def names_a_document(self) -> bool:
        return self.reference is not None or self.handle is not None


@dataclass(frozen=True, slots=True)
class _Tails:
    """What the asker says of the document after naming it: "… ngày 08/5/2019 của UBND tỉnh về …"."""

    issued: date | None = None
    year: int | None = None
    issuer: str = ""
    subject: str = ""


def understand(text: str) -> Question:
    """The question's intent and document. The intent is UNKNOWN when wording or document is not clear beyond doubt."""
    cleaned = squeeze(clean(text))
    unclear = Question(cleaned, Intent.UNKNOWN)
    if not cleaned or len(cleaned) > LONGEST:
        return unclear
    readable = rewritten(cleaned.rstrip(" ?!."))
    for named in named_documents(readable):
        question = _read(cleaned, readable, named)
        if question.intent is not Intent.UNKNOWN:
            return question
        if not unclear.names_a_document:
            unclear = replace(question, intent=Intent.UNKNOWN)
    return unclear


def _read(text: str, readable: str, named: Named) -> Question:
    """The question with one stretch of it taken as the document."""
    before, after = readable[: named.start], readable[named.end :]
    for other in reversed(named.others):
        after = f"{after[: other[0] - named.end]} # {after[other[1] - named.end :]}"
    masked, tails = _without_tails(_plain(f"{before} @ {after}"))
    asked = UNKNOWN if "#" in masked else recognise(_without_politeness(masked))
    within = _tail("within").search(masked)
    reference = named.reference
    if reference is not None and reference.issued is None and tails.issued is not None:
        reference = replace(reference, issued=tails.issued)
    return Question(
        text=text,
        intent=asked.intent,
        reference=reference,
        aspect=asked.aspect,
        outgoing=asked.outgoing,
        issuer=tails.issuer,
        subject=tails.subject,
        year=tails.year,
        handle=named.handle,
        kinds=asked_kinds(masked),
        answers_year=int(within["within"] or within["year"]) if within else None,
    )


def _plain(text: str) -> str:
    """Folded, without marks, one space between words: the form the patterns are written for."""
    return squeeze(_MARKS.sub(" ", fold(text)).replace("'", ""))


def _without_politeness(masked: str) -> str:
    """The question without its polite opening."""
    openings = [compiled(f"^(?:{pattern})(?: |$)") for pattern in vocabulary("polite")["openings"]]
    while True:
        shorter = masked
        for opening in openings:
            shorter = opening.sub("", shorter, count=1)
        if shorter == masked:
            return masked
        masked = shorter


def _without_tails(masked: str) -> tuple[str, _Tails]:
    """The question with "@" alone in place of the document and what is said of it, and what was said."""
    tails = _Tails()
    for _ in range(_MOST_TAILS):
        at = masked.index("@") + 1
        for name in _TAILS:
            match = _tail(name).match(masked, at)
            taken = match and _taken(tails, name, match)
            if match and taken is not None:
                tails = taken
                masked = masked[:at] + masked[match.end() :]
                break
        else:
            break
    return squeeze(masked), tails


def _tail(name: str) -> re.Pattern[str]:
    return compiled(vocabulary("tails")[name])


def _taken(tails: _Tails, name: str, match: re.Match[str]) -> _Tails | None:
    """The tails with one more; None when it is not what it looked like, or was given before."""
    if name in _DATES:
        issued = _date(match)
        return replace(tails, issued=issued) if issued is not None and tails.issued is None else None
    if name == "own_year":
        return replace(tails, year=int(match["year"])) if tails.year is None else None
    if name == "issuer":
        return replace(tails, issuer=match["words"]) if not tails.issuer else None
    return replace(tails, subject=match["words"]) if not tails.subject else None


def _date(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    month = vocabulary("months").get(parts["name"]) if "name" in parts else int(parts["month"])
    try:
        return date(int(parts["year"]), month or 0, int(parts["day"]))
    except ValueError:
        return None
