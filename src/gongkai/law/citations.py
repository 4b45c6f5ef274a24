"""Articles of law as values: each rule of this package names the article it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gongkai.law.texts import Text, chinese_numeral

# Key (also used by the test mark ``article``) -> title in full and English short name.
INSTRUMENTS: Mapping[str, Text] = MappingProxyType(
    {
        "条例": Text("政府信息公开条例", "Regulation"),
        "收费办法": Text("政府信息公开信息处理费管理办法", "Fee Measures"),
        "行政复议法": Text("行政复议法", "Administrative Reconsideration Law"),
        "行政复议法实施条例": Text("行政复议法实施条例", "Reconsideration Law Implementing Regulation"),
        "行政诉讼法": Text("行政诉讼法", "Administrative Litigation Law"),
        "行诉解释": Text(
            "最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释",
            "SPC Interpretation of the Administrative Litigation Law (2018)",
        ),
        "信息公开司法解释": Text(
            "最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释",
            "SPC Interpretation on Disclosure Cases (Fa Shi [2025] No. 8)",
        ),
        "民事诉讼法": Text("民事诉讼法", "Civil Procedure Law"),
        "放假办法": Text("全国年节及纪念日放假办法", "Holiday Measures"),
        "工作时间规定": Text("国务院关于职工工作时间的规定", "Working Time Rules"),
        "期限解释": Text(
            "政府信息公开期限有关问题的解释（国办公开办函〔2015〕207号）",
            "Interpretation on Time Limits (2015) No. 207",
        ),
        "送达解释": Text(
            "政府信息公开处理决定送达问题的解释（国办公开办函〔2016〕235号）",
            "Interpretation on Service (2016) No. 235",
        ),
        "年度报告格式": Text(
            "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）", "Annual Report Format (2021) No. 30"
        ),
        "年度报告格式2019": Text(
            "政府信息公开工作年度报告有关事项的通知（国办公开办函〔2019〕60号）",
            "Annual Report Format (2019) No. 60",
        ),
        "个人信息保护法": Text("个人信息保护法", "Personal Information Protection Law"),
    }
)


@dataclass(frozen=True, slots=True)
class Article:
    """An article (条), or a paragraph (款) or item (项) of it, of one of the ``INSTRUMENTS``.

    ``number`` is None when the whole instrument is meant. ``certainty`` is the mark of the reading:
    C confirmed, M mirror excerpt, S secondary, I inference, U unconfirmed.
    """

    instrument: str
    number: int | None
    paragraph: int | None = None
    item: int | None = None
    certainty: str = "C"

    def __post_init__(self) -> None:
        if self.instrument not in INSTRUMENTS:
            raise ValueError(f"unknown instrument {self.instrument!r}")
        if self.certainty not in "CMSIU":
            raise ValueError(f"unknown certainty mark {self.certainty!r}")

    @property
    def zh(self) -> str:
        """As a letter cites it: 《政府信息公开条例》第三十三条第二款."""
        parts = [f"《{INSTRUMENTS[self.instrument].zh}》"]
        if self.number is not None:
            parts.append(f"第{chinese_numeral(self.number)}条")
        if self.paragraph is not None:
            parts.append(f"第{chinese_numeral(self.paragraph)}款")
        if self.item is not None:
            parts.append(f"第（{chinese_numeral(self.item)}）项")
        return "".join(parts)

    @property
    def en(self) -> str:
        """Short English citation: Regulation, art. 33(2)."""
        parts = INSTRUMENTS[self.instrument].en
        if self.number is not None:
            parts += f", art. {self.number}"
        if self.paragraph is not None:
            parts += f"({self.paragraph})"
        if self.item is not None:
            parts += f", item {self.item}"
        return parts

    @property
    def text(self) -> Text:
        """Both citations as one ``Text``."""
        return Text(self.zh, self.en)

    def of(self, lang: str) -> str:
        """The citation in ``lang``."""
        return self.text.of(lang)

    def __str__(self) -> str:
        return self.zh


def REG(  # noqa: N802
    number: int | None, paragraph: int | None = None, item: int | None = None, certainty: str = "C"
) -> Article:
    """An article of the Regulation (《政府信息公开条例》, State Council Order 711)."""
    return Article("条例", number, paragraph, item, certainty)
