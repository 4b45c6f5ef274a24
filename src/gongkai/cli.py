"""`gongkai …`: the command line. Each command imports what it needs when it runs, so that all start quickly."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai import law_commands
from gongkai.law.agency_levels import AgencyLevel

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Act = Callable[[], object]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status: 2 where it could not be run at all."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character gets its number
    arguments = parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if message := _plainly(error):
            return _refuse(message, 2)
        raise


def _plainly(error: Exception) -> str | None:
    """In one line what the machine's owner can mend; None for a fault of ours, which keeps its traceback."""
    from django.db import DatabaseError

    from gongkai.config.places import Misconfigured

    if isinstance(error, DatabaseError):
        return f"数据库无法使用，是否尚未运行 gongkai migrate？The database cannot be used; migrated yet? ({error})"
    return str(error) if isinstance(error, Misconfigured) else None


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="gongkai", description="政府信息公开 · open government information")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_running(commands)
    _add_office(commands)
    _add_applications(commands)
    _add_disclosure(commands)
    _add_archive(commands)
    _add_ledger(commands)
    _add_report(commands)
    _add_scan(commands)
    _add_read(commands)
    _add_search(commands)
    law_commands.add(commands)
    return top


def _add_running(commands: Commands) -> None:
    demo = commands.add_parser("demo", help="migrate and load the demonstration office, once")
    demo.add_argument("--serve", action="store_true", help="then serve it")
    _address(demo)
    demo.set_defaults(run=run_demo)
    serve = commands.add_parser("serve", help="serve this installation")
    _address(serve)
    serve.add_argument("--demonstration", action="store_true", help="print the demonstration logins, too")
    serve.set_defaults(run=run_serve)
    worker = commands.add_parser("worker", help="do the jobs (mail, digests); `serve` has one of its own")
    worker.add_argument("--beside", type=int, help=argparse.SUPPRESS)
    worker.set_defaults(run=run_worker)
    migrate = commands.add_parser("migrate", help="bring the database up to date")
    migrate.set_defaults(run=run_migrate)


def _address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=_port, default=8000)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text}: 1–65535")
    return int(text)


#: What an agency's guide, letters and the foot of its pages show (条例 12); may be left out.
OPTIONAL = ("court", "address", "postcode", "telephone", "fax", "email", "office_hours", "site_code", "icp_number")


def _add_office(commands: Commands) -> None:
    agency = commands.add_parser("agency", help="agencies").add_subparsers(required=True, metavar="ACT")
    add = agency.add_parser("add", help="enter an agency")
    for name in ("name", "short-name", "slug", "office-name", "review-organ", "document-prefix"):
        add.add_argument(f"--{name}", required=True)
    add.add_argument("--kind", required=True, help="see gongkai.law.remedies.AgencyKind")
    add.add_argument("--parent", help="slug of the agency above")
    for name in OPTIONAL:
        add.add_argument(f"--{name.replace('_', '-')}", default="")
    add.add_argument("--receipt-rule", choices=["system", "both_confirm"], default="system")
    add.add_argument("--no-applications", action="store_true", help="the public cannot apply to it here")
    add.set_defaults(run=run_agency_add)
    person = commands.add_parser("person", help="people").add_subparsers(required=True, metavar="ACT")
    add = person.add_parser("add", help="take a person on (asks for the password)")
    for name in ("username", "name", "agency", "role"):
        add.add_argument(f"--{name}", required=True)
    add.set_defaults(run=run_person_add)
    password = person.add_parser("password", help="give a person a new password (asks for it) and lift a lockout")
    password.add_argument("--username", required=True)
    password.set_defaults(run=run_person_password)


def _add_applications(commands: Commands) -> None:
    from gongkai.applications.ledger_import import command

    applications = commands.add_parser("applications", help="依申请公开 applications")
    acts = applications.add_subparsers(required=True, metavar="ACT")
    taking_over = acts.add_parser("import", help="look at a ledger (台账) and take it over")
    command.add_arguments(taking_over)
    taking_over.set_defaults(run=run_applications_import)
    recount = acts.add_parser("recount", help="count the due dates of all open cases anew")
    recount.set_defaults(run=run_applications_recount)


def _add_disclosure(commands: Commands) -> None:
    from gongkai.disclosure.importing import command

    disclosure = commands.add_parser("disclosure", help="主动公开 what is published")
    acts = disclosure.add_subparsers(required=True, metavar="ACT")
    taking_over = acts.add_parser("import", help="look at the items of an earlier site and take them over")
    command.add_arguments(taking_over)
    taking_over.set_defaults(run=run_disclosure_import)


def _add_archive(commands: Commands) -> None:
    acts = commands.add_parser("archive", help="closed case files (卷宗)")
    archive = acts.add_subparsers(required=True, metavar="ACT")
    verify = archive.add_parser("verify", help="check case files: 真实性、完整性、可用性、安全性; needs no database")
    verify.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a case file: a zip, or a folder")
    verify.add_argument("--json", action="store_true", help="one JSON object per file")
    verify.add_argument("--lang", choices=["zh", "en"], default="zh")
    verify.add_argument("--receipts", type=Path, metavar="FILE", help="receipts.json of the export, kept apart")
    verify.set_defaults(run=run_archive_verify)
    export = archive.add_parser("export", help="write a year's case files, their list and receipts into a folder")
    export.add_argument("--agency", required=True, metavar="SLUG")
    export.add_argument("--year", required=True, type=int)
    export.add_argument("--zip", action="store_true", help="keep each case file as the zip that was sealed")
    export.add_argument("folder", type=Path, metavar="FOLDER", help="a new or empty folder")
    export.set_defaults(run=run_archive_export)


def _add_ledger(commands: Commands) -> None:
    ledger = commands.add_parser("ledger", help="the hash chain").add_subparsers(required=True, metavar="ACT")
    verify = ledger.add_parser("verify", help="find changed, removed and reordered entries")
    verify.add_argument("--chain", help="only this agency's chain (its slug)")
    verify.set_defaults(run=run_ledger_verify)


def _add_report(commands: Commands) -> None:
    report = commands.add_parser("report", help="annual reports").add_subparsers(required=True, metavar="ACT")
    check = report.add_parser("check", help="read and audit reports")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE|FOLDER")
    check.add_argument("--previous", type=Path, metavar="FILE", help="last year's report, or a folder of them")
    check.add_argument("--agency-level", choices=[level.value for level in AgencyLevel], help="what the agency is")
    output = check.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="one JSON object per file, one a line")
    output.add_argument("--xlsx", type=Path, metavar="OUT", help="write a workbook: a row a finding, a row a file")
    check.add_argument("--jobs", type=int, metavar="N", help="so many processes (of many files all cores, else 1)")
    check.add_argument("--lang", choices=["zh", "en"], default="zh")
    check.set_defaults(run=run_report_check)
    rows = report.add_parser("rows", help="the keys of the rows of table 3, in official order")
    rows.add_argument("--format", choices=["2021", "2019"], default="2021", help="which of the two national forms")
    rows.add_argument("--json", action="store_true")
    rows.add_argument("--lang", choices=["zh", "en"], default="zh")
    rows.set_defaults(run=run_report_rows)
    summing = report.add_parser("aggregate", help="read, audit and add up the reports of a folder (汇总)")
    summing.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    summing.add_argument("--year", type=int, required=True)
    summing.add_argument(
        "--json", action="store_true", help="one JSON object: the sum, who is in it, who is not and why"
    )
    summing.add_argument("--xlsx", type=Path, metavar="OUT", help="write a workbook: a row an agency with every cell")
    summing.add_argument("--jobs", type=int, metavar="N", help="so many processes (all cores)")
    summing.add_argument("--lang", choices=["zh", "en"], default="zh")
    summing.set_defaults(run=run_report_aggregate)


def _add_read(commands: Commands) -> None:
    read = commands.add_parser("read", help="print what a file of any kind says: text, tables, and what lies beside")
    read.add_argument("files", nargs="+", type=Path, metavar="FILE")
    read.add_argument("--json", action="store_true", help="one JSON object per file, one a line")
    read.add_argument("--lang", choices=["zh", "en"], default="zh")
    read.add_argument("--seconds", type=float, default=300.0, help="give a file up after so long (300)")
    read.set_defaults(run=run_read)


def _add_search(commands: Commands) -> None:
    search = commands.add_parser("search", help="全文检索 the index of the full-text search")
    acts = search.add_subparsers(required=True, metavar="ACT")
    rebuild = acts.add_parser("rebuild", help="build the index anew from the database; the old one serves until then")
    rebuild.set_defaults(run=run_search_rebuild)
    check = acts.add_parser("check", help="compare the index with the database; exit status 1 where they differ")
    check.add_argument("--mend", action="store_true", help="bring the index up to date where it differs")
    check.set_defaults(run=run_search_check)


def _add_scan(commands: Commands) -> None:
    scan = commands.add_parser("scan", help="privacy scan of what is to go out; exit status 2 if it must not")
    scan.add_argument("paths", nargs="+", type=Path, metavar="FILE|FOLDER")
    scan.add_argument("--json", action="store_true", help="one JSON object per file, one a line")
    scan.add_argument("--lang", choices=["zh", "en"], default="zh")
    scan.add_argument(
        "--office", action="append", default=[], metavar="NUMBER", help="a telephone the office gives out"
    )
    scan.add_argument("--words", default=os.environ.get("GONGKAI_WORDS_FILE", ""), help="your own list of wordings")
    scan.set_defaults(run=run_scan)


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    import django

    django.setup()


def run_migrate(arguments: argparse.Namespace) -> int:
    _django()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    # Asked first, because `migrate` costs the better part of a second even where there is nothing to do.
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)  # the counts of tries; where there is one, it stays
    return 0


def _make_ready(arguments: argparse.Namespace) -> None:
    """The database up to date, and in it what every site has."""
    run_migrate(arguments)
    from gongkai.disclosure.actions.install_columns import install_columns
    from gongkai.grassroots.actions.install_areas import install_areas

    install_columns()
    install_areas()


def run_demo(arguments: argparse.Namespace) -> int:
    _make_ready(arguments)
    from gongkai.demonstration import loading

    if not loading.is_loaded():
        loading.load(_progress_bar("载入演示数据 Loading the demonstration"))
        from gongkai.search import house

        house.rebuild()
    return _serve_afresh(arguments) if arguments.serve else 0


def _serve_afresh(arguments: argparse.Namespace) -> int:
    """Become a new process that serves. Loading made letters, so the typesetter's threads run in this one; a server
    forked from it would hold their locks for ever."""
    sys.stdout.flush()
    command = ["serve", "--host", arguments.host, "--port", str(arguments.port), "--demonstration"]
    os.execv(sys.executable, [sys.executable, "-m", "gongkai.cli", *command])


def _progress_bar(title: str) -> Callable[[Iterable[Act]], Iterable[Act]]:
    from rich.progress import track

    return lambda acts: track(acts, description=title, transient=True)


def run_serve(arguments: argparse.Namespace) -> int:
    _make_ready(arguments)
    from gongkai.serving import announce, require_free, serve

    require_free(arguments.host, arguments.port)
    announce(arguments.host, arguments.port, demonstration=arguments.demonstration)
    return serve(arguments.host, arguments.port)


def run_worker(arguments: argparse.Namespace) -> int:
    _django()
    from gongkai.worker import work

    return work(arguments.beside)


def run_agency_add(arguments: argparse.Namespace) -> int:
    _django()
    from gongkai.agencies.actions.add_agency import add_agency
    from gongkai.agencies.models import Agency

    names = ("name", "short_name", "slug", "office_name", "review_organ", "document_prefix", "kind", "receipt_rule")
    fields = {name: getattr(arguments, name) for name in (*names, *OPTIONAL)}
    fields["accepts_applications"] = not arguments.no_applications
    parent = Agency.objects.filter(slug=arguments.parent).first() if arguments.parent else None
    if arguments.parent and parent is None:
        return _refuse(f"没有标识为 {arguments.parent} 的机关")
    return _act(lambda: add_agency(actor=None, parent=parent, **fields))


def run_person_add(arguments: argparse.Namespace) -> int:
    _django()
    from django.db import transaction

    from gongkai.agencies.actions.appoint import add_person, appoint
    from gongkai.agencies.models import Agency
    from gongkai.agencies.selectors import today
    from gongkai.law.procedure import Role

    agency = Agency.objects.filter(slug=arguments.agency).first()
    if agency is None or arguments.role not in list(Role):
        return _refuse(f"没有这个机关或岗位：{arguments.agency}、{arguments.role}")
    password = _asked_password()
    if password is None:
        return _refuse("没有输入密码 No password was given")

    @transaction.atomic
    def take_on() -> object:
        person = add_person(actor=None, username=arguments.username, display_name=arguments.name, password=password)
        return appoint(actor=None, person=person, agency=agency, role=Role(arguments.role), since=today())

    return _act(take_on)


def run_person_password(arguments: argparse.Namespace) -> int:
    _django()
    from axes.utils import reset

    from gongkai.agencies.actions.appoint import change_password
    from gongkai.agencies.models import Person

    person = Person.objects.filter(username=arguments.username).first()
    if person is None:
        return _refuse(f"没有这个用户名：{arguments.username}")
    password = _asked_password()
    if password is None:
        return _refuse("没有输入密码 No password was given")
    reset(username=person.username)
    return _act(lambda: change_password(person=person, password=password) or person)


def _asked_password() -> str | None:
    from getpass import getpass

    try:
        return os.environ.get("GONGKAI_PASSWORD") or getpass("密码 Password: ")
    except EOFError:
        return None


def _act(act: Act) -> int:
    """Do it; a refusal is told in one line, with the option it is about, and exit status 1, never a traceback."""
    from gongkai.agencies.errors import Invalid
    from gongkai.law.errors import LawError

    try:
        print(act())
    except Invalid as error:
        option = {"display_name": "name"}.get(error.field, error.field).replace("_", "-")
        return _refuse(f"{option}: {error.message.zh}")
    except LawError as error:
        return _refuse(error.message.zh)
    return 0


def _refuse(message: str, status: int = 1) -> int:
    print(message, file=sys.stderr)
    return status


def run_applications_recount(arguments: argparse.Namespace) -> int:
    _django()
    from gongkai.applications.commands import run_recount

    return run_recount(arguments, sys.stdout)


def run_archive_verify(arguments: argparse.Namespace) -> int:
    _django()
    from gongkai.applications.archive_command import run_verify

    return run_verify(arguments, sys.stdout, sys.stderr)


def run_archive_export(arguments: argparse.Namespace) -> int:
    _django()
    from gongkai.applications.archive_command import run_export

    return run_export(arguments, sys.stdout, sys.stderr)


def run_applications_import(arguments: argparse.Namespace) -> int:
    _django()
    from gongkai.applications.ledger_import.command import run

    return run(arguments, sys.stdout, sys.stderr)


def run_disclosure_import(arguments: argparse.Namespace) -> int:
    _django()
    from gongkai.disclosure.importing.command import run

    return run(arguments, sys.stdout, sys.stderr)


def run_ledger_verify(arguments: argparse.Namespace) -> int:
    """Exit status 0 where every chain holds, 1 where something does not, 2 where there is no such chain."""
    _django()
    from gongkai.ledger.verification import chains, verify

    wanted = [chain for chain in chains() if arguments.chain in (None, chain.name)]
    if arguments.chain is not None and not wanted:
        return _refuse(f"没有名为 {arguments.chain} 的链", 2)
    broken = 0
    for chain in wanted:
        with _counting(chain.name, chain.length) as progress:
            problems = list(verify(chain, progress=progress))
        for problem in problems:
            print(f"{problem.chain} #{problem.number} {problem.kind}: {problem.message}")
        print(f"{chain.name}: {chain.length} 条记录，{len(problems)} 处问题 · {chain.head[:16]}…")
        broken += len(problems)
    return 1 if broken else 0


@contextmanager
def _counting(name: str, length: int) -> Iterator[Callable[[int], None]]:
    """A progress bar for people; nothing where the output goes into a file."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal or length < 5000:
        yield lambda count: None
        return
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(name, total=length)
        yield lambda count: progress.update(task, completed=count)


def run_search_rebuild(arguments: argparse.Namespace) -> int:
    _django()
    from gongkai.search import command

    return command.run_rebuild(sys.stdout, sys.stderr)


def run_search_check(arguments: argparse.Namespace) -> int:
    _django()
    from gongkai.search import command

    return command.run_check(arguments, sys.stdout, sys.stderr)


def run_report_check(arguments: argparse.Namespace) -> int:
    from gongkai.annual_report import check_command

    return check_command.run(arguments, sys.stdout, sys.stderr)


def run_report_aggregate(arguments: argparse.Namespace) -> int:
    from gongkai.annual_report import aggregate_command

    return aggregate_command.run(arguments, sys.stdout, sys.stderr)


def run_report_rows(arguments: argparse.Namespace) -> int:
    from gongkai.annual_report.rows_command import rows_command
    from gongkai.law.report_form import Form

    return rows_command(Form(arguments.format), as_json=arguments.json, lang=arguments.lang, out=sys.stdout)


def run_read(arguments: argparse.Namespace) -> int:
    from gongkai.documents import read_command

    return read_command.run(arguments, sys.stdout, sys.stderr)


def run_scan(arguments: argparse.Namespace) -> int:
    from gongkai.documents import scan_command

    return scan_command.run(arguments, sys.stdout, sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
