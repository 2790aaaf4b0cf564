"""What goes with a report's words: learned, drawn beside what is stated, and said."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch

from sediff.cases.case import from_generated
from sediff.diffusion.likely import Likely, LikelyConfig, together
from sediff.experience.implied import LIKELY, implied, with_implied
from sediff.pipeline import generate, plan, simulate_only
from sediff.spec import Request, Stated
from sediff.training.counts import finding_counts
from sediff.training.likely import fit_likely, told_of_reports

# As a recorder writes it; the statements behind most such reports name a septal infarct.
UNSAID = "sinusrhythmus lagetyp normal qrs(t) abnorm anteriorer infarkt alter unbest."
CASE = replace(
    plan(Request(report="Sinus rhythm", age=60, sex="male", seed=1)), axis_deg=30.0, qrs_ms=95.0
)


def ids(found) -> list[str]:
    return [one.id for one in found]


def test_what_is_likely_is_drawn_surest_first():
    found = implied(CASE, {"LVH": 0.6, "ASMI": 0.9, "IMI": LIKELY - 0.01})
    assert ids(found) == ["septal_mi", "lvh"]
    assert found[0].certainty == 0.9


@pytest.mark.parametrize(
    ("code", "why"),
    [("AFIB", "a rhythm"), ("PACE", "pacing"), ("NORM", "no form"), ("CLBBB", "too narrow a QRS")],
)
def test_what_is_no_form_or_does_not_fit_the_numbers_is_left_out(code, why):
    assert not implied(CASE, {code: 0.9}), why


def test_what_is_stated_or_excludes_it_is_left_out():
    stated = replace(CASE, findings=(Stated("septal_mi"),))
    assert not implied(stated, {"ASMI": 0.9})
    normal = replace(CASE, findings=(Stated("normal_ecg"),))
    assert not implied(normal, {"ASMI": 0.9})
    assert ids(with_implied(stated, {"LVH": 0.9}))[:2] == ["septal_mi", "lvh"]


def test_denied_is_nothing_and_stated_stays_as_sure_as_it_is():
    read, likely, denied = (
        torch.tensor([row]) for row in ([1.0, 0, 0], [0.2, 0.7, 0.7], [0, 0, 1])
    )
    assert together(read, likely, denied)[0].tolist() == pytest.approx([1.0, 0.7, 0.0])


def test_the_network_learns_what_goes_with_words_and_not_single_records():
    rng = np.random.default_rng(0)
    n = 4000
    text = rng.standard_normal((n, 384)).astype(np.float32)
    text /= np.linalg.norm(text, axis=1, keepdims=True)
    stated = np.zeros((n, 3), np.float32)
    stated[:, :2] = rng.random((n, 2)) < 0.5
    read = np.zeros((n, 3), np.float32)
    read[:, 2] = stated[:, 0]  # what is read goes with the first, nothing with the second
    train = np.arange(3000)
    model, told = told_of_reports([text], [read], np.zeros_like(read), stated, np.arange(n), train)
    right = (told > 0.5) == (stated > 0)
    assert right[:, 0].mean() > 0.75
    assert right[train, 1].mean() < 0.62  # else a record's own statement tells it
    assert isinstance(model, Likely)


def test_the_same_seed_gives_the_same_network():
    text, read = np.eye(4, 384, dtype=np.float32), np.zeros((4, 2), np.float32)
    a, b = (fit_likely([text], [read], np.ones((4, 2), np.float32)).state_dict() for _ in "ab")
    assert all(torch.equal(a[k], b[k]) for k in a)
    assert Likely(LikelyConfig(concepts=2))(torch.zeros(1, 384), torch.zeros(1, 2)).shape == (1, 2)


def test_what_is_drawn_unasked_is_said_and_can_be_denied():
    made = generate(Request(report=UNSAID, age=65, sex="male", seed=2), steps=2)
    assert "septal_mi" in made.ecg.provenance["implied"]
    assert any("septal infarct" in note and "does not state" in note for note in made.notes)
    assert not any(one.id == "septal_mi" for one in made.spec.findings)
    refused = Request(report=f"{UNSAID} kein septaler infarkt", age=65, sex="male", seed=2)
    assert "septal_mi" not in generate(refused, steps=2).ecg.provenance["implied"]


@pytest.mark.parametrize("report", ["Normal ECG", "Atrial fibrillation, old inferior infarct", ""])
def test_plain_words_imply_nothing(report):
    made = generate(Request(report=report, age=60, sex="female", seed=1), steps=2)
    assert made.ecg.provenance["implied"] == {}
    assert made.notes == made.spec.notes


def test_a_nondiagnostic_t_is_drawn_lower():
    usual, lower = (
        simulate_only(Request(report=report, age=60, sex="male", heart_rate=70, seed=1)).measured
        for report in ("Sinus rhythm", "Sinus rhythm, nondiagnostic T")
    )
    assert lower.leads["V5"].t_mv < 0.6 * usual.leads["V5"].t_mv


def test_a_finding_counts_where_a_record_states_it_or_its_report_does():
    table = pd.DataFrame({"codes": [{"LVH": 100.0}, {}, {}], "infarction_stadium1": ["", "", ""]})
    reported = [(), (Stated("lvh"),), (Stated("lv_strain", 0.5),)]
    found = finding_counts(table, reported)
    assert (found["lvh"], found["lv_strain"], found["septal_mi"]) == (2, 1, 0)


def test_what_is_drawn_unasked_belongs_to_the_case_and_names_its_source():
    made = generate(Request(report=UNSAID, age=65, sex="male", seed=2), steps=2)
    assert "septal_mi" in from_generated(made, "A case").findings
    assert {one.id: one.source for one in made.findings}["septal_mi"] == "learned"
