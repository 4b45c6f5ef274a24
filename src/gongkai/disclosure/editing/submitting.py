"""Kept and submitted with one press: what lies before the reviewers is what the page showed, to the letter and the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.agencies.models import Person
from gongkai.disclosure.acting import locked_revision
from gongkai.disclosure.actions.attach_file import arrange_attachment, attach_files
from gongkai.disclosure.actions.edit_revision import Edited, edit_revision
from gongkai.disclosure.actions.submit_revision import submit_revision
from gongkai.disclosure.editing.forms import RevisionForm
from gongkai.disclosure.editing.item_page import ItemPage
from gongkai.disclosure.editing.uploads import kept, read_in
from gongkai.disclosure.errors import RevisionChanged
from gongkai.disclosure.models import Attachment, Purpose, Revision
from gongkai.disclosure.reviewing.requirements import Incomplete
from gongkai.disclosure.rich_text import files_in
from gongkai.law.texts import Text


@dataclass
class Writing:
    """One draft on one person's page."""

    person: Person
    page: ItemPage
    revision: Revision
    attachments: Sequence[Attachment]
    #: The count of changes as this page has left it; None while it has kept nothing.
    kept: int | None = None


def said(text: Text) -> str:
    """In the language of the page."""
    return text.of(get_language() or "")


def keep(request: HttpRequest, writing: Writing, form: RevisionForm) -> Edited:
    """The words first; then the names of the files. Raises LawError."""
    edited = edit_revision(
        actor=writing.person, revision_id=writing.revision.pk, values=form.said, interprets=form.interpreted,
        changes=form.cleaned_data["changes"],
    )  # fmt: skip
    for note in edited.notes:
        messages.warning(request, said(note))
    for row in writing.attachments:
        name = request.POST.get(f"name-{row.pk}", row.name)
        if name.strip() != row.name:
            arrange_attachment(actor=writing.person, revision_id=writing.revision.pk, attachment_id=row.pk, name=name)
    return edited


def submit(request: HttpRequest, writing: Writing, form: RevisionForm) -> HttpResponse:
    """Raises RevisionChanged where the files are not those of the page, Incomplete (what was typed is kept), LawError."""
    if form.cleaned_data.get("file_text") is not None:
        return _read_in_first(request, writing, form)
    new = [kept(upload) for upload in form.cleaned_data.get("new_files") or ()]
    missing: Incomplete | None = None
    with transaction.atomic():
        locked_revision(writing.person, writing.revision.pk)  # nobody comes between keeping and submitting
        writing.attachments = list(writing.revision.attachments.select_related("document"))
        edited = keep(request, writing, form)
        _require_files_shown(request, writing, edited.revision)
        if new:
            attach_files(actor=writing.person, revision_id=writing.revision.pk, files=new)
        if not edited.notes:
            try:
                with transaction.atomic():
                    submit_revision(actor=writing.person, revision_id=writing.revision.pk)
            except Incomplete as error:
                missing = error
    writing.kept = edited.revision.changes
    if missing is not None:
        raise missing
    if edited.notes:
        messages.warning(request, _("已保存，还没有送审：内容有上述调整，请核对以后再送审。"))
        return redirect("desk:item_edit", writing.page.item.pk)
    messages.success(request, _("已送审。"))
    return redirect("desk:item", writing.page.item.pk)


def _read_in_first(request: HttpRequest, writing: Writing, form: RevisionForm) -> HttpResponse:
    """What a file says nobody has seen on the page yet."""
    writing.kept = keep(request, writing, form).revision.changes
    for note in read_in(writing.person, writing.revision, form.cleaned_data["file_text"]):
        messages.warning(request, said(note))
    messages.warning(request, _("文件内容已读入正文，还没有送审：请核对以后再送审。"))
    return redirect("desk:item_edit", writing.page.item.pk)


def _require_files_shown(request: HttpRequest, writing: Writing, revision: Revision) -> None:
    """The files that are there are those that the page listed, in its order, and the pictures that its text shows. Raises
    RevisionChanged where somebody has added, removed or moved one since."""
    if revision.purpose == Purpose.WITHDRAW:
        return
    listed = [name for name in request.POST if name.startswith("name-")]
    pictures = files_in(revision.body)
    there = [row for row in writing.attachments if f"name-{row.pk}" in request.POST]
    strangers = [row for row in writing.attachments if row not in there and row.document.digest not in pictures]
    if strangers or [f"name-{row.pk}" for row in there] != listed:
        raise RevisionChanged
