"""Claims about files of cases: export, import, hand-outs and bundles."""

import base64
import contextlib
import csv
import io
import json
import zipfile
import zlib

import numpy as np
import pypdf
import pytest
import wfdb
from hypothesis import given, settings
from hypothesis import strategies as st

from sediff.cases import library as library_module
from sediff.cases.bundle import bundle
from sediff.cases.case import CASE_VERSION
from sediff.cases.exchange import from_file, to_file
from sediff.cases.handout import handout
from sediff.cases.library import Library
from sediff.cases.limits import MAX_FILE
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import RequestError
from tests.cases_made import ANSWER, POINT, TITLE, case_of

SECRETS = (TITLE, ANSWER, POINT, "fibrillation", "bundle branch", "lbbb", "ward")


EXPORTED = to_file([case_of()])


def _changed(**values: object) -> bytes:
    """An exported file whose one case has other values; `None` takes a key out."""
    whole = json.loads(EXPORTED)
    row = {**whole["cases"][0], **values}
    whole["cases"] = [{k: v for k, v in row.items() if v is not None}]
    return json.dumps(whole).encode()


def _whole(**values: object) -> bytes:
    return json.dumps({**json.loads(EXPORTED), **values}).encode()


# export and import


def test_an_export_comes_back_with_every_text_and_sample():
    cases = [case_of(), case_of("Zweiter Fall: Größe $5 <b>", age=None, sex=None)]
    read = from_file(to_file(cases))
    assert read == cases
    assert all(np.array_equal(a.uv, b.uv) for a, b in zip(read, cases, strict=True))


def test_an_export_says_synthetic():
    assert SYNTHETIC_MARK.encode() in to_file([case_of()])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a file of cases"),
        (b"\xff\xfe\x00", "not a file of cases"),
        (b"[" * 100_000, "not a file of cases"),
        (b"PK\x03\x04", "not a file of cases"),
        (b'{"format": "other"}', "not a file of cases"),
        (b" " * (MAX_FILE + 1), "larger than 20 MB"),
        (_whole(version=CASE_VERSION + 1), "newer version: update the app"),
        (_whole(version="1"), "not a case that this app"),
        (_whole(version=None), "not a case that this app"),
        (_whole(cases=[]), "holds no case"),
        (_whole(cases={}), "holds no case"),
        (_whole(cases=[1] * 201), "201 cases"),
        (_whole(cases=["text"]), "Case 1 of this file is not complete"),
        (_changed(samples=None), "Case 1 of this file is not complete"),
        (_changed(samples="%%%"), "not complete or damaged"),
        (_changed(samples=base64.b64encode(zlib.compress(bytes(10**7))).decode()), "damaged"),
        (_changed(n_samples=10**9), "too long or empty"),
        (_changed(n_samples=True), "not complete"),
        (_changed(title=None), "needs a title"),
        (_changed(title=["x"]), "must be text"),
        (_changed(tags="abc"), "list of texts"),
        (_changed(findings=[1]), "list of texts"),
        (_changed(learned=[["a"]]), "pairs"),
        (_changed(difficulty="2"), "1, 2 or 3"),
        (_changed(age="70"), "0 to 130"),
        (_changed(id="../../../etc/passwd"), "id of a case"),
        (_changed(fs=1e9), "100 to 2000 Hz"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_in_one_sentence(content, sentence):
    with pytest.raises(RequestError, match=sentence) as refused:
        from_file(content)
    assert "\n" not in str(refused.value)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_else(content):
    with pytest.raises(RequestError):
        from_file(content)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(json.loads(EXPORTED)["cases"][0])),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2)
        ),
        max_leaves=5,
    ),
)
def test_no_value_of_a_case_raises_anything_else(name, value):
    whole = json.loads(EXPORTED)
    whole["cases"][0][name] = value
    with contextlib.suppress(RequestError):
        from_file(json.dumps(whole).encode())


def test_two_cases_of_one_id_are_refused():
    case = case_of()
    with pytest.raises(RequestError, match="same id"):
        from_file(to_file([case, case]))


def test_an_import_adds_what_is_new_and_replaces_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(library_module, "shipped_cases", lambda: ())
    library = Library("me", f"sqlite:///{tmp_path}/studio.db")
    mine = library.save(case_of("Mine"))
    file = to_file([mine, case_of("Other")])
    assert library.add_all(from_file(file)) == 1
    assert library.add_all(from_file(file)) == 0
    assert library.add_all(from_file(file.replace(b'"Mine"', b'"Changed elsewhere"'))) == 1
    titles = sorted(head.title for head in library.search())
    assert titles == ["Changed elsewhere", "Mine", "Other"]


# hand-outs


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture(scope="module")
def student() -> bytes:
    return handout([case_of(), case_of(history="It costs $5 and $6, <b>ä</b>.")])


def test_a_students_hand_out_holds_no_answer_anywhere(student):
    reader = pypdf.PdfReader(io.BytesIO(student))
    everything = _text(student) + str(reader.metadata) + student.decode("latin-1")
    assert all(secret.lower() not in everything.lower() for secret in SECRETS)
    assert case_of().id not in everything


def test_a_hand_out_says_case_history_question_and_synthetic_on_every_case(student):
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(student)).pages]
    for number, page in enumerate(pages, start=1):
        assert f"Case {number}" in page
        assert "What does this ECG show?" in page
        assert SYNTHETIC_MARK in page
    assert "palpitations" in pages[0]
    assert "It costs $5 and $6, <b>ä</b>." in pages[1]


WORDS = [f"word{k}" for k in range(400)]


@pytest.fixture(scope="module")
def teacher() -> list[str]:
    """The pages of a Letter hand-out with answers; the second case has a long history."""
    cases = [case_of(), case_of(history=" ".join(WORDS), answer="x" * 3000)]
    pages = pypdf.PdfReader(io.BytesIO(handout(cases, answers=True, paper="Letter"))).pages
    assert _size(pages[0]) == pytest.approx((279.4, 215.9), abs=0.1)
    return [page.extract_text() for page in pages]


def _size(page: pypdf.PageObject) -> tuple[float, ...]:
    return tuple(float(side) * 25.4 / 72 for side in (page.mediabox.width, page.mediabox.height))


def test_a_hand_out_has_the_size_of_its_paper(student):
    page = pypdf.PdfReader(io.BytesIO(student)).pages[0]
    assert _size(page) == pytest.approx((297, 210), abs=0.1)


def test_answers_come_on_pages_of_their_own(teacher):
    first = next(k for k, page in enumerate(teacher) if "Answers" in page)
    assert first > 1
    assert not any(ANSWER in page or "xxx" in page for page in teacher[:first])
    assert ANSWER in teacher[first]
    assert POINT in teacher[first]


def test_a_long_text_goes_on_and_loses_nothing(teacher):
    whole = "\n".join(teacher)
    assert set(WORDS) <= set(whole.split())
    assert whole.count("x") >= 3000


def test_nothing_to_print_is_a_sentence():
    with pytest.raises(RequestError, match="at least one case"):
        handout([])
    with pytest.raises(RequestError, match="A4 or Letter"):
        handout([case_of()], paper="A0")


# the bundle


def test_a_bundle_holds_everything_and_reads_back(tmp_path):
    cases = [case_of("=1+1", history="@SUM(A1)"), case_of(spec="")]
    steps: list[tuple[int, int]] = []
    content = bundle(cases, on_step=lambda done, of: steps.append((done, of)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
        names = archive.namelist()
    assert steps[-1] == (4, 4)
    assert not any("fibrillation" in name for name in names)
    assert from_file((tmp_path / "sediff-cases.json").read_bytes()) == cases
    record = wfdb.rdrecord(str(tmp_path / "ecgs" / "case-01"), physical=False)
    assert np.array_equal(record.d_signal.T, cases[0].uv)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "index.csv").read_text("utf-8-sig"))))
    assert [row["case"] for row in rows] == ["case-01", "case-02"]
    assert (rows[0]["title"], rows[0]["history"]) == ("'=1+1", "'@SUM(A1)")
    assert rows[0]["mark"] == SYNTHETIC_MARK
    assert rows[1]["files"] == "0"  # its settings are not kept
    text = _text((tmp_path / "handout.pdf").read_bytes())
    assert ANSWER not in text
    assert ANSWER in _text((tmp_path / "handout-with-answers.pdf").read_bytes())


def test_a_bundle_of_too_many_is_a_sentence():
    with pytest.raises(RequestError, match="at most 60"):
        bundle([case_of()] * 61)
