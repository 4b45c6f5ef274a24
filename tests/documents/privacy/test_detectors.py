"""Each detector on what it must find, and on what only looks like it."""

from __future__ import annotations

import pytest

from gongkai.documents.offices import Office
from gongkai.documents.privacy import scan, without_public
from gongkai.documents.privacy.scanning import MOST
from gongkai.documents.reading.normal import Aside, AsideKind, Cell, Place, Reading, TableBlock
from tests.documents.privacy.readings import CARD, ID, MOBILE, OTHER_ID, beside, lines, only, rules, table, told

FOUND = [
    (f"身份证号：{ID}", "D1", "block", "1101************2X"),
    (f"ID{ID.lower()}男", "D1", "block", "1101************2x"),
    ("身份证１１０１０５１９４９１２３１００２Ｘ", "D1", "block", "1101************2X"),
    ("110105 19491231 002X", "D1", "block", "1101** ******** **2X"),
    ("1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", "D1", "block", "1 1 0 1 * * * * * * * * * * * * 2 X"),
    ("110105\u200b19491231002X", "D1", "block", "1101************2X"),
    ("110105\u200e19491231002Х", "D1", "block", "1101************2X"),
    ("1101 0519 4912 3100 2X", "D1", "block", "1101 **** **** **** 2X"),
    ("110105  1949-12-31·002X", "D1", "block", "1101**  ****-**-**·**2X"),
    ("1|1|0|1|0|5|1|9|4|9|1|2|3|1|0|0|2|X", "D1", "block", "1|1|0|1|*|*|*|*|*|*|*|*|*|*|*|*|2|X"),
    (f"3.{ID}", "D1", "block", "1101************2X"),
    ("110105194\n91231002X", "D1", "block", "1101***** *******2X"),
    (f"账号{OTHER_ID}", "D1", "block", "4405************14"),
    (f"项目代码：{ID}", "D1", "warn", "1101************2X"),
    ("旧证号110105491231002。", "D2", "warn", "1101*********02"),
    ("居住证830000199001010012", "D3", "block", "8300************12"),
    ("永久居留证930100198505051234", "D3", "block", "9301************34"),
    (f"联系人某某{MOBILE}", "D4", "warn", "138****5678"),
    ("+86 138-1234-5678", "D4", "warn", "+86 138-****-5678"),
    ("Tel13812345678", "D4", "warn", "138****5678"),
    ("电话0371-65500001", "D5", "info", "037*-****0001"),
    (f"卡号：{CARD}", "D6", "block", "***************4458"),
    ("卡号 6222 0210 0112 2334 458", "D6", "block", "**** **** **** ***4 458"),
    (f"见{CARD}", "D6", "warn", "***************4458"),
    ("开户行某行，账号41001522010050200123", "D6", "warn", "****************0123"),
    ("护照号E12345678", "D7", "warn", "E******78"),
    ("港澳通行证C12345678", "D8", "warn", "C******78"),
    ("台胞证12345678", "D8", "warn", "1*****78"),
    ("驾驶豫A12F45小型轿车", "D9", "warn", "豫A****5"),
    ("粤B·D12345", "D9", "warn", "粤B******5"),
    ("请发zhang.san@example.com", "D10", "warn", "z***@example.com"),
    ("微信号：wx_zhang88", "D10", "warn", "wx********"),
    ("代码91410100MA0000000T", "D11", "info", "91410100MA0000000T"),
    ("代码92410100MA0000000P", "D11", "warn", "9241************0P"),
    ("索引号：005184701/2020-00012", "D12", "info", "005184701"),
    ("机密★1年", "D15", "block", "机密★1年"),
    ("密级：秘 密", "D15", "block", "密级：秘密"),
    ("绝 密", "D15", "block", "绝密"),
    ("（此件依申请公开）", "D15", "block", "此件依申请公开"),
    ("公开属性：不予公开", "D15", "block", "公开属性：不予公开"),
    ("内部资料，请注意保存", "D15", "block", "内部资料，请注意保存"),
    ("等级 特急·明电", "D15", "block", "特急·明电"),
    ("关于某事的通知（秘密）", "D15", "block", "（秘密）"),
    ("【内部文件】", "D15", "block", "【内部文件】"),
    ("根据演政办〔2020〕12号要求", "D16", "warn", "演政办〔2020〕12号"),
    ("截止目前", "D17", "warn", "截止目前"),
    ("演政办（2020）12号", "D17", "warn", "演政办（2020）12号"),
    ("2021年2月29日", "D17", "warn", "2021年2月29日"),
    ("2021年5月1日至2021年4月1日", "D17", "warn", "2021年5月1日至2021年4月1日"),
    ("110105********002X已遮盖身份证", "D19", "info", ""),
    ("11010519491231****", "D19", "warn", "1101**************"),
    ("11010519****31002X", "D19", "warn", "1101************2X"),
    ("1381234*678", "D19", "warn", "138*****678"),
]


@pytest.mark.parametrize(("text", "rule", "severity", "sample"), [row for row in FOUND if row[3]])
def test_what_is_found(text: str, rule: str, severity: str, sample: str) -> None:
    assert (rule, severity, sample) in [each for each in told(lines(text)) if each[0] == rule]


LOOK_ALIKES = [
    ("D1", "编号110105194912310021"),
    ("D1", "监测数据110105204912310025"),
    ("D1", "991105194912310020"),
    ("D2", "110105991331002"),
    ("D2", "流水号110105491231002"),
    ("D4", "总投资13812345678元"),
    ("D4", "13812345678.50"),
    ("D4", "合计15000000000"),
    ("D4", "订单号13812345678"),
    ("D4", "2013812345678"),
    ("D4", "138****5678"),
    ("D6", "卡号6222021001122334459和" + ID),
    ("D6", "发票号码6222021001122334458"),
    ("D7", "设备E12345678"),
    ("D8", "工单12345678"),
    ("D9", "豫C00123号"),
    ("D9", "鲁B2-20050001"),
    ("D9", "京ICP备12345678号"),
    ("D10", "zwgk@example.gov.cn"),
    ("D15", "涉及国家秘密、商业秘密的，不予公开。"),
    ("D15", "秘密级、机密级文件按照规定保管，不得外传内部资料以外的信息"),
    ("D15", "内部资料性出版物"),
    ("D15", "答复为“不予公开”的，应当说明理由"),
    ("D15", "涉密文件（机密）的保管"),
    ("D17", "应当在截止日前提交"),
    ("D15", "国办发明电〔2018〕15号"),
    ("D15", "此件公开发布"),
    ("D15", "公开属性分为主动公开、依申请公开、不予公开三类。"),
    ("D16", "演政办〔2020〕12号"),
    ("D16", "（2020）豫01行初12号"),
    ("D17", "2020年2月29日"),
    ("D17", "的的确确目的的实现"),
    ("D17", "诗句……。"),
    ("D19", "1101************2X"),
    ("D19", "138****5678"),
]


@pytest.mark.parametrize(("rule", "text"), LOOK_ALIKES)
def test_what_only_looks_like_it(rule: str, text: str) -> None:
    told_of = [each for each in told(lines(text)) if each[0] == rule and "6222" not in text]
    blocking = [each for each in told(lines(text)) if each[0] == rule and each[1] == "block"]
    assert (told_of, blocking) == ([], [])


def test_an_identity_number_is_no_bank_card_too() -> None:
    """440524188001010014 passes Luhn as well; one thing is told once."""
    assert rules(f"卡号{OTHER_ID}") == ["D1"]


def test_a_number_cut_by_the_end_of_a_line() -> None:
    (finding,) = only(lines("身份证号1101051949", "1231002X，男"), "D1")
    assert (finding.sample, finding.place.line, finding.start) == ("1101************2X", 1, 4)


def test_where_it_stands_and_how_long_it_is() -> None:
    (finding,) = scan(lines("无", f"证号{ID}。"))
    assert (finding.place, finding.start, finding.length) == (Place(line=2), 2, 18)


def test_three_numbers_close_together_are_a_list() -> None:
    few = [f"某某{MOBILE[:-1]}{n}" for n in range(3)]
    assert [each[1] for each in told(lines(*few[:2]))] == ["warn", "warn"]
    assert [each[1] for each in told(lines(*few))] == ["block"] * 3
    assert [each[1] for each in told(lines(few[0], few[0], few[0]))] == ["warn"] * 3
    far = [text for one in few for text in (one, *["正文"] * 30)]
    assert [each[1] for each in told(lines(*far))] == ["warn"] * 3


def test_the_offices_own_numbers_may_stand() -> None:
    office = Office.of(telephones=[f"0371-65500001、{MOBILE}"], emails=["Zwgk@Example.com"], accounts=[CARD])
    text = f"电话0371 65500001或{MOBILE}，zwgk@example.com，账号{CARD}"
    assert {"D4", "D5", "D6", "D10"} <= set(rules(text))
    assert rules(text, office=office) == []


def test_a_citation_of_what_is_public_is_dropped() -> None:
    findings = scan(lines("各单位认真落实演政办〔2020〕12号、演府〔2019〕3号文件。"))
    assert [each.sample for each in findings] == ["演政办〔2020〕12号", "演府〔2019〕3号"]
    left = without_public(findings, {"演政办〔2020〕12号"}.__contains__)
    assert [each.sample for each in left] == ["演府〔2019〕3号"]
    prefixed = scan(lines("原演政办〔2020〕12号"))[:1]
    assert without_public(prefixed, {"演政办〔2020〕12号"}.__contains__) == ()


def test_a_citation_is_told_once() -> None:
    assert rules(*["按照演政办〔2020〕12号办理"] * 3) == ["D16"]


HIDDEN = [
    (AsideKind.COVERED, "block"), (AsideKind.DELETED, "block"), (AsideKind.HIDDEN_SHEET, "block"),
    (AsideKind.HIDDEN_ROW, "block"), (AsideKind.HIDDEN_COLUMN, "block"), (AsideKind.COMMENT, "warn"),
    (AsideKind.INSERTED, "warn"), (AsideKind.HIDDEN_TEXT, "warn"), (AsideKind.UNSHOWN, "warn"),
    (AsideKind.ATTACHMENT, "warn"), (AsideKind.POSITION, "warn"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "severity"), HIDDEN)
def test_hidden_things_are_told_once_a_page(kind: AsideKind, severity: str) -> None:
    asides = [Aside(kind, f"没有人看见的内容{page}", place=Place(page=page)) for page in (1, 1, 2)]
    found = only(beside(*asides), "D18")
    assert [(each.severity.value, each.beside, each.place.page) for each in found] == [
        (severity, kind, 1),
        (severity, kind, 2),
    ]
    assert "2处" in found[0].message.zh
    assert "看见" not in found[0].sample


def test_the_author_is_a_note_and_a_hidden_number_is_found() -> None:
    assert told(beside(Aside(AsideKind.PROPERTY, "欧阳某某", "author"))) == [("D18", "info", "欧***")]
    assert told(beside(Aside(AsideKind.PROPERTY, "12", "revision"))) == []
    found = scan(beside(Aside(AsideKind.HIDDEN_ROW, f"某某\t{ID}", place=Place(sheet="名单", row=4))))
    assert [(each.rule, each.beside) for each in found] == [("D1", AsideKind.HIDDEN_ROW), ("D18", AsideKind.HIDDEN_ROW)]


@pytest.mark.parametrize(
    "row",
    [
        ["身份证号", *ID],
        ["某某", ID[:6], ID[6:14], ID[14:]],
        ["某某", ID[:6], ID[6:10], ID[10:14], ID[14:17], ID[17:], "男"],
    ],
)
def test_a_number_that_a_form_divides_over_cells_is_found(row: list[str]) -> None:
    assert told(table(row)) == [("D1", "block", "1101************2X")]


def test_numbers_of_a_row_that_only_meet_are_none() -> None:
    assert told(table(["合计", f"7{ID[:6]}", ID[6:14], ID[14:]])) == []
    assert told(table(["合计", ID[:6], ID[6:14], f"{ID[14:17]}9"])) == []


def test_the_name_of_a_sheet_and_of_a_file_is_read_too() -> None:
    from gongkai.documents.privacy.files import scan_name

    sheet = TableBlock(((Cell("某某"),),), Place(sheet=ID, table=1))
    assert told(Reading("application/x-made", (sheet,))) == [("D1", "block", "1101************2X")]
    assert [finding.rule for finding in scan_name(f"某某{ID}.pdf")] == ["D1"]
    assert scan_name("（演政办〔2020〕12号）关于某事的通知.pdf") == ()


@pytest.mark.parametrize(
    ("note", "rule"), [("pictures_inside", "pictures"), ("embedded_unread", "unread_part"), ("recognised", "unread")]
)
def test_what_nobody_looked_at_is_told_apart(note: str, rule: str) -> None:
    assert told(lines("正文", notes=(note,))) == [(rule, "warn", "")]


def test_pictures_and_what_was_not_read_are_told() -> None:
    found = told(lines("正文", pictures=(2, 3, 4, 9), notes=("tables_lost", "name_differs")))
    assert found == [("pictures", "warn", ""), ("unread", "warn", ""), ("unread", "info", "")]
    assert "第2—4、9页" in scan(lines("正文", pictures=(2, 3, 4, 9)))[0].message.zh


def test_the_gravest_come_first_and_no_more_than_a_person_reads() -> None:
    found = scan(lines(*[f"电话0371-6{number:07}" for number in range(1, MOST + 6)], f"证号{ID}"))
    assert found[0].rule == "D1"
    assert len(found) == 1 + MOST + 1
    assert "还有5处" in found[-1].message.zh


def test_no_sample_gives_away_what_was_found() -> None:
    text = f"{ID} {MOBILE} 卡号{CARD} 护照E12345678 a.b@example.com"
    for each in scan(lines(text)):
        assert not [secret for secret in (ID[-4:], MOBILE[3:7], CARD[:10], "E12345", "a.b") if secret in each.sample]


def test_the_way_to_data_and_back() -> None:
    from gongkai.documents.privacy import Finding

    for each in scan(table(["姓名", "身份证号"], ["某某", ID])) + scan(beside(Aside(AsideKind.COMMENT, "批注"))):
        assert Finding.from_data(each.as_data()) == each


HOSTILE = ["汉", "村", "a@", "1 ", "1*", "机 ", "演政〔2020〕12号", f"护照E12345678 {ID} ", "，", "公开属性: "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_line_costs_no_more_than_its_length(piece: str) -> None:
    import time

    text = piece * (40_000 // len(piece))
    began = time.process_time()
    scan(lines(text))
    scan(table(["姓名", "身份证号", "备注"], ["某某", text, text]))
    assert time.process_time() - began < 4
