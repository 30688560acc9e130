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
    start: int
    """Offset of the word in the transcript."""

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


def corrections(transcript: Transcript, spans: Sequence[tuple[int, int]]) -> dict[int, str]:
    """The spelling that the rest of the letter gives to words of these stretches, by the offset of the word.

    One word as read may stand for two (`tai` for `tài` and for `tại`), so each place has its own.
    """
    if not spans or not is_from_scan(transcript, spans[0][0]):
        return {}
    said = [word for word in _said(transcript, spans) if word.text.isalpha() and len(word.text) > 1]
    if not said:
        return {}
    witnesses = _witnesses(transcript, spans)
    found = ((word, _spelling(word, witnesses)) for word in said)
    return {word.start: new for word, new in found if new is not None and new != word.text.lower()}


def mended(transcript: Transcript, text: str, spans: Sequence[tuple[int, int]], known: Mapping[int, str]) -> str:
    """A text made of the words of these stretches with those at the known offsets in new spelling and old case.

    Words that the text has of its own, or lacks, are passed over.
    """
    tokens = [token for start, end in spans for token in transcript.tokens_in(start, end)]
    printed = [transcript.text[token.start : token.end].strip(_EDGE) for token in tokens]
    words = text.split()
    for same in Levenshtein.opcodes([word.strip(_EDGE) for word in words], printed):
        if same.tag != "equal":
            continue
        for own, other in zip(range(same.src_start, same.src_end), range(same.dest_start, same.dest_end), strict=True):
            spelling = known.get(tokens[other].start)
            if spelling is not None:
                words[own] = _cased(words[own], spelling)
    return " ".join(words)


def _said(transcript: Transcript, spans: Sequence[tuple[int, int]]) -> list[_Said]:
    """The words of these stretches as one text; marks that stand alone are passed over."""
    tokens = [token for start, end in spans for token in transcript.tokens_in(start, end)]
    read = [(transcript.document.pages[token.page].words[token.word], token.start) for token in tokens]
    words = [(word.text.strip(_EDGE), word.confidence, start) for word, start in read]
    words = [word for word in words if any(c.isalnum() for c in word[0])]
    folded = ["", "", *(fold(text) for text, _, _ in words), "", ""]
    return [
        _Said(text, folded[n + 2], (folded[n], folded[n + 1]), (folded[n + 3], folded[n + 4]), confidence, start)
        for n, (text, confidence, start) in enumerate(words)
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
        spelling, _ = votes.popitem()
        # What was read with confidence and can be Vietnamese stands as printed, however often others read it otherwise.
        return spelling if is_weak else None
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
