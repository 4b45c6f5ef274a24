"""The sheets that are filed with a case (申请登记表, 公开审查呈批单), printed from it when it is closed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gongkai.agencies.models import Person
from gongkai.applications.case_file_pieces import INTERNAL
from gongkai.applications.models import Application
from gongkai.documents.packages.writing import Piece
from gongkai.documents.typesetting import MEDIA_TYPE, render_pdf
from gongkai.law.errors import LawError

logger = logging.getLogger(__name__)


def sheets_of(application: Application, actor: Person, on: date) -> list[Piece]:
    """Those that this case has, dated the day it is closed. One that cannot be printed (a character that no font has)
    keeps no case from the archive: everything on it stands in the records, too."""
    return list(_printed(application, actor, on))


def _printed(application: Application, actor: Person, on: date) -> Iterator[Piece]:
    # They are made of the case page, which knows the actions.
    from gongkai.applications.case_sheets import case_sheet, case_sheets
    from gongkai.applications.letters import CATALOGUE
    from gongkai.applications.selectors import case_page

    page = case_page(actor, application.pk)
    for code in case_sheets(page):
        try:
            data = render_pdf(replace(case_sheet(page, code), date=on))
        except LawError as error:
            logger.warning("Sheet %s of case %s is not filed: %s", code, application.pk, error.code)
            continue
        name = f"sheets/{code.lower()}.pdf"
        yield Piece(name, CATALOGUE[code].name.zh, data, MEDIA_TYPE, kind=code, restriction=INTERNAL)
