"""Annotated + links -> events: frames, roles, presentation, source, time, figures, agreements."""

from kg.code.coder import FrameCoder

__all__ = ["FrameCoder"]
