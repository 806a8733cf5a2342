from __future__ import annotations

import csv
import io
from pathlib import Path

from kg.export import export
from kg.export.tabular import COLUMNS
from kg.store import Store


def table(store: Store, *, untyped: bool = False) -> list[dict[str, str]]:
    text = export(store, format="csv", untyped=untyped).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def row(store: Store, event: str) -> dict[str, str]:
    (found,) = (r for r in table(store) if r["event"].endswith(f"/{event}"))
    return found


def test_there_is_one_row_an_event_under_the_documented_columns(store: Store) -> None:
    rows = table(store)
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == len({r["event"] for r in rows}) == 8
    assert len(table(store, untyped=True)) == 10


def test_a_row_joins_several_values_and_counts_its_mentions(store: Store) -> None:
    found = row(store, "e1")
    assert (found["actors"], found["actor_countries"]) == ("Hamas; Israel", "PSE; ISR")
    assert (found["third_parties"], found["quad"]) == ("Qatar (mediator)", "verbal cooperation")
    assert (found["mentions"], found["articles"], found["attributed_to"]) == ("3", "wire-1; wire-2", "Qatar")
    assert found["confidence"] == "0.9"


def test_figures_are_written_out(store: Store) -> None:
    assert row(store, "e4")["quantities"] == "killed MoreThan 120 people"


def test_a_cell_that_a_spreadsheet_would_run_is_made_text(store: Store) -> None:
    assert row(store, "e4")["recipients"].startswith("'=villagers")


def test_an_actor_without_a_country_keeps_its_place(store: Store) -> None:
    assert row(store, "e4")["recipient_countries"] == "'-"


def test_rows_are_in_order_of_time(store: Store) -> None:
    days = [r["from"] for r in table(store)]
    assert days == sorted(days)


def test_the_page_on_questions_documents_every_column() -> None:
    page = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
    assert all(f"| `{column}` | {told} |" in page for column, told in COLUMNS.items())
