"""满意度评价: the applicant says, once, how the application was handled."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.applications.history import locked
from gongkai.applications.models import Rating
from gongkai.documents.letter import clean
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.ledger.digests import digest_of

SCORES = (
    (5, Text("非常满意", "very content")),
    (4, Text("满意", "content")),
    (3, Text("基本满意", "rather content")),
    (2, Text("不满意", "not content")),
    (1, Text("非常不满意", "not content at all")),
)


@transaction.atomic
def rate(*, case_id: int, score: int, text: str = "") -> Rating:
    """Keep the applicant's own judgement, from 1 to 5. It is no step of the procedure and changes nothing in the case."""
    application = locked(case_id, None)
    if score not in dict(SCORES):
        raise Invalid("score", Text("请从五个选项中选择一项。", "Choose one of the five."))
    if application.answered_on is None:
        raise NotAllowed(Text("答复发出以后才能评价。", "It can be rated when the reply has been sent."))
    if Rating.objects.filter(application=application).exists():
        raise NotAllowed(Text("您已经评价过这份申请。", "You have rated this application already."))
    rating = Rating.objects.create(application=application, score=score, text=clean(text).strip())
    record(
        chain=application.agency.slug,
        act="applications.rating",
        subject=f"application:{application.pk}",
        facts={"number": application.number, "score": score, "text": digest_of({"text": rating.text})},
    )
    return rating
