"""Addresses of the reviews in the namespace desk: reviews, review, review_act, review_file, review_sheet, review_paper."""

from __future__ import annotations

from django.urls import path

from gongkai.disclosure.reviewing import views

desk = [
    path("reviews/", views.inbox, name="reviews"),
    path("reviews/<int:revision_id>/", views.review, name="review"),
    path("reviews/<int:revision_id>/sheet/", views.sheet, name="review_sheet"),
    path("reviews/<int:revision_id>/sheet.pdf", views.sheet_pdf, name="review_sheet_pdf"),
    path("reviews/<int:revision_id>/files/<int:attachment_id>/", views.attachment, name="review_file"),
    path("reviews/<int:revision_id>/papers/<int:consent_id>/", views.paper, name="review_paper"),
    path("reviews/<int:revision_id>/<slug:act>/", views.act, name="review_act"),
]
