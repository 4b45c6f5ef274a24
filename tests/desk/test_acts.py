"""Every act that stands in the ledger has words."""

from __future__ import annotations

import re
from pathlib import Path

import gongkai
from gongkai.desk.acts import label_of

ACT = re.compile(r'"((?:agencies|annual_report|applications|disclosure|disputes|grassroots|notifications)\.[a-z_]+)"')


def test_every_act_has_its_words() -> None:
    modules = Path(gongkai.__file__).parent.glob("*/actions/*.py")
    acts = {act for module in modules for act in ACT.findall(module.read_text())}
    assert "applications.redaction_begun" in acts
    assert {act for act in acts if label_of(act).zh == act} == set()
