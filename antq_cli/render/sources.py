"""Where a rule is written, for a document of a certain regime."""

from __future__ import annotations

from antq_cli.checks.rules import RULES
from antq_cli.model.letter import Regime

_BY_ID = {rule.id: rule for rule in RULES}


def source_text(rule_id: str, regime: Regime) -> str:
    """The act and the place in it that the rule rests on for a document of this regime."""
    return str(_BY_ID[rule_id].source_for(regime))
