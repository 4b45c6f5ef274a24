"""Serve this installation with gunicorn, in this process, with a worker for its jobs beside it."""

from __future__ import annotations

import socket
from importlib import import_module
from typing import Any

from django.conf import settings
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from gongkai.agencies.selectors import agencies_accepting
from gongkai.config.places import Misconfigured
from gongkai.worker import Beside


class Master(Arbiter):  # type: ignore[misc]  # gunicorn is untyped
    """Gunicorn's master, which looks after the worker, too: starts it, starts it again, and ends with it."""

    def __init__(self, app: BaseApplication) -> None:
        super().__init__(app)
        self.beside = Beside()

    def manage_workers(self) -> None:
        """Gunicorn calls this every second."""
        super().manage_workers()
        self.beside.look()

    def stop(self, graceful: bool = True) -> None:
        self.beside.tell()
        super().stop(graceful)
        self.beside.end()


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    """Gunicorn with our settings instead of a configuration file."""

    def __init__(self, bind: str) -> None:
        self.settings = {
            "bind": bind,
            "workers": 2,
            "threads": 4,
            "worker_class": "gongkai.config.page_worker.PageWorker",
            "preload_app": True,
            "accesslog": None,
            "loglevel": "warning",
            "timeout": 60,
            "graceful_timeout": 5,
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def run(self) -> None:
        Master(self).run()

    def load(self) -> Any:
        from django.db import connections

        from gongkai.config.wsgi import application

        # All views now, not when a worker first needs them: an upgrade under a running server must not mix versions.
        import_module(settings.ROOT_URLCONF)
        connections.close_all()  # the workers open their own
        return application


def serve(host: str, port: int) -> int:
    """Serve until stopped."""
    Server(f"{host}:{port}").run()
    return 0


def require_free(host: str, port: int) -> None:
    """Raises Misconfigured where somebody listens on that address already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"{host}:{port} 无法使用，请用 PORT= 或 --port 换一个端口 cannot be used ({error.strerror})"
            raise Misconfigured(message) from error


def announce(host: str, port: int, *, demonstration: bool) -> None:
    """Print where to look, and for the demonstration as whom."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    address = f"http://{host}:{port}"
    console.print(f"\n[bold]公开 Gongkai[/bold]  {address}/")
    for agency in agencies_accepting():
        console.print(f"  申请公开 Apply          {address}/apply/{agency.slug}/  {agency.name}")
    console.print(f"  查询进度 Follow         {address}/progress/")
    console.print(f"  工作台   Desk           {address}/desk/")
    if demonstration:
        announce_logins(console)
    console.print("\n按 Ctrl+C 停止 · Ctrl+C stops the server\n")


def announce_logins(console: Any) -> None:
    from gongkai.demonstration.people import PASSWORD, PEOPLE

    console.print(f"\n  演示账号 Demonstration logins (密码 password: [bold]{PASSWORD}[/bold])")
    for username, name, role in PEOPLE:
        console.print(f"    {username:10} {name}  {role.label.zh} {role.label.en}")
