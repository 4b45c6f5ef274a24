"""The letters of a case: what they say comes from `letters`, how they look from `documents`; here they are numbered,
made, kept and written into the ledger, in the transaction of the step they belong to."""

from gongkai.applications.correspondence.making import (
    NUMBER_WORDS,
    facts_of,
    issue,
    office_facts,
    quoted,
    requested,
    take_number,
)
from gongkai.applications.correspondence.notices import (
    acknowledge,
    ask_correction,
    ask_opinion,
    ask_payment,
    request_reasons,
    tell_delay,
    tell_extension,
)
from gongkai.applications.correspondence.replies import (
    check_opinion,
    draft_reply,
    earlier_reply,
    inform_third_party,
    issue_reply,
    remedy_of,
)

__all__ = [
    "NUMBER_WORDS",
    "acknowledge",
    "ask_correction",
    "ask_opinion",
    "ask_payment",
    "check_opinion",
    "draft_reply",
    "earlier_reply",
    "facts_of",
    "inform_third_party",
    "issue",
    "issue_reply",
    "office_facts",
    "quoted",
    "remedy_of",
    "request_reasons",
    "requested",
    "take_number",
    "tell_delay",
    "tell_extension",
]
