"""Why a Word template is not used, in the words of whoever made it."""

from __future__ import annotations

from gongkai.documents.errors import DocumentError
from gongkai.law.texts import Text

SENTENCES = {
    "not_word": Text("模板必须是 Word 文档（DOCX）。", "The template must be a Word document (DOCX)."),
    "too_large": Text("模板过大（正文不超过 5 MB，全部不超过 10 MB）。", "The template is too large (5 MB of text, 10 MB in all)."),
    "embedded": Text(
        "模板中嵌入了其他文件或者控件（{what}），不能使用。请去掉后再上传。",
        "The template has another file or a control embedded in it ({what}). Take it out and send it again.",
    ),
    "external": Text(
        "模板引用了外部文件（{what}），不能使用。请改为嵌入图片、断开链接后再上传。",
        "The template refers to a file outside it ({what}). Embed pictures, break links and send it again.",
    ),
    "field": Text(
        "模板中的域“{what}”不能使用（可以用的有：{allowed}）。",
        "The field “{what}” cannot be used in a template (these can: {allowed}).",
    ),
    "bound": Text(
        "模板中有绑定数据的内容控件，打开时会改动填好的文字，不能使用。请改为普通文字。",
        "The template has content controls bound to data, which would change what is filled in. Use plain text.",
    ),
    "changes": Text(
        "模板中有没有处理的修订或者批注。请接受或者拒绝全部修订、删除批注后再上传。",
        "The template has tracked changes or comments. Accept or reject the changes and delete the comments.",
    ),
    "properties": Text(
        "文件属性（标题、作者等）中不能写填充标记。", "Places cannot be named in the file's properties (title, author …)."
    ),
    "wide_braces": Text(
        "{place}：填充标记要用半角花括号，例如 {{{{标题}}}}。",
        "{place}: places are named in ASCII braces, as {{{{title}}}}.",
    ),
    "unknown": Text(
        "{place}：没有“{what}”这个填充项。可以用的有：{allowed}。",
        "{place}: there is no place “{what}”. There are: {allowed}.",
    ),
    "expression": Text(
        "{place}：模板中不能这样写：{what}。只能写填充项的名称、{{% for 项 in 列表 %}} 和 {{% if 填充项 %}}。",
        "{place}: a template cannot say {what}. It may only name places, and say {{% for item in list %}} and {{% if place %}}.",
    ),
    "syntax": Text("{place}：填充标记的写法有误：{what}", "{place}: the mark is written wrongly: {what}"),
    "broken": Text(
        "填充标记打乱了文档的结构。请把 {{%p for … %}}、{{%p endfor %}} 等各自放在单独的一段里。",
        "The marks break the document's structure. Put {{%p for … %}}, {{%p endfor %}} and the like in paragraphs of their own.",
    ),
    "nothing": Text(
        "模板中没有任何填充项。请在要填写的地方写上填充标记，例如 {{{{标题}}}}。",
        "The template names no place to be filled. Write marks where letters differ, as {{{{title}}}}.",
    ),
}  # fmt: skip


class TemplateRefused(DocumentError):
    """``code`` begins with word_template_."""

    @classmethod
    def because(cls, reason: str, **facts: object) -> TemplateRefused:
        sentence = SENTENCES[reason]
        zh, en = (
            sentence.of(lang).format(**{k: v.of(lang) if isinstance(v, Text) else v for k, v in facts.items()})
            for lang in ("zh", "en")
        )
        return cls(f"word_template_{reason}", Text(zh, en))
