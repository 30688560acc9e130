"""`antq search QUERY`"""

from __future__ import annotations

from datetime import date

import click

from antq_cli.cli.common import Ask, command, filter_options, limit_option, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode
from antq_cli.messages import Language, say


def build(language: Language) -> Command:
    return command(
        "search",
        language,
        _run,
        [
            click.Argument(["query"], nargs=-1, required=True),
            *filter_options(language),
            limit_option(language, 10),
        ],
    )


def _run(
    ask: Ask,
    query: tuple[str, ...],
    kind: str | None,
    issuer: str | None,
    since: date | None,
    until: date | None,
    document_class: str | None,
    limit: int,
) -> int:
    from antq_cli.archive.archive import Archive
    from antq_cli.render.objects import hit_object
    from antq_cli.render.views import show_hits

    with Archive.open(ask.settings.archive) as archive:
        result = archive.search(
            " ".join(query),
            kind=kind,
            issuer=issuer,
            since=since,
            until=until,
            document_class=document_class,
            limit=limit,
        )
    if result.relaxed and result.hits:
        notice(ask, say("search.relaxed", ask.language))
    if result.pending:
        notice(ask, say("search.pending", ask.language, pending=result.pending))
    if ask.as_json:
        for hit in result.hits:
            print_object(hit_object(hit))
    elif result.hits:
        show_hits(result.hits, ask.language)
    if not result.hits:
        notice(ask, say("search.nothing", ask.language))
        return ExitCode.FOUND
    notice(ask, say("search.total", ask.language, total=result.total))
    return ExitCode.OK
