"""`antq ask QUESTION`"""

from __future__ import annotations

import click

from antq_cli.cli.common import Ask, command, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode
from antq_cli.messages import Language


def build(language: Language) -> Command:
    return command("ask", language, _run, [click.Argument(["question"], nargs=-1, required=True)])


def _run(ask: Ask, question: tuple[str, ...]) -> int:
    from antq_cli.answers.answer import Status, answer
    from antq_cli.answers.contract import as_object
    from antq_cli.answers.wording import sentence
    from antq_cli.archive.archive import Archive
    from antq_cli.render.console import out
    from antq_cli.render.safe import safe

    with Archive.open(ask.settings.archive) as archive:
        found = answer(" ".join(question), archive)
    if ask.as_json:
        print_object(as_object(found, ask.language))
    else:
        out().print(safe(sentence(found, ask.language), lines=True))
    return ExitCode.OK if found.status is Status.ANSWERED else ExitCode.FOUND
