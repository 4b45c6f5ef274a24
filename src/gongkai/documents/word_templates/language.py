"""What a template may say: a place by its name, `for` through a list, `if` a place is filled. Nothing else is run."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from gongkai.documents.word_templates.errors import TemplateRefused
from gongkai.documents.word_templates.placeholders import MANY, NAMES, PLACEHOLDERS
from gongkai.law.texts import Text

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

FILTERS = ("trim", "join")
#: Tags of the library that put values where text cannot stand, or rebuild tables.
_ODD_TAGS = re.compile(r"\{\{-?\s*(r|p|tr|tc)\s|\{%-?\s*(r|p|tr|tc)?\s*(colspan|cellbg|vm|hm)\b")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WIDE = re.compile("[｛{]{2}[^｝}]*[｝}]{2}")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Source:
    """One part of the document as the template language sees it, one paragraph a line."""

    part: Text
    text: str

    def place(self, line: int) -> Text:
        words = _words(self.line(line))[:_SHOWN]
        return Text(
            f"{self.part.zh}第 {max(line - 1, 1)} 段“{words}”",
            f"{self.part.en}, paragraph {max(line - 1, 1)} “{words}”",
        )

    def line(self, number: int) -> str:
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""


def environment() -> SandboxedEnvironment:
    """The template language with all but two filters taken out, shut in besides."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    made = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.tests.clear()
    made.filters = {name: made.filters[name] for name in FILTERS}
    return made


def sources_of(template: DocxTemplate) -> Iterator[Source]:
    """Everything in which marks are looked for, made readable as the library makes it."""
    yield source_of(template, Text("正文", "Text"), template.get_xml())
    headers_and_footers = (
        (template.HEADER_URI, Text("页眉", "Header")),
        (template.FOOTER_URI, Text("页脚", "Footer")),
    )
    for uri, part in headers_and_footers:
        for _, found in template.get_headers_footers(uri):
            yield source_of(template, part, template.get_part_xml(found))
    for found in template.docx.part.package.iter_parts():
        if found.content_type.endswith("wordprocessingml.footnotes+xml"):
            yield source_of(template, Text("脚注", "Footnotes"), found.blob.decode("utf-8"))


def source_of(template: DocxTemplate, part: Text, xml: str) -> Source:
    """Raises TemplateRefused for marks that the library would turn into something else."""
    for number, paragraph in enumerate(re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL), start=2):
        text = _words(paragraph)
        here = Source(part, "\n" * (number - 1) + text).place(number)
        if odd := _ODD_TAGS.search(text):
            raise TemplateRefused.because("expression", place=here, what=odd.group().strip())
        if (wide := _WIDE.search(text)) and "｛" in wide.group():
            raise TemplateRefused.because("wide_braces", place=here)
    return Source(part, re.sub(r"<w:p([ >])", r"\n<w:p\1", template.patch_xml(xml)))


def names_used(source: Source, language: SandboxedEnvironment) -> set[str]:
    """The places that the source names. Raises TemplateRefused for everything a template may not say."""
    from jinja2 import TemplateSyntaxError

    try:
        tree = language.parse(source.text)
    except TemplateSyntaxError as error:
        raise TemplateRefused.because(
            "syntax", place=source.place(error.lineno), what=_offending(source, error.lineno) or error.message or ""
        ) from None
    except RecursionError:
        raise TemplateRefused.because("syntax", place=source.part, what="(((…") from None
    return set(_Reader(source).block(tree.body, frozenset()))


class _Reader:
    """Walks through a template that has been parsed, and lets pass only what is listed here."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def block(self, body: list[nodes.Node], items: frozenset[str]) -> Iterator[str]:
        """``items`` are the names that a `for` around it gives."""
        from jinja2 import nodes

        for node in body:
            match node:
                case nodes.Output():
                    for part in node.nodes:
                        yield from self._shown(part, items)
                case nodes.For():
                    yield from self._loop(node, items)
                case nodes.If():
                    asked = node.test.node if isinstance(node.test, nodes.Not) else node.test
                    yield from self._name(asked, items)
                    for inner in (node.body, node.elif_, node.else_):
                        yield from self.block(list(inner), items)
                case _:
                    self._refuse(node)

    def _shown(self, node: nodes.Node, items: frozenset[str]) -> Iterator[str]:
        from jinja2 import nodes

        match node:
            case nodes.TemplateData():
                return
            case nodes.Filter(name="trim", args=[], kwargs=[], dyn_args=None, dyn_kwargs=None):
                for name in self._name(node.node, items):
                    if name in MANY:
                        self._refuse(node)
                    yield name
            case nodes.Filter(name="join", args=[nodes.Const(value=str())], kwargs=[], dyn_args=None, dyn_kwargs=None):
                yield from self._many(node.node, items)
            case nodes.Getattr(node=nodes.Name(name="loop"), attr="index") if items:
                return
            case _:
                yield from self._name(node, items)

    def _loop(self, node: nodes.For, items: frozenset[str]) -> Iterator[str]:
        """Never one inside the other, and never through anything but a list of the letter's own."""
        from jinja2 import nodes

        item = node.target.name if isinstance(node.target, nodes.Name) else "loop"
        if item == "loop" or item in NAMES or items or node.test or node.recursive or node.else_:
            self._refuse(node)
        yield from self._many(node.iter, items)
        yield from self.block(list(node.body), frozenset({item}))

    def _many(self, node: nodes.Node | None, items: frozenset[str]) -> Iterator[str]:
        for name in self._name(node, items):
            if name not in MANY:
                self._refuse(node)
            yield name

    def _name(self, node: nodes.Node | None, items: frozenset[str]) -> Iterator[str]:
        from jinja2 import nodes

        if not isinstance(node, nodes.Name):
            self._refuse(node)
        if node.name in items:
            return
        if node.name not in NAMES:
            raise TemplateRefused.because(
                "unknown",
                place=self.source.place(node.lineno),
                what=node.name,
                allowed=Text("、".join(p.label.zh for p in PLACEHOLDERS), ", ".join(p.name for p in PLACEHOLDERS)),
            )
        yield NAMES[node.name]

    def _refuse(self, node: nodes.Node | None) -> NoReturn:
        line = _line_of(node)
        raise TemplateRefused.because(
            "expression", place=self.source.place(line), what=_offending(self.source, line) or "?"
        )


def _line_of(node: nodes.Node | None) -> int:
    """The parser gives some nodes no line; then that of the first inside them that has one."""
    from jinja2 import nodes

    if node is None:
        return 1
    lines = (inner.lineno for inner in (node, *node.find_all(nodes.Node)))
    return next((line for line in lines if line), 1)


def _offending(source: Source, line: int) -> str:
    """The marks of a paragraph, without the document's own markup."""
    return " ".join(_words(tag) for tag in _TAG.findall(source.line(line)))[: 2 * _SHOWN]


def _words(xml: str) -> str:
    """What a person sees of it."""
    return html.unescape(re.sub(r"<[^>]*>", "", xml))
