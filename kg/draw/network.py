"""For those who know pyvis: its Network, written as a page that opens without a network."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pyvis.network import Network

from kg.draw.compose import ranges_of
from kg.draw.facts import Facts
from kg.draw.layout import place
from kg.draw.palette import legend_of
from kg.draw.picture import ActorNode, Edge, Party, Picture, PictureEvent
from kg.draw.render import render
from kg.errors import ExportError


class KGNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network that draws a ``Picture``, or the nodes and edges added to it, on kg's own page.

    Text is shown as text and never runs, the layout is computed here and not in the browser, and the
    page asks no other computer for anything. Options of pyvis that style its own template do nothing.

    >>> net = KGNetwork()
    >>> net.add_node("a", label="Alpha"); net.add_node("b", label="<b>Beta</b>")
    >>> net.add_edge("a", "b", title="signs a treaty with")
    >>> "<b>Beta" in net.generate_html()
    False
    """

    def __init__(self, picture: Picture | None = None, **options: Any) -> None:
        """Start with a picture, or empty; ``options`` are those of ``pyvis.network.Network``."""
        super().__init__(**options)
        self.picture = picture

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The page as text; the arguments are those of pyvis and change nothing."""
        del name, local, notebook
        return render(self.picture if self.picture is not None else self._own_picture())

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page to a file, in UTF-8.

        Raises:
            ExportError: the file cannot be written.
        """
        text = self.generate_html(name, local, notebook)
        try:
            Path(name).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise ExportError(f"{name}: cannot be written: {error.strerror}") from error
        if open_browser:
            import webbrowser

            webbrowser.open(Path(name).resolve().as_uri())

    def save_graph(self, name: str) -> None:
        """The same as ``write_html``."""
        self.write_html(name)

    def show(self, name: str, local: bool = True, notebook: bool = False) -> Any:
        """Write the page to a file; in a notebook, also give a frame that shows it.

        Raises:
            ExportError: the file cannot be written.
        """
        self.write_html(name, local, notebook)
        if not notebook:
            return None
        from IPython.display import IFrame

        return IFrame(name, width=self.width, height=self.height)

    def _own_picture(self) -> Picture:
        """What was added with ``add_node`` and ``add_edge``: each edge an event without evidence."""
        events = tuple(_event(i, edge) for i, edge in enumerate(self.edges))
        counts = {str(node["id"]): 0 for node in self.nodes}
        for event in events:
            for actor in event.actors:
                counts[actor] = counts.get(actor, 0) + 1
        nodes = tuple(_node(node, counts) for node in self.nodes)
        edges = tuple(
            Edge(a=e.actors[0], b=e.actors[1], stance=e.stance, done=e.done, events=(e.id,))
            for e in events
            if len(e.actors) == 2
        )
        placed, _ = place(nodes, edges, ())
        return Picture(
            title=str(self.heading or "Network"),
            nodes=placed,
            edges=edges,
            events=events,
            legend=legend_of(placed, Facts()),
            ranges=ranges_of(events),
        )


def _node(node: dict[str, Any], counts: dict[str, int]) -> ActorNode:
    name = str(node["id"])
    return ActorNode(
        id=name,
        label=str(node.get("label") or name),
        kind=str(node.get("kind") or "other"),
        country=node.get("country"),
        events=counts[name],
    )


def _event(number: int, edge: dict[str, Any]) -> PictureEvent:
    source, target = str(edge["from"]), str(edge["to"])
    words = str(edge.get("title") or edge.get("label") or "edge")
    digest = hashlib.sha256(f"{number} {source} {target}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return PictureEvent(
        id=f"urn:edge:{digest}",
        label=words,
        type="Edge",
        mode=None,
        kind_words=words,
        stance="neutral",
        status="Occurred",
        status_words="as given",
        when_words="time not known",
        done=True,
        parties=tuple(sorted({Party("actor", source), Party("recipient", target)})),
    )
