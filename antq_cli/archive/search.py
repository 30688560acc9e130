"""A search from the understood query to hits with snippets."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from antq_cli.archive.catalogue import Catalogue
from antq_cli.archive.query import Query
from antq_cli.archive.records import Hit, SearchResult
from antq_cli.archive.snippets import snippet
from antq_cli.archive.text_index import Ranked, TextIndex


def search(
    catalogue: Catalogue, index: TextIndex, query: Query, allowed: Collection[int] | None, limit: int
) -> SearchResult:
    """The best documents; when none holds all the words, those that hold some, and the result says so."""

    @cache
    def spoken(seq: int) -> str:
        return catalogue.spoken(seq)

    def holds(seq: int, words: str) -> bool:
        return f" {words} " in spoken(seq)

    relaxed = False
    ranked = Ranked((), 0)
    if allowed is None or allowed:
        ranked = index.search(query, limit, allowed=allowed, holds=holds)
        if not ranked.total and len(query.clauses) > 1:
            ranked = index.search(query, limit, allowed=allowed, holds=holds, any_word=True)
            relaxed = ranked.total > 0
    records = catalogue.by_seq([seq for seq, _ in ranked.best])
    hits: list[Hit] = []
    for rank, (seq, score) in enumerate(ranked.best, 1):
        shown = snippet(catalogue.texts(seq), query)
        hits.append(Hit(rank, score, records[seq], shown.page, shown.text))
    pending = len(catalogue.changed_since(index.mark.generation))
    return SearchResult(tuple(hits), ranked.total, relaxed, pending)
