"""Two reports made one event: mentions are kept, facts are joined, the score is written."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Event, Participant, Place, Quantity, When


def merged(first: Event, second: Event, likeness: float, why: str = "") -> Event:
    """The event of both reports, under the first one's key, with the score and the reasons of the match.

    Participants of the first report come first; the second adds only those of other countries,
    so that "Putin" and "Russia" do not become two sides.
    """
    joined = replace(
        first,
        mode=first.mode or second.mode,
        cameo=first.cameo or second.cameo,
        contexts=tuple(sorted({*first.contexts, *second.contexts})),
        actors=_people(first.actors, second.actors),
        recipients=_people(first.recipients, second.recipients),
        third_parties=_people(first.third_parties, second.third_parties),
        place=_nearer(first.place, second.place),
        when=_finer(first.when, second.when),
        quantities=_figures(first.quantities, second.quantities),
        topics=tuple(dict.fromkeys([*first.topics, *second.topics])),
        instrument=first.instrument or second.instrument,
        content=tuple(dict.fromkeys([*first.content, *second.content])),
        in_response_to=tuple(dict.fromkeys([*first.in_response_to, *second.in_response_to])),
        causes=tuple(dict.fromkeys([*first.causes, *second.causes])),
        same_as=(*first.same_as, *second.same_as, (second.key, likeness)),
        same_because=(*first.same_because, *second.same_because, *([(second.key, why)] if why else [])),
        mentions=(*first.mentions, *second.mentions),
    )
    return joined.rolled_up()


def _people(first: tuple[Participant, ...], second: tuple[Participant, ...]) -> tuple[Participant, ...]:
    known = {p.actor.country or p.actor.id for p in first} | {p.actor.id for p in first}
    return (
        *first,
        *(p for p in second if p.actor.id not in known and (p.actor.country or p.actor.id) not in known),
    )


def _finer(a: When | None, b: When | None) -> When | None:
    if a is None or b is None:
        return a or b
    order = ("Day", "Interval", "Month", "Season", "Year", "Decade", "Unknown")
    return a if order.index(a.precision) <= order.index(b.precision) else b


def _nearer(a: Place | None, b: Place | None) -> Place | None:
    """The first place, or the second where the first one only names the country around it."""
    if a is not None and b is not None and a.kind == "country" and b.kind != "country" and a.country == b.country:
        return b
    return a or b


def _figures(a: tuple[Quantity, ...], b: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    known = {(q.kind, q.value, q.approximation, q.unit) for q in a}
    return (*a, *(q for q in b if (q.kind, q.value, q.approximation, q.unit) not in known))
