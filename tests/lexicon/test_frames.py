"""The frame files: what they may hold, how they are read, and what is wrong with a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicon.frames import frames_version, load_frames, read_frames
from kg.vocab.cameo import CODES
from kg.vocab.plover import MODES, OWN_TYPES, TYPES

FRAMES = load_frames()


def file(folder: Path, text: str, name: str = "consult.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def frame(folder: Path, body: str) -> Path:
    return file(folder, f'type = "CONSULT"\n[[frame]]\nid = "consult.meet"\n{body}\n')


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_plover_has_frames(kind):
    assert any(f.type == kind for f in FRAMES.all)


@pytest.mark.parametrize("frame_id", sorted(FRAMES.ids))
def test_a_frame_has_a_type_a_mode_of_its_type_and_a_known_code(frame_id):
    found = FRAMES.ids[frame_id]
    assert found.type in (*TYPES, *OWN_TYPES)
    assert found.mode is None or found.mode in MODES[found.type]
    assert found.cameo is None or found.cameo in CODES
    assert 0 < found.confidence <= 1
    assert found.patterns
    assert frame_id.startswith(found.type.lower() + ".")


def test_frames_are_found_by_the_lemma_of_their_head(tmp_path):
    frame(tmp_path, 'verbs = ["meet|see with", "call"]\nnouns = ["phone call"]')
    frames = load_frames(tmp_path)
    assert set(frames.verbs) == {"meet", "see", "call"}
    assert set(frames.nouns) == {"call"}
    [(_, pattern)] = frames.nouns["call"]
    assert (pattern.needs, pattern.pos) == ((frozenset({"phone"}),), "noun")


def test_the_most_demanding_pattern_of_a_head_comes_first(tmp_path):
    frame(tmp_path, 'verbs = ["call", "call for peace", "call for"]')
    assert [len(p.needs) for _, p in load_frames(tmp_path).verbs["call"]] == [2, 1, 0]


def test_words_with_a_dash_before_them_must_not_be_there(tmp_path):
    frame(tmp_path, 'verbs = ["hit -record|low"]')
    [(_, pattern)] = load_frames(tmp_path).verbs["hit"]
    assert (pattern.bars, pattern.needs) == (frozenset({"record", "low"}), ())


def test_a_frame_that_says_little_has_the_usual_values(tmp_path):
    [found] = read_frames(frame(tmp_path, 'verbs = ["meet"]'))
    assert (found.actor, found.recipient, found.requires) == (("subject",), (), frozenset({"actor"}))
    assert (found.mode, found.reciprocal, found.ongoing, found.confidence) == (None, False, False, 0.6)


def test_examples_name_the_event_that_they_must_give(tmp_path):
    path = frame(
        tmp_path,
        'verbs = ["meet"]\nexamples = [{ text = "A met B.", actors = ["A"], status = "future" }]\nnone = ["C."]',
    )
    [found] = read_frames(path)
    [example] = found.examples
    assert (example.text, example.actors, example.recipients, example.status) == (
        "A met B.",
        ("A",),
        (),
        "future",
    )
    assert found.none == ("C.",)


def test_third_parties_have_their_role_and_slots(tmp_path):
    [found] = read_frames(frame(tmp_path, 'verbs = ["meet"]\nthird = { host = ["in", "at"] }'))
    assert found.third == (("host", ("in", "at")),)


@pytest.mark.parametrize(("text", "message"), [
    ("type = ", "consult.toml: not TOML: "),
    ("[[frame]]\nid = 'x'", "consult.toml: no 'type' at the top; write type = \"CONSULT\" or the like"),
])  # fmt: skip
def test_a_file_that_is_no_frame_file_is_named(tmp_path, text, message):
    with pytest.raises(LexiconError) as caught:
        read_frames(file(tmp_path, text))
    assert str(caught.value).startswith(message)


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    path = tmp_path / "consult.toml"
    path.write_bytes(b'type = "\xff"')
    with pytest.raises(LexiconError, match=r"consult\.toml: not TOML"):
        read_frames(path)


@pytest.mark.parametrize(("body", "message"), [
    ('verb = ["meet"]', "unknown key 'verb'; did you mean 'verbs'?"),
    ('verbs = ["meet"]\nactor = ["subjekt"]', "unknown slot 'subjekt'; did you mean 'subject'?"),
    ('verbs = ["meet"]\nrecipient = ["wit"]', "unknown slot 'wit'; did you mean 'with'?"),
    ('verbs = ["meet"]\nthird = { host = ["inn"] }', "unknown slot 'inn'; did you mean "),
    ('verbs = ["meet"]\nrequires = ["actors"]', "unknown requirement 'actors'; did you mean 'actor'?"),
    ('verbs = ["meet"]\nembeds = "Requestet"', "unknown factuality 'Requestet'; did you mean 'Requested'?"),
    ('verbs = ["meet"]\nexamples = [{ actors = ["A"] }]', "no 'text' given"),
])  # fmt: skip
def test_what_a_frame_may_not_say_is_named_with_what_would_be_right(tmp_path, body, message):
    with pytest.raises(LexiconError) as caught:
        read_frames(frame(tmp_path, body))
    assert str(caught.value).startswith("consult.toml: frame 'consult.meet': ")
    assert message in str(caught.value)


def test_a_frame_without_an_id_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"consult\.toml: frame '\?': no 'id' given"):
        read_frames(file(tmp_path, 'type = "CONSULT"\n[[frame]]\nverbs = ["meet"]\n'))


def test_an_id_that_stands_twice_is_named(tmp_path):
    file(tmp_path, 'type = "CONSULT"\n[[frame]]\nid = "x"\nverbs = ["meet"]\n', "a.toml")
    file(tmp_path, 'type = "AID"\n[[frame]]\nid = "x"\nverbs = ["help"]\n', "b.toml")
    with pytest.raises(LexiconError, match="'x' stands twice"):
        load_frames(tmp_path)


def test_the_version_changes_with_a_frame_and_with_a_word_list(tmp_path):
    (tmp_path / "frames").mkdir()
    (tmp_path / "words").mkdir()
    path = frame(tmp_path / "frames", 'verbs = ["meet"]')
    words = file(tmp_path / "words", "a = 1", "grammar.toml")
    before = frames_version(tmp_path)
    assert before == frames_version(tmp_path)
    assert len(before) == 12
    words.write_text("a = 2")
    between = frames_version(tmp_path)
    path.write_text(path.read_text() + "\n# more\n")
    assert len({before, between, frames_version(tmp_path)}) == 3
