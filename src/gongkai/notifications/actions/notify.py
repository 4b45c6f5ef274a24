"""Tell people something: at the desk always, by mail and SMS as each of them wishes."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.law.texts import Text
from gongkai.notifications.actions.send import send_mail_to, send_sms_to
from gongkai.notifications.models import Notification, Preference

FOOT = Text("本邮件由政府信息公开工作台自动发送，请勿回复。", "Sent by the disclosure workbench; please do not reply.")


def notify(*, people: Iterable[Person], kind: str, text: Text, link: str, about: str, key: str) -> int:
    """Tell these people of one event, in the transaction of the act that is the event. Returns how many are new to it.

    `text` number, duty and due date, never identity data; `link` the path of the page; `about` „application:12“;
    `key` names the event, „application:12:step:5:duty“: told again with the same key, nobody hears it twice.
    Raises RuntimeError outside a transaction, ValueError for a link that leaves this site.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("notify() must run inside the transaction of what it tells")
    if not link.startswith("/") or not url_has_allowed_host_and_scheme(link, allowed_hosts=None):
        raise ValueError(f"{link!r} is no path of this site")
    wanted = {person.pk: person for person in people if person.is_active}
    told = Notification.objects.filter(key=key, person__in=wanted).values_list("person_id", flat=True)
    new = [wanted[pk] for pk in sorted(wanted.keys() - set(told))]
    common = {"kind": kind, "text_zh": text.zh, "text_en": text.en, "link": link, "about": about, "key": key}
    # Of two at the same moment, one writes the row and the other finds it there.
    Notification.objects.bulk_create([Notification(person=person, **common) for person in new], ignore_conflicts=True)
    wishes = {row.person_id: row for row in Preference.objects.filter(person__in=new)}
    for person in new:
        _send(person, wishes.get(person.pk) or Preference(person=person), text, link, key)
    return len(new)


def _send(person: Person, wish: Preference, text: Text, link: str, key: str) -> None:
    """A mail address or mobile number that is wrong keeps nobody from working: it stays at the desk."""
    words = text.of(wish.language)
    try:
        if wish.by_mail and person.email:
            body = mail_body([words, _address(link)], wish.language)
            send_mail_to(address=person.email, subject=words, text=body, key=f"{key}:{person.pk}")
        if wish.by_sms and wish.mobile:
            send_sms_to(mobile=wish.mobile, text=words, key=f"{key}:{person.pk}")
    except Invalid:
        return


def _address(link: str) -> str:
    return f"{settings.SITE_URL}{link}" if settings.SITE_URL else ""


def mail_body(parts: Iterable[str], language: str) -> str:
    """Paragraphs and the line at the foot."""
    return "\n\n".join([part for part in parts if part] + ["-- \n" + FOOT.of(language)]) + "\n"
