"""Wave limits agree with cardiologists, and every program is compared in the same way."""

import numpy as np
import pytest

from sediff.errors import SediffError
from sediff.evaluation import delineation, rivals
from sediff.evaluation.crossval import cross_validate
from sediff.evaluation.ludb import Marked, Record, data_root, load_records, together
from sediff.leads import LEADS


@pytest.fixture(scope="module")
def ludb() -> list[Record]:
    try:
        return load_records(data_root())
    except SediffError as error:
        pytest.skip(str(error))


def marks(shift: float = 0.0) -> dict[str, list]:
    """The same beat in every lead, each lead 2 ms later than the one before it."""
    late = {lead: shift + 0.002 * i for i, lead in enumerate(LEADS)}
    return {
        lead: [
            ("p", 0.85 + d, 0.80 + d, 0.90 + d),
            ("N", 1.00 + d, 0.96 + d, 1.05 + d),
            ("t", 1.30 + d, 1.20 + d, 1.40 + d),
        ]
        for lead, d in late.items()
    }


def record(*beats: Marked, start: float = 0.0) -> Record:
    return Record("1", np.zeros((12, 5000), np.float32), beats, (start, 10.0))


def test_the_reference_is_the_second_earliest_onset_and_the_second_latest_offset():
    (beat,) = together(marks())
    assert beat.r_s == pytest.approx(1.0 + 0.002 * 5.5)
    assert beat.qrs == pytest.approx((0.962, 1.05 + 0.002 * 10))
    assert beat.p == pytest.approx((0.802, 0.90 + 0.002 * 10))


def test_a_wave_in_three_leads_is_no_wave():
    few = {lead: waves if i < 3 else waves[1:] for i, (lead, waves) in enumerate(marks().items())}
    (beat,) = together(few)
    assert beat.p is None
    assert beat.t is not None


def test_a_p_wave_where_none_is_marked_counts_as_an_error():
    true = Marked(1.0, (0.96, 1.05), None, None)
    seen = Marked(1.0, (0.96, 1.05), (0.80, 0.90), None)
    assert delineation.compare(record(true), [seen])["P extra"] == [1.0]
    assert delineation.compare(record(true, start=0.95), [seen])["P extra"] == []


def test_errors_are_found_minus_marked_in_ms():
    (true,), (late,) = together(marks()), together(marks(0.010))
    errors = delineation.compare(record(true), [late])
    for name in ("R", *delineation.LIMITS):
        assert errors[name] == pytest.approx([10.0])
    assert errors["P hit"] == errors["hit"] == [1.0]


def test_what_is_not_installed_is_said(monkeypatch, capsys, ludb):
    monkeypatch.setattr(rivals, "find_spec", lambda name: None)
    monkeypatch.setattr(delineation, "load_records", lambda root: ludb[:1])
    monkeypatch.setattr("sys.argv", ["delineation"])
    delineation.main()
    said = capsys.readouterr().out
    assert "neurokit2 dwt: not installed" in said
    assert "openecg codec: not installed" in said


@pytest.mark.parametrize("rate", [500, 100])
def test_limits_agree_with_cardiologists(ludb, rate):
    table = delineation.evaluate(ludb, delineation.ours(rate))
    assert table["sensitivity"] >= 0.998
    assert table["ppv"] >= 0.998
    assert table["QRS onset sd"] <= 12
    assert table["QRS offset sd"] <= 12
    assert table["T offset sd"] <= 25
    assert table["P onset sd"] <= 12
    assert table["P sensitivity"] >= 0.95
    assert table["P ppv"] >= 0.9
    assert table["records with P: P given"] >= 0.95
    assert table["records without P: none given"] >= 0.8


def test_held_out_figures_stay_within_the_bars(ludb):
    lines = cross_validate(ludb)
    sd = {line[2:14].strip(): float(line.split("sd")[1].split()[0]) for line in lines[1:4]}
    assert sd["QRS onset"] <= 12
    assert sd["QRS offset"] <= 12
    assert sd["T offset"] <= 25
