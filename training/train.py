"""Trains the coder on the hand-coded corpus and writes the files that the program reads.

    python -m training.train                     trains, exports to kg/code/learned/weights
    python -m training.train --share 0.5         with half of the training articles (for the learning curve)

Every tenth article is held back: confidences are fitted on those (``python -m training.calibrate``, which this calls).
The seed is fixed, so the same machine, packages and number of threads give the same weights.
Needs the packages in training/requirements.txt.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

import torch
from tokenizers import Tokenizer

from kg.code.learned.net import FOLDER
from training.calibrate import calibrate
from training.data import Example, examples
from training.encoder import FROZEN, Encoder, base
from training.export import export
from training.model import Coder
from training.split import corpus, held_back

EPOCHS, BATCH = 6, 4
ENCODER_RATE, HEADS_RATE = 1.5e-4, 1e-3
AVERAGE = 0.995
"""Share of the running average of the weights that each step keeps; the average is what is exported."""
WEIGHTS = {"type": 1.0, "status": 0.5, "mode": 0.5, "role": 0.5, "owner": 0.5, "time": 0.5}
"""How much each head's loss counts."""


def batches(train: list[Example]) -> Iterator[list[Example]]:
    """All examples once, in a new order, articles of like length together."""
    random.shuffle(train)
    found: list[list[Example]] = []
    for i in range(0, len(train), BATCH * 8):
        alike = sorted(train[i : i + BATCH * 8], key=lambda e: e.tokens)
        found += [alike[k : k + BATCH] for k in range(0, len(alike), BATCH)]
    random.shuffle(found)
    yield from found


def train(coder: Coder, data: Sequence[Example], epochs: int) -> None:
    """Train the heads and the upper layers of the encoder."""
    for part in (coder.encoder.words, coder.encoder.places, coder.encoder.norm, *coder.encoder.layers[:FROZEN]):
        part.requires_grad_(False)
    encoder = {id(p) for p in coder.encoder.parameters()}
    groups = [
        {"params": [p for p in coder.encoder.parameters() if p.requires_grad], "lr": ENCODER_RATE},
        {"params": [p for p in coder.parameters() if id(p) not in encoder], "lr": HEADS_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * -(-len(data) // BATCH)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, (s + 1) / warm) * max(0.1, 1 - s / steps))
    average = {k: v.detach().clone() for k, v in coder.state_dict().items()}
    shuffled = list(data)
    for epoch in range(epochs):
        coder.train()
        began, told = time.monotonic(), dict.fromkeys(WEIGHTS, 0.0)
        for batch in batches(shuffled):
            losses = coder.loss(batch)
            size = sum(max(4, len(e.triggers)) for e in batch)
            loss = sum(WEIGHTS[k] * v for k, v in losses.items()) / size
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(coder.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                for k, v in coder.state_dict().items():
                    average[k].lerp_(v, 1 - AVERAGE)
            for k, v in losses.items():
                told[k] += float(v.detach())
        shown = {k: round(v / len(shuffled), 2) for k, v in told.items()}
        print(f"epoch {epoch + 1} of {epochs}: {time.monotonic() - began:.0f} s, loss an article {shown}", flush=True)
    coder.load_state_dict(average)


def _share(article: str) -> float:
    """A number from 0 to 1 that chooses articles for the learning curve."""
    return crc32(f"share {article}".encode()) / 2**32


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the files go")
    parser.add_argument("--share", type=float, default=1.0, help="share of the training articles, 0 to 1")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    torch.manual_seed(0)
    random.seed(0)
    torch.set_num_threads(asked.threads)
    tokenizer = Tokenizer.from_file(str(base() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    chosen = [r for r in corpus() if not held_back(r["id"]) and _share(r["id"]) < asked.share]
    data = list(examples(chosen, tokenizer))
    events = sum(len(e.triggers) for e in data)
    print(f"{len(data)} articles, {events} events", flush=True)
    coder = Coder(Encoder(base()))
    train(coder, data, asked.epochs)
    card = {"articles": len(data), "events": events, "epochs": asked.epochs, "base": "all-MiniLM-L6-v2"}
    export(coder, asked.out, card)
    calibrate(asked.out)


if __name__ == "__main__":
    main()
