"""Retrieval with a small library and an encoder that only counts letters: what the words decide."""

import json
import threading
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sediff.errors import RequestError
from sediff.experience import shell
from sediff.experience.corpus import build_corpus
from sediff.experience.library import Library
from sediff.experience.own import OwnSnippets
from sediff.experience.retrieval import Hit, Retriever
from sediff.experience.snippet import Snippet, Source
from sediff.experience.vectors import load_vectors, write_vectors
from sediff.findings import FINDINGS

BOOK = Source("book", "Someone", "A book", "Publisher 2020", 2020, "book")


class LetterEncoder:
    """Unit vectors that count groups of three letters; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, reports: Sequence[str]) -> np.ndarray:
        self.asked += reports
        rows = np.full((len(reports), 128), 1e-3, np.float32)
        for row, report in zip(rows, reports, strict=True):
            text = f"  {report.lower()} ".encode("utf-8", "replace")
            for i in range(len(text) - 2):
                row[zlib.crc32(text[i : i + 3]) % 128] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _snippet(id: str, aspect: str, text: str, **limits: object) -> Snippet:
    number = f"{id}-{aspect}-{len(text)}"
    return Snippet(number, id, aspect, text, BOOK, "standard", **limits)  # type: ignore[arg-type]


def _library() -> Library:
    looks = [
        _snippet(one.id, "look", f"{one.name} looks so that all who know it can tell it.")
        for one in FINDINGS.values()
    ]
    more = [
        _snippet("lbbb", "mimic", "A paced rhythm may pass for it; look for spikes."),
        _snippet("lbbb", "mechanism", "The septum is activated from the right side."),
        _snippet("lbbb", "criteria", "QRS of at least 120 ms with a broad R in V6."),
        _snippet("long_qt", "effect", "In women QTc is longer by 10 to 20 ms.", sex="female"),
        _snippet("long_qt", "effect", "In boys it falls after puberty.", sex="male"),
        _snippet("right_axis", "effect", "Right axis is normal in infants.", age_max=2),
    ]
    return Library((*looks, *more), {"book": BOOK}, {"atrial_flutter": ("washing machine heart",)})


@pytest.fixture(scope="module")
def encoder() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture(scope="module")
def retriever(encoder: LetterEncoder) -> Retriever:
    return Retriever(_library(), encoder)


def found(hits: Sequence[Hit]) -> list[str]:
    return [hit.snippet.finding for hit in hits]


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        ("LBBB", "lbbb"),
        ("complete left bundle branch block", "lbbb"),
        ("Linksschenkelblock", "lbbb"),
        ("left bundel brach block", "lbbb"),
        ("AVNRT", "avnrt"),
        ("wolf parkinson wite", "wpw"),
        ("Vorhofflimmern", "atrial_fibrillation"),
        ("heart attack at the bottom of the heart, fresh", "inferior_stemi"),
        ("old scar from a heart attack at the bottom", "inferior_mi"),
        ("my heart is racing", "tachycardia"),
        ("water around the heart", "tamponade"),
        ("saddle shaped ST elevation in all leads with PR depression", "pericarditis"),
        ("QTc 520 ms", "long_qt"),
        ("left bundle, not right", "lbbb"),
    ],
)
def test_the_finding_that_is_meant_comes_first(
    retriever: Retriever, query: str, finding: str
) -> None:
    assert found(retriever.search(query))[:1] == [finding]


@pytest.mark.parametrize(
    ("query", "finding", "never"),
    [
        ("right bundle branch block", "rbbb", "lbbb"),
        ("left anterior fascicular block", "lafb", "lpfb"),
        ("left atrial, not right atrial enlargement", "lae", "rae"),
        ("second degree AV block, not first degree", "second_degree_av_block",
         "first_degree_av_block"),
        ("old anterior infarct", "anterior_mi", "anterior_stemi"),
        ("acute anterior infarct", "anterior_stemi", "anterior_mi"),
        ("NSTEMI, not STEMI", "nstemi", "stemi"),
        ("inferior infarct", "inferior_mi", "anterior_mi"),
    ],
)  # fmt: skip
def test_twins_are_not_confused(retriever: Retriever, query: str, finding: str, never: str) -> None:
    ids = found(retriever.search(query))
    assert ids[0] == finding
    assert never not in ids


@pytest.mark.parametrize(
    ("query", "never"),
    [
        ("atrial fibrillation, no bundle branch block", {"lbbb", "rbbb", "bundle_branch_block"}),
        ("sinus bradycardia without signs of ischaemia", {"ischaemia", "ischaemia_anterior"}),
        ("kein Linksschenkelblock, AV-Block I. Grades", {"lbbb"}),
        ("pericarditis, infarct ruled out", {"infarct", "inferior_mi"}),
    ],
)
def test_what_is_denied_never_comes(retriever: Retriever, query: str, never: set[str]) -> None:
    hits = retriever.search(query, limit=20)
    assert hits
    assert never.isdisjoint(found(hits))


def test_a_question_that_only_denies_has_no_answer(retriever: Retriever) -> None:
    assert retriever.search("no left bundle branch block") == ()


def test_not_knowing_a_finding_does_not_deny_it(retriever: Retriever) -> None:
    assert found(retriever.search("I do not understand what AF is"))[0] == "atrial_fibrillation"


def test_several_findings_alternate(retriever: Retriever) -> None:
    ids = found(retriever.search("78f AFib + LBBB, PVCs"))
    assert set(ids[:3]) == {"atrial_fibrillation", "lbbb", "pvc"}


@pytest.mark.parametrize(
    ("query", "aspect"),
    [
        ("LBBB", "look"),
        ("why does LBBB look so", "mechanism"),
        ("criteria of LBBB", "criteria"),
        ("what is LBBB mistaken for", "mimic"),
    ],
)
def test_the_aspect_that_is_asked_for_comes_first(
    retriever: Retriever, query: str, aspect: str
) -> None:
    assert retriever.search(query)[0].snippet.aspect == aspect


def test_snippets_of_other_patients_stay_away(retriever: Retriever) -> None:
    def texts(query: str, **patient: object) -> str:
        hits = retriever.search(query, **patient)  # type: ignore[arg-type]
        return " ".join(hit.snippet.text for hit in hits)

    assert "In women" in texts("prolonged QT interval", sex="female")
    assert "In boys" not in texts("prolonged QT interval", sex="female")
    assert "In women" not in texts("prolonged QT in a 30 year old man")
    assert "infants" not in texts("right axis deviation", age=50)


def test_chosen_findings_are_the_only_ones(retriever: Retriever) -> None:
    ids = found(retriever.search("how does this look?", findings=["lbbb", "pvc"]))
    assert set(ids) == {"lbbb", "pvc"}
    assert set(found(retriever.search("no LBBB", findings=["lbbb"]))) == set()


@pytest.mark.parametrize(
    "query",
    ["", "   ", "?!... --", "recipe for tomato soup", "Kartoffeln schälen und kochen",
     "who won the world cup final", "lorem ipsum dolor sit amet", "\x00\ud800"],
)  # fmt: skip
def test_nothing_close_gives_nothing(retriever: Retriever, query: str) -> None:
    assert retriever.search(query) == ()


def test_a_hit_says_why_it_came(retriever: Retriever) -> None:
    first = retriever.search("LBBB")[0]
    assert "report states left bundle branch block" in first.matched
    assert "holds possible" in retriever.search("possible LBBB")[0].matched


def test_scores_fall_from_at_most_one(retriever: Retriever) -> None:
    for query in ("LBBB", "AF with LVH and PVCs", "washing machine heart"):
        scores = [hit.score for hit in retriever.search(query)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_lay_phrases_of_the_library_are_found(retriever: Retriever) -> None:
    assert found(retriever.search("washing machine heart"))[0] == "atrial_flutter"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_search(text: str) -> None:
    for hit in _FUZZED.search(text):
        assert hit.matched


def test_long_text_is_cut_before_it_is_encoded(
    retriever: Retriever, encoder: LetterEncoder
) -> None:
    encoder.asked.clear()
    retriever.search("LBBB and a word " * 10_000)
    assert max(map(len, encoder.asked)) <= 4000


def test_own_snippets_are_found_and_only_they_are_encoded(
    retriever: Retriever, encoder: LetterEncoder
) -> None:
    own = OwnSnippets()
    own.add("lbbb", "Our rehabilitation clinic calls the cardiologist Meier for every new one.")
    encoder.asked.clear()
    mine = retriever.with_own(own.list())
    assert len(encoder.asked) == 1
    hits = mine.search("left bundle branch block, call cardiologist Meier")
    assert "own" in {hit.snippet.source.kind for hit in hits[:2]}
    assert all(hit.snippet.source.kind != "own" for hit in retriever.search("LBBB"))
    assert found(mine.with_own(()).search("LBBB")) == found(retriever.search("LBBB"))


def test_two_threads_get_the_same_answers(retriever: Retriever) -> None:
    queries = ["LBBB", "AF", "PVC", "long QT"] * 3
    expected = [retriever.search(query) for query in queries]
    got: list[list[tuple[Hit, ...]]] = []

    def work() -> None:
        got.append([retriever.search(query) for query in queries])

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [expected, expected]


def test_vectors_that_are_out_of_date_are_made_anew_with_a_note(
    tmp_path: Path, encoder: LetterEncoder
) -> None:
    texts = build_corpus(_library()).texts
    write_vectors(encoder, texts, tmp_path)
    vectors = load_vectors(texts, tmp_path)
    assert vectors is not None
    assert Retriever(_library(), encoder, vectors).notes == ()
    assert load_vectors((*texts[:-1], "another text"), tmp_path) is None
    assert Retriever(_library(), encoder, None).notes
    (tmp_path / "experience" / "vectors.safetensors").write_bytes(b"broken")
    assert load_vectors(texts, tmp_path) is None


def test_the_shell_answers_every_line_of_a_file(
    tmp_path: Path, retriever: Retriever, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr(shell, "shipped_retriever", lambda: retriever)
    file = tmp_path / "queries.txt"
    file.write_text('LBBB\n\n{"query": "recipe for tomato soup"}\n{broken\n' + "x" * 100_000)
    assert shell.run(None, file, as_json=True) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == 4
    assert {"finding", "name", "text", "source", "score", "matched"} <= rows[0]["snippets"][
        0
    ].keys()
    assert all(row["snippets"] == [] and row["statistics"] == [] for row in rows[1:])


def test_the_shell_says_in_words_that_nothing_is_close(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr(shell, "shipped_retriever", lambda: retriever)
    shell.run("recipe for tomato soup", None, as_json=False)
    assert capsys.readouterr().out.startswith("Nothing close")


def test_the_shell_refuses_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be read"):
        shell.run(None, tmp_path / "missing.txt", as_json=True)
    for content, sentence in (
        (b"\x7fELF\x00\x01", "name a text file"),
        (b"\n  \n", "holds no query"),
        (b"x" * (shell.MAX_FILE + 1), "larger than 5 MB"),
    ):
        (tmp_path / "queries").write_bytes(content)
        with pytest.raises(RequestError, match=sentence):
            shell.run(None, tmp_path / "queries", as_json=True)
    with pytest.raises(RequestError, match="in quotes"):
        shell.run(None, None, as_json=True)


_FUZZED = Retriever(_library(), LetterEncoder())
