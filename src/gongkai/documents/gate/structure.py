"""What a file is by its build: asked by the gate and by the reader, so that neither takes for sound what the other
refuses."""

from __future__ import annotations

from gongkai.documents.gate.compound import SIGNATURE as COMPOUND
from gongkai.documents.gate.compound import check_compound
from gongkai.documents.gate.containers import SIGNATURE as CONTAINER
from gongkai.documents.gate.containers import check_container
from gongkai.documents.gate.images import check_picture, kind_of_picture
from gongkai.documents.gate.kinds import PDF, Kind
from gongkai.documents.gate.limits import Limits
from gongkai.documents.gate.pdf import check_pdf, is_pdf


def kind_by_structure(data: bytes, limits: Limits) -> Kind | None:
    """The kind, where the bytes have a structure that tells it; None for texts and for all that is not taken. Raises
    Fault for what is unsafe or damaged."""
    if is_pdf(data):
        check_pdf(data)
        return PDF
    if data.startswith(CONTAINER):
        return check_container(data, limits)
    if data.startswith(COMPOUND):
        return check_compound(data)
    if picture := kind_of_picture(data):
        check_picture(data, picture, limits)
        return picture
    return None
