"""Article by article: what the Regulation says, in our words, and what in this software answers to it.

Kept honest by hand: SOFTWARE where all that a program can do about the article is done, PART where some of it is, LATER
where it is a program's business and nothing is built yet, NONE where it is the business of people.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How far the software answers to an article."""

    SOFTWARE = "由软件承担 answered"
    PART = "部分承担 in part"
    LATER = "尚未实现 not yet"
    NONE = "不由软件承担 no software's business"


@dataclass(frozen=True)
class Row:
    """An article. `where`: files and folders below src/gongkai that answer to it."""

    number: int
    says: str
    kind: Kind
    answer: str
    where: tuple[str, ...] = ()


def _software(number: int, says: str, answer: str, *where: str) -> Row:
    return Row(number, says, Kind.SOFTWARE, answer, where)


def _part(number: int, says: str, answer: str, *where: str) -> Row:
    return Row(number, says, Kind.PART, answer, where)


def _later(number: int, says: str, answer: str) -> Row:
    return Row(number, says, Kind.LATER, answer)


def _none(number: int, says: str, answer: str) -> Row:
    return Row(number, says, Kind.NONE, answer)


ROWS: tuple[Row, ...] = (
    _none(1, "立法目的 Purpose", "A purpose is not executed by a program."),
    _none(
        2,
        "政府信息的定义 What government information is",
        "Whether a record was made or obtained in performing functions is for the drafter to judge.",
    ),
    _part(
        3,
        "主管部门 Who is in charge",
        "Agencies stand in the tree of their governments, and people hold the role 主管部门. Its own work is not built yet.",
        "agencies/models.py",
        "law/procedure_table.py",
    ),
    _part(
        4,
        "工作机构及其职能 The disclosure office and its functions",
        "Each agency has its office with address, hours and contacts, and the people and roles that work there; "
        "applications, guide, columns, items and annual report are handled here.",
        "agencies/models.py",
        "agencies/actions/appoint.py",
    ),
    _none(
        5,
        "以公开为常态、不公开为例外 Openness is the norm",
        "A principle for those who decide. The software only sees to it that a refusal names its ground.",
    ),
    _part(
        6,
        "及时、准确公开，澄清虚假信息 Timely, accurate; clarify",
        "What is published late, or soon will be, is told by the monitor; what is wrong is corrected with its reason, or "
        "withdrawn. What to clarify is for people to see.",
        "disclosure/actions/begin_correction.py",
        "oversight",
    ),
    _none(7, "推进公开、增加内容 Governments promote disclosure", "A duty of governments, not of a program."),
    _part(
        8,
        "信息化管理、公开平台 Managed by computer; a platform",
        "Applications are filed and answered online through the agency's column. Joining it to a 政务服务平台 is not built.",
        "portal",
        "applications/apply_views.py",
    ),
    _later(9, "公众监督、批评和建议 The public supervises", "A way to criticise and suggest is not built yet."),
    _part(
        10,
        "由谁负责公开 Who is responsible for which information",
        "A reply that the agency does not hold the information must name who does, where that can be determined. "
        "Who made or keeps a record is for the drafter to judge.",
        "law/outcomes.py",
        "applications/letters/reply.py",
    ),
    _part(
        11,
        "协调机制 Statements of agencies agree",
        "What was made jointly goes out when every agency that issued it has agreed, with its paper on record. Agreeing "
        "beyond that is the agencies' business.",
        "disclosure/actions/record_consent.py",
        "disclosure/reviewing/gate.py",
    ),
    _software(
        12,
        "指南和目录 Guide and catalogue, kept up to date",
        "The guide of every agency is a page made from its record and what it adds, and is looked at once a year; the "
        "catalogue is the items themselves, each with its index number, name, summary and date.",
        "portal/views.py",
        "disclosure/columns",
        "disclosure/public",
        "law/time_limits_regulation.py",
    ),
    _none(13, "公开的范围和两种方式 What is public; two ways", "Decided case by case under the articles that follow."),
    _software(
        14,
        "国家秘密、法律法规禁止、三安全一稳定 Secrets, bans, security",
        "Three outcomes with their basis, what the reply must say, their row in the report, and review before suit. "
        "Whether a ground is there is for people to decide.",
        "law/outcomes.py",
        "applications/letters/reply.py",
    ),
    _software(
        15,
        "商业秘密、个人隐私 Business secrets and privacy of third parties",
        "The outcome, and the rule that no such refusal goes out before the third party was consulted (a setting).",
        "law/outcomes.py",
        "law/procedure_rules.py",
    ),
    _software(
        16,
        "内部事务、过程性信息、执法案卷 Internal affairs, process, case files",
        "Three outcomes, each saying which kind it is; a choice of the agency, so the reply states the reason.",
        "law/outcomes.py",
    ),
    _software(
        17,
        "公开审查、保密审查 Review before publishing",
        "Three rounds by three people, the secrecy review with its basis on record, the consent of whoever made it too and "
        "the privacy scan, all over one content; without them nothing goes out, neither by hand nor by the clock, but "
        "what stood on an earlier site already, of which the scan holds back what it finds. What they decide is theirs.",
        "law/publication.py",
        "disclosure/reviewing",
        "disclosure/actions/publish_revision.py",
    ),
    _part(
        18,
        "定期评估不公开的信息 Re-assess what is not disclosed",
        "The duty stands among the time limits. Lists of what is due for re-assessment are not built yet.",
        "law/time_limits_regulation.py",
    ),
    _none(19, "主动公开的一般标准 The general test", "A standard for those who decide."),
    _part(
        20,
        "主动公开的十五项 The fifteen items",
        "The items as data, a column for each; they are written, reviewed and published in it. What table 2 of the annual "
        "report counts of them is entered and counted. Whether all is published that must be, people know.",
        "law/article20.py",
        "disclosure",
    ),
    _part(
        21,
        "市县、乡镇的其他事项 More items by level",
        "The further items as data, by level, published as the others are; of the standard catalogues of the grass roots "
        "it is told what is covered.",
        "law/article20.py",
        "grassroots",
    ),
    _none(22, "确定具体内容并逐步扩大 Determine and widen the content", "Governments and their superiors decide this."),
    _none(
        23,
        "公开的途径 Gazette, website, press, television",
        "Which ways are used is the agency's choice; a website is one.",
    ),
    _part(
        24,
        "统一平台：检索、查阅、下载 A platform to search, read and download",
        "The column with lists, items, files, feeds and full-text search; every item as Word and PDF. A platform above the "
        "agencies of one site is not part of it.",
        "portal",
        "disclosure/public",
        "search",
    ),
    _none(
        25,
        "查阅场所；向档案馆、图书馆移送 Reading places; archives and libraries",
        "Rooms and shelves. A list for handing over to archives and libraries is not built yet.",
    ),
    _software(
        26,
        "二十个工作日内公开 Publish within twenty working days",
        "The last day is computed from forming or changing and shown while it is written and reviewed; what is late, or "
        "soon will be, the monitor tells.",
        "oversight/late.py",
        "law/article20.py",
        "law/time_limits_regulation.py",
    ),
    _software(
        27,
        "谁可以申请，向谁申请 Who may apply, and to whom",
        "Anyone may, without account and without a purpose; the agencies that accept applications are listed.",
        "applications/forms.py",
        "agencies/selectors.py",
    ),
    _software(
        28,
        "申请渠道 Channels kept open",
        "A form that works without JavaScript and by keyboard, acknowledged only when it is stored; a page on which the "
        "clerk enters letters, fax and visits.",
        "applications/intake_views.py",
        "applications/apply_views.py",
        "applications/actions/receive.py",
    ),
    _software(
        29,
        "申请的形式和内容 Form and content of an application",
        "The form asks what the article lists and no purpose; numbers of identity papers are checked. The clerk fills in "
        "an oral application.",
        "applications/intake_views.py",
        "applications/forms.py",
        "law/identifiers.py",
    ),
    _software(
        30,
        "补正：七个工作日内一次性告知 Correction, once, within seven working days",
        "Notice, period, receipt of the correction, the fresh limit; a second or late notice is refused; the closing of "
        "what was never corrected.",
        "law/procedure_rules.py",
        "law/clock_course.py",
        "applications/actions/correct.py",
    ),
    _software(
        31,
        "收到申请的时间 The day of receipt by channel",
        "Each channel's rule, both rules for the internet as a setting, letters whose sender cannot be reached.",
        "law/receipts.py",
        "applications/actions/receive.py",
        "applications/actions/register.py",
    ),
    _part(
        32,
        "征求第三方意见 Consulting a third party",
        "Letter, fifteen working days, silence leaves the decision to the agency. The written notice to a third party "
        "whose objection did not prevail is not a letter of its own yet.",
        "law/procedure_rules.py",
        "law/clock_course.py",
        "applications/actions/consult.py",
    ),
    _software(
        33,
        "答复期限、延期、不计入的时间 The reply limit",
        "The clock with its explanation: pauses, restarts, extension, provisional years. The extension is a "
        "step of the procedure with its notice.",
        "applications/actions/extend.py",
        "law/clock.py",
        "law/clock_course.py",
        "law/working_days.py",
        "law/procedure_side_rules.py",
        "law_commands",
    ),
    _software(
        34,
        "征求共同制作机关意见 Consulting co-producers",
        "Fifteen working days; silence counts as agreement, and the explanation says so.",
        "law/clock_course.py",
        "law/clock_explanation.py",
        "applications/actions/consult.py",
    ),
    _software(
        35,
        "数量、频次明显超过合理范围 Unreasonable number or frequency",
        "A hint at the numbers by month; the outcome, which needs the reasons asked; the request, the reasons and the "
        "agreed delay as steps of the procedure, the delay in the clock.",
        "applications/actions/reasons.py",
        "law/outcomes.py",
        "law/procedure_side_rules.py",
        "law/clock_course.py",
        "law/repeated.py",
    ),
    _software(
        36,
        "七种答复 The seven kinds of reply",
        "Twenty-one outcomes, each with article, what its reply must say, letter and row of the report.",
        "law/outcomes.py",
        "applications/letters/reply.py",
    ),
    _software(
        37,
        "区分处理 Partial disclosure",
        "An outcome of its own; its remedies are told for the part withheld and for the rest.",
        "law/outcomes.py",
        "law/remedies.py",
    ),
    _software(
        38,
        "现有信息，不需加工分析 Existing information only",
        "The outcome “would have to be created”, with its reply.",
        "law/outcomes.py",
    ),
    _software(
        39,
        "信访投诉举报；公开出版物 Petitions; published material",
        "Two outcomes, whose replies name the proper channel or where the publication is to be had.",
        "law/outcomes.py",
    ),
    _part(
        40,
        "提供的形式 Form of provision",
        "The form and way wanted are asked and kept with the case. Giving the information itself through the system is "
        "not built yet.",
        "applications/forms.py",
    ),
    _later(
        41, "更正本人信息 Correction of one's own information", "Not built yet; the duty stands among the time limits."
    ),
    _software(
        42,
        "不收费；信息处理费 Free of charge; the processing fee",
        "The fee by item and by page, its month, its notice inside the limit, its payment in the clock; charging is a step "
        "of the procedure.",
        "applications/actions/fee.py",
        "law/fees.py",
        "law_commands/numbers.py",
    ),
    _software(
        43,
        "为有困难的公民提供帮助 Help for those who need it",
        "The form asks whether help is needed; pages are checked for keyboard and screen readers; the clerk enters an "
        "application for someone.",
        "applications/intake_views.py",
        "applications/forms.py",
        "portal",
    ),
    _software(
        44,
        "多人申请的转为主动公开 Asked for by many: publish",
        "A hint where several applicants ask for the same; from there it is suggested for publication, which makes a draft.",
        "applications/actions/suggest_publication.py",
        "law/repeated.py",
    ),
    _software(
        45,
        "登记、审核、办理、答复、归档 The five links of handling",
        "The procedure as a table: who may do what, after what, with which letter and which effect on the limit; refusals "
        "with reason and article; a history that cannot be changed.",
        "law/procedure_table.py",
        "law/procedure_rules.py",
        "law/procedure_route_rules.py",
        "law/procedure_later_rules.py",
        "applications/history.py",
        "ledger",
    ),
    _later(46, "考核、社会评议、责任追究 Assessment, appraisal, accountability", "Not built yet."),
    _later(
        47,
        "监督检查、督促整改 Supervision and rectification",
        "Not built yet; its time limit is a setting in the table.",
    ),
    _none(48, "培训 Training", "People train people."),
    _software(
        49,
        "年度报告的公布时间 When annual reports are due",
        "Both dates stand among the time limits; the report is compiled, audited, rendered, signed, published and "
        "submitted to the agency above.",
        "law/time_limits_regulation.py",
        "annual_report",
    ),
    _software(
        50,
        "年度报告的内容 What annual reports contain",
        "The national form as data, counted from the records, every number open to its records, audited by the form's own "
        "identities.",
        "law/report_form.py",
        "law/outcome_rows.py",
        "annual_report",
    ),
    _part(
        51,
        "投诉举报、复议、诉讼 Complaint, review, suit",
        "Every reply tells its remedies; their last days are computed; reviews and suits are entered, held and "
        "counted. Complaints are not built yet.",
        "law/remedies.py",
        "law/remedy_periods.py",
        "disputes",
    ),
    _none(52, "未建立健全制度的责任 Liability for missing systems", "For the superior and the supervisory organs."),
    _none(53, "违反条例的责任 Liability for breaches", "For the superior and the supervisory organs, and the courts."),
    _software(
        54,
        "授权的组织 Organisations authorised by law",
        "A kind of agency of its own, which decides where its reviews go.",
        "law/remedies.py",
        "agencies/models.py",
    ),
    _none(
        55,
        "公共企事业单位 Public enterprises and institutions",
        "They follow rules of their own and not this procedure; there is no kind of agency for them here, on purpose.",
    ),
    _software(
        56,
        "施行日期 In force since 2019-05-15",
        "Replies before that day are refused by the remedies; reports of earlier years have no national form.",
        "law/remedies.py",
        "law/outcome_rows.py",
    ),
)
