"""A person's own wishes: where and how to be told."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import current_agency
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.ledger.models import SYSTEM
from gongkai.notifications.actions.send import mail_address, mobile_number
from gongkai.notifications.models import Preference


@transaction.atomic
def set_preferences(
    *, person: Person, email: str, by_mail: bool, digest: bool, by_sms: bool, mobile: str, language: str
) -> Preference:
    """Write them down. Raises Invalid with the field. The ledger tells what was wished, not where to."""
    if language not in dict(settings.LANGUAGES):
        raise Invalid("language", Text("没有这种语言。", "There is no such language."))
    person.email = _email(email)
    row, _ = Preference.objects.select_for_update().get_or_create(person=person)
    row.mobile = mobile_number(mobile) if mobile.strip() else ""
    if by_sms and not row.mobile:
        message = Text("用短信通知，需要填写手机号码。", "To be told by SMS, please give a mobile number.")
        raise Invalid("mobile", message)
    row.by_mail, row.digest, row.by_sms, row.language = by_mail, digest, by_sms, language
    row.save()
    person.save(update_fields=["email"])
    facts = {"by_mail": by_mail, "digest": digest, "by_sms": by_sms, "language": language}
    agency = current_agency(person)
    chain = agency.slug if agency else SYSTEM
    subject = f"person:{person.pk}"
    record(chain=chain, act="notifications.set_preferences", subject=subject, facts=facts, actor=person.username)
    return row


def _email(address: str) -> str:
    """Empty is allowed: the person is then told at the desk only."""
    if not address.strip():
        return ""
    try:
        return mail_address(address)
    except Invalid as error:
        raise Invalid("email", error.message) from error
