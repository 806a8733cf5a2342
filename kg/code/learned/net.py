"""The trained encoder and its heads: ONNX Runtime for the one, a few matrices for the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.code.learned.labels import MODES, STATUSES, TYPES
from kg.code.learned.pieces import windows
from kg.errors import ModelMissing
from kg.model import Annotated

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Array = NDArray[np.float32]
Rows = Sequence[Collection[int]]
Alone = Callable[[int], Collection[int]]
"""The feature rows of what a token is by itself, to be added to those of each of its pairs."""

FOLDER = Path(__file__).parent / "weights"
_MODES_OF = {t: [n for n, (kind, _) in enumerate(MODES) if kind == t] for t in TYPES}


class Net:
    """Vectors of tokens, and what the heads make of them; scores are probabilities from 0 to 1."""

    def __init__(self, folder: Path = FOLDER) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer

            options = onnxruntime.SessionOptions()
            # One thread a process: the same sums in the same order, and workers do not fight for cores.
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self.session: InferenceSession = onnxruntime.InferenceSession(
                str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            with np.load(folder / "heads.npz") as stored:
                self.words, self.scale = stored["words.table"], stored["words.scale"]
                named = (k for k in stored.files if not k.startswith("words."))
                self.w: dict[str, Array] = {k: stored[k].astype(np.float32) for k in named}
            card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        except Exception as error:  # each library has an error of its own for a damaged file
            raise ModelMissing(
                f"the trained coder in {folder.name} cannot be loaded: {error}; install kg anew"
            ) from error
        self.calibration: dict[str, float] = card.get("calibration", {})
        self.bars: dict[str, float] = card.get("bars", {})

    def vectors(self, annotated: Annotated) -> Array:
        """One vector a token: (tokens, size)."""
        if not annotated.tokens:
            return np.zeros((0, self.w["none.weight"].shape[1]), dtype=np.float32)
        found = np.zeros((len(annotated.tokens), self.w["none.weight"].shape[1]), dtype=np.float32)
        for window in windows(annotated, self.tokenizer):
            ids = np.array(window.ids)
            x = self.words[ids] * self.scale[ids] + self.w["places.table"][: len(ids)]
            (encoded,) = self.session.run(None, {"x": x[None]})
            found[[t for t, _ in window.own]] = encoded[0, [place for _, place in window.own]]
        return found

    def _linear(self, x: Array, name: str) -> Array:
        y: Array = x @ self.w[f"{name}.weight"].T
        bias = self.w.get(f"{name}.bias")
        return y if bias is None else y + bias

    def _bag(self, many: Rows, name: str) -> Array:
        table = self.w[f"{name}.table.weight"]
        summed = np.zeros((len(many), table.shape[1]), dtype=np.float32)
        sizes = np.fromiter(map(len, many), dtype=np.intp, count=len(many))
        some = np.flatnonzero(sizes)
        if len(some):
            flat = np.fromiter(chain.from_iterable(many), dtype=np.intp, count=sizes.sum())
            summed[some] = np.add.reduceat(table[flat], (np.cumsum(sizes) - sizes)[some], axis=0)
        return summed

    def types(self, h: Array, token_rows: Rows) -> Array:
        """For each token and type the probability that it is the trigger of such an event."""
        hidden = np.maximum(self._linear(h, "type_in"), 0)
        return _sigmoid(self._linear(hidden, "type_out") + self._bag(token_rows, "type_bag"))

    def modes(self, h: Array, kind: str, row: Collection[int]) -> dict[str | None, float]:
        """The probability of each mode of a type, None for no mode, at one token."""
        logits = (self._linear(h[None], "mode_out") + self._bag([row], "mode_bag"))[0]
        chosen = _MODES_OF[kind]
        return {MODES[n][1]: float(p) for n, p in zip(chosen, _softmax(logits[chosen]), strict=True)}

    def statuses(self, h: Array, row: Collection[int]) -> dict[str, float]:
        """The probability of each status at one token."""
        logits = (self._linear(h[None], "status_out") + self._bag([row], "status_bag"))[0]
        return {s: float(p) for s, p in zip(STATUSES, _softmax(logits), strict=True)}

    def roles(
        self,
        h: Array,
        tokens: Sequence[int],
        kinds: Sequence[str],
        others: Sequence[int],
        rows: Rows,
        alone: Alone,
    ) -> Array:
        """For each pair of an event and a mention how likely that is its actor, recipient, third party: (pairs, 3).

        Args:
            h: the vectors of the article's tokens.
            tokens: the trigger of each pair.
            kinds: its type.
            others: the other token of each pair.
            rows: the features of each pair.
            alone: the features of the other token.
        """
        extra = self.w["role.kinds.weight"][[TYPES.index(kind) for kind in kinds]]
        return _sigmoid(self._pairs("role", h, tokens, others, rows, extra, alone))

    def owners(
        self, h: Array, tokens: Sequence[int], others: Sequence[Sequence[int]], rows: Rows, alone: Alone
    ) -> list[Array]:
        """For each nominal the probability of each named mention to be who it means or belongs to; last: nobody's.

        Args:
            h: the vectors of the article's tokens.
            tokens: the nominals.
            others: for each of them the tokens of the named mentions.
            rows: the features of all pairs of both, in order.
            alone: the features of a named mention.
        """
        return self._one_of("owner", "none", h, tokens, others, rows, None, alone)

    def times(
        self, h: Array, tokens: Sequence[int], kinds: Sequence[str], others: Sequence[Sequence[int]], rows: Rows
    ) -> list[Array]:
        """For each event the probability of each time expression to date it; last: that none does.

        Args:
            h: the vectors of the article's tokens.
            tokens: the events' triggers.
            kinds: their types.
            others: for each of them the tokens of the time expressions.
            rows: the features of all pairs of both, in order.
        """
        of = [TYPES.index(kind) for kind, few in zip(kinds, others, strict=True) for _ in few]
        return self._one_of("time", "undated", h, tokens, others, rows, self.w["time.kinds.weight"][of], None)

    def _one_of(
        self,
        name: str,
        none: str,
        h: Array,
        tokens: Sequence[int],
        others: Sequence[Sequence[int]],
        rows: Rows,
        extra: Array | None,
        alone: Alone | None,
    ) -> list[Array]:
        left = [token for token, few in zip(tokens, others, strict=True) for _ in few]
        scores = self._pairs(name, h, left, list(chain.from_iterable(others)), rows, extra, alone)[:, 0]
        last = self._linear(h[list(tokens)], none) if tokens else np.zeros((0, 1), dtype=np.float32)
        ends = np.cumsum([len(few) for few in others])
        return [
            _softmax(np.concatenate([scores[end - len(few) : end], some]))
            for few, end, some in zip(others, ends, last, strict=True)
        ]

    def _pairs(
        self,
        name: str,
        h: Array,
        left: Sequence[int],
        right: Sequence[int],
        rows: Rows,
        extra: Array | None,
        alone: Alone | None,
    ) -> Array:
        # Each token goes through the layers once, however many pairs it is in.
        a, at = np.unique(np.asarray(left, dtype=np.intp), return_inverse=True)
        b, bt = np.unique(np.asarray(right, dtype=np.intp), return_inverse=True)
        others = self._linear(h[b], f"{name}.right")
        if alone is not None:
            others += self._bag([alone(i) for i in b.tolist()], f"{name}.bag")
        x = self._bag(rows, f"{name}.bag")
        x += self._linear(h[a], f"{name}.left")[at]
        x += others[bt]
        if extra is not None:
            x += extra
        both = self._linear(h[a], f"{name}.both_left")[at]
        both *= self._linear(h[b], f"{name}.both_right")[bt]
        both *= np.float32(0.1)
        return self._linear(np.concatenate([np.maximum(x, 0, out=x), both], axis=1), f"{name}.out")


@cache
def weights_version() -> str:
    """12 hexadecimal digits that change with the weights, what is taken and how sure it is.

    Raises:
        ModelMissing: the weights are not there.
    """
    digest = sha256()
    for name in ("encoder.onnx", "heads.npz", "card.json"):
        try:
            digest.update((FOLDER / name).read_bytes())
        except OSError as error:
            raise ModelMissing(f"the trained coder has no {name}: {error.strerror}; install kg anew") from error
    return digest.hexdigest()[:12]


@cache
def shared() -> Net:
    """The net, loaded once a process."""
    return Net()


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def _softmax(x: Array) -> Array:
    e = np.exp(x - x.max())
    return np.asarray(e / e.sum(), dtype=np.float32)
