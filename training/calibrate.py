"""Fits the confidence of events on the articles held back from training, and writes it into card.json.

    python -m training.calibrate [FOLDER]      the folder of the weights; without it those of the program

An event counts as right if its type, its sentence and a participant of each side are (level who of the scorer). The
weights of the logistic regression are found by Newton's method with a small penalty. Prints the expected calibration
error of ten-fold cross-validation by article: each event is judged by weights that never saw its article.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring import match, who
from kg.annotate import annotate
from kg.code.coder import TrainedCoder
from kg.code.learned.net import FOLDER, Net
from kg.code.sure import NAMES, evidence
from kg.link import link_article
from kg.resolve import resolve
from training.data import as_article
from training.records import records
from training.split import corpus, held_back

PENALTY = 1.0
BINS = 10
Array = NDArray[np.float64]


def calibrate(folder: Path) -> None:
    """Fit the confidence of the weights in a folder, and write it into their card."""
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    net = Net(folder)
    net.calibration = {}
    rows, right, folds = judged(TrainedCoder(net))
    guessed = np.zeros(len(right))
    for fold in range(10):
        guessed[folds == fold] = _sigmoid(rows[folds == fold] @ fit(rows[folds != fold], right[folds != fold]))
    weights = fit(rows, right)
    card["calibration"] = dict(zip(NAMES, (round(float(w), 4) for w in weights), strict=True))
    card["calibration error"] = round(calibration_error(guessed, right), 4)
    (folder / "card.json").write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(right)} events, {right.mean():.2f} right; expected calibration error {card['calibration error']}")


def judged(coder: TrainedCoder) -> tuple[Array, Array, NDArray[np.int64]]:
    """For each event of the held-back articles its evidence, whether it is right, and its article's fold."""
    rows: list[tuple[float, ...]] = []
    right: list[float] = []
    folds: list[int] = []
    held = [r for r in corpus() if held_back(r["id"])]
    for record, annotated in zip(held, annotate(map(as_article, held)), strict=True):
        reading = coder.read(annotated, resolve(annotated))
        if reading is None:
            continue
        known = {event.key: draft for draft, event in reading.made}
        coded = records(link_article(reading.result()[0]))
        matched = set(match(record["events"], coded, who).values())
        for n, event in enumerate(coded):
            if event["key"] in known:
                rows.append(evidence(known[event["key"]]))
                right.append(float(n in matched))
                folds.append(crc32(record["id"].encode()) // 10 % 10)
    return np.array(rows), np.array(right), np.array(folds)


def fit(rows: Array, right: Array) -> Array:
    """The weights of a logistic regression with a ridge penalty on all but the constant."""
    weights = np.zeros(rows.shape[1])
    ridge = np.full(rows.shape[1], PENALTY)
    ridge[0] = 1e-6
    for _ in range(50):
        p = _sigmoid(rows @ weights)
        slope = rows.T @ (p - right) + ridge * weights
        curve = (rows * (p * (1 - p))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def calibration_error(guessed: Array, right: Array) -> float:
    """The mean distance of confidence and share right over equal bins of confidence, weighted by their events."""
    bins = np.minimum((guessed * BINS).astype(int), BINS - 1)
    gaps = [abs(guessed[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())]
    return float(sum(gaps))


def _sigmoid(x: Array) -> Array:
    found: Array = 1 / (1 + np.exp(-np.clip(x, -30, 30)))
    return found


if __name__ == "__main__":
    calibrate(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
