"""False alarms that are known from real reports: each stays silent wherever one of our rules could raise it."""

from __future__ import annotations

from gongkai.annual_report.audit import RULES, AgencyLevel, Severity, audit
from gongkai.annual_report.reading import Report, read_text
from tests.annual_report.sample_reports import HEADINGS, clean_tables, report, report_text


def alarms(read: Report, **known: AgencyLevel) -> list[str]:
    return [f"{f.rule}: {f.message.zh}" for f in audit(read, **known) if f.severity is not Severity.INFO]


def test_1_received_counts_those_carried_over() -> None:
    tables = clean_tables()
    both = tables.sum_of(("t3.received.total", "t3.carried_in.total"))
    read = report(applications=f"（二）依申请公开\n2022年共收到政府信息公开申请{both}件。")
    assert alarms(read) == []
    assert "包括上年结转" in " ".join(f.message.zh for f in audit(read))


def test_2_lists_with_another_unit() -> None:
    assert alarms(report(proactive="（一）主动公开\n公开信息310条，其中动态200条、专报11期、文件99件。")) == []


def test_3_lists_followed_by_a_new_topic() -> None:
    total = clean_tables()["t3.received.total"]
    text = f"收到政府信息公开申请{total}件，其中自然人34件，企业1件，办结32件。"
    assert alarms(report(applications=f"（二）依申请公开\n{text}")) == []


def test_4_lists_that_do_not_claim_to_be_whole() -> None:
    text = "收到政府信息公开申请600余件，涉及征地、规划等300多件。"
    assert alarms(report(applications=f"（二）依申请公开\n{text}")) == []


def test_5_line_wraps() -> None:
    read = report(
        opening="统计期限自2022年\n1月1日起至2022年12\n月31日止。",
        supervision="（五）监督保障\n一是开展培训，\n二\n是组织检查，三\n是通报情况。",
    )
    assert alarms(read) == []


def test_6_automatic_numbers_lost_in_conversion() -> None:
    headings = tuple(heading[2:] for heading in HEADINGS)
    assert alarms(report(headings=headings)) == []  # type: ignore[arg-type]


def test_7_an_excerpt_is_not_a_report_with_parts_missing() -> None:
    text = report_text()
    for end in ("四、政府信息公开行政", "五、存在", "六、其他"):
        assert not [f for f in audit(read_text(text[: text.index(end)])) if f.severity is Severity.ERROR]
    opening = read_text(text[text.index("二、主动公开") :])
    assert not [f for f in audit(opening) if f.severity is Severity.ERROR]


def test_8_percentages_are_not_counts() -> None:
    assert alarms(report(supervision="（五）监督保障\n政府信息公开申请答复率100%，同比下降4.35%。")) == []


def test_9_two_different_fees() -> None:
    tables = clean_tables().with_cells({"t2.charges.amount": 2766})
    assert alarms(report(tables, other="2022年未收取信息处理费。")) == []
    assert "P-12" not in RULES


def test_10_sub_headings_without_numbers() -> None:
    pieces = dict.fromkeys(("proactive", "applications", "management", "platforms", "supervision"), "")
    text = "一是主动公开。二是依申请公开。三是政府信息管理。四是平台建设。五是监督保障。"
    assert alarms(report(**{**pieces, "proactive": text})) == []


def test_11_headings_in_the_words_of_the_notice() -> None:
    headings = (
        "一、总体情况",
        "二、行政机关主动公开政府信息情况",
        "三、行政机关收到和处理政府信息公开申请情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "五、政府信息公开工作存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    )
    read = report(headings=headings)  # type: ignore[arg-type]
    assert alarms(read) == []
    assert not [f for f in audit(read) if f.rule == "H-1"]


def test_12_a_city_of_unknown_level_may_make_rules() -> None:
    tables = clean_tables().with_cells({"t2.rules.made": 1, "t2.rules.in_force": 5})
    results = "（五）监督保障\n已开展工作考核和社会评议，没有责任追究。"
    read = report(tables, title="江湾市人民政府2022年政府信息公开工作年度报告", supervision=results)
    assert alarms(read) == []
    assert alarms(read, agency_level=AgencyLevel.CITY_WITH_DISTRICTS) == []


def test_13_lawsuits_in_prose_are_both_kinds_together() -> None:
    tables = clean_tables()
    both = tables.sum_of(("t4.litigation_direct.total", "t4.litigation_after_reconsideration.total"))
    text = f"因政府信息公开被提起行政诉讼{both}件。"
    assert alarms(report(supervision=f"（五）监督保障\n{text}")) == []


def test_14_a_table_head_repeated_at_a_page_break() -> None:
    header = (
        "\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计\n\t\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n"
    )
    text = report_text()
    broken = text.replace("\t（五）不予处理", f"{header}三、本年度办理结果\n\t（五）不予处理")
    assert broken != text
    assert alarms(read_text(broken)) == []
