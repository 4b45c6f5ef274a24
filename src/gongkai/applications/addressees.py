"""On whose desk a case lies: the people who are told of it. The twin, in persons, of what `selectors.turns` says in
conditions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from gongkai.agencies.models import Agency, Appointment, Delegation, Person
from gongkai.agencies.selectors import appointments_of, people_with
from gongkai.applications.models import Application
from gongkai.applications.selectors.turns import WAITED_FOR
from gongkai.law import procedure
from gongkai.law.procedure import Role, Stage, StepKind


@dataclass
class Addressees:
    """Who has what on a day. Each question is asked of the database once, because many cases ask the same."""

    day: date
    _with: dict[tuple[int, frozenset[Role]], list[Person]] = field(default_factory=dict)
    _units: dict[tuple[int, int], frozenset[int]] = field(default_factory=dict)

    def having(self, agency: Agency, *roles: Role) -> list[Person]:
        """Everybody who has one of these roles there."""
        key = (agency.pk, frozenset(roles))
        if key not in self._with:
            self._with[key] = people_with(agency, roles, self.day)
        return self._with[key]

    def whose_turn(self, application: Application) -> list[Person]:
        """Whose the next duty is; while the case waits for somebody outside, who drafts."""
        if not application.next_step:
            return []
        if application.next_step in (*WAITED_FOR, StepKind.OPINION):
            return self.drafters(application)
        return self._others(application)

    def _others(self, application: Application) -> list[Person]:
        step = StepKind(application.next_step)
        roles = (Role(application.next_role),) if application.next_role else procedure.STEPS[step].roles
        found = self.having(application.agency, *roles)
        if roles == (Role.UNIT_HEAD,) and application.unit_id:
            found = [one for one in found if application.unit_id in self._units_of(one, application.agency)] or found
        author = author_of_opinion(application) if application.stage == Stage.APPROVE else None
        return [one for one in found if one.pk != author]

    def drafters(self, application: Application) -> list[Person]:
        """Who has the case, and who stands in for them; where nobody has, the drafters of its unit, or all."""
        able = self.having(application.agency, Role.CLERK, Role.DRAFTER, Role.UNIT_HEAD)
        hands = {application.holder_id, *self._standing_in(application)} if application.holder_id else set()
        if any(one.pk == application.holder_id for one in able):
            return [one for one in able if one.pk in hands]
        free = self.having(application.agency, Role.DRAFTER)
        if application.unit_id is None:
            return free
        units = {one.pk: self._units_of(one, application.agency) for one in free}
        return [one for one in free if not units[one.pk] or application.unit_id in units[one.pk]] or free

    def of_unit(self, application: Application) -> list[Person]:
        """The head of its unit; where it has none, its drafters."""
        heads = self.having(application.agency, Role.UNIT_HEAD)
        own = [one for one in heads if application.unit_id in self._units_of(one, application.agency)]
        return own or self.drafters(application)

    def _standing_in(self, application: Application) -> Iterable[int]:
        running = Delegation.objects.filter(since__lte=self.day, until__gte=self.day, agency=application.agency_id)
        return running.filter(giver=application.holder_id).values_list("taker", flat=True)

    def _units_of(self, person: Person, agency: Agency) -> frozenset[int]:
        key = (person.pk, agency.pk)
        if key not in self._units:
            own: Iterable[Appointment] = appointments_of(person, self.day).filter(agency=agency, unit__isnull=False)
            self._units[key] = frozenset(row.unit_id for row in own if row.unit_id)
        return self._units[key]


def author_of_opinion(application: Application) -> int | None:
    """Who gave the opinion that was given last."""
    opinions = application.steps.filter(kind=StepKind.OPINION.value).order_by("-number")
    author: int | None = opinions.values_list("actor", flat=True).first()
    return author
