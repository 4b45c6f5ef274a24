"""The portal beside its yardsticks: `make bench`. Needs nginx and wrk (Debian: apt-get install nginx-light wrk).

Kept pages must reach a quarter of what nginx gives out of the same bytes as a file; a page of an item that is made anew three
quarters of what a bare Django view with a template and two queries reaches behind the same server (150 beside 200).
Each is asked in turn, several times, by the same program: the shares count, not the speed of this machine.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROUNDS, SECONDS, CONNECTIONS = 3, 4, 32
KEPT_SHARE, MADE_SHARE = 0.25, 0.75
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8",
}
NGINX = """worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; types {{ text/html html; }}
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }} }}
"""


def main() -> int:
    """Measures and prints; exit status 1 where a share is missed, 2 where a program is missing."""
    missing = [name for name in ("nginx", "wrk") if not program(name)]
    if missing:
        say(f"not measured: {' and '.join(missing)} missing (Debian: apt-get install nginx-light wrk)")
        return 2
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-", dir=os.environ.get("GONGKAI_BENCH_FOLDER")) as folder:
        os.environ["GONGKAI_DATA"] = folder
        subprocess.run([sys.executable, "-m", "gongkai.cli", "demo"], check=True, stdout=subprocess.DEVNULL)
        return measure(Path(folder))


def measure(folder: Path) -> int:
    """All four, side by side."""
    with office(60) as kept, office(0) as made, bare() as plain, nginx(folder, fetch(f"{kept}items/1/")) as file:
        addresses = {
            "nginx, the file": file, "kept page": f"{kept}items/1/", "item, made anew": f"{made}items/1/",
            "bare view, two queries": plain, "home, made anew": made, "home, kept": kept,
        }  # fmt: skip
        found: dict[str, list[float]] = {name: [] for name in addresses}
        for _ in range(ROUNDS):
            for name, address in addresses.items():
                found[name].append(rate(address))
    rates = {name: statistics.median(rows) for name, rows in found.items()}
    for name, rows in found.items():
        say(f"{name:24}{rates[name]:>10,.0f}/s   ({', '.join(f'{row:,.0f}' for row in rows)})")
    kept_share = rates["kept page"] / rates["nginx, the file"]
    made_share = rates["item, made anew"] / rates["bare view, two queries"]
    say(f"kept: {kept_share:.0%} of nginx (target {KEPT_SHARE:.0%}); made anew: {made_share:.0%} of the bare view "
        f"(target {MADE_SHARE:.0%})")  # fmt: skip
    return int(kept_share < KEPT_SHARE or made_share < MADE_SHARE)


def rate(address: str) -> float:
    """Answers a second. Raises RuntimeError where one was no page."""
    headers = [part for name, value in BROWSER.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *headers, address]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if found is None or "Non-2xx" in told:
        raise RuntimeError(told)
    return float(found[1])


@contextmanager
def office(seconds: int) -> Iterator[str]:
    """`gongkai serve` as it is, with or without kept pages."""
    port = free_port()
    with running([sys.executable, "-m", "gongkai.cli", "serve", "--port", str(port)],
                 f"http://127.0.0.1:{port}/", GONGKAI_PAGE_CACHE_SECONDS=str(seconds)) as address:  # fmt: skip
        yield address


@contextmanager
def bare() -> Iterator[str]:
    """The least that Django can be, behind the same server."""
    port = free_port()
    with running([sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "-w", "2", "-k", "gthread", "--threads",
                  "4", "bench.bare_view:application"], f"http://127.0.0.1:{port}/") as address:  # fmt: skip
        yield address


@contextmanager
def nginx(folder: Path, page: bytes) -> Iterator[str]:
    """The same bytes as a file."""
    port, place = free_port(), folder / "nginx"
    (place / "www").mkdir(parents=True)
    place.chmod(0o755)
    folder.chmod(0o755)
    (place / "www" / "item.html").write_bytes(page)
    (place / "nginx.conf").write_text(NGINX.format(folder=place, port=port))
    command = [program("nginx") or "nginx", "-c", str(place / "nginx.conf"), "-e", str(place / "nginx.log")]
    with running(command, f"http://127.0.0.1:{port}/item.html") as address:
        yield address


@contextmanager
def running(command: list[str], address: str, **environment: str) -> Iterator[str]:
    """A server in a group of its own, waited for, and ended."""
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        for _ in range(300):
            if process.poll() is not None:
                raise RuntimeError(f"{command[0]} ended")
            try:
                fetch(address)
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def fetch(address: str) -> bytes:
    """A page as the browser asks for it."""
    with urllib.request.urlopen(urllib.request.Request(address, headers=BROWSER), timeout=20) as answer:
        return bytes(answer.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
