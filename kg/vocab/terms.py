"""The closed list of the project's own terms, as ``ontology/kg.ttl`` declares them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kg.vocab.plover import OWN_TYPES
from kg.vocab.relations import RELATION_NAMES

CLASSES: Final = (
    "Agreement",
    "Collective",
    "EntityMention",
    "EventMention",
    "ExtractionRun",
    "Group",
    "Narrator",
    "Organization",
    "Person",
    "Place",
    "Plan",
    "ProposedState",
    "Quantity",
    "State",
    "Thing",
    *OWN_TYPES,
)

SCHEMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "FactualityScheme": (
            "Factual",
            "Asserted",
            "Presupposed",
            "FutureOrIntended",
            "Promised",
            "Invited",
            "Scheduled",
            "Intended",
            "Agreed",
            "NonFactual",
            "Requested",
            "Desired",
            "Proposed",
            "Conditional",
        ),
        "PolarityScheme": ("Positive", "Negative"),
        "StatusScheme": (
            "Occurred",
            "Ongoing",
            "Expected",
            "Hypothetical",
            "NotOccurred",
            "PartlyRealized",
            "StatusUnknown",
        ),
        "ApproximationScheme": ("Exactly", "About", "AtLeast", "AtMost", "MoreThan", "LessThan"),
        "QuantityKindScheme": (
            "Killed",
            "Wounded",
            "Abducted",
            "Released",
            "Displaced",
            "Arrested",
            "Money",
            "Other",
        ),
        "TimePrecisionScheme": ("Day", "Month", "Season", "Year", "Decade", "Interval", "Unknown"),
        "TimeResolutionScheme": (
            "Explicit",
            "ResolvedFromPublicationDate",
            "ResolvedFromEvent",
            "PublicationDate",
            "Unresolved",
        ),
        "AgreementStatusScheme": (
            "Proposed",
            "Agreed",
            "InForce",
            "Extended",
            "Suspended",
            "Violated",
            "Terminated",
            "Expired",
        ),
        "AgreementKindScheme": ("Ceasefire", "Treaty", "Deal", "Memorandum", "Other"),
        "OfficeScheme": (
            "HeadOfState",
            "HeadOfGovernment",
            "ForeignMinister",
            "DefenceMinister",
            "Minister",
            "Leader",
            "Spokesperson",
            "Envoy",
            "OtherOffice",
        ),
        "EventTypeScheme": OWN_TYPES,
    }
)
"""Concept schemes with their concepts; Agreed, Proposed and Other stand in two."""

OBJECT_PROPERTIES: Final = (
    "actor",
    "addressee",
    "agreementKind",
    "agreementStatus",
    "approximation",
    "attributedTo",
    "attributedVia",
    "beneficiary",
    "cameo",
    "concept",
    "content",
    "context",
    "destination",
    "eventStatus",
    "factuality",
    "guarantor",
    "host",
    "inResponseTo",
    "instrument",
    "mediator",
    "mode",
    "origin",
    "partOf",
    "party",
    "polarity",
    "produces",
    "provides",
    "purpose",
    "quantity",
    "quantityKind",
    "recipient",
    "refersTo",
    "sameEventCandidate",
    "speaker",
    "statusAfter",
    "statusChange",
    "target",
    "theme",
    "thirdParty",
    "timePrecision",
    "timeResolution",
    "topic",
)
"""Properties from resource to resource, besides the plain relations."""

DATATYPE_PROPERTIES: Final = (
    "actorRole",
    "asOf",
    "background",
    "codedBy",
    "confidence",
    "country",
    "dateSource",
    "edtf",
    "eventKey",
    "goldstein",
    "linkRule",
    "ongoing",
    "placeKind",
    "ploverScore",
    "quadClass",
    "sameEventReason",
    "sameEventScore",
    "sentenceNumber",
    "sequence",
    "timeExpression",
    "title",
    "toolVersion",
    "trigger",
    "triggerBegin",
    "triggerEnd",
    "warning",
)

CONCEPTS: Final[frozenset[str]] = frozenset(c for concepts in SCHEMES.values() for c in concepts)

TERMS: Final[frozenset[str]] = frozenset(
    {*CLASSES, *SCHEMES, *CONCEPTS, *OBJECT_PROPERTIES, *DATATYPE_PROPERTIES, *RELATION_NAMES}
)
"""Every term in dk:, without the namespace."""
