"""`antq list`"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, get_args

import click

from antq_cli.cli.common import Ask, command, filter_options, limit_option, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode
from antq_cli.messages import Language, say

if TYPE_CHECKING:
    from antq_cli.archive.records import Quarantined


def build(language: Language) -> Command:
    from antq_cli.archive.lookup import SortKey

    return command(
        "list",
        language,
        _run,
        [
            *filter_options(language),
            click.Option(
                ["--sort"], type=click.Choice(get_args(SortKey)), default="seq", help=say("option.sort", language)
            ),
            click.Option(["--reverse"], is_flag=True, help=say("option.reverse", language)),
            limit_option(language, None),
            click.Option(["--csv", "as_csv"], is_flag=True, help=say("option.csv", language)),
            click.Option(["--quarantined"], is_flag=True, help=say("option.quarantined", language)),
        ],
    )


def _run(
    ask: Ask,
    kind: str | None,
    issuer: str | None,
    since: date | None,
    until: date | None,
    document_class: str | None,
    sort: str,
    reverse: bool,
    limit: int | None,
    as_csv: bool,
    quarantined: bool,
) -> int:
    from antq_cli.archive.archive import Archive
    from antq_cli.render.csv_table import write_records
    from antq_cli.render.objects import record_object
    from antq_cli.render.views import show_records

    with Archive.open(ask.settings.archive) as archive:
        if quarantined:
            return _list_quarantined(ask, archive.quarantined())
        records = archive.list(
            kind=kind,
            issuer=issuer,
            since=since,
            until=until,
            document_class=document_class,
            sort=sort,  # type: ignore[arg-type]
            descending=reverse,
            limit=limit,
        )
    if as_csv:
        write_records(records, ask.language)
    elif ask.as_json:
        for record in records:
            print_object(record_object(record))
    elif records:
        show_records(records, ask.language)
    if not records:
        notice(ask, say("list.nothing", ask.language))
    return ExitCode.OK


def _list_quarantined(ask: Ask, files: Sequence[Quarantined]) -> int:
    from antq_cli.render.views import show_quarantined

    if ask.as_json:
        for file in files:
            print_object({"schema": "antq.quarantined/1", "path": file.path, "reason": file.reason, "when": file.when})
    elif files:
        show_quarantined(files, ask.language)
    else:
        notice(ask, say("list.no_quarantined", ask.language))
    return ExitCode.OK
