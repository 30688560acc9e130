"""docs/rules.md is what the code says, and every rule is fully told."""

from __future__ import annotations

import runpy
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from antq_cli.checks.rules import RULES, rule_named
from antq_cli.messages import LANGUAGES
from antq_cli.model.letter import Fields, Form, Regime

ROOT = Path(__file__).parent.parent.parent
WORDS = {
    language: tomllib.loads((ROOT / "antq_cli" / "messages" / language / "rules.toml").read_text("utf-8"))
    for language in LANGUAGES
}
OTHER_NEEDS = {
    "typed",
    "geometry",
    "colour",
    "known",
    "same_number",
    "zone:header",
    "zone:signature",
    "zone:recipients",
}


def test_the_page_is_current():
    """The generated page equals the one in the repository."""
    script = runpy.run_path(str(ROOT / "scripts" / "rules-page"))
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == script["page"]()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_told_in_both_languages(rule):
    """Title, message, advice and reason stand in both languages and ask for the same values."""
    vietnamese, english = (WORDS[language][rule.id] for language in LANGUAGES)
    assert {"title", "message", "advice", "why"} <= set(vietnamese)
    assert {key: placeholders(text) for key, text in vietnamese.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_an_act_a_reason_and_known_needs(rule):
    """No rule without its act, its docstring, and needs the engine knows."""
    assert rule.source.act
    assert len(rule.doc) > 20
    known = {*Fields.__slots__, *Form.__slots__, *OTHER_NEEDS, "legible:opening", "legible:recipients"}
    assert set(rule.needs) <= known
    assert rule.regimes <= frozenset(Regime)


def test_ids_are_unique_and_found_in_any_case():
    """One id, one rule."""
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert rule_named("kg_noinhan") is rule_named("KG_NOINHAN") is not None
    assert rule_named("NO_SUCH_RULE") is None


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}
