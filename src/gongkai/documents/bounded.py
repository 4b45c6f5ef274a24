"""Work on strangers' files in a process of its own, with so much time and memory and no more.

A parser that a hostile file drives mad must not take the web server with it. So the function runs in a worker that is
killed when its time is over and replaced when it dies; the caller gets the result, the error, or one of the three
errors below. A worker is used again for the next call, and leaves when it has been idle or has grown fat.

The worker is a fresh interpreter at the other end of a socket, not a `multiprocessing` process: those fork a process full
of threads, or import the main program anew, or are refused to the job worker's daemonic processes. It knows no Django:
the function must be importable, by its name, from a module that needs no models. What it may cost in memory counts the
whole address space of the worker, of which about 200 MB are libraries. This guards against accidents and greed; a worker
that somebody has taken over has this user's rights.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NoReturn, TypeVar

from gongkai.documents.errors import DocumentError
from gongkai.law.texts import Text

T = TypeVar("T")
OnPage = Callable[[int, int], None]
"""Told how far the work has come: done, total."""

SECONDS, MEGABYTES = 60.0, 1024
#: How many workers one process keeps at most: further calls wait, and their time runs.
MOST_WORKERS = 2
#: A worker leaves after so many idle seconds, and after a call that left it with so many megabytes in use.
IDLE_SECONDS, FAT_MEGABYTES = 120.0, 300
MB = 1024 * 1024
_BOOT = (
    "import json, sys; parent, sys.path[:] = json.loads(sys.argv[1]);"
    "from gongkai.documents.bounded_worker import serve; serve(parent)"
)


class BoundedError(DocumentError):
    """The work was given up: not a word about whether the file is good."""


class OutOfTime(BoundedError):
    @classmethod
    def after(cls, seconds: float) -> OutOfTime:
        zh = f"处理这个文件超过了 {seconds:g} 秒，已经停止。请拆分或者简化后再试。"
        en = f"This file took more than {seconds:g} seconds and was given up. Split or simplify it and try again."
        return cls("out_of_time", Text(zh, en))


class OutOfMemory(BoundedError):
    @classmethod
    def over(cls, megabytes: int) -> OutOfMemory:
        zh = f"处理这个文件所需的内存超过了 {megabytes} MB，已经停止。请拆分或者简化后再试。"
        en = f"This file needs more than {megabytes} MB of memory and was given up. Split or simplify it and try again."
        return cls("out_of_memory", Text(zh, en))


class WorkerDied(BoundedError):
    @classmethod
    def of(cls, status: int | None) -> WorkerDied:
        zh = "处理这个文件的程序意外中断。文件可能已经损坏，请重新保存后再试。"
        en = "The program that worked on this file broke off. The file may be damaged; save it again and try again."
        died = cls("worker_died", Text(zh, en))
        died.add_note(f"exit status {status}")
        return died


def bounded(
    function: Callable[..., T],
    *arguments: object,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    on_page: OnPage | None = None,
) -> T:
    """``function(*arguments)``, done by the worker. Raises what it raises, or OutOfTime, OutOfMemory, WorkerDied.

    Waiting for a worker counts as time. With ``on_page`` the function gets an ``on_page`` of its own, and what it tells
    that one arrives here.
    """
    result: T = _house.pool.run(_Call(function, arguments, seconds, megabytes, on_page))
    return result


def bounded_map(
    function: Callable[..., T],
    calls: Iterable[tuple[object, ...]],
    *,
    workers: int | None = None,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Iterator[T | DocumentError]:
    """The function with each of the arguments, by several workers at once; results in the order of the calls, refusals
    in their places. The calls are taken as they are needed, so ten thousand files are never in memory together."""
    count = workers or os.cpu_count() or 1
    pool = _Pool(count)

    def attempt(arguments: tuple[object, ...]) -> T | DocumentError:
        try:
            result: T = pool.run(_Call(function, arguments, seconds, megabytes, None))
        except DocumentError as error:
            return error
        return result

    threads = ThreadPoolExecutor(count)
    waiting: deque[Future[T | DocumentError]] = deque()
    try:
        for arguments in calls:
            waiting.append(threads.submit(attempt, arguments))
            if len(waiting) >= 8 * count:  # one slow file holds up none of the others
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        pool.close()
        threads.shutdown()


class _Call:
    """What is asked of a worker, and until when."""

    def __init__(
        self,
        function: Callable[..., Any],
        arguments: tuple[object, ...],
        seconds: float,
        megabytes: int,
        on_page: OnPage | None,
    ) -> None:
        self.message = pickle.dumps((function, arguments, seconds, megabytes, on_page is not None))
        self.seconds, self.megabytes, self.on_page = seconds, megabytes, on_page
        self.deadline = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until the deadline. Raises OutOfTime when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise OutOfTime.after(self.seconds)
        return left


class _Left(Exception):
    """The worker had left before it took the call up."""


class _Worker:
    """One interpreter, seen from here."""

    def __init__(self) -> None:
        self.used = self.begun = False
        ours, theirs = socket.socketpair()
        self.connection = ours
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _BOOT, json.dumps([os.getpid(), sys.path])],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "MALLOC_ARENA_MAX": "1"},
                start_new_session=True,  # what it starts dies with it; Ctrl+C is for us to pass on
            )

    def answer(self, call: _Call) -> Any:
        """Raises _Left where another worker should be asked."""
        fresh, self.used, self.begun = not self.used, True, False
        try:
            self.connection.settimeout(call.left)
            send(self.connection, call.message)
            while True:
                kind, *facts = pickle.loads(receive(self.connection, lambda: call.left))
                if kind == "begun":
                    self.begun = True
                elif kind == "page" and call.on_page:
                    call.on_page(*facts)
                elif kind == "result":
                    return facts[0]
                elif kind == "error":
                    raise facts[0]
                elif kind == "memory":
                    raise OutOfMemory.over(call.megabytes)
        except TimeoutError:
            raise OutOfTime.after(call.seconds) from None
        except (EOFError, ConnectionError):
            if not self.begun and not fresh:  # it had left, or was killed, while nobody looked
                raise _Left from None
            self._lament(call)

    def _lament(self, call: _Call) -> NoReturn:
        """It is gone: say of what."""
        try:
            status = self.process.wait(min(call.left, 5))
        except subprocess.TimeoutExpired:
            status = None
        if status == -signal.SIGXCPU:
            raise OutOfTime.after(call.seconds)
        if status == -signal.SIGKILL:  # not by us: the machine's memory has run out
            raise OutOfMemory.over(call.megabytes)
        raise WorkerDied.of(status)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def end(self) -> None:
        """Kill it and what it started, and see it buried."""
        self.connection.close()
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()
        self.process.wait()


class _Pool:
    """Workers of this process: started when needed, idle ones kept."""

    def __init__(self, most: int) -> None:
        self._slots = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()

    def run(self, call: _Call) -> Any:
        if not self._slots.acquire(timeout=call.left):
            raise OutOfTime.after(call.seconds)
        try:
            while True:
                worker = self._take()
                try:
                    with self._returning(worker):
                        return worker.answer(call)
                except _Left:
                    continue
        finally:
            self._slots.release()

    def _take(self) -> _Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.alive:
                    break
                worker.end()
            else:
                worker = _Worker()
            self._busy.add(worker)
            return worker

    @contextlib.contextmanager
    def _returning(self, worker: _Worker) -> Iterator[None]:
        """Back to the idle ones after an answer, even a refusal; to death after anything else, for its answer to the
        last call would come as that to the next."""
        reusable = False
        try:
            yield
            reusable = True
        except BaseException as error:
            reusable = isinstance(error, Exception) and not isinstance(error, BoundedError | _Left)
            raise
        finally:
            with self._lock:
                self._busy.discard(worker)
                if reusable:
                    self._idle.append(worker)
            if not reusable:
                worker.end()

    def close(self) -> None:
        with self._lock:
            workers, self._idle = [*self._idle, *self._busy], []
        for worker in workers:
            worker.end()


class _House:
    """The pool of this process. A forked child begins with a new one and leaves its parent's workers alone."""

    def __init__(self) -> None:
        self.pool = _Pool(MOST_WORKERS)

    def renew(self) -> None:
        for worker in self.pool._idle:
            worker.connection.close()
            worker.process.returncode = 0  # not ours to wait for
        self.pool = _Pool(MOST_WORKERS)


_house = _House()
os.register_at_fork(after_in_child=_house.renew)
atexit.register(lambda: _house.pool.close())


# --- The line between the two -------------------------------------------------------------------------------


def send(connection: socket.socket, message: bytes) -> None:
    connection.sendall(struct.pack(">Q", len(message)))
    connection.sendall(message)


def receive(connection: socket.socket, seconds_left: Callable[[], float | None]) -> bytes:
    """The next message. Raises EOFError where the other end has closed, TimeoutError where time is over."""
    (length,) = struct.unpack(">Q", _exactly(connection, 8, seconds_left))
    return _exactly(connection, length, seconds_left)


def _exactly(connection: socket.socket, length: int, seconds_left: Callable[[], float | None]) -> bytes:
    data = bytearray()
    while len(data) < length:
        connection.settimeout(seconds_left())
        piece = connection.recv(min(length - len(data), MB))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
