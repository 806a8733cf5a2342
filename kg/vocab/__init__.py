"""The only place that spells an IRI, and the closed lists of types, modes, codes and terms.

The lists repeat what ``ontology/*.ttl`` declares, so that nothing is read from disk at import;
``tests/vocab`` holds the two sides equal.
"""
