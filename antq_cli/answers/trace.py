"""The citation graph around one document: upwards what it rests on, downwards who builds on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from antq_cli.answers.graph import AnswerDocument, incoming, known_of, outgoing
from antq_cli.answers.known import Known, known, known_record, same_document
from antq_cli.answers.records import Library
from antq_cli.archive.records import Record
from antq_cli.model.letter import Reference, Relation

Direction = Literal["up", "down", "both"]
# Depth and size beyond which a drawn graph helps nobody.
DEPTH = 4
MOST_NODES = 500
_TIES = frozenset(Relation) - {Relation.MENTIONS}


@dataclass(frozen=True, slots=True)
class TraceNode:
    """A document of the graph. The root has depth 0 and neither relation nor grounds."""

    document: AnswerDocument
    """The document, archived or not, the relation of its edge, and the quotations that tell of it. `via` is the chain
    of documents between the root and it."""
    depth: int
    direction: Literal["root", "up", "down"]
    """`up`: the document nearer to the root stands in the relation to this one; `down`: this one to the nearer."""
    children: tuple[TraceNode, ...] = ()
    repeated: bool = False
    """True when it stands elsewhere in the tree too and is not followed again: graphs of letters have loops."""

    def walk(self) -> Iterator[TraceNode]:
        """The node and all below it, in the order in which a tree is drawn."""
        yield self
        for child in self.children:
            yield from child.walk()


def trace(
    start: Reference | Record, library: Library, direction: Direction = "both", depth: int = DEPTH
) -> TraceNode | None:
    """The graph around a document; None when the reference means none, or different ones (see `known.known`).

    Mere mentions are shown next to the root only and are not followed.
    """
    if isinstance(start, Record):
        target = known_record(start, library)
    else:
        candidates = known(start, library)
        if len(candidates) != 1:
            return None
        target = candidates[0]
    seen = _Seen([AnswerDocument(target.reference, target.record)])
    children: list[TraceNode] = []
    for way in ("up", "down"):
        if direction in (way, "both"):
            children += _beyond(target, way, 1, depth, (), seen, library)
    return TraceNode(AnswerDocument(target.reference, target.record), 0, "root", tuple(children))


@dataclass(frozen=True, slots=True)
class _Seen:
    documents: list[AnswerDocument]

    def holds(self, document: AnswerDocument) -> bool:
        return any(_is_same(document, earlier) for earlier in self.documents)


def _beyond(
    target: Known,
    way: Literal["up", "down"],
    depth: int,
    limit: int,
    via: tuple[str, ...],
    seen: _Seen,
    library: Library,
) -> list[TraceNode]:
    """The nodes one step further in one direction, with what lies behind them."""
    if depth > limit:
        return []
    relations = frozenset(Relation) if depth == 1 else _TIES
    step = outgoing if way == "up" else incoming
    nodes: list[TraceNode] = []
    for found in step(target, relations, library):
        if len(seen.documents) >= MOST_NODES:
            break
        document = replace(found, via=via)
        repeated = seen.holds(document)
        children: list[TraceNode] = []
        if not repeated:
            seen.documents.append(document)
            if document.relation is not Relation.MENTIONS:
                further = (*via, document.name)
                children = _beyond(known_of(document, library), way, depth + 1, limit, further, seen, library)
        nodes.append(TraceNode(document, depth, way, tuple(children), repeated))
    return nodes


def _is_same(one: AnswerDocument, other: AnswerDocument) -> bool:
    if one.record is not None or other.record is not None:
        return one.record is not None and other.record is not None and one.record.id == other.record.id
    return same_document(one.reference, other.reference)
