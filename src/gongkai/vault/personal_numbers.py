"""What numbers and addresses of persons look like in a text: the one place of these patterns, for masking and for the
privacy scan (platform-standards §6.3). They tell by form alone; who must be sure asks for the check digit, too."""

from __future__ import annotations

import re

#: No digit or letter may touch a number on either side: it would be part of something longer.
BEFORE, AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"

#: A 居民身份证 of 18 characters: place, day of birth, serial number, check character; as one run, in its three groups,
#: or with a blank after every character.
RESIDENT_ID = (
    r"(?:[1-9]\d{5}[ -]?(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[0-9Xx]"
    r"|[1-9](?: \d){16} [0-9Xx])"
)
#: The 15 digits of cards issued before 1999.
OLD_RESIDENT_ID = r"[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
#: A mobile telephone, also in groups of 3, 4 and 4, also with +86.
MOBILE = r"(?:\+?86[ -]?)?1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})"
#: A fixed line with its area code.
LANDLINE = r"0\d{2,3}[ -]?\d{7,8}(?:-\d{1,6})?"
#: A bank card: 13 to 19 digits, as one run or in fours.
CARD = r"(?:[3-6]\d{12,18}|[3-6]\d{3}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,4})?)"
PASSPORT = r"(?:[EDSPG]\d{8}|E[A-HJ-NP-Z]\d{7})"
#: 港澳通行证, 回乡证.
PERMIT = r"(?:[CW]\d{8}|[CW][A-HJ-NP-Z]\d{7}|[HM]\d{8,10})"
EMAIL = r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"

#: What a text must not show wherever it goes. Wider than the single forms: a mistyped number is a person's, too.
ANY = re.compile(
    BEFORE + r"(?:\d{6}[ -]?\d{8}[ -]?\d{3}[0-9Xx]|\d{15,19}"
    r"|[3-69]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?"
    r"|(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}"
    r"|0\d{2,3}[ -]\d{7,8}(?:-\d{1,6})?"
    r"|[DEGHKMPS][A-Z]?\d{7,9})" + AFTER + rf"|(?P<mail>{EMAIL})"
)
