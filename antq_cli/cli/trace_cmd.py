"""`antq trace NUMBER`"""

from __future__ import annotations

import click

from antq_cli.cli.common import Ask, command, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode
from antq_cli.messages import Language, say


def build(language: Language) -> Command:
    return command(
        "trace",
        language,
        _run,
        [
            click.Argument(["number"], nargs=-1, required=True),
            click.Option(
                ["--direction"],
                type=click.Choice(["up", "down", "both"]),
                default="both",
                show_default=True,
                help=say("option.direction", language),
            ),
            click.Option(
                ["--depth"],
                type=click.IntRange(1, 20),
                default=4,
                show_default=True,
                metavar=say("option_value.number", language),
                help=say("option.depth", language),
            ),
        ],
    )


def _run(ask: Ask, number: tuple[str, ...], direction: str, depth: int) -> int:
    from antq_cli.answers.contract import trace_objects
    from antq_cli.archive.archive import Archive
    from antq_cli.pipeline.tracing import find_trace
    from antq_cli.render.views import show_trace

    name = " ".join(number)
    with Archive.open(ask.settings.archive) as archive:
        root = find_trace(name, archive, direction, depth)  # type: ignore[arg-type]
    if root is None:
        notice(ask, say("trace.nothing", ask.language, name=name))
        return ExitCode.FOUND
    if ask.as_json:
        for item in trace_objects(root):
            print_object(item)
    else:
        show_trace(root, ask.language)
    return ExitCode.OK
