"""The text of an item: what may stand in it, and what becomes of what may not.

Whatever is typed, pasted or read from a file becomes a small HTML of headings, paragraphs, lists, tables, links and
pictures. What is taken out is told to the person, never done in silence. The last word has nh3, so that nothing gets
past it, whatever the tree before it looked like.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import nh3
from lxml import etree

from gongkai.agencies.errors import Invalid
from gongkai.law.texts import Text

#: Characters of HTML before cleaning; a text pasted from Word shrinks to a fraction.
LONGEST = 300_000
DEEPEST = 60
NEWLINE, QUOTE = "\n", '"'
HEADINGS = ("h2", "h3", "h4")
CELLS = ("td", "th")
BLOCKS = frozenset({*HEADINGS, "p", "ul", "ol", "table", "blockquote", "figure"})
_INLINE = frozenset({"strong", "em", "u", "sub", "sup", "a", "br", "img"})
_INSIDE = frozenset({"li", "caption", "thead", "tbody", "tfoot", "tr", *CELLS, "figcaption"})
#: Where a new line begins in plain words.
_LINES = BLOCKS | {"li", "tr", "caption", "figcaption", "br"}
TAGS = BLOCKS | _INLINE | _INSIDE
ALIGNS = frozenset({"align-center", "align-right"})
_ALIGNED = ("p", *HEADINGS, *CELLS, "figure")
_ATTRIBUTES = {"a": {"href", "rel"}, "img": {"src", "alt"}, "ol": {"start"}}
_ATTRIBUTES |= {cell: {"colspan", "rowspan"} for cell in CELLS}
_SAME = {"b": "strong", "i": "em"}
#: Headings as they come in; `_raise_headings` leaves `HEADINGS`.
_ANY_HEADING = ("h1", *HEADINGS, "h5", "h6")
#: Boxes without a meaning: a paragraph where there is only text in them, else nothing.
_BOXES = (
    "div", "section", "article", "center", "header", "footer", "main", "aside", "nav", "dl", "dt", "dd", "address",
    "pre", "form", "fieldset", "details", "summary",
)  # fmt: skip
_APART = BLOCKS | {*_ANY_HEADING}
_KNOWN = TAGS | {*_ANY_HEADING, *_BOXES}
_RUBBISH = ("style", "title", "xml", "template", "noscript", "o:p")
_SCRIPTS, _DRAWN = ("script",), ("svg", "math", "canvas")
_FOREIGN = ("iframe", "frame", "object", "embed", "applet", "video", "audio", "input", "button", "select", "textarea")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: What lets words read otherwise than they are written: a number turned round passes the scan and reads as what it is.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: What nobody sees, and editors leave behind.
_NOTHING = re.compile("[\u200b\u2060\ufeff]")
_OWN = re.compile(r"(?:attachment:|/desk/revisions/\d+/files/)([0-9a-f]{64})/?\Z")
_KEPT = re.compile(r'(src|href)="attachment:([0-9a-f]{64})"')
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_PAGE = re.compile(r"(?i)</?(?:html|body|head)\b[^<>]*>")
_ALIGN = re.compile(r"text-align\s*:\s*(center|right)")

SCRIPT = Text("脚本", "scripts")
HANDLER = Text("事件代码", "event handlers")
BAD_LINK = Text("不能使用的链接（只留文字）", "links that cannot be used (their words stay)")
PICTURE = Text("外部图片或未上传的图片", "pictures from elsewhere or not uploaded")
EMBEDDED = Text("嵌入的网页、表单或多媒体", "embedded pages, forms or media")
DRAWING = Text("图形代码", "drawing code")
TURNED = Text("改变文字方向的隐藏字符", "hidden characters that turn the text round")
STYLE = Text("字体、颜色等格式", "fonts, colours and the like")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text as it is kept, and what was taken out of it."""

    html: str
    removed: tuple[Text, ...]


def clean(text: str, pictures: Collection[str] = ()) -> Cleaned:
    """What may be kept of a text. Plain text (no tag in it) becomes paragraphs. ``pictures``: the digests of the
    revision's own attachments, which alone may be shown. Raises Invalid for what is too long or nested without end."""
    if len(text) > LONGEST:
        raise Invalid("body", Text(f"正文过长，最多{LONGEST}个字符。", f"The text is too long: {LONGEST} at most."))
    text = _UNSEEN.sub("", text)
    if not _TAG.search(text):
        text, turned = seen(text)
        return Cleaned(from_plain(text), (TURNED,) if turned else ())
    removed: dict[str, Text] = {}
    html = _once(text, pictures, removed)
    for _ in range(3):  # what the strict parser places elsewhere is looked at again
        if (again := _once(html, pictures, {})) == html:
            break
        html = again
    html, turned = seen(html)
    if turned:
        removed["turned"] = TURNED
    return Cleaned(html, tuple(removed.values()))


def seen(text: str) -> tuple[str, bool]:
    """The text without what hides in it, and whether some of that would have turned it round."""
    text, turned = _TURNING.subn("", _NOTHING.sub("", text))
    return text, bool(turned)


def from_plain(text: str) -> str:
    """Paragraphs of a text: parted by blank lines, or, where there is none, one a line."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")]
    parted = re.split(r"\n{2,}", "\n".join(lines)) if "" in lines else lines
    return "\n".join(f"<p>{_escaped(part).replace(NEWLINE, '<br>')}</p>" for part in parted if part)


def plain_text(html: str) -> str:
    """The words of a kept text, a line a paragraph, for search, scans and comparisons. The words of pictures count."""
    if not html.strip():
        return ""
    words: list[str] = []
    for event, element in etree.iterwalk(_tree(html), events=("start", "end")):
        tag = cast(str, element.tag)
        parted = "\n" if tag in _LINES else "\t" if tag in CELLS else ""
        if event == "start":
            words += [parted, element.get("alt") or "", element.text or ""]
        else:
            words += [parted, element.tail or ""]
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in "".join(words).split("\n"))
    return "\n".join(line for line in lines if line)


def shown(html: str, addresses: Mapping[str, str]) -> str:
    """The kept text for a page: its own pictures and files by their addresses there. What has none is not asked for."""

    def at(match: re.Match[str]) -> str:
        address = addresses.get(match[2])
        return f'{match[1]}="{_escaped(address).replace(QUOTE, "&quot;")}"' if address else ""

    return _KEPT.sub(at, html)


def files_in(html: str) -> frozenset[str]:
    """The digests of the attachments that the text shows or links to."""
    return frozenset(match[2] for match in _KEPT.finditer(html))


def pictures_without_words(html: str) -> int:
    """How many pictures have no words for who does not see them."""
    return sum(1 for image in _tree(html).iter("img") if not (image.get("alt") or "").strip()) if html.strip() else 0


# --- The tree -----------------------------------------------------------------------------------------------


def _once(text: str, pictures: Collection[str], removed: dict[str, Text]) -> str:
    body = _tree(_PAGE.sub("", text))
    _require_flat(body)
    for note in _take_out(body):
        removed.setdefault(note.zh, note)
    for element in list(body.iter()):
        for note in _attributes(element, pictures):
            removed.setdefault(note.zh, note)
    _rename(body)
    _unbox(body)
    _raise_headings(body)
    _wrap(body)
    _drop_empty(body)
    inner = _escaped(body.text or "") + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in body
    )
    return nh3.clean(
        inner,
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        tag_attribute_values={"th": {"scope": {"row", "col", "rowgroup", "colgroup"}}},
        allowed_classes={tag: set(ALIGNS) for tag in _ALIGNED},
        url_schemes={"http", "https", "mailto", "tel", "attachment"},
        link_rel=None,
    ).strip()


def _tree(text: str) -> Any:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(f"<html><body><div>{text}</div></body></html>".encode(), parser)
    body = root.find("body") if root is not None else None
    return body if body is not None else etree.Element("body")


def _require_flat(body: Any) -> None:
    depth = 0
    for event, _element in etree.iterwalk(body, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            message = Text("正文的格式嵌套过深，请以纯文本粘贴。", "It is nested too deeply: paste it as plain text.")
            raise Invalid("body", message)


def _take_out(body: Any) -> Iterator[Text]:
    """What goes with all that is in it."""
    for names, note in ((_SCRIPTS, SCRIPT), (_DRAWN, DRAWING), (_FOREIGN, EMBEDDED)):
        if next(body.iter(*names), None) is not None:
            yield note
    if next(body.iter("font", "style"), None) is not None:
        yield STYLE
    etree.strip_elements(body, *_SCRIPTS, *_DRAWN, *_FOREIGN, *(name for name in _RUBBISH if name != "o:p"), with_tail=False)  # fmt: skip


def _attributes(element: Any, pictures: Collection[str]) -> Iterator[Text]:
    """Only what means something stays."""
    given = {str(name).lower(): value for name, value in element.attrib.items()}
    element.attrib.clear()
    if any(name.startswith("on") for name in given):
        yield HANDLER
    if "style" in given or "color" in given:
        yield STYLE
    tag = element.tag
    if align := _aligned(given):
        element.set("class", align)
    if tag == "a":
        yield from _link(element, given.get("href"), pictures)
    elif tag == "img":
        yield from _picture(element, given, pictures)
    elif tag in CELLS:
        _cell(element, given)
    elif tag == "ol" and given.get("start", "").isdecimal():
        element.set("start", str(int(given["start"][:4])))


def _aligned(given: Mapping[str, str]) -> str:
    asked = given.get("align", "").lower()
    if match := _ALIGN.search(given.get("style", "").lower()):
        asked = match[1]
    if own := ALIGNS & set(given.get("class", "").split()):
        return min(own)
    return f"align-{asked}" if f"align-{asked}" in ALIGNS else ""


def _link(element: Any, href: str | None, pictures: Collection[str]) -> Iterator[Text]:
    address = _address(href or "", pictures)
    if address is None:
        element.tag = "gone"
        if href:
            yield BAD_LINK
        return
    element.set("href", address)
    if address.startswith("http"):
        element.set("rel", "external noopener")


def _address(href: str, pictures: Collection[str]) -> str | None:
    """A link as it is kept: absolute, or within this site. None for what leads nowhere or does something."""
    href = "".join(href.split())
    if own := _OWN.fullmatch(href):
        return f"attachment:{own[1]}" if own[1] in pictures else None
    if href.startswith("//"):
        href = f"https:{href}"
    elif re.match(r"(?i)www\.", href):
        href = f"http://{href}"
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme in ("http", "https"):
        return href if parts.hostname and "\\" not in href else None
    if parts.scheme in ("mailto", "tel"):
        return href if parts.path else None
    inside = not parts.scheme and href.startswith(("/", "#")) and len(href) > 1
    return href if inside and "\\" not in href else None


def _picture(element: Any, given: Mapping[str, str], pictures: Collection[str]) -> Iterator[Text]:
    own = _OWN.fullmatch(given.get("src", "").strip())
    if not own or own[1] not in pictures:
        element.tag = "gone"
        yield PICTURE
        return
    element.set("src", f"attachment:{own[1]}")
    element.set("alt", " ".join(given.get("alt", "").split())[:200])


def _cell(element: Any, given: Mapping[str, str]) -> None:
    for name in ("colspan", "rowspan"):
        number = given.get(name, "")
        if number.isascii() and number.isdecimal() and 1 < int(number[:4]) <= 100:
            element.set(name, str(int(number[:4])))
    if element.tag == "th" and given.get("scope", "").lower() in ("row", "col", "rowgroup", "colgroup"):
        element.set("scope", given["scope"].lower())


def _rename(body: Any) -> None:
    """Two names of one thing become one; what has no name here leaves its words."""
    for element in list(body.iter()):
        tag = _SAME.get(element.tag, element.tag)
        element.tag = tag if element is body or tag in _KNOWN else "gone"
    etree.strip_tags(body, "gone")


def _unbox(body: Any) -> None:
    for element in reversed(list(body.iter(*_BOXES))):
        holds = any(child.tag in _APART or child.tag == "gone" for child in element)
        inside = element.getparent().tag in _INLINE | {"p", *_ANY_HEADING}
        element.tag = "gone" if holds or inside else "p"
    etree.strip_tags(body, "gone")


def _raise_headings(body: Any) -> None:
    """The page's title is its h1: the highest heading of the text becomes h2, the others follow."""
    found = list(body.iter(*_ANY_HEADING))
    step = min((int(element.tag[1]) for element in found), default=2) - 2
    for element in found:
        element.tag = f"h{min(int(element.tag[1]) - step, 4)}"


def _wrap(body: Any) -> None:
    """Words that stand between the blocks become paragraphs."""
    children, loose = list(body), etree.Element("p")
    loose.text, body.text = body.text, None
    for child in children:
        body.remove(child)
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag not in BLOCKS:
            loose.append(child)
            child.tail = tail
            continue
        body.append(loose)
        body.append(child)
        loose = etree.Element("p")
        loose.text = tail
    body.append(loose)


def _drop_empty(body: Any) -> None:
    """Paragraphs, headings and list entries without a word or a picture: the blank lines of word processors."""
    for element in list(body.iter("p", *HEADINGS, "li", "strong", "em", "u", "a")):
        if next(element.iter("img"), None) is None and not "".join(element.itertext()).strip(
            " \t\r\n\u00a0\u3000\u200b\ufeff"
        ):
            element.tag = "gone" if element.tag in _INLINE else "empty"
    for cell in list(body.iter("th")):  # a heading of nothing says nothing to who hears it
        if not "".join(cell.itertext()).strip() and next(cell.iter("img"), None) is None:
            cell.tag = "td"
            cell.attrib.pop("scope", None)
    etree.strip_elements(body, "empty", with_tail=False)
    etree.strip_tags(body, "gone")
    for block in body:
        block.tail = NEWLINE


def _escaped(text: str) -> str:
    """As the parser that has the last word writes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")
