"""What every action of this room must stand: the tests of an action inherit these and add their own."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gongkai.law.procedure import Stage, StepKind
from tests.applications.scenes import (
    Scene,
    check_days,
    check_one_wins,
    check_wrong_people,
    check_wrong_stages,
)


class ActionStandard:
    """`kind` is the step; `elsewhere` the code of the refusal at every stage where it may not be taken."""

    kind: StepKind
    elsewhere: Mapping[Stage, str]

    def test_only_the_right_people(self, scene: Scene) -> None:
        check_wrong_people(scene, self.kind)

    def test_only_at_its_stage(self, scene: Scene) -> None:
        assert not set(self.elsewhere) & (self.kind.rule.stages - {Stage.CORRECT, Stage.CONSULT})
        assert set(self.elsewhere) | self.kind.rule.stages == set(Stage)
        check_wrong_stages(scene, self.kind, self.elsewhere)

    def test_only_on_a_possible_day(self, scene: Scene) -> None:
        check_days(scene, self.kind)

    @pytest.mark.concurrent
    @pytest.mark.django_db(transaction=True)
    def test_two_who_looked_at_the_same_page(self, scene: Scene) -> None:
        check_one_wins(scene, self.kind)

    @pytest.mark.concurrent
    @pytest.mark.django_db(transaction=True)
    def test_two_who_looked_at_nothing(self, scene: Scene) -> None:
        check_one_wins(scene, self.kind, seen=False)


#: Stages before and after, for the tables of the actions.
BEFORE_ACCEPTANCE = (Stage.REGISTER, Stage.ACCEPT)
AFTER_OPINION = (Stage.DECIDE, Stage.APPROVE, Stage.DELIVER, Stage.ARCHIVE, Stage.CLOSED)


def each(stages: tuple[Stage, ...], code: str) -> dict[Stage, str]:
    return dict.fromkeys(stages, code)
