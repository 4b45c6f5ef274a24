"""The monitors of single items, of the register and of the guide: one function a rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import SHANGHAI, calendar, day_of
from gongkai.disclosure.columns.guides import REVIEW_AFTER, guides_to_review
from gongkai.disclosure.models import COUNTED, Column, ContentClass, Item, NormativeDocument, Revision
from gongkai.disclosure.register.selectors import ending_within
from gongkai.disclosure.register.validity import in_state
from gongkai.disclosure.visibility import public_items, public_through
from gongkai.law.dates import day_text
from gongkai.law.errors import CalendarError
from gongkai.law.texts import Text
from gongkai.law.validity import HOLDING
from gongkai.law.working_days import Calendar
from gongkai.oversight.models import DeadLink
from gongkai.oversight.monitor import FIRST, Finding, Line, Rule

METADATA = Rule("MET-03", Text("元数据齐全", "all required metadata are there"), "平台规范 §3.1")
INTERPRETED = Rule(
    "CHK-12", Text("政策文件有解读，并互相链接", "policies are interpreted, and linked both ways"), "国办发〔2016〕80号"
)
REVIEW = Rule(
    "PLT-14", Text("已公开的信息到期复核", "what is public is looked at again in time"), "已公开信息管理规范试点"
)
VALIDITY = Rule("PLT-12", Text("有效期届满前完成评估", "renewed before it lapses"), "国办公开办函〔2021〕33号")
GUIDE = Rule(
    "PLT-06",
    Text("公开指南要素齐全、每年核对", "the guide is whole and looked at yearly"),
    "《政府信息公开条例》第十二条",
)
LINKS = Rule("CHK-10", Text("没有失效链接", "no dead links"), "国办秘函〔2019〕19号 功能设计")

#: 80号: the interpretation comes with the document or within three working days [M]; asked for documents of this last
#: year, older ones having been inspected in theirs [I].
INTERPRET_DAYS, LOOK_BACK = 3, dt.timedelta(days=365)


def year_begins(day: dt.date) -> dt.datetime:
    """The first moment of the day's year in China."""
    return dt.datetime(day.year, 1, 1, tzinfo=SHANGHAI)


def _of(agency: Agency | None) -> QuerySet[Item]:
    return public_items(agency).only("pk", "title", "published_at", "review_due", "made_on", "agency")


def _finding(
    rule: Rule, says: Text, rows: QuerySet, line: Callable[[Any], Line], day: dt.date, window: slice  # type: ignore[type-arg]
) -> Finding | None:  # fmt: skip
    """By its rows, of which the first is the one that is due first: how many there are, and the lines of the window."""
    number = rows.count()
    lines = [line(row) for row in rows[window]] if number else []
    oldest = lines[:1] if window.start == 0 or not number else [line(row) for row in rows[:1]]
    if not oldest:  # nothing, or gone since it was counted
        return None
    first = oldest[0].on
    return Finding(rule, first is None or first <= day, says, lines, number, first)


def item_line(item: Item, says: Text, on: dt.date | None = None) -> Line:
    return Line(item.title, reverse("desk:item", args=[item.pk]), says, on)


_GAPS = {
    "summary": "内容概述", "subject": "主题分类", "issuer_name": "发文机关", "document_number": "发文字号", "genre": "体裁",
}  # fmt: skip


def metadata(agency: Agency | None, day: dt.date, window: slice = FIRST) -> Finding | None:
    """MET-03: what a revision of today could not go out without; what was taken over from an earlier site may lack it."""
    policies = Column.objects.filter(content_class=ContentClass.POLICY).values("pk")
    lacking = Q(summary="") | Q(subject="") | Q(issuer_name="") | Q(made_on__isnull=True)
    lacking |= Q(column__in=policies) & (Q(document_number="") | Q(genre=""))

    def line(item: Item) -> Line:
        of_policy = item.column is not None and item.column.content_class == ContentClass.POLICY
        asked = _GAPS if of_policy else dict(list(_GAPS.items())[:3])
        missing = [name for key, name in asked.items() if not getattr(item, key)]
        missing += ["成文日期"] if item.made_on is None else []
        return item_line(item, Text(f"缺少{'、'.join(missing)}", f"lacks {', '.join(missing)}"))

    says = Text("已公开的信息缺少必填的元数据。", "Public items lack metadata that must be there.")
    rows = public_items(agency).filter(lacking).select_related("column")
    return _finding(METADATA, says, rows, line, day, window)


def uninterpreted(agency: Agency | None, day: dt.date, window: slice = FIRST) -> Finding | None:
    """CHK-12: documents in force, made public within the year, that nothing public explains."""
    through, known = Revision.interprets.through, calendar()
    explained = through.objects.filter(
        public_through("revision__item__"), item_id=OuterRef("pk"), revision__item__current=F("revision")
    )
    since = dt.datetime.combine(day - LOOK_BACK, dt.time(), tzinfo=SHANGHAI)
    recent = _of(agency).filter(document__document_class__in=COUNTED, published_at__gte=since)
    rows = in_state(recent, HOLDING, day, "document__").filter(~Exists(explained)).order_by("published_at", "pk")
    says = Text(
        "政策文件没有解读，或者没有与解读互相链接。", "Policies without an interpretation that is linked to them."
    )

    def line(item: Item) -> Line:
        return item_line(item, Text("没有解读", "not interpreted"), _interpret_by(item, known))

    return _finding(INTERPRETED, says, rows, line, day, window)


def _interpret_by(item: Item, known: Calendar) -> dt.date | None:
    if item.published_at is None:
        return None
    try:
        last = known.add_working_days(day_of(item.published_at), INTERPRET_DAYS).day
    except CalendarError:
        return None
    return last + dt.timedelta(days=1)


def review_due(agency: Agency | None, day: dt.date, window: slice = FIRST) -> Finding | None:
    """PLT-14: to be looked at again within the month."""
    rows = _of(agency).filter(review_due__lte=day + dt.timedelta(days=settings.MONITOR_WARN_REVIEW_DAYS))

    def line(item: Item) -> Line:
        assert item.review_due is not None  # asked for
        due = day_text(item.review_due)
        return item_line(item, Text(f"应于{due.zh}复核", f"to be reviewed on {due.en}"), item.review_due)

    says = Text("到期应当复核的信息。", "Items that are to be looked at again.")
    return _finding(REVIEW, says, rows.order_by("review_due", "pk"), line, day, window)


def validity(agency: Agency | None, day: dt.date, window: slice = FIRST) -> Finding | None:
    """PLT-12: documents that lapse within 90 days."""

    def line(row: NormativeDocument) -> Line:
        assert row.last_day is not None  # asked for
        last = day_text(row.last_day)
        says = Text(f"有效期至{last.zh}", f"in force until {last.en}")
        return Line(str(row), reverse("desk:document", args=[row.pk]), says, row.last_day + dt.timedelta(days=1))

    rows = ending_within(settings.MONITOR_WARN_VALIDITY_DAYS, agency, day)
    return _finding(VALIDITY, Text("有效期即将届满的文件。", "Documents that will lapse."), rows, line, day, window)


def guides(agency: Agency | None, day: dt.date, window: slice = FIRST) -> Finding | None:
    """PLT-06."""
    rows = [(one, since) for one, since in guides_to_review(day) if agency is None or agency.pk == one.pk]
    if not rows:
        return None
    rows.sort(key=lambda row: row[1] or dt.date.min)
    first = rows[0][1] + REVIEW_AFTER if rows[0][1] else None
    says = Text("公开指南没有编写，或者满一年没有核对。", "Guides not written, or not looked at.")
    lines = [_guide_line(one, since) for one, since in rows[window]]
    return Finding(GUIDE, first is None or first <= day, says, lines, len(rows), first)


def _guide_line(agency: Agency, since: dt.date | None) -> Line:
    says = Text("还没有编写", "not written yet")
    if since:
        last = day_text(since)
        says = Text(f"{last.zh}以后没有核对", f"not looked at since {last.en}")
    address = reverse("desk:guide_edit", args=[agency.slug])
    return Line(agency.name, address, says, since + REVIEW_AFTER if since else None)


def dead_links(agency: Agency | None, day: dt.date, window: slice = FIRST) -> Finding | None:
    """CHK-10: as the night's check found them."""
    rows = DeadLink.objects.filter(public_through("item__")).select_related("item").order_by("found_on", "pk")
    if agency is not None:
        rows = rows.filter(item__agency=agency)

    def line(row: DeadLink) -> Line:
        says = Text(f"{row.address}：{row.get_fault_display()}", f"{row.address}: {row.fault}")
        return item_line(row.item, says, row.found_on)

    says = Text("正文中的失效链接。", "Links in texts that lead nowhere.")
    return _finding(LINKS, says, rows, line, day, window)
