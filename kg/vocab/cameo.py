"""The crosswalk between CAMEO and PLOVER, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kg.errors import UsageError
from kg.vocab.cameo_codes import CODES, GOLDSTEIN, Coding
from kg.vocab.plover import check_type

__all__ = ["CLOSEST", "CODES", "GOLDSTEIN", "Coding", "cameo_for", "goldstein", "plover_for"]

CLOSEST: Final[Mapping[tuple[str, str | None], str]] = MappingProxyType(
    {
        ("AGREE", None): "030",
        ("CONSULT", None): "040",
        ("CONSULT", "visit"): "042",
        ("CONSULT", "third-party"): "044",
        ("CONSULT", "multilateral"): "040",
        ("CONSULT", "phone"): "041",
        ("SUPPORT", None): "050",
        ("CONCEDE", None): "080",
        ("COOPERATE", None): "060",
        ("AID", None): "070",
        ("RETREAT", None): "08",
        ("RETREAT", "withdraw"): "0874",
        ("RETREAT", "release"): "0841",
        ("RETREAT", "disarm"): "0873",
        ("RETREAT", "ceasefire"): "0871",
        ("RETREAT", "access"): "086",
        ("RETREAT", "resign"): "08",
        ("REQUEST", None): "020",
        ("REQUEST", "assist"): "020",
        ("REQUEST", "change"): "024",
        ("REQUEST", "yield"): "025",
        ("REQUEST", "meet"): "026",
        ("ACCUSE", None): "110",
        ("ACCUSE", "disapprove"): "110",
        ("ACCUSE", "investigate"): "090",
        ("ACCUSE", "allege"): "112",
        ("REJECT", None): "120",
        ("REJECT", "assist"): "121",
        ("REJECT", "change"): "123",
        ("REJECT", "yield"): "124",
        ("REJECT", "meet"): "125",
        ("THREATEN", None): "130",
        ("THREATEN", "restrict"): "132",
        ("THREATEN", "arrest"): "130",
        ("THREATEN", "relations"): "1313",
        ("THREATEN", "expel"): "136",
        ("THREATEN", "territory"): "1382",
        ("THREATEN", "violence"): "138",
        ("PROTEST", None): "140",
        ("PROTEST", "demo"): "141",
        ("PROTEST", "riot"): "145",
        ("PROTEST", "strike"): "143",
        ("PROTEST", "hunger"): "142",
        ("PROTEST", "boycott"): "143",
        ("PROTEST", "obstruct"): "144",
        ("PROTEST", "vandalize"): "140",
        ("SANCTION", None): "160",
        ("SANCTION", "convict"): "116",
        ("SANCTION", "expel"): "166",
        ("SANCTION", "withdraw"): "160",
        ("SANCTION", "discontinue"): "160",
        ("MOBILIZE", None): "150",
        ("MOBILIZE", "troops"): "154",
        ("MOBILIZE", "weapons"): "150",
        ("MOBILIZE", "police"): "153",
        ("MOBILIZE", "militia"): "150",
        ("COERCE", None): "170",
        ("COERCE", "seize"): "171",
        ("COERCE", "restrict"): "172",
        ("COERCE", "censor"): "1721",
        ("COERCE", "curfew"): "1723",
        ("COERCE", "martial-law"): "1724",
        ("COERCE", "arrest"): "173",
        ("COERCE", "deport"): "174",
        ("COERCE", "withhold"): "170",
        ("COERCE", "misinformation"): "170",
        ("COERCE", "cyber"): "170",
        ("ASSAULT", None): "190",
        ("ASSAULT", "abduct"): "181",
        ("ASSAULT", "beat"): "182",
        ("ASSAULT", "torture"): "1822",
        ("ASSAULT", "sexual"): "1821",
        ("ASSAULT", "targeted"): "186",
        ("ASSAULT", "destroy"): "1712",
        ("ASSAULT", "primitive"): "182",
        ("ASSAULT", "firearms"): "193",
        ("ASSAULT", "explosives"): "183",
        ("ASSAULT", "suicide-attack"): "1831",
        ("ASSAULT", "aerial"): "195",
        ("ASSAULT", "drone"): "195",
        ("ASSAULT", "heavy-weapons"): "194",
        ("ASSAULT", "crowd-control"): "175",
        ("ASSAULT", "unconventional"): "204",
        ("Statement", None): "010",
    }
)
"""The code closest to each type and mode; where none is close, the narrowest that is wide enough."""


def plover_for(cameo: str) -> Coding:
    """Give the type, mode and contexts that stand for a CAMEO code.

    Raises:
        UsageError: There is no such code.

    >>> plover_for("041")
    Coding(type='CONSULT', mode='phone', contexts=())
    """
    if cameo not in CODES:
        raise UsageError(f"unknown CAMEO code {cameo!r}; codes are strings of two to four digits such as '041'")
    return CODES[cameo]


def cameo_for(type_: str, mode: str | None = None) -> str | None:
    """Give the CAMEO code closest to a type and mode; None for what CAMEO does not code.

    Raises:
        UsageError: There is no such type or mode.

    >>> cameo_for("CONSULT", "phone"), cameo_for("Statement"), cameo_for("Founding")
    ('041', '010', None)
    """
    check_type(type_, mode)
    return CLOSEST.get((type_, mode))


def goldstein(cameo: str) -> float:
    """Give a code's Goldstein score, or its broader code's where it has none of its own.

    Raises:
        UsageError: There is no such code.

    >>> goldstein("057"), goldstein("1213")
    (8.0, -4.0)
    """
    plover_for(cameo)
    return GOLDSTEIN[cameo] if cameo in GOLDSTEIN else goldstein(cameo[:-1])
