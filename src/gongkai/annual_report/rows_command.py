"""``gongkai report rows``: the rows of table 3 in official order, for whoever reads the JSON of ``report check``."""

from __future__ import annotations

import json
from typing import TextIO

from gongkai.law.report_form import Form, table_3_rows


def rows_command(form: Form, *, as_json: bool, lang: str, out: TextIO) -> int:
    """The key of each row as it stands in ``tables.t3``, with its label and the label of its group."""
    rows = [
        {"key": row.key, "label": row.label.of(lang), "group": row.group.of(lang) if row.group else None}
        for row in table_3_rows(form)
    ]
    if as_json:
        out.write(json.dumps(rows, ensure_ascii=False) + "\n")
    else:
        out.writelines(f"{row['key']}\t{row['group'] or ''}{row['label']}\n" for row in rows)
    return 0
