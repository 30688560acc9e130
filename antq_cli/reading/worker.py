"""The process that touches hostile bytes. It knows no archive and no other file; it may die at any time.

Started as `python -P -m antq_cli.reading.worker`; it reads requests from its standard input and answers on its
standard output until the input ends. Everything a library prints goes to nowhere.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from antq_cli.errors import AntqError, InputError
from antq_cli.model.page import Dispute
from antq_cli.reading.protocol import Failure, Inspection, Reply, Request, receive, send, unpack_path
from antq_cli.settings import Limits

if TYPE_CHECKING:
    from antq_cli.reading.ocr import OcrEngine

_PR_SET_PDEATHSIG = 1
_SIGKILL = 9


def main() -> int:
    """Serve until the parent closes the pipe; 0 then, 1 when the memory is gone and a fresh worker must take over."""
    requests, replies = _take_pipes()
    _die_with_parent()
    send(replies, Reply())
    limited = False
    while True:
        request = receive(requests, Request)
        if request is None:
            return 0
        if not limited:
            _limit_process(request.limits)
            limited = True
        reply, healthy = answer(request)
        send(replies, reply)
        if not healthy:
            return 1


def answer(request: Request) -> tuple[Reply, bool]:
    """The reply, and whether this process may go on. No exception of a parser leaves here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _perform(request), True
    except AntqError as error:
        return Reply(failure=Failure.of(error)), True
    except MemoryError:
        return Reply(failure=Failure("input", "too_complex")), False
    except RecursionError:
        return Reply(failure=Failure("input", "too_complex")), False
    except Exception as error:  # noqa: BLE001 - parsers raise more than twenty kinds; none of them may end the run
        return Reply(failure=Failure("input", "damaged", {"detail": _trace(error)})), True


def _perform(request: Request) -> Reply:
    # Imported on first use: a text file needs neither pdfium nor numpy, and start-up is what a small run waits for.
    path = unpack_path(request.path)
    if request.task == "inspect":
        return Reply(inspection=_inspect(path, request.limits))
    if request.task in ("copy", "prove"):
        from antq_cli.reading import searchable

        if request.task == "prove":
            return Reply(copied=searchable.prove(path, request.pages))
        target = unpack_path(request.target)
        return Reply(copied=searchable.write_copy(path, request.media, request.pages, target, request.limits))
    if request.task == "crop":
        return Reply(crop=_crop(path, request))
    if request.media == "pdf":
        from antq_cli.reading import pdf

        if request.task == "look":
            return Reply(look=pdf.look(path, request.page, request.limits))
        if request.task == "witness":
            return Reply(disputes=_witness(path, request))
        picture, first = pdf.picture(path, request.page, request.limits, bare=request.bare), request.page == 1
    else:
        from antq_cli.reading import pixels

        if request.task == "look":
            return Reply(look=pixels.look(path, request.page, request.limits))
        picture, first = pixels.picture(path, request.page, request.limits), request.page == 1
    from antq_cli.reading import scan

    engine = _engine(request)
    return Reply(
        page=scan.read_page(picture, request.page, engine, measure_ink=first, seconds=request.limits.page_seconds)
    )


def _engine(request: Request) -> OcrEngine:
    if request.data:
        from antq_cli.reading.ocr_library import library_engine

        return library_engine(request.language, unpack_path(request.data))
    from antq_cli.reading.ocr import TesseractEngine

    return TesseractEngine(request.language, Path(os.environ.get("ANTQ_WORKER_TEMP") or "."))


def _witness(path: Path, request: Request) -> tuple[Dispute, ...]:
    from antq_cli.reading import witness

    return witness.disputes(path, request.page, request.strips, _engine(request), request.limits)


def _crop(path: Path, request: Request) -> bytes:
    from antq_cli.reading import cutout

    module = importlib.import_module(f"antq_cli.reading.{'pdf' if request.media == 'pdf' else 'pixels'}")
    picture = module.picture(path, request.page, request.limits)
    if request.box is None or not request.pages:
        raise InputError("damaged", detail="crop")
    return cutout.cut(picture, request.pages[0], request.box)


def _inspect(path: Path, limits: Limits) -> Inspection:
    from antq_cli.reading.sniff import sniff

    found = sniff(path, limits)
    module = {"pdf": "pdf", "docx": "office", "text": "plain"}.get(found.media, "pixels")
    inspection: Inspection = importlib.import_module(f"antq_cli.reading.{module}").inspect(path, limits)
    flags = (*(("type_mismatch",) if found.mismatch else ()), *inspection.flags)
    return replace(inspection, flags=tuple(dict.fromkeys(flags)))


def _trace(error: Exception) -> str:
    """Kind of the exception and the place in antq it passed through: no text of the file."""
    place, trace = "", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if str(name).startswith("antq_cli"):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} {place}".strip()


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two pipes for ourselves and give libraries (and Tesseract) the null device instead."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)
    return requests, replies


def _die_with_parent() -> None:
    """On Linux the kernel ends this process with its parent; elsewhere the closed pipe does, after the current task."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


def _limit_process(limits: Limits) -> None:
    """Address space, open files and core dumps. Windows has none of these limits (docs/limits.md)."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = 256 if hard == resource.RLIM_INFINITY else min(256, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    if sys.platform == "linux":
        for module in ("numpy", "PIL.Image", "pypdfium2", "pypdf", "pytesseract"):
            importlib.import_module(module)  # mapped before the base is measured
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        wanted = pages * resource.getpagesize() + limits.worker_bytes
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (BrokenPipeError, ValueError):
        sys.exit(1)
