"""pyvis' Network on a page that opens without a network."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from kg.draw import KGNetwork, Picture
from kg.draw.draw import picture
from kg.draw.render import render
from kg.errors import ExportError
from kg.store import Store


def small() -> KGNetwork:
    net = KGNetwork(heading="Two")
    net.add_node("a", label="Alpha <b>")
    net.add_node("b")
    net.add_edge("a", "b", title="signs <i>with</i>")
    net.add_edge("a", "a")
    return net


def test_a_picture_is_drawn_as_by_draw(store: Store) -> None:
    shown = picture(store)
    assert KGNetwork(shown).generate_html() == render(shown)


def test_added_nodes_and_edges_are_drawn_as_text() -> None:
    html = small().generate_html()
    assert "Alpha \\u003cb\\u003e" in html
    assert "signs \\u003ci\\u003ewith" in html
    assert "Alpha <b>" not in html


def test_an_empty_network_is_a_page() -> None:
    assert KGNetwork().generate_html().startswith("<!doctype html>")


def test_show_writes_utf_8_and_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    assert KGNetwork(Picture(title="Žižkov")).show(str(path)) is None
    assert "Žižkov" in path.read_text("utf-8")


def test_show_in_a_notebook_gives_a_frame(tmp_path: Path) -> None:
    frame = small().show(str(tmp_path / "page.html"), notebook=True)
    assert frame.src.endswith("page.html")


def test_save_graph_writes_the_same_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    small().save_graph(str(path))
    assert path.read_text("utf-8") == small().generate_html()


def test_write_html_opens_a_browser_only_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    path = tmp_path / "page.html"
    small().write_html(str(path))
    assert opened == []
    small().write_html(str(path), open_browser=True)
    assert opened == [path.as_uri()]


def test_a_folder_that_is_missing_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "no" / "page.html"
    with pytest.raises(ExportError, match="cannot be written: No such file"):
        small().write_html(str(path))


def test_the_package_tells_of_names_that_it_does_not_have() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Nonsense'"):
        import_module("kg.draw").Nonsense  # noqa: B018
