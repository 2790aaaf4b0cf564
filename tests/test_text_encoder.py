"""The text encoder speaks ECG: the same in other words is near, the twin of a finding is not."""

import numpy as np
import pytest
import torch

from sediff.diffusion.text import TextEncoder, mean_vector
from sediff.training.encoder_tuning import closure, contrast, related_of
from sediff.training.phrases import Saying, all_forms, draw_pairs, misspell, say


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    return TextEncoder()


# text, the same in other words, what a general encoder takes it for
_TWINS = (
    ("LBBB", "kompletter Linksschenkelblock", "RBBB"),
    ("left bundle branch block", "LSB", "right bundle branch block"),
    ("acute inferior STEMI", "fresh inferior ST elevation infarct", "old inferior infarct"),
    ("first degree AV block", "AV-Block I", "second degree AV block"),
    ("anterior infarct", "Vorderwandinfarkt", "inferior infarct"),
    ("AF", "Vorhofflimmern", "atrial flutter"),
    ("hyperkalaemia", "high potassium", "hypokalaemia"),
    ("left ventricular hypertrophy", "LVH", "right ventricular hypertrophy"),
    ("left anterior fascicular block", "linksanteriorer Hemiblock", "LPFB"),
)


def test_other_words_are_nearer_than_the_twin(encoder):
    vectors = [encoder.embed(texts) for texts in _TWINS]
    nearer = [text @ same > text @ twin for text, same, twin in vectors]
    assert sum(nearer) >= len(_TWINS) - 1  # all-MiniLM-L6-v2 as published: 2 of 9


def test_vectors_have_unit_length_and_do_not_depend_on_the_batch(encoder):
    texts = ["AF", "a long report of sinus rhythm with left axis deviation and old infarct"]
    both = encoder.embed(texts)
    assert np.allclose(np.linalg.norm(both, axis=1), 1, atol=1e-5)
    assert np.allclose(both[0], encoder.embed(texts[:1])[0], atol=1e-4)


def test_the_mean_of_nothing_is_zero():
    assert not mean_vector([]).any()
    assert np.linalg.norm(mean_vector([np.eye(384)[0], np.eye(384)[1]])) == pytest.approx(1)


def test_a_misspelt_text_differs_by_one_word():
    rng = np.random.default_rng(0)
    for _ in range(50):
        words = misspell("left bundle branch block", rng).split()
        original = ["left", "bundle", "branch", "block"]
        assert sum(a != b for a, b in zip(words, original, strict=True)) <= 1


def test_pairs_state_the_same_and_denied_findings_are_not_stated():
    forms = all_forms()
    rng = np.random.default_rng(1)
    near = [[(i + 1) % len(forms)] * 12 for i in range(len(forms))]
    for first, second in draw_pairs(forms, near, 100, rng):
        assert first.states == second.states
    lbbb, rbbb = (next(f for f in forms if f.key == key) for key in ("lbbb", "rbbb"))
    assert say([lbbb], rng, denied=rbbb).states == {"lbbb"}


def test_reports_that_hold_one_another_are_not_drawn_apart():
    one = (Saying("", frozenset({"lbbb"})),) * 2
    more = (Saying("", frozenset({"lbbb", "lae"})),) * 2
    other = (Saying("", frozenset({"rbbb"})),) * 2
    related = related_of([one, more, other])
    assert related.tolist() == [[True, True, False], [True, True, False], [False, False, True]]
    assert "anterior_stemi" in closure(frozenset({"anterior_stemi@acute"}))


def test_the_loss_falls_when_pairs_come_together():
    apart = torch.eye(4)
    related = torch.eye(4, dtype=torch.bool)
    assert contrast(apart, apart, related) < contrast(apart, apart.roll(1, 0), related)
