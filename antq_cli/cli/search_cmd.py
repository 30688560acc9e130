"""`antq search QUERY`"""

from __future__ import annotations

from datetime import date

from antq_cli.cli.common import command
from antq_cli.cli.options import argument, check_span, filter_options, limit_option
from antq_cli.cli.output import Ask, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode
from antq_cli.messages import Language, say


def build(language: Language) -> Command:
    return command(
        "search",
        language,
        _run,
        [argument("query", "query", language), *filter_options(language), limit_option(language, 10)],
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
    from antq_cli.render.documents import show_hits
    from antq_cli.render.objects import hit_object

    check_span(since, until)
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
    else:
        show_hits(result.hits, ask.language, verbose=ask.verbose)
    if not result.hits:
        notice(ask, say("search.nothing", ask.language))
        return ExitCode.FOUND
    told = "search.total" if result.total <= len(result.hits) else "search.total_more"
    notice(ask, say(told, ask.language, total=result.total, shown=len(result.hits)))
    return ExitCode.OK
