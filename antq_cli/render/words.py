"""Findings and rules in sentences: ids and values from the engine, words from `messages`."""

from __future__ import annotations

from antq_cli.checks.rule import DOUBT, VARIANT, Source
from antq_cli.checks.rules import RULES
from antq_cli.messages import Language, message_ids, say
from antq_cli.model.finding import Finding
from antq_cli.model.letter import Regime

_BY_ID = {rule.id: rule for rule in RULES}


def finding_message(finding: Finding, language: Language) -> str:
    """The finding in one sentence; some rules word their variants apart."""
    values = dict(finding.values)
    variant = values.pop(VARIANT, "")
    doubt = values.pop(DOUBT, "")
    message_id = f"{finding.rule}.message_{variant}"
    if not variant or message_id not in message_ids(language):
        message_id = f"{finding.rule}.message"
    sentence = say(message_id, language, **values)
    return f"{sentence} {say('check.doubt', language)}" if doubt else sentence


def finding_advice(finding: Finding, language: Language) -> str:
    """What to do about it."""
    return say(f"{finding.rule}.advice", language)


def source_text(rule_id: str, regime: Regime) -> str:
    """The act and the place in it that the rule rests on for a document of this regime."""
    source: Source = _BY_ID[rule_id].source_for(regime)
    return str(source)
