"""ClamAV, asked over its socket (GONGKAI_CLAMAV). Whatever goes wrong with it, the file does not pass."""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import socket
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings

from gongkai.documents.gate.limits import MB, Limits
from gongkai.documents.gate.refusals import Fault

logger = logging.getLogger(__name__)


class WholeSocket(socket.socket):
    """The library calls `send` and trusts that all was sent; half a piece would let the scanner lose count."""

    def send(self, data: Any, flags: int = 0) -> int:
        self.sendall(data, flags)
        return len(data)


def scan(data: bytes, limits: Limits) -> None:
    """Raises Fault "infected", or "scan_unavailable" for every answer but a plain OK. Not configured, all passes."""
    scan_file(io.BytesIO(data), len(data), limits)


def scan_file(file: IO[bytes], size: int, limits: Limits) -> None:
    """As `scan`, piece by piece."""
    address = settings.CLAMAV
    if not address:
        return
    import clamd

    try:
        with _connection(address, limits.scan_seconds) as connected:
            answer = _client(connected).instream(file)
    except (OSError, ValueError, clamd.ClamdError) as error:
        logger.error("ClamAV at %s did not check a file of %d bytes: %s", address, size, error)
        raise Fault("scan_unavailable") from None
    status, virus = (answer or {}).get("stream", ("", ""))
    if status == "FOUND":
        file.seek(0)
        digest = hashlib.sha256()
        while piece := file.read(MB):
            digest.update(piece)
        logger.warning("ClamAV found %s in the upload with SHA-256 %s", virus, digest.hexdigest())
        raise Fault("infected", virus=virus)
    if status != "OK":
        logger.error("ClamAV at %s answered %r", address, answer)
        raise Fault("scan_unavailable")


def _client(connected: socket.socket) -> Any:
    """The library's client on a connection that we made."""
    import clamd

    client = clamd.ClamdNetworkSocket()
    client.clamd_socket = connected
    client._init_socket = lambda: None
    return client


@contextlib.contextmanager
def _connection(address: str, seconds: float) -> Iterator[WholeSocket]:
    """Connected, with the time limit from the first moment on (the library sets it only afterwards)."""
    if address.startswith("unix:"):
        with WholeSocket(socket.AF_UNIX) as connected:
            connected.settimeout(seconds)
            connected.connect(address.removeprefix("unix:"))
            yield connected
        return
    host, _, port = address.rpartition(":")
    plain = socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)
    with WholeSocket(plain.family, plain.type, plain.proto, fileno=plain.detach()) as connected:
        connected.settimeout(seconds)
        yield connected
