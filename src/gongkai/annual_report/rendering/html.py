"""The report as HTML, whole or its tables alone: real headings for every number, no inline style (strict CSP)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from html import escape

from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.rendering.layout import Block, Placed, TableLayout, layouts, place, printed
from gongkai.annual_report.rendering.outline import PrintedPart, Words, parts_of, subtitles, title
from gongkai.law.report_form import Tables
from gongkai.law.texts import Text

Link = Callable[[str], str]

_LINK_LABEL = Text("打开记录", "open the records")

#: For the stand-alone document only; a page of the site brings its own style sheet.
_STYLE = """
body { font-family: "仿宋_GB2312", FangSong, 仿宋, serif; margin: 2rem auto; max-width: 70rem; }
h1, .report-subtitle { text-align: center; }
.report-words { text-indent: 2em; line-height: 1.8; }
.report-scroll { overflow-x: auto; }
.report-table { border-collapse: collapse; width: 100%; }
.report-table th, .report-table td { border: 1px solid #000; padding: .3rem .4rem; font-weight: normal; }
.report-table td { text-align: center; }
.report-table th[scope^="row"] { text-align: left; }
.report-table caption { text-align: left; padding: .3rem 0; }
@page { size: A4; margin: 2cm; }
"""


def render_html(tables: Tables, *, agency: str, year: int, lang: str = "zh", link: Link | None = None) -> str:
    """The three tables as a fragment. ``link`` gives, for a cell's address, where its records are shown."""
    writer = _Writer(tables, title(agency, year).of(lang), lang, link)
    parts = "".join(writer.section(layout) for layout in layouts(tables.form))
    return f'<div class="report-tables" lang="{_lang_tag(lang)}">{parts}</div>'


def render_html_document(
    tables: Tables, *, agency: str, year: int, lang: str = "zh", stylesheet: str | None = None
) -> str:
    """A whole document for download; without the address of a ``stylesheet`` the style is written in."""
    content = render_html(tables, agency=agency, year=year, lang=lang)
    return _document(title(agency, year).of(lang), content, lang, stylesheet)


def render_report_html(
    content: ReportContent, *, lang: str = "zh", published: dt.date | None = None, link: Link | None = None
) -> str:
    """The whole report as a fragment without its title: what stands under it, and the six parts."""
    writer = _Writer(content.tables, title(content.agency, content.year).of(lang), lang, link)
    lines = "".join(f'<p class="report-subtitle">{escape(line.of(lang))}</p>' for line in subtitles(content, published))
    parts = "".join(writer.part(part) for part in parts_of(content))
    return f'<div class="report-whole" lang="{_lang_tag(lang)}">{lines}{parts}</div>'


def render_report_document(content: ReportContent, *, lang: str = "zh", published: dt.date | None = None) -> str:
    """The whole report as a document of its own."""
    fragment = render_report_html(content, lang=lang, published=published)
    return _document(title(content.agency, content.year).of(lang), fragment, lang, None)


def _document(name: str, content: str, lang: str, stylesheet: str | None) -> str:
    heading = escape(name)
    style = f'<link rel="stylesheet" href="{escape(stylesheet)}">' if stylesheet else f"<style>{_STYLE}</style>"
    return (
        f'<!DOCTYPE html>\n<html lang="{_lang_tag(lang)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{heading}</title>{style}</head>"
        f"<body><main><h1>{heading}</h1>{content}</main></body></html>\n"
    )


def _lang_tag(lang: str) -> str:
    return "en" if lang.lower().startswith("en") else "zh-CN"


class _Writer:
    """Writes one fragment; holds what every box needs."""

    def __init__(self, tables: Tables, caption: str, lang: str, link: Link | None) -> None:
        self.tables = tables
        self.caption = caption
        self.lang = lang
        self.link = link

    def section(self, layout: TableLayout) -> str:
        """The table of a part under the part's heading."""
        heading = escape(layout.heading.of(self.lang))
        # On a narrow page it scrolls: without links in it the keyboard needs a way in.
        reached = "" if self.link else f' tabindex="0" aria-labelledby="{layout.key}-heading"'
        return (
            f'<section class="report-section"{reached}>'
            f'<h2 class="report-heading" id="{layout.key}-heading">{heading}</h2>{self.table(layout)}</section>'
        )

    def part(self, part: PrintedPart) -> str:
        """A whole part; its table can be scrolled with the keyboard where the page is narrow."""
        key = part.table.key if part.table else f"p{part.number}"
        table = ""
        if part.table is not None:
            table = (
                f'<div class="report-scroll" role="region" tabindex="0" aria-labelledby="{key}-heading">'
                f"{self.table(part.table)}</div>"
            )
        return (
            f'<section class="report-section"><h2 class="report-heading" id="{key}-heading">'
            f"{escape(part.heading.of(self.lang))}</h2>{table}{self._words(part.words)}</section>"
        )

    def _words(self, words: tuple[Words, ...]) -> str:
        # Written in Chinese, whatever the language of the page.
        tag = "" if self.lang.lower().startswith("zh") else ' lang="zh-CN"'
        return "".join(
            f'<h3 class="report-aspect"{tag}>{escape(one.text)}</h3>'
            if one.heading
            else f'<p class="report-words"{tag}>{escape(one.text)}</p>'
            for one in words
        )

    def table(self, layout: TableLayout) -> str:
        """The table alone."""
        return (
            f'<table class="report-table report-table-{layout.key}" aria-labelledby="{layout.key}-heading">'
            f'<caption class="report-caption">{escape(self.caption)}</caption>'
            f"{''.join(self._blocks(layout))}</table>"
        )

    def _blocks(self, layout: TableLayout) -> Iterator[str]:
        first_row = 0
        for block in layout.blocks:
            yield self._block(layout.key, block, first_row, head=len(layout.blocks) == 1)
            first_row += len(block.heading) + len(block.body)

    def _block(self, key: str, block: Block, first_row: int, *, head: bool) -> str:
        placed = place((*block.heading, *block.body), first_row)
        rows = [
            "<tr>" + "".join(self._box(key, p, placed) for p in placed if p.row == row) + "</tr>"
            for row in range(first_row, first_row + len(block.heading) + len(block.body))
        ]
        if not head:
            return f"<tbody>{''.join(rows)}</tbody>"
        split = len(block.heading)
        return f"<thead>{''.join(rows[:split])}</thead><tbody>{''.join(rows[split:])}</tbody>"

    def _box(self, key: str, place_: Placed, block: tuple[Placed, ...]) -> str:
        box = place_.box
        spans = _span("rowspan", box.rowspan) + _span("colspan", box.colspan)
        if box.text is not None:
            text = escape(box.text.of(self.lang))
            return f'<th id="{_id(key, place_)}" scope="{_scope(place_)}"{spans}>{text}</th>'
        heads = " ".join(_id(key, head) for head in _headings_of(place_, block))
        return f'<td headers="{heads}"{spans}>{self._number(box.address or "")}</td>'

    def _number(self, address: str) -> str:
        number = printed(self.tables[address])
        if self.link is None or not number:
            return number
        label = _LINK_LABEL.of(self.lang)
        return f'<a href="{escape(self.link(address))}" title="{label}" data-cell="{address}">{number}</a>'


def _span(name: str, span: int) -> str:
    return f' {name}="{span}"' if span > 1 else ""


def _id(key: str, head: Placed) -> str:
    return f"{key}-r{head.row}-c{head.column}"


def _scope(head: Placed) -> str:
    if head.box.side == "row":
        return "rowgroup" if head.box.rowspan > 1 else "row"
    return "colgroup" if head.box.colspan > 1 else "col"


def _headings_of(number: Placed, block: tuple[Placed, ...]) -> Iterator[Placed]:
    """The headings above and to the left of a number, outermost first."""
    for head in block:
        if head.box.text is None:
            continue
        over = head.box.side == "column" and head.covers_column(number.column)
        beside = head.box.side == "row" and head.covers_row(number.row)
        if over or beside:
            yield head
