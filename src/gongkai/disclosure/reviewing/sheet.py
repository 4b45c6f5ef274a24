"""审查单: the record of the review of one revision, to be printed and filed (REV-02; S32c, S32d [C] for what stands on it).

拟公开单位, 信息名称, 载体形式, 拟公开方式 and 时间, each opinion with person and time, the secrecy review with its basis,
the consents, what the scan found and the digest of the content that all of it is about.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import override

from gongkai.agencies.selectors import day_of, today
from gongkai.disclosure.content import content_of
from gongkai.disclosure.models import Purpose, Revision, RevisionStep
from gongkai.disclosure.reviewing.gate import Standing, rounds_of, secrecy_before, standing
from gongkai.documents.letter import ROOM_TO_SIGN, FormBlock, FormCell, LetterContent, PaperForm
from gongkai.documents.models import CheckState
from gongkai.documents.privacy.holding import released_in_words
from gongkai.law.dates import day_text
from gongkai.law.publication import ROUNDS, PublicationAct, RevisionState
from gongkai.law.texts import Text
from gongkai.ledger.digests import digest_of as sm3_of

Row = tuple[FormCell, ...]
TITLE = "政府信息公开发布审查单"
_ROUNDS = {
    PublicationAct.FIRST_REVIEW: "初审意见",
    PublicationAct.SECOND_REVIEW: "复审意见",
    PublicationAct.FINAL_REVIEW: "终审意见",
}


def review_sheet(revision: Revision) -> LetterContent:
    """The sheet as things stand; with room for the pen where a round is still to come."""
    with override(settings.LANGUAGE_CODE):
        state = standing(revision)
        rows = [
            *_about(revision), *_rounds(revision), *_secrecy(revision, state), *_consents(state), *_scan(state), *_digests(revision),
        ]  # fmt: skip
        return LetterContent(
            issuer=revision.item.agency.name, title=TITLE, number=None, addressee="", signature="", date=today(),
            body=(FormBlock(tuple(rows)),),
            form=PaperForm.SHEET,
        )  # fmt: skip


def _about(revision: Revision) -> list[Row]:
    item = revision.item
    carrier = "公文" if revision.document_number else "非公文"
    out = f"已发布：{_moment(revision)}" if revision.published_at else str(RevisionState(revision.state).label)
    return [
        (FormCell("信息名称", revision.title or "（无标题）"),),
        (FormCell("办理事项", str(revision.get_purpose_display())), FormCell("载体形式", carrier)),
        (FormCell("发文字号", revision.document_number or "—"), FormCell("成文日期", _day(revision.made_on))),
        (FormCell("索引号", item.index_number or "—"), FormCell("版本", str(revision.number))),
        (FormCell("拟公开方式", "主动公开"), FormCell("拟公开栏目", revision.column.name if revision.column else "—")),
        (FormCell("公开时间", out),),
        *([(FormCell("理由", revision.reason),)] if revision.purpose != Purpose.PUBLISH else []),
    ]


def _rounds(revision: Revision) -> list[Row]:
    passed = {step.act: step for step in rounds_of(revision)}
    begun = revision.steps.filter(act=PublicationAct.SUBMIT).select_related("actor").order_by("number").last()
    sent = [(FormCell("送审", begun.remark or "请审核。", foot=_signed(begun)),)] if begun else []
    return [*sent, *((_round(act, passed.get(act)),) for act in ROUNDS.values())]


def _round(act: PublicationAct, step: RevisionStep | None) -> FormCell:
    if step is None:
        return FormCell(_ROUNDS[act], blank=2, foot=ROOM_TO_SIGN)
    released = "".join(f"\n扫描提示仍予发布：{released_in_words(each)}" for each in step.facts.get("release", ()))
    confirmed = f"\n已确认放行{len(step.facts['confirmed'])}项。" if step.facts.get("confirmed") else ""
    return FormCell(
        _ROUNDS[act], f"{step.remark or '同意。'}校对清单已逐项核对。{released}{confirmed}", foot=_signed(step)
    )


def _signed(step: RevisionStep) -> str:
    name = step.actor.display_name if step.actor else "系统"
    return f"{name}　{day_text(day_of(step.at)).zh}"


def _secrecy(revision: Revision, state: Standing) -> list[Row]:
    review = state.secrecy
    if review is None:
        return [(FormCell("保密审查", blank=2, foot=ROOM_TO_SIGN),)]
    words = f"{review.get_result_display()}。依据：{review.basis}。" + (
        f"理由：{review.reason}" if review.reason else ""
    )
    for one in secrecy_before(revision, review):
        words += f"\n此前：{one.get_result_display()}（{one.reviewer.display_name}，{day_text(day_of(one.at)).zh}）{one.reason}"
    foot = f"{review.reviewer.display_name}　{day_text(day_of(review.at)).zh}"
    return [(FormCell("保密审查", words, foot=foot),)]


def _consents(state: Standing) -> list[Row]:
    said = [
        f"{one.body}：{'同意' if one.agrees else '不同意'}公开（{day_text(one.on).zh}）{one.note}"
        for one in state.consents.values()
    ]
    return [(FormCell("共同制作机关意见", "\n".join(said)),)] if said else []


def _scan(state: Standing) -> list[Row]:
    scan = state.scan
    if scan is None or scan.state != CheckState.DONE:
        return [(FormCell("隐私扫描", "没有完成"),)]
    found = [
        f"{part.name}：{'；'.join(part.held.found) or '未能自动检查'}" for part in state.parts if part.held is not None
    ]
    words = "\n".join(found) or f"共检查{len(state.parts)}项，没有发现不应公开的内容。"
    return [(FormCell("隐私扫描", f"{words}（规则{scan.rules}，{_at(scan.finished_at)}）"),)]


def _digests(revision: Revision) -> list[Row]:
    return [
        (FormCell("校验码\nSHA-256", revision.digest or "尚未送审"),),
        (FormCell("校验码\nSM3", sm3_of(content_of(revision))),),
    ]


def _day(on: object) -> str:
    return day_text(on).zh if on else "—"  # type: ignore[arg-type]


def _moment(revision: Revision) -> str:
    return _at(revision.published_at)


def _at(moment: object) -> str:
    from django.utils import timezone

    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else "—"  # type: ignore[arg-type]


def sheet_name(revision: Revision) -> Text:
    """What the file is called."""
    return Text(f"{TITLE}-{revision.item_id}-{revision.number}.pdf", f"review-{revision.item_id}-{revision.number}.pdf")
