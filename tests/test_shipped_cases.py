"""The cases that come with the app: their texts, their ECGs, and how they are built."""

import re
from dataclasses import replace

import numpy as np
import pytest

from sediff.cases import build as building
from sediff.cases.build import Source, build, read_sources, ship
from sediff.cases.case import DIFFICULTIES, Case
from sediff.cases.shipped import FOLDER, shipped_cases
from sediff.criteria import Subject, judge_all, mimicked
from sediff.ecg import FS, SECONDS
from sediff.errors import DataError
from sediff.findings import FINDINGS, expand
from sediff.leads import derive_twelve
from sediff.measure import measure
from sediff.pipeline import simulate_only
from sediff.report import read
from sediff.spec import CaseSpec, Request, Stated

LEAST = 44
MAX_BYTES = 5_000_000
CASES = shipped_cases()
FAMILIES = {
    "normal", "rhythm", "ectopy", "pacing", "conduction", "axis", "infarct", "repolarisation",
    "chambers", "other", "technique",
}  # fmt: skip
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)


def stated(case: Case) -> tuple[Stated, ...]:
    pairs = [text.partition(":")[::2] for text in case.findings]
    return tuple(Stated(id, stage=stage) for id, stage in pairs)


def ids_in(text: str) -> set[str]:
    return {one.id for one in read(text).findings}


def test_there_are_enough_cases_of_every_family_difficulty_and_sex() -> None:
    assert len(CASES) >= LEAST
    assert {case.family for case in CASES} == FAMILIES
    for wanted in DIFFICULTIES:
        assert sum(case.difficulty == wanted for case in CASES) >= 8
    for wanted in ("female", "male"):
        assert sum(case.sex == wanted for case in CASES) >= len(CASES) * 0.4


def test_ages_reach_from_the_young_to_the_old() -> None:
    ages = [case.age or 0 for case in CASES]
    assert min(ages) >= 18
    assert max(ages) <= 90
    assert min(ages) <= 25
    assert max(ages) >= 80


def test_no_two_cases_share_a_title_an_id_or_a_history() -> None:
    for name in ("title", "id", "history"):
        assert len({getattr(case, name) for case in CASES}) == len(CASES)


def test_the_shipped_texts_are_those_of_the_sources() -> None:
    sources = {source.id: source for source in read_sources()}
    for case in CASES:
        source = sources[case.id]
        assert {name: getattr(case, name) for name in source.texts} == source.texts
        assert case.findings == source.findings
        assert (case.age, case.sex) == (source.request.age, source.request.sex)


def test_an_id_tells_nothing_of_the_diagnosis() -> None:
    for source in read_sources():
        assert re.fullmatch(r"[A-Za-z0-9_-]{22}", source.id)
        assert source.slug not in source.id


def test_the_shipped_ecgs_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.npz")) <= MAX_BYTES


@every_case
def test_the_answer_names_every_finding_of_the_case(case: Case) -> None:
    assert case.findings
    named = {one.id for one in expand(read(case.answer).findings)}
    for one in stated(case):
        assert FINDINGS[one.id].at(one.stage).drawable
        assert one.id in named


@every_case
def test_history_and_question_tell_none_of_the_findings(case: Case) -> None:
    answer = {one.id for one in expand(stated(case))} - {"sinus_rhythm"}
    assert not ids_in(case.history) & answer
    assert not ids_in(case.question) & answer


@every_case
def test_the_history_is_of_the_patient_whose_ecg_it_is(case: Case) -> None:
    reading = read(case.history)
    assert reading.numbers["age"] == case.age
    assert reading.sex == case.sex
    assert 2 <= len(re.findall(r"[.?!](?:\s|$)", case.history)) <= 4


@every_case
def test_a_case_teaches_three_to_five_points_of_one_sentence_each(case: Case) -> None:
    assert 3 <= len(case.teaching) <= 5
    for text in (*case.teaching, case.answer, case.history):
        assert text[0].isalnum()
        assert text.endswith(".")
    for point in case.teaching:
        assert not re.search(r"\.\s+[A-Z]", point)
    assert case.question.endswith(("?", "."))
    assert case.tags


@every_case
def test_the_stored_samples_meet_the_criteria_of_the_answer_and_of_no_look_alike(
    case: Case,
) -> None:
    subject = Subject(measure(case.ecg), case.age, CaseSpec.from_json(case.spec).sex)
    verdicts = judge_all(stated(case), subject)
    assert verdicts
    assert [verdict.name for verdict in verdicts if verdict.met is not True] == []
    assert [verdict.name for verdict in mimicked(stated(case), subject)] == []


@every_case
def test_the_stored_leads_agree_with_each_other(case: Case) -> None:
    assert case.uv.shape == (12, FS * SECONDS)
    eight = case.uv[[0, 1, *range(6, 12)]].astype(float)
    assert np.abs(derive_twelve(eight) - case.uv).max() <= 1


@every_case
def test_a_shipped_case_says_what_made_it_and_where_its_findings_were_learned(case: Case) -> None:
    spec = CaseSpec.from_json(case.spec)
    assert {one.id for one in spec.findings} == {one.id for one in expand(stated(case))}
    assert case.how == "generated"
    assert len(case.weights) == 64
    assert {id for id, _ in case.learned} == {one.id for one in spec.findings}
    assert case.family == FINDINGS[stated(case)[0].id].family


def source(slug: str, report: str, *findings: str, **numbers: float) -> Source:
    texts = {"title": slug, "answer": report}
    return Source(slug, texts, findings, Request(report, age=60, sex="male", **numbers))  # type: ignore[arg-type]


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "generate_many", lambda asked: [*map(simulate_only, asked)])


@pytest.mark.usefixtures("simulated")
def test_a_case_whose_ecg_does_not_show_the_answer_is_not_built() -> None:
    good = source("good", "atrial fibrillation", "atrial_fibrillation", heart_rate=80)
    other = source("other", "sinus tachycardia", "atrial_flutter")
    told: list[building.Tried] = []
    assert [case.title for case in build([good, other], told.append, seeds=2)] == ["good"]
    assert [one.seed for one in told if one.source is other] == [0, 1]
    assert told[-1].why == ("the report states sinus_tachycardia",)


@pytest.mark.usefixtures("simulated")
def test_a_case_takes_the_first_seed_that_shows_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    block = source("block", "first degree AV block", "first_degree_av_block")

    def faults(_source: Source, made: object) -> list[str]:
        return ["no"] if made.spec.seed < 2 else []  # type: ignore[attr-defined]

    monkeypatch.setattr(building, "_faults", faults)
    (case,) = build([block], lambda _: None, seeds=4)
    assert CaseSpec.from_json(case.spec).seed == 2


@pytest.mark.usefixtures("simulated")
def test_a_changed_sentence_needs_no_new_ecg(tmp_path) -> None:  # type: ignore[no-untyped-def]
    old = source("a", "sinus rhythm", "sinus_rhythm")
    (case,) = build([old], lambda _: None)
    ship([case], [old], tmp_path)
    ship([], [replace(old, texts={**old.texts, "answer": "Sinus rhythm."})], tmp_path)
    (after,) = shipped_cases(tmp_path)
    assert (after.answer, after.spec) == ("Sinus rhythm.", case.spec)
    assert (after.uv == case.uv).all()


@pytest.mark.usefixtures("simulated")
def test_building_one_case_leaves_the_others_and_drops_what_has_no_source(tmp_path) -> None:  # type: ignore[no-untyped-def]
    sources = [source(name, "sinus rhythm", "sinus_rhythm") for name in ("a", "b", "c")]
    assert ship(build(sources, lambda _: None), sources, tmp_path) == 3
    changed = replace(sources[1], texts={"title": "new", "answer": "Sinus rhythm."})
    kept = [sources[0], changed]
    assert ship(build([changed], lambda _: None), kept, tmp_path) == 2
    assert [case.title for case in shipped_cases(tmp_path)] == ["a", "new"]


def test_sources_that_share_a_slug_or_lack_a_part_are_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    whole = '[[cases]]\nslug = "x"\ntitle = "X"\nteaching = []\ntags = []\nfindings = []\n'
    ecg = '[cases.ecg]\nreport = "sinus rhythm"\n'
    (tmp_path / "a.toml").write_text(whole + ecg)
    (tmp_path / "b.toml").write_text(whole + ecg)
    with pytest.raises(DataError, match="'x'"):
        read_sources(tmp_path)
    (tmp_path / "b.toml").write_text(whole)
    with pytest.raises(DataError, match=r"b\.toml"):
        read_sources(tmp_path)
