"""`antq rules [ID]`"""

from __future__ import annotations

import click

from antq_cli.cli.common import Ask, command, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode, UsageError
from antq_cli.messages import Language


def build(language: Language) -> Command:
    return command("rules", language, _run, [click.Argument(["rule"], required=False)])


def _run(ask: Ask, rule: str | None) -> int:
    from antq_cli.checks.rules import RULES
    from antq_cli.render.objects import rule_object
    from antq_cli.render.views import show_rule, show_rules

    chosen = [each for each in RULES if rule is None or each.id == rule.upper()]
    if not chosen:
        raise UsageError("unknown_rule", name=rule or "")
    if ask.as_json:
        for each in chosen:
            print_object(rule_object(each, ask.language))
    elif rule is not None:
        show_rule(chosen[0], ask.language)
    else:
        show_rules(chosen, ask.language)
    return ExitCode.OK
