import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch

from sediff.assets import ASSETS, checked_file, read_manifest, write_manifest
from sediff.diffusion.autoencoder import TAPS, Autoencoder, AutoencoderConfig
from sediff.diffusion.bundle import load_weights
from sediff.diffusion.conditions import (
    MARKS,
    NUMBERS,
    Conditions,
    draw_marks,
    draw_phase,
    one_condition,
    standardise,
)
from sediff.diffusion.denoiser import Denoiser, DenoiserConfig
from sediff.diffusion.flow import flow_loss, noise_for, sample, schedule
from sediff.diffusion.text import TextEncoder, clean
from sediff.errors import Cancelled, WeightsError
from sediff.simulator.simulation import Beat

SMALL = DenoiserConfig(latent=4, width=32, depth=2, heads=2, concepts=3)
BEATS = (Beat(0.5, "N", (0.45, 0.55), (0.3, 0.4), (0.7, 0.9)), Beat(1.5, "V", (1.42, 1.58)))


def condition(**changes) -> Conditions:
    made = one_condition(
        text=np.ones(384),
        concepts={"A": 1.0},
        codes=("A", "B", "C"),
        numbers={"heart_rate": 72},
        draft=np.zeros((8, 1000)),
        beats=BEATS,
    )
    return replace(made, **changes)


@pytest.fixture
def denoiser() -> Denoiser:
    with torch.random.fork_rng():
        torch.random.default_generator.manual_seed(0)
        model = Denoiser(SMALL)
        torch.nn.init.normal_(model.head.weight, std=0.1)
    return model.eval()


def test_autoencoder_writes_five_samples_for_each_it_reads():
    model = Autoencoder(AutoencoderConfig(latent=4, widths=(8, 8, 8, 8), depths=(1, 1, 1, 1)))
    latent = model.encode(torch.zeros(2, 8, 160))
    assert latent.shape == (2, 4, 20)
    assert model.decode(latent).shape == (2, 8, 800)


def test_reduction_to_100_hz_keeps_level_and_length():
    model = Autoencoder(AutoencoderConfig(latent=4, widths=(8, 8, 8, 8), depths=(1, 1, 1, 1)))
    model.taps.fill_(1 / TAPS)
    low = model.to_100hz(torch.full((1, 8, 500), 0.7))
    assert low.shape == (1, 8, 100)
    assert torch.allclose(low, torch.tensor(0.7), atol=1e-5)


def test_a_straight_flow_is_followed_exactly_whatever_the_steps():
    target = torch.randn(1, 4, 125, generator=torch.Generator().manual_seed(3))
    noise = noise_for([7], 4, 125)

    def straight(x, t, c):
        return target - noise

    for steps in (1, 3, 10):
        assert torch.allclose(sample(straight, condition(), noise, steps, 1.0), target, atol=1e-5)


def test_heun_converges_with_second_order():
    def decay(x, t, c):
        return -x

    start = torch.ones(1, 4, 125)
    errors = [
        abs(float(sample(decay, condition(), start, n, 1.0)[0, 0, 0]) - np.exp(-1))
        for n in (16, 32)
    ]
    assert errors[0] / errors[1] > 3


def test_noise_of_a_request_does_not_depend_on_its_neighbours():
    together = noise_for([1, 2, 3], 4, 125)
    assert torch.equal(together[1], noise_for([2], 4, 125)[0])


def test_what_a_step_raises_stops_the_sampling(denoiser):
    def cancel(done, total):
        if done == 2:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        sample(denoiser, condition(), noise_for([1], 4, 125), 5, 1.5, cancel)


def test_progress_is_told_at_every_step(denoiser):
    seen = []
    sample(denoiser, condition(), noise_for([1], 4, 125), 3, 1.5, lambda i, n: seen.append((i, n)))
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_guidance_acts_and_costs_only_where_it_is_asked_for():
    batches = []

    def still(x, t, c):
        batches.append(len(x))
        return torch.zeros_like(x)

    sample(still, condition(), noise_for([1], 4, 125), 10, 2.0, guided=(0.2, 0.5))
    assert batches == [1, 1, 2, 2, 2, 1, 1, 1, 1, 1]


def test_an_unknown_condition_changes_nothing(denoiser):
    c = condition(text_known=torch.zeros(1), concepts_known=torch.zeros(1))
    other = replace(c, text=torch.zeros(1, 384), concepts=torch.ones(1, 3))
    x, t = noise_for([1], 4, 125), torch.tensor([0.4])
    assert torch.equal(denoiser(x, t, c), denoiser(x, t, other))


def test_a_known_condition_changes_the_velocity(denoiser):
    x, t = noise_for([1], 4, 125), torch.tensor([0.4])
    assert not torch.equal(
        denoiser(x, t, condition()), denoiser(x, t, condition(text=torch.zeros(1, 384)))
    )


def test_loss_is_one_number_a_record(denoiser):
    pair = Conditions.stack([condition(), condition()])
    loss, guess, t = flow_loss(denoiser, noise_for([1, 2], 4, 125), pair)
    assert (loss.shape, guess.shape, t.shape) == ((2,), (2, 4, 125), (2,))


def test_schedule_runs_from_noise_to_latent():
    times = schedule(7)
    assert times[0] == 0
    assert times[-1] == 1
    assert np.all(np.diff(times) > 0)


def test_masks_hold_the_waves_of_each_beat():
    marks = dict(zip(MARKS, draw_marks(BEATS, 200), strict=True))
    assert marks["P"].sum() == pytest.approx(10, abs=0.01)  # 100 ms at 100 Hz, no P before V
    assert marks["V"][150] == 1
    assert marks["V"][:100].sum() == 0
    assert marks["R"].argmax() in (50, 150)
    assert marks["T"].sum() == pytest.approx(35, abs=0.01)  # from QRS offset to T offset


def test_phase_turns_once_from_r_to_r():
    wave = draw_phase(np.array([0.5, 1.5, 2.5]), 300)
    assert wave[0, 50] == pytest.approx(1, abs=1e-3)
    assert wave[0, 100] == pytest.approx(-1, abs=1e-3)


def test_numbers_that_are_not_told_are_marked_so():
    values, known = standardise({"heart_rate": 72, "qt_ms": float("nan")})
    assert known.sum() == 1
    assert known[list(NUMBERS).index("heart_rate")] == 1
    assert np.isfinite(values).all()


def test_reports_lose_what_the_recorder_added():
    raw = "sinusrhythmus normales ekg 4.46                  unbest\u00c4tigter bericht"
    assert clean(raw) == "sinusrhythmus normales ekg"


def test_every_shipped_weight_file_matches_the_manifest_and_the_limits():
    files = read_manifest()["files"]
    for name, row in files.items():
        assert checked_file(name).stat().st_size == row["bytes"] < 50_000_000
    assert load_weights("denoiser")
    ours = [row["bytes"] for name, row in files.items() if not name.startswith("text_encoder")]
    assert sum(ours) < 60_000_000


def test_a_missing_weight_file_says_what_to_do(tmp_path):
    write_manifest(tmp_path, {})
    with pytest.raises(WeightsError, match="missing: restore it"):
        load_weights("denoiser", tmp_path)


def test_a_damaged_weight_file_says_what_to_do(tmp_path):
    shutil.copy(ASSETS / "denoiser.safetensors", tmp_path)
    write_manifest(tmp_path, {})
    with (tmp_path / "denoiser.safetensors").open("r+b") as file:
        file.seek(5000)
        file.write(b"damage")
    with pytest.raises(WeightsError, match="damaged: restore it"):
        load_weights("denoiser", tmp_path)


def test_a_damaged_tokenizer_says_what_to_do(tmp_path):
    shutil.copytree(ASSETS, tmp_path / "a")
    (tmp_path / "a" / "text_encoder" / "tokenizer.json").write_text("{}")
    with pytest.raises(WeightsError, match="damaged: restore it"):
        TextEncoder(tmp_path / "a")


def test_a_damaged_manifest_says_what_to_do(tmp_path):
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(WeightsError, match="manifest"):
        read_manifest(tmp_path)


def test_manifest_tells_data_split_and_commands():
    manifest = read_manifest()
    assert {"data", "split", "commands", "counts", "concepts", "files"} <= set(manifest)
    json.dumps(manifest)
