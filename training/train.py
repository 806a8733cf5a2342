"""Trains the coder on the hand-coded corpus and writes the files that the program reads.

    python -m training.train                     trains, exports to kg/code/learned/weights
    python -m training.train --share 0.5         with half of the training articles (for the learning curve)

Every tenth article is held back: confidences are fitted on those (``python -m training.calibrate``, which this calls).
Two runs go side by side, from the same start but with the articles in another order; what is exported is the mean of
their weights, which is better than either. Seeds are fixed: the same machine and packages give the same weights.
Needs the packages in training/requirements.txt.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
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

RUNS, EPOCHS, BATCH = 2, 5, 4
ENCODER_RATE, HEADS_RATE = 2e-4, 1e-3
AVERAGE = 0.995
"""Share of the running average of the weights that each step keeps; the average is what is exported."""
Weights = dict[str, torch.Tensor]
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


def run(data: Sequence[Example], epochs: int, seed: int) -> Weights:
    """One run from the same start, with the articles in another order; on one thread, so that runs go side by side."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    random.seed(seed)
    coder = Coder(Encoder(base()))
    return train(coder, data, epochs, f"run {seed + 1}: ")


def train(coder: Coder, data: Sequence[Example], epochs: int, name: str = "") -> Weights:
    """Train the heads and the upper layers of the encoder; give the running average of all weights."""
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
        seconds = time.monotonic() - began
        print(f"{name}epoch {epoch + 1} of {epochs}: {seconds:.0f} s, loss an article {shown}", flush=True)
    return average


def _share(article: str) -> float:
    """A number from 0 to 1 that chooses articles for the learning curve."""
    return crc32(f"share {article}".encode()) / 2**32


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the files go")
    parser.add_argument("--share", type=float, default=1.0, help="share of the training articles, 0 to 1")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    asked = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(base() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    chosen = [r for r in corpus() if not held_back(r["id"]) and _share(r["id"]) < asked.share]
    data = list(examples(chosen, tokenizer))
    events = sum(len(e.triggers) for e in data)
    print(f"{len(data)} articles, {events} events", flush=True)
    with ProcessPoolExecutor(RUNS, mp_context=get_context("spawn")) as pool:
        runs = [pool.submit(run, data, asked.epochs, seed) for seed in range(RUNS)]
        weights = [r.result() for r in runs]
    coder = Coder(Encoder(base()))
    coder.load_state_dict({k: sum(w[k] for w in weights) / len(weights) for k in weights[0]})
    card = {"articles": len(data), "events": events, "epochs": asked.epochs, "runs": RUNS, "base": "all-MiniLM-L6-v2"}
    export(coder, asked.out, card)
    calibrate(asked.out)


if __name__ == "__main__":
    main()
