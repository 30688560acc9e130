"""`antq ask QUESTION`"""

from __future__ import annotations

from antq_cli.cli.common import command
from antq_cli.cli.options import argument
from antq_cli.cli.output import Ask, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode
from antq_cli.messages import Language


def build(language: Language) -> Command:
    return command("ask", language, _run, [argument("question", "question", language)])


def _run(ask: Ask, question: tuple[str, ...]) -> int:
    from antq_cli.answers.answer import Status, answer
    from antq_cli.answers.contract import as_object
    from antq_cli.answers.wording import sentence
    from antq_cli.archive.archive import Archive
    from antq_cli.render.console import show_line
    from antq_cli.render.safe import safe

    with Archive.open(ask.settings.archive) as archive:
        found = answer(" ".join(question), archive)
    if ask.as_json:
        print_object(as_object(found, ask.language))
    else:
        for line in safe(sentence(found, ask.language), lines=True).split("\n"):
            show_line(line)
    return ExitCode.OK if found.status is Status.ANSWERED else ExitCode.FOUND
