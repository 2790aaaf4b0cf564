"""Claims about a database in trouble: one sentence, and nothing half-written."""

import sqlite3
from pathlib import Path

import pytest

from sediff.cases import database
from sediff.cases import library as library_module
from sediff.cases.library import Library
from sediff.cases.place import HOME, URL, default_url
from sediff.errors import LibraryError
from tests.cases_made import case_of


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """No long wait for a lock, and no shipped cases."""
    monkeypatch.setattr(database, "_WAIT_S", 0.05)
    monkeypatch.setattr(library_module, "shipped_cases", lambda: ())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "studio.db"


def _refused(url: str, sentence: str) -> None:
    library = Library("me", url)
    for act in (library.search, lambda: library.save(case_of()), lambda: library.get("x" * 12)):
        with pytest.raises(LibraryError, match=sentence) as refused:
            act()
        assert "\n" not in str(refused.value)


def test_a_locked_library_is_one_sentence_and_works_again_afterwards(file):
    library = Library("me", f"sqlite:///{file}")
    case = library.save(case_of())
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LibraryError, match="in use by another program"):
        library.save(case_of())
    with pytest.raises(LibraryError, match="in use by another program"):
        library.search()
    other.rollback()
    other.close()
    assert library.get(case.id) == case
    assert len(library.search()) == 1


def test_garbage_is_not_taken_for_a_library(file):
    file.write_bytes(b"This is no database at all. " * 100)
    before = file.read_bytes()
    _refused(f"sqlite:///{file}", "damaged: restore its file")
    assert file.read_bytes() == before


def test_a_damaged_library_is_one_sentence(file):
    library = Library("me", f"sqlite:///{file}")
    library.save(case_of())
    database._engine.cache_clear()
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(LibraryError, match="damaged: restore its file"):
        library.search()


def test_a_read_only_library_can_be_read_and_says_why_it_keeps_nothing(file):
    case = Library("me", f"sqlite:///{file}").save(case_of())
    library = Library("me", f"sqlite:///file:{file}?mode=ro&uri=true")
    assert library.get(case.id) == case
    for act in (lambda: library.save(case_of()), lambda: library.delete(case.id)):
        with pytest.raises(LibraryError, match="read-only: make its file writable"):
            act()
    assert len(library.search()) == 1


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "taken").write_text("a file where a folder should be")
    _refused(f"sqlite:///{tmp_path}/taken/studio.db", "cannot be opened")


def test_a_folder_in_place_of_the_file_is_one_sentence(tmp_path):
    _refused(f"sqlite:///{tmp_path}", "cannot be opened")


@pytest.mark.parametrize(
    "url",
    ["nonsense", "sqlite:/", "nosuch://host/db", "postgresql://me@127.0.0.1:x/db",
     "postgresql+psycopg2://me:secret-word@127.0.0.1:1/db", "mysql://h/db"],
)  # fmt: skip
def test_a_wrong_address_is_one_sentence_without_its_password(url):
    _refused(url, "cannot be opened: check SEDIFF_DATABASE")
    with pytest.raises(LibraryError) as refused:
        Library("me", url).search()
    assert "secret-word" not in str(refused.value)


def test_a_full_disk_is_one_sentence_and_half_a_case_is_never_kept(file):
    library = Library("me", f"sqlite:///{file}")
    library.save(case_of())
    with database.session(f"sqlite:///{file}") as opened:
        raw = opened.connection().connection.dbapi_connection
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(LibraryError, match="disk of the library is full"):
        library.save_all([case_of(title=f"{k}") for k in range(5)])
    assert len(library.search()) == 1


def test_the_place_is_as_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv(HOME, str(tmp_path))
    monkeypatch.delenv(URL, raising=False)
    assert default_url() == f"sqlite:///{tmp_path}/studio.db"
    monkeypatch.setenv(URL, "sqlite:////elsewhere.db")
    assert default_url() == "sqlite:////elsewhere.db"


def test_searching_for_what_a_program_would_take_for_a_command_does_nothing(file):
    library = Library("x' OR '1'='1", f"sqlite:///{file}")
    library.save(case_of("'; DROP TABLE cases; --"))
    assert Library("me", f"sqlite:///{file}").search() == []
    assert len(library.search("'; DROP TABLE cases; --")) == 1
