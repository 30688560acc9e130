"""The citation graph around a document as a tree."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from antq_cli.answers.trace import TraceNode
from antq_cli.answers.wording import name as document_name
from antq_cli.messages import Language, say
from antq_cli.render.console import out, show_line, width
from antq_cli.render.safe import safe

_GUIDES = ("├── ", "│   ", "└── ", "    ")
_LEAST_NAME = 12
_PLAIN_GUIDES = ("+-- ", "|   ", "`-- ", "    ")


def show_trace(root: TraceNode, language: Language) -> None:
    """What the document rests on, then who rests on it."""
    show_line(_name(root, language, 0, is_root=True))
    ways = [
        (way, children)
        for way in ("up", "down")
        if (children := [child for child in root.children if child.direction == way])
    ]
    guides = _GUIDES if out().encoding.lower().startswith("utf") else _PLAIN_GUIDES
    for number, (way, children) in enumerate(ways, 1):
        branch, before = _guides(guides, "", is_last=number == len(ways))
        out().print(Text(branch) + Text(say(f"trace.{way}", language), style="bold cyan"))
        _show_children(children, before, guides, language)
    if not ways:
        show_line(Text(say("trace.alone", language), style="dim"))


def _show_children(children: Sequence[TraceNode], before: str, guides: Sequence[str], language: Language) -> None:
    for number, child in enumerate(children, 1):
        branch, below = _guides(guides, before, is_last=number == len(children))
        show_line(Text(branch) + _name(child, language, len(branch), is_root=False), cut=True)
        if child.document.grounds:
            evidence = child.document.grounds[0].evidence
            rail = below + (guides[1] if child.children else guides[3])
            quote = say("show.at_page", language, page=evidence.page, quote=safe(evidence.quote))
            show_line(Text(rail) + Text(quote, style="dim"), cut=True)
        _show_children(child.children, below, guides, language)


def _guides(guides: Sequence[str], before: str, *, is_last: bool) -> tuple[str, str]:
    """What stands before a node, and before all that hangs below it."""
    fork, rail, corner, blank = guides
    return (before + corner, before + blank) if is_last else (before + fork, before + rail)


def _name(node: TraceNode, language: Language, indent: int, *, is_root: bool) -> Text:
    """Relation, name, and whether it is archived; on a narrow terminal the name gives way."""
    document = node.document
    before = Text()
    if document.relation is not None:
        before.append(say(f"relation.{document.relation.value}", language) + ": ", style="cyan")
    after = Text()
    if document.record is None:
        after.append(" " + say("trace.root_only_cited", language), style="yellow")
    else:
        after.append(" " + say("show.archived_as", language, seq=document.record.seq), style="green")
    if node.repeated:
        after.append(" " + say("trace.repeated", language), style="dim")
    name = Text(safe(document_name(document.reference, language, document.record)), style="bold" if is_root else "")
    columns = width()
    if columns is not None:
        room = columns - indent - before.cell_len - after.cell_len
        name.truncate(max(room, _LEAST_NAME), overflow="ellipsis")
    return before + name + after
