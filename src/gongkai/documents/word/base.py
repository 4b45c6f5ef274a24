"""The empty Word file that every letter begins with: python-docx's own, without what a letter does not need."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml.etree import _Element

from gongkai.documents.fonts import FontRole
from gongkai.documents.word.xml import FONT_NAMES

_FONTS = 'w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}" w:cs="{0}"'
_STYLES = f"""
<w:styles {nsdecls("w")}>
  <w:docDefaults>
    <w:rPrDefault><w:rPr><w:rFonts {_FONTS.format(FONT_NAMES[FontRole.BODY])}/><w:sz w:val="32"/><w:szCs w:val="32"/>
      <w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
    <w:pPrDefault/>
  </w:docDefaults>
  <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
    <w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>
      <w:jc w:val="both"/></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
    <w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
    <w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr></w:style>
  <w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>
</w:styles>
"""
_SETTINGS = f"""
<w:settings {nsdecls("w")}>
  <w:evenAndOddHeaders/>
  <w:drawingGridVerticalSpacing w:val="579"/>
  <w:characterSpacingControl w:val="compressPunctuation"/>
  <w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
  </w:compat>
  <w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>
</w:settings>
"""
#: The library's 870 kB of styles, its theme, numbering, picture of itself and so on.
_NEEDLESS = ("theme", "numbering", "fontTable", "webSettings", "stylesWithEffects", "customXml", "thumbnail")


@lru_cache(maxsize=1)
def empty_file() -> bytes:
    """The file in which there is nothing but the styles and settings of letters."""
    document = Document()
    _become(document.styles.element, _STYLES)
    _become(document.settings.element, _SETTINGS)
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(_NEEDLESS)]:
            del relations[key]
        # It names the program that made it, which was another.
        for key in [key for key, one in relations.items() if one.reltype == RELATION.EXTENDED_PROPERTIES]:
            del relations[key]
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _become(element: _Element, xml: str) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(xml.strip())))
