"""The pipe between parent and worker, and the worker's manners."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_cli.errors import InputError, ToolMissing
from antq_cli.reading import worker
from antq_cli.reading.protocol import Failure, Reply, Request, pack_path, receive, send, unpack_path
from antq_cli.settings import Limits


def test_a_message_comes_back_as_it_was_sent() -> None:
    """Errors keep family, reason and values."""
    stream = io.BytesIO()
    reply = Reply(failure=Failure.of(ToolMissing("language", language="vie")))
    send(stream, reply)
    stream.seek(0)
    found = receive(stream, Reply)
    assert found == reply
    assert found.failure is not None
    error = found.failure.error()
    assert isinstance(error, ToolMissing)
    assert error.values == {"language": "vie"}
    assert receive(stream, Reply) is None


@given(st.binary(max_size=60))
def test_nonsense_is_an_error_of_value(data: bytes) -> None:
    """The parent takes nothing from a worker on trust."""
    try:
        found = receive(io.BytesIO(data), Reply)
    except ValueError:
        return
    assert found is None or isinstance(found, Reply)


def test_a_message_that_is_too_long_is_not_read() -> None:
    """Its length alone refuses it."""
    with pytest.raises(ValueError, match="message of"):
        receive(io.BytesIO(b"\xff\xff\xff\xff"), Reply)


@pytest.mark.skipif(os.name == "nt", reason="Windows names are text")
def test_a_path_of_any_bytes_travels() -> None:
    """JSON holds text only, so paths go as hexadecimal."""
    path = Path(os.fsdecode(b"/a/c\xf4ng\n.pdf"))
    assert unpack_path(pack_path(path)) == path


def test_no_exception_of_a_parser_leaves_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown exceptions are damage, told by kind and place and never by content; memory ends the process."""
    request = Request("inspect", pack_path(Path("a")), Limits())

    def failing(error: BaseException) -> tuple[Failure | None, bool]:
        def perform(_: Request) -> Reply:
            raise error

        monkeypatch.setattr(worker, "_perform", perform)
        reply, healthy = worker.answer(request)
        return reply.failure, healthy

    failure, healthy = failing(KeyError("words of the letter"))
    assert failure is not None
    assert (failure.reason, healthy) == ("damaged", True)
    assert "words" not in str(failure.values)
    assert failing(MemoryError()) == (Failure("input", "too_complex"), False)
    assert failing(InputError("encrypted")) == (Failure("input", "encrypted"), True)
