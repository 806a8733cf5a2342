"""Sentence + links -> Event: trained heads over a small encoder, and frames over the parse."""

from kg.code.coder import FrameCoder, TrainedCoder
from kg.code.learned.net import weights_version

__all__ = ["FrameCoder", "TrainedCoder", "weights_version"]
