"""The blind indexes by which an applicant is found: equal ones for equal persons, and nothing told without the key."""

from __future__ import annotations

import unicodedata

from gongkai.vault.sealing import blind_index


def id_index_of(number: str) -> str:
    """Of an identity number, capitals or not."""
    return blind_index(number.upper(), "id_number")


def name_index_of(name: str) -> str:
    """Of a name; blanks, case and full-width letters make no difference."""
    return blind_index("".join(unicodedata.normalize("NFKC", name).split()).casefold(), "applicant_name")
