"""`antq doctor`"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from antq_cli.cli.common import command
from antq_cli.cli.output import Ask, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ArchiveError, ExitCode
from antq_cli.messages import Language, say

if TYPE_CHECKING:
    from antq_cli.reading.probe import Probe


def build(language: Language) -> Command:
    return command("doctor", language, _run, [])


def _run(ask: Ask) -> int:
    from antq_cli.reading.probe import probe_tools
    from antq_cli.render.health import show_probes

    tools = probe_tools()
    kept, told, trouble = _look_at_archive(ask)
    if ask.as_json:
        for probe in (*tools, *kept):
            print_object({"schema": "antq.probe/1", **asdict(probe)})
    else:
        show_probes((*tools, *kept), told, ask.language)
    if any(not probe.ok for probe in tools):
        notice(ask, say("doctor.advice_tools", ask.language), style="yellow")
        return ExitCode.TOOL
    if trouble is not None:
        notice(ask, say(trouble.message_id, ask.language, **trouble.values), style="yellow")
        return ExitCode.ARCHIVE
    notice(ask, say("doctor.healthy", ask.language))
    return ExitCode.OK


def _look_at_archive(ask: Ask) -> tuple[list[Probe], dict[str, str], ArchiveError | None]:
    """Probes of archive and index, what a person is told of them by their names, and the trouble, if any."""
    from antq_cli.archive.archive import Archive
    from antq_cli.reading.probe import Probe

    where = str(ask.settings.archive.absolute())
    try:
        with Archive.open(ask.settings.archive) as archive:
            status = archive.status()
    except ArchiveError as error:
        if error.reason == "missing":
            # A machine without an archive is not ill: the first ingest makes one.
            told = say("doctor.no_archive", ask.language, path=where)
            return [Probe("archive", ok=True, detail="missing")], {"archive": told}, None
        told = say(f"doctor_state.{error.reason}", ask.language)
        return [Probe("archive", ok=False, detail=error.reason)], {"archive": f"{told}, {where}"}, error
    index = Probe("index", ok=status.index_state in ("current", "stale"), detail=status.index_state)
    megabytes = f"{status.bytes / 1e6:.1f}"
    told = say("doctor.archive_detail", ask.language, documents=status.documents, megabytes=megabytes, path=where)
    trouble = None if index.ok else ArchiveError("index")
    return [Probe("archive", ok=True, detail=where, version=str(status.format)), index], {"archive": told}, trouble
