"""Reads news, finds who did what to whom, when and who says so, and keeps it as RDF."""
