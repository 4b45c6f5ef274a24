"""The check of a finished copy must fail: for each way in which a copy can be wrong, one that is."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from gongkai.documents.redaction import Box, StillThere, pdf_pages, redacting
from gongkai.documents.redaction.redacting import redact
from gongkai.documents.redaction.verifying import verify
from tests.documents.redaction import made, oracle

BOXES = (made.around(1, 72, 700), made.around(1, 300, 600))


@pytest.fixture(scope="module")
def original() -> bytes:
    """SECRETWORD and SECRETMORE are to go, REPEATED stands once under a box and once beside."""
    paper = made.Paper()
    paper.page(
        made.line("SECRETWORD", 72, 700) + made.line("KEPT", 300, 700) + made.line("REPEATED", 300, 600)
        + made.line("REPEATED", 72, 500)
    )  # fmt: skip
    paper.page(made.line("KEPT TOO", 72, 700))
    return paper.bytes()


@pytest.fixture(scope="module")
def copy(original: bytes) -> bytes:
    return redact(original, BOXES)


def refused(original: bytes, copy: bytes, *, by_itself: bool = False) -> str:
    with pytest.raises(StillThere) as refusal:
        verify(original, copy, BOXES)
    assert "SECRET" not in refusal.value.message.zh + refusal.value.message.en, "the refusal itself gives nothing away"
    assert refusal.value.code == "still_there"
    assert by_itself or "bytes" not in refusal.value.message.zh, "it is the thing itself that was noticed"
    return refusal.value.where


def test_a_good_copy_passes(original: bytes, copy: bytes) -> None:
    seen = verify(original, copy, BOXES)
    assert (seen.pages, seen.boxes, seen.repeated) == (2, 2, 1)
    assert seen.characters == len("KEPTREPEATEDKEPTTOO")


# --- the making, broken ---


def test_boxes_that_were_not_burnt_in(original: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redacting, "covered", lambda image, boxes: image)
    assert refused(original, redact(original, BOXES)) == "pixels"


def test_boxes_that_only_shade(original: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redacting, "covered", lambda image, boxes: image.point(lambda value: value // 3))
    assert refused(original, redact(original, BOXES)) == "pixels"


def test_text_that_was_left_under_a_box(original: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = redacting.runs
    monkeypatch.setattr(redacting, "runs", lambda glyphs, covered: honest(glyphs, ()))
    assert refused(original, redact(original, BOXES)) == "place"


@pytest.mark.parametrize("text", ["SECRETWORD", "CRETWORD", "REPEATED"])
def test_text_that_was_moved_aside(original: bytes, copy: bytes, text: str) -> None:
    """It stands where nothing is covered: a word, a part of one, and a word that may stand there once, not twice."""
    codes = text.encode("utf-16-be").hex().encode()
    added = b"\n/F 9 Tf 100 Tz 1 0 0 1 72 20 Tm <%s> Tj\nET" % codes
    assert refused(original, rewritten(copy, lambda content: content.replace(b"\nET", added))) == "text"


def test_text_that_the_file_says_beside_its_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFium reads it as standing where nothing is covered; another reader knows what the covered shapes spell."""
    data, boxes = made.hidden_in_every_way()
    monkeypatch.setattr(pdf_pages._SaidBeside, "of", lambda self, item: False)
    with pytest.raises(StillThere) as refusal:
        verify(data, redact(data, boxes), boxes)
    assert refusal.value.where == "text"


def test_another_number_of_pages(original: bytes, copy: bytes) -> None:
    assert refused(original, saved(copy, lambda pdf: pdf.pages.remove(p=2))) == "pages"


# --- the file, with more in it than a copy needs ---


def saved(copy: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        change(pdf)
        pdf.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=True,
            recompress_flate=False,
        )  # fmt: skip
    return out.getvalue()


def rewritten(copy: bytes, change: Callable[[bytes], bytes]) -> bytes:
    def write(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[0].obj.Contents
        content.write(zlib.compress(change(content.read_bytes())), filter=Name.FlateDecode)

    return saved(copy, write)


def _info(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Author"] = "SECRETWORD"


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = b"SECRETWORD"


def _metadata(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Metadata = Stream(pdf, b"<x>SECRETWORD</x>")


def _note(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents=String("SECRETWORD"))])


def _picture_behind(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.Behind = pdf.pages[1].obj.Resources.XObject.I


def _mask(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.I.SMask = pdf.pages[1].obj.Resources.XObject.I


def _font(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.Font.F.ToUnicode.write(
        zlib.compress(b"1 beginbfchar <0001> <5E78> endbfchar"), filter=Name.FlateDecode
    )


def _longer_picture(pdf: pikepdf.Pdf) -> None:
    image = pdf.pages[0].obj.Resources.XObject.I
    space = image.ColorSpace
    image.write(image.read_raw_bytes() + b"SECRETWORD", filter=Name.FlateDecode)
    image.ColorSpace = space


@pytest.mark.parametrize(
    "change", [_info, _attachment, _metadata, _note, _picture_behind, _mask, _font, _longer_picture]
)
def test_what_a_copy_has_no_need_of(original: bytes, copy: bytes, change: Callable[[pikepdf.Pdf], None]) -> None:
    assert refused(original, saved(copy, change)) == "structure"


@pytest.mark.parametrize(
    "content",
    [b"%% SECRETWORD\n", b"/SECRETWORD Do\n", b"BT 0 Tr ET\n", b"/Span <</ActualText <00530045>>> BDC EMC\n",
     b"BT (SECRETWORD) Tj ET\n"],
)  # fmt: skip
def test_content_of_another_kind(original: bytes, copy: bytes, content: bytes) -> None:
    assert refused(original, rewritten(copy, lambda before: content + before)) == "structure"


def between_objects(copy: bytes) -> bytes:
    """In a comment that no reader reads, before the objects' table."""
    return copy.replace(b"\nxref\n", b"\n%SECRETWORD\nxref\n").replace(
        b"startxref\n%d" % copy.index(b"xref\n"), b"startxref\n%d" % (copy.index(b"xref\n") + len(b"%SECRETWORD\n"))
    )


def appended(copy: bytes) -> bytes:
    return copy + b"% SECRETWORD\n"


def cut(copy: bytes) -> bytes:
    return copy[:1000]


def nothing(copy: bytes) -> bytes:
    return b"SECRETWORD"


@pytest.mark.parametrize("change", [between_objects, appended, cut, nothing])
def test_bytes_outside_of_everything(original: bytes, copy: bytes, change: Callable[[bytes], bytes]) -> None:
    assert refused(original, change(copy), by_itself=True) in ("structure", "unreadable")


def test_the_original_itself_is_no_copy_of_it(original: bytes) -> None:
    assert refused(original, original, by_itself=True) == "structure"


def test_a_number_broken_at_its_hyphen_is_the_same_number() -> None:
    """PDFium reads the hyphen at the end of a line as another sign than that within it."""
    paper = made.Paper()
    paper.page(
        made.line("tel 0371-667812", 72, 700) + made.line("tel 0371-", 72, 600) + made.line("667812 end", 72, 586)
    )
    boxes = [made.around(1, 90, 700)]
    copy = redact(paper.bytes(), boxes)
    assert verify(paper.bytes(), copy, boxes).repeated
    assert oracle.holds(copy, "0371-667812")


def test_words_that_every_file_has_are_no_finding() -> None:
    paper = made.Paper()
    paper.page(made.line("Contents Identity", 72, 700) + made.line("Resources", 72, 600))
    boxes = [made.around(1, 72, 700), made.around(1, 72, 600)]
    assert verify(paper.bytes(), redact(paper.bytes(), boxes), boxes).words > 3


def test_covering_nothing_needs_no_words(original: bytes) -> None:
    seen = verify(original, redact(original, []), [])
    assert (seen.boxes, seen.words) == (0, 0)


def test_a_word_cut_out_between_two_that_stay_is_not_a_word_found() -> None:
    """„AB“ stands under a box elsewhere; here A and B remain with a gap between them."""
    paper = made.Paper()
    paper.page(made.line("ZAYXB", 72, 700) + made.line("AYXB", 300, 600) + made.line("AB", 300, 500))
    boxes = [Box(1, 0.155, 0.15, 0.18, 0.18), made.around(1, 300, 500)]
    data = paper.bytes()
    assert verify(data, redact(data, boxes), boxes).words
