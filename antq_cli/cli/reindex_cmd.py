"""`antq reindex`"""

from __future__ import annotations

from antq_cli.cli.common import command
from antq_cli.cli.output import Ask, notice, print_object, progress_bar
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode
from antq_cli.messages import Language, say


def build(language: Language) -> Command:
    return command("reindex", language, _run, [])


def _run(ask: Ask) -> int:
    from antq_cli.archive.archive import Archive

    with Archive.open(ask.settings.archive) as archive, progress_bar(ask, say("reindex.progress", ask.language)) as bar:
        count = archive.rebuild_index(bar)
    if ask.as_json:
        print_object({"schema": "antq.reindex/1", "documents": count})
    notice(ask, say("reindex.done", ask.language, count=count))
    return ExitCode.OK
