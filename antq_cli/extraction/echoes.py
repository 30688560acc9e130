"""A letter says its names twice: words of the head that OCR read badly are mended by the letter's own body.

"HUYẸN AN TUYEN" in the head, "Ủy ban nhân dân huyện An Tuyền" below: the body is the better witness, for it says the
name in small letters and more than once. A word is mended only by words that stand beside the same neighbours, were
read with confidence, can be Vietnamese, and all say the same. Digits and abbreviations are never touched.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from antq_cli.extraction.field import SURE, is_from_scan
from antq_cli.model.transcript import Transcript, Zone
from antq_cli.vietnamese.syllables import is_syllable
from antq_cli.vietnamese.text import fold, is_upper

WITNESS = 0.8
"""Least confidence of a word that mends another."""
DOUBTED = 0.6
"""Confidence below which even a letter, not only a mark, may be mended."""
AGREED = 2
"""So many witnesses outweigh a word that was read with confidence; one does for a word that was not."""
_EDGE = " .,;:'\"*_|^~`“”‘’–—=<>«»[]{}()°•·-"
_ZONES = (Zone.HEADER_RIGHT, Zone.TITLE, Zone.ADDRESSEES, Zone.BODY)
_Context = tuple[str, str, str]
"""Which neighbours, and the two folded words there."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A word as read, folded, with its neighbours: two before, two after (empty beyond the ends)."""

    text: str
    folded: str
    before: tuple[str, str]
    after: tuple[str, str]
    confidence: float

    def beside(self) -> Iterator[_Context]:
        """One neighbour each."""
        yield "<", "", self.before[1]
        yield ">", self.after[0], ""

    def between(self) -> Iterator[_Context]:
        """Two neighbours each."""
        yield "<>", self.before[1], self.after[0]
        yield "<<", self.before[0], self.before[1]
        yield ">>", self.after[0], self.after[1]


_Witnesses = Mapping[_Context, Counter[str]]
"""Spellings in small letters that stand between these words, with how often they do."""


def corrections(transcript: Transcript, spans: Sequence[tuple[int, int]]) -> dict[str, str]:
    """Words of these stretches, as read, with the spelling that the rest of the letter gives them."""
    if not spans or not is_from_scan(transcript, spans[0][0]):
        return {}
    said = [word for word in _said(transcript, spans) if word.text.isalpha() and len(word.text) > 1]
    if not said:
        return {}
    witnesses = _witnesses(transcript, spans)
    found = {word.text: _spelling(word, witnesses) for word in said}
    return {old: new for old, new in found.items() if new is not None and new != old.lower()}


def mended(text: str, known: Mapping[str, str]) -> str:
    """The text with these words in their new spelling and their old case."""
    cores = ((word, word.strip(_EDGE)) for word in text.split())
    return " ".join(_cased(word, known[core]) if core in known else word for word, core in cores)


def _said(transcript: Transcript, spans: Sequence[tuple[int, int]]) -> list[_Said]:
    """The words of these stretches as one text; marks that stand alone are passed over."""
    words = [(w.text.strip(_EDGE), w.confidence) for start, end in spans for w in transcript.words(start, end)]
    words = [(text, confidence) for text, confidence in words if any(c.isalnum() for c in text)]
    folded = ["", "", *(fold(text) for text, _ in words), "", ""]
    return [
        _Said(text, folded[n + 2], (folded[n], folded[n + 1]), (folded[n + 3], folded[n + 4]), confidence)
        for n, (text, confidence) in enumerate(words)
    ]


def _witnesses(transcript: Transcript, spans: Sequence[tuple[int, int]]) -> _Witnesses:
    found: dict[_Context, Counter[str]] = defaultdict(Counter)
    for stretch in _stretches(transcript):
        if any(start < stretch[-1][1] and stretch[0][0] < end for start, end in spans):
            continue
        for word in _said(transcript, stretch):
            if word.confidence >= WITNESS and is_syllable(word.text):
                for context in (*word.beside(), *word.between()):
                    found[context][word.text.lower()] += 1
    return found


def _stretches(transcript: Transcript) -> Iterator[list[tuple[int, int]]]:
    """Paragraphs one by one, the lines of a title together."""
    title = [(paragraph.start, paragraph.end) for paragraph in transcript.in_zones(Zone.TITLE)]
    if title:
        yield title
    for paragraph in transcript.in_zones(*_ZONES):
        if paragraph.zone is not Zone.TITLE:
            yield [(paragraph.start, paragraph.end)]


def _spelling(word: _Said, witnesses: _Witnesses) -> str | None:
    """What the witnesses say stands there; None when they say nothing, or not the same."""
    is_weak = word.confidence < SURE or not is_syllable(word.text)
    contexts = [context for context in (*word.between(), *(word.beside() if is_weak else ())) if _is_whole(context)]
    votes = {text: count for text, count in _votes(contexts, witnesses).items() if fold(text) == word.folded}
    own = votes.pop(word.text.lower(), 0)
    if len(votes) == 1 and not own:
        spelling, count = votes.popitem()
        return spelling if is_weak or count >= AGREED else None
    if votes or own or (word.confidence >= DOUBTED and is_syllable(word.text)):
        return None
    near = {
        text
        for text in _votes([context for context in word.between() if _is_whole(context)], witnesses)
        if Levenshtein.distance(fold(text), word.folded, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


def _is_whole(context: _Context) -> bool:
    """Every neighbour that this context is about is there."""
    which, first, second = context
    return bool(second) if which == "<" else bool(first) if which == ">" else bool(first and second)


def _votes(contexts: Sequence[_Context], witnesses: _Witnesses) -> Counter[str]:
    """How often each spelling stands in the context that knows it best."""
    votes: Counter[str] = Counter()
    for context in contexts:
        for text, count in witnesses.get(context, {}).items():
            votes[text] = max(votes[text], count)
    return votes


def _cased(old: str, new: str) -> str:
    """The new word in the old one's case, with the marks around it kept."""
    core = old.strip(_EDGE)
    start = old.index(core)
    if is_upper(core):
        new = new.upper()
    elif core[0].isupper():
        new = new[0].upper() + new[1:]
    return old[:start] + new + old[start + len(core) :]
