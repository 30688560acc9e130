"""`antq show DOC|FILE`"""

from __future__ import annotations

from pathlib import Path

import click

from antq_cli.cli.common import command
from antq_cli.cli.options import argument
from antq_cli.cli.output import Ask, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode
from antq_cli.messages import Language, say


def build(language: Language) -> Command:
    crops = click.Option(
        ["--crops"],
        type=click.Path(file_okay=False),
        metavar=say("option_value.directory", language),
        help=say("option.crops", language),
    )
    return command("show", language, _run, [argument("document", "document", language, many=False, file=True), crops])


def _run(ask: Ask, document: str, crops: str | None) -> int:
    from antq_cli.answers.wording import unread_lines
    from antq_cli.pipeline.crops import write_crops
    from antq_cli.pipeline.documents import find_shown, find_unread
    from antq_cli.render.documents import show_document
    from antq_cli.render.lists import show_records
    from antq_cli.render.objects import document_object

    found = find_shown(document, ask.settings)
    if not found:
        notice(ask, say("show.unknown", ask.language, name=document))
        for line in unread_lines(find_unread(document, ask.settings), ask.language):
            notice(ask, line)
        return ExitCode.FOUND
    # Several documents are only listed, so there is nothing to cut out of them.
    wanted = Path(crops) if crops and len(found) == 1 else None
    pictures = [write_crops(shown, wanted, ask.settings) if wanted else {} for shown in found]
    if ask.as_json:
        for shown, cut in zip(found, pictures, strict=True):
            print_object(document_object(shown, cut))
    if len(found) > 1:
        notice(ask, say("show.several", ask.language, name=document, count=len(found)))
        if not ask.as_json:
            show_records([shown.record for shown in found if shown.record is not None], ask.language)
        return ExitCode.FOUND
    if not ask.as_json:
        show_document(found[0], ask.language, verbose=ask.verbose, crops=pictures[0])
    return ExitCode.OK
