"""The text of the page: the same every time, closed to the outside, deaf to hostile text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser

from kg.draw import Picture, draw
from kg.draw.draw import picture
from kg.draw.payload import payload
from kg.draw.render import PAGE, VENDOR, render
from kg.store import Store


class Tags(HTMLParser):
    """Every tag with its attributes, and the text of each script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "script" and data.strip():
            self.scripts.append(data)


def policy(html: str) -> str:
    [found] = [a["content"] for t, a in Tags(html).tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert found
    return found


def test_the_same_store_gives_the_same_bytes(store: Store) -> None:
    assert draw(store) == draw(store)


def test_the_same_picture_gives_the_same_bytes_in_another_process() -> None:
    code = "from kg.draw import Picture; from kg.draw.render import render; import hashlib; print(hashlib.sha256(render(Picture()).encode()).hexdigest())"
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert there == hashlib.sha256(render(Picture()).encode()).hexdigest()


def test_no_tag_points_to_the_outside(store: Store) -> None:
    pointing = [
        (tag, name, value)
        for tag, attributes in Tags(draw(store)).tags
        for name, value in attributes.items()
        if name in {"src", "srcset", "href", "action", "data", "poster", "style", "srcdoc"} or name.startswith("on")
    ]
    assert pointing == [("link", "href", "data:,"), ("a", "href", "#table-heading")]


def test_the_policy_allows_only_the_scripts_of_the_page(store: Store) -> None:
    html = draw(store)
    rules = policy(html)
    run = [a for t, a in Tags(html).tags if t == "script" and a.get("type") != "application/json"]
    texts = re.findall(r"<script>(.*?)</script>", html, re.S)
    assert len(texts) == len(run) == 3
    for text in texts:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in rules
    assert "default-src 'none'" in rules
    assert "connect-src 'none'" in rules
    assert "unsafe" not in rules


def test_hostile_text_adds_no_tag(hostile_store: Store, store: Store) -> None:
    kinds = [tag for tag, _ in Tags(draw(hostile_store)).tags]
    assert kinds == [tag for tag, _ in Tags(draw(store)).tags]


def test_hostile_text_arrives_whole_in_the_data(hostile_store: Store) -> None:
    html = draw(hostile_store)
    [block] = re.findall(r'<script id="data" type="application/json">(.*?)</script>', html, re.S)
    labels = {node["label"] for node in json.loads(block)["nodes"]}
    assert "</script><script>window.hacked=1</script>" in labels
    assert "line\u2028window.hacked=1" in labels
    assert "<" not in block
    assert "\u2028" not in block


def test_only_web_addresses_become_links(hostile_store: Store) -> None:
    links = {a.get("link") for a in payload(picture(hostile_store))["articles"]}
    assert links == {None, 'https://evil.example/"onclick=window.hacked=1'}


def test_a_hostile_title_is_escaped() -> None:
    html = render(Picture(title="</title><script>x</script> \ud800"))
    assert "</title><script>x" not in html
    assert html.encode("utf-8")


def test_an_empty_store_gives_a_page(fill: Callable[[str], Store]) -> None:
    assert 'id="empty"' in draw(fill(""))


def test_our_scripts_never_write_markup() -> None:
    text = "".join(path.read_text("utf-8") for path in sorted(PAGE.glob("*.js")))
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")
    assert [word for word in forbidden if word in text] == []


def test_the_vendored_library_is_the_one_that_its_note_names() -> None:
    note = (VENDOR / "README.md").read_text("utf-8")
    text = (VENDOR / "vis-network.min.js").read_bytes()
    assert hashlib.sha256(text).hexdigest() in note
    [version] = re.findall(rb"@version (\S+)", text)
    assert f"version {version.decode()}" in note


def test_the_outline_of_the_world_is_the_one_that_its_note_names() -> None:
    text = (VENDOR / "world.path").read_bytes()
    assert hashlib.sha256(text).hexdigest() in (VENDOR / "README.md").read_text("utf-8")
    assert re.fullmatch(rb"[-MLZ0-9.,\n]+", text)


def test_importing_the_package_does_not_import_pyvis() -> None:
    code = "import kg.draw, sys; print('pyvis' in sys.modules, 'networkx' in sys.modules)"
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert there.stdout.split() == ["False", "False"]
