"""Findings in sentences and with their sources: ids and values from the engine, words from `messages`."""

from __future__ import annotations

from antq_cli.checks.rule import Source
from antq_cli.checks.rules import RULES
from antq_cli.messages import Language
from antq_cli.messages.findings import advice_of, message_of
from antq_cli.model.finding import Finding
from antq_cli.model.letter import Regime

_BY_ID = {rule.id: rule for rule in RULES}


def finding_message(finding: Finding, language: Language) -> str:
    """The finding in one sentence; some rules word their variants apart."""
    return message_of(finding, language)


def finding_advice(finding: Finding, language: Language) -> str:
    """What to do about it."""
    return advice_of(finding, language)


def source_text(rule_id: str, regime: Regime) -> str:
    """The act and the place in it that the rule rests on for a document of this regime."""
    source: Source = _BY_ID[rule_id].source_for(regime)
    return str(source)
