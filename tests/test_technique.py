"""Recording errors: exact in the leads, the heart untouched, seen by their criteria."""

from dataclasses import replace

import numpy as np
import pytest

from sediff.criteria import Subject, judge
from sediff.findings import FINDINGS
from sediff.leads import EIGHT, LEADS, derive_twelve, identity_error
from sediff.measure import measure
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.simulator.technique import TECHNIQUES, apply
from sediff.spec import Request
from tests.hearts import ADULT

RNG = np.random.default_rng(0)
EIGHT_LEADS = RNG.normal(0, 0.3, (8, 1000)).astype(np.float32)


def twelve(*keys, signal=EIGHT_LEADS):
    return dict(zip(LEADS, derive_twelve(apply(signal, 500, keys, 1)), strict=True))


def same(a, b):
    return np.allclose(a, b, atol=1e-5)


@pytest.mark.parametrize("key", sorted(TECHNIQUES))
def test_a_fault_keeps_the_shape_the_identities_and_its_seed(key):
    before = EIGHT_LEADS.copy()
    out = apply(EIGHT_LEADS, 500, [key], 3)
    assert out.shape == (8, 1000)
    assert out.dtype == np.float32
    assert np.isfinite(out).all()
    assert not same(out, EIGHT_LEADS)
    assert np.array_equal(out, apply(EIGHT_LEADS, 500, [key], 3))
    assert identity_error(derive_twelve(out)) < 1e-5
    assert np.array_equal(before, EIGHT_LEADS)


def test_no_fault_changes_nothing_and_an_unknown_one_is_refused():
    assert np.array_equal(apply(EIGHT_LEADS, 500, [], 3), EIGHT_LEADS)
    with pytest.raises(KeyError, match="nonsense"):
        apply(EIGHT_LEADS, 500, ["nonsense"], 3)


def test_the_order_of_faults_does_not_matter():
    a, b = (apply(EIGHT_LEADS, 500, keys, 3) for keys in (["la_ra", "wander"], ["wander", "la_ra"]))
    assert np.array_equal(a, b)


def test_arms_exchanged():
    was, now = twelve(), twelve("la_ra")
    assert same(now["I"], -was["I"])
    assert same(now["II"], was["III"])
    assert same(now["III"], was["II"])
    assert same(now["aVR"], was["aVL"])
    assert same(now["aVF"], was["aVF"])
    assert all(same(now[lead], was[lead]) for lead in LEADS[6:])


def test_left_arm_and_left_leg_exchanged():
    was, now = twelve(), twelve("la_ll")
    assert same(now["I"], was["II"])
    assert same(now["III"], -was["III"])
    assert same(now["aVR"], was["aVR"])
    assert same(now["aVL"], was["aVF"])
    assert all(same(now[lead], was[lead]) for lead in LEADS[6:])


def test_right_arm_and_left_leg_exchanged():
    was, now = twelve(), twelve("ra_ll")
    assert same(now["II"], -was["II"])
    assert same(now["I"], -was["III"])
    assert same(now["aVR"], was["aVF"])
    assert same(now["aVL"], was["aVL"])


def test_a_right_leg_exchange_flattens_one_lead_and_moves_wilsons_terminal():
    was, now = twelve(), twelve("ra_rl")
    assert np.abs(now["II"]).max() < 0.03 * np.abs(was["II"]).max()
    assert same(now["V1"], was["V1"] - was["II"] / 3)
    other = twelve("la_rl")
    assert np.abs(other["III"]).max() < 0.03 * np.abs(was["II"]).max() + 1e-6
    assert same(other["II"], was["II"])
    assert same(other["V6"], was["V6"] - was["III"] / 3)


def test_chest_cables_exchanged():
    was, now = twelve(), twelve("swap_v2_v3")
    assert same(now["V2"], was["V3"])
    assert same(now["V3"], was["V2"])
    assert same(now["V1"], was["V1"])
    assert same(twelve("chest_reversed")["V1"], was["V6"])


def test_high_electrodes_invert_p_in_v1_and_leave_the_other_leads():
    normal = simulate(ADULT)
    out = apply(normal.eight, 500, ["high_v1_v2"], 0)
    rows = [i for i, name in enumerate(EIGHT) if name not in ("V1", "V2")]
    assert np.array_equal(out[rows], normal.eight[rows])
    beat = next(b for b in normal.beats if b.r_s > 1)
    assert beat.p is not None
    p = out[EIGHT.index("V1"), round(500 * beat.p[0]) : round(500 * beat.p[1])]
    p = p - p[0]
    assert p.min() < -0.03
    assert p.max() < 0.02
    j = round(500 * beat.qrs[1])
    late = out[EIGHT.index("V1"), j - 25 : j]
    assert late.max() - out[EIGHT.index("V1"), round(500 * beat.qrs[0]) - 2] > 0.03  # r'


@pytest.mark.parametrize(("key", "hertz"), [("mains_50", 50), ("mains_60", 60)])
def test_mains_hum_stands_at_its_frequency_and_is_left_out_where_it_cannot_be_held(key, hertz):
    hum = apply(np.zeros((8, 5000)), 500, [key], 2)
    power = np.abs(np.fft.rfft(hum[0]))
    assert np.fft.rfftfreq(5000, 1 / 500)[power.argmax()] == hertz
    assert not apply(np.zeros((8, 1000)), 100, [key], 2).any()


def test_wander_is_slow_and_tremor_is_fast():
    frequency = np.fft.rfftfreq(5000, 1 / 500)
    for key, low, high in (("wander", 0, 0.6), ("tremor", 19, 121)):
        power = np.abs(np.fft.rfft(apply(np.zeros((8, 5000)), 500, [key], 2), axis=1)) ** 2
        within = (frequency >= low) & (frequency <= high)
        assert power[:, within].sum() > 0.98 * power[:, 1:].sum()


def test_a_loose_electrode_spoils_the_leads_that_use_it():
    spoilt = np.ptp(apply(np.zeros((8, 5000)), 500, ["loose_chest"], 2), axis=1) > 0.5
    assert spoilt.sum() == 1
    assert not spoilt[:2].any()
    arm = np.ptp(derive_twelve(apply(np.zeros((8, 5000)), 500, ["loose_limb"], 2)), axis=1)
    assert (arm > 0.3).sum() >= 5


def test_the_heart_of_a_badly_recorded_case_is_untouched():
    plain = simulate(ADULT)
    faulty = simulate(replace(ADULT, technique=("la_ra", "tremor")))
    assert np.array_equal(plain.draft, faulty.draft)
    assert np.array_equal(plain.bare, faulty.bare)
    assert not np.array_equal(plain.eight, faulty.eight)
    assert faulty.provenance is not None
    assert faulty.provenance["technique"] == ("la_ra", "tremor")


CASES = [
    ("lead_reversal", stage.id) for stage in FINDINGS["lead_reversal"].stages
] + [("precordial_swap", stage.id) for stage in FINDINGS["precordial_swap"].stages] + [
    ("high_v1_v2", ""), ("dextrocardia", ""),
]  # fmt: skip


@pytest.mark.parametrize(("id", "stage"), CASES)
def test_what_is_recorded_wrongly_meets_its_criteria_and_a_good_record_does_not(id, stage):
    finding = FINDINGS[id].at(stage)
    spec = plan(Request(report=finding.name, seed=1))
    verdict = judge(id, Subject(measure(simulate(spec).to_ecg()), spec.age, spec.sex), stage)
    assert verdict is not None
    assert verdict.met, [(o.name, o.reason) for o in verdict.failed]
    usual = judge(id, Subject(measure(simulate(ADULT).to_ecg()), 50, "male"), stage)
    assert usual is not None
    assert not usual.met
