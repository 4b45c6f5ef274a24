"""Real files, spoilt at random: each is read or refused, and the worker lives on.

In CI for a minute, else for some seconds (GONGKAI_FUZZ says for how many). The numbers of the files are seeds, so that what fails once can be had again.
"""

from __future__ import annotations

import io
import os
import random
import re
import time
import zipfile
from functools import cache

from gongkai.documents.bounded import bounded
from gongkai.documents.reading import UnreadableFile, old_word, read
from tests.documents import readable, uploads

SECONDS = float(os.environ.get("GONGKAI_FUZZ") or (60 if os.environ.get("CI") else 8))
MEGABYTES, PATIENCE = 1024, 30
NUMBERS = (b"-1", b"0", b"7", b"256", b"65535", b"99999999", b"4294967295", b"1e308", b"x")
PIECES = (
    b"\xff" * 4,
    b"\x00" * 4,
    b"<w:p>" * 40,
    b"<td rowspan=9>" * 20,
    b"&#0;",
    b"]]>",
    b"q 1 0 0 1 0 0 cm ",
    b"endobj",
    b"\x13\x14",
)


@cache
def files() -> tuple[bytes, ...]:
    ofd = uploads.ofd()
    return (
        readable.word_with_everything(),
        readable.workbook(),
        readable.pdf(),
        readable.pdf(compressed=False),
        readable.PAGE.encode("gb18030"),
        readable.picture("JPEG"),
        readable.picture("PNG"),
        readable.picture("TIFF"),
        readable.old_word(),
        uploads.sample("plain.xls"),
        uploads.sample("libreoffice.doc"),
        uploads.sample("open-aes-256.pdf"),
        ofd,
        "第一行\n第二行\t3\n".encode("utf-16"),
    )


def spoilt(seed: int) -> bytes:
    chance = random.Random(seed)
    data = chance.choice(files())
    if data.startswith(b"PK") and chance.random() < 0.9:
        return _with_spoilt_part(data, chance)
    return _spoilt(data, chance)


def _with_spoilt_part(package: bytes, chance: random.Random) -> bytes:
    """Packed anew, so that the damage gets past the checksums to the reader."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in chance.sample(sorted(parts), min(len(parts), chance.randint(1, 3))):
        parts[name] = _spoilt(parts[name], chance)
    return uploads.archive(parts, zipfile.ZIP_STORED)


def _spoilt(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(data) + 1)
        length = chance.choice((1, 4, 60, 600))
        match chance.randrange(6):
            case 0:
                data = data[:at] + chance.randbytes(min(length, 8)) + data[at + min(length, 8) :]
            case 1:
                data = data[:at] + chance.choice(PIECES) + data[at:]
            case 2:
                data = data[:at] + data[at + length :]
            case 3:
                data = data[:at] + data[at : at + length] * chance.randint(2, 50) + data[at:]
            case 4:
                data = data[:at] if chance.random() < 0.2 else data
            case _:
                data = _other_number(data, chance)
    return data


def _other_number(data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"\d+", data[: 1 << 20]))
    if not found:
        return data
    one = chance.choice(found)
    return data[: one.start()] + chance.choice(NUMBERS) + data[one.end() :]


def outcome(data: bytes) -> tuple[int, int]:
    """In the worker: which process it is, and how many blocks were read; -1 for a refusal. Without LibreOffice, which
    takes seconds a file."""
    old_word.PROGRAMS = ()
    try:
        return os.getpid(), len(read(data).blocks)
    except UnreadableFile:
        return os.getpid(), -1


def test_read_or_refused_and_the_worker_lives_on() -> None:
    """What dies, hangs or eats memory raises here, and the seed is in the message."""
    seed = int(os.environ.get("GONGKAI_FUZZ_SEED") or random.randrange(1 << 30))
    until, done, good, workers = time.monotonic() + SECONDS, 0, 0, set()
    while time.monotonic() < until:
        try:
            worker, blocks = bounded(outcome, spoilt(seed + done), seconds=PATIENCE, megabytes=MEGABYTES)
        except Exception as error:
            error.add_note(f"GONGKAI_FUZZ_SEED={seed + done}")
            raise
        workers.add(worker)
        done, good = done + 1, good + (blocks >= 0)
    assert len(workers) <= 1 + done // 200, "a worker leaves only when it has grown fat"
    assert done > 20
    assert 0 < good < done, "spoilt neither beyond recognition nor too little"
