"""`antq show DOC|FILE`"""

from __future__ import annotations

import click

from antq_cli.cli.common import Ask, command, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode
from antq_cli.messages import Language, say


def build(language: Language) -> Command:
    return command("show", language, _run, [click.Argument(["document"], required=True)])


def _run(ask: Ask, document: str) -> int:
    from antq_cli.pipeline.documents import find_shown
    from antq_cli.render.objects import document_object
    from antq_cli.render.views import show_document, show_records

    found = find_shown(document, ask.settings)
    if not found:
        notice(ask, say("show.unknown", ask.language, name=document))
        return ExitCode.FOUND
    if len(found) > 1:
        notice(ask, say("show.several", ask.language, name=document, count=len(found)))
        records = [shown.record for shown in found if shown.record is not None]
        if ask.as_json:
            for shown in found:
                print_object(document_object(shown))
        else:
            show_records(records, ask.language)
        return ExitCode.FOUND
    if ask.as_json:
        print_object(document_object(found[0]))
    else:
        show_document(found[0], ask.language)
    return ExitCode.OK
