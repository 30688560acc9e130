"""A finding put into words. Rules give ids and values; the sentences stand in `<language>/rules.toml`."""

from __future__ import annotations

from antq_cli.messages import Language, message_ids, say
from antq_cli.model.finding import Finding

_LISTS = ("zones", "parts")
"""Values that are words of antq's own, parted by spaces, and have a sentence each in `[rule_words]`."""


def message_of(finding: Finding, language: Language) -> str:
    """What was seen: one sentence with the finding's values."""
    return _say(finding, "message", language)


def advice_of(finding: Finding, language: Language) -> str:
    """What to do; where the words were read poorly, also to look at the original."""
    advice = _say(finding, "advice", language)
    if ("doubt", "1") in finding.values:
        advice = f"{advice} {say('rule_words.doubt', language)}"
    return advice


def title_of(rule_id: str, language: Language) -> str:
    """The rule's name for people."""
    return say(f"{rule_id}.title", language)


def reason_of(rule_id: str, language: Language) -> str:
    """What the rule is for, in one sentence."""
    return say(f"{rule_id}.why", language)


def _say(finding: Finding, part: str, language: Language) -> str:
    values = dict(finding.values)
    sentence = f"{finding.rule}.{part}"
    if f"{sentence}_{values.get('variant')}" in message_ids(language):
        sentence = f"{sentence}_{values['variant']}"
    return say(sentence, language, **{key: _worded(key, value, language) for key, value in values.items()})


def _worded(key: str, value: str, language: Language) -> str:
    if key not in _LISTS:
        return value
    words = [say(f"rule_words.{word}", language) for word in value.split()]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {say('rule_words.and', language)} {words[-1]}"
