"""The acts that the review page offers: each with its form, to whom it is open, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from gongkai.disclosure.actions.pass_round import pass_round
from gongkai.disclosure.actions.publish_revision import publish_revision, schedule_release
from gongkai.disclosure.actions.record_consent import record_consent
from gongkai.disclosure.actions.return_revision import recall_revision, return_revision
from gongkai.disclosure.actions.review_secrecy import review_secrecy
from gongkai.disclosure.actions.scan_again import scan_again
from gongkai.disclosure.actions.submit_revision import submit_revision
from gongkai.disclosure.reviewing import forms
from gongkai.disclosure.reviewing.page import ReviewPage
from gongkai.documents.store import keep
from gongkai.law.publication import PublicationAct
from gongkai.law.texts import Text


@dataclass(frozen=True)
class Act:
    """``form``: its class, or what makes one for a page (arguments: page, data and files, initial and id)."""

    name: str
    label: Text
    form: Callable[..., Any]
    open_to: Callable[[ReviewPage], bool]
    do: Callable[[ReviewPage, Any], object]

    def blank(self, page: ReviewPage) -> Any:
        """The form as the page first shows it."""
        return self._form(page)

    def bound(self, page: ReviewPage, request: HttpRequest) -> Any:
        """The form as it was sent."""
        return self._form(page, request.POST, request.FILES)

    def _form(self, page: ReviewPage, *data: Any) -> Any:
        seen = {"changes": page.revision.changes, "digest": page.digest}
        return self.form(page, *data, initial=seen, auto_id=f"{self.name}_%s")


def _plain(form: type[forms.SeenForm]) -> Callable[..., Any]:
    return lambda _page, *data, **options: form(*data, **options)


def _pass_form(page: ReviewPage, *data: Any, **options: Any) -> Any:
    """Without a round that is due there is none; the act itself says so."""
    held = page.standing.held if page.standing else ()
    return forms.PassForm(*data, act=page.round or PublicationAct.FIRST_REVIEW, held=held, **options)


def _consent_form(page: ReviewPage, *data: Any, **options: Any) -> Any:
    return forms.ConsentForm(*data, bodies=page.silent, **options)


def _seen(page: ReviewPage, form: Any) -> dict[str, Any]:
    return {"actor": page.person, "revision_id": page.revision.pk, "changes": form.cleaned_data["changes"]}


def _pass(page: ReviewPage, form: Any) -> object:
    told = form.cleaned_data
    return pass_round(
        **_seen(page, form), digest=told["digest"], proofread=told["proofread"], remark=told["remark"],
        reasons=form.reasons, confirmed=told.get("confirmed", ()),
    )  # fmt: skip


def _secrecy(page: ReviewPage, form: Any) -> object:
    told = {name: form.cleaned_data[name] for name in ("result", "basis", "reason", "digest")}
    return review_secrecy(actor=page.person, revision_id=page.revision.pk, **told)


def _consent(page: ReviewPage, form: Any) -> object:
    told = form.cleaned_data
    upload = told["paper"]
    paper = keep(upload.data, name=upload.name, media_type=upload.media_type) if upload else None
    return record_consent(
        actor=page.person, revision_id=page.revision.pk, body=told["body"], agrees=told["agrees"] == "yes",
        on=told["on"], note=told["note"], paper=paper, digest=told["digest"],
    )  # fmt: skip


_ALL = (
    Act(
        "submit", PublicationAct.SUBMIT.label, _plain(forms.SubmitForm), lambda page: PublicationAct.SUBMIT in page.acts,
        lambda page, form: submit_revision(
            **_seen(page, form), remark=form.cleaned_data["remark"], digest=form.cleaned_data["digest"]
        ),
    ),
    Act("pass", Text("审核通过", "pass the review"), _pass_form, lambda page: page.passes, _pass),
    Act(
        "return", PublicationAct.RETURN.label, _plain(forms.ReturnForm), lambda page: PublicationAct.RETURN in page.acts,
        lambda page, form: return_revision(**_seen(page, form), reason=form.cleaned_data["reason"]),
    ),
    Act(
        "recall", PublicationAct.RECALL.label, _plain(forms.RecallForm), lambda page: PublicationAct.RECALL in page.acts,
        lambda page, form: recall_revision(**_seen(page, form), reason=form.cleaned_data["reason"]),
    ),
    Act(
        "secrecy", Text("保密审查", "review its secrecy"), _plain(forms.SecrecyForm), lambda page: page.reviews_secrecy,
        _secrecy,
    ),
    Act("consent", Text("登记共同制作机关意见", "enter a consent"), _consent_form, lambda page: page.enters_consent, _consent),
    Act(
        "scan", Text("重新扫描", "scan again"), _plain(forms.SeenForm), lambda page: page.scan_again,
        lambda page, _form: scan_again(actor=page.person, revision_id=page.revision.pk),
    ),
    Act(
        "publish", PublicationAct.PUBLISH.label, _plain(forms.SeenForm),
        lambda page: PublicationAct.PUBLISH in page.acts and not page.waits,
        lambda page, form: publish_revision(**_seen(page, form)),
    ),
    Act(
        "schedule", Text("定时发布", "set an hour"), _plain(forms.ScheduleForm), lambda page: page.schedules,
        lambda page, form: schedule_release(**_seen(page, form), at=form.cleaned_data["at"]),
    ),
    Act(
        "unschedule", Text("取消定时", "cancel the hour"), _plain(forms.SeenForm),
        lambda page: page.schedules and page.revision.publish_from is not None,
        lambda page, form: schedule_release(**_seen(page, form), at=None),
    ),
)  # fmt: skip
ACTS: Mapping[str, Act] = {act.name: act for act in _ALL}
