"""Findings written as a report: varied, repeatable, and read back as what they were."""

import numpy as np
import pytest

from sediff.findings import FINDINGS
from sediff.report import compose, compose_german, describe, read
from sediff.spec import CaseSpec, Stated


def _some_findings(rng) -> tuple[Stated, ...]:
    ids = rng.choice(sorted(FINDINGS), size=int(rng.integers(1, 5)), replace=False)
    return tuple(Stated(str(id), FINDINGS[str(id)].certainty) for id in ids)


@pytest.mark.parametrize("write", [compose, compose_german])
def test_what_is_composed_is_read_back(write):
    kept = total = 0
    for seed in range(400):
        stated = _some_findings(np.random.default_rng(seed))
        reading = read(write(stated, np.random.default_rng(seed)))
        total += len(stated)
        kept += len({one.id for one in stated} & {one.id for one in reading.findings})
    assert kept / total > 0.97  # neighbours may merge: 'RVR, AF' is rapid atrial fibrillation


def test_composition_is_varied_and_repeatable():
    stated = (Stated("sinus_rhythm"), Stated("lbbb"), Stated("lvh", 0.5))
    texts = {compose(stated, np.random.default_rng(seed)) for seed in range(30)}
    assert len(texts) > 15
    once, again = (compose(stated, np.random.default_rng(3)) for _ in range(2))
    assert once == again
    assert compose((), np.random.default_rng(0)) == ""


@pytest.mark.parametrize("write", [compose, compose_german])
@pytest.mark.parametrize("certainty", [1.0, 0.8, 0.6, 0.5, 0.3])
def test_composed_hedges_are_read_with_the_same_certainty(write, certainty):
    for seed in range(10):
        text = write((Stated("lbbb", certainty),), np.random.default_rng(seed))
        assert read(text).findings[0].certainty == pytest.approx(certainty), text


@pytest.mark.parametrize("write", [compose, compose_german])
def test_a_stage_is_written_and_read_back(write):
    stated = (Stated("hyperkalaemia", stage="3"), Stated("atrial_flutter", stage="variable"))
    for seed in range(10):
        read_back = read(write(stated, np.random.default_rng(seed))).findings
        assert {(one.id, one.stage) for one in read_back} == {(o.id, o.stage) for o in stated}
    assert describe(stated[:1]) == "Hyperkalaemia stage 3."


def test_a_case_is_described_in_words_that_are_read_back():
    case = CaseSpec(
        report="", age=58, sex="male", heart_rate=72, qrs_ms=140, qt_ms=420, axis_deg=-20,
        pr_ms=160, findings=(Stated("sinus_rhythm"), Stated("lbbb", 0.5)),
    )  # fmt: skip
    text = describe(case)
    assert text == (
        "58-year-old man. Sinus rhythm. Possible left bundle branch block. "
        "Heart rate 72 bpm, PR 160 ms, QRS 140 ms, QT 420 ms, axis -20\u00b0."
    )
    reading = read(text)
    assert reading.unknown == ()
    assert reading.numbers["axis_deg"] == -20
    assert describe(case.findings) == "Sinus rhythm. Possible left bundle branch block."
