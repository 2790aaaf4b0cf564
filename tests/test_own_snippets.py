"""A user's own snippets: kept, exported, imported, and never half-written."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sediff.errors import RequestError
from sediff.experience import own as own_module
from sediff.experience.own import FORMAT, MAX_SNIPPETS, OwnSnippets, read_snippets

TEXT = "In our ward every new one is compared with the oldest ECG that we can find."


def _file(*rows: object, **other: object) -> bytes:
    whole = {"format": FORMAT, "version": 1, "snippets": list(rows), **other}
    return json.dumps(whole).encode()


def _row(**other: object) -> dict[str, object]:
    return {"id": "own-1", "finding": "lbbb", "text": TEXT, "source": "Dr Who", **other}


def test_what_was_added_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "own.json"
    added = OwnSnippets(path).add("lbbb", TEXT, "Our ward")
    assert OwnSnippets(path).list() == (added,)
    assert added.id.startswith("own-")
    assert (added.source.kind, added.source.citation) == ("own", "Our ward")


def test_without_a_file_all_stays_in_memory() -> None:
    own = OwnSnippets()
    added = own.add("lbbb", TEXT)
    assert added.source.citation == "my own practice"
    own.remove(added.id)
    assert own.list() == ()
    with pytest.raises(RequestError, match="no longer there"):
        own.remove(added.id)


def test_an_export_imports_as_the_same_and_only_once() -> None:
    first, second = OwnSnippets(), OwnSnippets()
    first.add("lbbb", TEXT)
    first.add("pvc", TEXT, "ä ö ü", "pitfall")
    assert second.import_file(first.export()) == 2
    assert second.list() == first.list()
    assert second.import_file(first.export()) == 0


def test_an_import_keeps_what_is_there_and_renames_where_ids_meet() -> None:
    own = OwnSnippets()
    own.import_file(_file(_row()))
    own.import_file(_file(_row(text=TEXT + " Always.")))
    assert len({one.id for one in own.list()}) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a file of notes"),
        (b"\xff\xfe\x00", "not a file of notes"),
        (b"[" * 100_000, "not a file of notes"),
        (b'{"format": "other"}', "not a file of notes"),
        (_file(version=2), "another version"),
        (_file(**{"snippets": 3}), "not a file of notes"),  # type: ignore[arg-type]
        (b" " * 1_000_001, "larger than 1 MB"),
        (_file(*[1] * (MAX_SNIPPETS + 1)), "2,001 notes"),
        (_file("text"), "Note 1 of this file is not complete"),
        (_file(_row(), _row(finding="nonsense", id="own-2")), "'nonsense', not a finding"),
        (_file(_row(text="short")), "5 characters"),
        (_file(_row(text="long " * 200)), "characters: write 40 to 480"),
        (_file(_row(text=None)), "has no text"),
        (_file(_row(source="s" * 201)), "source line"),
        (_file(_row(aspect="gossip")), "no known aspect"),
        (_file(_row(id="lbbb-look")), "not one's own"),
        (_file(_row(), _row()), "same id"),
    ],
)
def test_a_hostile_or_broken_file_changes_nothing(content: bytes, sentence: str) -> None:
    own = OwnSnippets()
    kept = own.add("pvc", TEXT)
    with pytest.raises(RequestError, match=sentence) as refused:
        own.import_file(content)
    assert "\n" not in str(refused.value)
    assert own.list() == (kept,)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    with pytest.raises(RequestError):
        read_snippets(content)


def test_two_sessions_of_one_file_keep_each_others_notes(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    first, second = OwnSnippets(path), OwnSnippets(path)
    first.add("lbbb", TEXT)
    added = second.add("pvc", TEXT)
    assert len(OwnSnippets(path).list()) == 2
    first.remove(added.id)
    assert [one.finding for one in OwnSnippets(path).list()] == ["lbbb"]


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.json"
    own = OwnSnippets(path)
    own.add("lbbb", TEXT)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(own_module.os, "replace", fail)
    with pytest.raises(RequestError, match="cannot be written"):
        own.add("pvc", TEXT)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    assert len(own.list()) == 1


def test_control_characters_do_not_get_in() -> None:
    added = OwnSnippets().add("lbbb", TEXT + "\x00\x1b[31m\n new line", "a\nb")
    assert added.text.isprintable()
    assert added.source.citation == "a b"


def test_the_same_text_is_not_kept_twice() -> None:
    own = OwnSnippets()
    own.add("lbbb", TEXT)
    with pytest.raises(RequestError, match="there already"):
        own.add("lbbb", TEXT)
