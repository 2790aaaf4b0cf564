"""Criteria along the way: what is drawn again, what starts from the simulation, what is told."""

import json

import numpy as np
import pytest

from sediff import pipeline
from sediff.cli import main
from sediff.errors import RequestError
from sediff.pipeline import generate, plan, simulate_only, start_of
from sediff.spec import Request


@pytest.mark.parametrize(
    "report",
    ["Normal ECG", "Normal axis, left axis deviation", "AF, old inferior infarct", "LBBB"],
)
def test_learned_findings_start_from_pure_noise(report):
    assert start_of(plan(Request(report=report))) == 0


@pytest.mark.parametrize("report", ["Coarse VF", "Wellens type A", "LBBB, inferior STEMI"])
def test_findings_that_only_the_simulator_knows_start_from_the_noised_simulation(report):
    near, free = (start_of(plan(Request(report=report, adherence=a))) for a in (1.0, 0.0))
    assert 0.3 < free < near < 1


def test_numbers_that_do_not_exist_are_not_asked():
    made = simulate_only(Request(report="Coarse ventricular fibrillation"))
    assert {"heart_rate", "pr_ms", "qrs_ms", "qt_ms"} <= set(made.spec.lacks)
    rows = {row.name: row for row in made.compared()}
    assert rows["Heart rate"].status == "not asked"
    assert made.measured.rhythm_seen.name == "vf"


def test_what_misses_its_criteria_is_drawn_again_closer_and_says_so(monkeypatch):
    adherences = []

    def draw(requests, specs, simulations, steps, on_step, noise):
        adherences.append([spec.adherence for spec in specs])
        hearts = [simulation.bare for simulation in simulations]
        return list(map(pipeline.Drawn, requests, specs, simulations, hearts))

    monkeypatch.setattr(pipeline, "_draw", draw)
    monkeypatch.setattr(pipeline, "_can_improve", lambda made: pipeline._draws_again(made, 1.0))
    monkeypatch.setattr(
        pipeline.Generated, "shows_what_is_stated", property(lambda self: self.spec.adherence > 0.9)
    )
    made = pipeline.generate_many([Request(report="LBBB"), Request(report="LBBB", adherence=0.4)])
    assert adherences == [[0.5, 0.4], [0.8], [1.0]]
    assert made[1].spec.adherence == 0.4  # the user's own choice is kept


def test_a_hedged_finding_may_stay_hidden_a_stated_one_not():
    made = simulate_only(Request(report="Possible left bundle branch block"))
    hidden = pipeline.replace(
        made, mimicked=(), verdicts=tuple(pipeline.replace(v, met=False) for v in made.verdicts)
    )
    assert hidden.verdicts
    assert hidden.shows_what_is_stated
    stated = plan(Request(report="Left bundle branch block"))
    assert not pipeline.replace(hidden, spec=stated).shows_what_is_stated


def test_candidates_are_the_seeds_that_follow_and_the_best_is_kept(monkeypatch):
    monkeypatch.setattr(
        pipeline, "generate_many", lambda requests, **_: [simulate_only(r) for r in requests]
    )
    monkeypatch.setattr(pipeline.Generated, "shortcomings", lambda self: -self.spec.seed % 3)
    assert generate(Request(report="Normal ECG", seed=4), candidates=3).spec.seed == 6
    with pytest.raises(RequestError, match="between 1 and 8"):
        generate(Request(report="Normal ECG"), candidates=9)


def test_a_conflict_is_recorded_in_the_batch_and_the_ecg_made(tmp_path, capsys):
    requests = tmp_path / "requests.jsonl"
    rows = [{"report": "sinus rhythm and atrial fibrillation"}, {"report": "Normal ECG"}]
    requests.write_text("\n".join(map(json.dumps, rows)))
    assert main(["simulate", "--requests", str(requests), "--out", str(tmp_path / "x.npz")]) == 0
    with np.load(tmp_path / "x.npz") as saved:
        assert saved["ok"].all()
        assert "sinus rhythm" in saved["conflicts"][0]
        assert saved["conflicts"][1] == ""
    assert "Line 1" in capsys.readouterr().err


def test_recording_faults_and_pacing_pulses_reach_generated_ecgs():
    swapped = generate(Request(report="Normal ECG, left and right arm electrodes swapped", seed=3))
    assert swapped.spec.technique
    assert swapped.measured.leads["I"].r_mv < -swapped.measured.leads["I"].deep_mv or (
        swapped.measured.leads["I"].net_mv < 0
    )
    paced = generate(Request(report="Ventricular paced rhythm", seed=3))
    assert len(paced.measured.rhythm_seen.spikes) > 5


def test_severe_is_drawn_stronger_than_mild():
    levels = []
    for word in ("mild", "severe"):
        made = simulate_only(Request(report=f"{word} acute inferior STEMI", seed=5))
        assert made.spec.findings[0].amount != 1
        levels.append(made.measured.st_mv["III"].value)
    assert levels[1] > 1.3 * levels[0]
