"""What a drafter might have written in the open places of each reply: invented, for the samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySample:
    """One opinion. In ``slots`` a number stands for a date so many days before the letter."""

    findings: str = ""
    reasons: str = ""
    slots: Mapping[str, str | int] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()


_FOUND = "经检索，在本机关档案管理系统中查到《2024年度城市管理专项资金使用情况表》和北区环卫站改造项目的施工合同。"

REPLY_SAMPLES: Mapping[str, ReplySample] = MappingProxyType(
    {
        "D01": ReplySample(
            slots={
                "provision": "published",
                "published_at": "登录演示市人民政府网站，在“政府信息公开—财政预算、决算”栏目查阅《2024年度城市管理专项资金使用情况》",
            }
        ),
        "D02": ReplySample(
            findings=_FOUND,
            slots={"provision": "attached"},
            attachments=("2024年度城市管理专项资金使用情况表", "北区环卫站改造项目施工合同"),
        ),
        "D03": ReplySample(
            findings=_FOUND,
            reasons="合同附件三记载施工单位项目人员的身份证号码、住址和银行账号，公开会对其个人隐私造成损害，且与资金使用情况无关。",
            slots={
                "provision": "attached",
                "given": "《2024年度城市管理专项资金使用情况表》全文，施工合同正文和附件一、附件二",
                "withheld": "施工合同附件三中项目人员的身份证号码、住址和银行账号，共12处",
                "withheld_ground": "third_party_rights",
            },
            attachments=("2024年度城市管理专项资金使用情况表", "北区环卫站改造项目施工合同（已作区分处理）"),
        ),
        "D04": ReplySample(
            reasons="该信息已依法确定为秘密级国家秘密，尚在保密期限内。",
            slots={"classification": "《城市管理工作国家秘密范围的规定》第三条，由本机关依法确定"},
        ),
        "D05": ReplySample(
            reasons="该信息是统计调查中获得的、能够识别单个统计调查对象身份的资料，法律规定不得对外提供。",
            slots={"prohibiting_law": "《中华人民共和国统计法》关于统计调查对象资料保密的规定"},
        ),
        "D06": ReplySample(
            reasons="该信息载明供水调度设施的位置和安全防护措施，公开后可能被用于破坏公共设施。",
            slots={"interest": "public_security"},
        ),
        "D07": ReplySample(
            findings="本机关收到申请后，书面征求了合同相对方的意见。",
            reasons="该信息为施工单位的报价构成和工艺参数，不为公众知悉，并由该单位采取了保密措施，公开会削弱其竞争地位。",
            slots={"private_matter": "trade_secret", "third_party_position": "objected"},
        ),
        "D08": ReplySample(
            reasons="该信息为本机关工作人员的年度考核安排，只在机关内部使用，对外不产生影响。",
            slots={"internal_kind": "personnel"},
        ),
        "D09": ReplySample(
            reasons="该稿件尚未定稿，也未作为决定的依据，公开后可能使公众误解最终决定。",
            slots={"process_kind": "draft"},
        ),
        "D10": ReplySample(
            reasons="该信息是行政处罚案件调查中形成的询问笔录和证据材料，存于案卷。",
            slots={"file_access": "当事人、利害关系人可以持有效身份证件到本机关法制科查阅"},
        ),
        "D11": ReplySample(
            slots={
                "query_law": "《不动产登记暂行条例》",
                "query_place": "演示市不动产登记中心（演示市演示路8号，电话0000-7654321）",
            }
        ),
        "D12": ReplySample(
            slots={
                "not_held_ground": "absent",
                "search": "以“北区环卫站”“付款明细”为关键词，由本机关办公室检索档案管理系统和2024年收发文登记簿，未查到相关记录",
            }
        ),
        "D13": ReplySample(
            slots={
                "not_held_ground": "elsewhere",
                "not_ours_because": "该项目由演示市住房和城乡建设局组织实施，有关合同和付款材料由该局制作、保存",
                "competent_agency": "演示市住房和城乡建设局",
                "competent_contact": "演示市演示路5号，电话0000-2345678",
            }
        ),
        "D14": ReplySample(
            slots={"work_needed": "现有的是各标段的原始付款凭证，没有按街道分类的汇总，需要逐份摘录并重新统计"}
        ),
        "D15": ReplySample(
            slots={
                "correction_notice_on": 21,
                "unclear": "没有写明是哪一个项目、哪一年度，本机关无法据以检索",
            }
        ),
        "D16": ReplySample(
            slots={"activity": "complaint", "proper_channel": "拨打12345政务服务便民热线，或者向演示市信访局提出"}
        ),
        "D17": ReplySample(slots={"earlier_number": "演城公开答〔2025〕3号", "earlier_on": 64}),
        "D18": ReplySample(
            slots={
                "publication_source": "《演示年鉴（2024）》由演示出版社公开出版，可以到演示市图书馆、演示市档案馆查阅，或者向出版单位购买"
            }
        ),
        "D19": ReplySample(
            reasons="所说明的理由是督促本机关处理与该信息无关的房屋纠纷，与所申请的信息没有联系。",
            slots={"volume": "2025年1月以来已申请62件，其中40件内容相同或者相近", "reasons_asked_on": 21},
        ),
        "D20": ReplySample(slots={"obtained": "本机关已于2024年6月向您提供该批复的复印件，您当日签收"}),
        "D21": ReplySample(slots={"correction_notice_on": 18, "correct_by": 4}),
        "D22": ReplySample(slots={"fee_notice_on": 43, "pay_by": 15}),
        "D24": ReplySample(slots={"closing_reason": "您已书面撤回上述政府信息公开申请"}),
    }
)

#: Ways in which one paper can read quite differently: other values of its open places.
MORE_WAYS: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "D02b": (
            "D02",
            {
                "provision": "stated",
                "information": "2024年度城市管理专项资金预算1200万元。\n实际支出1150万元，其中环卫设施改造640万元。",
            },
        ),
        "D02c": (
            "D02",
            {
                "provision": "arranged",
                "obtain_way": "凭有效身份证件到演示市城市管理局办公室领取复印件",
                "obtain_time": "自收到本答复书之日起的工作日上午",
            },
        ),
    }
)
