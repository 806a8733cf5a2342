"""The store over HTTP: SPARQL, pages and RDF for what the IRIs name, and a JSON API, all for reading."""
