"""Addresses of this room: `public` joins the namespace portal, `desk` the namespace desk.

portal: apply, sent, apply_form, apply_send, progress, progress_case, correct, reasons, withdraw, rate, progress_part,
progress_close, letter, letter_ofd, enclosure
desk: inbox, assign_cases, export, view_save, view_delete, feed_settings, feed, import, import_check, import_errors,
    import_take, import_run, import_run_errors, case, step, draft, standing_draft, letter, letter_word, letter_ofd, letter_own_word, sheet_of_letter,
    sheet_of_case, intake, intake_done, paper, paper_preview, assign, claim, split,
    add_papers, redact, redaction, redaction_picture, redaction_change, redaction_finish, redaction_drop, note, reveal, case_file, archive, archive_list, add_volume, publish_suggestions, draft_item
"""

from __future__ import annotations

from django.urls import path

from gongkai.applications import (
    apply_views,
    archive_views,
    case_views,
    desk_views,
    feed_views,
    inbox_views,
    intake_views,
    letter_views,
    paper_views,
    progress_views,
    redaction_views,
    suggestion_views,
)
from gongkai.applications.ledger_import import desk_views as import_views

public = [
    path("apply/", apply_views.apply, name="apply"),
    path("apply/sent/", apply_views.sent, name="sent"),
    path("apply/<slug:slug>/", apply_views.apply_form, name="apply_form"),
    path("apply/<slug:slug>/send/", apply_views.send, name="apply_send"),
    path("progress/", progress_views.progress, name="progress"),
    path("progress/case/", progress_views.progress_case, name="progress_case"),
    path("progress/case/correct/", progress_views.correct, name="correct"),
    path("progress/case/reasons/", progress_views.reasons, name="reasons"),
    path("progress/case/withdraw/", progress_views.withdraw, name="withdraw"),
    path("progress/case/rate/", progress_views.rate, name="rate"),
    path("progress/case/<int:case_id>/", progress_views.progress_part, name="progress_part"),
    path("progress/close/", progress_views.progress_close, name="progress_close"),
    path("progress/letters/<int:letter_id>.pdf", progress_views.letter, name="letter"),
    path("progress/letters/<int:letter_id>.ofd", progress_views.letter_ofd, name="letter_ofd"),
    path("progress/papers/<int:paper_id>/", progress_views.enclosure, name="enclosure"),
]

desk = [
    path("", inbox_views.inbox, name="inbox"),
    path("assign/", inbox_views.assign_cases, name="assign_cases"),
    path("export/", inbox_views.export, name="export"),
    path("views/save/", inbox_views.view_save, name="view_save"),
    path("views/<int:view_id>/delete/", inbox_views.view_delete, name="view_delete"),
    path("feed/", feed_views.settings, name="feed_settings"),
    path("feed/<str:token>.ics", feed_views.feed, name="feed"),
    path("import/", import_views.send_file, name="import"),
    path("import/check/", import_views.check, name="import_check"),
    path("import/errors.xlsx", import_views.errors, name="import_errors"),
    path("import/take/", import_views.take_over, name="import_take"),
    path("import/runs/<int:run_id>/", import_views.run, name="import_run"),
    path("import/runs/<int:run_id>/errors.xlsx", import_views.run_errors, name="import_run_errors"),
    path("intake/", intake_views.intake, name="intake"),
    path("intake/done/", intake_views.done, name="intake_done"),
    path("papers/<int:paper_id>/", paper_views.paper, name="paper"),
    path("papers/<int:paper_id>/preview.pdf", paper_views.preview, name="paper_preview"),
    path("papers/<int:paper_id>/redact/", redaction_views.begin, name="redact"),
    path("redactions/<int:redaction_id>/", redaction_views.redaction, name="redaction"),
    path("redactions/<int:redaction_id>/pages/<int:number>.png", redaction_views.picture, name="redaction_picture"),
    path("redactions/<int:redaction_id>/change/", redaction_views.change, name="redaction_change"),
    path("redactions/<int:redaction_id>/finish/", redaction_views.finish, name="redaction_finish"),
    path("redactions/<int:redaction_id>/drop/", redaction_views.drop, name="redaction_drop"),
    path("cases/<int:case_id>/", desk_views.case, name="case"),
    path("cases/<int:case_id>/assign/", case_views.assign_case, name="assign"),
    path("cases/<int:case_id>/claim/", case_views.claim_case, name="claim"),
    path("cases/<int:case_id>/split/", case_views.split_case, name="split"),
    path("cases/<int:case_id>/papers/", case_views.add_papers, name="add_papers"),
    path("cases/<int:case_id>/notes/", case_views.note_case, name="note"),
    path("cases/<int:case_id>/identity/", case_views.reveal_identity, name="reveal"),
    path("publish-suggestions/", suggestion_views.suggestions, name="publish_suggestions"),
    path("cases/<int:case_id>/draft-item/", suggestion_views.draft_item, name="draft_item"),
    path("cases/<int:case_id>/draft/", desk_views.draft, name="draft"),
    path("cases/<int:case_id>/reply.pdf", desk_views.standing_draft, name="standing_draft"),
    path("cases/<int:case_id>/<slug:kind>/", desk_views.step, name="step"),
    path("letters/<int:letter_id>.pdf", desk_views.letter, name="letter"),
    path("letters/<int:letter_id>.docx", letter_views.letter_word, name="letter_word"),
    path("letters/<int:letter_id>.ofd", letter_views.letter_ofd, name="letter_ofd"),
    path("letters/<int:letter_id>/own.docx", letter_views.letter_own_word, name="letter_own_word"),
    path("letters/<int:letter_id>/sheets/<slug:code>.pdf", letter_views.sheet_of_letter, name="sheet_of_letter"),
    path("cases/<int:case_id>/sheets/<slug:code>.pdf", letter_views.sheet_of_case, name="sheet_of_case"),
    path("case-files/<int:case_file_id>.zip", archive_views.case_file, name="case_file"),
    path("archive/", archive_views.archive, name="archive"),
    path("archive/list.xlsx", archive_views.archive_list, name="archive_list"),
    path("case-files/add/<int:case_id>/", archive_views.add_volume, name="add_volume"),
]
