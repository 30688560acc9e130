"""`antq check FILE...`"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from antq_cli.cli.common import command
from antq_cli.cli.options import Word, argument
from antq_cli.cli.output import Ask, failure, notice, print_object, progress_bar
from antq_cli.cli.root import Command
from antq_cli.cli.streams import read_list
from antq_cli.errors import ExitCode, ToolMissing, UsageError
from antq_cli.messages import Language, say

if TYPE_CHECKING:
    from antq_cli.pipeline.checking import Checked

_LEVELS = ("error", "warning", "info", "never")


def build(language: Language) -> Command:
    return command(
        "check",
        language,
        _run,
        [
            argument("files", "checked", language, file=True),
            click.Option(
                ["--fail-on"],
                type=Word(_LEVELS, language),
                default="error",
                metavar=say("option_value.level", language),
                help=say("option.fail_on", language),
            ),
            click.Option(
                ["--off"],
                multiple=True,
                metavar=say("option_value.rule", language),
                help=say("option.off", language),
            ),
        ],
        jobs=True,
    )


def _run(ask: Ask, files: tuple[str, ...], fail_on: str, off: tuple[str, ...]) -> int:
    from antq_cli.checks.rules import RULES
    from antq_cli.pipeline.checking import check_files
    from antq_cli.reading.reader import Progress
    from antq_cli.render.checks import show_checked
    from antq_cli.render.objects import check_object

    switched_off = frozenset(rule.strip().upper() for each in off for rule in each.split(","))
    unknown = sorted(switched_off - {rule.id for rule in RULES})
    if unknown:
        raise UsageError("unknown_rule", name=unknown[0])
    outcomes: list[Checked] = []
    today = datetime.now(UTC).astimezone().date()
    names = _names(files)
    with progress_bar(ask, say("check.progress", ask.language)) as bar:

        def moved(step: Progress) -> None:
            bar(step.files_done, step.files_total)

        for checked in check_files(names, ask.settings, today=today, off=switched_off, progress=moved):
            outcomes.append(checked)
            if ask.as_json:
                print_object(check_object(checked, ask.language))
            elif checked.error is None:
                show_checked(checked, ask.language, verbose=ask.verbose)
            if checked.error is not None:
                failure(ask, checked.path, checked.error)
    _summary(ask, outcomes)
    return _exit_code(outcomes, fail_on)


def _names(files: Sequence[str]) -> list[str]:
    """The names, with `-` replaced by the lines of standard input."""
    names: list[str] = []
    for file in files:
        names += read_list() if file == "-" else [file]
    if not names:
        raise UsageError("empty_list")
    return names


def _summary(ask: Ask, outcomes: Sequence[Checked]) -> None:
    if not outcomes:
        notice(ask, say("check.nothing", ask.language))
    if any(isinstance(checked.error, ToolMissing) for checked in outcomes):
        notice(ask, say("failure_advice.tools", ask.language), style="yellow")
    if len(outcomes) < 2:
        return
    counts = Counter(checked.report.verdict.value if checked.report else "error" for checked in outcomes)
    told = say(
        "check.summary",
        ask.language,
        files=len(outcomes),
        failed=counts["fail"],
        passed=counts["pass"],
        other=counts["not_applicable"] + counts["unreadable"],
        unread=counts["error"],
    )
    notice(ask, told)


def _exit_code(outcomes: Sequence[Checked], fail_on: str) -> ExitCode:
    from antq_cli.model.finding import Severity

    errors = [checked.error for checked in outcomes if checked.error is not None]
    if len(errors) == len(outcomes):
        return ExitCode.TOOL if any(isinstance(error, ToolMissing) for error in errors) else ExitCode.INPUT
    if errors:
        return ExitCode.PARTIAL
    if fail_on != "never" and any(checked.reaches(Severity[fail_on.upper()]) for checked in outcomes):
        return ExitCode.FOUND
    return ExitCode.OK
