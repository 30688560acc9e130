"""`antq trace NUMBER`"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from antq_cli.cli.common import command
from antq_cli.cli.options import Count, Word, argument
from antq_cli.cli.output import Ask, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode
from antq_cli.messages import Language, say

if TYPE_CHECKING:
    from antq_cli.answers.trace import Direction

_DEPTH = 4


def build(language: Language) -> Command:
    from antq_cli.answers.trace import Direction

    return command(
        "trace",
        language,
        _run,
        [
            argument("number", "number_or_document", language),
            click.Option(
                ["--direction"],
                type=Word(get_args(Direction), language),
                default="both",
                metavar=say("option_value.direction", language),
                help=say("option.direction", language),
            ),
            click.Option(
                ["--depth"],
                type=Count(1, 20, language),
                default=_DEPTH,
                metavar=say("option_value.number", language),
                help=say("option.depth", language, count=_DEPTH),
            ),
        ],
    )


def _run(ask: Ask, number: tuple[str, ...], direction: Direction, depth: int) -> int:
    from antq_cli.answers.contract import trace_objects
    from antq_cli.answers.wording import unread_lines
    from antq_cli.archive.archive import Archive
    from antq_cli.pipeline.documents import find_unread
    from antq_cli.pipeline.tracing import find_trace
    from antq_cli.render.graph import show_trace
    from antq_cli.render.lists import show_records

    name = " ".join(number)
    with Archive.open(ask.settings.archive) as archive:
        root = find_trace(name, archive, direction, depth)
        candidates = archive.find_document(name) if root is None else ()
    if root is None:
        if len(candidates) > 1:
            notice(ask, say("show.several", ask.language, name=name, count=len(candidates)))
            if not ask.as_json:
                show_records(candidates, ask.language)
        else:
            notice(ask, say("trace.nothing", ask.language, name=name))
            for line in unread_lines(find_unread(name, ask.settings), ask.language):
                notice(ask, line)
        return ExitCode.FOUND
    if ask.as_json:
        for item in trace_objects(root):
            print_object(item)
    else:
        show_trace(root, ask.language)
    return ExitCode.OK
