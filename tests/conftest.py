"""What holds for all tests: those with the real Tesseract never pass unnoticed where it is absent."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator

import pytest

from antq_cli.errors import ToolMissing
from antq_cli.reading.pool import Pool, Worker
from antq_cli.reading.probe import require_tesseract

OCR_REQUIRED = "ANTQ_OCR_REQUIRED"
"""Set by scripts/test: a machine without Tesseract then fails these tests instead of passing them by."""
PATIENCE = 2.0
"""Seconds that a worker gets to end by itself."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked `ocr` where Tesseract is missing; fail it where it is required."""
    if item.get_closest_marker("ocr") is None:
        return
    try:
        for language in ("vie", "osd"):
            require_tesseract(language)
    except ToolMissing as missing:
        told = f"Tesseract or its data is missing ({missing.reason}); scripts/setup installs it"
        if os.environ.get(OCR_REQUIRED):
            pytest.fail(told, pytrace=False)
        pytest.skip(told)


@pytest.fixture(scope="session", autouse=True)
def measured_workers() -> Iterator[None]:
    """Under coverage, let an idle worker end by itself before it is killed: only then does it write what it ran."""
    if "COVERAGE_PROCESS_CONFIG" not in os.environ:
        yield
        return
    end_worker, end_pool = Worker.close, Pool.__exit__

    def close(worker: Worker) -> None:
        process = worker._process
        if process is not None and process.stdin is not None:
            with contextlib.suppress(OSError, ValueError):
                process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
        end_worker(worker)

    def leave(pool: Pool, *error: object) -> None:
        with pool._changed:
            pool._closed = True
            pool._tasks.clear()
            pool._changed.notify_all()
        for thread in pool._threads:
            thread.join(PATIENCE)
        end_pool(pool, *error)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Worker, "close", close)
        patched.setattr(Pool, "__exit__", leave)
        yield
