"""Ventricular beats, rhythms and pacing: what is drawn, and what the criteria ask of it."""

import time
from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np
import pytest

from sediff.criteria import Subject, judge
from sediff.criteria import ventricular as checks
from sediff.criteria import ventricular_ectopy as ectopy_checks
from sediff.criteria.judge import all_met, ask
from sediff.leads import LEADS, derive_twelve
from sediff.measure.intervals import nothing
from sediff.measure.values import Rhythm, Value
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.simulator.simulation import Beat, BeatKind
from sediff.spec import Request
from tests.hearts import ADULT

PATTERNS = ("premature ventricular contraction", "ventricular bigeminy", "ventricular couplets")
BEATLESS = (
    "coarse ventricular fibrillation", "fine ventricular fibrillation", "complete asystole",
    "ventricular standstill",
)  # fmt: skip
RHYTHMS = (
    "idioventricular rhythm", "accelerated idioventricular rhythm",
    "monomorphic ventricular tachycardia", "outflow tract ventricular tachycardia",
    "polymorphic ventricular tachycardia", "torsades de pointes",
)  # fmt: skip


def drawn(name, seed=0, **changes):
    spec = replace(plan(Request(report=name, seed=seed)), **changes)
    return spec, simulate(spec)


def inside(simulation):
    return [beat for beat in simulation.beats if 0 <= beat.r_s < 10]


def runs(beats):
    return [len(list(group)) for kind, group in groupby(b.kind for b in beats) if kind == "V"]


# Drawing.


@pytest.mark.parametrize("name", RHYTHMS)
def test_the_asked_rate_is_the_mean_rate_of_every_rhythm_with_beats(name):
    for seed in range(3):
        spec, simulation = drawn(name, seed)
        rr = np.diff([beat.r_s for beat in inside(simulation)])
        assert 60 / rr.mean() == pytest.approx(spec.heart_rate, abs=1e-6)


@pytest.mark.parametrize("name", BEATLESS)
def test_fibrillation_and_standstill_have_no_beats_and_no_asked_numbers(name):
    spec, simulation = drawn(name)
    assert simulation.beats == ()
    assert {"heart_rate", "qrs_ms", "qt_ms"} <= set(spec.lacks)
    assert np.abs(simulation.draft).max() > 0.005


def test_fine_fibrillation_stays_below_the_limit_and_coarse_far_above():
    for seed in range(5):
        coarse, fine = (
            np.ptp(derive_twelve(drawn(name, seed)[1].draft), axis=1).max() for name in BEATLESS[:2]
        )
        assert fine < 0.19
        assert coarse > 1.0


def test_standstill_has_p_waves_that_nothing_follows():
    _, simulation = drawn("ventricular standstill")
    assert len([p for p in simulation.lone_p if 0 < p[0] < 10]) >= 6


def test_atria_march_through_ventricular_tachycardia_and_may_capture():
    kinds = set()
    for seed in range(8):
        spec, simulation = drawn("monomorphic ventricular tachycardia", seed)
        gaps = np.diff([p[0] for p in simulation.lone_p])
        assert len(gaps) > 6
        captured = [b for b in simulation.beats if b.kind == "N"]
        assert len(captured) <= 1
        kinds |= {beat.form for beat in inside(simulation)}
        for beat in captured:
            assert beat.p is not None
            assert 1000 * (beat.qrs[1] - beat.qrs[0]) < 0.8 * spec.qrs_ms
    assert {"usual", "captured", "fused"} <= kinds


def test_monomorphic_tachycardia_of_the_left_ventricle_has_no_rs_in_the_chest_leads():
    _, simulation = drawn("monomorphic ventricular tachycardia", 1)
    beat = next(b for b in inside(simulation) if b.r_s > 1)
    at = slice(*(round(500 * edge) for edge in beat.qrs))
    twelve = simulation.to_ecg().signal
    v1, v6 = twelve[LEADS.index("V1"), at], twelve[LEADS.index("V6"), at]
    assert v1.max() > 0.8 > -5 * v1.min()
    assert v6.min() < -0.8


def test_torsades_follow_a_long_qt_a_pause_and_an_early_beat_and_twist():
    _, simulation = drawn("torsades de pointes", 3)
    beats = inside(simulation)
    sinus = [b for b in beats if b.kind == "N"]
    assert len(sinus) >= 2
    assert all(b.t is not None and b.t[1] - b.qrs[0] > 0.52 for b in sinus)
    first = next(b for b in beats if b.kind == "V")
    assert sinus[-1].t is not None
    assert first.qrs[0] < sinus[-1].t[1]
    peaks = np.array([
        simulation.draft[1, round(500 * b.r_s)]
        for b in beats if b.kind == "V"
    ])  # fmt: skip
    assert peaks.max() > 0.4
    assert peaks.min() < -0.4


def test_torsades_faster_than_leaves_room_for_sinus_beats_fill_the_record():
    _, simulation = drawn("torsades de pointes", heart_rate=200.0)
    assert all(b.kind == "V" for b in simulation.beats)


def test_polymorphic_tachycardia_has_many_forms():
    _, simulation = drawn("polymorphic ventricular tachycardia")
    assert len({beat.form for beat in inside(simulation)}) >= 8


def test_agonal_beats_are_few_wide_and_shrink():
    for seed in range(5):
        beats = inside(drawn("agonal rhythm", seed)[1])
        assert 1 <= len(beats) <= 4
        assert all(beat.qrs[1] - beat.qrs[0] > 0.17 for beat in beats)


def test_patterns_of_premature_beats():
    _, couplets = drawn("ventricular couplets")
    assert 2 in runs(inside(couplets))
    for seed in range(5):
        _, run = drawn("NSVT", seed)
        assert any(3 <= length <= 6 for length in runs(inside(run)))
        _, many = drawn("multifocal PVCs", seed)
        assert len({b.form for b in inside(many) if b.kind == "V"}) >= 2


def test_r_on_t_begins_before_the_t_wave_ends_and_leaves_it_whole():
    for seed in range(5):
        _, simulation = drawn("R on T phenomenon", seed)
        early = [(a, b) for a, b in pairwise(simulation.beats) if b.kind == "V"]
        assert early
        assert all(a.t is not None and b.qrs[0] < a.t[1] for a, b in early)


def test_alternans_changes_every_second_beat():
    simulation = simulate(replace(ADULT, conduction="alternans", heart_rate=110))
    sizes = [
        np.ptp(simulation.draft[4, round(500 * b.qrs[0]) : round(500 * b.qrs[1])])
        for b in inside(simulation)[1:-1]
    ]
    assert min(sizes[::2]) > 1.2 * max(sizes[1::2]) or min(sizes[1::2]) > 1.2 * max(sizes[::2])


@pytest.mark.parametrize("name", ["torsades de pointes", "ventricular fibrillation", "NSVT"])
def test_drawing_ten_seconds_stays_quick(name):
    spec = plan(Request(report=name, seed=1))
    simulate(spec)
    took = []
    for seed in range(5):
        begun = time.perf_counter()
        simulate(replace(spec, seed=seed))
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.015


@pytest.mark.parametrize("key", ["couplet", "run", "multifocal", "r_on_t", "pvc"])
@pytest.mark.parametrize("rhythm", ["vf_coarse", "asystole", "agonal", "vt", "af"])
def test_premature_beats_are_asked_of_any_rhythm_without_harm(rhythm, key):
    for rate, seconds in ((25, 10), (200, 3)):
        spec = replace(ADULT, rhythm=rhythm, heart_rate=rate, pr_ms=None, ectopy=((key, 0.3),))
        assert np.isfinite(simulate(spec, seconds=seconds).eight).all()


# Criteria on hand-made measurements.


def beat(r_s: float, kind: BeatKind = "N", width: float = 0.09) -> Beat:
    t = (r_s + 0.2, r_s + 0.34)
    return Beat(r_s, kind, (r_s - width / 2, r_s + width / 2), None, t)


def measured(beats, **values):
    return replace(nothing("by hand"), beats=tuple(beats), **values)


def row(kinds, rr=0.8):
    return [beat(rr * (i + 1), k, 0.14 if k == "V" else 0.09) for i, k in enumerate(kinds)]


def met(criteria, m):
    return all_met(ask(criteria, Subject(m)))


def early(kinds):
    """Beats of these kinds; ventricular ones 0.5 s after the beat before, then a pause."""
    at, out = 0.0, []
    for before, kind in zip("N" + kinds, kinds, strict=False):
        at += 0.5 if kind == "V" else 1.1 if before == "V" else 0.8
        out.append(beat(at, kind, 0.14 if kind == "V" else 0.09))
    return out


def test_bigeminy_trigeminy_and_single_beats_are_told_apart():
    single, second, third = (
        measured(early(kinds)) for kinds in ("NNNVNNNNN", "NVNVNVNV", "NNVNNVNNV")
    )
    assert [met(ectopy_checks.PVC, m) for m in (single, second, third)] == [True] * 3
    assert [met(ectopy_checks.BIGEMINY, m) for m in (single, second, third)] == [False, True, False]
    assert [met(ectopy_checks.TRIGEMINY, m) for m in (single, second, third)] == [
        False,
        False,
        True,
    ]


def test_couplets_and_runs_are_told_apart():
    pair, run = measured(early("NNVVNNN")), measured(early("NNVVVNN"))
    assert [met(ectopy_checks.COUPLETS, m) for m in (pair, run)] == [True, False]
    assert [met(ectopy_checks.NSVT, m) for m in (pair, run)] == [False, True]


def test_r_on_t_needs_a_usual_qt():
    close = [*row("NN"), beat(1.95, "V", 0.14)]
    assert met(ectopy_checks.R_ON_T, measured(close)) is None
    assert met(ectopy_checks.R_ON_T, measured(close, qt_ms=Value(400.0, "ms"))) is True
    late = [*row("NN"), beat(2.2, "V", 0.14)]
    assert met(ectopy_checks.R_ON_T, measured(late, qt_ms=Value(400.0, "ms"))) is False


def test_tachycardia_asks_for_rate_width_and_a_sign_of_its_origin():
    beats = [beat(0.36 * i, "V", 0.15) for i in range(1, 20)]
    wide = measured(
        beats, heart_rate=Value(166.0, "bpm"), qrs_ms=Value(150.0, "ms"),
        rhythm_seen=Rhythm("ventricular", atria="dissociated"),
    )  # fmt: skip
    assert met(checks.VT, wide) is True
    slow = replace(wide, heart_rate=Value(80.0, "bpm"))
    assert met(checks.VT, slow) is False
    assert met(checks.ACCELERATED, slow) is True
    plain = replace(wide, rhythm_seen=Rhythm("ventricular", atria="none"))
    assert met(checks.VT, plain) is None


def test_torsades_need_the_long_qt_before_them():
    long = [replace(beat(i), t=(i + 0.4, i + 0.58)) for i in (1.0, 2.0)]
    m = measured(long, rhythm_seen=Rhythm("polymorphic_ventricular"))
    assert met(checks.TORSADES, m) is True
    assert met(checks.TORSADES, replace(m, beats=tuple(row("NN")))) is False
    assert met(checks.TORSADES, replace(m, beats=())) is None


def test_nothing_connected_is_no_asystole():
    assert met(checks.ASYSTOLE, nothing("Nothing is connected.")) is not True
    assert met(checks.AGONAL, nothing("Nothing is connected.")) is not True


@pytest.mark.parametrize(
    ("name", "id", "stage"),
    [
        (PATTERNS[0], "pvc", ""), (PATTERNS[1], "bigeminy", ""), (PATTERNS[2], "couplets", ""),
        ("paced rhythm", "paced", ""), ("DDD pacing", "dual_paced", ""),
        ("accelerated idioventricular rhythm", "accelerated_idioventricular", ""),
    ],
)  # fmt: skip
def test_what_is_drawn_meets_its_criteria(name, id, stage):
    from sediff.measure import measure

    spec, simulation = drawn(name, 1)
    verdict = judge(id, Subject(measure(simulation.to_ecg()), spec.age, spec.sex), stage)
    assert verdict is not None
    assert verdict.met, [(o.name, o.reason) for o in verdict.failed]
