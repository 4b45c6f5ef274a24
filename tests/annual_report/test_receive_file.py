"""Children's reports that come as files: whose they are, what is taken, what is asked, what is refused."""

from __future__ import annotations

import pytest

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.annual_report.actions import receive_file
from gongkai.annual_report.actions.receive_file import AS_NAMED, read_file, receive_files, settle_file
from gongkai.annual_report.actions.send_back import send_back
from gongkai.annual_report.child_names import Match, Named, match
from gongkai.annual_report.models import IncomingFile, IncomingState, Submission
from gongkai.annual_report.submissions import SubmissionNotFound, SubmissionRefused
from gongkai.documents.store import keep
from gongkai.ledger.models import Entry
from tests.annual_report.county import YEAR, County, make_child, submission, text_of
from tests.annual_report.sample_reports import clean_tables
from tests.at_once import at_once
from tests.cast import Cast
from tests.run_jobs import run_jobs


@pytest.fixture
def county(cast: Cast) -> County:
    return County.assemble(cast)


@pytest.fixture(autouse=True)
def _here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process: a worker of its own costs seconds. One test below uses it."""
    if "in_worker" not in request.fixturenames:
        monkeypatch.setattr("gongkai.annual_report.incoming.bounded", lambda act, *given, **limits: act(*given))


@pytest.fixture
def in_worker() -> None:
    """The real worker."""


def read_in(county: County, text: str | bytes, name: str = "报告.txt") -> IncomingFile:
    file = county.upload(text, name)
    run_jobs()
    file.refresh_from_db()
    return file


# --- Whose it is --------------------------------------------------------------------------------------------

CHILDREN = (
    Named(1, "甲省江湾县水务局", "县水务局"),
    Named(2, "江湾县公路局", "公路局"),
    Named(3, "乙县水务局", "县水务局"),
    Named(4, "江湾县（经济开发区）管理委员会", "管委会"),
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("江湾县公路局", Match(2)),
        (" 江湾县 公路局", Match(2)),
        ("公路局", Match(2)),
        ("江湾县(经济开发区)管理委员会", Match(4)),
        ("县水务局", Match(None, (1, 3))),
        ("江湾县水务局", Match(None, (1, 3))),
        ("丙市江湾县公路局", Match(None, (2,))),
        ("水务局", Match(None, (1, 3))),
        ("丙市教育局", Match(None)),
        ("丙市公路局", Match(None)),
        ("局", Match(None)),
    ],
)
def test_only_the_name_itself_is_certain(title: str, expected: Match) -> None:
    assert match(title, CHILDREN) == expected


# --- Taken --------------------------------------------------------------------------------------------------


def test_a_file_is_read_in_the_worker_and_taken_in(county: County, in_worker: None) -> None:
    file = read_in(county, text_of("江湾县水务局"), "水务局2022.txt")
    row = Submission.objects.get()
    assert (file.state, file.submission, row.child, row.document) == ("taken", row, county.water, file.document)
    assert row.cells["t3.received.total"] == clean_tables()["t3.received.total"]
    assert (row.errors, row.by) == (0, county.cast.clerk)
    assert Entry.objects.get(act="annual_report.receive_file").chain_id == "ours"


def test_an_agency_outside_the_tree_is_kept_by_its_name(county: County) -> None:
    file = read_in(county, text_of("丙市气象局"))
    assert file.state == "taken"
    row = Submission.objects.get()
    assert (row.child, row.child_name) == (None, "丙市气象局")


def test_findings_are_kept_beside_the_cells(county: County) -> None:
    wrong = clean_tables().with_cells({"t3.received.total": 1})
    read_in(county, text_of("江湾县水务局", wrong))
    row = Submission.objects.get()
    assert row.errors
    assert {"T3-1", "T3-3"} <= {one["rule"] for one in row.findings}


def test_one_bad_file_stops_none_of_the_others(county: County) -> None:
    texts = {"坏.docx": b"PK\x03\x04 no archive", "好.txt": text_of("江湾县水务局").encode(), "空.txt": b"\x00"}
    files = [(keep(data, name=name, media_type="x"), name) for name, data in texts.items()]
    batch = receive_files(actor=county.cast.supervisor, parent=county.parent, year=YEAR, files=files)
    run_jobs()
    states = dict(IncomingFile.objects.filter(batch=batch).values_list("name", "state"))
    assert states == {"坏.docx": "refused", "好.txt": "taken", "空.txt": "refused"}
    assert all(file.why.zh and file.why.en for file in IncomingFile.objects.filter(state="refused"))


def test_a_fault_of_ours_is_told_and_stops_nothing(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(receive_file, "audited", fail)
    file = read_in(county, text_of("江湾县水务局"))
    assert (file.state, Submission.objects.count()) == ("refused", 0)
    assert "系统出错" in file.why_zh


def test_the_same_file_twice_in_a_batch_is_one(county: County) -> None:
    document = keep(text_of("江湾县水务局").encode(), name="a", media_type="x")
    receive_files(actor=county.cast.clerk, parent=county.parent, year=YEAR, files=[(document, "a"), (document, "b")])
    assert IncomingFile.objects.count() == 1


# --- Refused ------------------------------------------------------------------------------------------------


def test_what_cannot_be_summed_up_is_refused(county: County) -> None:
    other_year = text_of("江湾县水务局").replace("2022", "2021")
    assert "2021年的报告" in read_in(county, other_year).why_zh
    assert "本机关的报告" in read_in(county, text_of(county.parent.name)).why_zh
    assert read_in(county, "今天天气很好。").state == "refused"
    assert Submission.objects.count() == 0


@pytest.mark.article("年度报告格式", None)
def test_who_stands_further_below_is_counted_by_the_one_between(county: County) -> None:
    make_child(county.water, "pond", "江湾县水务局塘站")
    file = read_in(county, text_of("江湾县水务局塘站"))
    assert file.state == "refused"
    assert "重复计算" in file.why_zh


def test_the_same_file_is_not_taken_twice_even_after_it_came_back(county: County) -> None:
    read_in(county, text_of("江湾县水务局"))
    assert "同一个文件" in read_in(county, text_of("江湾县水务局")).why_zh
    send_back(actor=county.cast.clerk, submission_id=Submission.objects.get().pk, remark="请核对")
    assert "已退回" in read_in(county, text_of("江湾县水务局")).why_zh
    mended = clean_tables().with_cells({"t2.licences.decisions": 713})
    assert read_in(county, text_of("江湾县水务局", mended)).state == "taken"
    assert list(Submission.objects.values_list("number", "state")) == [(2, "received"), (1, "sent_back")]


def test_a_file_follows_what_the_child_submitted_here(county: County) -> None:
    submission(county.parent, county.water, state="accepted")
    read_in(county, text_of("江湾县水务局"))
    assert Submission.objects.get(number=2).child == county.water


# --- Asked --------------------------------------------------------------------------------------------------


def test_what_is_not_certain_is_asked(county: County) -> None:
    file = read_in(county, text_of("甲省江湾县水务局"))
    assert (file.state, file.candidates, file.agency_name) == ("ask", [county.water.pk], "甲省江湾县水务局")
    settle_file(actor=county.cast.supervisor, file_id=file.pk, child_id=county.water.pk)
    run_jobs()
    assert Submission.objects.get().child == county.water
    with pytest.raises(SubmissionRefused):
        settle_file(actor=county.cast.supervisor, file_id=file.pk, child_id=county.water.pk)


def test_or_kept_by_its_name_or_not_taken(county: County) -> None:
    first, second = read_in(county, text_of("甲省江湾县水务局")), read_in(county, text_of("乙省江湾县水务局"))
    settle_file(actor=county.cast.clerk, file_id=first.pk, child_id=AS_NAMED)
    settle_file(actor=county.cast.clerk, file_id=second.pk, child_id=None)
    run_jobs()
    assert [row.child_name for row in Submission.objects.all()] == ["甲省江湾县水务局"]
    second.refresh_from_db()
    assert second.state == IncomingState.REFUSED


def test_whose_answer_is_taken(county: County) -> None:
    file = read_in(county, text_of("甲省江湾县水务局"))
    for person in (county.water_clerk, county.cast.stranger):
        with pytest.raises(SubmissionNotFound):
            settle_file(actor=person, file_id=file.pk, child_id=county.water.pk)
    with pytest.raises(NotAllowed):
        settle_file(actor=county.cast.editor, file_id=file.pk, child_id=county.water.pk)
    with pytest.raises(Invalid):
        settle_file(actor=county.cast.clerk, file_id=file.pk, child_id=county.cast.other_agency.pk)


def test_who_sends_files_in(county: County) -> None:
    with pytest.raises(SubmissionNotFound):
        county.upload(text_of("江湾县水务局"), by=county.water_clerk)
    with pytest.raises(NotAllowed):
        county.upload(text_of("江湾县水务局"), by=county.cast.drafter)
    with pytest.raises(Invalid):
        receive_files(actor=county.cast.clerk, parent=county.parent, year=YEAR, files=[])


@pytest.mark.django_db(transaction=True)
def test_read_twice_at_once_it_is_taken_once(county: County) -> None:
    file = county.upload(text_of("江湾县水务局"))
    at_once(lambda: read_file(file.pk), lambda: read_file(file.pk))
    file.refresh_from_db()
    assert (file.state, Submission.objects.count()) == ("taken", 1)
