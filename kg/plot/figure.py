"""A figure that saves itself the same way each time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ExportError, ModelMissing, unknown

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

ENDINGS = ("svg", "pdf", "png")
WIDTH = 6.3
"""Inches: 160 mm, the width of the text on a page of A4."""
STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 8,
    "axes.titlesize": 9,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "axes.formatter.use_mathtext": False,
    "text.parse_math": False,
    "text.usetex": False,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "pdf.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "kg",
    "savefig.dpi": 200,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn figure; a notebook shows it, ``save`` writes it."""

    title: str
    canvas: Canvas
    """The ``matplotlib.figure.Figure``, for those who want to change something before they save it."""

    def save(self, path: str | Path) -> Path:
        """Write the figure; the ending, .svg, .pdf or .png, decides how.

        Raises:
            ExportError: The ending is another, or the file cannot be written.
        """
        target = Path(path)
        data = self._written(ending_of(target))
        try:
            target.write_bytes(data)
        except OSError as error:
            raise ExportError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from error
        return target

    def svg(self) -> bytes:
        """The figure as SVG, letters as outlines, so that it looks the same everywhere."""
        return self._written("svg")

    def pdf(self) -> bytes:
        """The figure as PDF with its font in it and text that can be searched."""
        return self._written("pdf")

    def png(self) -> bytes:
        """The figure as PNG, 200 dots an inch."""
        return self._written("png")

    def _repr_svg_(self) -> str:
        return self.svg().decode("utf-8")

    def _written(self, ending: str) -> bytes:
        told: dict[str, dict[str, str | None]] = {
            "svg": {"Title": self.title, "Creator": "kg", "Date": None},
            "pdf": {"Title": self.title, "Creator": "kg", "Producer": None, "CreationDate": None},
            "png": {"Title": self.title.encode("latin-1", "replace").decode("latin-1"), "Software": None},
        }
        stream = io.BytesIO()
        with _styled():
            self.canvas.savefig(stream, format=ending, metadata=told[ending])
        return stream.getvalue()


def ending_of(path: Path) -> str:
    """The kind of file that a name asks for.

    Raises:
        ExportError: It is none of ``ENDINGS``.

    >>> ending_of(Path("a.PDF"))
    'pdf'
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise ExportError(f"{path}: {unknown('ending', ending, ENDINGS)}")
    return ending


def drawn(title: str, height: float, paint: Callable[[Canvas], None]) -> Figure:
    """A figure of this height in inches that ``paint`` has drawn on.

    Raises:
        ModelMissing: matplotlib is not installed.
    """
    title = shown(title, 80)
    with _styled():
        from matplotlib.figure import Figure as Canvas

        canvas = Canvas(figsize=(WIDTH, height), layout="constrained")
        paint(canvas)
        canvas.suptitle(title, x=0.01, ha="left", fontsize=10)
        # The layout starts from where the last one ended: done once and kept, every file of the figure is alike.
        canvas.draw_without_rendering()
        canvas.set_layout_engine("none")
    return Figure(title, canvas)


def nothing(canvas: Canvas, words: str) -> None:
    """Say in the figure that there is nothing to draw."""
    axes = canvas.subplots()
    axes.axis("off")
    axes.text(0.5, 0.5, words, ha="center", va="center", color="#444444")


def shown(text: str, most: int = 32) -> str:
    """A name as a figure can show it: no control characters or marks of direction, cut where it is long.

    >>> shown("League of Very Long Names and Even Longer Sittings")
    'League of Very Long Names and E…'
    """
    from kg.query.grid import visible

    text = visible(text)
    return text if len(text) <= most else text[: most - 1] + "…"


@contextmanager
def _styled() -> Iterator[None]:
    """matplotlib with our settings alone, whatever the user's are; afterwards with the user's again."""
    import warnings

    try:
        import matplotlib as mpl
    except ImportError as error:
        raise ModelMissing("kg.plot: matplotlib is not installed; pip install 'dekg[plot]'") from error
    with mpl.rc_context(), warnings.catch_warnings():
        # A letter that the font lacks is drawn as a box.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        mpl.rcdefaults()
        settings: dict[Any, Any] = mpl.rcParams
        settings.update(STYLE)
        yield
