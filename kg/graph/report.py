"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass

from kg.vocab.names import split_prefix


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Finding:
    """One thing that is wrong with the graph."""

    severity: str
    """Violation, Warning or Info."""
    focus: str
    """IRI of the resource."""
    path: str = ""
    """IRI of the property, where one is to blame."""
    message: str
    value: str = ""
    article: str | None = None
    """Key of the first article whose graph holds the resource."""

    def __str__(self) -> str:
        where = f"article {self.article}: " if self.article else ""
        path = f" {_short(self.path)}" if self.path else ""
        value = f" ({_short(self.value)})" if self.value else ""
        return f"{self.severity}: {where}{_short(self.focus)}{path}: {self.message}{value}"


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, sorted; a graph conforms while none is a violation."""

    findings: tuple[Finding, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing is worse than a warning."""
        return all(f.severity != "Violation" for f in self.findings)

    def __str__(self) -> str:
        if not self.findings:
            return "no findings"
        return "\n".join(str(finding) for finding in self.findings)


def _short(value: str) -> str:
    """A value for reading: an IRI of the known namespaces with its prefix, all else cut to 80 characters."""
    if known := split_prefix(value):
        return ":".join(known)
    return value if len(value) <= 80 else value[:77] + "..."
