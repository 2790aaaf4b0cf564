from dataclasses import replace

import numpy as np
import pytest

from sediff.errors import Cancelled, RequestError
from sediff.leads import identity_error
from sediff.origin import origin_of
from sediff.pipeline import (
    edit,
    generate,
    generate_many,
    plan,
    simulate_only,
)
from sediff.sources import source_of
from sediff.spec import Request

FEW = 3  # steps: these tests ask about the path, not about the look
REPORTS = (
    "72-year-old woman, atrial fibrillation with rapid ventricular response, old inferior infarct",
    "Sinus bradycardia, left bundle branch block, 80-year-old man",
    "Normal ECG, 25-year-old man",
    "Vorhofflimmern, Linksschenkelblock",
    "",
    "qwertz asdf \U0001fac0 <script>alert(1)</script>",
    "sinus rhythm and atrial fibrillation, rate 50, sinus tachycardia",
)


@pytest.mark.parametrize("report", REPORTS)
def test_every_report_becomes_ten_seconds_of_twelve_leads(report):
    made = generate(Request(report=report, seed=3), steps=FEW)
    assert made.ecg.signal.shape == (12, 5000)
    assert made.ecg.fs == 500
    assert np.isfinite(made.ecg.signal).all()
    assert identity_error(made.ecg.uv) <= 1
    assert "NOT FOR DIAGNOSIS" in made.ecg.provenance["mark"]


def test_same_request_same_samples_and_another_seed_another_ecg():
    one, two = (generate(Request(report="Sinus rhythm", seed=4), steps=FEW) for _ in range(2))
    other = generate(Request(report="Sinus rhythm", seed=5), steps=FEW)
    assert np.array_equal(one.ecg.uv, two.ecg.uv)
    assert not np.array_equal(one.ecg.uv, other.ecg.uv)


def test_batch_size_changes_samples_by_at_most_one_microvolt():
    requests = [Request(report=report, seed=i) for i, report in enumerate(REPORTS[:4])]
    together = generate_many(requests, steps=FEW)
    for request, made in zip(requests, together, strict=True):
        alone = generate(request, steps=FEW)
        assert np.abs(alone.ecg.uv.astype(int) - made.ecg.uv).max() <= 1


def test_a_cancelled_generation_stops_and_leaves_the_next_one_unharmed():
    def cancel(done, total):
        if done == 1:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        generate(Request(report="Sinus rhythm"), steps=FEW, on_step=cancel)
    assert generate(Request(report="Sinus rhythm"), steps=FEW).ecg.signal.any()


def test_fields_outrank_words_and_words_outrank_findings():
    spec = plan(Request(report="sinus tachycardia, rate 120, 60-year-old man", heart_rate=130))
    assert (spec.heart_rate, spec.origin("heart_rate")) == (130, "field")
    assert (spec.age, spec.origin("age")) == (60, "report")
    assert any("field" in note for note in spec.notes)
    said = plan(Request(report="sinus tachycardia, rate 120"))
    assert (said.heart_rate, said.origin("heart_rate")) == (120, "report")
    implied = plan(Request(report="sinus tachycardia"))
    assert implied.heart_rate > 100
    assert implied.origin("heart_rate") == "finding"


def test_a_report_without_findings_is_drawn_from_the_population_and_says_so():
    spec = plan(Request(report="", age=70, sex="female"))
    assert not spec.findings
    assert any("real people" in note for note in spec.notes)


def test_setting_one_number_changes_no_other():
    plain = plan(Request(report="Sinus rhythm", seed=9))
    changed = plan(Request(report="Sinus rhythm", seed=9, pr_ms=240))
    assert changed.pr_ms == 240
    for name in ("age", "sex", "heart_rate", "qrs_ms", "qt_ms", "axis_deg"):
        assert getattr(plain, name) == getattr(changed, name)


def test_a_negated_finding_is_not_drawn():
    assert not plan(Request(report="Sinus rhythm, no left bundle branch block")).has("lbbb")


def test_atrial_fibrillation_has_no_pr():
    spec = plan(Request(report="atrial fibrillation"))
    assert spec.rhythm == "af"
    assert spec.pr_ms is None


def test_contradictions_are_recorded_and_the_case_is_made_all_the_same():
    spec = plan(Request(report="sinus rhythm, atrial fibrillation"))
    assert any("contradict" in note.lower() or "both" in note for note in spec.notes)


def test_asked_and_measured_stand_side_by_side():
    made = simulate_only(Request(report="Sinus rhythm", heart_rate=75, st_mv=(("V3", 0.3),)))
    rows = {row.name: row for row in made.compared()}
    assert rows["Heart rate"].status == "met"
    assert rows["ST in V3"].asked == 0.3
    assert all(row.status in ("met", "missed", "unsure", "not asked") for row in rows.values())


def test_each_finding_says_whether_it_was_learned_or_drawn():
    assert source_of("lbbb").source == "learned"
    assert source_of("lbbb").n > 300
    stemi = next(s for s in plan(Request(report="inferior STEMI")).findings)
    assert source_of(stemi.id).source == "drawn"


@pytest.mark.parametrize("steps", [0, -3, 10_000])
def test_steps_out_of_range_are_refused(steps):
    with pytest.raises(RequestError, match="steps"):
        generate(Request(report="Sinus rhythm"), steps=steps)


def test_a_pr_asked_in_fibrillation_is_left_out_and_said():
    spec = plan(Request(report="atrial fibrillation", pr_ms=200))
    assert spec.pr_ms is None
    assert any("no P waves" in note for note in spec.notes)


def test_a_slider_moves_what_it_names_and_the_order_of_moves_does_not_matter():
    plain = Request(report="Normal ECG", age=50, sex="male", seed=4)
    base = generate(plain, steps=FEW)
    longer = replace(plain, pr_ms=base.spec.pr_ms + 30)
    faster = replace(longer, heart_rate=base.spec.heart_rate + 10)
    one, two = edit(base, longer), edit(edit(base, longer), faster)
    assert one.measured.pr_ms.value == pytest.approx(longer.pr_ms, abs=8)
    assert np.array_equal(two.ecg.uv, edit(base, faster).ecg.uv)
    assert np.array_equal(two.ecg.uv, generate(faster, steps=FEW).ecg.uv)
    assert np.array_equal(edit(two, plain).ecg.uv, base.ecg.uv)
    assert set(two.ecg.provenance["moved"]) == {"heart_rate", "pr_ms", "qt_ms"}


def test_what_lies_too_far_is_told_to_the_model_and_another_person_is_drawn_anew():
    plain = Request(report="Normal ECG", age=50, sex="male", seed=4)
    far = replace(plain, heart_rate=150.0, pr_ms=plan(plain).pr_ms + 10)
    assert origin_of(far) == replace(plain, heart_rate=150.0)
    base = generate(plain, steps=FEW)
    assert edit(base, far) is None
    assert edit(base, replace(plain, age=70)) is None
    assert edit(simulate_only(plain), plain) is None


def test_equal_origins_are_drawn_once(monkeypatch):
    from sediff import pipeline

    drawn = []
    hearts = pipeline._hearts
    monkeypatch.setattr(
        pipeline,
        "_hearts",
        lambda requests, *rest: drawn.append(requests) or hearts(requests, *rest),
    )
    plain = Request(report="Normal ECG", age=50, sex="male", seed=4)
    sweep = [replace(plain, pr_ms=float(pr)) for pr in (150, 160, 170)]
    made = generate_many(sweep, steps=FEW)
    assert [len(requests) for requests in drawn] == [1]
    assert [one.spec.pr_ms for one in made] == [150, 160, 170]
    generate_many(sweep, steps=FEW, known=made[:1])
    assert [len(requests) for requests in drawn] == [1, 0]
