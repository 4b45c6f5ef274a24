"""What the final review and the publication ask, beyond who may do it: one content, scanned, reviewed for secrecy, agreed
to by whoever made it too, and an answer to everything the scan holds back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.agencies.errors import Invalid
from gongkai.disclosure.acting import unchanged, wrote
from gongkai.disclosure.models import (
    Consent,
    ContentScan,
    Purpose,
    Revision,
    RevisionStep,
    SecrecyResult,
    SecrecyReview,
)
from gongkai.disclosure.names import distinct, key_of
from gongkai.disclosure.reviewing.scanning import Part, parts_of, scan_of
from gongkai.documents.models import CheckState
from gongkai.documents.privacy.holding import HeldBack, release_field
from gongkai.law.citations import REG
from gongkai.law.publication import ROUNDS, PublicationAct, PublicationRefused
from gongkai.law.texts import Text


@dataclass(frozen=True)
class Standing:
    """Where the gate stands for the content as it is: what there is, and `obstacles`, each in words."""

    scan: ContentScan | None
    parts: tuple[Part, ...]
    secrecy: SecrecyReview | None
    consents: Mapping[str, Consent]
    answers: Mapping[str, Mapping[str, Any]]
    obstacles: tuple[tuple[str, Text], ...]

    @property
    def held(self) -> tuple[HeldBack, ...]:
        """What needs a reason and its confirmation; marks of secrecy are the secrecy review's."""
        return tuple(part.held for part in self.parts if part.held and _needs_reason(part))

    @property
    def unanswered(self) -> tuple[HeldBack, ...]:
        """What is held back and nobody has given a reason for, or for less than what is found now."""
        return tuple(each for each in self.held if not _answers(self.answers.get(each.digest), each))


def _needs_reason(part: Part) -> bool:
    held = part.held
    return held is not None and (held.unread or any(each.get("rule") != "D15" for each in held.blocking))


def _answers(answer: Mapping[str, Any] | None, held: HeldBack) -> bool:
    return answer is not None and set(held.found[:20]) <= set(answer["found"])


def standing(revision: Revision) -> Standing:
    """Everything the gate asks of a revision that was submitted."""
    scan, secrecy = scan_of(revision), secrecy_of(revision)
    done = scan is not None and scan.state == CheckState.DONE
    parts = tuple(parts_of(revision, scan)) if scan and done else ()
    consents = consents_of(revision)
    state = Standing(scan, parts, secrecy, consents, answers_of(revision), ())
    obstacles = [
        *_content(revision), *_suspension(revision), *_scan(scan), *_secrecy(state), *_consents(revision, consents),
        *_held(state),
    ]  # fmt: skip
    return Standing(scan, parts, secrecy, consents, state.answers, tuple(obstacles))


def secrecy_of(revision: Revision) -> SecrecyReview | None:
    """The last secrecy review over this content. Whether it holds, `standing` says."""
    rows = revision.secrecy_reviews.filter(digest=revision.digest)
    return rows.select_related("reviewer").order_by("pk").last()


def secrecy_before(revision: Revision, now: SecrecyReview | None) -> list[SecrecyReview]:
    """The secrecy reviews over this content that a later one took the place of, the last first: whoever signs sees them."""
    if now is None:
        return []
    rows = revision.secrecy_reviews.filter(digest=revision.digest).exclude(pk=now.pk)
    return list(rows.select_related("reviewer").order_by("-pk"))


def consents_of(revision: Revision) -> dict[str, Consent]:
    """By body, what it said last of this content."""
    rows = revision.consents.filter(digest=revision.digest).order_by("pk")
    return {key_of(row.body): row for row in rows}


def rounds_of(revision: Revision) -> list[RevisionStep]:
    """The rounds passed since it was submitted last."""
    steps = list(revision.steps.select_related("actor").order_by("number"))
    submitted = max((step.number for step in steps if step.act == PublicationAct.SUBMIT), default=0)
    return [step for step in steps if step.number > submitted and step.act in list(ROUNDS.values())]


def answers_of(revision: Revision) -> dict[str, Mapping[str, Any]]:
    """The reasons written in the first two rounds, by the digest of the file."""
    steps = [step for step in rounds_of(revision) if step.act != PublicationAct.FINAL_REVIEW]
    return {each["sha256"]: each for step in steps for each in step.facts.get("release", ())}


Obstacle = tuple[str, Text]


def _content(revision: Revision) -> Iterator[Obstacle]:
    if not unchanged(revision):
        yield "content_changed", CHANGED


def _suspension(revision: Revision) -> Iterator[Obstacle]:
    """What was taken off the site at once comes back only by what was submitted after that, in knowledge of it."""
    since = revision.item.suspended_at
    late = since is not None and (revision.submitted_at is None or revision.submitted_at <= since)
    if late and revision.purpose != Purpose.WITHDRAW:
        yield (
            "suspended",
            Text(
                "送审以后，该信息已紧急下线。请退回，核查清楚以后重新送审。",
                "It was taken off the site after this was submitted: send it back and have it looked into first.",
            ),
        )


def _scan(scan: ContentScan | None) -> Iterator[Obstacle]:
    if scan is None:
        yield (
            "scan",
            Text("还没有按现行规则扫描，请重新扫描。", "It was not scanned by today's rules: have it scanned again."),
        )
    elif scan.state == CheckState.FAILED:
        yield "scan", Text("隐私扫描没有完成，请重新扫描。", "The privacy scan broke off: have it scanned again.")
    elif scan.state != CheckState.DONE:
        yield "scan", Text("隐私扫描尚未完成，请稍候。", "The privacy scan is still under way.")


def _secrecy(state: Standing) -> Iterator[Obstacle]:
    review = state.secrecy
    marked = [part.name for part in state.parts if part.marks]
    if review is None:
        yield "secrecy", Text("还没有保密审查记录。", "There is no secrecy review yet.")
    elif wrote(review.revision, review.reviewer):
        # Nor does an earlier one hold instead: theirs may have said no.
        text = Text(
            f"保密审查人“{review.reviewer.display_name}”后来参与了起草，请由其他人重新审查。",
            "Who reviewed its secrecy has written in it since: somebody else must review it.",
        )
        yield "secrecy", text
    elif review.result != SecrecyResult.PUBLISH:
        label = str(review.get_result_display())
        yield "secrecy", Text(f"保密审查结论为“{label}”，不能发布。", "The secrecy review does not let it out.")
    elif marked and not (
        review.reason and state.scan and state.scan.finished_at and review.at > state.scan.finished_at
    ):
        names = "、".join(marked)
        message = Text(
            f"“{names}”有密级或者不公开的标志。保密审查人应在扫描之后写明可以公开的理由。",
            f"“{names}” bears a mark of secrecy: the secrecy reviewer must say, after the scan, why it may go out.",
        )
        yield "secret_mark", message


def _consents(revision: Revision, given: Mapping[str, Consent]) -> Iterator[Obstacle]:
    """REV-10: every joint issuer agrees; nobody who was asked refuses."""
    for body in silent(revision, given):
        yield "consent", Text(f"还没有“{body}”同意公开的意见。", f"{body} has not agreed yet.")
    for body, consent in given.items():
        if not consent.agrees:
            yield "consent", Text(f"“{body}”不同意公开。", f"{body} does not agree.")


def silent(revision: Revision, given: Mapping[str, Consent]) -> list[str]:
    """The joint issuers that have not said anything of this content, each once; the agency itself is none of them."""
    own = key_of(revision.item.agency.name)
    return [name for name in distinct(revision.joint_issuers) if key_of(name) not in given and key_of(name) != own]


def _held(state: Standing) -> Iterator[Obstacle]:
    for each in state.unanswered:
        yield (
            "held",
            each.message
            + Text(
                "由初审人或者复审人写明理由，终审人确认。",
                " The first or second reviewer says why, the final one confirms.",
            ),
        )


CHANGED = Text(
    "送审以后内容有变动，原来的审核无效，请退回重新送审。",
    "The content is not what was submitted: the reviews are void.",
)


def require_open(revision: Revision, confirmed: Collection[str]) -> Standing:
    """Where the gate stands, all of it open. Raises PublicationRefused for the first obstacle, and Invalid while the final
    reviewer has not confirmed each file that goes out in spite of the scan."""
    state = standing(revision)
    if state.obstacles:
        code, message = state.obstacles[0]
        raise PublicationRefused(code, message, REG(17))
    if {each.digest for each in state.held} - set(confirmed):
        message = Text(
            "请查看扫描结果和理由，逐项确认后再通过。",
            "Look at what the scan found and why it may go out; confirm each.",
        )
        raise Invalid("confirmed", message)
    return state


def require_answered(revision: Revision, answered: Collection[str]) -> None:
    """In the second round, the last that can give a reason: the scan is done, and nothing that it holds back goes on to the
    final reviewer without one. `answered`: what is given one now. Raises PublicationRefused, Invalid."""
    state = standing(revision)
    if scan := [message for code, message in state.obstacles if code == "scan"]:
        raise PublicationRefused("scan", scan[0], REG(17))
    for each in state.unanswered:
        if each.digest not in answered:
            message = Text("请写明可以公开的理由；不能公开的，请退回。", "Say why it may go out, or send it back.")
            raise Invalid(release_field(each.digest), each.message + message)


def require_reviewed(revision: Revision) -> None:
    """At the publication: the three rounds by three people over this content, and the gate still open. Raises
    PublicationRefused."""
    rounds = [step for step in rounds_of(revision) if step.digest == revision.digest]
    people = {step.actor_id for step in rounds}
    whole = [step.act for step in rounds] == list(ROUNDS.values()) and len(people) == len(ROUNDS)
    if not whole or any(step.actor is None or wrote(revision, step.actor) for step in rounds):
        raise PublicationRefused("not_reviewed", Text("三审没有完成。", "The three reviews are not done."), REG(17))
    require_open(revision, rounds[-1].facts.get("confirmed", ()))


def require_same(revision: Revision, digest: str) -> None:
    """What the reviewer saw is what was submitted and what stands there now (REV-03). Raises PublicationRefused."""
    if not revision.digest == digest or not unchanged(revision):
        raise PublicationRefused("content_changed", CHANGED, REG(17))
