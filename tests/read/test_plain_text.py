"""Text files: exactly the characters of the file, metadata from beside or before them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.read import MAX_TEXT_CHARS, read


def one(path: Path) -> Article:
    (article,) = read([path])
    return article


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize("text", ["a\r\nb\rc\n", " lead\u2028x\n\n", "e\u0301 \U0001f91d talks", "\x0b\x0cx"])
def test_the_text_is_the_file_to_the_last_character(tmp_path: Path, text: str) -> None:
    assert one(write(tmp_path, "a.txt", text)).text == text


def test_a_byte_order_mark_is_dropped_and_offsets_count_code_points(tmp_path: Path) -> None:
    article = one(write(tmp_path, "a.txt", b"\xef\xbb\xbf" + "\U0001f91d Abbas".encode()))
    assert article.text.index("Abbas") == 2


def test_the_stem_is_the_id(tmp_path: Path) -> None:
    assert one(write(tmp_path, "000_80078b18800f77d0.txt", "x")).id == "000_80078b18800f77d0"


def test_front_matter_is_metadata_and_not_text(tmp_path: Path) -> None:
    text = "---\nid: n1\ntitle: 'A visit: day 2'\ndate: 2015-07-14\nlanguage: en-GB\n---\n\nShe came.\n"
    article = one(write(tmp_path, "a.md", text))
    assert article == Article(
        id="n1", text="\nShe came.\n", title="A visit: day 2", published=date(2015, 7, 14), language="en-GB"
    )


def test_a_sidecar_gives_every_key(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.toml",
        'id = "n1"\ntitle = "T"\ndate = 2015-07-14\npublisher = "P"\ndateline = "VIENNA"\nurl = "https://example.org/a"\n'
        'language = "de"\nreference = "R"\nlicense = "L"\nother = [1, 2]\n',
    )
    article = one(write(tmp_path, "a.txt", "x"))
    assert article == Article(
        id="n1",
        text="x",
        title="T",
        published=date(2015, 7, 14),
        publisher="P",
        dateline="VIENNA",
        url="https://example.org/a",
        language="de",
        reference="R",
        license="L",
    )


def test_the_sidecar_holds_over_the_front_matter(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", "date = 2001-01-01T12:00:00Z\n")
    article = one(write(tmp_path, "a.txt", "---\ndate: 2000-01-01\ntitle: T\n---\nx"))
    assert (article.published, article.title) == (date(2001, 1, 1), "T")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.txt: the file is empty"),
        (b" \n\t", "a.txt: the file is empty"),
        (b"ab\0c", "a.txt: binary, a NUL byte at byte offset 2"),
        (b"ab\ncaf\xe9 x", "a.txt:2: byte 0xE9 at byte offset 6 is not UTF-8"),
        ("x".encode("utf-16"), "a.txt: encoded in UTF-16"),
        ("x".encode("utf-32"), "a.txt: encoded in UTF-32"),
        (b"---\ntitle: x\n---\n \n", "a.txt: the text is empty"),
        (b"---\ndate: 2024-02-30\n---\nx", "a.txt:2: '2024-02-30' is a date that does not exist"),
    ],
)
def test_a_bad_file_is_told_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = write(tmp_path, "a.txt", data)
    with pytest.raises(InputError) as error:
        one(path)
    assert str(error.value).startswith(f"{tmp_path}/{message}")
    assert "\n" not in str(error.value)


def test_an_offset_after_a_byte_order_mark_counts_the_mark(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="byte offset 4 "):
        one(write(tmp_path, "a.txt", b"\xef\xbb\xbfa\xff"))


def test_a_text_of_fifty_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match=r"a\.txt: 50,000,000 bytes; one text may have 2,000,000 characters"):
        one(path)


def test_a_text_one_character_over_the_cap_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a text of 2,000,001 characters"):
        one(write(tmp_path, "a.txt", "x" * (MAX_TEXT_CHARS + 1)))


def test_a_text_at_the_cap_is_read(tmp_path: Path) -> None:
    assert len(one(write(tmp_path, "a.txt", "\u20ac" * MAX_TEXT_CHARS)).text) == MAX_TEXT_CHARS
