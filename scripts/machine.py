"""What the whole test run needs of the machine besides Python: a browser, a Chinese font, Java for the Nu checker (Debian's
packages).

In CI they are installed when missing, and the run fails where that cannot be; elsewhere the browser tests say why
they are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess

PACKAGES = {"chromium": "chromium", "fc-list": "fontconfig"}


def browser() -> str | None:
    """The path of Debian's Chromium, or of Chrome, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def has_chinese_font() -> bool:
    """Whether a page in Chinese would show characters and not boxes."""
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"true", "1"}


def prepare() -> str | None:
    """Make the machine ready. Returns what is missing, in words, or None. In CI missing things are installed first."""
    if in_ci() and not (browser() and has_chinese_font() and shutil.which("java")):
        install()
    missing = []
    if not browser():
        missing.append("Chromium (Debian: apt-get install chromium)")
    if not has_chinese_font():
        missing.append("a Chinese font (Debian: apt-get install fonts-noto-cjk)")
    if in_ci() and not shutil.which("java"):
        missing.append("Java (Debian: apt-get install default-jre-headless)")
    return " and ".join(missing) or None


def install() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ["chromium", "fonts-noto-cjk", "fontconfig", "default-jre-headless"]
    for command in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages],
    ):
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
