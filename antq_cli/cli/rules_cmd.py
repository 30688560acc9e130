"""`antq rules [ID]`"""

from __future__ import annotations

from antq_cli.cli.common import command
from antq_cli.cli.options import argument
from antq_cli.cli.output import Ask, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode, UsageError
from antq_cli.messages import Language


def build(language: Language) -> Command:
    rule = argument("rule", "rule", language, many=False, required=False)
    return command("rules", language, _run, [rule], archive=False)


def _run(ask: Ask, rule: str | None) -> int:
    from antq_cli.checks.rules import RULES
    from antq_cli.render.checks import show_rule, show_rules
    from antq_cli.render.objects import rule_object

    chosen = [each for each in RULES if rule is None or each.id == rule.strip().upper()]
    if not chosen:
        raise UsageError("unknown_rule", name=rule or "")
    if ask.as_json:
        for each in chosen:
            print_object(rule_object(each, ask.language))
    elif rule is not None or ask.verbose:
        for each in chosen:
            show_rule(each, ask.language)
    else:
        show_rules(chosen, ask.language)
    return ExitCode.OK
