"""The plain property that says, in one triple, who did what to whom.

An event that occurred and has both sides known also writes ``actor relation recipient``, such as
``ent:putin dk:phoned ent:abbas``. The property of a mode is a sub-property of its type's.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kg.vocab.plover import check_type

RELATIONS: Final[Mapping[tuple[str, str | None], str]] = MappingProxyType(
    {
        ("AGREE", None): "agreedWith",
        ("CONSULT", None): "consultedWith",
        ("CONSULT", "visit"): "visited",
        ("CONSULT", "third-party"): "metWith",
        ("CONSULT", "multilateral"): "conferredWith",
        ("CONSULT", "phone"): "phoned",
        ("SUPPORT", None): "supported",
        ("CONCEDE", None): "concededTo",
        ("COOPERATE", None): "cooperatedWith",
        ("AID", None): "aided",
        ("RETREAT", None): "retreatedFor",
        ("RETREAT", "withdraw"): "withdrewFrom",
        ("RETREAT", "release"): "released",
        ("RETREAT", "disarm"): "disarmedFor",
        ("RETREAT", "ceasefire"): "ceasedFireWith",
        ("RETREAT", "access"): "gaveAccessTo",
        ("RETREAT", "resign"): "resignedFrom",
        ("REQUEST", None): "requestedFrom",
        ("REQUEST", "assist"): "soughtHelpFrom",
        ("REQUEST", "change"): "demandedChangeFrom",
        ("REQUEST", "yield"): "calledOnToYield",
        ("REQUEST", "meet"): "askedToMeet",
        ("ACCUSE", None): "accused",
        ("ACCUSE", "disapprove"): "criticized",
        ("ACCUSE", "investigate"): "investigated",
        ("ACCUSE", "allege"): "allegedAgainst",
        ("REJECT", None): "rejected",
        ("REJECT", "assist"): "refusedHelpTo",
        ("REJECT", "change"): "refusedToChangeFor",
        ("REJECT", "yield"): "refusedToYieldTo",
        ("REJECT", "meet"): "refusedToMeet",
        ("THREATEN", None): "threatened",
        ("THREATEN", "restrict"): "threatenedToRestrict",
        ("THREATEN", "arrest"): "threatenedToArrest",
        ("THREATEN", "relations"): "threatenedToBreakWith",
        ("THREATEN", "expel"): "threatenedToExpel",
        ("THREATEN", "territory"): "threatenedTerritoryOf",
        ("THREATEN", "violence"): "threatenedWithViolence",
        ("PROTEST", None): "protestedAgainst",
        ("PROTEST", "demo"): "demonstratedAgainst",
        ("PROTEST", "riot"): "riotedAgainst",
        ("PROTEST", "strike"): "wentOnStrikeAgainst",
        ("PROTEST", "hunger"): "wentOnHungerStrikeAgainst",
        ("PROTEST", "boycott"): "boycotted",
        ("PROTEST", "obstruct"): "obstructed",
        ("PROTEST", "vandalize"): "vandalized",
        ("SANCTION", None): "sanctioned",
        ("SANCTION", "convict"): "convicted",
        ("SANCTION", "expel"): "expelled",
        ("SANCTION", "withdraw"): "withdrewCooperationFrom",
        ("SANCTION", "discontinue"): "cutTiesWith",
        ("MOBILIZE", None): "mobilizedAgainst",
        ("MOBILIZE", "troops"): "mobilizedTroopsAgainst",
        ("MOBILIZE", "weapons"): "readiedWeaponsAgainst",
        ("MOBILIZE", "police"): "mobilizedPoliceAgainst",
        ("MOBILIZE", "militia"): "mobilizedMilitiaAgainst",
        ("COERCE", None): "coerced",
        ("COERCE", "seize"): "seizedFrom",
        ("COERCE", "restrict"): "restricted",
        ("COERCE", "censor"): "censored",
        ("COERCE", "curfew"): "imposedCurfewOn",
        ("COERCE", "martial-law"): "imposedMartialLawOn",
        ("COERCE", "arrest"): "arrested",
        ("COERCE", "deport"): "deported",
        ("COERCE", "withhold"): "withheldSuppliesFrom",
        ("COERCE", "misinformation"): "spreadFalsehoodsAgainst",
        ("COERCE", "cyber"): "hacked",
        ("ASSAULT", None): "attacked",
        ("ASSAULT", "abduct"): "abducted",
        ("ASSAULT", "beat"): "beat",
        ("ASSAULT", "torture"): "tortured",
        ("ASSAULT", "sexual"): "sexuallyAssaulted",
        ("ASSAULT", "targeted"): "targetedToKill",
        ("ASSAULT", "destroy"): "destroyedPropertyOf",
        ("ASSAULT", "primitive"): "attackedWithPrimitiveWeapons",
        ("ASSAULT", "firearms"): "shotAt",
        ("ASSAULT", "explosives"): "bombed",
        ("ASSAULT", "suicide-attack"): "attackedBySuicide",
        ("ASSAULT", "aerial"): "struckFromTheAir",
        ("ASSAULT", "drone"): "struckByDrone",
        ("ASSAULT", "heavy-weapons"): "bombarded",
        ("ASSAULT", "crowd-control"): "dispersed",
        ("ASSAULT", "unconventional"): "attackedWithUnconventionalWeapons",
        ("Statement", None): "addressed",
        ("Conflict", None): "inConflictWith",
        ("Expiry", None): "sawExpire",
        ("Founding", None): "founded",
        ("Governance", None): "governed",
        ("Partition", None): "partitioned",
    }
)
"""The plain property of each type and mode, without its namespace."""

BY_CAMEO: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("AGREE", "036"): "agreedToMeet",
        ("CONSULT", "045"): "mediated",
        ("CONSULT", "046"): "negotiatedWith",
        ("SUPPORT", "051"): "praised",
        ("SUPPORT", "054"): "recognized",
        ("SUPPORT", "057"): "signedWith",
        ("CONCEDE", "055"): "apologizedTo",
        ("CONCEDE", "056"): "forgave",
        ("AID", "072"): "gaveMilitaryAidTo",
        ("AID", "073"): "gaveHumanitarianAidTo",
        ("AID", "075"): "grantedAsylumTo",
    }
)
"""Sharper properties for types without a mode that says as much, by type and CAMEO code."""

MEDIATED: Final = "mediated"
"""From a mediator to each side, or to the agreement that came of it."""

INVITED: Final = "invited"
"""A kind of agreedToMeet, for coders that can tell an invitation from a plan; no code says it."""

SYMMETRIC: Final = frozenset(
    {
        "conferredWith",
        "consultedWith",
        "cooperatedWith",
        "inConflictWith",
        "metWith",
        "negotiatedWith",
        "phoned",
        "signedWith",
    }
)
"""Properties that hold both ways: what several actors did together is true from each to each."""

RELATION_NAMES: Final[tuple[str, ...]] = tuple(
    sorted({*RELATIONS.values(), *BY_CAMEO.values(), MEDIATED, INVITED, "relatedTo"})
)
"""Every plain property; all are sub-properties of relatedTo."""


def relation(type_: str, mode: str | None = None, cameo: str | None = None) -> str:
    """Give the name of the plain property for an event's type and mode.

    Args:
        type_: A PLOVER type or one of the project's own.
        mode: A mode of that type; a known mode decides before the code.
        cameo: The event's CAMEO code, which says more where the type has no modes.

    Raises:
        UsageError: There is no such type or mode.

    >>> relation("CONSULT", "phone"), relation("SUPPORT", None, "054")
    ('phoned', 'recognized')
    """
    check_type(type_, mode)
    if mode is None and cameo is not None:
        return BY_CAMEO.get((type_, cameo), RELATIONS[type_, None])
    return RELATIONS[type_, mode]
