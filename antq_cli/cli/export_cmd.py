"""`antq export DOC|FILE... --pdf`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from antq_cli.cli.common import command
from antq_cli.cli.options import argument
from antq_cli.cli.output import Ask, failure, notice, print_object
from antq_cli.cli.root import Command
from antq_cli.errors import ExitCode, UsageError
from antq_cli.messages import Language, message_ids, say

if TYPE_CHECKING:
    from antq_cli.pipeline.export import Exported


def build(language: Language) -> Command:
    return command(
        "export",
        language,
        _run,
        [
            argument("documents", "document", language, file=True),
            click.Option(["--pdf", "as_pdf"], is_flag=True, help=say("option.pdf", language)),
            click.Option(["--pdfa", "archival"], is_flag=True, help=say("option.pdfa", language)),
            click.Option(
                ["-o", "--output"], metavar=say("option_value.target", language), help=say("option.output", language)
            ),
            click.Option(["--force", "overwrite"], is_flag=True, help=say("option.force", language)),
            click.Option(["--allow-secret"], is_flag=True, help=say("option.copy_secret", language)),
        ],
    )


def _run(
    ask: Ask,
    documents: tuple[str, ...],
    as_pdf: bool,
    archival: bool,
    output: str | None,
    overwrite: bool,
    allow_secret: bool,
) -> int:
    from antq_cli.pipeline.export import export_copies

    if not (as_pdf or archival):
        raise UsageError("export_what")
    target = Path(output) if output else None
    if target is not None and output is not None and output.endswith(("/", "\\")) and not target.is_dir():
        raise UsageError("no_folder", name=output)
    done: list[Exported] = []
    copies = export_copies(
        documents, target, ask.settings, archival=archival, overwrite=overwrite, allow_secret=allow_secret
    )
    for exported in copies:
        done.append(exported)
        _tell(ask, exported)
    failed = [exported.error for exported in done if exported.error is not None]
    if not failed:
        return ExitCode.OK
    return failed[0].exit_code if len(failed) == len(done) else ExitCode.PARTIAL


def _tell(ask: Ask, exported: Exported) -> None:
    copied = exported.copied
    if ask.as_json:
        print_object(
            {
                "schema": "antq.export/1",
                "document": exported.name,
                "result": "failed" if exported.error else "written",
                "reason": exported.error.reason if exported.error else None,
                "id": exported.id or None,
                "path": str(exported.target) if exported.target else None,
                "pages": copied.pages if copied else 0,
                "read_pages": copied.read if copied else 0,
                "words": copied.words if copied else 0,
                "flags": list(exported.flags),
            }
        )
    if exported.error is not None:
        failure(ask, exported.name, exported.error)
        return
    if copied is None or ask.as_json:
        return
    values = {"path": exported.target, "pages": copied.pages, "words": copied.words, "digital": exported.digital}
    click.echo(say("export.written" if copied.read else "export.digital", ask.language, **values))
    if copied.read and exported.digital:
        notice(ask, say("export.mixed", ask.language, **values))
    if "signature_present" in exported.flags and "export.signature" in message_ids(ask.language):
        notice(ask, say("export.signature", ask.language))
