"""The jobs behind `notices`: find who is to be told, and tell them: number, duty and due date, never identity data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.applications.actions.deliver import Delivery
from gongkai.applications.addressees import Addressees, author_of_opinion
from gongkai.applications.models import Application, Assignment, Origin, Step
from gongkai.applications.notices import CAME_IN, FOR_APPLICANT, HANDED_ON
from gongkai.applications.selectors.turns import WAITED_FOR
from gongkai.law.dates import day_text
from gongkai.law.procedure import Role, StepKind
from gongkai.law.texts import Text
from gongkai.notifications.actions.notify import notify
from gongkai.notifications.actions.send import send_mail_to


@transaction.atomic
def tell_step(step_id: int) -> None:
    """Tell of a step. What the case has left behind meanwhile is told to nobody at the desk."""
    step = Step.objects.select_related("application__agency", "actor").get(pk=step_id)
    application, kind = step.application, StepKind(step.kind)
    if kind is StepKind.RECOUNT and application.due_question:
        tell_due_question(application, Addressees(today()))
    if kind in HANDED_ON and not _overtaken(application, step):
        text = Text(f"{application.number}：{kind.label.zh}。", f"{application.number}: {kind.label.en}.")
        people = _hearers(application, step)
        tell(application, people, "step", text + _what_next(application), f"step:{step.number}")
    if kind in FOR_APPLICANT:
        _tell_applicant(application, step)


def _overtaken(application: Application, step: Step) -> bool:
    """Whether the case has gone on since, or waits for somebody outside by now."""
    kinds = [kind.value for kind in HANDED_ON]
    waits = step.kind not in CAME_IN and next_duty(application, today()) is None
    return waits or application.steps.filter(number__gt=step.number, kind__in=kinds).exists()


def _hearers(application: Application, step: Step) -> list[Person]:
    """Whose turn it is now. Where one of them took the step, they go on with it themselves."""
    known = Addressees(today())
    people = known.whose_turn(application)
    if any(one.pk == step.actor_id for one in people):
        return []
    if step.kind in CAME_IN and step.actor_id is None:  # the applicant, on line: nobody at the desk has seen it
        people = [*people, *known.having(application.agency, Role.CLERK)]
    if step.kind == StepKind.RETURN:
        author = author_of_opinion(application)
        people = [*people, *(one for one in known.having(application.agency, Role.DRAFTER) if one.pk == author)]
    return people


def tell(application: Application, people: Iterable[Person], kind: str, text: Text, event: str) -> int:
    """Tell these people of one event in a case, each once."""
    about = f"application:{application.pk}"
    link = reverse("desk:case", args=[application.pk])
    return notify(people=people, kind=kind, text=text, link=link, about=about, key=f"{about}:{event}")


def _what_next(application: Application) -> Text:
    duty = next_duty(application, today())
    due = _until(application)
    return Text(f"下一步：{duty.zh}{due.zh}。", f"Next: {duty.en}{due.en}.") if duty else Text("", "")


def next_duty(application: Application, day: date) -> Text | None:
    """The next step of the office in a word; None while it waits for somebody outside, or has nothing left to do."""
    if not application.next_step:
        return None
    if application.next_step not in WAITED_FOR:
        return StepKind(application.next_step).label
    lapsed = application.waits_until is not None and application.waits_until < day
    return StepKind.OPINION.label if lapsed else None


def _until(application: Application) -> Text:
    if application.due_on is None or application.answered_on is not None:
        return Text("", "")
    due = day_text(application.due_on)
    return Text(f"，答复期限{due.zh}", f"; the reply is due on {due.en}")


def tell_due_question(application: Application, known: Addressees) -> int:
    """A change of the calendar brought the due date nearer than it was told, and a person has to decide."""
    text = Text(
        f"{application.number}：工作日历调整后，答复期限需要由工作人员决定。",
        f"{application.number}: after a change of the calendar the due date needs a decision.",
    )
    people = known.having(application.agency, Role.CLERK)
    return tell(application, people, "due_question", text, f"due_question:{application.due_on}")


@transaction.atomic
def tell_unconfirmed(case_id: int) -> None:
    """An application waits to be confirmed; its clock does not run before."""
    application = Application.objects.select_related("agency").get(pk=case_id)
    if application.received_on is not None:
        return
    text = Text(
        f"{application.number}：网上提交的新申请，请与申请人确认收到并登记。",
        f"{application.number}: a new application through the web; confirm its receipt and register it.",
    )
    people = Addressees(today()).having(application.agency, Role.CLERK)
    tell(application, people, "step", text, "unconfirmed")


@transaction.atomic
def tell_assignment(assignment_id: int) -> None:
    """A case was given to a person, or to a unit. Given on since, the next one is told."""
    row = Assignment.objects.select_related("application__agency", "holder", "unit").get(pk=assignment_id)
    application = row.application
    if (application.holder_id, application.unit_id) != (row.holder_id, row.unit_id):
        return
    people = [row.holder] if row.holder else Addressees(today()).of_unit(application)
    due = day_text(row.internal_due_on) if row.internal_due_on else None
    to = Text("您", "you") if row.holder else Text(str(row.unit), str(row.unit))
    by = Text(f"，请于{due.zh}前提出办理意见", f"; the opinion is due by {due.en}") if due else Text("", "")
    text = Text(
        f"{application.number}：已分给{to.zh}办理{by.zh}。",
        f"{application.number}: given to {to.en}{by.en}.",
    )
    tell(application, (one for one in people if one.pk != row.by_id), "assigned", text, f"assignment:{row.pk}")


def _tell_applicant(application: Application, step: Step) -> None:
    """That there is news under the number, and where to read it; what it is the mail does not say. It serves nothing:
    letters reach the applicant on the way that was asked for."""
    on_line = step.kind != StepKind.DELIVER or step.facts.get("way") == Delivery.ONLINE
    if not settings.TELL_APPLICANTS or not application.email or application.origin != Origin.HERE or not on_line:
        return
    where = f"{settings.SITE_URL}{reverse('portal:progress')}" if settings.SITE_URL else ""
    number, agency = application.number, application.agency.name
    text = (
        f"您向{agency}提出的政府信息公开申请（{number}）有新的进展，请凭查询码查询。\n"
        f"There is news about your application {number}. You can read it with your query code.\n\n{where}".rstrip()
        + f"\n\n-- \n{agency}。本邮件自动发送，请勿回复。 This mail was sent automatically; please do not reply.\n"
    )
    key = f"application:{application.pk}:step:{step.number}:applicant"
    subject = f"您的政府信息公开申请有新的进展（{number}）"
    try:
        send_mail_to(address=application.email, subject=subject, text=text, key=key)
    except Invalid:  # what was given is no address
        return
