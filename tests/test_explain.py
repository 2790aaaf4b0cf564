"""Claims about what the beat decoder is said to read: signs, limits, abstention, truth."""

import math
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from sediff.assets import ASSETS, write_manifest
from sediff.beat import Beat
from sediff.diffusion import explain
from sediff.diffusion.beats import WAVES, Beats, leads_of
from sediff.ecg import FS, Ecg
from sediff.errors import WeightsError
from sediff.leads import DOWER, EIGHT
from sediff.measure import measure
from sediff.simulator import simulate
from sediff.simulator.dipole import Waves, draw, place
from tests.hearts import ADULT, TYPICAL, beat_of

RUNS = Path(__file__).resolve().parents[1] / "runs"
# One Gaussian a wave: centre and width in ms, and x (left), y (down), z (backwards) in mV.
KNOWN = {
    "P": (-160.0, 20.0, (0.1, 0.1, 0.0)),
    "R": (0.0, 14.0, (1.0, 0.5, -0.5)),
    "ST": (110.0, 30.0, (0.02, 0.0, 0.0)),
    "T": (260.0, 40.0, (-0.3, 0.3, 0.3)),
}
AT_S = np.arange(0.6, 9.5, 0.8)


class Coder:
    def to_100hz(self, ecg):
        return ecg

    def encode(self, ecg):
        return ecg


class Reader:
    """Reads the `KNOWN` waves from everything."""

    def __call__(self, latent, r_s, there):
        rows = torch.zeros(len(WAVES), 5)
        rows[:, 1] = 1.0
        for wave, (t, w, vec) in KNOWN.items():
            rows[WAVES.index(wave)] = torch.tensor([t, w, *vec])
        each = rows.expand(*r_s.shape, *rows.shape)
        return Beats(r_s, there, each[..., 0], each[..., 1], each[..., 2:])


@pytest.fixture
def reader(monkeypatch):
    monkeypatch.setattr(explain, "load_beat_decoder", lambda: (Coder(), Reader()))


@pytest.fixture(scope="module")
def weights(tmp_path_factory) -> Path:
    """The shipped weights, or those that wait to be shipped."""
    found = next((f for f in (ASSETS, RUNS) if (f / "beats.safetensors").is_file()), None)
    if found is None:
        pytest.skip("there are no weights of the beat decoder")
    folder = tmp_path_factory.mktemp("weights")
    shutil.copy(ASSETS / "autoencoder.safetensors", folder)
    shutil.copy(found / "beats.safetensors", folder)
    write_manifest(folder, {})
    return folder


@pytest.fixture
def decoder(weights, monkeypatch):
    pair = explain.load_beat_decoder(weights)
    monkeypatch.setattr(explain, "load_beat_decoder", lambda: pair)


def known_ecg() -> Ecg:
    t, w, vec = (np.array(column) for column in zip(*KNOWN.values(), strict=True))
    waves = place(Waves(t, w, vec), AT_S, np.ones(len(AT_S)))
    return Ecg.from_eight(DOWER @ draw(waves, 10 * FS, FS))


def beats_at(times=AT_S, **changes) -> list[Beat]:
    usual = [
        Beat(r, "N", (r - 0.045, r + 0.045), (r - 0.21, r - 0.11), (r + 0.16, r + 0.36))
        for r in times
    ]
    return [replace(beat, **changes) for beat in usual]


def apart(a: float, b: float) -> float:
    return abs((a - b + 180) % 360 - 180)


# what is said of a reading


def test_directions_follow_the_axes_of_the_leads(reader):
    heart = explain.heart_of(known_ecg(), beats_at())
    assert heart is not None
    r, t = heart.wave("QRS"), heart.wave("T")
    assert r is not None
    assert t is not None
    # left and down; left and forwards
    assert (r.frontal_deg, r.horizontal_deg) == (27, 27)
    # right and down; right and backwards
    assert (t.frontal_deg, t.horizontal_deg) == (135, -135)


@pytest.mark.parametrize(
    ("vector", "lead"),
    [((1, 0, 0), "V5"), ((0, 1, 0), "II"), ((0, 0, -1), "V2")],
)
def test_left_down_and_forwards_are_where_the_leads_are(vector, lead):
    drawn = leads_of(torch.tensor(vector, dtype=torch.float64).view(1, 3, 1))[0, :, 0]
    assert drawn[EIGHT.index(lead)] > 0.9
    x, y, z = map(float, vector)
    wave = explain._wave("QRS", explain.Loop(np.zeros(1), np.array([[x, y, z]])))
    assert wave.frontal_deg == {"V5": 0, "II": 90, "V2": None}[lead]
    assert wave.horizontal_deg == {"V5": 0, "II": None, "V2": 90}[lead]


def test_size_and_time_are_those_of_the_longest_vector(reader):
    heart = explain.heart_of(known_ecg(), beats_at())
    assert heart is not None
    found = {wave.name: (wave.peak_mv, wave.at_ms) for wave in heart.waves}
    for name, row in (("P", "P"), ("QRS", "R"), ("T", "T")):
        t, _, vec = KNOWN[row]
        assert found[name] == (pytest.approx(np.linalg.norm(vec), abs=2e-3), t)


def test_a_wave_below_what_can_be_told_has_no_direction(reader):
    heart = explain.heart_of(known_ecg(), beats_at())
    assert heart is not None
    st = heart.wave("ST")
    assert st is not None
    assert not st.clear
    assert (st.frontal_deg, st.horizontal_deg) == (None, None)


def test_loops_stay_within_the_measured_limits_of_their_wave(reader):
    heart = explain.heart_of(known_ecg(), beats_at())
    assert heart is not None
    assert list(heart.loops) == ["P", "QRS", "T"]
    for name, (on, off) in {"P": (-210, -110), "QRS": (-45, 45), "T": (160, 360)}.items():
        t_ms = heart.loops[name].t_ms
        assert on <= t_ms[0] < t_ms[-1] <= off


def test_a_right_reading_redraws_the_ecg_it_was_read_from(reader):
    heart = explain.heart_of(known_ecg(), beats_at())
    assert heart is not None
    assert heart.correlation > 0.999
    assert heart.rms_mv < 0.005


def test_a_wrong_reading_is_found_out_by_the_ecg_itself(reader):
    other = Ecg.from_eight(-known_ecg().eight)
    heart = explain.heart_of(other, beats_at())
    assert heart is not None
    assert heart.correlation < -0.99


def test_no_p_wave_is_read_where_none_was_measured(reader):
    heart = explain.heart_of(known_ecg(), beats_at(p=None))
    assert heart is not None
    assert heart.wave("P") is None
    assert "P" not in heart.loops


def test_the_most_frequent_kind_of_beat_is_read_even_if_it_is_ventricular(reader):
    beats = beats_at(kind="V")
    beats[0] = replace(beats[0], kind="N")
    heart = explain.heart_of(known_ecg(), beats)
    assert heart is not None
    assert (heart.kind, heart.beats) == ("V", len(AT_S) - 1)


@pytest.mark.parametrize("count", [0, 2])
def test_too_few_beats_are_not_read(reader, count):
    assert explain.heart_of(known_ecg(), beats_at()[:count]) is None


def test_three_beats_are_enough_even_at_the_borders_of_the_record(reader):
    heart = explain.heart_of(known_ecg(), beats_at((0.01, 5.0, 9.99)))
    assert heart is not None
    assert math.isfinite(heart.correlation)


# what the weights read


def test_missing_weights_are_told_in_one_sentence(tmp_path):
    shutil.copy(ASSETS / "autoencoder.safetensors", tmp_path)
    write_manifest(tmp_path, {})
    with pytest.raises(WeightsError, match=r"beats\.safetensors is missing"):
        explain.load_beat_decoder(tmp_path)


@pytest.mark.parametrize("shapes", [(), ("lbbb",), ("rbbb",), ("rvh",), ("lpfb",), ("lvh_strain",)])
def test_directions_of_qrs_and_t_are_those_of_the_simulated_heart(decoder, shapes):
    typical = {k: v for shape in shapes for k, v in TYPICAL.get(shape, {}).items()}
    ecg = simulate(replace(ADULT, **typical), shapes=shapes).to_ecg()
    heart = explain.heart_of(ecg, measure(ecg).beats)
    assert heart is not None
    assert heart.correlation > 0.93
    fitted, t_ms = beat_of(*shapes), np.arange(-400.0, 700.0)
    for name, waves, most in (("QRS", fitted.qrs, 20), ("T", fitted.t, 20)):
        way = waves.at(t_ms)
        x, y, z = way[:, np.linalg.norm(way, axis=0).argmax()]
        found = heart.wave(name)
        assert found is not None
        assert found.peak_mv == pytest.approx(math.hypot(x, y, z), rel=0.25)
        if found.frontal_deg is not None:
            assert apart(found.frontal_deg, math.degrees(math.atan2(y, x))) < most
        if found.horizontal_deg is not None:
            assert apart(found.horizontal_deg, math.degrees(math.atan2(-z, x))) < most
