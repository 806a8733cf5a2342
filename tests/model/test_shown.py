"""Records as a notebook shows them."""

from __future__ import annotations

import pytest

from kg.model import Actor, Answer, Event, EventMention, Participant, Place, Span, Status, Term, When

EVIL = "<script>alert(1)</script>\u202e\x1b\"'"


def mention(quote: str = "met", **more: object) -> EventMention:
    return EventMention(
        article="a", span=Span(0, 3), quote=quote, sentence=1, trigger="met", trigger_span=Span(0, 3), **more
    )  # type: ignore[arg-type]


def test_an_answer_is_a_table_of_escaped_cells() -> None:
    rows = ((Term("literal", EVIL), Term("iri", f"https://e.example/{EVIL}#x")), (None, Term("blank", "b0")))
    html = Answer("select", ("who", EVIL), rows)._repr_html_()
    assert "<script" not in html
    assert "\u202e" not in html
    assert "\x1b" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;\ufffd\ufffd&quot;&#x27;") == 3
    assert html.count("<tr>") == 3
    assert ">…#x</td>" in html
    assert "<td></td>" in html
    assert "more" not in html


def test_a_long_answer_says_how_many_rows_and_columns_are_not_shown() -> None:
    columns = tuple(f"c{i}" for i in range(31))
    rows = tuple(tuple(Term("literal", "x" * 5000) for _ in columns) for _ in range(1050))
    html = Answer("select", columns, rows)._repr_html_()
    assert html.count("<tr>") == 51
    assert "<p>… and 1,000 more rows</p><p>… and 1 more column</p>" in html
    assert len(html) < 51 * 30 * 350


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer("ask", truth=True), "<p>yes</p>"),
        (Answer("ask", truth=False), "<p>no</p>"),
        (Answer("select", ("a",)), "<p>no rows</p>"),
        (Answer("select"), "<p>no rows</p>"),
    ],
)
def test_an_answer_without_rows_says_so(answer: Answer, told: str) -> None:
    assert told in answer._repr_html_()


def test_an_event_shows_what_it_rests_on() -> None:
    who = Participant(actor=Actor(id="a", name=EVIL, kind="state"))
    event = Event(
        key="0123", type="CONSULT", mode="phone", cameo="041", label=EVIL, status=Status.EXPECTED, actors=(who, who),
        recipients=(Participant(actor=Actor(id="b", name="Bland", kind="state"), role="recipient"),),
        third_parties=(Participant(actor=Actor(id="c", name="Cland", kind="state"), role="mediator"),),
        place=Place(id="p", name="Town", kind="city"), when=When(edtf="2024-03-01"),
        mentions=(mention(EVIL, confidence=0.75, attributed_to=(who,)), mention(positive=False)),
    )  # fmt: skip
    html = event._repr_html_()
    assert "<script" not in html
    for told in ("CONSULT, phone (CAMEO 041)", "Expected", "Bland", "mediator", "Cland", "Town", "2024-03-01", "1.00"):
        assert told in html
    assert html.count("&lt;script&gt;") == 4
    assert "<q>met</q> (not asserted)" in html
    assert "; so says &lt;script" in html


def test_a_bare_event_has_no_empty_lines_and_many_mentions_are_counted() -> None:
    bare = Event(key="0", type="AID", label="aid", status=Status.UNKNOWN)
    assert "<td style='text-align:left'></td>" not in bare._repr_html_()
    assert "<ul>" not in bare._repr_html_()
    many = Event(key="0", type="AID", label="aid", status=Status.UNKNOWN, mentions=(mention(),) * 53)
    assert many._repr_html_().count("<li>") == 50
    assert "… and 3 more mentions" in many._repr_html_()
