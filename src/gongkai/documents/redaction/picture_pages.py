"""Photographs and scans as documents: every frame a page, upright as a viewer shows it, and no text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gongkai.documents.gate.images import check_picture, kind_of_picture
from gongkai.documents.gate.limits import Limits
from gongkai.documents.gate.refusals import Fault
from gongkai.documents.redaction.box import Glyph
from gongkai.documents.redaction.errors import CannotRedact
from gongkai.documents.redaction.pages import MOST_DECODED, MOST_PIXELS, POINTS

if TYPE_CHECKING:
    from PIL.Image import Image

#: What a picture is taken to be scanned with where it does not say, or says nonsense; and what is believed.
USUAL_DPI, LEAST_DPI, MOST_DPI = 200.0, 72.0, 1_200.0
#: EXIF orientations that turn by a quarter.
QUARTER_TURNS = frozenset({5, 6, 7, 8})
ORIENTATION = 0x0112
#: Points: no page is larger in any reader.
LARGEST = 14_400.0


class PicturePages:
    """One opened picture file."""

    def __init__(self, image: Image) -> None:
        self.image = image
        self.count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1

    @classmethod
    @contextmanager
    def of(cls, data: bytes) -> Iterator[PicturePages]:
        from PIL import Image, UnidentifiedImageError

        kind = kind_of_picture(data)
        try:
            if kind is not None:
                check_picture(data, kind, Limits())
            # The gate has counted the pixels; the library's own warning would be an error of nobody's making.
            Image.MAX_IMAGE_PIXELS = None
            with Image.open(io.BytesIO(data)) as image:
                yield cls(image)
        except (Fault, UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
            raise CannotRedact.because("damaged") from None

    def __len__(self) -> int:
        return self.count

    def size(self, index: int) -> tuple[float, float]:
        width, height = self._upright(index)
        dpi = self._dpi()
        shrunk = min(1.0, LARGEST * dpi / POINTS / max(width, height))
        return width * POINTS / dpi * shrunk, height * POINTS / dpi * shrunk

    def picture(self, index: int, dpi: float) -> Image:
        """Its own pixels where they are not too many: nothing of a scan is lost. For a preview (coarse) fewer."""
        from PIL import ImageOps

        self._upright(index)
        width, height = self.image.size
        if width * height > MOST_DECODED:
            raise CannotRedact.because("too_many_pixels", page=index + 1, width=width, height=height)
        image = _on_white(ImageOps.exif_transpose(self.image) or self.image)
        own = image.width * POINTS / self.size(index)[0]
        wanted = min(1.0, dpi / own if dpi < USUAL_DPI else 1.0, (MOST_PIXELS / (image.width * image.height)) ** 0.5)
        if wanted < 1.0:
            grey = image.convert("L") if image.mode == "1" else image
            image = grey.resize((max(1, round(image.width * wanted)), max(1, round(image.height * wanted))))
        return image

    def glyphs(self, index: int) -> tuple[Glyph, ...]:
        return ()

    def _upright(self, index: int) -> tuple[int, int]:
        """The frame is made the current one; its size as shown."""
        if self.count > 1:
            self.image.seek(index)
        width, height = self.image.size
        turned = self.image.getexif().get(ORIENTATION) in QUARTER_TURNS
        return (height, width) if turned else (width, height)

    def _dpi(self) -> float:
        try:
            dpi = float(self.image.info.get("dpi", (USUAL_DPI, USUAL_DPI))[0])
        except (TypeError, ValueError, IndexError, ZeroDivisionError):
            return USUAL_DPI
        return dpi if LEAST_DPI <= dpi <= MOST_DPI else USUAL_DPI


def _on_white(image: Image) -> Image:
    """Without transparency, palette or depth that the copy could not hold."""
    import PIL.Image

    if image.mode in ("1", "L", "RGB"):
        return image.copy()
    if image.mode.startswith(("I", "F")):
        low, high = image.getextrema()
        scale = 255.0 / max(float(high) - float(low), 1.0)  # type: ignore[arg-type]
        return image.point(lambda value: value * scale - float(low) * scale).convert("L")  # type: ignore[arg-type]
    if image.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in image.info:
        layer = image.convert("RGBA")
        page = PIL.Image.new("RGBA", layer.size, "white")
        page.alpha_composite(layer)
        return page.convert("RGB")
    return image.convert("RGB")
