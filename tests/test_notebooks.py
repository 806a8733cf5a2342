"""The notebooks run from top to bottom, and are kept without outputs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
TOLD = {
    "dyads": ("16 articles read, 0 problems", "July 2031: from ", "December 2031: from "),
    "mediation": ("20 articles read, 0 problems", "mediated event", "hostile inside:"),
    "question": ("5 articles read, 0 problems", "Egypt: ", "israel.pdf b'%PDF-'"),
    "tour": ("23 articles read", "0 coded, 0 graphs changed"),
}
"""What each prints."""
SHOWN = {"dyads": "<svg", "mediation": "<svg", "question": "<svg", "tour": "iframe"}
"""What each shows at least once."""


def test_every_notebook_is_known_here() -> None:
    assert [path.stem for path in NOTEBOOKS] == sorted(TOLD) == sorted(SHOWN)


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[] if path.stem == "tour" else pytest.mark.long, id=path.stem) for path in NOTEBOOKS],
)
def test_a_notebook_runs_from_top_to_bottom(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}})
    client.execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    printed = "".join(output.get("text", "") for output in outputs)
    for words in TOLD[path.stem]:
        assert words in printed
    assert any(SHOWN[path.stem] in str(output) for output in outputs)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert cells
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


def test_invented_articles_say_that_they_are() -> None:
    from kg.read import read

    articles = list(read(FOLDER / "invented"))
    assert len(articles) == 16
    for article in articles:
        assert (article.title or "").endswith(" (invented)")
        assert article.publisher == "Invented for a notebook"
        assert article.published is not None
        assert article.published.year > 2030
