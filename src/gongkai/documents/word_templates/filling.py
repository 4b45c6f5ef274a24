"""A template checked and filled, in the worker: `names_in` and `filled` are called there and know no Django."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gongkai.documents.errors import DocumentError
from gongkai.documents.letter import clean
from gongkai.documents.reading.errors import UnreadableFile
from gongkai.documents.word_templates.errors import TemplateRefused
from gongkai.documents.word_templates.language import environment, names_used, sources_of
from gongkai.documents.word_templates.placeholders import NAMES, PLACEHOLDERS, Value
from gongkai.documents.word_templates.safety import MARK, require_safe

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from markupsafe import Markup

#: Between the paragraphs of a list that stands in one place: the library makes a paragraph of each, all alike.
_NEXT_PARAGRAPH = "\a"
_PROPERTIES = ("author", "category", "comments", "content_status", "identifier", "keywords", "subject", "title")


def names_in(data: bytes) -> tuple[str, ...]:
    """The places the template names, once it has been filled on trial. Raises TemplateRefused, UnreadableFile."""
    trial: dict[str, Value] = {each.name: ("甲", "乙") if each.many else "甲" for each in PLACEHOLDERS}
    return _filled(data, trial)[1]


def filled(data: bytes, values: Mapping[str, Value]) -> bytes:
    return _filled(data, values)[0]


def _filled(data: bytes, values: Mapping[str, Value]) -> tuple[bytes, tuple[str, ...]]:
    require_safe(data)
    try:
        made, used = _rendered(data, values)
    except (DocumentError, MemoryError):
        raise
    except Exception as error:  # a stranger's file: the library may stumble over anything in it
        raise UnreadableFile.because("damaged") from error
    require_safe(made)
    return made, tuple(each.name for each in PLACEHOLDERS if each.name in used)


def _rendered(data: bytes, values: Mapping[str, Value]) -> tuple[bytes, set[str]]:
    language = environment()
    template = _opened(data)
    used = {name for source in sources_of(template) for name in names_used(source, language)}
    if not used:
        raise TemplateRefused.because("nothing")
    context = _context(values)
    _require_whole(template, context)
    template.render(context, language)
    _describe(template, values)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue(), used


def _opened(data: bytes) -> DocxTemplate:
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(data))
    template.render_init()
    properties = template.docx.core_properties
    if any(MARK.search(str(getattr(properties, name) or "")) for name in _PROPERTIES):
        raise TemplateRefused.because("properties")
    return template


def _require_whole(template: DocxTemplate, context: Mapping[str, Any]) -> None:
    """The library mends broken XML by leaving out what does not fit; a letter must not lose a word so."""
    from lxml import etree

    for source in sources_of(template):
        made = environment().from_string(source.text).render(context)
        whole = template.resolve_listing(re.sub(r"\n<w:p([ >])", r"<w:p\1", made))
        try:
            etree.fromstring(whole.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            raise TemplateRefused.because("broken") from None


def _context(values: Mapping[str, Value]) -> dict[str, Any]:
    """Every place under both its names; what has no value is empty."""
    kept = {each.name: values.get(each.name, () if each.many else "") for each in PLACEHOLDERS}
    ready = {name: _text(value) if isinstance(value, str) else _Many(map(_text, value)) for name, value in kept.items()}
    return {key: ready[name] for key, name in NAMES.items()}


class _Many(tuple["Markup", ...]):
    """A list that, where it is named without a loop, becomes as many paragraphs."""

    __slots__ = ()

    def __html__(self) -> str:
        return _NEXT_PARAGRAPH.join(self)


def _text(value: str) -> Markup:
    """As text and nothing else: no markup, no marks of the template language, no characters that XML does not have."""
    from markupsafe import Markup, escape

    return Markup(str(escape(_printable(value))).replace("{", "&#123;").replace("}", "&#125;"))


def _printable(value: str) -> str:
    return "".join(c for c in clean(value) if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))


def _describe(template: DocxTemplate, values: Mapping[str, Value]) -> None:
    """The file names the letter and the agency, not who made the template."""
    properties = template.docx.core_properties
    title, agency = (_printable(str(values.get(name, ""))).replace("\n", "")[:255] for name in ("title", "agency"))
    properties.title, properties.author, properties.last_modified_by = title, agency, ""
    properties.comments = properties.keywords = properties.subject = ""
