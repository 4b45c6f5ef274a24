"""The yardstick of `bench.portal`: a Django project with a template and two queries, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

PAGE = """{% extends "base.html" %}{% block main %}<h1>{{ item.title }}</h1><dl>{% for name, value in rows %}
<dt>{{ name }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>{{ item.body|safe }}<ul>{% for one in others %}
<li><a href="/items/{{ one.pk }}/">{{ one.title }}</a> {{ one.made_on|date:"Y-m-d" }}</li>{% endfor %}</ul>{% endblock %}"""
BASE = """<!doctype html><html lang="zh"><head><title>{{ item.title }}</title></head><body><nav><ul>{% for word in menu %}
<li><a href="/{{ word }}/">{{ word }}</a></li>{% endfor %}</ul></nav><main>{% block main %}{% endblock %}</main></body></html>"""

settings.configure(
    SECRET_KEY="a yardstick" * 4, ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, USE_TZ=True,
    INSTALLED_APPS=["django.contrib.contenttypes"],
    DATABASES={"default": {
        "ENGINE": "django.db.backends.sqlite3", "NAME": Path(os.environ["GONGKAI_DATA"]) / "gongkai.sqlite3",
    }},
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {
        "loaders": [("django.template.loaders.cached.Loader",
                     [("django.template.loaders.locmem.Loader", {"base.html": BASE, "page.html": PAGE})])],
    }}],
)  # fmt: skip
django.setup()

from django.db import models  # noqa: E402


class Wording(models.Model):  # noqa: DJ008 (never shown)
    """A row as the portal has it, without what hangs on it."""

    title = models.TextField()
    body = models.TextField()
    document_number = models.TextField()
    issuer_name = models.TextField()
    made_on = models.DateField()

    class Meta:
        app_label = "contenttypes"
        managed = False
        db_table = "disclosure_revision"


def item(request: HttpRequest) -> HttpResponse:
    """Two queries and a template of usual size."""
    one = Wording.objects.order_by("pk").first()
    rows = [(name, getattr(one, name)) for name in ("title", "document_number", "issuer_name", "made_on")]
    others = list(Wording.objects.order_by("-made_on")[:10])
    return render(request, "page.html", {"item": one, "rows": rows, "others": others, "menu": range(12)})


urlpatterns = [path("", item)]
application = get_wsgi_application()
