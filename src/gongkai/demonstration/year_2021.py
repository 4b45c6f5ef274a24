"""The year 2021, replayed act by act, so that its report comes out as the published one: cell by cell.

The numbers are the seed report's (facts); who applied for what is made up, because the report does not tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from gongkai.agencies.selectors import calendar
from gongkai.demonstration.cases import Plan, play
from gongkai.demonstration.office import Office
from gongkai.disclosure.actions.decision_counts import record_count
from gongkai.disclosure.actions.normative_documents import issue_document, repeal_document
from gongkai.disclosure.models import DecisionKind, DocumentClass, NormativeDocument
from gongkai.disputes.actions.register import conclude_dispute, open_dispute
from gongkai.disputes.models import DisputeKind, DisputeResult
from gongkai.law.applicants import ApplicantKind
from gongkai.law.procedure import Role

#: 自然人 13, 商业企业 4, 法律服务机构 3; all 20 received and answered 予以公开 in the year.
APPLICATIONS = {ApplicantKind.NATURAL_PERSON: 13, ApplicantKind.BUSINESS: 4, ApplicantKind.LEGAL_SERVICE: 3}
MADE, REPEALED, IN_FORCE = 13, 83, 83
#: What must have been in force before: 83 + 83 repealed − 13 made.
STOCK = IN_FORCE + REPEALED - MADE
DECISIONS = {DecisionKind.LICENCES: 3288, DecisionKind.PENALTIES: 893, DecisionKind.COERCION: 27}
CHARGES = Decimal("27667879.00")

REQUESTS = (
    "滨河国际新城2020年度土地征收补偿安置方案",
    "经开第八大街道路改造工程的立项批复文件",
    "2020年度经开区城市管理专项资金的使用情况",
    "九龙办事处辖区污水处理厂环境影响评价批复",
    "2020年至2021年经开区中小学学区划分方案",
    "国际物流园区公共租赁住房分配结果",
    "经南五路绿化提升工程的中标结果公告",
    "2021年度食品安全监督抽检结果",
    "潮河片区拆迁安置房建设进度",
    "经开区2020年老旧小区改造项目清单",
    "前程办事处农村道路硬化项目的验收报告",
    "2021年度稳岗补贴企业名单",
    "经开区公共充电桩布局规划",
    "出口加工区北侧地块的规划条件通知书",
    "经开区2020年度安全生产行政处罚决定汇总",
    "2021年度经开区政府采购目录及限额标准",
    "蝶湖公园扩建工程的用地批准文件",
    "经开区机关职能、内设机构和办公电话",
    "明湖办事处2021年城乡低保对象公示名单",
    "2020年度经开区国有资本经营决算",
)  # fmt: skip

Act = Callable[[], object]


def acts(office: Office) -> Iterator[Act]:
    """Every act of the year in a fixed order; run all of them in one transaction."""
    yield from documents(office)
    yield from decision_counts(office)
    yield from applications(office)
    yield from disputes(office)


def documents(office: Office) -> Iterator[Act]:
    """153 documents in force at the start, 13 made and 83 repealed in the year: 83 in force at its end."""
    for serial in range(STOCK):
        year = 2008 + serial % 13
        yield partial(_issue, office, f"历年规范性文件之{serial + 1}", year, serial + 1)
    for serial in range(MADE):
        title = f"2021年规范性文件之{serial + 1}"
        yield partial(_issue, office, title, 2021, serial + 1, date(2021, serial % 12 + 1, 15))
    for serial in range(REPEALED):
        yield partial(_repeal, office, 2008 + serial % 13, serial + 1)


def _number(year: int, serial: int) -> str:
    return f"郑经开管文〔{year}〕{serial}号"


def _issue(office: Office, title: str, year: int, serial: int, on: date | None = None) -> None:
    issue_document(
        actor=office[Role.EDITOR], agency=office.agency, document_class=DocumentClass.NORMATIVE,
        title=title, document_number=_number(year, serial), made_on=on or date(year, 6, 1),
    )  # fmt: skip


def _repeal(office: Office, year: int, serial: int) -> None:
    document = NormativeDocument.objects.get(agency=office.agency, document_number=_number(year, serial))
    basis = "2021年规范性文件清理结果"
    repeal_document(actor=office[Role.EDITOR], document_id=document.pk, on=date(2021, 9, 30), basis=basis)


def decision_counts(office: Office) -> Iterator[Act]:
    """The year's decisions and charges, as twelve monthly figures that add up to them."""
    for kind, total in DECISIONS.items():
        for month, figure in enumerate(spread(total), start=1):
            yield partial(_count, office, kind, month, figure)
    for month, fen in enumerate(spread(int(CHARGES * 100)), start=1):
        yield partial(_count, office, DecisionKind.CHARGES, month, Decimal(fen) / 100)


def spread(total: int, parts: int = 12) -> list[int]:
    """A whole number in twelve nearly equal parts."""
    each, rest = divmod(total, parts)
    return [each + (place < rest) for place in range(parts)]


def _count(office: Office, kind: DecisionKind, month: int, figure: int | Decimal) -> None:
    department = {
        DecisionKind.LICENCES: "行政审批服务局",
        DecisionKind.PENALTIES: "综合行政执法局",
        DecisionKind.COERCION: "综合行政执法局",
        DecisionKind.CHARGES: "财政局",
    }[kind]
    record_count(
        actor=office[Role.EDITOR], agency=office.agency, department=department,
        kind=kind, year=2021, month=month, figure=figure,
    )  # fmt: skip


def applications(office: Office) -> Iterator[Act]:
    """Twenty applications, one every two weeks from January on; some corrected, some with a third party asked."""
    kinds = [kind for kind, count in APPLICATIONS.items() for _ in range(count)]
    for serial, (kind, request) in enumerate(zip(kinds, REQUESTS, strict=True)):
        received = calendar().add_working_days(date(2021, 1, 4) + timedelta(days=16 * serial), 1).day
        plan = Plan(kind, serial, request, received, corrected=serial % 7 == 3, consulted=serial % 9 == 5)
        yield partial(play, office, plan)


def disputes(office: Office) -> Iterator[Act]:
    """One reconsideration and one lawsuit after it, both upheld; one lawsuit brought directly, still pending."""
    yield partial(_upheld_twice, office)
    yield partial(
        open_dispute, actor=office[Role.CLERK], agency=office.agency, kind=DisputeKind.LITIGATION_DIRECT, body="有管辖权的人民法院",
        case_number="（2021）演行初2号", matter="不服政府信息公开答复", filed_on=date(2021, 11, 22),
    )  # fmt: skip


def _upheld_twice(office: Office) -> None:
    clerk = office[Role.CLERK]
    review = open_dispute(
        actor=clerk, agency=office.agency, kind=DisputeKind.RECONSIDERATION, body="郑州市人民政府",
        case_number="郑政复〔2021〕演1号", matter="不服政府信息公开答复", filed_on=date(2021, 4, 12),
    )  # fmt: skip
    conclude_dispute(actor=clerk, dispute_id=review.pk, result=DisputeResult.UPHELD, on=date(2021, 6, 8))
    suit = open_dispute(
        actor=clerk, agency=office.agency, kind=DisputeKind.LITIGATION_AFTER, body="有管辖权的人民法院",
        case_number="（2021）演行初1号", matter="不服政府信息公开答复", filed_on=date(2021, 6, 22), after=review,
    )  # fmt: skip
    conclude_dispute(actor=clerk, dispute_id=suit.pk, result=DisputeResult.UPHELD, on=date(2021, 10, 20))
