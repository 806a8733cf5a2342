"""Figures: valid, the same each time, readable without colour, safe with any name."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg import plot
from kg.analyse import (
    Activity,
    ChangePoint,
    Dyad,
    Dyads,
    Mediator,
    Mediators,
    Month,
    Period,
    Trend,
    Unit,
)
from kg.draw.palette import STANCE_COLOURS
from kg.errors import ExportError, ModelMissing, UsageError

mpl = pytest.importorskip("matplotlib", reason="pip install 'dekg[plot]'")

HOSTILE = (
    "</svg><script>window.hacked=1</script>",
    "<image href='https://evil.example/x'/>",
    "]]><script>window.hacked=1</script>",
    "--><script>window.hacked=1</script>",
    "$x^{2}$ and $\\frac{1}{0}$ and $unclosed",
    "\\input{/etc/hosts}",
    "&xxe; &#0; %s {0}",
    "nul\x00byte \x1b[31m \u202emid-txet",
    "_legend",
    "北京 \U0001f54a \ud800",
    "A" * 400,
    "",
    "\n\n",
)

pytestmark = pytest.mark.long


def dyad_trend(a: str = "Aland", b: str = "Bland") -> Trend:
    months = [(2022 + i // 12, i % 12 + 1) for i in range(24) if i not in (3, 4)]
    return Trend(
        a=Unit("a", a), b=Unit("b", b), undated=0, by="actor",
        months=tuple(
            Month(month=date(y, m, 1), events=m, score=3.0 if y == 2022 else -5.0, level=3.0 if y == 2022 else -5.0)
            for y, m in months
        ),
        changes=(ChangePoint(month=date(2023, 1, 1), before=3, after=-5, strength=9),),
    )  # fmt: skip


def counts(n: int = 14) -> Activity:
    periods = [
        Period(start=date(2023 + i // 12, i % 12 + 1, 1), cooperation=i, neutral=1, conflict=n - i) for i in range(n)
    ]
    return Activity(periods=tuple(periods), per="month", undated=3)


def matrix(*names: str) -> Dyads:
    units = [Unit(f"u{i}", name) for i, name in enumerate(names)]
    scores = [-10.0, -2.5, None, 0.0, 0.04, 3.5, 10.0]
    pairs = [(a, b) for a in units for b in units if a != b]
    return Dyads(
        found=tuple(
            Dyad(actor=a, recipient=b, events=1 + i % 5, score=scores[i % 7]) for i, (a, b) in enumerate(pairs)
        ),
        by="actor",
    )


def ranking(*names: str) -> Mediators:
    return Mediators(
        found=tuple(
            Mediator(
                unit=Unit(f"u{i}", name), mediations=len(names) - i, sides=2, pairs=1, betweenness=i / 20,
                first=None, last=None,
            )
            for i, name in enumerate(names)
        ),
        events=9, by="actor",
    )  # fmt: skip


PAIRS = [(i / 40, i % 3 > 0) for i in range(41)]
DRAWN: dict[str, Callable[[], plot.Figure]] = {
    "timeline": lambda: plot.timeline(counts()),
    "trend": lambda: plot.trend(dyad_trend()),
    "dyads": lambda: plot.dyads(matrix("Aland", "Bland", "Cland")),
    "mediators": lambda: plot.mediators(ranking("Aland", "Bland", "Cland")),
    "reliability": lambda: plot.reliability(PAIRS),
}
FULL = {name: cache(draw) for name, draw in DRAWN.items()}
EMPTY: dict[str, Callable[[], plot.Figure]] = {
    "timeline": lambda: plot.timeline(Activity(periods=(), per="month", undated=0)),
    "trend": lambda: plot.trend(
        Trend(a=Unit("a", "A"), b=Unit("b", "B"), months=(), changes=(), undated=0, by="actor")
    ),
    "dyads": lambda: plot.dyads(Dyads(found=(), by="actor")),
    "mediators": lambda: plot.mediators(Mediators(found=(), events=0, by="actor")),
    "reliability": lambda: plot.reliability([]),
}
ONE: dict[str, Callable[[], plot.Figure]] = {
    "timeline": lambda: plot.timeline(counts(1)),
    "trend": lambda: plot.trend(
        Trend(
            a=Unit("a", "A"),
            b=Unit("b", "B"),
            changes=(),
            undated=0,
            by="actor",
            months=(Month(month=date(1, 1, 1), events=1, score=10.0, level=10.0),),
        )
    ),
    "dyads": lambda: plot.dyads(matrix("A", "B")),
    "mediators": lambda: plot.mediators(ranking("A")),
    "reliability": lambda: plot.reliability([(1.0, True)]),
}


def words(figure: plot.Figure) -> set[str]:
    """All that is written in the figure."""
    import matplotlib.text

    return {t.get_text() for t in figure.canvas.findobj(matplotlib.text.Text) if t.get_visible()}


@pytest.mark.parametrize("name", FULL)
def test_a_figure_is_written_as_svg_pdf_and_png(name: str, tmp_path: Path) -> None:
    figure = FULL[name]()
    starts = {"svg": b"<?xml", "pdf": b"%PDF-", "png": b"\x89PNG"}
    for ending, start in starts.items():
        path = figure.save(tmp_path / f"a.{ending}")
        assert path.read_bytes().startswith(start)
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert float(root.attrib["width"].removesuffix("pt")) == pytest.approx(6.3 * 72)


@pytest.mark.parametrize("name", FULL)
def test_the_same_result_gives_the_same_bytes(name: str) -> None:
    first, second = FULL[name](), DRAWN[name]()
    svg, pdf = first.svg(), first.pdf()
    assert svg == second.svg() == first.svg()
    assert pdf == second.pdf()
    assert b"<dc:date>" not in svg
    assert b"CreationDate" not in pdf


def test_the_bytes_do_not_hang_on_the_run_or_on_settings_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: 22\nlines.linewidth: 9\naxes.facecolor: yellow\n")
    script = (
        "import hashlib; from kg import plot\n"
        "f = plot.reliability([(i / 40, i % 3 > 0) for i in range(41)])\n"
        "print(hashlib.sha256(f.svg() + f.pdf()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, **more}, capture_output=True, text=True, check=True
        ).stdout
        for more in (
            {"PYTHONHASHSEED": "1"},
            {"PYTHONHASHSEED": "2", "MATPLOTLIBRC": str(tmp_path), "TZ": "Asia/Tokyo"},
        )
    }
    assert len(told) == 1


def test_settings_of_the_user_are_left_as_they_were() -> None:
    with mpl.rc_context({"font.size": 21.0}):
        EMPTY["timeline"]().svg()
        assert mpl.rcParams["font.size"] == 21.0


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_to_draw_is_said(name: str) -> None:
    figure = EMPTY[name]()
    assert any(text.startswith("no ") for text in words(figure))
    ElementTree.fromstring(figure.svg())


@pytest.mark.parametrize("name", ONE)
@pytest.mark.filterwarnings("error")
def test_one_of_a_thing_is_drawn(name: str) -> None:
    figure = ONE[name]()
    assert not any(text.startswith("no ") for text in words(figure))
    assert ElementTree.fromstring(figure.svg()).tag.endswith("svg")


def harmless(svg: bytes) -> bool:
    """Whether an SVG is well-formed, and has nothing in it that runs, moves or loads."""
    tags = {str(element.tag).rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
    seen = re.sub(rb"<!--.*?-->|<dc:title>.*?</dc:title>|<title>.*?</title>", b"", svg, flags=re.DOTALL)
    return b"evil.example" not in seen and not tags & {"script", "image", "a", "foreignObject", "animate", "set"}


@pytest.mark.filterwarnings("error")
def test_hostile_names_are_shown_and_nothing_else() -> None:
    ranked = plot.mediators(ranking(*HOSTILE))
    assert harmless(ranked.svg())
    assert ranked.pdf().startswith(b"%PDF-")
    assert harmless(plot.dyads(matrix(*HOSTILE[:5])).svg())


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.filterwarnings("error")
def test_a_hostile_title_is_shown_and_nothing_else(text: str) -> None:
    figure = plot.timeline(Activity(periods=(), per="month", undated=0), title=text)
    assert harmless(figure.svg())
    assert figure.pdf().startswith(b"%PDF-")
    assert figure.png().startswith(b"\x89PNG")


def test_a_name_is_not_read_as_mathematics_and_cut_where_long() -> None:
    assert "$x^{2}$ and $y$" in words(plot.mediators(ranking("$x^{2}$ and $y$")))
    assert "A" * 31 + "…" in words(plot.mediators(ranking("A" * 400)))


def test_stances_differ_also_in_grey() -> None:
    from kg.plot.colours import LOOKS

    assert len({look.mark for look in LOOKS.values()}) == 3
    dark = {name: sum(int(look.fill[i : i + 2], 16) for i in (1, 3, 5)) for name, look in LOOKS.items()}
    assert dark["neutral"] > 2 * max(dark["cooperation"], dark["conflict"])
    assert LOOKS["conflict"].hatch
    assert not LOOKS["cooperation"].hatch
    svg = FULL["timeline"]().svg()
    assert b"<pattern" in svg


def test_colours_are_those_of_the_page(root: Path) -> None:
    styles = "".join(path.read_text("utf-8") for path in (root / "kg" / "draw").rglob("*.css"))
    for stance, colour in STANCE_COLOURS.items():
        assert f"--{stance}: {colour}" in styles


def test_a_trend_shows_months_level_and_changes() -> None:
    figure = FULL["trend"]()
    (axes,) = figure.canvas.axes
    assert "2023-01" in words(figure)
    assert sum(len(c.get_offsets()) for c in axes.collections) == 22  # type: ignore[arg-type]
    runs = [len(line.get_xdata()) for line in axes.lines if line.get_color() == "#8a8a8a"]  # type: ignore[arg-type]
    assert runs == [3, 19]
    assert axes.get_ylim() == (-10.5, 10.5)


def test_a_timeline_stacks_to_the_number_of_events() -> None:
    (axes,) = FULL["timeline"]().canvas.axes
    tops = {round(p.get_y() + p.get_height()) for p in axes.patches}  # type: ignore[attr-defined]
    assert max(tops) == 15
    assert axes.get_xlabel() == "3 events not dated to the month left out."


def test_a_heat_map_has_a_cell_for_each_dyad_with_score_and_number() -> None:
    figure = plot.dyads(matrix("Aland", "Bland", "Cland"))
    told = words(figure)
    assert {"\u221210.0", "\u22122.5", "0", "+3.5", "Aland"} <= told
    hatched = [p for p in figure.canvas.axes[0].patches if p.get_hatch()]
    assert len(hatched) == 2
    assert len(plot.dyads(matrix("Aland", "Bland", "Cland", "Dland"), top=3).canvas.axes[0].get_yticks()) == 3


def test_reliability_takes_pairs_or_the_bins_of_the_benchmark() -> None:
    from benchmarks.reliability import reliability

    told = reliability(PAIRS)
    (of_pairs, _), (of_bins, _) = plot.reliability(PAIRS).canvas.axes, plot.reliability(told).canvas.axes
    legends = [a.get_legend().get_texts()[1].get_text() for a in (of_pairs, of_bins)]  # type: ignore[union-attr]
    assert legends[0] == legends[1] == f"found (calibration error {told['error']:.3f})"


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: plot.reliability([(1.2, True)]), "confidence: 1.2 is not one"),
        (lambda: plot.reliability({"trained": {}}), "no bins of n, confidence and right"),
        (lambda: plot.dyads(matrix("A", "B"), top=99), "top: 99 does not fit"),
        (lambda: plot.mediators(ranking("A"), top=0), "top: 0 does not fit"),
    ],
)
def test_what_cannot_be_drawn_is_told(call: Callable[[], plot.Figure], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        call()


def test_where_it_cannot_be_written_is_told(tmp_path: Path) -> None:
    figure = ONE["mediators"]()
    with pytest.raises(ExportError, match="unknown ending 'sgv'; did you mean 'svg'"):
        figure.save(tmp_path / "a.sgv")
    with pytest.raises(ExportError, match=r"a\.svg: cannot be written: no such file or directory"):
        figure.save(tmp_path / "nowhere" / "a.svg")


def test_without_matplotlib_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ModelMissing, match=r"^kg\.plot: matplotlib is not installed; pip install 'dekg\[plot\]'$"):
        DRAWN["timeline"]()


def test_matplotlib_is_imported_only_when_something_is_drawn() -> None:
    code = "import sys, kg; kg.plot; kg.analyse; print({'matplotlib', 'networkx'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_a_notebook_shows_it() -> None:
    assert FULL["mediators"]()._repr_svg_().startswith("<?xml")
