"""D15: marks of secrecy and of what is not for the public. A mark stands by itself, in brackets, with a star or after
its label; the same words in a sentence („不予公开的决定“, „涉及国家秘密“) are the daily bread of this work, and no mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.documents.privacy.finding import Severity
from gongkai.documents.privacy.hits import Hit
from gongkai.documents.privacy.lines import Line
from gongkai.law.texts import Text

_LEVEL = r"(?:绝 *密|机 *密|秘 *密)"
#: Wherever they stand.
_ANYWHERE = re.compile(
    rf"(?P<level>{_LEVEL} *[★☆*] *(?:\d+ *(?:年|个月|日|天)|长期|启用前)?"
    rf"|密 *级 *[:：] *{_LEVEL}"
    r"|此 *件 *(?:不 *(?:予 *)?公 *开|依 *申 *请 *公 *开)"
    r"|(?:公开(?:属性|方式|类别|类型|选项|形式)|信息属性) *[:：] *(?:不(?:予)?公开|依申请公开)"
    r"|内部(?:资料|文件|材料)[,，、 ]*(?:请)?(?:注意保存|妥善保管|不得外传|严禁外传|请勿外传|禁止外传|严禁复制))"
)
#: In brackets that begin or end the line, as under a heading. In quotation marks it is only spoken of.
_BRACKETED = re.compile(
    rf"(?P<level>[（(\[【〔<《] *(?:内部(?:资料|文件|材料)|不得外传|注意保存|不予公开|{_LEVEL}|密电) *[）)\]】〕>》])"
)
#: Only where nothing else stands in the line.
_ALONE = re.compile(
    rf"^ *(?P<level>{_LEVEL}|内 *部 *(?:资 *料|文 *件|材 *料)|注 *意 *保 *存|不 *得 *外 *传|严 *禁 *外 *传|(?:内部)?(?:密|明) *电"
    r"|(?:特提|特急|加急|平急)[ ·•・.]*(?:密|明) *电|(?:密|明) *电[ ·•・.]*(?:特提|特急|加急|平急)|不 *予 *公 *开) *$"
)
_TELEGRAM = re.compile(r"(?:等级|缓急)[:： ]*(?P<level>(?:特提|特急|加急|平急)?[ ·•・.]*(?:密|明) *电)")
_SIGNS = re.compile(r"[密公存传部]|明 *电")
_TELL = Text("有密级或者不公开的标志，不能发出。请停止办理，送保密审查机构确认。",
             "A mark of secrecy or of what is not public: this must not go out. Stop, and ask the secrecy officer.")  # fmt: skip


def find(line: Line) -> Iterator[Hit]:
    if not _SIGNS.search(line.text):
        return
    spans: list[tuple[int, int]] = []
    for pattern in (_ANYWHERE, _TELEGRAM, _BRACKETED, _ALONE):
        if pattern in (_ALONE, _BRACKETED) and _is_head(line):
            continue
        for found in pattern.finditer(line.text):
            start, end = found.span("level")
            within = pattern is _BRACKETED and line.text[:start].strip() and line.text[end:].strip()
            if not within and not any(start < other_end and other < end for other, other_end in spans):
                spans.append((start, end))
                mark = re.sub(r"\s", "", line.text[start:end])
                yield Hit("D15", Severity.BLOCK, _TELL, start, end, mark, mark)


def _is_head(line: Line) -> bool:
    """In a table of statistics „不予公开“ and „国家秘密“ name a column or row; „机密“ in a cell is a mark."""
    return line.table is not None and not re.search(_LEVEL, line.text)
