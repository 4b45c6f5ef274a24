"""Addresses of this room: `desk` joins the namespace desk, `public` the namespace portal. Each part lists its own."""

from __future__ import annotations

from gongkai.disclosure.columns.urls import desk as columns
from gongkai.disclosure.editing.urls import desk as editing
from gongkai.disclosure.public.urls import desk as visits
from gongkai.disclosure.public.urls import public as public_pages
from gongkai.disclosure.register.urls import desk as register
from gongkai.disclosure.reviewing.urls import desk as reviewing

desk = [*editing, *reviewing, *columns, *register, *visits]
public = [*public_pages]
