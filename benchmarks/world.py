"""The actors and places of a synthetic world: states with their leaders, ministries, armies, rebels and cities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.model import Actor, Place

_STATES = (
    "AGO Angola,ARG Argentina,ARM Armenia,AUS Australia,AZE Azerbaijan,BEL Belgium,BGD Bangladesh,BRA Brazil,"
    "CAN Canada,CHL Chile,CHN China,COL Colombia,CUB Cuba,CYP Cyprus,DEU Germany,DZA Algeria,ECU Ecuador,EGY Egypt,"
    "ERI Eritrea,ESP Spain,ETH Ethiopia,FIN Finland,FRA France,GBR United Kingdom,GEO Georgia,GRC Greece,HUN Hungary,"
    "IDN Indonesia,IND India,IRN Iran,IRQ Iraq,ISR Israel,ITA Italy,JOR Jordan,JPN Japan,KAZ Kazakhstan,KEN Kenya,"
    "KOR South Korea,LBN Lebanon,LBY Libya,MAR Morocco,MEX Mexico,MLI Mali,MMR Myanmar,NGA Nigeria,NOR Norway,"
    "PAK Pakistan,PHL Philippines,POL Poland,PRK North Korea,QAT Qatar,ROU Romania,RUS Russia,SAU Saudi Arabia,"
    "SDN Sudan,SRB Serbia,SYR Syria,TUR Turkey,UKR Ukraine,USA United States,VEN Venezuela,VNM Vietnam,YEM Yemen,"
    "ZAF South Africa"
)
_BODIES = ("United Nations", "European Union", "African Union", "Arab League", "Red Cross", "World Bank")
_WIRES = ("The Wire", "Morning Post", "World Service", "Daily Record", "Press Agency", "Evening Herald")


@dataclass(frozen=True, slots=True)
class World:
    """Who and where; the lists have a fixed order."""

    actors: tuple[Actor, ...]
    """Six of each state, then the bodies of many states."""
    places: tuple[Place, ...]
    """Four cities of each state."""
    wires: tuple[Actor, ...]
    """Publishers."""


@cache
def world() -> World:
    """The world of every synthetic graph.

    >>> len(world().actors), len(world().places)
    (390, 256)
    """
    actors: list[Actor] = []
    places: list[Place] = []
    for number, line in enumerate(_STATES.split(",")):
        code, _, name = line.partition(" ")
        slug = name.lower().replace(" ", "-")
        own = {"country": code, "part_of": slug}
        actors += [
            Actor(id=slug, name=name, kind="state", country=code, wikidata=f"Q{100 + number}", geonames=str(number)),
            Actor(id=f"{slug}-leader", name=f"President of {name}", kind="person", sector="GOV", **own),
            Actor(id=f"{slug}-ministry", name=f"{name} Foreign Ministry", kind="organization", sector="GOV", **own),
            Actor(id=f"{slug}-army", name=f"{name} Army", kind="organization", sector="MIL", **own),
            Actor(id=f"{slug}-front", name=f"{name} Liberation Front", kind="group", country=code, sector="REB"),
            Actor(id=f"{slug}-opposition", name=f"{name} Opposition", kind="group", country=code, sector="OPP"),
        ]
        places += [
            Place(id=f"{slug}-city-{n}", name=f"{where} of {name}", kind="city", country=code, within=slug)
            for n, where in enumerate(("Capital", "Port", "North", "Border Town"))
        ]
    actors += [Actor(id=b.lower().replace(" ", "-"), name=b, kind="organization", sector="IGO") for b in _BODIES]
    wires = [Actor(id=w.lower().replace(" ", "-"), name=w, kind="organization", sector="JRN") for w in _WIRES]
    return World(tuple(actors), tuple(places), tuple(wires))
