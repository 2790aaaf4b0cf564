"""The measurements read what is there, and abstain where nothing can be read."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
import wfdb
from scipy.signal import resample_poly

from sediff.ecg import Ecg
from sediff.errors import DataError, SediffError
from sediff.leads import EIGHT, LEADS
from sediff.measure import Measurements, Value, as_json, measure, measure_eight, read_ecg
from sediff.simulator.engine import simulate
from sediff.simulator.simulation import Simulation
from sediff.spec import CaseSpec
from sediff.training import ptbxl

FS = 500


def drawn(**changes) -> Simulation:
    numbers: dict[str, Any] = {
        "heart_rate": 70,
        "qrs_ms": 92,
        "qt_ms": 395,
        "axis_deg": 40,
        "pr_ms": 160,
    }
    case: dict[str, Any] = {"report": "", "age": 50, "sex": "male", "seed": 1} | numbers | changes
    return simulate(CaseSpec(**case))


def values(found: Measurements) -> list[Value]:
    names = ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg", "p_mv", "t_mv")
    return [*(getattr(found, n) for n in (*names, "rr_sd_ms")), *found.st_mv.values()]


def says_nothing(found: Measurements) -> bool:
    return all(v.value is None and v.status == "unsure" and v.reason for v in values(found))


def given(value: Value) -> float:
    assert value.value is not None, value.reason
    return value.value


@pytest.fixture(scope="module")
def fold_nine() -> pd.DataFrame:
    try:
        table = ptbxl.load_metadata(ptbxl.data_root())
    except SediffError as error:
        pytest.skip(str(error))
    return table.loc[table["strat_fold"] == 9]


def measured(table: pd.DataFrame, code: str, count: int) -> list[Measurements]:
    has = table[[code in codes for codes in table["codes"]]].sample(count, random_state=1)
    paths = [ptbxl.data_root() / name for name in has["filename_lr"]]
    return [measure_eight(ptbxl.read_eight(path) / 1000, 100) for path in paths]


@pytest.mark.parametrize("rate", [25, 40, 60, 100, 150, 220])
def test_rate_is_exact_from_25_to_220(rate):
    found = measure(drawn(heart_rate=rate).to_ecg())
    assert given(found.heart_rate) == pytest.approx(rate, rel=0.005)


@pytest.mark.parametrize("pr", [80, 120, 200, 300, 400])
def test_pr_is_read_back(pr):
    assert given(measure(drawn(pr_ms=pr, heart_rate=60).to_ecg()).pr_ms) == pytest.approx(pr, abs=8)


@pytest.mark.parametrize("axis", [-150, -60, 0, 40, 90, 120])
def test_axis_is_read_back(axis):
    assert given(measure(drawn(axis_deg=axis).to_ecg()).axis_deg) == pytest.approx(axis, abs=6)


@pytest.mark.parametrize("qrs", [80, 120, 160])
def test_qrs_is_read_back(qrs):
    assert given(measure(drawn(qrs_ms=qrs).to_ecg()).qrs_ms) == pytest.approx(qrs, abs=14)


def test_every_drawn_beat_is_found_within_10_ms():
    simulation = drawn(ectopy=(("pvc", 0.3),), seed=3)
    found = np.array([b.r_s for b in measure(simulation.to_ecg()).beats])
    for beat in simulation.beats:
        if 0.1 < beat.r_s < 9.9 and beat.kind == "N":
            assert np.abs(found - beat.r_s).min() < 0.010


def test_premature_wide_beats_are_named_and_have_no_p():
    simulation = drawn(ectopy=(("pvc", 0.2),), seed=3)
    found = measure(simulation.to_ecg())
    wide = [b for b in found.beats if b.kind == "V"]
    assert len(wide) == sum(b.kind == "V" and 0.1 < b.r_s < 9.9 for b in simulation.beats)
    assert all(b.p is None and b.qrs[1] - b.qrs[0] > 0.11 for b in wide)
    assert "premature wide beats" in found.rhythm


def test_atrial_fibrillation_has_no_pr():
    found = measure(drawn(rhythm="af", pr_ms=None, heart_rate=90).to_ecg())
    assert found.pr_ms.status == found.p_mv.status == "absent"
    assert found.pr_ms.reason == "There is no P wave before the QRS."
    assert found.rhythm == "irregularly irregular, no P waves"
    assert all(b.p is None and b.kind == "N" for b in found.beats)


@pytest.mark.parametrize("fs", [100, 128, 250, 333, 1000, 2000])
def test_sampling_rate_does_not_matter(fs):
    eight = drawn().eight
    usual = measure_eight(eight, FS)
    other = measure_eight(resample_poly(eight, fs, FS, axis=1), fs)
    for name, slack in (("heart_rate", 0.1), ("pr_ms", 6), ("qrs_ms", 8), ("qt_ms", 6)):
        assert given(getattr(other, name)) == pytest.approx(given(getattr(usual, name)), abs=slack)


def test_amplitude_does_not_change_the_times():
    usual, double = (measure_eight(drawn().eight * k, FS) for k in (1, 2))
    assert given(double.pr_ms) == pytest.approx(given(usual.pr_ms), abs=6)
    assert given(double.qrs_ms) == pytest.approx(given(usual.qrs_ms), abs=8)
    assert given(double.t_mv) == pytest.approx(2 * given(usual.t_mv), rel=0.05)


def test_mains_and_drift_do_not_change_the_numbers():
    eight = drawn().eight
    t = np.arange(eight.shape[1]) / FS
    usual = measure_eight(eight, FS)
    dirty = measure_eight(eight + np.sin(2 * np.pi * 50 * t) + np.sin(2 * np.pi * 0.2 * t), FS)
    # A beat cut by the edge may count in one and not in the other, hence 0.5 bpm.
    for name, slack in (("heart_rate", 0.5), ("pr_ms", 8), ("qrs_ms", 8), ("qt_ms", 12)):
        assert given(getattr(dirty, name)) == pytest.approx(given(getattr(usual, name)), abs=slack)


def nonsense() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    t = np.arange(5000) / FS
    eight = drawn().eight
    return {
        "flat": np.zeros((8, 5000)),
        "not a number": np.full((8, 5000), np.nan),
        "infinite": np.full((8, 5000), np.inf),
        "a thousand times too large": eight * 1000,
        "a thousand times too small": eight / 1000,
        "saturated": np.clip(eight * 3, -0.5, 0.5),
        "white noise": rng.normal(0, 0.3, (8, 5000)),
        "random walk": np.cumsum(rng.normal(0, 0.05, (8, 5000)), axis=1),
        "sine": np.outer(np.linspace(0.5, 1, 8), np.sin(2 * np.pi * 5 * t)),
        "samples shuffled": eight[:, rng.permutation(5000)],
        "cut off after 4 s": np.where(t < 4, eight, 0.0),
        "two leads only": np.where(np.arange(8)[:, None] < 2, eight, 0.0),
        "too short": eight[:, :1000],
        "nine leads": np.zeros((9, 5000)),
        "empty": np.zeros((8, 0)),
    }


@pytest.mark.parametrize("name", nonsense())
def test_nonsense_gives_no_number(name):
    assert says_nothing(measure_eight(nonsense()[name], FS))


@pytest.mark.parametrize("fs", [0, 50, 5000, float("nan")])
def test_an_impossible_sampling_rate_gives_no_number(fs):
    assert says_nothing(measure_eight(drawn().eight, fs))


def test_flat_leads_give_no_number():
    signal = drawn().to_ecg().signal.copy()
    signal[0] = 0
    found = measure(Ecg(signal))
    gone = {"I", "III", "aVR", "aVL", "aVF"}
    assert {lead for lead, v in found.st_mv.items() if v.value is None} == gone
    assert found.axis_deg.value is None
    assert "Lead I " in found.axis_deg.reason
    assert found.heart_rate.value is not None


def test_swapped_polarity_gives_no_amplitude():
    found = measure_eight(-drawn().eight, FS)
    assert found.axis_deg.status == found.t_mv.status == found.st_mv["V2"].status == "unsure"
    assert "polarity" in found.axis_deg.reason


def test_noise_makes_it_abstain_rather_than_err():
    rng = np.random.default_rng(2)
    eight = drawn().eight
    usual = given(measure_eight(eight, FS).qrs_ms)
    for sd in (0.05, 0.1, 0.2, 0.4, 0.8):
        noisy = measure_eight(eight + rng.normal(0, sd, eight.shape), FS)
        assert noisy.qrs_ms.value is None or abs(noisy.qrs_ms.value - usual) < 25


def test_json_holds_value_unit_status_and_reason():
    row = json.loads(json.dumps(as_json(measure(drawn().to_ecg()))))
    assert set(row) >= {"heart_rate", "pr", "qrs", "qt", "qtc", "axis", "p", "t", "st", "rhythm"}
    assert set(row["st"]) == set(LEADS)
    assert set(row["pr"]) == {"value", "unit", "status", "reason"}
    silent = as_json(measure_eight(np.zeros((8, 5000)), FS))
    assert silent["pr"]["value"] is None
    assert silent["pr"]["reason"]


def write(folder, names, signal, **options):
    options = {"fs": FS, "units": ["mV"] * len(names), "fmt": ["16"] * len(names)} | options
    wfdb.wrsamp("r", sig_name=list(names), p_signal=signal.T, write_dir=str(folder), **options)
    return folder / "r"


@pytest.mark.parametrize("suffix", ["", ".hea", ".dat"])
def test_leads_are_read_by_name_in_any_order_and_case(tmp_path, suffix):
    ecg = drawn().to_ecg()
    order = np.random.default_rng(0).permutation(12)
    path = write(tmp_path, [LEADS[i].upper() for i in order], ecg.signal[order].astype(float))
    read = read_ecg(f"{path}{suffix}")
    assert read.fs == FS
    np.testing.assert_allclose(read.signal, ecg.signal, atol=2e-3)


def test_eight_leads_are_enough(tmp_path):
    ecg = drawn().to_ecg()
    read = read_ecg(write(tmp_path, EIGHT, ecg.eight.astype(float)))
    np.testing.assert_allclose(read.signal, ecg.signal, atol=2e-3)


def test_a_record_without_v3_is_refused_by_name(tmp_path):
    names = [name for name in EIGHT if name != "V3"]
    path = write(tmp_path, names, drawn().eight[:7].astype(float))
    with pytest.raises(DataError, match="lacks lead V3"):
        read_ecg(path)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "\x00\xff garbage",
        "r 12 500",
        "r 1 500 5000\n../../etc/passwd 16 1000/mV 16 0 0 0 0 I",
        "r 1 500 5000\n/etc/passwd 16 1000/mV 16 0 0 0 0 I",
        "r 1 500 999999999999\nr.dat 16 1000/mV 16 0 0 0 0 I",
        "r 1 -5 5000\nr.dat 16 1000/mV 16 0 0 0 0 I",
        "r/3 8 500 5000\na 100\nb 100\nc 100",
    ],
)
def test_a_hostile_header_is_refused_in_one_sentence(tmp_path, header):
    (tmp_path / "r.hea").write_text(header)
    (tmp_path / "r.dat").write_bytes(b"\x00" * 100)
    with pytest.raises(DataError) as caught:
        read_ecg(tmp_path / "r")
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


def test_a_missing_record_and_wrong_units_are_refused(tmp_path):
    with pytest.raises(DataError, match="no WFDB header"):
        read_ecg(tmp_path / "nothing")
    path = write(tmp_path, EIGHT, drawn().eight.astype(float), units=["mmHg"] * 8)
    with pytest.raises(DataError, match="not in mV"):
        read_ecg(path)


def test_normal_records_have_normal_numbers(fold_nine):
    found = measured(fold_nine, "NORM", 60)
    for name, low, high in (("pr_ms", 150, 172), ("qrs_ms", 88, 100), ("qt_ms", 378, 408)):
        assert low <= np.median([given(getattr(m, name)) for m in found
                                 if getattr(m, name).value is not None]) <= high  # fmt: skip
        assert np.mean([getattr(m, name).value is not None for m in found]) > 0.9


def test_fibrillation_in_patients_has_no_pr(fold_nine):
    found = measured(fold_nine, "AFIB", 60)
    assert np.mean([m.pr_ms.value is None for m in found]) >= 0.9


def test_left_bundle_branch_block_in_patients_is_wide(fold_nine):
    found = [m.qrs_ms.value for m in measured(fold_nine, "CLBBB", 30)]
    assert np.mean([v > 120 for v in found if v is not None]) > 0.8
