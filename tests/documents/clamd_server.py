"""A ClamAV daemon in small: the real protocol (INSTREAM) on a real socket, with one signature, EICAR."""

from __future__ import annotations

import contextlib
import shutil
import socket
import struct
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.documents.uploads import EICAR


@dataclass
class Clamd:
    """``stream_limit`` as StreamMaxLength; ``answer`` instead of what it found; ``silent``: takes all, says nothing."""

    address: str = ""
    stream_limit: int = 1 << 30
    answer: bytes | None = None
    silent: bool = False
    scanned: list[bytes] = field(default_factory=list)

    def serve(self, connected: socket.socket) -> None:
        with connected, connected.makefile("rb") as lines:
            if lines.readline() != b"nINSTREAM\n":
                connected.sendall(b"UNKNOWN COMMAND\n")
                return
            data = bytearray()
            while size := struct.unpack("!L", lines.read(4))[0]:
                data += lines.read(size)
                if len(data) > self.stream_limit:
                    connected.sendall(b"INSTREAM size limit exceeded. ERROR\n")
                    return
            self.scanned.append(bytes(data))
            if self.silent:
                connected.recv(1)  # until the other side gives up
                return
            found = b"stream: Eicar-Signature FOUND\n" if EICAR in data else b"stream: OK\n"
            connected.sendall(found if self.answer is None else self.answer)


@contextlib.contextmanager
def running(*, tcp: bool = False, **options: object) -> Iterator[Clamd]:
    """A daemon that listens while the block runs."""
    folder = tempfile.mkdtemp(prefix="clamd-")  # a socket's path must be short
    with socket.socket(socket.AF_INET if tcp else socket.AF_UNIX) as listening:
        listening.bind(("127.0.0.1", 0) if tcp else f"{folder}/s")
        listening.listen()
        address = f"127.0.0.1:{listening.getsockname()[1]}" if tcp else f"unix:{folder}/s"
        daemon = Clamd(address, **options)  # type: ignore[arg-type]

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connected, _ = listening.accept()
                    with contextlib.suppress(OSError, struct.error):
                        daemon.serve(connected)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield daemon
        finally:
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join(5)
            shutil.rmtree(Path(folder))
