"""Public pages at the root, the staff workbench under /desk/."""

from __future__ import annotations

from django.urls import include, path

handler400 = "gongkai.portal.errors.bad_request"
handler404 = "gongkai.portal.errors.not_found"

urlpatterns = [
    path("", include("gongkai.portal.urls")),
    path("desk/", include("gongkai.desk.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
