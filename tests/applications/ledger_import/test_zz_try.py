import time, cProfile, pstats
import pytest
from tests.applications.ledger_import import ledgers as L
def test_try(cast):
    from gongkai.applications.ledger_import.examination import examine
    t=time.time(); data=L.xlsx(L.large(3000,60), title="2020年依申请公开台账"); print("made",time.time()-t, len(data))
    t=time.time()
    f=examine(data,"台账.xlsx",cast.agency)
    print("examined", time.time()-t, len(f.rows), len(f.existing), len(f.bad), f.assumed)
    for p in f.problems[:40]: print(p.line,p.place,p.message.zh)
    for c in f.layout.columns: print(c)
    from gongkai.applications.ledger_import.error_sheet import error_sheet
    e=error_sheet(f)
    g=examine(e,"错误.xlsx",cast.agency)
    print(len(g.rows),len(g.bad)); assert [p.message for p in g.problems][:1]
