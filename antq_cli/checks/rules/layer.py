"""What the text of a file says against what its pages show."""

from __future__ import annotations

from collections.abc import Iterator

from antq_cli.checks.rule import Context, Fault, fault, rule
from antq_cli.model.finding import Severity
from antq_cli.model.letter import DocumentClass, Letter
from antq_cli.model.transcript import Evidence

_HIDDEN = "hidden_text"


@rule("TEXT_LAYER_MISMATCH", Severity.WARNING, "recognition", classes=frozenset(DocumentClass))
def layer_differs(letter: Letter, context: Context) -> Iterator[Fault]:
    """The text that a search or a copy finds is not the text on the page: one of the two deceives.

    Said for every place that a field rests on; such a field is not claimed, and no other rule judges it.
    """
    for page in letter.transcript.document.pages:
        for dispute in page.disputes:
            place = Evidence(page.number, dispute.box, dispute.layer)
            variant = "" if dispute.seen else "nothing"
            yield fault((place,), layer=dispute.layer, seen=dispute.seen, variant=variant)


@rule("TEXT_LAYER_HIDDEN", Severity.INFO, "recognition", classes=frozenset(DocumentClass))
def layer_hides(letter: Letter, context: Context) -> Iterator[Fault]:
    """The page holds text that nobody sees: white on white, covered, transparent or too small; it was left out."""
    hiding = [page.number for page in letter.transcript.document.pages if _HIDDEN in page.notes]
    if hiding:
        yield fault(pages=", ".join(map(str, hiding)))


RULES = (layer_differs, layer_hides)
