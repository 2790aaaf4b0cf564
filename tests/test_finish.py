"""The finish adds what 100 Hz cannot hold and leaves the latents as they are."""

import numpy as np
import torch

from sediff.diffusion.autoencoder import Autoencoder, AutoencoderConfig
from sediff.diffusion.finish import GRAIN
from sediff.diffusion.recording import recording_of
from sediff.training.finish import (
    BAND,
    band_power,
    band_taps,
    finish_loss,
    train_finish,
    with_finish,
)

SMALL = AutoencoderConfig(latent=4, widths=(8, 8, 8, 8), depths=(1, 1, 1, 1))


def test_a_new_finish_changes_nothing_and_the_encoder_stays():
    torch.manual_seed(0)
    base = Autoencoder(SMALL)
    grown = with_finish(base, 8)
    x, grain = torch.randn(2, 8, 400), torch.randn(2, GRAIN, 2000)
    with torch.no_grad():
        assert torch.equal(grown.encode(x), base.encode(x))
        assert torch.allclose(grown.decode(base.encode(x), grain), base.decode(base.encode(x)))
    assert with_finish(grown, 16).config == grown.config  # going on, not growing twice


def test_too_flat_a_flank_costs_more_than_its_samples_say():
    time = torch.arange(0, 2, 0.002)
    spike = torch.exp(-0.5 * ((time - 1) / 0.003) ** 2).expand(1, 8, -1)
    flat = torch.exp(-0.5 * ((time - 1) / 0.02) ** 2).expand(1, 8, -1)
    taps = band_taps(BAND, 500, 101)
    assert band_power(spike, taps, 500).sum() > 100 * band_power(flat, taps, 500).sum()
    assert finish_loss(spike, spike, taps, 500).item() == 0
    small = finish_loss(0.9 * spike, spike, taps, 500)
    assert finish_loss(flat, spike, taps, 500) > 2 * small


def test_training_leaves_the_encoder_and_moves_the_decoder(tmp_path):
    torch.manual_seed(0)
    base = Autoencoder(SMALL)
    base.taps[22] = 1.0
    before = {k: v.clone() for k, v in base.state_dict().items()}
    rng = np.random.default_rng(0)
    low = rng.integers(-500, 500, (4, 8, 1000)).astype(np.int16)
    high = np.repeat(low[:2], 5, axis=2)
    made = train_finish(base, low, high, np.array([0, 1, -1, -1]), tmp_path, 0.02, batch=2)
    after = made.state_dict()
    for name, value in before.items():
        moved = not torch.equal(value, after[name])
        assert moved == name.startswith("decoder."), name


def test_recordings_differ_by_seed_and_are_never_the_worst():
    many = [recording_of(seed) for seed in range(200)]
    assert recording_of(3) == many[3]
    assert len({one["noise"] for one in many}) == 200
    assert max(one["wander"] for one in many) <= -1.03
    assert -2.72 < float(np.median([one["noise"] for one in many])) < -2.62
