"""Where an article is at home: the state that a title or a "police" without a country belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.lexicon import Lexicon
from kg.model import Actor
from kg.resolve.names import Hit

_FEWEST = 2
"""How often the foremost state must be named to be taken."""


def home(lexicon: Lexicon, dateline: str | None, hits: Iterable[Hit]) -> Actor | None:
    """The state of the dateline if the article speaks of it, else the one state that it names most.

    News is filed from Geneva or Brussels on states far away; then those are what "the army" is about.
    Where several states are spoken of alike it is none.
    """
    named = Counter(state for hit in hits if (state := _state(lexicon, hit)))
    filed = dateline_state(lexicon, dateline)
    most = sorted(named.items(), key=lambda item: (-item[1], item[0]))
    top = most[0][1] if most else 0
    if filed is not None and 2 * named[filed.id] >= top:
        return filed
    if top >= _FEWEST and (len(most) == 1 or top >= 2 * most[1][1]):
        return lexicon.actors[most[0][0]]
    return None


def dateline_state(lexicon: Lexicon, dateline: str | None) -> Actor | None:
    """The state whose city the dateline names."""
    if not dateline:
        return None
    for name in (dateline, *reversed([p.strip() for p in dateline.split(",")])):
        for sense in lexicon.senses(name.title() if name.isupper() else name):
            place = lexicon.places.get(sense.entity)
            if place is not None and (state := lexicon.states.get(place.country or "")):
                return lexicon.actors[state]
    return None


def _state(lexicon: Lexicon, hit: Hit) -> str | None:
    """The state that a name belongs to: its own, its demonym's, its capital's, its office holder's."""
    for sense in hit.senses:
        actor, place = lexicon.actors.get(sense.entity), lexicon.places.get(sense.entity)
        country = actor.country if actor and not sense.place else place.country if place else None
        if country is not None and country in lexicon.states:
            return lexicon.states[country]
    return None
