"""What the demonstration office has published of its own accord, each through three reviewers, a secrecy review and a scan.

Made up, and dated back from today so that a demonstration of any day has something fresh and something late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from gongkai.agencies.selectors import today
from gongkai.demonstration.office import Office
from gongkai.disclosure.actions.begin_correction import begin_correction, begin_withdrawal
from gongkai.disclosure.actions.begin_item import begin_item
from gongkai.disclosure.actions.change_documents import change_documents
from gongkai.disclosure.actions.edit_revision import edit_revision
from gongkai.disclosure.actions.pass_round import pass_round
from gongkai.disclosure.actions.publish_revision import publish_revision, schedule_release
from gongkai.disclosure.actions.review_secrecy import review_secrecy
from gongkai.disclosure.actions.submit_revision import submit_revision
from gongkai.disclosure.models import Column, Item, Revision
from gongkai.disclosure.reviewing.proofreading import PROOF_READINGS
from gongkai.disclosure.reviewing.scanning import carry_out, scan_of
from gongkai.law.procedure import Role
from gongkai.law.publication import ROUNDS, RevisionState
from gongkai.law.validity import Validity

Act = Callable[[], object]
BASIS = "《中华人民共和国政府信息公开条例》第十四条、第十七条"
REVIEWERS = {
    RevisionState.FIRST_REVIEW: Role.UNIT_HEAD,
    RevisionState.SECOND_REVIEW: Role.EDITOR,
    RevisionState.FINAL_REVIEW: Role.APPROVER,
}


@dataclass(frozen=True)
class Plan:
    """One item: where it stands, what it says, how many days ago it was made. ``more``: further particulars."""

    column: str
    title: str
    text: tuple[str, ...]
    made: int
    subject: str
    summary: str
    more: Mapping[str, Any] = field(default_factory=dict)
    interprets: str = ""

    @property
    def made_on(self) -> date:
        return today() - timedelta(days=self.made)


def _policy(serial: int, **more: Any) -> dict[str, Any]:
    return {"document_class": "normative_documents", "genre": "通知", "serial": serial, **more}


OLD_RULES = "郑州经开区城市道路临时占用管理办法（试行）"
NEW_RULES = "郑州经开区城市道路临时占用管理办法"
PLANS = (
    Plan(
        "normative", OLD_RULES,
        ("第一条　为规范城市道路临时占用行为，制定本办法。", "第二条　临时占用城市道路的，应当事先提出申请。",
         "第三条　占用期满，占用人应当清理现场、恢复原状。"),
        200, "城乡建设、环境保护", "对临时占用城市道路的申请、批准和恢复作出规定。", _policy(1),
    ),
    Plan(
        "normative", NEW_RULES,
        ("第一条　为规范城市道路临时占用行为，保障道路完好和通行安全，制定本办法。",
         "第二条　在本区范围内临时占用城市道路，适用本办法。",
         "第三条　申请临时占用城市道路的，应当说明占用的理由、范围和期限。受理机关应当自受理之日起五个工作日内作出决定。",
         "第四条　占用期限一般不超过三十日。期满前需要继续占用的，应当重新申请。",
         "第五条　本办法自印发之日起施行，有效期五年。"),
        40, "城乡建设、环境保护", "明确临时占用城市道路的申请条件、办理期限和占用人的责任。", _policy(2, lasts=5),
    ),
    Plan(
        "interpretation", "《郑州经开区城市道路临时占用管理办法》解读",
        ("一、为什么修订：试行办法没有规定办理期限，申请人等候时间长短不一。",
         "二、主要变化：受理之日起五个工作日内作出决定；占用期限一般不超过三十日。",
         "三、怎样申请：向城市管理科提交申请书和占用范围图，也可以在网上提交。"),
        38, "城乡建设、环境保护", "说明修订的原因、主要变化和申请办法。", {"form": "text"}, interprets=NEW_RULES,
    ),
    Plan(
        "other-policy", "关于促进小微企业吸纳高校毕业生就业的若干措施",
        ("一、对吸纳应届高校毕业生就业并签订一年以上劳动合同的小微企业，按规定给予一次性补贴。",
         "二、补贴申请实行全程网办，自受理之日起十个工作日内办结。"),
        30, "劳动、人事、监察", "小微企业吸纳高校毕业生就业的补贴标准和办理程序。",
        {"document_class": "other_policy", "genre": "意见", "serial": 3},
    ),
    Plan(
        "functions", "城市管理科工作职责", ("负责市容环境、城市道路和园林绿化的日常管理。", "负责城市管理领域的投诉受理和答复。"),
        120, "国务院组织机构", "城市管理科的职责和办理事项。",
    ),
    Plan(
        "special-plans", "经开区公共充电设施布局规划（摘要）",
        ("规划期内新建公共充电站十二座，重点布局在轨道站点、公园和办公集中区域。",), 90, "城乡建设、环境保护",
        "公共充电设施的数量、选址原则和建设时序。",
    ),
    Plan(
        "statistics", "上季度全区经济运行情况",
        ("规模以上工业增加值同比增长6.1%，固定资产投资同比增长8.4%，社会消费品零售总额同比增长5.7%。（演示数据）",), 20,
        "国民经济管理、国有资产监管", "工业、投资和消费的主要指标。",
    ),
    Plan(
        "department-budgets", "城市管理部门本年度预算公开说明", ("本年度预算收入1280万元，支出1280万元。三公经费18万元，与上年持平。（演示数据）",),
        60, "财政、金融、审计", "收支总体情况和“三公”经费说明。",
    ),
    Plan(
        "procurement", "道路清扫保洁服务采购结果公告", ("经公开招标，确定中标供应商一家，合同期一年。",), 15, "财政、金融、审计",
        "道路清扫保洁服务的采购方式、中标结果和合同期限。",
    ),
    Plan(
        "work-safety", "夏季建筑工地安全生产检查情况通报", ("共检查工地36处，发现隐患74项，已整改71项，其余3项限期整改。",), 25,
        "市场监管、安全生产监管", "检查范围、发现的隐患和整改情况。", {"genre": "通报"},
    ),
    Plan(
        "emergencies", "防汛应急响应工作提示", ("汛期请关注气象预警，避开低洼路段和下穿隧道。",), 12, "综合政务", "汛期出行和避险提示。",
    ),
    Plan(
        "education", "城区小学学区划分说明", ("学区以道路中线为界划分，具体范围以学校公布的地图为准。",), 10, "科技、教育",
        "小学学区划分的原则和查询办法。",
    ),
)  # fmt: skip
CORRECTED, WITHDRAWN = "道路清扫保洁服务采购结果公告", "防汛应急响应工作提示"
SCHEDULED = Plan(
    "housing", "公共租赁住房申请受理安排", ("集中受理期为二十个工作日，在各街道便民服务中心办理。",), 3, "城乡建设、环境保护",
    "公共租赁住房申请的受理时间、地点和材料。",
)  # fmt: skip
UNDER_REVIEW = Plan(
    "meetings", "主任办公会议议定事项（本月）", ("会议研究了老旧小区改造和冬季供暖保障工作。",), 45, "综合政务", "会议研究的主要事项。",
)  # fmt: skip
WAITING = Plan(
    "projects", "蝶湖公园改造工程进展情况", ("主体工程已完成八成，预计年底前开放。",), 5, "城乡建设、环境保护", "工程进度和开放时间。",
)  # fmt: skip


def acts(office: Office) -> Iterator[Act]:
    """A dozen items published, one of them corrected and one withdrawn, one repealed by another; one that waits for its
    hour, two with the reviewers."""
    for plan in PLANS:
        yield partial(_publish, office, plan)
    yield partial(_repeal, office)
    yield partial(_correct, office)
    yield partial(_withdraw, office)
    yield partial(_schedule, office)
    yield partial(_hand_in, office, UNDER_REVIEW, 1)
    yield partial(_hand_in, office, WAITING, 0)


def _draft(office: Office, plan: Plan) -> Revision:
    drafter = office[Role.DRAFTER]
    column = Column.objects.get(code=plan.column)
    revision = begin_item(actor=drafter, agency=office.agency, column=column, title=plan.title)
    values = {
        "body": "".join(f"<p>{line}</p>" for line in plan.text), "summary": plan.summary, "subject": plan.subject,
        "made_on": plan.made_on, **_particulars(plan),
    }  # fmt: skip
    interprets = [_item(plan.interprets).pk] if plan.interprets else None
    edit_revision(actor=drafter, revision_id=revision.pk, values=values, interprets=interprets)
    return revision


def _particulars(plan: Plan) -> dict[str, Any]:
    """`serial` becomes the document number of its year, `lasts` the last day after so many years."""
    more = dict(plan.more)
    serial, lasts = more.pop("serial", None), more.pop("lasts", None)
    if serial:
        more["document_number"] = f"郑经开管规〔{plan.made_on.year}〕{serial}号"
    if lasts:
        more["last_day"] = plan.made_on + timedelta(days=365 * lasts)
    return more


def _hand_in(office: Office, plan: Plan, rounds: int) -> Revision:
    return _reviewed(office, _draft(office, plan), rounds)


def _reviewed(office: Office, revision: Revision, rounds: int = len(ROUNDS)) -> Revision:
    """Submitted, scanned here instead of by the worker, reviewed for secrecy, and so many rounds passed."""
    revision = submit_revision(actor=office[Role.DRAFTER], revision_id=revision.pk)
    scan = scan_of(revision)
    assert scan is not None, "submitting asks for it"
    carry_out(scan.pk)
    if rounds:
        review_secrecy(
            actor=office[Role.LEGAL_REVIEWER], revision_id=revision.pk, result="publish", basis=BASIS,
            digest=revision.digest,
        )  # fmt: skip
    for state, act in list(ROUNDS.items())[:rounds]:
        points = [point.key for point in PROOF_READINGS[act].points]
        revision = pass_round(
            actor=office[REVIEWERS[state]], revision_id=revision.pk, digest=revision.digest, proofread=points
        )
    return revision


def _publish(office: Office, plan: Plan) -> Item:
    return _out(office, _draft(office, plan))


def _out(office: Office, revision: Revision) -> Item:
    return publish_revision(actor=office[Role.CLERK], revision_id=_reviewed(office, revision).pk)


def _item(title: str) -> Item:
    return Item.objects.get(title=title)


def _repeal(office: Office) -> None:
    """The newer rules end those on trial."""
    old, new = _item(OLD_RULES).document, _item(NEW_RULES).document
    assert old is not None, "published as a policy document"
    assert new is not None, "published as a policy document"
    change_documents(
        actor=office[Role.EDITOR], document_ids=[old.pk], kind=Validity.REPEALED, on=new.made_on, by_id=new.pk
    )


def _correct(office: Office) -> None:
    reason = "合同期限填写有误"
    revision = begin_correction(actor=office[Role.DRAFTER], item_id=_item(CORRECTED).pk, reason=reason)
    values = {"body": "<p>经公开招标，确定中标供应商一家，合同期两年。</p>"}
    edit_revision(actor=office[Role.DRAFTER], revision_id=revision.pk, values=values)
    _out(office, revision)


def _withdraw(office: Office) -> None:
    reason = "汛期结束，内容已不适用"
    _out(office, begin_withdrawal(actor=office[Role.DRAFTER], item_id=_item(WITHDRAWN).pk, reason=reason))


def _schedule(office: Office) -> None:
    revision = _hand_in(office, SCHEDULED, len(ROUNDS))
    hour = timezone.localtime(timezone.now() + timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)
    schedule_release(actor=office[Role.CLERK], revision_id=revision.pk, at=hour)
