"""A trained coder -> the files that the program reads: encoder.onnx, heads.npz, tokenizer.json, card.json."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.encoder import base
from training.model import Coder


def export(coder: Coder, folder: Path, card: dict[str, object], *, quantize: bool = True) -> None:
    """Write the files of a trained coder; weights of the encoder in 8 bits, those of the heads in 16."""
    folder.mkdir(parents=True, exist_ok=True)
    coder.eval()
    ids = torch.randint(1000, 20000, (1, 32))
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "plain.onnx"
        torch.onnx.export(
            coder.encoder,
            (ids, torch.ones_like(ids)),
            str(plain),
            input_names=["ids", "mask"],
            output_names=["vectors"],
            dynamic_axes={"ids": {0: "batch", 1: "length"}, "mask": {0: "batch", 1: "length"}, "vectors": {0: "batch", 1: "length"}},
            opset_version=17,
            dynamo=False,
        )
        target = folder / "encoder.onnx"
        if quantize:
            quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"])
        else:
            shutil.copy(plain, target)
    model = onnx.load(target)
    model.doc_string = ""
    onnx.save(model, target)
    heads = {k: v.numpy().astype(np.float16) for k, v in coder.state_dict().items() if not k.startswith("encoder.")}
    np.savez_compressed(folder / "heads.npz", **heads)
    _tokenizer(folder)
    (folder / "card.json").write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _tokenizer(folder: Path) -> None:
    """The tokenizer of the base model without its limits of length."""
    stored = json.loads((base() / "tokenizer.json").read_text(encoding="utf-8"))
    stored["truncation"] = stored["padding"] = None
    (folder / "tokenizer.json").write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
