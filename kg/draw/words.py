"""Says in plain words what the codes of the graph mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.query.properties import Properties, one
from kg.vocab.names import local_name
from kg.vocab.stance import HAPPENED

TYPE_WORDS: Mapping[str, str] = {  # what the name of a type does not say by itself
    "AGREE": "agrees, promises or invites",
    "CONSULT": "meets or talks",
    "SUPPORT": "supports in words",
    "CONCEDE": "yields in words",
    "COOPERATE": "works together",
    "RETREAT": "eases or withdraws",
    "REQUEST": "demands or asks",
    "SANCTION": "punishes or cuts ties",
    "MOBILIZE": "readies forces",
    "COERCE": "represses or seizes",
    "ASSAULT": "attacks",
}
FACTUALITY_WORDS: Mapping[str, str] = {
    "Asserted": "stated as fact",
    "Presupposed": "taken for granted",
    "Promised": "promised",
    "Invited": "invited",
    "Scheduled": "scheduled",
    "Intended": "intended",
    "Agreed": "agreed",
    "Requested": "demanded",
    "Desired": "wished for",
    "Proposed": "proposed",
    "Conditional": "only on a condition",
}
STATUS_WORDS: Mapping[str, str] = {
    "Occurred": "happened",
    "Ongoing": "going on",
    "Expected": "planned, not yet happened",
    "Hypothetical": "not reported as happened",
    "NotOccurred": "did not happen",
    "PartlyRealized": "happened in part",
    "StatusUnknown": "not known whether it happened",
}
SECTOR_WORDS: Mapping[str, str] = {  # as ontology/plover.ttl labels them
    "scheme": "PLOVER sectors",
    "COP": "police",
    "GOV": "government",
    "JUD": "judiciary",
    "LEG": "legislature",
    "MIL": "military",
    "PRM": "paramilitary",
    "PTY": "party",
    "REB": "rebels",
    "SPY": "intelligence service",
    "UAF": "unidentified armed force",
    "UNK": "unidentified",
    "AGR": "agriculture",
    "BUS": "business",
    "CRM": "criminals",
    "CVL": "civilians",
    "EDU": "education",
    "ELI": "former elite",
    "JRN": "press",
    "LAB": "labour",
    "MED": "health",
    "REF": "refugees",
    "OPP": "opposition",
    "PRE": "partly recognised entity",
    "REL": "religion",
    "SOC": "civil society",
    "IGO": "intergovernmental organisation",
    "NGO": "non-governmental organisation",
    "MNC": "multinational company",
}
_DEEDS: Mapping[tuple[str, str | None], str] = {
    ("CONSULT", None): "met",
    ("CONSULT", "visit"): "visited",
    ("CONSULT", "phone"): "talked",
    ("AGREE", None): "agreed",
    ("AID", None): "given",
    ("RETREAT", "withdraw"): "withdrawn",
    ("RETREAT", "release"): "released",
    ("MOBILIZE", None): "deployed",
}
DONE = HAPPENED
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEASONS: Mapping[str, str] = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_APPROXIMATION: Mapping[str, str] = {
    "About": "about ",
    "AtLeast": "at least ",
    "AtMost": "at most ",
    "MoreThan": "more than ",
    "LessThan": "less than ",
}


def kind_in_words(kind: str, mode: str | None) -> str:
    """Type and mode for a reader.

    >>> kind_in_words("CONSULT", "phone")
    'consult (meets or talks), phone'
    >>> kind_in_words("Statement", None)
    'statement'
    """
    words = kind.lower()
    if kind in TYPE_WORDS:
        words += f" ({TYPE_WORDS[kind]})"
    return f"{words}, {mode.replace('-', ' ')}" if mode else words


def deed_in_words(kind: str, mode: str | None) -> str:
    """What is done once such an event has happened, after "not yet".

    >>> deed_in_words("CONSULT", "visit"), deed_in_words("Statement", None)
    ('visited', 'happened')
    """
    return _DEEDS.get((kind, mode), _DEEDS.get((kind, None), "happened"))


def status_in_words(status: str, mentions: Iterable[Properties], *, deed: str = "happened") -> str:
    """Whether it happened, with how the reports put it where it did not.

    Args:
        status: local name of the event's status.
        mentions: its reports.
        deed: what would be done had it happened.

    >>> status_in_words("Expected", [{"factuality": ("x#Invited",)}])
    'invited, not yet happened'
    >>> status_in_words("Occurred", [{"polarity": ("x#Positive",)}, {"polarity": ("x#Negative",)}])
    'happened, denied by some'
    """
    words = STATUS_WORDS.get(status, status or "status not given")
    mentions = list(mentions)
    if status in DONE:
        return f"{words}, denied by some" if any(_denied(m) for m in mentions) else words
    hows = {local_name(one(m, "factuality")) for m in mentions} - {"Asserted", "Presupposed", ""}
    said = " or ".join(word for name, word in FACTUALITY_WORDS.items() if name in hows)
    if not said or status == "NotOccurred":
        return words
    return f"{said}, {f'not yet {deed}' if status == 'Expected' else words}"


def factuality_in_words(mention: Properties) -> str:
    """How one report puts the event.

    >>> factuality_in_words({"factuality": ("x#Asserted",), "polarity": ("x#Negative",)})
    'denied'
    """
    name = local_name(one(mention, "factuality"))
    words = FACTUALITY_WORDS.get(name, name)
    if _denied(mention):
        return "denied" if name in {"Asserted", "Presupposed", ""} else f"not {words}"
    return words


def when_in_words(edtf: str) -> str:
    """An EDTF time for a reader; what cannot be said more plainly is given as it is.

    >>> when_in_words("2023-11-24~/2023-12-01")
    'about 24 November 2023 to 1 December 2023'
    >>> when_in_words("2023-12-22/..")
    'since 22 December 2023'
    >>> when_in_words("XXXX-10-07")
    '7 October, year not known'
    """
    edtf = edtf.strip()
    if edtf in {"", "..", "../..", "/"}:
        return "time not known"
    between = re.fullmatch(r"\[(.+)\.\.(.+)\]", edtf)
    if between:
        return f"between {_point(between[1])} and {_point(between[2])}"
    first, slash, last = edtf.partition("/")
    if not slash:
        return _point(first)
    if last in {"", ".."}:
        return f"since {_point(first)}"
    if first in {"", ".."}:
        return f"on or before {_point(last)}"
    return f"{_point(first)} to {_point(last)}"


def figure_in_words(figure: Properties) -> str:
    """A figure with its kind and how exact it is.

    >>> kind, about = ("x#Killed",), ("x#MoreThan",)
    >>> figure_in_words({"quantityKind": kind, "approximation": about, "minValue": ("1200",)})
    'more than 1,200 killed'
    """
    kind, unit = local_name(one(figure, "quantityKind")), one(figure, "unitText")
    value = one(figure, "value", "minValue", "maxValue")
    about = _APPROXIMATION.get(local_name(one(figure, "approximation")), "")
    number = _number(value)
    unit = "" if unit in {"", "person", "persons", "people"} else f" {unit}"
    kind = "" if kind in {"", "Money", "Other", "Occurrences"} else f" {kind.lower()}"
    as_of = one(figure, "asOf")
    return f"{about}{number}{unit}{kind}" + (f" (as of {when_in_words(as_of)})" if as_of else "")


def _denied(mention: Properties) -> bool:
    return local_name(one(mention, "polarity")) == "Negative"


def _number(value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    return f"{number:,.0f}" if number.is_integer() else f"{number:,}"


def _point(text: str) -> str:
    """One date of an EDTF expression."""
    match = re.fullmatch(r"(\d{4}|XXXX|\d{3}X)(?:-(\d\d))?(?:-(\d\d))?([~?%]?)", text)
    if match is None:
        return text
    year, month, day, mark = match.groups()
    about = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(mark, "")
    if month in SEASONS and not day:
        return f"{about}{SEASONS[month]} {year}"
    if month and not 1 <= int(month) <= 12:
        return text
    named = " ".join(filter(None, [day and str(int(day)), month and MONTHS[int(month) - 1]]))
    if year == "XXXX":
        return f"{about}{named}, year not known" if named else "year not known"
    if year.endswith("X"):
        return f"{about}{year[:3]}0s"
    return f"{about}{named} {year}".replace("  ", " ") if named else f"{about}{year}"
