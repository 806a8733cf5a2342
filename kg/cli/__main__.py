"""The command line by ``python -m kg.cli``."""

from kg.cli.group import main

main(prog_name="kg")
