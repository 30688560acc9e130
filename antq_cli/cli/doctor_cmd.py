"""`antq doctor`"""

from __future__ import annotations

from dataclasses import asdict

from antq_cli.cli.common import Ask, command, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ArchiveError, ExitCode
from antq_cli.messages import Language, say


def build(language: Language) -> Command:
    return command("doctor", language, _run, [])


def _run(ask: Ask) -> int:
    from antq_cli.archive.archive import Archive
    from antq_cli.reading.probe import Probe, probe_tools
    from antq_cli.render.views import show_probes

    tools = probe_tools()
    where = str(ask.settings.archive)
    trouble: ArchiveError | None = None
    try:
        with Archive.open(ask.settings.archive) as archive:
            status = archive.status()
        detail = say("doctor.archive_detail", ask.language, documents=status.documents, bytes=status.bytes, path=where)
        kept = [
            Probe("archive", ok=True, detail=detail, version=str(status.format)),
            Probe("index", ok=status.index_state in ("current", "stale"), detail=status.index_state),
        ]
    except ArchiveError as error:
        if error.reason == "missing":
            # A machine without an archive is not ill: the first ingest makes one.
            kept = [Probe("archive", ok=True, detail=say("doctor.no_archive", ask.language, path=where))]
        else:
            trouble = error
            kept = [Probe("archive", ok=False, detail=say(error.message_id, ask.language, **error.values))]
    probes = [*tools, *kept]
    if ask.as_json:
        for probe in probes:
            print_object({"schema": "antq.probe/1", **asdict(probe)})
    else:
        show_probes(probes, ask.language)
    if any(not probe.ok for probe in tools):
        notice(ask, say("doctor.advice_tools", ask.language))
        return ExitCode.TOOL
    if trouble is not None:
        return ExitCode.ARCHIVE
    notice(ask, say("doctor.healthy", ask.language))
    return ExitCode.OK
