"""Work in a process of its own: what comes back, what is given up, and that nothing stays behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.documents import bounded as house
from gongkai.documents.bounded import BoundedError, OutOfMemory, OutOfTime, WorkerDied, bounded, bounded_map
from gongkai.documents.reading import UnreadableFile, read_safely
from tests.documents.bounded_work import eat, faulty, pid, refused, slowly, spin, told, unpackable, with_child


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def until(condition: Callable[[], bool], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def test_another_process_and_the_same_one_again() -> None:
    first = bounded(pid)
    assert first != os.getpid()
    assert bounded(pid) == first
    began = time.perf_counter()
    for _ in range(20):
        bounded(pid)
    assert time.perf_counter() - began < 2, "a warm call costs no start"


def test_a_refusal_of_ours_comes_through_and_the_worker_stays() -> None:
    before = bounded(pid)
    with pytest.raises(UnreadableFile) as caught:
        bounded(refused, "encrypted")
    assert (caught.value.code, "打开密码" in caught.value.message.zh) == ("encrypted", True)
    assert bounded(pid) == before


def test_a_fault_of_ours_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError, match="of ours") as caught:
        bounded(faulty)
    assert "in faulty" in caught.value.__notes__[0]


def test_an_error_that_cannot_travel_is_told_in_words() -> None:
    with pytest.raises(RuntimeError, match="Unpackable: a"):
        bounded(unpackable)


def test_out_of_time_kills_the_worker_and_what_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "child"
    before = bounded(pid)
    with pytest.raises(OutOfTime) as caught:
        bounded(with_child, str(mark), seconds=0.7)
    assert caught.value.code == "out_of_time"
    assert until(lambda: not is_alive(before) and not is_alive(int(mark.read_text())))
    assert bounded(pid) != before


def test_out_of_memory_is_said_so() -> None:
    assert bounded(eat, 10) == 10 * 1024 * 1024
    with pytest.raises(OutOfMemory) as caught:
        bounded(eat, 2000, megabytes=600)
    assert "600" in caught.value.message.zh
    assert bounded(eat, 10) == 10 * 1024 * 1024


def test_the_processor_is_bounded_even_if_nobody_comes_to_kill(monkeypatch: pytest.MonkeyPatch) -> None:
    call = house._Call(spin, (), 0, 1024, None)
    call.deadline, call.seconds = time.monotonic() + 20, 0
    with pytest.raises(OutOfTime):
        house._house.pool.run(call)
    assert time.monotonic() < call.deadline


def test_a_worker_that_dies_is_told_and_replaced() -> None:
    with pytest.raises(WorkerDied) as caught:
        bounded(os.abort)
    assert isinstance(caught.value, BoundedError)
    assert caught.value.code == "worker_died"
    assert bounded(eat, 1)


def test_one_that_was_killed_while_idle_is_replaced_unnoticed() -> None:
    os.kill(bounded(pid), signal.SIGKILL)
    assert bounded(eat, 1)


def test_pages_are_told_as_they_are_done() -> None:
    heard: list[tuple[int, int]] = []
    assert bounded(told, 3, on_page=lambda done, total: heard.append((done, total))) == "done"
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_an_error_of_the_listener_does_not_mix_up_the_next_answer() -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bounded(told, 3, on_page=stop)
    assert bounded(eat, 1) == 1024 * 1024


def test_many_in_order_refusals_in_their_places() -> None:
    found = list(bounded_map(slowly, ((number,) for number in range(12)), workers=2))
    assert [one for one in found if isinstance(one, int)] == [n * n for n in range(12) if n != 4]
    assert isinstance(found[4], UnreadableFile)


def test_calls_are_taken_as_they_are_needed() -> None:
    taken = []
    results = bounded_map(slowly, ((taken.append(n) or n,) for n in range(1000)), workers=1)
    next(results)
    assert len(taken) < 20
    results.close()


def test_threads_share_the_workers_and_wait_for_them() -> None:
    pids: list[int] = []
    threads = [threading.Thread(target=lambda: pids.append(bounded(pid))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pids) == 6
    assert len(set(pids)) <= house.MOST_WORKERS


def in_daemon(queue: multiprocessing.SimpleQueue[int]) -> None:
    queue.put(bounded(pid))


def test_daemonic_processes_and_forks_get_workers_of_their_own() -> None:
    """The job worker's processes are daemonic, and the web server's are forks of one that may have had a worker."""
    ours, context = bounded(pid), multiprocessing.get_context("fork")
    queue: multiprocessing.SimpleQueue[int] = context.SimpleQueue()
    process = context.Process(target=in_daemon, args=(queue,), daemon=True)
    process.start()
    theirs = queue.get()
    process.join()
    assert theirs != ours
    assert until(lambda: not is_alive(theirs))
    assert bounded(pid) == ours


@pytest.mark.parametrize("end", ["pass", "os.kill(os.getpid(), 9)"])
def test_no_worker_outlives_its_caller(end: str) -> None:
    code = f"import os; from gongkai.documents.bounded import bounded; print(bounded(os.getpid), flush=True); {end}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert until(lambda: not is_alive(int(done.stdout)))


def test_a_file_read_safely_is_read_or_refused() -> None:
    assert read_safely("第一行".encode()).text == "第一行"
    with pytest.raises(UnreadableFile):
        read_safely(b"%PDF-1.7 nothing more")
