"""What the agencies of this installation give to the public of themselves: the privacy scan need not warn of it."""

from __future__ import annotations

from gongkai.agencies.models import Agency
from gongkai.documents.offices import Office


def public_numbers() -> Office:
    rows = list(Agency.objects.values_list("telephone", "fax", "email"))
    return Office.of(
        telephones=[number for telephone, fax, _email in rows for number in (telephone, fax)],
        emails=[email for _telephone, _fax, email in rows if email],
    )
