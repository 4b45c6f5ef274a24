"""An OFD file in the normal form: its lines in reading order, and aside what its pages do not show."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.documents.bounded import OnPage
from gongkai.documents.gate.kinds import OFD
from gongkai.documents.ofd.items import OfdFile, PageOfOfd, TextItem
from gongkai.documents.ofd.lines import lines_of
from gongkai.documents.ofd.package import Package, local
from gongkai.documents.ofd.parsing import parse
from gongkai.documents.ofd.sight import Sight, seen_and_unseen
from gongkai.documents.ofd.tables import tables_and_rest
from gongkai.documents.ofd.values import Box
from gongkai.documents.reading.limits import Allowance
from gongkai.documents.reading.normal import Aside, AsideKind, Block, Place, Reading, TableBlock, TextBlock


def read_ofd(data: bytes, on_page: OnPage | None = None) -> Reading:
    """Raises UnreadableFile. Knows no Django: it is called in the bounded worker."""
    package, allowance = Package(data), Allowance()
    file = parse(package, allowance)
    blocks: list[Block] = []
    asides: list[Aside] = list(_of_the_file(package, file))
    pictures = []
    for number, page in enumerate(file.pages, start=1):
        sight = seen_and_unseen(page)
        blocks += _blocks(page, sight, number, allowance, sum(isinstance(block, TableBlock) for block in blocks))
        asides += _of_the_page(page, sight, number)
        if sight.pictures and not sight.seen:
            pictures.append(number)
        if on_page:
            on_page(number, len(file.pages))
    asides += _left_behind(package, allowance)
    return Reading(
        media_type=OFD.media_type,
        blocks=tuple(blocks),
        asides=tuple(asides),
        pages=len(file.pages),
        pictures=tuple(pictures),
        notes=("ofd_unread",) if package.incomplete or file.older_versions else (),
        properties=file.properties,
    )


def _blocks(page: PageOfOfd, sight: Sight, number: int, allowance: Allowance, tables: int) -> list[Block]:
    """Lines and tables from above to below; what is turned comes last, as `lines_of` has it. ``tables`` were before."""
    found, rest = tables_and_rest(page, sight.seen, allowance)
    found.sort(key=lambda table: table[1][1])
    waiting: list[tuple[float, Block]] = [
        (edges[1], TableBlock(cells, Place(page=number, table=count, box=_fractions(edges, page))))
        for count, (cells, edges) in enumerate(found, start=tables + 1)
    ]
    blocks: list[Block] = []
    for index, line in enumerate(lines_of(rest), start=1):
        while waiting and waiting[0][0] <= line.box[1]:
            blocks.append(waiting.pop(0)[1])
        blocks.append(TextBlock(line.text, place=Place(page=number, line=index, box=_fractions(line.box, page))))
    return blocks + [block for _, block in waiting]


def _fractions(edges: Box, page: PageOfOfd) -> Box:
    left, top, right, bottom = page.box
    wide, high = (right - left) or 1, (bottom - top) or 1
    return (edges[0] - left) / wide, (edges[1] - top) / high, (edges[2] - left) / wide, (edges[3] - top) / high


def _of_the_file(package: Package, file: OfdFile) -> Iterator[Aside]:
    for name, text in file.properties.items():
        yield Aside(AsideKind.PROPERTY, text, name)
    for attachment in file.attachments:
        size = f"{package.size(attachment.part)} B" if attachment.part else ""
        yield Aside(AsideKind.ATTACHMENT, size, attachment.name)


def _of_the_page(page: PageOfOfd, sight: Sight, number: int) -> Iterator[Aside]:
    place = Place(page=number)
    told = ((AsideKind.COVERED, sight.covered), (AsideKind.UNSHOWN, [*sight.unshown, *page.unseen]))
    for kind, texts in told:
        for line in lines_of(texts):
            yield Aside(kind, line.text, place=place)
    for note in page.notes:
        drawn = " ".join(line.text for line in lines_of([item for item in note.items if isinstance(item, TextItem)]))
        if words := " ".join(filter(None, (note.remark, drawn))):
            yield Aside(AsideKind.COMMENT, words, note.kind, place)


def _left_behind(package: Package, allowance: Allowance) -> Iterator[Aside]:
    """Text in parts to which nothing in the file leads any more: pages that were taken out, but not away."""
    for name in package.names:
        if name in package.used or not name.lower().endswith(".xml"):
            continue
        if (root := package.xml(name)) is not None:
            text = "\n".join(element.text or "" for element in root.iter() if local(element) == "TextCode")
            if text.strip():
                yield Aside(AsideKind.UNSHOWN, allowance.take_text(text), name)
