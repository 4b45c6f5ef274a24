"""A text for people, in the two languages of the house; Chinese is the source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Chinese (``zh``, the source) and English (``en``, a complete translation)."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """The text in ``lang``: every tag that begins with "en" gives English, all others Chinese."""
        return self.en if lang.lower().startswith("en") else self.zh

    def __add__(self, other: Text) -> Text:
        """Both texts one after the other; a space stands between the English halves only."""
        if not (self.zh or self.en):
            return other
        return Text(self.zh + other.zh, f"{self.en} {other.en}".strip())

    def __str__(self) -> str:
        return self.zh


_DIGITS = "零一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """The number as statutes write it: 33 is 三十三, 105 is 一百零五. From 0 to 999, else ValueError."""
    if not 0 <= number <= 999:
        raise ValueError(f"no statute numeral for {number}")
    if number < 10:
        return _DIGITS[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
    hundreds, rest = divmod(number, 100)
    if rest == 0:
        tail = ""
    elif rest < 10:
        tail = "零" + _DIGITS[rest]
    else:
        # After a hundred the ten is spoken with its one: 一百一十五.
        tail = ("一" if rest < 20 else "") + chinese_numeral(rest)
    return _DIGITS[hundreds] + "百" + tail
