"""No metadata and no markup makes a reader raise anything but InputError, and no page takes minutes or a gigabyte."""

# ruff: noqa: RUF005, SIM905 - lists of awkward texts read best in rows
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.read import READERS, Found, Source
from tests.read.fuzzing import check

quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SAID = "<p>The minister of Kenya met the minister of Somalia on Monday and they held long talks on trade.</p>"


FIELDS = st.sampled_from(
    ["title", "date", "id", "url", "publisher", "language", "license", "x", "'date'", "a.b", "[date]", "[[url]]"]
)
VALUES = st.text(max_size=20) | st.sampled_from(
    ["'x'", "2024-02-30", "2024-02-28", "0001-01-01", "99999-01-01", "12:00:00", "1e400", "nan", "[]", "{}", "[[1]]"]
    + ["{a = {b = 1}}", "true", '"\\ud800"', '"\\u0000"', '"\\U0010ffff"', "'''", '"""', "0x", "9" * 5000, "\ufeff"]
)
LINES = st.lists(st.tuples(FIELDS, st.sampled_from([" = ", ": ", "", "="]), VALUES).map("".join), max_size=6).map(
    "\n".join
)


@quick
@given(text=LINES, data=st.binary(max_size=3))
def test_any_sidecar_gives_an_article_or_a_problem(tmp_path: Path, text: str, data: bytes) -> None:
    (tmp_path / "fuzz.toml").write_bytes(text.encode("utf-8", "surrogatepass") + data)
    check(".txt", b"Kenya met Somalia.", tmp_path)


@quick
@given(text=LINES, end=st.sampled_from(["---", "---\n", "---\nKenya met Somalia.", "----\nx", "\n"]))
def test_any_front_matter_gives_an_article_or_a_problem(tmp_path: Path, text: str, end: str) -> None:
    check(".md", f"---\n{text}\n{end}".encode("utf-8", "surrogatepass"), tmp_path)


NAMES = st.sampled_from(
    "p div article b a br table tr td ul li blockquote span script style h1 meta link time html body head title svg math "
    "template noscript iframe img pre code q x:y".split()
)
ATTRIBUTES = st.sampled_from(
    ["", " class='article-body'", " id=comments", " href='javascript:'", " href=http://[", " src=//x", " a", " lang=xx"]
    + [" name=date content='2024-13-45'", " property='article:published_time' content='2024-02-30T25:00:00Z'"]
    + [" datetime='0000-00-00'", " content='99999999999999999999'", " rel=canonical href='http://\ud800/'"]
    + [" charset=utf-7", " itemprop=datePublished content=''", " type='application/ld+json'", " a='<' b=\"'\""]
    + [" style='display:none'", " name=author content='{{7*7}}'"]
)
TEXTS = st.sampled_from(
    [
        SAID,
        "&#0;",
        "&#xD800;",
        "&#99999999999;",
        "&a;",
        "<![CDATA[x]]>",
        "<!--",
        "-->",
        "\x0c",
        "\x85",
        "\u202e",
        "\ufffe",
    ]
    + ["<!DOCTYPE html [<!ENTITY a 'b'>]>", "<?xml version='1.0' encoding='utf-16'?>", "© 2024 X", "</p>", "<", ">"]
    + ['{"@type":"NewsArticle","datePublished":"2024-99-99","author":{"name":[1]}}', '{"@type":', "1 January 2024"]
)
MARKUP = st.recursive(
    TEXTS | st.text(max_size=10),
    lambda inner: st.tuples(NAMES, ATTRIBUTES, st.lists(inner, max_size=4), st.booleans()).map(
        lambda made: f"<{made[0]}{made[1]}>{''.join(made[2])}" + (f"</{made[0]}>" if made[3] else "")
    ),
    max_leaves=25,
)


@quick
@given(head=MARKUP, body=MARKUP)
def test_any_markup_gives_an_article_or_a_problem(tmp_path: Path, head: str, body: str) -> None:
    page = f"<html><head>{head}</head><body><article>{SAID * 3}{body}</article></body></html>"
    check(".html", page.encode("utf-8", "surrogatepass"), tmp_path)


ENTITIES = "<!ENTITY e0 'aaaaaaaaaa'>" + "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
PAGES = {
    "entities in entities": f"<!DOCTYPE html [{ENTITIES}]><html><body>{SAID}<p>&e11;</p></body></html>",
    "the same as XML": f"<?xml version='1.0'?><!DOCTYPE html [{ENTITIES}]><html><body>{SAID}<p>&e11;</p></body></html>",
    "a file as an entity": f"<!DOCTYPE html [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><html><body>{SAID * 5}<p>&e;</p>",
    "elements in elements": "<html><body>" + "<div>" * 45_000 + SAID,
    "lists in lists": "<html><body><article>" + "<ul><li>" * 20_000 + SAID,
    "paragraphs by the thousand": "<html><body>" + SAID * 190_000,
    "attributes by the thousand": "<html><body " + " ".join(f"a{n}='x'" for n in range(200_000)) + ">" + SAID,
    "attributes that hold brackets": "<html><body " + " ".join(f"a{n}='<'" for n in range(40_000)) + ">" + SAID,
    "attributes without values": "<html><body " + "/".join(f"a{n}" for n in range(200_000)) + ">" + SAID,
    "lines by the thousand": "<html><body><p>" + "Kenya<br>" * 9_000,
    "comments in comments": "<html><body>" + "<!--" * 49_000 + SAID,
    "JSON in JSON": f"<html><head><script type='application/ld+json'>{'[' * 500_000}</script></head><body>" + SAID * 5,
    "a long title": "<html><head><title>" + "a | b - " * 500_000 + "</title></head><body>" + SAID * 5,
    "white space": "<html><body><p>Kenya" + " \t\n" * 1_000_000 + "met Somalia.</p>" + SAID * 5,
}
READ = """
import resource, sys
from pathlib import Path
from kg.errors import InputError
from kg.read import READERS, Source
resource.setrlimit(resource.RLIMIT_DATA, (900_000_000, 900_000_000))
for name in sys.argv[1:]:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 20, -1))
    try:
        [item] = READERS[".html"](Source(Path(name)))
        assert "root:" not in item.article.text
        print(len(item.article.text))
    except InputError as error:
        print(error)
"""


@pytest.mark.long
def test_no_page_takes_long_or_a_gigabyte(tmp_path: Path) -> None:
    files = []
    for number, page in enumerate(PAGES.values()):
        files.append(tmp_path / f"{number}.html")
        files[-1].write_text(page, encoding="utf-8")
    run = subprocess.run([sys.executable, "-c", READ, *files], capture_output=True, text=True, check=False)
    told = dict(zip(PAGES, run.stdout.splitlines(), strict=False))
    assert run.returncode == 0, (list(PAGES)[len(told)], run.returncode, run.stderr[-500:])
    assert len(told) == len(PAGES)
    assert "190,000" not in told["entities in entities"]
    assert told["paragraphs by the thousand"].endswith(
        "a page of 380,002 tags; at most 50,000, so save the article's page alone"
    )
    for name in ("attributes by the thousand", "attributes that hold brackets", "attributes without values"):
        assert told[name].endswith(" attributes; at most 1,000"), told[name]


def test_a_picture_in_an_attribute_is_no_flood_of_attributes(tmp_path: Path) -> None:
    picture = "data:image/svg+xml," + "a/b c=d " * 5_000
    page = f"<html><body><img src='{picture}'><article>{SAID * 5}</article></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    [item] = READERS[".html"](Source(tmp_path / "a.html"))
    assert isinstance(item, Found)


@pytest.mark.parametrize(
    "value",
    ["[" * 200_000, '{"text":' * 100_000, '{"text": ' + "9" * 100_000 + "}", '"' + "\\u0041" * 100_000],
    ids=["lists", "objects", "a number", "escapes"],
)
@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_deep_and_long_json_is_a_problem(tmp_path: Path, suffix: str, value: str) -> None:
    check(suffix, value.encode(), tmp_path)
