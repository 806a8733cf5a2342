"""How every result is shown and written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from kg.analyse import Dyad, Dyads, Unit

EVIL = "<img src=x onerror=alert(1)>\x1b[2J\u202e"
HOSTILE = Dyads(
    found=(
        Dyad(actor=Unit("=cmd()", EVIL), recipient=Unit("b", 'Bland, "the" second\nline'), events=3, score=-2.5),
        Dyad(actor=Unit("c", "北京"), recipient=Unit("b", "B"), events=1, score=None),
    ),
    by="actor",
)


def test_html_is_escaped_and_shows_what_cannot_be_seen() -> None:
    html = HOSTILE._repr_html_()
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;\\x1b[2J\\u202e" in html


def test_html_shows_so_many_rows_and_says_how_many_more() -> None:
    many = Dyads(
        found=tuple(Dyad(actor=Unit(f"a{i}", "A"), recipient=Unit("b", "B"), events=1, score=0) for i in range(1052)),
        by="actor",
    )
    html = many._repr_html_()
    assert html.count("<tr>") == 51
    assert "… and 1,002 more rows" in html


def test_csv_can_be_read_back_and_is_no_formula(tmp_path: Path) -> None:
    text = HOSTILE.to_csv(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().decode() == text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows[0] == {
        "from": "'=cmd()", "to": "b", "actor": EVIL, "recipient": 'Bland, "the" second\nline', "events": "3", "score": "-2.5",
    }  # fmt: skip
    assert rows[1]["score"] == ""


def test_json_has_rows_and_notes() -> None:
    told = json.loads(HOSTILE.to_json())
    assert told["rows"] == HOSTILE.rows()
    assert told["title"] == "Who acts on whom"
    assert told["notes"] == ["2 directed dyads. Every actor stands for itself."]


def test_text_is_a_table_that_cannot_move_the_cursor() -> None:
    text = HOSTILE.to_text()
    assert "\x1b" not in text
    assert text.splitlines()[-3:] == ["2 rows", "", "2 directed dyads. Every actor stands for itself."]
    assert max(map(len, HOSTILE.to_text(60).splitlines()[2:6])) <= 60
