"""Pictures of figures, drawn once for all formats, small enough for a report of a hundred."""

from __future__ import annotations

import io

from directions.facts import Figure
from directions.printing import Language

_COLOURS = 96


class Pictures:
    """Draws each figure when first asked for.

    Args:
        language: of labels.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._drawn: dict[int, tuple[Figure, bytes]] = {}

    def png(self, figure: Figure) -> bytes:
        """The picture of a figure as PNG with a palette.

        Raises:
            MissingFontError: the system has no Chinese font.
        """
        found = self._drawn.get(id(figure))
        if found is None:
            # The figure is kept too, so that its identity stays its own.
            found = (figure, self._draw(figure))
            self._drawn[id(figure)] = found
        return found[1]

    def _draw(self, figure: Figure) -> bytes:
        from PIL import Image

        from directions.figures import picture

        drawn = Image.open(io.BytesIO(picture(figure, language=self._language)))
        small = io.BytesIO()
        dpi = drawn.info.get("dpi", (160, 160))
        drawn.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(small, "PNG", dpi=dpi)
        return small.getvalue()


def size(png: bytes) -> tuple[float, float]:
    """Width and height of a PNG in inches."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as drawn:
        dpi = float(drawn.info.get("dpi", (160, 160))[0])
        return drawn.width / dpi, drawn.height / dpi
