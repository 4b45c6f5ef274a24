"""Whose case it is: the query code, and as a second proof the name or the end of the ID number.

Whether the code is wrong or the proof is, the same is answered after the same work: one look at the index, one seal
opened, both proofs compared. So nobody learns from the answer, or from its time, that a code exists.
"""

from __future__ import annotations

import hmac
import unicodedata
from functools import lru_cache

from gongkai.applications.found_by import name_index_of
from gongkai.applications.models import Application
from gongkai.applications.query_codes import index_of
from gongkai.vault.sealing import seal, unseal

TAIL = 4
NOBODY = "0" * 64
_STAND_IN_PLACE = "applications.selectors.by_code"


def found_by_proof(code: str, proof: str) -> int | None:
    """The key of the application with this code whose applicant has this name, or an ID number with these last four
    characters; None for everything else."""
    row = (
        Application.objects.filter(query_code_index=index_of(code)).values_list("pk", "name_index", "id_number").first()
    )
    key, name, number = row or (None, NOBODY, unseal(_stand_in(), _STAND_IN_PLACE))
    by_name = hmac.compare_digest(name_index_of(proof).encode(), name.encode())
    by_number = hmac.compare_digest(_tail(proof), _tail(number)) and len(_kept(proof)) == TAIL <= len(_kept(number))
    return key if by_name or by_number else None


def _tail(text: str) -> bytes:
    return _kept(text)[-TAIL:].encode()


def _kept(text: str) -> str:
    """Letters and digits alone, half-width, in capitals."""
    return "".join(character for character in unicodedata.normalize("NFKC", text).upper() if character.isalnum())


@lru_cache(maxsize=1)
def _stand_in() -> str:
    """What is opened in place of an ID number where there is no application."""
    return seal("000000000000000000", _STAND_IN_PLACE)
