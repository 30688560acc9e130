"""`antq due`"""

from __future__ import annotations

from datetime import date

import click

from antq_cli.cli.common import command
from antq_cli.cli.options import check_span, limit_option, span_options
from antq_cli.cli.output import Ask, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode
from antq_cli.messages import Language, say


def build(language: Language) -> Command:
    text = say("option_value.text", language)
    return command(
        "due",
        language,
        _run,
        [
            *span_options(language),
            click.Option(["--actor"], metavar=text, help=say("option.actor", language)),
            limit_option(language, None),
        ],
    )


def _run(ask: Ask, since: date | None, until: date | None, actor: str | None, limit: int | None) -> int:
    from antq_cli.archive.archive import Archive
    from antq_cli.pipeline.obligations import find_due
    from antq_cli.render.lists import show_obligations
    from antq_cli.render.objects import due_object

    check_span(since, until)
    with Archive.open(ask.settings.archive) as archive:
        found = find_due(archive, since=since, until=until, actor=actor)[:limit]
    if ask.as_json:
        for each in found:
            print_object(due_object(each))
    else:
        show_obligations(found, ask.language)
    if not found:
        notice(ask, say("due.nothing", ask.language))
    return ExitCode.OK
