"""What the page shows, apart from how it shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorNode:
    """An actor as drawn; ``x`` and ``y`` are in the canvas' own units, y downwards."""

    id: str
    """IRI."""
    label: str
    kind: str
    """state, person, organization, group, collective, place or other."""
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    sector: str | None = None
    events: int = 0
    top: bool = True
    """Whether it is shown from the start; the others unfold on demand."""
    x: int = 0
    y: int = 0
    aliases: tuple[str, ...] = ()
    """Its other names."""
    offices: tuple[tuple[str, str, str], ...] = ()
    """Title, name of the body, and the term in words, newest first."""
    links: tuple[tuple[str, str], ...] = ()
    """Name and address of pages elsewhere that are about it."""


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """An actor in its role: actor, recipient, speaker, addressee, mediator, host ..."""

    role: str
    actor: str
    """IRI."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureEvent:
    """One event in words; all ids are IRIs."""

    id: str
    label: str
    type: str
    """Local name of the type, such as CONSULT or Statement."""
    mode: str | None
    kind_words: str
    """Type and mode for a reader: "consult (meets or talks), phone"."""
    stance: str
    """cooperation, conflict or neutral."""
    status: str
    status_words: str
    """Such as "invited, not yet happened"."""
    when_words: str
    done: bool = False
    """Whether it happened or is going on; nothing else may be drawn as done."""
    begin: date | None = None
    end: date | None = None
    parties: tuple[Party, ...] = ()
    place: str | None = None
    spots: tuple[tuple[str, float, float], ...] = ()
    """Name, latitude and longitude, in degrees, of each place that the lexicon can find on a map."""
    figures: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    """Topics, and the events that a speech act or deal is about, in words."""
    codes: tuple[str, ...] = ()
    confidence: float | None = None
    score: float | None = None
    """PLOVER's, -10 (most hostile) to 10 (most cooperative); None for what PLOVER does not code."""
    reported_as: tuple[str, ...] = ()
    """The keys of its reports, the event's own first, by which ``kg link`` parts and joins them."""
    turtle: str | None = None
    """What the graph says of the event and its mentions, as Turtle."""

    @property
    def actors(self) -> tuple[str, ...]:
        """The IRIs of all that take part, sorted, each once."""
        return tuple(sorted({p.actor for p in self.parties}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One report of an event: who says so, in which words, where."""

    event: str
    """IRI of the event."""
    parts: tuple[tuple[str, str], ...]
    """The sentence in pieces, each with its kind: text, quote or trigger."""
    says: str
    """Who says so, with the channel."""
    factuality: str
    """In words, such as "invited" or "denied"."""
    title: str
    """The article's title, or what stands for it."""
    source: str
    """Publisher and day."""
    sayers: tuple[str, ...] = ()
    """The names in ``says`` of those who say so, without the channel; the publisher where nobody is named."""
    publisher: str = ""
    article: str = ""
    """IRI of the article."""
    link: str | None = None
    """Only http or https."""
    reference: str | None = None
    """A citation for what the article reports."""
    reference_link: str | None = None
    """The same, where it is an http or https address."""
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """All events of one stance between two actors, either done ones or not-done ones."""

    a: str
    b: str
    stance: str
    done: bool
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """A node for what more than two take part in, or somebody mediates: one event, or several alike."""

    label: str
    stance: str
    done: bool
    parties: tuple[Party, ...]
    events: tuple[str, ...]
    top: bool = True
    """Whether it is shown from the start; the others unfold with their actors."""
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """What colours and shapes mean: colours by country, shapes by kind of actor."""

    countries: tuple[tuple[str, str, str], ...] = ()
    """Code, name, colour; most events first."""
    kinds: tuple[tuple[str, str], ...] = ()
    """Kind, shape; only those that occur."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """What the filters can choose from; counts are of events."""

    first: date | None = None
    last: date | None = None
    undated: int = 0
    stances: tuple[tuple[str, int], ...] = ()
    types: tuple[tuple[str, int], ...] = ()
    statuses: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing of a graph: nodes, edges and hubs, the events behind them and their evidence."""

    title: str = "Events and their sources"
    nodes: tuple[ActorNode, ...] = ()
    edges: tuple[Edge, ...] = ()
    hubs: tuple[Hub, ...] = ()
    events: tuple[PictureEvent, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    legend: Legend = Legend()
    ranges: Ranges = Ranges()
    countries: tuple[tuple[str, str], ...] = ()
    """Code and name of each country that the graph has a state for."""
    capitals: tuple[tuple[str, float, float], ...] = ()
    """Code, latitude and longitude of the capital of each country that takes part, as far as known."""
    turtle: tuple[tuple[str, str], ...] = ()
    """IRI, and what the graph says of it as Turtle, of actors and articles; for events it stands with them."""
