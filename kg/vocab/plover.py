"""PLOVER's event types, modes, contexts, scores and sectors, as ``ontology/plover.ttl`` declares them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kg.errors import UsageError, unknown

_STEPS: Final = ("assist", "change", "yield", "meet")

MODES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "AGREE": (),
        "CONSULT": ("visit", "third-party", "multilateral", "phone"),
        "SUPPORT": (),
        "CONCEDE": (),
        "COOPERATE": (),
        "AID": (),
        "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
        "REQUEST": _STEPS,
        "ACCUSE": ("disapprove", "investigate", "allege"),
        "REJECT": _STEPS,
        "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
        "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
        "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
        "MOBILIZE": ("troops", "weapons", "police", "militia"),
        "COERCE": (
            "seize",
            "restrict",
            "censor",
            "curfew",
            "martial-law",
            "arrest",
            "deport",
            "withhold",
            "misinformation",
            "cyber",
        ),
        "ASSAULT": (
            "abduct",
            "beat",
            "torture",
            "sexual",
            "targeted",
            "destroy",
            "primitive",
            "firearms",
            "explosives",
            "suicide-attack",
            "aerial",
            "drone",
            "heavy-weapons",
            "crowd-control",
            "unconventional",
        ),
    }
)
"""The modes of each type, in the codebook's order; a type without modes has an empty tuple."""

TYPES: Final[tuple[str, ...]] = tuple(MODES)
"""The 16 event types, in the codebook's order."""

OWN_TYPES: Final = ("Statement", "Conflict", "Expiry", "Founding", "Governance", "Partition")
"""Event types of the project's own, for what PLOVER does not code; concepts in dk:."""

CONTEXTS: Final = (
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
)
"""What an event is about, in the codebook's order."""

QUAD_NAMES: Final = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")

QUAD: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), QUAD_NAMES[0]),
        **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), QUAD_NAMES[1]),
        **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), QUAD_NAMES[2]),
        **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), QUAD_NAMES[3]),
    }
)
"""The class of each type: words or deeds, cooperation or conflict.

The codebook's last table puts SANCTION under verbal conflict; its chapter and its summary say
material, and so does this one.
"""

SCORES: Final[Mapping[tuple[str, str | None], float]] = MappingProxyType(
    {
        ("AGREE", None): 2.5,
        ("CONSULT", None): 2.5,
        ("CONSULT", "visit"): 4.0,
        ("CONSULT", "third-party"): 1.0,
        ("CONSULT", "multilateral"): 4.0,
        ("CONSULT", "phone"): 1.5,
        ("SUPPORT", None): 5.0,
        ("CONCEDE", None): 4.5,
        ("COOPERATE", None): 9.5,
        ("AID", None): 10.0,
        ("RETREAT", None): 6.5,
        ("RETREAT", "withdraw"): 8.0,
        ("RETREAT", "release"): 6.5,
        ("RETREAT", "disarm"): 10.0,
        ("RETREAT", "ceasefire"): 7.5,
        ("RETREAT", "access"): 6.5,
        ("RETREAT", "resign"): 4.5,
        ("REQUEST", None): 0.0,
        ("REQUEST", "assist"): 0.5,
        ("REQUEST", "change"): -1.0,
        ("REQUEST", "yield"): -1.0,
        ("REQUEST", "meet"): 0.0,
        # The codebook prints 3; every mode of ACCUSE is negative, so the sign was lost in print.
        ("ACCUSE", None): -3.0,
        ("ACCUSE", "disapprove"): -2.0,
        ("ACCUSE", "investigate"): -3.5,
        ("ACCUSE", "allege"): -3.5,
        ("REJECT", None): -2.0,
        ("REJECT", "assist"): -1.5,
        ("REJECT", "change"): -2.0,
        ("REJECT", "yield"): -2.0,
        ("REJECT", "meet"): -2.0,
        ("THREATEN", None): -3.5,
        ("THREATEN", "restrict"): -3.0,
        ("THREATEN", "arrest"): -3.5,
        ("THREATEN", "relations"): -3.5,
        ("THREATEN", "expel"): -3.5,
        ("THREATEN", "territory"): -4.0,
        ("THREATEN", "violence"): -3.5,
        ("PROTEST", None): -5.0,
        ("PROTEST", "demo"): -5.0,
        ("PROTEST", "riot"): -7.0,
        ("PROTEST", "strike"): -5.0,
        ("PROTEST", "hunger"): -4.5,
        ("PROTEST", "boycott"): -4.5,
        ("PROTEST", "obstruct"): -4.5,
        ("SANCTION", None): -6.0,
        ("SANCTION", "convict"): -6.0,
        ("SANCTION", "expel"): -5.5,
        ("SANCTION", "withdraw"): -6.0,
        ("SANCTION", "discontinue"): -6.0,
        ("MOBILIZE", None): -5.5,
        ("MOBILIZE", "troops"): -6.5,
        ("MOBILIZE", "weapons"): -6.5,
        ("MOBILIZE", "police"): -5.5,
        ("MOBILIZE", "militia"): -6.0,
        ("COERCE", None): -7.0,
        ("COERCE", "seize"): -7.0,
        ("COERCE", "restrict"): -7.0,
        ("COERCE", "censor"): -6.5,
        ("COERCE", "curfew"): -6.5,
        ("COERCE", "martial-law"): -7.5,
        ("COERCE", "arrest"): -7.0,
        ("COERCE", "deport"): -7.0,
        ("COERCE", "withhold"): -7.0,
        ("COERCE", "misinformation"): -6.5,
        ("COERCE", "cyber"): -7.0,
        ("ASSAULT", None): -9.0,
        ("ASSAULT", "abduct"): -8.5,
        ("ASSAULT", "beat"): -7.5,
        ("ASSAULT", "torture"): -8.5,
        ("ASSAULT", "sexual"): -8.5,
        ("ASSAULT", "targeted"): -9.5,
        ("ASSAULT", "destroy"): -8.5,
        ("ASSAULT", "primitive"): -8.0,
        ("ASSAULT", "firearms"): -9.0,
        ("ASSAULT", "explosives"): -9.0,
        ("ASSAULT", "suicide-attack"): -9.5,
        ("ASSAULT", "aerial"): -9.5,
        ("ASSAULT", "drone"): -9.5,
        ("ASSAULT", "heavy-weapons"): -9.5,
        ("ASSAULT", "crowd-control"): -7.5,
        ("ASSAULT", "unconventional"): -10.0,
    }
)
"""Scores from -10 (most hostile) to 10 (most cooperative) as the codebook prints them."""

SECTORS: Final = (
    "COP",
    "GOV",
    "JUD",
    "LEG",
    "MIL",
    "PRM",
    "PTY",
    "REB",
    "SPY",
    "UAF",
    "UNK",
    "AGR",
    "BUS",
    "CRM",
    "CVL",
    "EDU",
    "ELI",
    "JRN",
    "LAB",
    "MED",
    "REF",
    "OPP",
    "PRE",
    "REL",
    "SOC",
    "IGO",
    "NGO",
    "MNC",
)
"""Sectors of actors: PLOVER's codes, and for bodies of no state IGO, NGO and MNC.

In PLOVER, unlike CAMEO, MED is health and JRN the press.
"""

STATE_SECTORS: Final = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
"""Sectors of those who act for a state."""


def check_type(type_: str, mode: str | None = None) -> None:
    """Make sure that a type, and its mode if given, exist.

    Raises:
        UsageError: The type is neither PLOVER's nor one's own, or has no such mode.

    >>> check_type("CONSULT", "phone")
    """
    if type_ not in MODES and type_ not in OWN_TYPES:
        raise UsageError(unknown("event type", type_, (*TYPES, *OWN_TYPES)))
    modes = MODES.get(type_, ())
    if mode is not None and mode not in modes:
        if not modes:
            raise UsageError(f"unknown mode {mode!r}; {type_} has no modes")
        raise UsageError(unknown(f"mode of {type_}", mode, modes))


def score(type_: str, mode: str | None = None) -> float | None:
    """Give the conflict-cooperation score of a type and mode, -10 to 10.

    A mode that the codebook leaves without a score has its type's; the project's own types have none.

    Raises:
        UsageError: There is no such type or mode.

    >>> score("CONSULT", "phone"), score("PROTEST", "vandalize"), score("Statement")
    (1.5, -5.0, None)
    """
    check_type(type_, mode)
    return SCORES.get((type_, mode), SCORES.get((type_, None)))
