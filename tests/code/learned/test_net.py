"""The heads in NumPy, and how the files are loaded."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from kg.code.learned.labels import MODES, ROLES, STATUSES, TYPES
from kg.code.learned.net import Net, shared, weights_version
from kg.code.learned.pieces import LONGEST
from kg.errors import ModelMissing
from kg.model import Annotated, Article

SIZE, HIDDEN, TABLE = 6, 5, 40
ROWS = [[1, 7], [], [0, 3, 39], [5, 6]]
"""The features of four pairs; one has none."""
ALONE = {0: [8], 1: [9, 10, 11], 3: []}
"""The features of tokens by themselves."""


def weights() -> dict[str, Any]:
    """Small random weights of all heads."""
    rng = np.random.default_rng(7)

    def of(*shape: int) -> Any:
        return rng.normal(size=shape).astype(np.float32)

    found = {"type_in.weight": of(HIDDEN, SIZE), "type_in.bias": of(HIDDEN), "type_out.weight": of(len(TYPES), HIDDEN)}
    found |= {"type_out.bias": of(len(TYPES)), "type_bag.table.weight": of(TABLE, len(TYPES))}
    for name, many in (("mode", len(MODES)), ("status", len(STATUSES))):
        found |= {f"{name}_out.weight": of(many, SIZE), f"{name}_out.bias": of(many)}
        found[f"{name}_bag.table.weight"] = of(TABLE, many)
    for name, many in (("role", len(ROLES)), ("owner", 1), ("time", 1)):
        for part in ("left", "right", "both_left", "both_right"):
            found[f"{name}.{part}.weight"] = of(HIDDEN, SIZE)
            if part != "right":
                found[f"{name}.{part}.bias"] = of(HIDDEN)
        found |= {f"{name}.bag.table.weight": of(TABLE, HIDDEN), f"{name}.out.weight": of(many, 2 * HIDDEN)}
        found |= {f"{name}.out.bias": of(many), f"{name}.kinds.weight": of(len(TYPES), HIDDEN)}
    for name in ("none", "undated"):
        found |= {f"{name}.weight": of(1, SIZE), f"{name}.bias": of(1)}
    return found


@pytest.fixture
def net() -> Net:
    made = Net.__new__(Net)
    made.w = weights()
    return made


@pytest.fixture
def h() -> Any:
    return np.random.default_rng(8).normal(size=(4, SIZE)).astype(np.float32)


def sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def softmax(x: Any) -> Any:
    return np.exp(x) / np.exp(x).sum()


def pair(w: dict[str, Any], name: str, a: Any, b: Any, rows: list[int], extra: Any = 0) -> Any:
    """One pair, written out."""
    x = w[f"{name}.left.weight"] @ a + w[f"{name}.left.bias"] + w[f"{name}.right.weight"] @ b + extra
    x = x + sum(w[f"{name}.bag.table.weight"][r] for r in rows)
    both = (w[f"{name}.both_left.weight"] @ a + w[f"{name}.both_left.bias"]) * (
        w[f"{name}.both_right.weight"] @ b + w[f"{name}.both_right.bias"]
    )
    return w[f"{name}.out.weight"] @ np.concatenate([np.maximum(x, 0), both * 0.1]) + w[f"{name}.out.bias"]


def test_the_types_are_what_the_layers_give(net: Net, h: Any) -> None:
    found = net.types(h, ROWS)
    for i, rows in enumerate(ROWS):
        hidden = np.maximum(net.w["type_in.weight"] @ h[i] + net.w["type_in.bias"], 0)
        logits = net.w["type_out.weight"] @ hidden + net.w["type_out.bias"]
        assert found[i] == pytest.approx(
            sigmoid(logits + sum(net.w["type_bag.table.weight"][r] for r in rows)), abs=1e-5
        )


@pytest.mark.parametrize("kind", ["AGREE", "CONSULT", "ASSAULT"])
def test_the_modes_are_those_of_the_type(net: Net, h: Any, kind: str) -> None:
    found = net.modes(h[0], kind, [3, 4])
    logits = net.w["mode_out.weight"] @ h[0] + net.w["mode_out.bias"] + net.w["mode_bag.table.weight"][[3, 4]].sum(0)
    chosen = [n for n, (t, _) in enumerate(MODES) if t == kind]
    assert list(found) == [MODES[n][1] for n in chosen]
    assert list(found.values()) == pytest.approx(softmax(logits[chosen]), abs=1e-5)


def test_the_statuses_share_one(net: Net, h: Any) -> None:
    found = net.statuses(h[1], [3])
    logits = net.w["status_out.weight"] @ h[1] + net.w["status_out.bias"] + net.w["status_bag.table.weight"][3]
    assert list(found) == list(STATUSES)
    assert list(found.values()) == pytest.approx(softmax(logits), abs=1e-5)


def test_the_roles_are_those_of_each_pair(net: Net, h: Any) -> None:
    pairs = [(0, "CONSULT", 1), (0, "CONSULT", 3), (2, "AID", 1), (0, "AID", 3)]
    at, kinds, others = zip(*pairs, strict=True)
    found = net.roles(h, at, kinds, others, ROWS, ALONE.__getitem__)
    for n, (i, kind, other) in enumerate(pairs):
        extra = net.w["role.kinds.weight"][TYPES.index(kind)]
        rows = [*ROWS[n], *ALONE[other]]
        assert found[n] == pytest.approx(sigmoid(pair(net.w, "role", h[i], h[other], rows, extra)), abs=1e-5)


def test_an_owner_is_one_of_the_others_or_none(net: Net, h: Any) -> None:
    found = net.owners(h, [2, 1], [[0, 1], [3]], ROWS[:3], ALONE.__getitem__)
    asked = [(2, [0, 1], ROWS[:2]), (1, [3], ROWS[2:3])]
    for given, (i, others, rows) in zip(found, asked, strict=True):
        scores = [pair(net.w, "owner", h[i], h[o], [*r, *ALONE[o]])[0] for o, r in zip(others, rows, strict=True)]
        none = net.w["none.weight"][0] @ h[i] + net.w["none.bias"][0]
        assert given == pytest.approx(softmax(np.array([*scores, none])), abs=1e-5)


def test_a_time_is_one_of_the_expressions_or_none(net: Net, h: Any) -> None:
    found = net.times(h, [2, 0], ["AID", "CONSULT"], [[3], [1]], ROWS[2:])
    for given, (i, kind, other), rows in zip(found, [(2, "AID", 3), (0, "CONSULT", 1)], ROWS[2:], strict=True):
        score = pair(net.w, "time", h[i], h[other], rows, net.w["time.kinds.weight"][TYPES.index(kind)])[0]
        none = net.w["undated.weight"][0] @ h[i] + net.w["undated.bias"][0]
        assert given == pytest.approx(softmax(np.array([score, none])), abs=1e-5)


def test_without_others_it_is_none(net: Net, h: Any) -> None:
    assert [s.tolist() for s in net.owners(h, [0, 1], [[], []], [], ALONE.__getitem__)] == [[1.0], [1.0]]
    assert net.owners(h, [], [], [], ALONE.__getitem__) == []
    assert net.times(h, [], [], [], []) == []
    assert net.roles(h, [], [], [], [], ALONE.__getitem__).shape == (0, 3)


def test_an_article_without_words_has_no_types(net: Net) -> None:
    empty = net.vectors(Annotated(Article(id="empty", text="")))
    assert empty.shape == (0, SIZE)
    assert net.types(empty, []).shape == (0, len(TYPES))


class Session:
    """An encoder that gives back what it gets, and keeps it."""

    def __init__(self) -> None:
        self.given: list[Any] = []

    def run(self, _: None, given: dict[str, Any]) -> list[Any]:
        assert (set(given), given["x"].dtype, given["x"].shape[0]) == ({"x"}, np.float32, 1)
        self.given.append(given["x"][0])
        return [given["x"]]


class Words:
    """A tokenizer whose pieces are words, numbered by the place where they begin."""

    def encode(self, text: str, *, add_special_tokens: bool) -> Any:
        begins = [n for n in range(len(text)) if text[n] != " " and (n == 0 or text[n - 1] == " ")]
        return SimpleNamespace(ids=[1000 + b for b in begins], offsets=[(b, b + 1) for b in begins])


def told_words(net: Net) -> None:
    """Word vectors of bytes with a scale each, and vectors of places of zeros."""
    pieces = 8000
    net.words = np.random.default_rng(9).integers(-127, 128, size=(pieces, SIZE), dtype=np.int8)
    net.scale = np.linspace(0.01, 0.02, pieces, dtype=np.float32)[:, None]
    net.w["places.table"] = np.zeros((LONGEST, SIZE), dtype=np.float32)
    net.session, net.tokenizer = Session(), Words()  # type: ignore[assignment]


def word(net: Net, piece: int) -> Any:
    """The vector of a piece, written out."""
    return [float(b) * float(net.scale[piece, 0]) for b in net.words[piece]]


@pytest.mark.parametrize("many", [3, 900])
def test_each_token_has_the_vector_of_its_first_piece(net: Net, parsed: Callable[..., Annotated], many: int) -> None:
    told_words(net)
    annotated = parsed(*[" ".join(["ab|X|dep|0"] * many)] * 2)
    expected = np.array([word(net, 1000 + t.span.start) for t in annotated.tokens])
    assert net.vectors(annotated) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("many", [3, 900])
def test_each_window_counts_its_places_from_0(net: Net, parsed: Callable[..., Annotated], many: int) -> None:
    told_words(net)
    net.words[:] = 0
    net.w["places.table"][:] = np.arange(LONGEST, dtype=np.float32)[:, None]
    net.vectors(parsed(*[" ".join(["ab|X|dep|0"] * many)] * 2))
    given = net.session.given
    assert (len(given) == 1) is (many == 3)
    for x in given:
        assert x[:, 0].tolist() == list(range(len(x)))


@pytest.fixture
def runtimes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand-ins for the packages that the files are read with."""
    session = SimpleNamespace(SessionOptions=SimpleNamespace, InferenceSession=lambda *_, **__: Session())
    tokenizers = SimpleNamespace(Tokenizer=SimpleNamespace(from_file=lambda _: Words()))
    monkeypatch.setitem(sys.modules, "onnxruntime", session)
    monkeypatch.setitem(sys.modules, "tokenizers", tokenizers)


def test_a_folder_of_weights_is_read(tmp_path: Path, runtimes: None) -> None:
    words, scale = np.array([[-127, 5], [1, 2]], dtype=np.int8), np.array([[0.5], [0.25]], dtype=np.float32)
    heads = {k: v.astype(np.float16) for k, v in weights().items()}
    np.savez(tmp_path / "heads.npz", **heads, **{"words.table": words, "words.scale": scale})
    (tmp_path / "card.json").write_text(
        json.dumps({"version": "3", "bars": {"trigger": 0.3}, "calibration": {"one": 1.0}})
    )
    net = Net(tmp_path)
    assert (net.bars, net.calibration) == ({"trigger": 0.3}, {"one": 1.0})
    assert set(net.w) == set(heads)
    assert {w.dtype for w in net.w.values()} == {np.dtype("float32")}
    assert (net.words.dtype, net.words.tolist(), net.scale.tolist()) == (np.int8, words.tolist(), scale.tolist())


def test_a_card_without_bars_and_calibration_leaves_both_to_the_coder(tmp_path: Path, runtimes: None) -> None:
    np.savez(tmp_path / "heads.npz", **weights(), **{"words.table": np.zeros(1), "words.scale": np.zeros(1)})
    (tmp_path / "card.json").write_text("{}")
    net = Net(tmp_path)
    assert (net.bars, net.calibration) == ({}, {})


def test_the_version_changes_with_each_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[Net.__module__], "FOLDER", tmp_path)
    names = ("encoder.onnx", "heads.npz", "card.json")
    for name in names:
        (tmp_path / name).write_bytes(b"1")
    seen = [_version()]
    for name in names:
        (tmp_path / name).write_bytes(b"2")
        seen.append(_version())
    assert len(set(seen)) == 4
    assert all(re.fullmatch("[0-9a-f]{12}", version) for version in seen)
    (tmp_path / "heads.npz").unlink()
    with pytest.raises(ModelMissing, match=r"no heads\.npz: .*install kg anew"):
        _version()


def _version() -> str:
    """The version of what lies there now."""
    return weights_version.__wrapped__()


def test_a_folder_without_weights_says_what_to_do(tmp_path: Path, runtimes: None) -> None:
    with pytest.raises(ModelMissing, match="install kg anew"):
        Net(tmp_path)


def test_the_net_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shared.cache_clear()
    monkeypatch.setattr(Net, "__init__", lambda self: None)
    assert shared() is shared()
    shared.cache_clear()
