"""The command line: a command parses, calls the library, prints; results to stdout, all else to stderr."""

from kg.cli.group import main

__all__ = ["main"]
