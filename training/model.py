"""The encoder with its heads, and the loss of one article."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.code.learned.features import BUCKETS
from kg.code.learned.labels import MODES, ROLES, STATUSES, TYPES
from training.data import Example, Owned, Trigger
from training.encoder import Encoder

HIDDEN = 160


def rows(many: Sequence[Collection[int]]) -> tuple[Tensor, Tensor]:
    """Feature rows for an embedding bag: all of them in one line, and where each begins."""
    flat = [i for row in many for i in row]
    starts, at = [], 0
    for row in many:
        starts.append(at)
        at += len(row)
    return torch.tensor(flat, dtype=torch.long), torch.tensor(starts, dtype=torch.long)


class Bag(nn.Module):
    """Hashed features -> the sum of their rows, some left out while training."""

    def __init__(self, size: int, drop: float = 0.25, std: float = 0.02) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(BUCKETS, size, mode="sum")
        nn.init.normal_(self.table.weight, std=std)
        self.drop = drop

    def forward(self, many: Sequence[Collection[int]]) -> Tensor:
        flat, starts = rows(many)
        if not self.training:
            return self.table(flat, starts)
        keep = (torch.rand(len(flat)) >= self.drop).float() / (1 - self.drop)
        return F.embedding_bag(flat, self.table.weight, starts, mode="sum", per_sample_weights=keep)


class Pairs(nn.Module):
    """Scores pairs of tokens: one hidden layer over both vectors, their product and their features."""

    def __init__(self, size: int, outputs: int, kinds: int = 0) -> None:
        super().__init__()
        self.left, self.right = nn.Linear(size, HIDDEN), nn.Linear(size, HIDDEN, bias=False)
        self.both_left, self.both_right = nn.Linear(size, HIDDEN), nn.Linear(size, HIDDEN)
        self.bag = Bag(HIDDEN)
        self.kinds = nn.Embedding(kinds, HIDDEN) if kinds else None
        self.out = nn.Linear(2 * HIDDEN, outputs)
        self.drop = nn.Dropout(0.2)

    def forward(self, a: Tensor, b: Tensor, features: Sequence[Collection[int]], kind: Tensor | None = None) -> Tensor:
        x = self.left(a) + self.right(b) + self.bag(features)
        if self.kinds is not None and kind is not None:
            x = x + self.kinds(kind)
        y = self.both_left(a) * self.both_right(b) * 0.1
        return self.out(self.drop(torch.cat([F.relu(x), y], dim=-1)))


class Coder(nn.Module):
    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        size = encoder.size
        self.encoder = encoder
        self._lower: dict[str, list[Tensor]] = {}
        self.drop = nn.Dropout(0.1)
        self.type_in, self.type_out = nn.Linear(size, HIDDEN), nn.Linear(HIDDEN, len(TYPES))
        self.type_bag = Bag(len(TYPES), std=0.01)
        self.mode_out, self.mode_bag = nn.Linear(size, len(MODES)), Bag(len(MODES), std=0.01)
        self.status_out, self.status_bag = nn.Linear(size, len(STATUSES)), Bag(len(STATUSES), std=0.01)
        self.role = Pairs(size, len(ROLES), len(TYPES))
        self.owner = Pairs(size, 1)
        self.none = nn.Linear(size, 1)
        self.time, self.undated = Pairs(size, 1, len(TYPES)), nn.Linear(size, 1)
        nn.init.constant_(self.type_out.bias, -4.0)
        nn.init.constant_(self.role.out.bias, -2.0)

    def vectors(self, batch: Sequence[Example]) -> list[Tensor]:
        """For each article one vector a token."""
        flat = [x for e in batch for x in self.lower(e)]
        longest = max(len(x) for x in flat)
        lower = torch.zeros(len(flat), longest, self.encoder.size)
        mask = torch.zeros(len(flat), longest, dtype=torch.long)
        for n, x in enumerate(flat):
            lower[n, : len(x)] = x
            mask[n, : len(x)] = 1
        encoded = self.encoder.upper(lower, mask)
        found, at = [], 0
        for e in batch:
            parts = []
            for w in e.windows:
                parts.append(encoded[at, [place for _, place in w.own]])
                at += 1
            found.append(torch.cat(parts))
        return found

    @torch.no_grad()
    def lower(self, e: Example) -> list[Tensor]:
        """What the frozen layers give for each window of an article, computed once."""
        known = self._lower.get(e.id)
        if known is None:
            training = self.training
            self.eval()
            ids = [torch.tensor([w.ids]) for w in e.windows]
            known = self._lower[e.id] = [self.encoder.lower(i, torch.ones_like(i))[0] for i in ids]
            self.train(training)
        return known

    def type_logits(self, h: Tensor, token_rows: Sequence[Collection[int]]) -> Tensor:
        return self.type_out(F.relu(self.type_in(h))) + self.type_bag(token_rows)

    def loss(self, batch: Sequence[Example]) -> dict[str, Tensor]:
        """The summed losses of some articles, by head; each head runs once over all of them."""
        h = self.drop(torch.cat(self.vectors(batch)))
        starts, at = [], 0
        for e in batch:
            starts.append(at)
            at += e.tokens
        target = torch.zeros(at, len(TYPES))
        weight = torch.ones(at, len(TYPES))
        for e, s in zip(batch, starts, strict=True):
            for i, kind in e.ignored:
                weight[s + i, kind] = 0.0
            for t in e.triggers:
                target[s + t.token, t.type] = 1.0
                weight[s + t.token, t.type] = t.weight
        logits = self.type_logits(h, [r for e in batch for r in e.token_rows])
        found = {"type": (F.binary_cross_entropy_with_logits(logits, target, reduction="none") * weight).sum()}
        triggers = [(s, t, e.token_rows[t.token]) for e, s in zip(batch, starts, strict=True) for t in e.triggers]
        if triggers:
            found |= self._kinds(triggers, h) | self._roles([(s, t) for s, t, _ in triggers if t.candidates], h)
        timed = [(s, t) for s, t, _ in triggers if t.times and t.dated is not None]
        if timed:
            found["time"] = self._times(timed, h)
        owned = [(s, o) for e, s in zip(batch, starts, strict=True) for o in e.owned if o.others]
        if owned:
            found["owner"] = self._owners(owned, h)
        return found

    def kind_logits(self, triggers: Sequence[tuple[int, Trigger, set[int]]], h: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of statuses and of modes, a row a trigger."""
        at = h[[s + t.token for s, t, _ in triggers]]
        status = self.status_out(at) + self.status_bag([t.status_rows for _, t, _ in triggers])
        mode = self.mode_out(at) + self.mode_bag([rows for _, _, rows in triggers])
        return status, mode + mode_mask(torch.tensor([t.type for _, t, _ in triggers]))

    def _kinds(self, triggers: Sequence[tuple[int, Trigger, set[int]]], h: Tensor) -> dict[str, Tensor]:
        weight = torch.tensor([t.weight for _, t, _ in triggers])
        status, mode = self.kind_logits(triggers, h)
        loss = F.cross_entropy(status, torch.tensor([t.status for _, t, _ in triggers]), reduction="none")
        modes = F.cross_entropy(mode, torch.tensor([t.mode for _, t, _ in triggers]), reduction="none", ignore_index=-1)
        return {"status": (loss * weight).sum(), "mode": (modes * weight).sum()}

    def role_logits(self, h: Tensor, triggers: Sequence[tuple[int, Trigger]]) -> Tensor:
        """Scores of the roles, a row a trigger and candidate."""
        left = [s + t.token for s, t in triggers for _ in t.candidates]
        right = [s + c for s, t in triggers for c in t.candidates]
        kinds = torch.tensor([t.type for _, t in triggers for _ in t.candidates])
        return self.role(h[left], h[right], [r for _, t in triggers for r in t.rows], kinds)

    def _roles(self, triggers: Sequence[tuple[int, Trigger]], h: Tensor) -> dict[str, Tensor]:
        if not triggers:
            return {}
        logits = self.role_logits(h, triggers)
        labels = torch.tensor([lab for _, t in triggers for lab in t.labels])
        weight = torch.tensor([t.weight for _, t in triggers for _ in t.candidates])[:, None]
        each = F.binary_cross_entropy_with_logits(logits, labels.clamp(min=0).float(), reduction="none")
        loss = (each * (labels >= 0) * weight).sum()
        at = 0
        for _, t in triggers:
            for role, some in t.some:
                miss = F.logsigmoid(-logits[[at + k for k in some], role]).sum()
                loss = loss - t.weight * torch.log1p(-torch.exp(miss.clamp(max=-1e-4)))
            at += len(t.candidates)
        return {"role": loss}

    def time_logits(self, triggers: Sequence[tuple[int, Trigger]], h: Tensor) -> list[Tensor]:
        """For each trigger one score a time expression, and last that of none of them."""
        left = [s + t.token for s, t in triggers for _ in t.times]
        right = [s + k for s, t in triggers for k in t.times]
        kinds = torch.tensor([t.type for _, t in triggers for _ in t.times])
        scores = self.time(h[left], h[right], [r for _, t in triggers for r in t.time_rows], kinds)[:, 0]
        none = self.undated(h[[s + t.token for s, t in triggers]])[:, 0]
        parts = scores.split([len(t.times) for _, t in triggers])
        return [torch.cat([p, n[None]]) for p, n in zip(parts, none, strict=True)]

    def _times(self, triggers: Sequence[tuple[int, Trigger]], h: Tensor) -> Tensor:
        losses = []
        for (_, t), scores in zip(triggers, self.time_logits(triggers, h), strict=True):
            logp = F.log_softmax(scores, -1)
            losses.append(-t.weight * torch.logsumexp(logp[t.dated or [len(t.times)]], 0))
        return torch.stack(losses).sum()

    def owner_logits(self, owned: Sequence[tuple[int, Owned]], h: Tensor) -> list[Tensor]:
        """For each nominal one score a candidate, and last that of none of them."""
        left = [s + o.token for s, o in owned for _ in o.others]
        right = [s + k for s, o in owned for k in o.others]
        scores = self.owner(h[left], h[right], [r for _, o in owned for r in o.rows])[:, 0]
        none = self.none(h[[s + o.token for s, o in owned]])[:, 0]
        parts = scores.split([len(o.others) for _, o in owned])
        return [torch.cat([p, n[None]]) for p, n in zip(parts, none, strict=True)]

    def _owners(self, owned: Sequence[tuple[int, Owned]], h: Tensor) -> Tensor:
        losses = []
        for (_, o), scores in zip(owned, self.owner_logits(owned, h), strict=True):
            logp = F.log_softmax(scores, -1)
            losses.append(-torch.logsumexp(logp[o.right or [len(o.others)]], 0))
        return torch.stack(losses).sum()


_TYPE_OF = torch.tensor([TYPES.index(t) for t, _ in MODES])


def mode_mask(kinds: Tensor) -> Tensor:
    """Minus infinity, or nearly, for the modes of other types."""
    return (kinds[:, None] != _TYPE_OF[None, :]).float() * -1e4
