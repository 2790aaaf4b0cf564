"""The beat decoder draws by the simulator's equations, and the constraints carry gradient."""

import numpy as np
import pytest
import torch

from sediff.diffusion.autoencoder import Autoencoder, AutoencoderConfig
from sediff.diffusion.beats import (
    BeatDecoder,
    BeatDecoderConfig,
    Beats,
    at_times,
    draw_beats,
    leads_of,
    shape_loss,
    slope_at,
    windows_of,
)
from sediff.diffusion.conditions import NUMBERS, Conditions
from sediff.diffusion.finish import grain_for
from sediff.leads import DOWER
from sediff.simulator.dipole import Waves
from sediff.training.ablation import VARIANTS
from sediff.training.constraints import Constraints, Told, euler_residual

R_S = torch.tensor([[1.0, 1.8, 2.6]])


def some_beats(count: int = 3) -> Beats:
    torch.manual_seed(0)
    model = BeatDecoder(BeatDecoderConfig(latent=4, width=16, depth=1))
    with torch.no_grad():
        found = model(torch.randn(1, 4, 50), R_S[:, :count], torch.ones(1, count))
    return Beats(found.r_s, found.there, found.t_ms, found.w_ms, found.vec + 0.3)


@pytest.fixture(scope="module")
def parts() -> tuple[Autoencoder, BeatDecoder]:
    torch.manual_seed(1)
    coder = Autoencoder(AutoencoderConfig(latent=4, widths=(16, 16, 8, 8), depths=(1, 1, 1, 1)))
    coder.taps[22] = 1.0
    decoder = BeatDecoder(BeatDecoderConfig(latent=4, width=16, depth=1))
    return coder.requires_grad_(False), decoder.requires_grad_(False)


def test_a_beat_is_drawn_as_the_simulator_draws_it():
    beats = some_beats(1)
    t_ms = np.linspace(-300, 500, 81)
    waves = Waves(*(part[0, 0].double().numpy() for part in (beats.t_ms, beats.w_ms, beats.vec)))
    drawn = at_times(beats, torch.tensor(t_ms, dtype=torch.float32)[None, None])[0, 0]
    assert np.abs(drawn.numpy().T - waves.at(t_ms)).max() < 1e-5


def test_the_slope_is_that_of_the_drawn_beat():
    beats = some_beats(1)
    t_ms = torch.linspace(-300, 500, 161)[None, None]
    step = 0.05
    numeric = (at_times(beats, t_ms + step) - at_times(beats, t_ms - step)) / (2 * step) * 1000
    assert (slope_at(beats, t_ms) - numeric).abs().max() < 0.02 * numeric.abs().max()


def test_records_are_the_sum_of_their_beats_and_absent_beats_draw_nothing():
    beats = some_beats()
    alone = Beats(beats.r_s, torch.tensor([[1.0, 0.0, 0.0]]), beats.t_ms, beats.w_ms, beats.vec)
    one = draw_beats(alone, 400)
    assert one.shape == (1, 3, 400)
    assert one[..., 161:].abs().max() == 0  # 600 ms after the only beat
    assert draw_beats(beats, 400)[..., 200:].abs().max() > 0


def test_leads_follow_dower():
    dipole = torch.randn(2, 3, 10)
    assert np.allclose(leads_of(dipole).numpy(), DOWER @ dipole.numpy(), atol=1e-5)


def test_a_level_is_not_a_fault_of_shape():
    cut = windows_of(torch.randn(1, 8, 400), R_S)
    assert cut.shape == (1, 3, 8, 92)
    assert shape_loss(cut + 0.5, cut, torch.ones(1, 3)) < 1e-8
    assert shape_loss(cut * 2, cut, torch.ones(1, 3)) > 0.01


def test_an_ecg_drawn_from_the_dipole_obeys_the_ode():
    beats = some_beats(1)
    fine = torch.arange(0, 10, 0.002)[None, None]
    ecg = leads_of(at_times(beats, (fine - beats.r_s[..., None]) * 1000)[:, 0].transpose(1, 2))
    own = euler_residual(ecg, beats)
    shifted = euler_residual(ecg.roll(10, dims=2), beats)
    assert own.mean() < 0.5 * shifted.mean()


def told() -> Told:
    return Told(R_S.expand(2, -1), torch.ones(2, 3))


def test_constraints_carry_gradient_and_vanish_for_the_record_itself(parts):
    torch.manual_seed(2)
    latent = torch.randn(2, 4, 125)
    guess = (latent + 0.5 * torch.randn_like(latent)).requires_grad_(True)
    late = torch.tensor([0.9, 0.9])
    constraints = Constraints(*parts)
    loss = constraints(guess, latent, late, told())
    loss.backward()
    assert loss > 0
    assert guess.grad is not None
    assert guess.grad.abs().sum() > 0
    assert constraints(latent, latent, late, told()) < 1e-6


def test_the_published_form_has_a_value_and_no_gradient(parts):
    torch.manual_seed(2)
    latent = torch.randn(2, 4, 125)
    guess = (latent + 0.5).requires_grad_(True)
    loss = Constraints(*parts, gradient=False)(guess, latent, torch.tensor([0.9, 0.9]), told())
    assert loss > 0
    assert not loss.requires_grad


def test_guesses_from_much_noise_are_left_alone(parts):
    latent = torch.randn(2, 4, 125)
    assert Constraints(*parts)(latent + 1, latent, torch.tensor([0.1, 0.5]), told()) == 0


def some_conditions() -> Conditions:
    wide = {"text": 384, "experience": 384, "concepts": 5, "numbers": len(NUMBERS)}
    values = {name: torch.ones(2, size) for name, size in wide.items()}
    values |= {"draft": torch.ones(2, 8, 80), "marks": torch.ones(2, 7, 80)}
    known = {f"{name}_known": torch.ones(2) for name in values}
    known["numbers_known"] = torch.ones(2, len(NUMBERS))
    return Conditions(**values, **known)


def test_the_rival_is_told_one_vector_and_no_simulation():
    c = VARIANTS["diffusets"].told(some_conditions())
    names = [name for name, known in zip(NUMBERS, c.numbers_known[0], strict=True) if known]
    assert names == ["age", "sex", "heart_rate"]
    assert c.text_known.all()
    assert not (c.draft_known.any())
    assert not (c.marks_known.any())
    assert not (c.concepts_known.any())


def test_the_ablation_takes_one_thing_away_at_a_time():
    for name, part in (("no_text", "text"), ("no_experience", "experience")):
        c = VARIANTS[name].told(some_conditions())
        assert not getattr(c, f"{part}_known").any()
        assert c.concepts_known.all()
        assert c.draft_known.all()


def test_grain_belongs_to_the_seed():
    assert torch.equal(grain_for([3, 4], 50)[1], grain_for([4], 50)[0])
    assert not torch.equal(grain_for([3], 50), grain_for([4], 50))
