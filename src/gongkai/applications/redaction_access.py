"""Who works on a redaction, and when: every act on one begins here."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.applications.errors import CaseNotFound, Conflict
from gongkai.applications.history import locked
from gongkai.applications.models import MAKING, Application, Redaction, RedactionState
from gongkai.law.procedure import Role, Stage
from gongkai.law.texts import Text

#: Who draws up what goes out. The others of the case look on.
REDACTING_ROLES = frozenset({Role.CLERK, Role.DRAFTER})
_CHANGED = Text("修改遮盖", "changing the boxes")


def require_redactor(application: Application, actor: Person) -> None:
    """Raises NotAllowed for other roles, Invalid in a closed case."""
    if roles_of(actor, application.agency).isdisjoint(REDACTING_ROLES):
        raise NotAllowed(Text("遮盖由经办人、承办人办理。", "Redaction is for clerks and drafters."))
    if application.stage == Stage.CLOSED:
        raise Invalid("case", Text("本件已归档，不能再遮盖。", "The case is archived: no more redaction."))


def locked_draft(redaction_id: int, actor: Person, seen: int | None = None) -> Redaction:
    """The redaction, locked with its case, for who may change it now.

    `seen` is how many changes the person saw; where there is one more, Conflict tells whose. Raises CaseNotFound for
    whoever may not read the case, and for a redaction that was given up.
    """
    case_id = Redaction.objects.filter(pk=redaction_id).values_list("paper__application_id", flat=True).first()
    if case_id is None:
        raise CaseNotFound
    application = locked(case_id, actor)
    require_redactor(application, actor)
    found = Redaction.objects.select_for_update(of=("self",)).select_related("paper__document", "changed_by")
    redaction = found.filter(pk=redaction_id).first()
    if redaction is None:
        raise CaseNotFound
    redaction.paper.application = application
    require_draft(redaction)
    if seen is not None and max(seen, 0) < redaction.changes:
        at = timezone.localtime(redaction.changed_at or redaction.begun_at).strftime("%Y-%m-%d %H:%M")
        raise Conflict(str(redaction.changed_by or redaction.begun_by), _CHANGED, at)
    return redaction


def require_draft(redaction: Redaction) -> None:
    if redaction.state == RedactionState.DONE:
        message = Text(
            "遮盖件已经生成。需要改动的，请重新遮盖。", "The redacted copy is made. To change it, begin again."
        )
        raise Invalid("redaction", message)
    if redaction.state in MAKING:
        message = Text("正在生成遮盖件，请稍候。", "The redacted copy is being made; please wait.")
        raise Invalid("redaction", message)


def changed(redaction: Redaction, actor: Person) -> None:
    """Note that somebody changed a locked draft. What failed before has been dealt with."""
    redaction.changes += 1
    redaction.changed_by, redaction.changed_at = actor, timezone.now()
    redaction.failure = redaction.failure if "scan" in redaction.failure else {}
    redaction.save(update_fields=["changes", "changed_by", "changed_at", "failure"])
