"""Sources to articles: the one function that the pipeline calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kg.errors import InputError, Skipped
from kg.model import Article
from kg.read.dateline import dateline
from kg.read.expand import Report, expand, report
from kg.read.readers import known_readers
from kg.read.source import STDIN, Found, Item, Source, shown
from kg.read.stdin import read_stdin


def read(
    sources: Iterable[str | Path] | str | Path,
    *,
    published: date | None = None,
    on_problem: Report | None = None,
) -> Iterator[Article]:
    """Give the articles of files, folders, globs and standard input (``-``), one by one.

    A text that was read already, under whatever id, is left out with a ``Skipped`` notice, since
    the graph knows an article by its text.

    Args:
        sources: What to read; a single name is one source.
        published: The publication date of articles that tell none.
        on_problem: Takes each problem of a source, line or article, and the others are still
            read; None raises the first. Notices are never raised.

    Yields:
        Articles whose dateline, and publisher where the metadata has none, come from the text.

    Raises:
        InputError: A source or an article is not what it should be, and ``on_problem`` is None.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (pathlib.Path(folder) / "a.txt").write_text("PARIS (AP) - Mali and Chad met.")
    ...     [(article.id, article.publisher) for article in read(folder)]
    [('a', 'AP')]
    """
    earlier = _Earlier()
    for item in _items(sources, on_problem):
        if isinstance(item, InputError):
            report(item, on_problem)
        elif clash := earlier.clash(item):
            report(clash, on_problem)
        else:
            yield _completed(item.article, published)


def _items(sources: Iterable[str | Path] | str | Path, on_problem: Report | None) -> Iterator[Item]:
    known = known_readers()
    for path in expand(sources, on_problem=on_problem):
        reader = read_stdin if path == STDIN else known[path.suffix.lower()]
        source = Source(path)
        try:
            yield from reader(source)
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(f"{source.name}: reading stopped: {error.strerror or error}")


@dataclass(slots=True)
class _Earlier:
    """The articles read so far, by id and by text, to notice a second one."""

    ids: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def clash(self, found: Found) -> InputError | None:
        article, where = found.article, found.where
        if article.key in self.texts:
            return Skipped(f"{where}: left out, as its text was read already from {self.texts[article.key]}")
        if article.id in self.ids:
            return InputError(
                f"{where}: the id {shown(article.id)} is also that of {self.ids[article.id]}, another text; "
                "give one of them another id"
            )
        self.ids[article.id] = self.texts[article.key] = where
        return None


def _completed(article: Article, published: date | None) -> Article:
    line = None if article.dateline and article.publisher else dateline(article.text)
    return replace(
        article,
        published=article.published or published,
        dateline=article.dateline or (line.place if line else None),
        publisher=article.publisher or (line.agency if line else None),
    )
