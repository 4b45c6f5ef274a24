"""The second proof beside the query code: a name, or the end of an ID number. A stranger learns nothing."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from gongkai.applications.selectors import by_code, found_by_proof
from gongkai.demonstration.applicants import applicant
from gongkai.law.applicants import ApplicantKind
from gongkai.vault import fields
from tests.applications.scenes import Scene


def test_the_name_as_people_write_it(scene: Scene) -> None:
    received = scene.cast.apply(applicant_name="欧阳 晓")
    for proof in ("欧阳晓", " 欧阳　晓 ", "欧阳 晓"):
        assert found_by_proof(received.query_code, proof) == received.application.pk
    for proof in ("欧阳", "晓", "欧阳晓晓", "", " "):
        assert found_by_proof(received.query_code, proof) is None


def test_the_end_of_the_number(scene: Scene) -> None:
    received = scene.cast.apply(id_number="11010519491231002X")
    for proof in ("002X", "002x", "００２Ｘ", " 002 X"):
        assert found_by_proof(received.query_code, proof) == received.application.pk
    for proof in ("02X", "1002X", "0021", "11010519491231002X", "X"):
        assert found_by_proof(received.query_code, proof) is None


def test_an_organisation_has_its_name_and_its_credit_code(scene: Scene) -> None:
    who = applicant(ApplicantKind.BUSINESS, 3)
    received = scene.cast.apply(**who)
    assert found_by_proof(received.query_code, who["applicant_name"]) == received.application.pk
    assert found_by_proof(received.query_code, who["id_number"][-4:].lower()) == received.application.pk
    assert found_by_proof(received.query_code, who["contact_person"]) is None


def test_a_paper_without_a_number_is_not_opened_by_nothing(scene: Scene) -> None:
    """Where the letter named no document, the column is empty: no proof is equal to that."""
    received = scene.cast.apply(id_number="")
    for proof in ("", "----", "0000"):
        assert found_by_proof(received.query_code, proof) is None
    assert found_by_proof(received.query_code, received.application.applicant_name) == received.application.pk


def test_the_proof_of_another_opens_nothing(scene: Scene) -> None:
    mine = scene.cast.apply(applicant_name="甲某某", id_number="11010519491231002X")
    other = scene.cast.apply(applicant_name="乙某某")
    assert found_by_proof(mine.query_code, "乙某某") is None
    assert found_by_proof(other.query_code, "002X") is None


def test_wrong_either_way_is_the_same_work(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    """One look at the index, one seal opened, one blind index of the name: whatever is wrong, and when nothing is."""
    received = scene.cast.apply()
    by_code._stand_in()
    work: Counter[str] = Counter()

    def counted(name: str, usual: Any) -> Any:
        def count(*arguments: Any) -> Any:
            work[name] += 1
            return usual(*arguments)

        return count

    monkeypatch.setattr(by_code, "unseal", counted("unseal", by_code.unseal))
    monkeypatch.setattr(fields, "unseal", counted("unseal", fields.unseal))
    monkeypatch.setattr(by_code, "name_index_of", counted("index", by_code.name_index_of))
    name = received.application.applicant_name
    for code, proof in (("AAAA-BBBB-CCCC", name), (received.query_code, "别人"), (received.query_code, name)):
        work.clear()
        with django_assert_num_queries(1):
            found_by_proof(code, proof)
        assert work == {"unseal": 1, "index": 1}, (code, proof)
