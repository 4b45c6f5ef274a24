"""The query code (查询码) with which a citizen follows an application, without an account.

It is drawn from the form's own one-time token and a key outside the database: the same form sent twice shows the
same code, and the database holds only a blind index of it. 12 characters of 32 = 60 bits.
"""

from __future__ import annotations

import unicodedata

from gongkai.vault.sealing import blind_index

#: No I, L, O, U: they are misread on paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})


def code_for(token: str) -> str:
    """The code that belongs to a form token, as printed: XXXX-XXXX-XXXX."""
    number = int(blind_index(token, "query_code.draw"), 16)
    characters = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[digit])
    code = "".join(characters)
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def normalise(typed: str) -> str:
    """What a person typed, without blanks and hyphens, in capitals, look-alikes read as digits; full-width letters
    and digits, as a Chinese keyboard gives them, are the same as the usual ones."""
    kept = "".join(character for character in unicodedata.normalize("NFKC", typed).upper() if character.isalnum())
    return kept.translate(_LOOKALIKES)


def index_of(code: str) -> str:
    """What the database holds instead of the code."""
    return blind_index(normalise(code), "query_code.find")


def index_of_token(token: str) -> str:
    return blind_index(token, "form_token")
