"""`antq list`"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, get_args

import click

from antq_cli.cli.common import command
from antq_cli.cli.options import Word, check_span, filter_options, limit_option
from antq_cli.cli.output import Ask, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode, UsageError
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
                ["--sort"],
                type=Word(get_args(SortKey), language),
                default="seq",
                metavar=say("option_value.column", language),
                help=say("option.sort", language, columns=", ".join(get_args(SortKey))),
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
    from antq_cli.render.lists import show_records
    from antq_cli.render.objects import record_object

    if as_csv and (ask.as_json or quarantined):
        raise UsageError("csv_alone")
    check_span(since, until)
    with Archive.open(ask.settings.archive) as archive:
        if quarantined:
            return _list_quarantined(ask, archive.quarantined()[:limit])
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
        show_records(records, ask.language, verbose=ask.verbose)
    if not records:
        notice(ask, say("list.nothing", ask.language))
    return ExitCode.OK


def _list_quarantined(ask: Ask, files: Sequence[Quarantined]) -> int:
    from antq_cli.render.lists import show_quarantined
    from antq_cli.render.objects import quarantined_object

    if ask.as_json:
        for file in files:
            print_object(quarantined_object(file))
    else:
        show_quarantined(files, ask.language)
    if not files:
        notice(ask, say("list.no_quarantined", ask.language))
    return ExitCode.OK
