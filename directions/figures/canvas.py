"""A figure → a picture: the module of its kind draws, this one makes the canvas and saves it."""

from __future__ import annotations

import io
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from directions.facts import Figure, FigureKind
from directions.figures import area, bar, chain, heat, horizontal, line, pie, plane, quadrant
from directions.figures.fonts import families
from directions.figures.look import DPI, SETTINGS, WIDTH
from patents.bilingual import Language
from patents.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

# Matplotlib's settings and fonts belong to the whole process; a service draws in several threads.
_drawing = threading.Lock()


class Kind(Protocol):
    """What a module of a kind offers."""

    def draw(self, figure: Figure, axes: Axes, language: Language) -> None:
        """Draw onto empty axes."""

    def height(self, figure: Figure) -> float:
        """Inches that it takes at the full width."""


#: Module of each kind.
MODULES: dict[FigureKind, Kind] = {
    "bar": bar,
    "bar_horizontal": horizontal,
    "stacked": bar,
    "line": line,
    "area": area,
    "pie": pie,
    "quadrant": quadrant,
    "heat": heat,
    "map": plane,
    "chain": chain,
}


def draw(figure: Figure, path: Path, *, language: Language = "zh", dpi: int = DPI) -> Path:
    """Write a figure to a .png, .svg or .pdf file.

    Args:
        figure: its table holds rows.
        path: the suffix says which format.
        language: of labels.
        dpi: of pictures.

    Returns:
        The path.

    Raises:
        InputError: the table is empty, or the suffix unknown.
        MissingFontError: the system has no Chinese font.
    """
    path.write_bytes(picture(figure, language=language, dpi=dpi, form=path.suffix.removeprefix(".").lower()))
    return path


def picture(
    figure: Figure, *, language: Language = "zh", dpi: int = DPI, form: str = "png", colours: int = 0
) -> bytes:
    """Draw a figure; see `draw`. The same figure gives the same bytes.

    Args:
        figure: its table holds rows.
        language: of labels.
        dpi: of pictures.
        form: png, svg or pdf.
        colours: of a PNG's palette; 0 for true colours, which take three times the room.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    if figure.table.empty:
        if missing := figure.table.missing.of(language):
            raise InputError("figure-not-possible", figure=figure.id, missing=missing)
        raise InputError("figure-without-data", figure=figure.id)
    if form not in ("png", "svg", "pdf"):
        raise InputError("picture-format-unknown", form=form)
    kind = MODULES[figure.kind]
    with _drawing, matplotlib.rc_context({**SETTINGS, "font.family": families(), "svg.hashsalt": figure.id}):
        canvas = Canvas(figsize=(WIDTH, kind.height(figure)), dpi=dpi, layout="constrained")
        agg = FigureCanvasAgg(canvas)
        kind.draw(figure, canvas.add_subplot(), language)
        _lay_out(canvas)
        if form == "png":
            agg.draw()  # type: ignore[no-untyped-call]
            return _png(agg.buffer_rgba(), dpi, colours)  # type: ignore[no-untyped-call]
        written = io.BytesIO()
        metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
        canvas.savefig(written, format=form, dpi=dpi, metadata=metadata[form])
    return written.getvalue()


def _lay_out(canvas: Canvas) -> None:
    """Place everything once; Matplotlib would draw everything a second time for it."""
    engine = canvas.get_layout_engine()
    if engine is not None:
        engine.execute(canvas)
        canvas.set_layout_engine("none")


def _png(pixels: memoryview, dpi: int, colours: int) -> bytes:
    from PIL import Image

    image = Image.fromarray(np.asarray(pixels)).convert("RGB")
    if colours:
        image = image.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    image.save(written, "PNG", dpi=(dpi, dpi))
    return written.getvalue()
