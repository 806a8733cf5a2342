"""A trained coder -> the files that the program reads: encoder.onnx, heads.npz, tokenizer.json, card.json."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.encoder import Body, base
from training.model import Coder


def export(coder: Coder, folder: Path, card: dict[str, object]) -> None:
    """Write the files of a trained coder; weights of the encoder in 8 bits, those of the heads in 16."""
    folder.mkdir(parents=True, exist_ok=True)
    coder.eval()
    encoder = coder.encoder
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "plain.onnx"
        example = encoder.looked_up(torch.randint(1000, 20000, (1, 32))).detach()
        axes = {0: "batch", 1: "length"}
        torch.onnx.export(
            Body(encoder),
            (example,),
            str(plain),
            input_names=["x"],
            output_names=["vectors"],
            dynamic_axes={"x": axes, "vectors": axes},
            opset_version=17,
            dynamo=False,
        )
        target = folder / "encoder.onnx"
        kinds = QuantType.QInt8
        quantize_dynamic(plain, target, weight_type=kinds, per_channel=True, op_types_to_quantize=["MatMul"])
    heads = {k: v.numpy().astype(np.float16) for k, v in coder.state_dict().items() if not k.startswith("encoder.")}
    words = encoder.words.weight.detach().numpy()
    scale = np.abs(words).max(axis=1, keepdims=True) / 127
    heads["words.scale"] = scale.astype(np.float32)
    heads["words.table"] = np.round(words / np.maximum(scale, 1e-12)).astype(np.int8)
    heads["places.table"] = encoder.places.weight.detach().numpy().astype(np.float16)
    np.savez_compressed(folder / "heads.npz", **heads)
    _tokenizer(folder)
    (folder / "card.json").write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _tokenizer(folder: Path) -> None:
    """The tokenizer of the base model without its limits of length."""
    stored = json.loads((base() / "tokenizer.json").read_text(encoding="utf-8"))
    stored["truncation"] = stored["padding"] = None
    (folder / "tokenizer.json").write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
