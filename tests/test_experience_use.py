"""Experience reaches the generator in use as it does in training, and can be left out."""

import numpy as np
import pandas as pd
import pytest
import torch

from sediff.diffusion.generator import shared_generator
from sediff.diffusion.text import mean_vector
from sediff.evaluation.intervals import _compared, _means
from sediff.experience.compose import compose
from sediff.pipeline import plan
from sediff.simulator import simulate
from sediff.spec import Request
from sediff.training.prepare import embed_texts, experiences
from sediff.training.statistics import Records

LBBB = Request("left bundle branch block", 70, "female", seed=3)


@pytest.fixture(scope="module")
def generator():
    return shared_generator()


def test_what_is_told_is_the_mean_of_the_composed_sentences(generator):
    spec = plan(LBBB)
    told = generator.condition(spec, simulate(spec)).experience[0].numpy()
    sentences = [s.text for s in compose(spec.findings, spec.age, spec.sex).sentences]
    assert np.allclose(told, mean_vector(list(generator.text.embed(sentences))), atol=1e-3)


def test_training_tells_the_same_sentences_of_a_record_outside_the_table():
    table = pd.DataFrame(
        {
            "patient_id": [1] * 2 + list(range(10, 80)),
            "age": 70.0,
            "sex_name": "female",
            "codes": [{"CLBBB": 100.0}] * 72,
            "infarction_stadium1": None,
        }
    )
    measured = [{"numbers": {"heart_rate": 60.0 + i % 30}} for i in range(72)]
    records = Records(table, measured, np.arange(72))
    (sentences,) = experiences(table, records, [0])
    spec = plan(LBBB)
    used = [s.text for s in compose(spec.findings, spec.age, spec.sex).sentences]
    assert sentences[0] == used[0]  # the note; the numbers are those of another table
    assert sentences[1].startswith("In 70 women of 60-74 years with left bundle branch block")


def test_no_finding_no_experience(generator):
    spec = plan(Request("", 70, "female"))
    assert not generator.condition(spec, simulate(spec)).experience_known.any()


def test_experience_can_be_left_out_and_changes_what_is_drawn(generator):
    spec = plan(LBBB)
    simulation = simulate(spec)
    told, again, untold = (
        generator.draw([spec], [simulation], steps=2, told=left_out)
        for left_out in (None, None, lambda c: c.without(("experience",)))
    )
    assert np.array_equal(told, again)
    assert np.abs(told - untold).max() > 1e-4


def test_a_report_that_states_nothing_embeds_to_zero(generator):
    vectors = embed_texts([(), ("sinus rhythm",)], generator.text, say=lambda _: None)
    assert not vectors[0].any()
    assert np.linalg.norm(vectors[1].astype(float)) == pytest.approx(1, abs=1e-2)


def test_guidance_leaves_experience_out_too(generator):
    spec = plan(LBBB)
    c = generator.condition(spec, simulate(spec))
    assert torch.all(c.without_words().experience_known == 0)


def test_distances_are_told_with_a_real_floor_and_only_of_enough_ecgs():
    rng = np.random.default_rng(0)
    real, near, far = (rng.normal(m, 10, 80) for m in (100, 101, 130))
    row = _compared(real, near, far)
    assert row is not None
    assert row["with"] < row["without"]
    assert row["floor"] > 0
    assert _compared(real[:5], near, far) is None
    rows = {"lbbb": dict.fromkeys(("heart_rate", "pr_ms", "qrs_ms", "qtc_ms", "axis_deg"), row)}
    assert _means(rows)["all"]["with"] < _means(rows)["all"]["without"]
