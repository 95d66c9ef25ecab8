"""Pictures of figures, drawn once for all formats, small enough for a report of a hundred."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence

from directions.facts import Figure
from directions.figures.fonts import chinese_font
from patents.bilingual import Language

_COLOURS = 96
_WORTH_PROCESSES = 24


class Pictures:
    """Draws each figure once.

    Args:
        language: of labels.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        # The figure is kept beside its picture, so that its identity stays its own.
        self._drawn: dict[int, tuple[Figure, bytes]] = {}

    def png(self, figure: Figure) -> bytes:
        """The picture of a figure as PNG with a palette.

        Raises:
            MissingFontError: the system has no Chinese font.
        """
        if id(figure) not in self._drawn:
            self._drawn[id(figure)] = (figure, _draw(figure, self._language))
        return self._drawn[id(figure)][1]

    def draw(
        self, figures: Sequence[Figure], *, processes: int = 1, progress: Callable[[str, int, int], None]
    ) -> None:
        """Draw figures ahead of time.

        Args:
            figures: to draw.
            processes: that draw; with few figures, this one does.
            progress: ``progress("figures", done, total)``.

        Raises:
            MissingFontError: the system has no Chinese font.
        """
        chinese_font()
        waiting = [figure for figure in figures if id(figure) not in self._drawn]
        many = processes > 1 and len(waiting) >= _WORTH_PROCESSES
        drawn = _in_processes(waiting, self._language, processes) if many else map(self.png, waiting)
        progress("figures", 0, len(waiting))
        for number, (figure, png) in enumerate(zip(waiting, drawn, strict=True), start=1):
            self._drawn[id(figure)] = (figure, png)
            progress("figures", number, len(waiting))


def _in_processes(figures: Sequence[Figure], language: Language, processes: int) -> Iterator[bytes]:
    """Draw in new processes: forking one with threads of Polars in it may hang."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_draw, figures, [language] * len(figures), chunksize=4)


def _draw(figure: Figure, language: Language) -> bytes:
    from directions.figures import picture

    return picture(figure, language=language, colours=_COLOURS)


def size(png: bytes) -> tuple[float, float]:
    """Width and height of a PNG in inches."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as drawn:
        dpi = float(drawn.info.get("dpi", (160, 160))[0])
        return drawn.width / dpi, drawn.height / dpi
