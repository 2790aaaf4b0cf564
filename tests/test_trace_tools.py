"""Claims about display filters, calipers and the monitor's scene."""

import base64

import numpy as np
import pytest

from pages.parts.trace_monitor import scene
from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.leads import LEADS, identity_error
from sediff.plan import plan
from sediff.spec import Request
from sediff.view.calipers import Caliper, caliper, from_box, legs, read_out, shown_in, x_of
from sediff.view.display_filter import for_display
from sediff.view.figure import build_figure
from sediff.view.look import FILTERS, Look
from sediff.view.paper import lay_out, strip_mm
from tests.hearts import drawn


@pytest.fixture(scope="module")
def ecg() -> Ecg:
    return drawn(plan(Request(seed=3)))


def wave(hz: float, fs: int = 500) -> Ecg:
    """One millivolt of one frequency in every lead."""
    t = np.arange(10 * fs) / fs
    return Ecg(np.tile(np.sin(2 * np.pi * hz * t), (12, 1)), fs)


def left(shown: Ecg) -> float:
    """Amplitude in the middle of the record, in mV."""
    middle = shown.signal[0, shown.fs * 3 : shown.fs * 7]
    return float(np.abs(middle).max())


@pytest.mark.parametrize("name", FILTERS)
def test_a_display_filter_changes_nothing_that_is_kept(ecg, name):
    before = ecg.uv.copy()
    build_figure(ecg, Look(filter=name))
    shown = for_display(ecg, name)
    assert (ecg.uv == before).all()
    assert (shown is ecg) == (name == "none")
    assert identity_error(shown.signal) < 0.001


@pytest.mark.parametrize(("name", "hz", "least", "most"), [
    ("0.5-40", 10, 0.97, 1.03), ("0.5-40", 0.1, 0, 0.05), ("0.5-40", 100, 0, 0.05),
    ("0.05-150", 10, 0.97, 1.03), ("0.05-150", 100, 0.7, 1.0), ("0.05-150", 240, 0, 0.05),
    ("mains", 50, 0, 0.05), ("mains", 60, 0, 0.05), ("mains", 10, 0.97, 1.03),
])  # fmt: skip
def test_a_filter_takes_away_what_its_name_says(name, hz, least, most):
    assert least <= left(for_display(wave(hz), name)) <= most


@pytest.mark.parametrize("name", ["0.5-40", "0.05-150", "mains"])
def test_a_filter_moves_no_peak(name):
    signal = np.zeros((12, 5000))
    signal[:, 2500] = 1.0
    shown = for_display(Ecg(signal), name).signal[0]
    assert int(np.abs(shown).argmax()) == 2500
    assert shown[2400:2500] == pytest.approx(shown[2600:2500:-1], abs=2e-3)


@pytest.mark.parametrize("fs", [100, 250, 1000])
@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_works_at_the_rates_of_other_recorders(name, fs):
    shown = for_display(wave(5, fs), name)
    assert np.isfinite(shown.signal).all()
    assert left(shown) == pytest.approx(1, abs=0.1)


def test_ends_snap_to_samples_and_stay_inside_the_record(ecg):
    assert caliper(ecg, "II", 0.8212, 0.0009) == Caliper("II", 0, 411)
    assert caliper(ecg, "II", -3, 99) == Caliper("II", 0, 4999)


def test_calipers_read_ms_bpm_and_millivolts(ecg):
    read = read_out(ecg, Caliper("V2", 500, 910))
    assert read.ms == 820
    assert read.bpm == pytest.approx(60000 / 820)
    assert read.mv == (ecg.lead("V2")[500], ecg.lead("V2")[910])
    assert read.difference_mv == pytest.approx(ecg.lead("V2")[910] - ecg.lead("V2")[500])
    assert read_out(ecg, Caliper("V2", 7, 7)).bpm is None


def test_minus_avr_reads_upside_down(ecg):
    plain, turned = (read_out(ecg, Caliper("aVR", 10, 20), on) for on in (False, True))
    assert turned.difference_mv == -plain.difference_mv


@pytest.mark.parametrize("look", [Look(), Look("12x1", 50.0), Look("6x2", simultaneous=True)])
def test_a_rectangle_on_the_sheet_measures_the_lead_under_it(ecg, look):
    paper = lay_out(ecg, look)
    for strip in paper.strips:
        x, _ = strip_mm(ecg, paper, strip)
        box = (x[300] + 0.01, x[100] - 0.01), (strip.y_mm - 4, strip.y_mm + 3)
        assert from_box(paper, *box) == Caliper(strip.lead, strip.start + 100, strip.start + 300)


def test_a_rectangle_beside_every_strip_measures_nothing(ecg):
    paper = lay_out(ecg)
    assert from_box(paper, (1, 4), (50, 60)) is None
    cut = from_box(paper, (21, 900), (0, 1))
    assert cut is None or cut.end < 5000


def test_legs_stand_on_their_samples_wherever_the_lead_is_shown(ecg):
    paper, chosen = lay_out(ecg, Look("3x4+1")), Caliper("II", 100, 510)
    strips = shown_in(paper, chosen)
    assert [strip.row for strip in strips] == [1, 3]
    lines = legs(paper, chosen)
    assert len(lines) == 6
    assert lines[0][0] == pytest.approx(20 + 100 / 500 * 25) == x_of(paper, strips[0], 100)


def test_marching_out_repeats_the_interval_to_both_sides(ecg):
    paper = lay_out(ecg, Look("strip"))
    xs = sorted({line[0] for line in legs(paper, Caliper("II", 1000, 1500), march=True)})
    assert np.diff(xs) == pytest.approx([25.0] * (len(xs) - 1))
    assert len(xs) == 10
    assert len(legs(paper, Caliper("II", 7, 7), march=True)) == 3
    assert len(legs(paper, Caliper("II", 7, 9), march=True)) == 3


def test_the_caliper_on_the_sheet_says_what_it_measures(ecg):
    figure = build_figure(ecg, Look("12x1"), caliper=Caliper("V1", 100, 510))
    assert "<b>820 ms = 73 bpm</b>" in [note.text for note in figure.layout.annotations]
    assert len(figure.layout.shapes) == 3


def test_the_monitor_gets_whole_microvolts_and_the_mark(ecg):
    look = Look(cabrera=True)
    told = scene(ecg, "demo", look, ["II", "aVR"], SYNTHETIC_MARK)
    uv = [np.frombuffer(base64.b64decode(lead["uv"]), "<i2") for lead in told["leads"]]
    assert (uv == ecg.uv[[LEADS.index("II"), LEADS.index("aVR")]]).all()
    assert [(lead["name"], lead["sign"]) for lead in told["leads"]] == [("II", 1), ("-aVR", -1)]
    assert told["mark"] == SYNTHETIC_MARK
    assert SYNTHETIC_MARK in told["alt"]
