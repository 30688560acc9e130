"""From our query to Whoosh's matchers, and the walk over what they match."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Collection
from itertools import count
from typing import Any

from whoosh import matching, query
from whoosh.searching import Searcher

from antq_cli.archive.analysis import key_prefixes, pairs
from antq_cli.archive.query import Clause, Group, Leaf, Number, Phrase, Prefix, Query, ShortForm, Word, words_of
from antq_cli.archive.text_index import Ranked
from antq_cli.errors import UsageError

QUERY_SECONDS = 2.0
"""Time of the processor, not of the clock: a machine that is busy with other things does not refuse a good query."""
PREFIX_TERMS = 500

# What a match is worth. A word as typed, with its diacritics, outweighs any number of its folded likenesses; a
# document's own number outweighs all words.
_EXACT = 6.0
_TITLE = 2.0
_PAIR = 1.0
_OWN, _OWN_LEFT, _CITED, _CITED_LEFT = 200.0, 100.0, 40.0, 20.0

Holds = Callable[[int, str], bool]


def rank(
    searcher: Searcher,
    asked: Query,
    limit: int,
    *,
    allowed: Collection[int] | None,
    holds: Holds,
    any_word: bool,
) -> Ranked:
    """Score every document that matches. Raises UsageError("query_too_slow") when that takes too long."""
    deadline = time.thread_time() + QUERY_SECONDS
    required, wished, excluded = _trees(searcher, asked, holds, deadline, any_word)
    best: list[tuple[float, int]] = []
    total = 0
    for part, _ in searcher.leaf_searchers():
        if not part.doc_count_all():
            continue
        seqs = part.reader().column_reader("seq")
        barred = frozenset(excluded.matcher(part, searcher.boolean_context()).all_ids())
        matcher = required.matcher(part, searcher.context())
        extra = wished.matcher(part, searcher.context())
        _check(deadline)
        # Whoosh's own AndNot and AndMaybe go wrong on their first document; two sorted lists need neither.
        for step in count(1):
            if not matcher.is_active():
                break
            at = matcher.id()
            seq = seqs[at]
            if at not in barred and (allowed is None or seq in allowed):
                total += 1
                if extra.is_active() and extra.id() < at:
                    extra.skip_to(at)
                bonus = extra.score() if extra.is_active() and extra.id() == at else 0.0
                # Of equal scores the newer document is the better.
                candidate = (round(matcher.score() + bonus, 6), seq)
                if len(best) < limit:
                    heapq.heappush(best, candidate)
                elif limit and candidate > best[0]:
                    heapq.heapreplace(best, candidate)
            matcher.next()
            if step % 256 == 0:
                _check(deadline)
    return Ranked(tuple((seq, score) for score, seq in sorted(best, reverse=True)), total)


def _check(deadline: float) -> None:
    if time.thread_time() > deadline:
        raise UsageError("query_too_slow", seconds=int(QUERY_SECONDS))


def _trees(
    searcher: Searcher, asked: Query, holds: Holds, deadline: float, any_word: bool
) -> tuple[query.Query, query.Query, query.Query]:
    """What a document must match, what raises it, and what it may not match."""

    def leaf(item: Leaf) -> query.Query:
        match item:
            case Word(word, _):
                return query.Term("word", word)
            case Prefix(stem):
                return _prefix(searcher, stem)
            case Phrase(words):
                return _Neighbours([word.word for word in words], holds, deadline)
            case ShortForm(keys, words):
                return _any([*_left(keys), _all([query.Term("word", word.word) for word in words])])
            case Number(key, phrase):
                return _number(key, _Neighbours([word.word for word in phrase.words], holds, deadline))

    def group(item: Group) -> query.Query:
        return _all([leaf(part) for part in item.leaves])

    def clause(item: Clause) -> query.Query:
        return _any([group(part) for part in item.groups])

    loose = [item for item in asked.clauses if any_word and _is_plain(item)]
    strict = [item for item in asked.clauses if item not in loose]
    wished = _wishes(asked)
    if strict:
        required = _all([clause(item) for item in strict])
        wished += [clause(item) for item in loose]
    elif loose:
        required = _any([clause(item) for item in loose])
    else:
        required = query.Every()
    return required, _any(wished), _any([group(item) for item in asked.excluded])


def _is_plain(item: Clause) -> bool:
    return all(isinstance(leaf, Word | ShortForm) for group in item.groups for leaf in group.leaves)


def _wishes(asked: Query) -> list[query.Query]:
    """What raises a document that matches: words as typed, words in the subject, words that stand together."""
    wished: dict[query.Query, None] = {}
    for word in asked.words:
        if word.exact != word.word:
            wished[query.Term("exact", word.exact, boost=_EXACT)] = None
        wished[query.Term("title", word.word, boost=_TITLE)] = None
        if word.word.isdigit():
            wished[query.Term("own_left", word.word, boost=_TITLE)] = None
    neighbours = [word.word for leaf in asked.leaves if isinstance(leaf, Word | ShortForm) for word in words_of(leaf)]
    for pair in pairs(neighbours):
        wished[query.Term("pair", pair, boost=_PAIR)] = None
    return list(wished)


def _number(key: str, words: query.Query) -> query.Query:
    whole = key_prefixes(key)[-1]
    return query.Or(
        [
            query.Term("own", whole, boost=_OWN),
            query.Term("own_left", key, boost=_OWN_LEFT),
            query.Term("cited", whole, boost=_CITED),
            query.Term("cited_left", key, boost=_CITED_LEFT),
            words,
        ]
    )


def _left(keys: tuple[str, ...]) -> list[query.Query]:
    own = [query.Term("own_left", key, boost=_OWN_LEFT) for key in keys]
    return [*own, *(query.Term("cited_left", key, boost=_CITED_LEFT) for key in keys)]


def _prefix(searcher: Searcher, stem: str) -> query.Query:
    reader = searcher.reader()
    found = list(reader.expand_prefix("word", stem.encode()))
    if len(found) > PREFIX_TERMS:
        found = heapq.nlargest(PREFIX_TERMS, found, key=lambda term: reader.doc_frequency("word", term))
    return _any([query.Term("word", term.decode()) for term in found])


def _all(parts: list[query.Query]) -> query.Query:
    return parts[0] if len(parts) == 1 else query.And(parts)


def _any(parts: list[query.Query]) -> query.Query:
    if not parts:
        return query.NullQuery
    return parts[0] if len(parts) == 1 else query.Or(parts)


class _Neighbours(query.Query):  # type: ignore[misc]
    """Documents that hold these words one after the other.

    The pairs find candidates; of three words and more each candidate is looked up, because "a b" and "b c" may stand
    far apart.
    """

    def __init__(self, words: list[str], holds: Holds, deadline: float) -> None:
        self._words = words
        self._holds = holds
        self._deadline = deadline
        self.boost = 1.0

    def __repr__(self) -> str:
        return f"_Neighbours({self._words!r})"

    def __hash__(self) -> int:
        return hash(tuple(self._words))

    def estimate_size(self, reader: Any) -> int:
        return int(self._pairs().estimate_size(reader))

    def _pairs(self) -> query.Query:
        if len(self._words) == 1:
            return query.Term("word", self._words[0])
        return _all([query.Term("pair", pair) for pair in dict.fromkeys(pairs(self._words))])

    def matcher(self, searcher: Searcher, context: Any = None) -> Any:
        candidates = self._pairs().matcher(searcher, context)
        if len(self._words) < 3:
            return candidates
        seqs = searcher.reader().column_reader("seq")
        wanted = " ".join(self._words)
        ids: list[int] = []
        scores: list[float] = []
        while candidates.is_active():
            if self._holds(seqs[candidates.id()], wanted):
                ids.append(candidates.id())
                scores.append(candidates.score())
            candidates.next()
            _check(self._deadline)
        return matching.ListMatcher(ids, weights=scores) if ids else matching.NullMatcher()
