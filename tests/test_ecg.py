import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sediff.ecg import Ecg
from sediff.errors import DataError
from sediff.leads import (
    DOWER,
    EIGHT,
    INVERSE_DOWER,
    LEADS,
    canonical_lead,
    derive_twelve,
    identity_error,
)

EIGHT_LEADS = arrays(np.float64, (8, 20), elements=st.floats(-10, 10))


@given(EIGHT_LEADS)
def test_lead_identities_hold_to_one_microvolt_in_every_file(eight):
    assert identity_error(Ecg.from_eight(eight).uv) <= 1


@given(EIGHT_LEADS)
def test_rounding_to_files_and_back_changes_nothing(eight):
    ecg = Ecg.from_eight(eight)
    assert np.array_equal(Ecg.from_uv(ecg.uv).uv, ecg.uv)


def test_twelve_leads_are_in_standard_order():
    twelve = derive_twelve(np.arange(8.0)[:, None])
    by_name = dict(zip(LEADS, twelve[:, 0], strict=True))
    assert [by_name[name] for name in EIGHT] == list(range(8))
    assert by_name["III"] == by_name["II"] - by_name["I"]


def test_inverse_dower_undoes_dower():
    assert np.allclose(INVERSE_DOWER @ DOWER, np.eye(3), atol=2e-3)


def test_an_ecg_cannot_be_changed_after_it_was_made():
    ecg = Ecg.from_eight(np.zeros((8, 5)))
    with pytest.raises(ValueError, match="read-only"):
        ecg.signal[0, 0] = 1


def test_not_a_number_becomes_zero_in_files():
    signal = np.full((8, 3), np.nan)
    assert not Ecg.from_eight(signal).uv.any()


def test_eight_leads_are_refused_where_twelve_are_needed():
    with pytest.raises(DataError, match="12 leads"):
        Ecg(np.zeros((8, 10)))


@pytest.mark.parametrize(("typed", "name"), [("AVR", "aVR"), (" v1", "V1"), ("ii", "II")])
def test_lead_names_are_read_in_any_case(typed, name):
    assert canonical_lead(typed) == name


@given(EIGHT_LEADS)
def test_one_microvolt_more_in_a_limb_lead_is_at_most_one_in_every_other(eight):
    before = Ecg.from_eight(np.rint(eight * 1000) / 1000).uv.astype(int)
    for lead in (0, 1):
        more = np.rint(eight * 1000)
        more[lead] += 1
        assert np.abs(Ecg.from_eight(more / 1000).uv - before).max() <= 1
