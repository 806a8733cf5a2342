"""Learns which words tell an article of politics from one that only borrows its words.

    python benchmarks/train_gate.py CORPUS.jsonl      writes kg/lexicon/words/politics.csv

CORPUS holds one hand-coded article a line, with ``id``, ``text`` and ``events``. Needs scikit-learn, which kg
itself does not. A logistic regression over the lemmas of nouns, verbs, adjectives and adverbs (never names),
each weighted by one over the root of their number; the table keeps the words that at least two articles use.
The same corpus and model give the same table. Prints the accuracy of five-fold cross-validation.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from kg.annotate import annotate
from kg.code.gate import content_words
from kg.model import Article

STRENGTH = 30.0
SMALLEST = 0.25
TABLE = Path(__file__).resolve().parent.parent / "kg" / "lexicon" / "words" / "politics.csv"


def main(corpus: str) -> None:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    records = [json.loads(line) for line in Path(corpus).read_text("utf-8").splitlines()]
    articles = [Article(id=r["id"], text=r["text"]) for r in records]
    holds = [bool(r["events"]) for r in records]
    rows = []
    for annotated in annotate(articles):
        words = content_words(annotated.tokens)
        rows.append(dict.fromkeys(sorted(words), len(words) ** -0.5 if words else 0.0))
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(rows)
    kept = [n for n in range(matrix.shape[1]) if matrix[:, n].nnz >= 2]
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=5000)
    guessed = cross_val_predict(model, matrix[:, kept], holds, cv=5)
    print(f"five-fold accuracy {sum(g == h for g, h in zip(guessed, holds, strict=True)) / len(holds):.3f}")
    model.fit(matrix[:, kept], holds)
    names = vectors.get_feature_names_out()
    table = [(names[n], round(float(w), 2)) for n, w in zip(kept, model.coef_[0], strict=True)]
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("word", "weight"))
        writer.writerow(("", round(float(model.intercept_[0]), 2)))
        writer.writerows(sorted((w, x) for w, x in table if abs(x) >= SMALLEST))


if __name__ == "__main__":
    main(sys.argv[1])
