"""Change what an agency's pages and letters say of it, and its own order of work."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.agencies import archive_numbers
from gongkai.agencies.errors import Invalid, NotAllowed, checked
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import is_administrator
from gongkai.law.errors import IdentifierError
from gongkai.law.identifiers import credit_code
from gongkai.law.index_numbers import TemplateFault, check_template, organisation_of
from gongkai.law.texts import Text
from gongkai.ledger.actions import hold, record

#: What may change. Name, kind, prefix of numbers and address on the site are the agency's identity: old letters bear them.
EDITABLE = (
    "office_name address postcode telephone fax email office_hours review_organ court receipt_rule "
    "accepts_applications rises_after_days drafting_days site_code icp_number credit_code index_template"
).split()
#: Of what the next 档号 is made; those that were given stay.
ARCHIVE = archive_numbers.SETTINGS
LONGEST = 20


@transaction.atomic
def edit_agency(*, actor: Person | None, agency: Agency, **changes: Any) -> Agency:
    """Change some of EDITABLE or ARCHIVE; the ledger keeps what was there before. Nothing changed, nothing is written."""
    if actor is not None and not is_administrator(actor):
        raise NotAllowed
    if unknown := changes.keys() - {*EDITABLE, *ARCHIVE}:
        raise Invalid(min(unknown), Text("这一项不能修改。", "This cannot be changed."))
    hold(agency.slug)
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    before = {name: getattr(agency, name) for name in changes}
    for name, value in changes.items():
        setattr(agency, name, value)
    checked(agency)
    _check_days(agency)
    _check_index(agency)
    archive_numbers.check(agency)
    changed = [name for name in changes if before[name] != getattr(agency, name)]
    if changed:
        agency.save(update_fields=changed)
        facts = {name: {"before": before[name], "after": getattr(agency, name)} for name in changed}
        name = actor.username if actor else ""
        record(chain=agency.slug, act="agencies.edit", subject=f"agency:{agency.pk}", facts=facts, actor=name)
    return agency


def _check_index(agency: Agency) -> None:
    """Of these the next 索引号 is made; those that were given stay."""
    try:
        agency.credit_code = credit_code(agency.credit_code) if agency.credit_code else ""
        if agency.credit_code:
            organisation_of(agency.credit_code)
    except IdentifierError as error:
        raise Invalid("credit_code", error.message) from error
    try:
        check_template(agency.index_template)
    except TemplateFault as error:
        raise Invalid("index_template", error.message) from error


def _check_days(agency: Agency) -> None:
    for name in ("rises_after_days", "drafting_days"):
        if not 1 <= getattr(agency, name) <= LONGEST:
            message = Text(f"应为1至{LONGEST}个工作日。", f"From 1 to {LONGEST} working days.")
            raise Invalid(name, message)
