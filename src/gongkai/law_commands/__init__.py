"""The law on the command line: `gongkai deadline | fee | workdays | outcomes | limits`. No Django, no database.

Each command imports what it needs when it runs.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from io import BufferedReader

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_STEPS = """\
steps, in the order of their dates, each KIND:DATE[,FIELD=VALUE…] with the kinds and fields of the JSON:
  correction_notice:D                               the one notice to correct went out (补正通知)
  corrected:D                                       the corrected application came in (收到补正)
  consultation:D[,received=D][,returned=D][,who=W]  an opinion was asked on D (征求意见); W is third_party
                                                    (default), co_producer or other; no "returned": silence
  extension:D[,days=N][,consented=D]                the applicant was told of an extension (延期), 1 to 20
                                                    working days, 20 if not said
  agreed_delay:D,until=D                            a delayed reply was told (条例 35)
  fee_notice:D[,received=D][,paid=D]                a processing fee was asked (收费通知)
  delivered:D                                       the reply went out (答复送达)

example:
  gongkai deadline --received 2025-11-03 --step consultation:2025-11-10,returned=2025-11-24 \\
                   --step extension:2025-12-15,days=20 --explain

batch: one JSON object a line,
  {"id": "…", "received": D, "steps": [{"kind": "extension", "on": D, "days": 10}, …], "as_of": D or null}
gives {"id", "due", "first_due", "state", "days_used", "days_left", "provisional", "explanation"}; a bad line gives
{"id", "error": {"code", "message", "article"}} in its place, and exit status 1 at the end. Explanations are filled in
with --explain.
"""


def add(commands: Commands) -> None:
    """Adds the commands to the parser of `gongkai`."""
    _add_deadline(commands)
    fee = commands.add_parser("fee", help="the processing fee (信息处理费) in yuan")
    kind = fee.add_mutually_exclusive_group(required=True)
    kind.add_argument("--items", metavar="N", help="items of one applicant in a natural month (按件计收)")
    kind.add_argument("--pages", metavar="P", help="pages of one application (按量计收)")
    _shape(fee, explain="with the bands the amount is made of")
    fee.set_defaults(run=run_fee)
    workdays = commands.add_parser("workdays", help="working days after A up to and including B")
    workdays.add_argument("start", metavar="A")
    workdays.add_argument("end", metavar="B")
    _calendar(workdays)
    _shape(workdays, explain="with the holidays passed over and the weekend days worked")
    workdays.set_defaults(run=run_workdays)
    outcomes = commands.add_parser("outcomes", help="the 21 outcomes with article, reply, report row and remedy")
    outcomes.add_argument("--on", metavar="DATE", help="remedies for a reply of that day (default: today)")
    outcomes.add_argument("--year", type=int, help="report rows for that year (default: that of DATE)")
    _shape(outcomes)
    outcomes.set_defaults(run=run_outcomes)
    limits = commands.add_parser("limits", help="every statutory time limit")
    _shape(limits)
    limits.set_defaults(run=run_limits)


def _add_deadline(commands: Commands) -> None:
    deadline = commands.add_parser(
        "deadline",
        help="when a reply is due, and why",
        epilog=_STEPS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    case = deadline.add_mutually_exclusive_group(required=True)
    case.add_argument("--received", metavar="DATE", help="the day of receipt (收到申请之日, 条例 31)")
    case.add_argument("--batch", action="store_true", help="cases from standard input, one JSON object a line")
    deadline.add_argument("--step", nargs="+", action="extend", default=[], metavar="KIND:DATE", help="see below")
    deadline.add_argument("--as-of", metavar="DATE", help="the day asked about (default: the last date of the case)")
    deadline.add_argument("--fee-clock", choices=["restart", "pause"], default="restart", help="what payment does")
    deadline.add_argument(
        "--late-answer", choices=["return", "limit"], default="return", help="where the pause of a late answer ends"
    )
    _calendar(deadline)
    _shape(deadline, explain="with a line for each span of the reckoning")
    deadline.set_defaults(run=run_deadline)


def _calendar(command: argparse.ArgumentParser) -> None:
    command.add_argument("--calendar", metavar="FILE", help="notices laid over: CSV day,working,source[,issued,region]")
    command.add_argument("--region", default="", metavar="CODE", help="administrative division, for local notices")
    command.add_argument("--known-on", metavar="DATE", help="the calendar as it was known that day")


def _shape(command: argparse.ArgumentParser, explain: str = "") -> None:
    if explain:
        command.add_argument("--explain", action="store_true", help=explain)
    command.add_argument("--json", action="store_true", help="as JSON")
    command.add_argument("--lang", choices=["zh", "en"], default="zh")


def run_deadline(arguments: argparse.Namespace) -> int:
    if arguments.batch:
        from gongkai.law_commands.batch import run

        return run(arguments, cast("BufferedReader", sys.stdin.buffer), sys.stdout.buffer)
    from gongkai.law_commands.deadline import run as run_one

    return run_one(arguments, sys.stdout)


def run_fee(arguments: argparse.Namespace) -> int:
    from gongkai.law_commands.numbers import fee

    return fee(arguments, sys.stdout)


def run_workdays(arguments: argparse.Namespace) -> int:
    from gongkai.law_commands.numbers import workdays

    return workdays(arguments, sys.stdout)


def run_outcomes(arguments: argparse.Namespace) -> int:
    from gongkai.law_commands.tables import outcomes

    return outcomes(arguments, sys.stdout)


def run_limits(arguments: argparse.Namespace) -> int:
    from gongkai.law_commands.tables import limits

    return limits(arguments, sys.stdout)
