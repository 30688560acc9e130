"""`antq check FILE...`"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click

from antq_cli.cli.common import Ask, command, notice, print_object, progress_bar
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode, ToolMissing, UsageError
from antq_cli.messages import Language, say

_LEVELS = ("error", "warning", "info", "never")


def build(language: Language) -> Command:
    return command(
        "check",
        language,
        _run,
        [
            click.Argument(["files"], nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True)),
            click.Option(
                ["--fail-on"],
                type=click.Choice(_LEVELS),
                default="error",
                show_default=True,
                help=say("option.fail_on", language),
            ),
            click.Option(["--off"], multiple=True, metavar="RULE", help=say("option.off", language)),
        ],
        jobs=True,
    )


def _run(ask: Ask, files: tuple[Path, ...], fail_on: str, off: tuple[str, ...]) -> int:
    from antq_cli.checks.rules import RULES
    from antq_cli.model.finding import Severity
    from antq_cli.pipeline.checking import Checked, check_files
    from antq_cli.reading.reader import Progress
    from antq_cli.render.objects import check_object
    from antq_cli.render.views import show_checked

    unknown = next((rule for rule in off if rule not in {known.id for known in RULES}), None)
    if unknown is not None:
        raise UsageError("unknown_rule", name=unknown)
    outcomes: list[Checked] = []
    today = datetime.now(UTC).astimezone().date()
    with progress_bar(ask, say("check.progress", ask.language)) as bar:

        def moved(step: Progress) -> None:
            bar.at(step.files_done, step.files_total)

        for checked in check_files(_listed(files), ask.settings, today=today, off=frozenset(off), progress=moved):
            outcomes.append(checked)
            if ask.as_json:
                print_object(check_object(checked, ask.language))
            elif checked.error is None:
                show_checked(checked, ask.language)
            if checked.error is not None:
                told = say(checked.error.message_id, ask.language, **checked.error.values)
                notice(ask, f"{checked.path}: [{checked.error.reason}] {told}")
    counts = Counter(checked.report.verdict.value if checked.report else "error" for checked in outcomes)
    if len(outcomes) > 1:
        notice(
            ask,
            say(
                "check.summary",
                ask.language,
                files=len(outcomes),
                failed=counts["fail"],
                passed=counts["pass"],
                other=len(outcomes) - counts["fail"] - counts["pass"],
            ),
        )
    errors = [checked.error for checked in outcomes if checked.error is not None]
    if errors and len(errors) == len(outcomes):
        return ExitCode.TOOL if any(isinstance(error, ToolMissing) for error in errors) else ExitCode.INPUT
    if errors:
        return ExitCode.PARTIAL
    if fail_on != "never" and any(checked.reaches(Severity[fail_on.upper()]) for checked in outcomes):
        return ExitCode.FOUND
    return ExitCode.OK


def _listed(files: tuple[Path, ...]) -> list[Path]:
    """The paths, with `-` replaced by the lines of standard input."""
    listed: list[Path] = []
    for file in files:
        if str(file) == "-":
            lines = [line.rstrip("\r\n") for line in sys.stdin]
            listed += [Path(line) for line in lines if line.strip()]
        else:
            listed.append(file)
    if not listed:
        raise UsageError("empty_list")
    return listed
