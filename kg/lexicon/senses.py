"""What a name can mean: every name, alias, demonym, capital and seat with the entity it points to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.lexicon.keys import fold, name_key
from kg.lexicon.tables import Row


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a name.

    >>> Sense("who", "acronym", "WHO", case_sensitive=True).fits("Who")
    False
    """

    entity: str
    """Id of an actor, or of a place where ``place`` is set."""
    kind: str
    """name, alias, acronym, demonym, capital (of the state) or seat (of the government or body)."""
    written: str
    """The name as the table writes it."""
    place: bool = False
    case_sensitive: bool = False
    """Whether the words only mean this when written with the same capitals (WHO), or with one (Turkey)."""
    weak: bool = False
    """Whether the name needs support from its context, as Jordan (also a surname) does."""
    preferred: bool = False
    """Whether the lexicon declares it the usual meaning of a name that several entities bear."""

    def fits(self, text: str) -> bool:
        """Whether the capitals of the text allow this meaning."""
        if not self.case_sensitive:
            return True
        if self.kind == "acronym":
            return text.replace(".", "") == self.written.replace(".", "")
        return text[:1].isupper() or text[:1].isdigit() or text[:1] == self.written[:1]


Names = Mapping[tuple[str, ...], tuple[Sense, ...]]


def kind_of(written: str, *, first: bool) -> str:
    """acronym for a word in capitals such as NATO or U.S., else name for the first name and alias.

    >>> kind_of("U.N.", first=False), kind_of("EFTAplus", first=False)
    ('acronym', 'alias')
    """
    letters = [c for c in written if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    short = " " not in written and len(letters) <= 8
    if short and len(letters) > 1 and upper >= max(2, len(letters) - 1):
        return "acronym"
    return "name" if first else "alias"


def row_senses(row: Row, *, place: bool) -> Iterator[Sense]:
    """The senses of one row's name, aliases and demonyms."""
    weak = {fold(name) for name in row.items("context")}
    names = [(name, kind_of(name, first=i == 0)) for i, name in enumerate((row["name"], *row.items("aliases")))]
    for written, kind in [*names, *((d, "demonym") for d in row.items("demonyms"))]:
        yield Sense(
            entity=row["id"],
            kind=kind,
            written=written,
            place=place,
            case_sensitive=kind in ("acronym", "demonym") or len(name_key(written)) == 1,
            weak=fold(written) in weak,
        )


def metonyms(row: Row, place: Row, kind: str) -> Iterator[Sense]:
    """The names of a place as names of the state or body that sits there."""
    for sense in row_senses(place, place=False):
        if sense.kind != "demonym":
            yield replace(sense, entity=row["id"], kind=kind)


def index(senses: Iterable[Sense], ambiguous: Iterable[Row]) -> Names:
    """The senses by key, preferred meanings first, then in the order given."""
    usual = {name_key(row["name"]): row["preferred"] for row in ambiguous}
    names: dict[tuple[str, ...], dict[tuple[str, str, bool], Sense]] = {}
    for sense in senses:
        key = name_key(sense.written)
        if usual.get(key) == sense.entity:
            sense = replace(sense, preferred=True)
        names.setdefault(key, {}).setdefault((sense.entity, sense.kind, sense.place), sense)
    return {key: tuple(sorted(found.values(), key=lambda s: not s.preferred)) for key, found in names.items()}
