"""A run of the import: asked for once, done once, told while it goes on, and plain about what went wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai import jobs
from gongkai.agencies.errors import NotAllowed
from gongkai.agencies.models import Appointment
from gongkai.applications.actions import run_import
from gongkai.applications.actions.run_import import MOST_ATTEMPTS, ask_for_import, carry_out
from gongkai.applications.models import Application, ImportRun, ImportState
from gongkai.documents.store import keep
from gongkai.law.procedure import Role
from gongkai.ledger.models import Chain
from gongkai.ledger.verification import verify
from tests.applications.ledger_import.ledgers import FAULTS, row, xlsx
from tests.applications.scenes import Scene, at_once, nothing_written, outsiders
from tests.run_jobs import run_jobs, waiting_jobs

BAD = FAULTS[5][0]


def asked(scene: Scene, data: bytes, **changes: Any) -> ImportRun:
    document = keep(data, name="台账.xlsx", media_type="application/octet-stream")
    usual = {
        "agency": scene.cast.agency,
        "actor": scene.cast.clerk,
        "document": document,
        "name": "台账.xlsx",
        "options": {"query": "", "skip_bad": False},
        "token": "first",
    }
    return ask_for_import(**{**usual, **changes})


def result(run: ImportRun) -> tuple[str, dict[str, Any]]:
    run.refresh_from_db()
    return run.state, run.result


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


# --- it works ---


def test_it_waits_and_then_is_done(scene: Scene) -> None:
    run = asked(scene, xlsx([row(1), row(2)]))
    assert (run.state, waiting_jobs()) == (
        ImportState.WAITING,
        [("gongkai.applications.jobs.import_ledger", (run.pk,))],
    )
    assert not Application.objects.exists()
    run_jobs()
    assert result(run) == (ImportState.DONE, {"created": 2, "skipped": 0, "left": 0})
    assert (run.done, run.total, run.finished_at is None) == (4, 4, False)
    assert list(verify(Chain.objects.get(name="ours"))) == []


def test_how_far_it_has_come_is_told_before_it_writes(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PACE", 0.0)
    seen: list[tuple[int, int, int]] = []
    telling = run_import._Telling.part

    def watched(self: Any, number: int) -> Any:
        tell = telling(self, number)

        def told(done: int, total: int) -> None:
            tell(done, total)
            now = ImportRun.objects.get()
            seen.append((now.done, now.total, Application.objects.count()))

        return told

    monkeypatch.setattr(run_import._Telling, "part", watched)
    asked(scene, xlsx([row(serial) for serial in range(1, 4)]))
    run_jobs()
    assert seen == [(3, 6, 0), (6, 6, 0)]


# --- once ---


def test_the_same_form_again_is_the_same_run_before_and_after(scene: Scene) -> None:
    data = xlsx([row(1)])
    first = asked(scene, data)
    assert asked(scene, data) == first
    run_jobs()
    assert asked(scene, data) == first
    assert waiting_jobs() == []


def test_the_same_file_sent_again_leads_to_the_run_that_is_not_done_yet(scene: Scene) -> None:
    data = xlsx([row(1)])
    first = asked(scene, data)
    assert asked(scene, data, token="second") == first
    run_jobs()
    again = asked(scene, data, token="second")
    run_jobs()
    assert (again == first, result(again)[1]) == (False, {"created": 0, "skipped": 1, "left": 0})


def test_the_job_run_twice_imports_once(scene: Scene) -> None:
    run = asked(scene, xlsx([row(1), row(2)]))
    carry_out(run.pk)
    told = result(run)
    with nothing_written():
        carry_out(run.pk)
    assert result(run) == told == (ImportState.DONE, {"created": 2, "skipped": 0, "left": 0})


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_two_clicks_at_once_make_one_run(transactional_db: None) -> None:
    from tests.cast import Cast

    scene, data = Scene(Cast.assemble()), xlsx([row(1)])
    first, second = at_once(*[lambda: asked(scene, data)] * 2)
    assert first == second
    assert len(waiting_jobs()) == 1


# --- it fails ---


def test_a_faulty_row_and_nothing_is_imported(scene: Scene) -> None:
    data = xlsx([row(1), row(2, **BAD)])
    run = asked(scene, data)
    with nothing_written():
        run_jobs()
    state, why = result(run)
    assert (state, "没有导入任何一行" in why["why"]["zh"]) == (ImportState.FAILED, True)
    # A failed one does not stand in the way of the next.
    again = asked(scene, data, options={"query": "", "skip_bad": True})
    run_jobs()
    assert result(again) == (ImportState.DONE, {"created": 1, "skipped": 0, "left": 1})
    retried = asked(scene, data)
    assert retried.pk not in (run.pk, again.pk)


def test_what_breaks_off_while_it_writes_leaves_nothing_and_says_so(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = asked(scene, xlsx([row(1)]))
    monkeypatch.setattr("gongkai.applications.actions.import_ledger.record_all", lambda **facts: 1 / 0)
    with nothing_written():
        run_jobs()
    state, why = result(run)
    assert (state, "系统出错" in why["why"]["zh"]) == (ImportState.FAILED, True)
    assert "ZeroDivision" not in str(why)
    assert "errors.xlsx" not in signed_in(scene.cast.clerk).get(f"/desk/import/runs/{run.pk}/").content.decode()


def test_a_clerk_who_is_none_any_more_when_it_is_done(scene: Scene) -> None:
    run = asked(scene, xlsx([row(1)]))
    Appointment.objects.filter(person=scene.cast.clerk).delete()
    with nothing_written():
        run_jobs()
    assert result(run)[0] == ImportState.FAILED
    assert "经办人" in result(run)[1]["why"]["zh"]


def test_cut_off_it_begins_again_but_not_for_ever(scene: Scene) -> None:
    run = asked(scene, xlsx([row(1)]))
    ImportRun.objects.update(state=ImportState.RUNNING, attempts=MOST_ATTEMPTS - 1)
    carry_out(run.pk)
    assert result(run)[0] == ImportState.DONE
    other = asked(scene, xlsx([row(2)]))
    ImportRun.objects.filter(pk=other.pk).update(state=ImportState.RUNNING, attempts=MOST_ATTEMPTS)
    with nothing_written():
        carry_out(other.pk)
    assert "时限" in result(other)[1]["why"]["zh"]


def test_only_a_clerk_asks_for_one(scene: Scene) -> None:
    cast = scene.cast
    for person in (cast.drafter, cast.approver, cast.supervisor, cast.other_clerk, cast.stranger):
        with pytest.raises(NotAllowed):
            asked(scene, b"x", actor=person)
    assert not ImportRun.objects.exists()


# --- the page ---


def test_the_page_while_it_waits_runs_writes_and_is_done(scene: Scene) -> None:
    run = asked(scene, xlsx([row(1), row(2, **BAD)]), options={"query": "", "skip_bad": True})
    client, address = signed_in(scene.cast.clerk), f"/desk/import/runs/{run.pk}/"

    def shown() -> str:
        return client.get(address).content.decode()

    assert all(text in shown() for text in ("等待后台处理", "<progress", 'http-equiv="refresh" content="2"'))
    ImportRun.objects.update(state=ImportState.RUNNING, done=3, total=8)
    assert all(text in shown() for text in ("正在核对", 'value="37"', "已核对 37%"))
    ImportRun.objects.update(done=8)
    assert "正在写入" in shown()
    ImportRun.objects.update(state=ImportState.WAITING)
    run_jobs()
    assert all(text in shown() for text in ("导入完成", "1 件", "1 行", f"{address}errors.xlsx"))
    assert "refresh" not in shown()
    assert "<progress" not in shown()
    assert client.get(f"{address}errors.xlsx").status_code == 200


def test_a_failed_one_says_why_on_its_page(scene: Scene) -> None:
    run = asked(scene, xlsx([row(1, **BAD)]))
    run_jobs()
    shown = signed_in(scene.cast.clerk).get(f"/desk/import/runs/{run.pk}/").content.decode()
    assert "需要更正的地方" in shown
    assert "errors.xlsx" in shown


def test_a_run_is_for_the_clerks_of_its_agency(scene: Scene) -> None:
    run = asked(scene, xlsx([row(1, **BAD)]), options={"query": "", "skip_bad": True})
    run_jobs()
    paths = (f"/desk/import/runs/{run.pk}/", f"/desk/import/runs/{run.pk}/errors.xlsx")
    colleague = signed_in(scene.colleague(Role.CLERK))
    assert [colleague.get(path).status_code for path in paths] == [200, 200]
    for person in (scene.cast.drafter, scene.cast.approver, scene.cast.supervisor, *outsiders(scene)):
        for path in paths:
            assert signed_in(person).get(path).status_code in (302, 404)
    assert all(Client().get(path).status_code == 302 for path in paths)


def test_a_double_click_on_the_page_comes_to_the_same_run(scene: Scene) -> None:
    client = signed_in(scene.cast.clerk)
    sent = client.post("/desk/import/", {"file": SimpleUploadedFile("台账.xlsx", xlsx([row(1)]))})["Location"]
    take = f"/desk/import/take/?{sent.partition('?')[2]}"
    assert client.post(take)["Location"] == client.post(take)["Location"]
    assert ImportRun.objects.count() == 1


# --- the time line ---


def test_the_time_line_tells_what_the_old_ledger_said(scene: Scene) -> None:
    asked(scene, xlsx([row(1, 申请方式="邮寄", 备注="见卷三")]))
    run_jobs()
    case = Application.objects.get()
    shown = signed_in(scene.cast.clerk).get(f"/desk/cases/{case.pk}/").content.decode()
    assert all(text in shown for text in ("台账所记办理结果", "演城公开答〔2020〕1号", "见卷三", "按惯例填写"))
