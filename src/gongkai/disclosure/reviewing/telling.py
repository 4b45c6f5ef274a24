"""Who is told of a step: whose turn it is now, and who waited for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import people_with
from gongkai.disclosure.models import Revision, RevisionStep, Suspension
from gongkai.law.publication import FINAL, FIRST, PUBLISHERS, SECOND, WRITERS, PublicationAct, RevisionState
from gongkai.law.texts import Text
from gongkai.notifications.actions.notify import notify

#: Whose turn it is in each state.
TURNS = {
    RevisionState.FIRST_REVIEW: FIRST,
    RevisionState.SECOND_REVIEW: SECOND,
    RevisionState.FINAL_REVIEW: FINAL,
    RevisionState.APPROVED: PUBLISHERS,
}
#: The acts that its writers hear of.
_TO_WRITERS = frozenset({PublicationAct.RETURN, PublicationAct.FINAL_REVIEW, PublicationAct.PUBLISH})


def tell_step(revision: Revision, step: RevisionStep) -> int:
    """Tell of a step, in its transaction. Whoever took it knows already."""
    act, state = PublicationAct(step.act), RevisionState(revision.state)
    writers = writers_of(revision)
    next_ones = people_with(revision.item.agency, TURNS[state]) if state in TURNS else []
    people = {one.pk: one for one in next_ones if state is RevisionState.APPROVED or one.pk not in writers}
    if act in _TO_WRITERS:
        people |= writers
    people.pop(step.actor_id or 0, None)
    why = Text(f"：{step.remark}", f": {step.remark}") if step.remark and act is PublicationAct.RETURN else Text("", "")
    text = Text(
        f"主动公开信息“{_named(revision)}”：{act.label.zh}{why.zh}，现为“{state.label.zh}”。",
        f"Item “{_named(revision)}”: {act.label.en}{why.en}; now {state.label.en}.",
    )
    return _tell(revision, people.values(), text, f"step:{step.number}")


def tell_release_failed(revision: Revision, why: Text) -> int:
    """The hour had come and it could not go out: whoever publishes is told, once."""
    text = (
        Text(f"定时发布未能完成：“{_named(revision)}”。", f"Could not be published at its hour: “{_named(revision)}”.")
        + why
    )
    people = people_with(revision.item.agency, PUBLISHERS)
    return _tell(revision, people, text, f"release:{revision.changes}")


def tell_suspended(row: Suspension, by: date | None) -> int:
    """Taken off the site at once: whoever writes, reviews and publishes there is told, and whoever wrote and reviewed this.
    By its number alone: the title may be what leaked, and mail leaves the house."""
    agency, revision = row.item.agency, row.revision
    people = {one.pk: one for one in people_with(agency, WRITERS | FIRST | SECOND | FINAL | PUBLISHERS)}
    people |= writers_of(revision)
    steps = revision.steps.filter(actor__isnull=False).select_related("actor")
    people |= {step.actor.pk: step.actor for step in steps if step.actor is not None}
    people |= {one.reviewer_id: one.reviewer for one in revision.secrecy_reviews.select_related("reviewer")}
    people.pop(row.actor_id, None)
    until = Text(f"在{by}以前", f" by {by}") if by else Text("尽快", " soon")
    text = Text(
        f"索引号为{row.item.index_number}的信息已紧急下线，公众不能再看到。请{until.zh}核查，决定撤下或者更正后恢复。",
        f"Item {row.item.index_number} was taken off the site at once. Look into it{until.en}: withdraw or correct it.",
    )
    about, link = f"item:{row.item_id}", reverse("desk:item", args=[row.item_id])
    key = f"{about}:suspended:{row.pk}"
    return notify(people=list(people.values()), kind="publication_step", text=text, link=link, about=about, key=key)


def writers_of(revision: Revision) -> dict[int, Person]:
    """Everybody who wrote it."""
    acts = [PublicationAct.BEGIN, PublicationAct.SUBMIT]
    steps = revision.steps.filter(act__in=acts, actor__isnull=False).select_related("actor")
    people = [revision.made_by, *revision.writers.all(), *(step.actor for step in steps)]
    return {person.pk: person for person in people if person is not None}


def _named(revision: Revision) -> str:
    """The title, short enough for a message."""
    title = revision.title or "（无标题）"
    return title if len(title) <= 40 else f"{title[:39]}…"


def _tell(revision: Revision, people: Iterable[Person], text: Text, event: str) -> int:
    about, link = f"revision:{revision.pk}", reverse("desk:review", args=[revision.pk])
    return notify(
        people=list(people), kind="publication_step", text=text, link=link, about=about, key=f"{about}:{event}"
    )
