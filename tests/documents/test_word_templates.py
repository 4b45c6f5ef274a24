"""Word templates of an agency's own: what they may say, what is refused, and what comes out."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docxtpl import DocxTemplate

from gongkai.documents.errors import DocumentError
from gongkai.documents.letter import Heading, LetterContent
from gongkai.documents.word_templates import PLACEHOLDERS, check, fill, values_of
from gongkai.documents.word_templates.errors import TemplateRefused
from gongkai.documents.word_templates.filling import filled, names_in
from gongkai.documents.word_templates.language import environment, names_used, source_of
from gongkai.law.texts import Text
from tests.documents.papers import sample
from tests.documents.uploads import added, excel, pdf, with_types

Change = Callable[[Any], None]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def template(*paragraphs: str | list[str], header: str = "", change: Change | None = None) -> bytes:
    """A Word file with these paragraphs, each of one run or of several."""
    paper, out = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        runs = [paragraph] if isinstance(paragraph, str) else paragraph
        added_to = paper.add_paragraph()
        for run in runs:
            added_to.add_run(run)
    if header:
        paper.sections[0].header.paragraphs[0].text = header
    if change:
        change(paper)
    paper.save(out)
    return out.getvalue()


def read(*paragraphs: str) -> set[str]:
    """What the language makes of these paragraphs, without a file around them."""
    xml = "".join(f"<w:p ><w:r><w:t>{html.escape(text, quote=False)}</w:t></w:r></w:p>" for text in paragraphs)
    return names_used(source_of(DocxTemplate(""), Text("正文", "Text"), xml), environment())


def lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def refusal(data: bytes) -> TemplateRefused:
    with pytest.raises(TemplateRefused) as refused:
        names_in(data)
    return refused.value


def raw(xml: str) -> Change:
    """This XML at the end of the body's first paragraph."""

    def change(paper: Any) -> None:
        namespaces = f'xmlns:w="{WORD}" xmlns:r="{RELATION}" xmlns:v="urn:schemas-microsoft-com:vml"'
        holder = docx.oxml.parse_xml(f"<w:p {namespaces}>{xml}</w:p>")
        paper.element.body.insert(1, holder)

    return change


def related(kind: str, target: str, *, external: bool = True) -> Change:
    return lambda paper: paper.part.rels.get_or_add_ext_rel(f"{RELATION}/{kind}", target) and None


def test_a_letter_in_its_places() -> None:
    letter = sample(addressee="䶮𬭎", body=(Heading("一、情况"), *sample().body))
    made = template(
        ["{{", "发文机", "关}", "}文件"],  # as Word cuts up what was typed and corrected
        "{{ title }}",
        "{{主送}}：",
        "{{ 正文 }}",
        "{%p if attachments %}",
        "{%p for name in attachments %}",
        "附件{{ loop.index }}：{{ name }}",
        "{%p endfor %}",
        "{%p endif %}",
        "{%p if not copies %}",
        "无抄送",
        "{%p endif %}",
        "{{ attachments|join(“、”) }}",
        header="{{ 登记编号 }} {{ received_on|trim }}",
    )
    assert check(made) == (
        "agency",
        "title",
        "addressee",
        "body",
        "attachments",
        "copies",
        "case_number",
        "received_on",
    )
    out = fill(made, values_of(letter, case_number="JKQ-12"))
    assert lines(out) == [
        "郑州经济技术开发区管理委员会文件",
        letter.title,
        "䶮𬭎：",
        "一、情况",
        "您提出的政府信息公开申请，本机关于2021年5月6日收到。",
        "1. 第一项",
        "2. 第二项",
        "登记编号：JKQ-2021-0012",
        "申请内容：征地补偿安置方案",
        "如不服本决定，可以自收到本答复书之日起60日内申请行政复议。",
        "附件1：征地补偿安置方案",
        "附件2：补偿标准",
        "无抄送",
        "征地补偿安置方案、补偿标准",
    ]
    opened = docx.Document(io.BytesIO(out))
    assert opened.sections[0].header.paragraphs[0].text == "JKQ-12 "
    assert (opened.core_properties.title, opened.core_properties.author) == (letter.title_line, letter.issuer)


def test_every_paragraph_of_a_list_looks_like_the_place_it_stood_in() -> None:
    def style(paper: Any) -> None:
        paper.paragraphs[0].paragraph_format.left_indent = docx.shared.Pt(32)
        paper.paragraphs[0].runs[0].bold = True

    paragraphs = docx.Document(
        io.BytesIO(filled(template("{{正文}}", change=style), {"body": ("甲", "乙")}))
    ).paragraphs
    assert [(p.text, p.paragraph_format.left_indent.pt, p.runs[0].bold) for p in paragraphs] == [
        ("甲", 32, True),
        ("乙", 32, True),
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<w:b/>&\"'", "<w:b/>&\"'"),
        ("{{ 7*7 }}{% x %}{_{}_}{_%", "{{ 7*7 }}{% x %}{_{}_}{_%"),
        ("]]></w:t>", "]]></w:t>"),
        ("a\x00\x07\x0b\x0c\x1b\ud800b\ufffe", "ab"),
        ("上\n下", "上\n下"),
    ],
)
def test_what_is_filled_in_is_text_and_nothing_else(value: str, shown: str) -> None:
    out = filled(template("{{标题}}|{{正文}}"), {"title": value, "body": (value,)})
    assert "\n".join(lines(out)) == f"{shown}|{shown}"


@pytest.mark.parametrize(
    "said",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ title.__class__ }}",
        "{{ title.upper() }}",
        "{{ body[0] }}",
        "{{ title|safe }}",
        "{{ title|attr('x') }}",
        "{{ body|trim }}",
        "{{ title|join(title) }}",
        "{{ title * 1000000000 }}",
        "{{ 'a' }}",
        "{{r title }}",
        "{{ title if title else date }}",
        "{% for i in range(10**9) %}x{% endfor %}",
        "{% for a in body %}{% for b in body %}x{% endfor %}{% endfor %}",
        "{% for a in title %}x{% endfor %}",
        "{% for title in body %}x{% endfor %}",
        "{% for a in body recursive %}{{ loop(body) }}{% endfor %}",
        "{% for a in body if a %}x{% endfor %}",
        "{% set a = title %}",
        "{% macro m() %}x{% endmacro %}",
        "{% include 'x' %}",
        "{% extends 'x' %}",
        "{% if title == 'x' %}x{% endif %}",
        "{% filter trim %}x{% endfilter %}",
        "{% with a = title %}x{% endwith %}",
        "{% autoescape false %}{{ title }}{% endautoescape %}",
        "{{ loop.index }}",
        "{% cellbg title %}",
    ],
)
def test_what_a_template_may_not_say_is_refused_with_its_words_and_place(said: str) -> None:
    with pytest.raises(TemplateRefused) as caught:
        read("第一段", said, "{{ 标题 }}")
    refused = caught.value
    assert refused.code in ("word_template_expression", "word_template_syntax")
    assert "正文第 2 段" in refused.message.zh
    assert said[:5] in refused.message.zh


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        ("{{ tite }}", "unknown", "tite"),
        ("{{ self }}", "unknown", "self"),
        ("｛｛标题｝｝", "wide_braces", "半角"),
        ("{{ 标题", "syntax", "第 1 段"),
        ("{{ " + "(" * 5000 + "title", "syntax", ""),
        ("{%p for a in body %}", "syntax", ""),
    ],
)
def test_mistakes_are_told_so_that_they_can_be_mended(said: str, code: str, told: str) -> None:
    with pytest.raises(TemplateRefused) as refused:
        read(said)
    assert refused.value.code == f"word_template_{code}"
    assert told in refused.value.message.zh


def test_a_template_without_places_is_none() -> None:
    assert refusal(template("没有")).code == "word_template_nothing"


def test_marks_that_would_tear_the_document_apart_are_refused() -> None:
    def in_a_table(first: str, after: str) -> Change:
        def change(paper: Any) -> None:
            paper.add_table(1, 2).rows[0].cells[0].paragraphs[0].add_run(first)
            paper.add_paragraph(after)

        return change

    assert refusal(template("{{ title }}", change=in_a_table("{% if title %}", ""))).code == "word_template_syntax"
    torn = in_a_table("{%tr if not title %}", "{% endif %}")
    assert refusal(template("{{ title }}", change=torn)).code == "word_template_broken"


FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (related("attachedTemplate", "https://x.example/a.dotm"), "external"),
        (related("image", "file://server/share/a.png"), "external"),
        (related("hyperlink", "\\\\server\\share"), "external"),
        (related("hyperlink", "file:///etc/passwd"), "external"),
        (raw('<w:r><w:pict><v:rect><v:fill src="http://x.example/a.png"/></v:rect></w:pict></w:r>'), "external"),
        (raw(FIELD.format(CODE.format("INCLU") + CODE.format('DETEXT "c:/x"'))), "field"),
        (raw(FIELD.format(CODE.format("PAGE") + FIELD.format(CODE.format("DDEAUTO x")))), "field"),
        (raw('<w:fldSimple w:instr=" INCLUDEPICTURE x "/>'), "field"),
        (raw(FIELD.format(CODE.format("SEQ {{ title }}"))), "field"),
        (raw(CODE.format("DDE x")), "field"),
        (raw('<w:altChunk r:id="rId1"/>'), "embedded"),
        (raw("<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr></w:sdt>"), "bound"),
        (raw('<w:ins w:id="1" w:author="x"><w:r><w:t>x</w:t></w:r></w:ins>'), "changes"),
        (lambda paper: setattr(paper.core_properties, "title", "{{ title }}"), "properties"),
    ],
)
def test_what_acts_or_reaches_outside_is_refused(change: Change, code: str) -> None:
    refused = refusal(template("{{ title }}", change=change))
    assert refused.code == f"word_template_{code}"


def test_page_numbers_and_links_to_mail_may_stay() -> None:
    def usual(paper: Any) -> None:
        raw(FIELD.format(CODE.format(r" PAGE \* MERGEFORMAT ")))(paper)
        related("hyperlink", "mailto:office@example.gov.cn")(paper)

    assert names_in(template("{{ title }}", change=usual)) == ("title",)


def _with_dtd(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = part.replace(b"?>", b'?><!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>', 1)
            new.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_with_dtd(template("{{ title }}")), "document_type"),
        (added(template("{{ title }}"), {"word/vbaProject.bin": b"x"}), "macros"),
        (added(template("{{ title }}"), {"word/embeddings/a.bin": b"x"}), "word_template_embedded"),
        (
            added(template("{{ title }}"), {"word/x.xml": b"<x>" + b" " * 5_300_000 + b"</x>"}),
            "word_template_too_large",
        ),
        (added(template("{{ title }}"), {"word/x.bin": b"\x00" * 11_000_000}), "zip_bomb"),
        (with_types(template("{{ title }}"), b"document.main", b"template.main"), "word_template_not_word"),
        (template("{{ title }}")[:-50], "damaged"),
        (excel(), "word_template_not_word"),
        (pdf(), "word_template_not_word"),
        (b"", "word_template_not_word"),
    ],
    ids=["xxe", "macros", "embedded", "long part", "bomb", "dotx", "cut", "xlsx", "pdf", "empty"],
)
def test_other_files_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as refused:
        names_in(data)
    assert refused.value.code == code


def test_the_worker_brings_the_refusal_home() -> None:
    with pytest.raises(TemplateRefused) as refused:
        check(template("{{ title.x }}"))
    assert refused.value.code == "word_template_expression"
    assert "title.x" in refused.value.message.en


def test_every_place_of_a_letter_has_a_value() -> None:
    letter: LetterContent = sample()
    case = {"case_number": "1", "received_on": "2021年5月6日", "applicant": "王芳", "described": "方案"}
    values = values_of(letter, **case)
    assert set(values) == {each.name for each in PLACEHOLDERS}
    for each in PLACEHOLDERS:
        assert isinstance(values[each.name], tuple) is each.many
    everything = template(*(f"{{{{{each.label.zh}}}}}" for each in PLACEHOLDERS))
    assert names_in(everything) == tuple(each.name for each in PLACEHOLDERS)
