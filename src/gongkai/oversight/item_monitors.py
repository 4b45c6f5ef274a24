"""The monitors of single items, of the register and of the guide: one function a rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import calendar, day_of
from gongkai.disclosure.columns.guides import REVIEW_AFTER, guides_to_review
from gongkai.disclosure.models import COUNTED, ContentClass, Item, Revision
from gongkai.disclosure.register.selectors import ending_within
from gongkai.disclosure.register.validity import in_state
from gongkai.disclosure.reviewing.waiting import due_day
from gongkai.disclosure.visibility import public_items, public_through
from gongkai.law.errors import CalendarError
from gongkai.law.publication import RevisionState
from gongkai.law.texts import Text
from gongkai.law.validity import HOLDING
from gongkai.oversight.models import DeadLink
from gongkai.oversight.monitor import MOST_LINES, Finding, Line, Monitor, Rule

METADATA = Rule("MET-03", Text("元数据齐全", "all required metadata are there"), "平台规范 §3.1")
INTERPRETED = Rule(
    "CHK-12", Text("政策文件有解读，并互相链接", "policies are interpreted, and linked both ways"), "国办发〔2016〕80号"
)
REVIEW = Rule(
    "PLT-14", Text("已公开的信息到期复核", "what is public is looked at again in time"), "已公开信息管理规范试点"
)
LATE = Rule(
    "MET-04",
    Text("自形成或者变更之日起20个工作日内公开", "published within 20 working days"),
    "《政府信息公开条例》第二十六条",
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
#: Of these many newest items the date of publication is held against the limit.
RECKONED = 2000


def _of(agency: Agency | None) -> QuerySet[Item]:
    return public_items(agency).only("pk", "title", "published_at", "review_due", "made_on", "agency")


def _finding(rule: Rule, says: Text, lines: list[Line], day: dt.date) -> Finding | None:
    """By their lines: broken where one is, else failing with the first."""
    if not lines:
        return None
    lines.sort(key=lambda line: line.on or dt.date.min)
    first = lines[0].on
    return Finding(rule, first is None or first <= day, says, lines[:MOST_LINES], len(lines), first)


def _item_line(item: Item, says: Text, on: dt.date | None = None) -> Line:
    return Line(item.title, reverse("desk:item", args=[item.pk]), says, on)


def metadata(agency: Agency | None, day: dt.date) -> Finding | None:
    """MET-03: what a revision of today could not go out without; what was taken over from an earlier site may lack it."""
    gaps = {
        "summary": "内容概述",
        "subject": "主题分类",
        "issuer_name": "发文机关",
        "document_number": "发文字号",
        "genre": "体裁",
    }
    policy = Q(column__content_class=ContentClass.POLICY)
    lacking = Q(summary="") | Q(subject="") | Q(issuer_name="") | Q(made_on__isnull=True)
    lacking |= policy & (Q(document_number="") | Q(genre=""))
    rows = list(public_items(agency).filter(lacking).select_related("column")[: MOST_LINES + 1])
    lines = []
    for item in rows:
        of_policy = item.column is not None and item.column.content_class == ContentClass.POLICY
        asked = gaps if of_policy else dict(list(gaps.items())[:3])
        missing = [name for key, name in asked.items() if not getattr(item, key)]
        missing += ["成文日期"] if item.made_on is None else []
        lines.append(_item_line(item, Text(f"缺少{'、'.join(missing)}", f"lacks {', '.join(missing)}")))
    says = Text("已公开的信息缺少必填的元数据。", "Public items lack metadata that must be there.")
    return _finding(METADATA, says, lines, day)


def uninterpreted(agency: Agency | None, day: dt.date) -> Finding | None:
    """CHK-12: documents in force, made public within the year, that nothing public explains."""
    through = Revision.interprets.through
    explained = through.objects.filter(
        public_through("revision__item__"), item_id=OuterRef("pk"), revision__item__current=F("revision")
    )
    recent = _of(agency).filter(document__document_class__in=COUNTED, published_at__date__gte=day - LOOK_BACK)
    rows = in_state(recent, HOLDING, day, "document__").filter(~Exists(explained))
    says = Text(
        "政策文件没有解读，或者没有与解读互相链接。", "Policies without an interpretation that is linked to them."
    )
    lines = [
        _item_line(item, Text("没有解读", "not interpreted"), _interpret_by(item)) for item in rows[: MOST_LINES + 1]
    ]
    return _finding(INTERPRETED, says, lines, day)


def _interpret_by(item: Item) -> dt.date | None:
    if item.published_at is None:
        return None
    try:
        last = calendar().add_working_days(day_of(item.published_at), INTERPRET_DAYS).day
    except CalendarError:
        return None
    return last + dt.timedelta(days=1)


def review_due(agency: Agency | None, day: dt.date) -> Finding | None:
    """PLT-14: to be looked at again within the month."""
    rows = _of(agency).filter(review_due__lte=day + dt.timedelta(days=settings.MONITOR_WARN_REVIEW_DAYS))
    lines = [
        _item_line(item, Text(f"应于{item.review_due}复核", f"to be reviewed on {item.review_due}"), item.review_due)
        for item in rows.order_by("review_due", "pk")[: MOST_LINES + 1]
    ]
    return _finding(REVIEW, Text("到期应当复核的信息。", "Items that are to be looked at again."), lines, day)


def late(agency: Agency | None, day: dt.date) -> Finding | None:
    """MET-04: published late this year, and what is under way and will be."""
    known, lines = calendar(), []
    first = dt.date(day.year, 1, 1)
    rows = public_items(agency).filter(published_at__date__gte=first).select_related("current__column")
    for item in rows.defer("current__body")[:RECKONED]:
        due = due_day(item.current, known) if item.current else None
        if due is not None and item.published_at is not None and day_of(item.published_at) > due:
            says = Text(
                f"应于{due}前公开，{day_of(item.published_at)}公开", f"due {due}, published {day_of(item.published_at)}"
            )
            lines.append(_item_line(item, says, due + dt.timedelta(days=1)))
    lines += list(_late_to_be(agency, day))
    says = Text("超过法定期限公开，或者即将超过。", "Published after the limit, or about to be.")
    return _finding(LATE, says, lines, day)


def _late_to_be(agency: Agency | None, day: dt.date) -> Iterable[Line]:
    known = calendar()
    ended = [RevisionState.PUBLISHED, RevisionState.ABANDONED]
    rows = Revision.objects.exclude(state__in=ended).filter(purpose="publish").select_related("column", "item")
    if agency is not None:
        rows = rows.filter(item__agency=agency)
    for row in rows.defer("body").order_by("-pk")[:RECKONED]:
        due = due_day(row, known)
        if due is not None and due <= day + dt.timedelta(days=settings.MONITOR_WARN_LATE_DAYS):
            says = Text(f"还没有公开，应于{due}前公开", f"not yet published, due {due}")
            yield Line(
                row.title or f"#{row.item_id}",
                reverse("desk:item", args=[row.item_id]),
                says,
                due + dt.timedelta(days=1),
            )


def validity(agency: Agency | None, day: dt.date) -> Finding | None:
    """PLT-12: documents that lapse within 90 days."""
    lines = [
        Line(
            str(row), reverse("desk:document", args=[row.pk]), Text(f"有效期至{row.last_day}", f"in force until {row.last_day}"),
            row.last_day + dt.timedelta(days=1) if row.last_day else None,
        )
        for row in ending_within(settings.MONITOR_WARN_VALIDITY_DAYS, agency, day)[: MOST_LINES + 1]
    ]  # fmt: skip
    return _finding(VALIDITY, Text("有效期即将届满的文件。", "Documents that will lapse."), lines, day)


def guides(agency: Agency | None, day: dt.date) -> Finding | None:
    """PLT-06."""
    lines = []
    for one, since in guides_to_review(day):
        if agency is None or agency.pk == one.pk:
            says = (
                Text(f"{since}以后没有核对", f"not looked at since {since}")
                if since
                else Text("还没有编写", "not written yet")
            )
            lines.append(
                Line(
                    one.name, reverse("desk:guide_edit", args=[one.slug]), says, since + REVIEW_AFTER if since else None
                )
            )
    return _finding(
        GUIDE, Text("公开指南没有编写，或者满一年没有核对。", "Guides not written, or not looked at."), lines, day
    )


def dead_links(agency: Agency | None, day: dt.date) -> Finding | None:
    """CHK-10: as the night's check found them."""
    rows = DeadLink.objects.filter(item__in=public_items().order_by()).select_related("item").order_by("found_on", "pk")
    if agency is not None:
        rows = rows.filter(item__agency=agency)
    lines = [
        _item_line(
            row.item, Text(f"{row.address}：{row.get_fault_display()}", f"{row.address}: {row.fault}"), row.found_on
        )
        for row in rows[: MOST_LINES + 1]
    ]
    return _finding(LINKS, Text("正文中的失效链接。", "Links in texts that lead nowhere."), lines, day)


MONITORS: tuple[Monitor, ...] = (metadata, uninterpreted, review_due, late, validity, guides, dead_links)
