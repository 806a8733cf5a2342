"""Annotated + links -> events, as a language model behind an OpenAI-compatible endpoint reads them."""

from kg.code.llm.coder import LlmCoder
from kg.code.llm.options import LlmOptions

__all__ = ["LlmCoder", "LlmOptions"]
