"""`antq verify`"""

from __future__ import annotations

from antq_cli.cli.common import command
from antq_cli.cli.output import Ask, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode
from antq_cli.messages import Language, say


def build(language: Language) -> Command:
    return command("verify", language, _run, [])


def _run(ask: Ask) -> int:
    from antq_cli.archive.archive import Archive
    from antq_cli.render.health import show_problem
    from antq_cli.render.objects import problem_object

    problems = 0
    with Archive.open(ask.settings.archive) as archive:
        count = archive.count()
        for problem in archive.problems():
            problems += 1
            if ask.as_json:
                print_object(problem_object(problem))
            else:
                show_problem(problem, ask.language)
    if problems:
        notice(ask, say("verify.problems", ask.language, count=problems), style="yellow")
        return ExitCode.FOUND
    notice(ask, say("verify.sound", ask.language, documents=count))
    return ExitCode.OK
