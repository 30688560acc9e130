"""All rules, component by component, in the order of the rulebook. Nothing registers itself."""

from __future__ import annotations

from antq_cli.checks.rule import Rule
from antq_cli.checks.rules import (
    basis,
    body,
    citing,
    dating,
    gates,
    header,
    layer,
    number,
    recipients,
    signature,
    subject,
)

RULES: tuple[Rule, ...] = (
    *gates.RULES,
    *layer.RULES,
    *header.RULES,
    *number.RULES,
    *dating.RULES,
    *subject.RULES,
    *basis.RULES,
    *citing.RULES,
    *body.RULES,
    *signature.RULES,
    *recipients.RULES,
)


def rule_named(rule_id: str) -> Rule | None:
    """The rule with this id, whatever its case; None when there is none."""
    return next((rule for rule in RULES if rule.id == rule_id.upper()), None)
