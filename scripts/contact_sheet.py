"""Every kind of letter on contact sheets, to be looked at: PDF above, and below it the Word file where LibreOffice is.

make contact-sheet            puts the images into build/contact-sheets
.venv/bin/python scripts/contact_sheet.py FOLDER [CODE …]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

    from gongkai.documents.letter import LetterContent

SCALE = 1.0
GAP, LABEL = 12, 22
#: A paragraph for a letter of many pages.
LONG = "本机关在履行职责过程中制作、获取的上述政府信息，经审查，依法作出如下处理。" * 4
#: Word files name fonts that are sold; for the pictures the bundled ones stand in.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{folder}</dir>
<cachedir>{cache}</cachedir>{matches}</fontconfig>"""
MATCH = """<match><test name="family"><string>{name}</string></test><edit name="family" mode="assign"
binding="strong"><string>{family}</string></edit><edit name="weight" mode="assign"><const>{weight}</const></edit></match>"""


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings_test")
    import django

    django.setup()
    folder, wanted = Path(sys.argv[1]), set(sys.argv[2:])
    folder.mkdir(parents=True, exist_ok=True)
    letters = {name: content for name, content in named_letters() if not wanted or name.split("-")[0] in wanted}
    word_files = word_pictures(letters)
    for name, content in letters.items():
        picture = sheet(name, pdf_pages(pdf_of(content)), word_files.get(name, []))
        picture.save(folder / f"{name}.png")
    sys.stdout.write(f"{len(letters)} contact sheets in {folder}\n")
    if not word_files:
        sys.stdout.write("LibreOffice (soffice) is not here: without the Word files.\n")


def named_letters() -> Iterator[tuple[str, LetterContent]]:
    """The samples of every paper, and what none of them shows: drafts, the 文件 form, many pages, long names."""
    from dataclasses import replace

    from gongkai.applications.letters.samples import sample_letters
    from gongkai.documents.letter import Heading, PaperForm, Paragraph

    seen: dict[str, int] = {}
    first = None
    for code, content in sample_letters():
        seen[code] = seen.get(code, 0) + 1
        yield (code if seen[code] == 1 else f"{code}-{seen[code]}"), content
        if first is None and content.form is PaperForm.LETTER:
            first = content
    if first is None:
        return
    copies = ("演示市司法局", "演示市人民政府办公室", "演示市城市管理局北区环境卫生管理站")
    document = replace(first, form=PaperForm.DOCUMENT, copies=copies)
    long_body = (Heading("一、申请内容"), *(Paragraph(LONG),) * 5, Heading("二、处理决定"), *(Paragraph(LONG),) * 7)
    yield "X1-document", document
    yield "X2-document-long", replace(document, body=long_body, attachments=("清单", "复制件共12页"))
    yield "X3-document-draft", replace(document, draft=True, number=None, copies=())
    yield "X4-letter-copies", replace(first, copies=copies[:2])
    yield "X5-letter-draft", replace(first, draft=True, number=None)
    yield "X6-letter-empty", replace(first, body=(Paragraph("同意。"),), note="")
    yield (
        "X7-long-names",
        replace(first, issuer="演示省演示市" * 6 + "人民政府", signature="演示省演示市" * 4 + "人民政府"),
    )
    yield "X8-short-names", replace(document, issuer="县", signature="县政府", addressee="㛃𬭎𫖯婳昇堃喆")


def pdf_of(content: LetterContent) -> bytes:
    from gongkai.documents.typesetting import render_pdf

    return render_pdf(content)


def word_pictures(letters: dict[str, LetterContent]) -> dict[str, list[Image]]:
    """The pages of the Word files, as LibreOffice sets them; nothing where it is not installed."""
    from gongkai.documents.word import render_docx

    office = shutil.which("soffice")
    if office is None:
        return {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, content in letters.items():
            (folder / f"{title}.docx").write_bytes(render_docx(content))
        settings = folder / "fonts.conf"
        settings.write_text(font_settings(folder / "cache"), encoding="utf-8")
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        files = sorted(str(path) for path in folder.glob("*.docx"))
        quiet = subprocess.DEVNULL
        environment = {**os.environ, "FONTCONFIG_FILE": str(settings)}
        subprocess.run([*command, "--outdir", name, *files], env=environment, check=True, stdout=quiet, stderr=quiet)
        return {path.stem: pdf_pages(path.read_bytes()) for path in folder.glob("*.pdf")}


def font_settings(cache: Path) -> str:
    from gongkai.documents.fonts import BUNDLED, FontRole
    from gongkai.documents.word.xml import FONT_NAMES

    families = {FontRole.TITLE: ("Noto Serif SC", "bold"), FontRole.HEADING: ("Noto Sans SC", "medium")}
    matches = ""
    for role, name in FONT_NAMES.items():
        family, weight = families.get(role, ("Noto Serif SC", "regular"))
        matches += MATCH.format(name=name, family=family, weight=weight)
    return FONTS.format(folder=BUNDLED, cache=cache, matches=matches)


def pdf_pages(pdf: bytes) -> list[Image]:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=SCALE).to_pil() for page in document]


def sheet(name: str, *rows: Sequence[Image]) -> Image:
    """Pages in rows under the name of the letter."""
    from PIL import Image, ImageDraw

    filled = [row for row in rows if row]
    width = max(sum(page.width + GAP for page in row) for row in filled) + GAP
    height = LABEL + sum(max(page.height for page in row) + GAP for row in filled)
    made = Image.new("RGB", (width, height), "gray")
    ImageDraw.Draw(made).text((GAP, 5), name, fill="white")
    top = LABEL
    for row in filled:
        left = GAP
        for page in row:
            made.paste(page, (left, top))
            left += page.width + GAP
        top += max(page.height for page in row) + GAP
    return made


if __name__ == "__main__":
    main()
