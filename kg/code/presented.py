"""How a text presents an event: asserted, planned, asked for, denied, supposed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.lexicon.wordlists import words
from kg.model import FUTURE, Factuality, Tree


@dataclass(frozen=True, slots=True)
class Presented:
    """Factuality and polarity of one mention; ``by`` is the token that presents it, if any."""

    factuality: Factuality = Factuality.ASSERTED
    positive: bool = True
    by: int | None = None
    reason: str = "asserted"


@dataclass(frozen=True, slots=True)
class _Words:
    embed: Mapping[str, str]
    adjectives: Mapping[str, str]
    modals: Mapping[str, str]
    negation: frozenset[str]
    light: frozenset[str]
    reporting: frozenset[str]


@cache
def _lists() -> _Words:
    grammar = words("grammar")
    return _Words(
        embed={w: f for f, many in grammar["embed"].items() for w in reversed(many)},
        adjectives={w: f for f, many in grammar["adjectives"].items() for w in many},
        modals={w: f for f, many in grammar["modals"].items() for w in many},
        negation=frozenset(grammar["negation"]["words"]),
        light=frozenset(grammar["light"]["verbs"]),
        reporting=frozenset(grammar["reporting"]["verbs"]),
    )


_DENIED = "Denied"
_IF = ("if", "unless", "whether")


def presented(
    tree: Tree,
    trigger: int,
    stop_at: Mapping[int, str | None] | None = None,
    parts: Collection[int] = (),
) -> Presented:
    """Read how the text presents the event at a trigger token.

    Args:
        tree: the article's parse.
        trigger: token of the verb or noun that names the event.
        stop_at: coded triggers and how each presents what it embeds; None in it: a fact of its own.
        parts: tokens of the trigger's own words, which present nothing ("has not ruled out").
    """
    start = trigger
    own = _adjective(tree, trigger) or _own(tree, start, parts)
    if own is not None:
        return own
    child = start
    for below, head in tree.governors(start):
        token = tree[head]
        if tree[below].dep in ("advcl", "relcl", "parataxis") and tree.is_verb(below) and not _purpose(tree, below):
            # A clause beside another is no part of what the other demands or denies.
            return Presented()
        beside = tree[below].dep == "conj" and tree.is_verb(below)
        if stop_at and head in stop_at and head != start and not beside:
            how = stop_at[head]
            if how is None and tree[below].dep == "advcl" and _purpose(tree, below):
                return _made("Intended", head, "purpose")
            if how is None:
                return Presented()
            return _unless_denied(tree, _made(how, head, f"under {token.lemma!r}"), head, parts)
        found = _embedding(tree, below, head)
        if found is not None:
            how, reason = found
            outer = _own(tree, head, parts)
            if how == _DENIED and outer is not None and not outer.positive:
                return Presented(by=head, reason=f"not {token.lemma!r}")
            return _unless_denied(tree, _made(how, head, reason), head, parts)
        if _crosses_clause(tree, below, head) and not _carries(tree, below):
            return Presented()
        together = (
            tree[below].dep == "conj"
            and tree[below].tag == "VB"
            and not tree.kids(below, "nsubj")
            and all(tree[k].text.lower() == "to" for k in tree.kids(below, "aux"))
        )
        if tree.is_verb(head) and (not tree.is_verb(child) or together):
            own = _own(tree, head, parts)
            if own is not None:
                return own
        child = head
    return Presented()


def _unless_denied(tree: Tree, made: Presented, head: int, parts: Collection[int]) -> Presented:
    """ "has not offered to leave": nobody plans it."""
    above = _own(tree, head, parts) if made.factuality in FUTURE else None
    if above is None or above.positive:
        return made
    return replace(made, positive=False, reason=f"not {tree[head].lemma!r}")


def _adjective(tree: Tree, noun: int) -> Presented | None:
    """A planned visit, a cancelled visit."""
    adjectives = _lists().adjectives
    written = (w for k in tree.kids(noun, "amod") for w in (tree[k].text.lower(), tree[k].lemma))
    how = next((adjectives[w] for w in written if w in adjectives), None)
    return None if how is None or tree.is_verb(noun) else _made(how, noun, f"adjective {how}")


def _carries(tree: Tree, below: int) -> bool:
    """Whether a clause inherits how the clause above is presented: coordination and infinitives do."""
    return tree[below].dep in ("conj", "xcomp", "pcomp", "prep", "dobj", "pobj", "attr", "acl")


def _crosses_clause(tree: Tree, below: int, head: int) -> bool:
    return tree[below].dep in ("relcl", "advcl", "ccomp", "parataxis", "csubj", "acl", "appos", "conj") and (
        tree.is_verb(below) or tree.is_verb(head)
    )


def _own(tree: Tree, i: int, parts: Collection[int] = ()) -> Presented | None:
    """Modals, negation and conditions on the token itself."""
    lists = _lists()
    negative = any(
        (tree[k].dep == "neg" or tree[k].lemma in lists.negation or tree[k].text.lower() in lists.negation)
        and tree[k].lemma != "yet"
        for k in tree.kids(i, "neg", "det", "advmod", "preconj")
        if k not in parts and not _not_only(tree, k)
    ) or _negated_dependant(tree, i)
    if tree[i].dep == "pcomp" and tree[tree[i].head].lemma == "without":
        negative = True
    auxiliaries = tree.kids(i, "aux")
    if tree[i].dep == "conj" and not auxiliaries and not tree.kids(i, "nsubj") and tree.is_verb(tree[i].head):
        auxiliaries = tree.kids(tree[i].head, "aux") if tree[i].tag == "VB" else []
    for k in auxiliaries:
        if k in parts:
            continue
        how = lists.modals.get(tree[k].text.lower()) or lists.modals.get(tree[k].lemma)
        if how is None:
            continue
        if tree[k].text.lower() == "would" and _reported(tree, i):
            how = "Future"
        if how == "Future":
            return Presented(Factuality.SCHEDULED, not negative, k, f"modal {tree[k].text!r}")
        return Presented(Factuality(how), not negative, k, f"modal {tree[k].text!r}")
    condition = _condition(tree, i)
    if condition is not None:
        return Presented(Factuality.CONDITIONAL, True, condition, f"{tree[condition].lemma!r}")
    if tree[i].dep == "xcomp" and tree[tree[i].head].lemma == "be" and _to(tree, i):
        return Presented(Factuality.SCHEDULED, not negative, tree[i].head, "is to")
    if tree[i].lemma == "be" and _ahead(tree, i):
        return Presented(Factuality.SCHEDULED, not negative, i, "is to")
    if negative:
        return Presented(Factuality.ASSERTED, False, i, "negated")
    return None


def _not_only(tree: Tree, k: int) -> bool:
    """ "They not only met" says that they met."""
    return _before(tree, k, ("only", "just", "merely", "simply"))


def _before(tree: Tree, k: int, words: Collection[str]) -> bool:
    """Whether one of some words follows a token."""
    return k + 1 < len(tree.tokens) and tree[k + 1].text.lower() in words


def _ahead(tree: Tree, i: int) -> bool:
    """Whether a "be" tells what is to come: "is to meet", or "is due to end", whatever the parser makes of the end."""
    due = any(tree[k].lemma == "due" and _before(tree, k, ("to",)) for k in tree.kids(i, "acomp"))
    return due or any(_to(tree, k) for k in tree.kids(i, "xcomp"))


def _condition(tree: Tree, i: int) -> int | None:
    """The "if" of a verb's clause: its mark, or the one before it with no comma between.

    The parser often hangs the "if" of a first clause on the verb of the second.
    """
    for k in tree.kids(i, "mark"):
        if tree[k].lemma in _IF:
            return k
    if tree.is_verb(i) and tree[i].tag in ("VBZ", "VBP", "VBD"):
        for k in range(i - 1, max(tree.annotated.sentence_of(i).first, i - 9) - 1, -1):
            if tree[k].pos == "PUNCT" or tree.is_verb(k):
                break
            if tree[k].lemma in _IF and tree[k].dep == "mark":
                return k
    return None


def _to(tree: Tree, i: int) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return tree[i].tag == "VB" and any(tree[k].text.lower() == "to" for k in tree.kids(i, "aux"))


def _negated_dependant(tree: Tree, i: int) -> bool:
    """No talks were held; signed no agreement; neither side met."""
    for k in tree.kids(i, "nsubj", "nsubjpass", "dobj"):
        for d in tree.kids(k, "det", "neg"):
            if tree[d].lemma in ("no", "neither"):
                return True
        if tree[k].lemma in ("none", "nobody", "neither", "nothing"):
            return True
    return False


def _reported(tree: Tree, i: int) -> bool:
    """Whether a clause is what a past-tense verb of saying reports: "said it would" is a future."""
    for _, head in tree.governors(i):
        if tree[head].lemma in _lists().reporting or tree[head].lemma in _lists().embed:
            return True
    return False


def _embedding(tree: Tree, below: int, head: int) -> tuple[str, str] | None:
    """Whether ``head`` presents what hangs below it, and how."""
    lists = _lists()
    dep, lemma = tree[below].dep, tree[head].lemma
    if dep in ("xcomp", "ccomp", "acl", "dobj", "pcomp", "oprd", "attr", "nsubjpass", "advcl"):
        if dep in ("dobj", "nsubjpass") and lemma in lists.light and lemma not in ("schedule", "propose", "offer"):
            return None
        if dep == "acl" and tree[below].tag in ("VBN", "VBG"):
            return None
        if dep == "advcl" and not _purpose(tree, below):
            return None
        if (
            dep == "dobj"
            and lists.embed.get(lemma) in ("Intended", "Desired")
            and lemma not in ("plan", "seek", "want", "prepare")
        ):
            return None
        how = lists.embed.get(lemma)
        if how and not (dep == "ccomp" and how == _DENIED and lemma not in ("deny", "dispute", "reject", "dismiss")):
            return how, f"under {lemma!r}"
        if dep == "advcl" or (dep == "acl" and tree[below].tag == "VB"):
            return "Intended", "purpose"
    if dep in ("pobj", "pcomp") and tree[head].pos == "ADP":
        phrase = f"{tree[tree[head].head].lemma} {lemma}"
        if phrase in lists.embed:
            return lists.embed[phrase], f"under {phrase!r}"
    return None


def _purpose(tree: Tree, i: int) -> bool:
    """An infinitive of purpose: "flew to Cairo to meet"; with a subject of its own it is something else."""
    return tree[i].tag == "VB" and any(tree[k].text.lower() == "to" for k in tree.kids(i, "aux"))


def _made(how: str, by: int, reason: str) -> Presented:
    if how == _DENIED:
        return Presented(Factuality.ASSERTED, False, by, reason)
    if how == "Presupposed":
        return Presented(Factuality.PRESUPPOSED, True, by, reason)
    return Presented(Factuality(how), True, by, reason)
