"""Claims about cases and their library: kept, found, shared, and nobody else's."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sediff.cases import library as library_module
from sediff.cases import shipped as shipped_module
from sediff.cases.case import MAX_TEXT, MAX_TITLE, Case, CaseHead
from sediff.cases.judged import judge_case
from sediff.cases.library import Library
from sediff.cases.samples import pack, unpack
from sediff.cases.settings import request_of, spec_of
from sediff.cases.shipped import shipped_cases, write_shipped
from sediff.errors import DataError, RequestError, WeightsError
from sediff.spec import Request
from tests.cases_made import case_of

UV = np.zeros((12, 5000), np.int16)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/deep/studio.db"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch) -> Case:
    """One shipped case, in a folder of its own."""
    case = case_of("Shipped with the app", tags=("ward",), id="shipped-case-1")
    write_shipped([case], tmp_path / "shipped")
    monkeypatch.setattr(
        library_module, "shipped_cases", lambda: shipped_cases(tmp_path / "shipped")
    )
    return replace(case, shipped=True)


@pytest.fixture
def none_shipped(monkeypatch) -> None:
    monkeypatch.setattr(library_module, "shipped_cases", lambda: ())


# the case


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "needs a title"),
        ({"title": "t" * (MAX_TITLE + 1)}, "may have 120"),
        ({"title": 3}, "must be text"),
        ({"history": "h" * (MAX_TEXT + 1)}, "4,000 characters"),
        ({"history": "\ud800"}, "must be text"),
        ({"answer": "\x00"}, "must be text"),
        ({"tags": ("t",) * 13}, "12 tags"),
        ({"tags": ("t" * 41,)}, "40 characters"),
        ({"difficulty": 4}, "1, 2 or 3"),
        ({"difficulty": True}, "1, 2 or 3"),
        ({"age": float("nan")}, "0 to 130"),
        ({"sex": "x"}, "'female' or 'male'"),
        ({"how": "dreamt"}, "'generated' or 'simulated'"),
        ({"id": "../../etc"}, "id of a case"),
        ({"fs": 7}, "100 to 2000 Hz"),
        ({"uv": UV.astype(float)}, "int16"),
        ({"uv": UV[:8]}, "12 leads"),
        ({"uv": UV[:, :10]}, "one second to a minute"),
        ({"spec": "s" * 50_000}, "too long"),
    ],
)
def test_a_case_that_cannot_be_is_refused_in_one_sentence(wrong, sentence):
    with pytest.raises(RequestError, match=sentence) as refused:
        Case(**{"title": "t", "uv": UV, **wrong})
    assert "\n" not in str(refused.value)


def test_ids_tell_nothing_and_never_meet():
    ids = {case_of().id for _ in range(50)}
    assert len(ids) == 50
    assert all(len(id) == 22 and "fibrillation" not in id for id in ids)


def test_the_ecg_of_a_case_tells_no_finding():
    assert set(case_of().ecg.provenance) == {"mark"}


def test_a_generated_ecg_becomes_a_case_with_its_findings_and_sources():
    case = case_of()
    assert case.findings == ("atrial_fibrillation", "lbbb")
    assert (case.family, case.age, case.sex, case.how) == ("rhythm", 70, "male", "simulated")
    assert dict(case.learned)["lbbb"] == "drawn by the simulator"


def test_the_criteria_are_met_again_from_the_stored_samples():
    judged = judge_case(case_of())
    assert {v.id: v.met for v in judged.verdicts} == {"atrial_fibrillation": True, "lbbb": True}


def test_findings_of_a_newer_vocabulary_do_no_harm():
    assert judge_case(case_of(findings=("unheard_of", "lbbb:no_such_stage"))).verdicts == ()


def test_settings_come_back_as_they_were_asked():
    spec = spec_of(case_of())
    assert spec is not None
    report = "Atrial fibrillation, left bundle branch block, 70-year-old man"
    assert request_of(spec) == Request(report=report, heart_rate=96, seed=3)
    assert spec_of(case_of(spec="")) is None
    assert spec_of(case_of(spec='{"version": 99}')) is None


# the samples


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 700))
def test_packed_samples_come_back_to_the_microvolt(seed, n):
    uv = np.random.default_rng(seed).integers(-32768, 32768, (12, n)).astype(np.int16)
    assert np.array_equal(unpack(pack(uv), n), uv)


@pytest.mark.parametrize("n", [0, -1, 60_001, 4999, 5001])
def test_samples_of_another_length_are_refused(n):
    with pytest.raises(DataError, match="ECG of this case"):
        unpack(pack(UV), n)


def test_a_bomb_of_samples_is_not_blown_up():
    import zlib

    with pytest.raises(DataError, match="damaged"):
        unpack(zlib.compress(bytes(50_000_000)), 500)


# the shipped cases


def test_shipped_cases_come_back_as_they_were_written(tmp_path):
    cases = [case_of("One"), case_of("Two")]
    write_shipped(cases, tmp_path)
    read = shipped_cases(tmp_path)
    assert list(read) == [replace(case, shipped=True) for case in cases]
    assert all(np.array_equal(a.uv, b.uv) for a, b in zip(read, cases, strict=True))
    before = [path.read_bytes() for path in sorted(tmp_path.iterdir())]
    write_shipped(cases, tmp_path)
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == before


@pytest.mark.parametrize("broken", ["missing", "cases.json", "ecgs.npz", "newer"])
def test_missing_or_damaged_shipped_cases_are_one_sentence(tmp_path, broken):
    if broken != "missing":
        write_shipped([case_of()], tmp_path)
    if broken == "newer":
        text = (tmp_path / "cases.json").read_text().replace('"version": 1', '"version": 9', 1)
        (tmp_path / "cases.json").write_text(text)
    elif broken != "missing":
        (tmp_path / broken).write_bytes(b"PK\x03\x04 nonsense")
    with pytest.raises(WeightsError, match="missing or damaged: restore them"):
        shipped_cases(tmp_path)


def test_damaged_shipped_cases_leave_ones_own_in_use(url, tmp_path, monkeypatch):
    monkeypatch.setattr(library_module, "shipped_cases", lambda: shipped_cases(tmp_path / "none"))
    library = Library("me", url)
    library.save(case_of())
    assert len(library.search()) == 1


# the library


def test_a_saved_case_comes_back_sample_by_sample(url, none_shipped):
    case = Library("me", url).save(case_of())
    read = Library("me", url).get(case.id)
    assert read == case
    assert np.array_equal(read.uv, case.uv)


def test_a_second_save_replaces_the_first(url, none_shipped):
    library = Library("me", url)
    case = library.save(case_of())
    library.save(replace(case, title="New", tags=(), age=None))
    assert [head.title for head in library.search()] == ["New"]
    assert library.get(case.id).age is None


def test_a_list_reads_no_samples(url, none_shipped):
    library = Library("me", url)
    library.save(case_of())
    (head,) = library.search()
    assert isinstance(head, CaseHead)
    assert not hasattr(head, "uv")


@pytest.mark.parametrize(
    ("asked", "n"),
    [
        ({}, 2),
        ({"text": "palpitations"}, 2),
        ({"text": "PALPITATIONS irregularly"}, 2),
        ({"text": "AFib"}, 2),
        ({"text": "Vorhofflimmern"}, 2),
        ({"text": "flimmern wide"}, 1),
        ({"text": "pancake"}, 0),
        ({"text": "%"}, 0),
        ({"family": "rhythm"}, 2),
        ({"family": "pacing"}, 0),
        ({"difficulty": 2}, 2),
        ({"difficulty": 1}, 0),
        ({"tags": ("Ward",)}, 2),
        ({"tags": ("ward", "exam")}, 1),
        ({"own": True}, 1),
        ({"own": False}, 1),
        ({"text": "palpitations", "own": True, "family": "rhythm", "difficulty": 2}, 1),
    ],
)
def test_search_and_filters_find_what_fits_all_of_them(url, shipped, asked, n):
    library = Library("me", url)
    library.save(case_of())
    assert len(library.search(**asked)) == n


def test_nobody_sees_changes_or_deletes_the_cases_of_another(url, none_shipped):
    case = Library("me", url).save(case_of())
    other = Library("you", url)
    assert other.search() == []
    for act in (other.get, other.delete, other.duplicate, other.share, other.get_shared):
        with pytest.raises(RequestError, match="not there"):
            act(case.id)
    other.save(replace(case, title="Mine now"))  # the same id, of another owner
    assert Library("me", url).get(case.id).title == case.title


def test_a_link_opens_one_case_in_another_browser_until_it_is_ended(url, none_shipped):
    mine, yours = Library("me", url), Library("you", url)
    case = mine.save(case_of())
    token = mine.share(case.id)
    assert token == mine.share(case.id) != case.id
    assert yours.get_shared(token) == case
    assert yours.open(token) == (case, False)
    assert mine.open(case.id) == (case, True)
    mine.save(replace(case, title="New"))
    assert yours.get_shared(token).title == "New"
    mine.unshare(case.id)
    assert not mine.is_shared(case.id)
    with pytest.raises(RequestError, match="link is not complete"):
        yours.get_shared(token)


def test_a_deleted_case_takes_its_link_along(url, none_shipped):
    library = Library("me", url)
    case = library.save(case_of())
    token = library.share(case.id)
    library.delete(case.id)
    for act in (library.get, library.get_shared, library.delete):
        with pytest.raises(RequestError, match="not there"):
            act(token if act == library.get_shared else case.id)


def test_a_shipped_case_is_never_changed_only_copied(url, shipped):
    library = Library("me", url)
    for act in (
        lambda: library.save(replace(shipped, title="x")),
        lambda: library.save(replace(shipped, shipped=False)),
        lambda: library.delete(shipped.id),
        lambda: library.unshare(shipped.id),
    ):
        with pytest.raises(RequestError, match="comes with the app"):
            act()
    copy = library.duplicate(shipped.id)
    assert (copy.title, copy.shipped) == (f"{shipped.title} (copy)", False)
    assert np.array_equal(library.get(copy.id).uv, shipped.uv)
    assert library.get_shared(library.share(shipped.id)) == shipped


def test_the_copy_of_a_long_title_still_fits(url, none_shipped):
    library = Library("me", url)
    copy = library.duplicate(library.save(case_of("t" * MAX_TITLE)).id)
    assert len(copy.title) == MAX_TITLE
    assert copy.title.endswith("(copy)")


def test_a_full_library_keeps_all_it_had(url, none_shipped, monkeypatch):
    monkeypatch.setattr(library_module, "MAX_CASES", 2)
    library = Library("me", url)
    library.save(case_of())
    with pytest.raises(RequestError, match="2 own cases"):
        library.save_all([case_of(), case_of()])
    assert len(library.search()) == 1


def test_a_case_of_a_newer_version_in_the_library_is_one_sentence(url, none_shipped):
    from sediff.cases.database import session
    from sediff.cases.rows import CaseRow

    library = Library("me", url)
    case = library.save(case_of())
    with session(url) as opened:
        opened.get_one(CaseRow, ("me", case.id)).version = 9
    with pytest.raises(RequestError, match="newer version: update the app"):
        library.get(case.id)


def test_the_first_paint_needs_no_database():
    import subprocess
    import sys

    code = (
        "import sys, pages.parts.cases_add, sediff.cases.shipped;"
        "sys.exit(bool({'sqlalchemy', 'matplotlib', 'torch'} & set(sys.modules)))"
    )
    root = Path(shipped_module.__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root).returncode == 0
