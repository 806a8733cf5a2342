"""Questions in SPARQL to start from: one for each way in which an answer can be shown, and two that show evidence."""

from __future__ import annotations

from typing import Final

EXAMPLES: Final[tuple[tuple[str, str], ...]] = (
    (
        "The latest events",
        """SELECT ?event ?what ?begin ?status WHERE {
  ?event a sem:Event ; rdfs:label ?what ; dk:eventStatus/skos:prefLabel ?status .
  ?event sem:hasBeginTimeStamp|sem:hasEarliestBeginTimeStamp ?begin
} ORDER BY DESC(?begin) ?event LIMIT 100""",
    ),
    (
        "Events by year: a time line",
        """SELECT ?year (COUNT(DISTINCT ?event) AS ?events) WHERE {
  ?event sem:hasBeginTimeStamp|sem:hasEarliestBeginTimeStamp ?begin
  BIND(STR(YEAR(?begin)) AS ?year)
} GROUP BY ?year ORDER BY ?year""",
    ),
    (
        "Who met whom: a graph",
        """SELECT ?who ?whom WHERE {
  ?who dk:metWith ?whom
} ORDER BY ?who ?whom""",
    ),
    (
        "Which country acts on which: a map",
        """SELECT ?from ?to (COUNT(DISTINCT ?event) AS ?events) WHERE {
  ?event dk:actor/dk:country ?from ; dk:recipient/dk:country ?to ; dk:eventStatus dk:Occurred
  FILTER(?from != ?to)
} GROUP BY ?from ?to ORDER BY DESC(?events) ?from ?to""",
    ),
    (
        "Agreements and their parties, as triples",
        """CONSTRUCT { ?agreement dk:party ?party ; dk:mediator ?mediator } WHERE {
  ?agreement a dk:Agreement
  { ?agreement dk:party ?party } UNION { ?agreement dk:mediator ?mediator }
}""",
    ),
    (
        "What is planned, with the words that say so",
        """SELECT ?what ?quote ?says ?event WHERE {
  ?event dk:eventStatus dk:Expected ; rdfs:label ?what ; gaf:denotedBy ?mention .
  ?mention nif:anchorOf ?quote
  OPTIONAL { ?mention dk:attributedTo/skos:prefLabel ?says }
} ORDER BY ?what ?quote ?event""",
    ),
    (
        "What one article tells, from its own graph",
        """SELECT ?article ?title (COUNT(DISTINCT ?event) AS ?events) WHERE {
  GRAPH ?graph {
    ?article a schema:NewsArticle ; schema:headline ?title .
    ?mention prov:wasDerivedFrom ?article .
    ?event gaf:denotedBy ?mention
  }
} GROUP BY ?article ?title ORDER BY DESC(?events) ?article""",
    ),
)
"""Title and text; the prefixes of ``kg.vocab`` need no declaration."""
