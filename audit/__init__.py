"""Holds the packages that kg depends on against rules, without a network: ``python -m audit``."""
