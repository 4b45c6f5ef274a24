"""The other side of `bounded`: the process that does the work, and nothing else."""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongkai.documents.bounded import FAT_MEGABYTES, IDLE_SECONDS, MB, receive, send
from gongkai.documents.errors import DocumentError


def serve(parent: int) -> None:
    """Take calls until the caller is gone, nobody calls any more, or this process has grown fat."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = _connection()
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()
    while True:
        try:
            message = receive(connection, lambda: IDLE_SECONDS)
        except (EOFError, OSError):
            os._exit(0)
        with contextlib.suppress(OSError):
            send(connection, pickle.dumps(("begun",)))
            send(connection, _answer(connection, message))
        if _megabytes_in_use() > FAT_MEGABYTES:
            os._exit(0)


def _connection() -> socket.socket:
    """It came as the standard input; what is started from here must not get it."""
    connection = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return connection


def _die_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(0, signal.SIGKILL)


def _answer(connection: socket.socket, message: bytes) -> bytes:
    try:
        function, arguments, seconds, megabytes, telling = pickle.loads(message)
        more: dict[str, Any] = {}
        if telling:
            more["on_page"] = lambda done, total: send(connection, pickle.dumps(("page", done, total)))
        with _limited(seconds, megabytes):
            return pickle.dumps(("result", function(*arguments, **more)))
    except MemoryError:
        return pickle.dumps(("memory",))
    except Exception as error:
        return _packed(error)


def _packed(error: Exception) -> bytes:
    """The error for the caller; one that does not survive the journey is told in words."""
    if not isinstance(error, DocumentError):
        error.add_note("".join(traceback.format_exception(error)))
    try:
        message = pickle.dumps(("error", error))
        pickle.loads(message)
    except Exception:
        told = RuntimeError(f"{type(error).__name__}: {error}")
        told.add_note("".join(traceback.format_exception(error)))
        return pickle.dumps(("error", told))
    return message


@contextlib.contextmanager
def _limited(seconds: float, megabytes: int) -> Iterator[None]:
    """Memory as asked; processor time as a second net, should the caller not come to killing us."""
    _set(resource.RLIMIT_AS, megabytes * MB)
    _set(resource.RLIMIT_CPU, int(time.process_time() + seconds) + 2)
    try:
        yield
    finally:
        _set(resource.RLIMIT_AS, resource.RLIM_INFINITY)
        _set(resource.RLIMIT_CPU, resource.RLIM_INFINITY)


@contextlib.contextmanager
def without_memory_limit() -> Iterator[None]:
    """For starting a program that reserves more than it uses; it is bounded by time alone."""
    before = resource.getrlimit(resource.RLIMIT_AS)[0]
    _set(resource.RLIMIT_AS, resource.RLIM_INFINITY)
    try:
        yield
    finally:
        _set(resource.RLIMIT_AS, before)


def _set(limit: int, value: int) -> None:
    """Lower or raise it as far as the machine's owner allows; some systems know no limit of memory."""
    hard = resource.getrlimit(limit)[1]
    if hard != resource.RLIM_INFINITY and (value == resource.RLIM_INFINITY or value > hard):
        value = hard
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(limit, (value, hard))


def _megabytes_in_use() -> int:
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // MB
