"""The namespaces that the graph uses, and the prefixes under which queries and exports know them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

BASE: Final = "https://w3id.org/dekg/"

DK: Final = BASE + "ns#"
PLOVER: Final = BASE + "plover/"
CAMEO: Final = BASE + "cameo/"
SHAPES: Final = BASE + "shapes#"
ENT: Final = BASE + "id/entity/"
EV: Final = BASE + "id/event/"
AG: Final = BASE + "id/agreement/"
RUN: Final = BASE + "id/run/"
ART: Final = BASE + "id/article/"
MN: Final = BASE + "id/mention/"
GRAPH: Final = BASE + "id/graph/"
TOPIC: Final = BASE + "id/topic/"
QUANTITY: Final = BASE + "id/quantity/"
STORE: Final = BASE + "store/"
"""What a store on a server keeps beside the graph, in graphs of its own."""

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCT: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"
ORG: Final = "http://www.w3.org/ns/org#"
SCHEMA: Final = "https://schema.org/"
SEM: Final = "http://semanticweb.cs.vu.nl/2009/11/sem/"
GAF: Final = "http://groundedannotationframework.org/gaf#"
NIF: Final = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
FARO: Final = "http://purl.org/faro/"
WD: Final = "http://www.wikidata.org/entity/"
GN: Final = "https://sws.geonames.org/"

EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"
"""The datatype of dates in the Extended Date/Time Format."""

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ag": AG,
        "art": ART,
        "cameo": CAMEO,
        "dct": DCT,
        "dk": DK,
        "ent": ENT,
        "ev": EV,
        "faro": FARO,
        "gaf": GAF,
        "gn": GN,
        "graph": GRAPH,
        "mn": MN,
        "nif": NIF,
        "org": ORG,
        "owl": OWL,
        "plover": PLOVER,
        "prov": PROV,
        "qty": QUANTITY,
        "rdf": RDF,
        "rdfs": RDFS,
        "run": RUN,
        "schema": SCHEMA,
        "sem": SEM,
        "sh": SH,
        "skos": SKOS,
        "topic": TOPIC,
        "wd": WD,
        "xsd": XSD,
    }
)
"""Every prefix that a query may use without declaring it, in alphabetical order."""
