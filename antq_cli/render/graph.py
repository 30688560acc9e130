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
_PLAIN_GUIDES = ("+-- ", "|   ", "`-- ", "    ")


def show_trace(root: TraceNode, language: Language) -> None:
    """What the document rests on, then who rests on it."""
    show_line(_name(root, language, is_root=True))
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
        show_line(Text(branch) + _name(child, language, is_root=False), cut=True)
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


def _name(node: TraceNode, language: Language, *, is_root: bool) -> Text:
    document = node.document
    line = Text()
    if document.relation is not None:
        line.append(say(f"relation.{document.relation.value}", language) + ": ", style="cyan")
    name = safe(document_name(document.reference, language, document.record))
    columns = width()
    if columns is not None and len(name) > max(30, columns - 45):
        name = name[: max(30, columns - 45)].rstrip() + "…"
    line.append(name, style="bold" if is_root else "")
    if document.record is None:
        line.append(" " + say("trace.root_only_cited", language), style="yellow")
    else:
        line.append(" " + say("show.archived_as", language, seq=document.record.seq), style="green")
    if node.repeated:
        line.append(" " + say("trace.repeated", language), style="dim")
    return line
