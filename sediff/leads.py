"""Lead names, their order, the limb-lead algebra and the vectorcardiographic matrices.

Axes: X to the left, Y downwards (inferior), Z backwards (posterior); amplitudes in mV.
"""

import numpy as np
import numpy.typing as npt

LEADS = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
EIGHT = ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6")
CHEST = LEADS[6:]
EIGHT_IN_TWELVE = tuple(LEADS.index(name) for name in EIGHT)

# XYZ -> the eight independent leads (Dower, Machado, Osborne, Clin Cardiol 1980;3:87-95).
DOWER = np.array(
    [
        [0.632, -0.235, 0.059],
        [0.235, 1.066, -0.132],
        [-0.515, 0.157, -0.917],
        [0.044, 0.164, -1.387],
        [0.882, 0.098, -1.277],
        [1.213, 0.127, -0.601],
        [1.125, 0.127, -0.086],
        [0.831, 0.076, 0.230],
    ]
)

# The eight independent leads -> XYZ (Edenbrandt & Pahlm, J Electrocardiol 1988;21:361-367).
INVERSE_DOWER = np.array(
    [
        [0.156, -0.010, -0.172, -0.074, 0.122, 0.231, 0.239, 0.194],
        [-0.227, 0.887, 0.057, -0.019, -0.106, -0.022, 0.041, 0.048],
        [0.022, 0.102, -0.229, -0.310, -0.246, -0.063, 0.055, 0.108],
    ]
)

# I, II -> III, aVR, aVL, aVF (Einthoven 1912; Goldberger 1942).
_LIMB = np.array([[-1.0, 1.0], [-0.5, -0.5], [1.0, -0.5], [-0.5, 1.0]])


def derive_twelve(eight: npt.NDArray) -> npt.NDArray:
    """Complete the eight independent leads to twelve by Einthoven's and Goldberger's equations.

    Args:
        eight: (..., 8, T) array in the order of `EIGHT`, any unit.

    Returns:
        (..., 12, T) array in the order of `LEADS`, same unit and dtype.
    """
    limb = eight[..., :2, :]
    derived = np.einsum("ij,...jt->...it", _LIMB.astype(eight.dtype), limb)
    return np.concatenate([limb, derived, eight[..., 2:, :]], axis=-2)


def identity_error(twelve: npt.NDArray) -> float:
    """Largest departure from the lead identities in (12, T), in the unit of the signal."""
    one, two, three, avr, avl, avf = twelve[:6].astype(np.float64)
    residues = (
        two - one - three,
        avr + (one + two) / 2,
        avl - (one - two / 2),
        avf - (two - one / 2),
    )
    return float(max(np.abs(residue).max() for residue in residues))


def pick_eight(twelve: npt.NDArray) -> npt.NDArray:
    """Return the (..., 8, T) independent leads of a (..., 12, T) array."""
    return twelve[..., EIGHT_IN_TWELVE, :]


def canonical_lead(name: str) -> str | None:
    """Return the standard spelling of a lead name in any case ('AVR' -> 'aVR'), or None."""
    return {lead.lower(): lead for lead in LEADS}.get(name.strip().lower())
