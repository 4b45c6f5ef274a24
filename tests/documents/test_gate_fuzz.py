"""Real files, damaged at random: the gate passes or refuses them, and does nothing else."""

from __future__ import annotations

import contextlib
import tracemalloc
import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.documents.gate import Limits, UploadRefused, inspect
from gongkai.documents.gate.limits import MB
from tests.documents import uploads

FILES = {
    "a.docx": uploads.word(),
    "a.xlsx": uploads.excel(),
    "a.pdf": uploads.pdf(),
    "b.pdf": uploads.sample("open-aes-128.pdf"),
    "c.pdf": uploads.sample("open-aes-256.pdf"),
    "a.ofd": uploads.ofd(),
    "a.xls": uploads.sample("plain.xls"),
    "b.xls": uploads.book(),
    "b.xlsx": uploads.sample("locked.xlsx"),
    "a.doc": uploads.old_word(Macros=b"x"),
    "a.png": uploads.png(),
    "a.jpg": uploads.jpeg(),
    "a.tif": uploads.tiff((3, 2), (4, 5)),
    "a.txt": uploads.TEXT,
}
LIMITS = Limits(size=MB, unpacked=4 * MB, small=MB)
PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from([b"\xff" * 4, b"\x00" * 4, b"\xfe\xff\xff\xff", b"PK\x01\x02", b"PK\x05\x06", b"/Encrypt 4 0 R"]),
)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[bytes, str]:
    """A file with a few pieces written over, put in, cut out or repeated, near an end as often as elsewhere."""
    name = draw(st.sampled_from(sorted(FILES)))
    data = bytearray(FILES[name])
    for _ in range(draw(st.integers(1, 4))):
        near = draw(st.integers(0, min(len(data), 1200)))
        place = draw(st.sampled_from([near, len(data) - near, draw(st.integers(0, len(data)))]))
        piece = draw(PIECES)
        match draw(st.sampled_from("over into out twice short".split())):
            case "over":
                data[place : place + len(piece)] = piece
            case "into":
                data[place:place] = piece
            case "out":
                del data[place : place + draw(st.integers(1, 600))]
            case "twice":
                data[place:place] = data[place : place + draw(st.integers(1, 600))]
            case _:
                del data[place:]
    return bytes(data), draw(st.sampled_from([name, "x", draw(st.text(max_size=12)) + name]))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(damaged())
def test_pass_or_refusal_and_nothing_else(file: tuple[bytes, str]) -> None:
    data, name = file
    tracemalloc.start()
    try:
        with contextlib.suppress(UploadRefused):
            assert inspect(data, name, limits=LIMITS).size == len(data)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 8 * MB


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600), st.text(max_size=40))
def test_any_bytes_under_any_name(data: bytes, name: str) -> None:
    try:
        passed = inspect(data, name, limits=LIMITS)
    except UploadRefused:
        return
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} or c in "/\\" for c in passed.name)
    assert inspect(data, passed.name).name == passed.name, "a safe name stays as it is"
