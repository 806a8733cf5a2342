"""What the writing process does for each kind of change."""

from __future__ import annotations

from pathlib import Path

from kg.serve.asked import Change
from kg.store.updates import Over
from kg.store.updating import UpdatableStore


class Changing(UpdatableStore):
    """A store that takes changes as the service's writer sends them."""

    def change(self, change: Change) -> bool:
        """Carry out a change; whether the graph was there before, of an update true.

        Raises:
            QueryError: It is wrong or refused, as ``kg.store.updating`` has it; nothing is changed.
            StoreError: The disk refuses; nothing is changed.
        """
        if change.kind == "update":
            self.update(change.sparql, base_iri=change.base, over=Over(change.using, change.using_named))
            return True
        if change.kind == "delete":
            return self.drop_graph(change.graph)
        base, add = change.graph or change.base, change.kind == "post"
        return self.write_graph(change.graph, change.body, change.body_media, base_iri=base, add=add)


def opened(folder: str, holder: int) -> Changing:
    """The store in a folder, which other writers are told that this process holds."""
    return Changing(Path(folder), holder=holder)
