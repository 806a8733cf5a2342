"""The licences of installed packages, from their metadata, against those that are allowed."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import Message
from typing import Any, cast


def stated(metadata: Any) -> str:
    """What a package states: its SPDX expression, else its licence field if that is short, else its classifiers."""
    told = cast(Message, metadata)
    expression = told.get("License-Expression")
    if expression:
        return str(expression)
    field = str(told.get("License") or "").strip()
    if field and "\n" not in field and field != "UNKNOWN":
        return field
    classifiers = (str(c) for c in told.get_all("Classifier") or ())
    return " AND ".join(sorted(c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License :: ")))


def allowed(expression: str, policy: Mapping[str, Any]) -> bool:
    """Whether an expression comes to licences that are allowed; names that are no SPDX are looked up.

    >>> policy = {"allowed": ["MIT", "Apache-2.0"], "names": {"MIT License": "MIT"}}
    >>> [allowed(e, policy) for e in ("MIT License AND Apache-2.0", "GPL-2.0-only OR MIT", "MIT AND GPL-2.0-only", "")]
    [True, True, False, False]
    """
    names: Mapping[str, str] = policy["names"]
    return any(
        all(names.get(part.strip(), part.strip()) in policy["allowed"] for part in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )
