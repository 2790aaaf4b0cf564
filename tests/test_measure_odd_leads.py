"""Bad leads are named and not read; loose electrodes neither make beats nor hide them."""

from functools import lru_cache

import numpy as np
import pytest

from sediff.leads import EIGHT
from sediff.measure import measure_eight
from sediff.measure.contact import without_electrodes
from sediff.measure.odd_leads import odd_leads, unexplained
from sediff.measure.signals import prepare
from sediff.simulator import simulate
from sediff.simulator.technique import apply
from sediff.spec import CaseSpec

FS = 500


@lru_cache
def clean(seed: int = 1, rhythm: str = "sinus"):
    spec = CaseSpec(
        report="", age=60, sex="male", rhythm=rhythm, heart_rate=72, pr_ms=160, qrs_ms=92,
        qt_ms=390, axis_deg=40, seed=seed,
    )  # fmt: skip
    drawn = simulate(spec)
    noise = np.random.default_rng(seed).normal(0, 0.01, drawn.eight.shape)
    return drawn.eight.astype(float) + noise


def with_bad(lead: str, how: str):
    eight, i = clean().copy(), EIGHT.index(lead)
    if how == "moved":  # the lead of another moment, as in records put together wrongly
        eight[i] = np.roll(eight[i], round(0.3 * FS))
    elif how == "noise":
        eight[i] += np.convolve(np.random.default_rng(0).normal(0, 1, eight.shape[1]), [0.2] * 9)[
            4:-4
        ]
    else:
        eight[i] = 0.4 * np.sin(np.arange(eight.shape[1]) / FS * 9)
    return eight


@pytest.mark.parametrize("how", ["moved", "noise", "another"])
@pytest.mark.parametrize("lead", ["V1", "V3", "V6"])
def test_a_lead_that_does_not_belong_to_the_others_is_named_and_not_read(lead, how):
    found = measure_eight(with_bad(lead, how), FS)
    assert set(found.lead_faults) == {lead}
    assert lead not in found.leads
    assert found.st_mv[lead].value is None
    assert found.st_mv[lead].reason.startswith(f"Lead {lead} cannot be used")
    assert found.qrs_ms.value == pytest.approx(measure_eight(clean(), FS).qrs_ms.value, abs=6)


def test_without_lead_one_there_is_no_axis():
    found = measure_eight(with_bad("I", "noise"), FS)
    assert {"I", "III", "aVR", "aVL", "aVF"} == set(found.lead_faults)
    assert found.axis_deg.value is None
    assert "Lead I" in found.axis_deg.reason


@pytest.mark.parametrize("rhythm", ["sinus", "af", "vf_coarse", "asystole"])
def test_no_lead_of_a_clean_record_is_odd(rhythm):
    assert odd_leads(prepare(clean(2, rhythm), FS)) == {}


def test_noise_of_all_leads_makes_none_of_them_odd():
    eight = apply(clean().astype(np.float32), FS, ("tremor", "wander"), 3)
    assert odd_leads(prepare(eight, FS)) == {}


def test_what_others_explain_is_not_left():
    x = np.random.default_rng(0).normal(size=(3, 1000))
    four = np.vstack([x, x.sum(axis=0)])
    assert (unexplained(four) < 0.001).all()
    assert unexplained(x) == pytest.approx(np.ones(3), abs=0.03)


@pytest.mark.parametrize("seed", [1, 4, 5, 6])
def test_jumps_of_an_arm_electrode_are_no_beats(seed):
    eight = apply(clean().astype(np.float32), FS, ("loose_limb",), seed)
    found = measure_eight(eight, FS)
    assert found.heart_rate.value == pytest.approx(72, abs=1.5)
    assert {"aVR", "aVL", "aVF"} <= set(found.quality.loose)


def test_an_electrode_is_cancelled_whatever_its_potential_is():
    eight = clean()
    jump = np.random.default_rng(0).normal(0, 1, eight.shape[1])
    moved = eight.copy()
    moved[0] += jump  # the left arm: lead I by 1, the chest by Wilson's terminal
    moved[2:] -= jump / 3
    one, other = without_electrodes(moved, [1]), without_electrodes(eight, [1])
    assert np.abs(one - other).max() < 1e-9


def test_a_jump_that_one_lead_shows_is_no_beat():
    eight = clean().copy()
    at = round(3.45 * FS)
    eight[6:, at : at + 40] += 2.0
    found = measure_eight(eight, FS)
    assert found.heart_rate.value == pytest.approx(72, abs=1.5)


@pytest.mark.parametrize("noise_mv", [0.01, 0.02])
def test_fine_fibrillation_in_noise_is_no_asystole(noise_mv):
    eight = clean(3, "vf_fine")
    small = 0.12 / np.ptp(eight, axis=1).max() * eight
    noisy = small + np.random.default_rng(5).normal(0, noise_mv, eight.shape)
    assert measure_eight(noisy, FS).rhythm_seen.name == "vf"
    assert measure_eight(noisy - small, FS).rhythm_seen.name in ("asystole", "unsure")
