"""Whether each single beat has the P wave that the median beat has."""

import numpy as np
import numpy.typing as npt

from sediff.edges import hold_edges
from sediff.measure.limits import PRE, level
from sediff.measure.signals import Array

# A P wave alike its median correlates by 0.9; where nothing is, by 0 +- 0.3.
_ALIKE, _SIZE = 0.3, 0.25


def have_p(eight: Array, at: Array, median: Array, span: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """Return (n,) True for beats in whose P span the P wave of the median beat is seen.

    Args:
        eight: (8, N) mV. at: (n,) R peaks in samples.
        median: (8, W) median beat in mV. span: its P limits, samples from R.
    """
    wave = level(median[:, PRE + span[0] : PRE + span[1] + 1])
    padded = hold_edges(eight, PRE, PRE)
    starts = np.rint(at).astype(int) + PRE + span[0]
    single = level(np.stack([padded[:, s : s + wave.shape[1]] for s in starts]))
    dots = (single * wave).sum(axis=(1, 2))
    power = float((wave**2).sum())
    alike = dots / np.maximum(np.linalg.norm(single, axis=(1, 2)) * np.sqrt(power), 1e-9)
    return (alike > _ALIKE) & (dots / max(power, 1e-9) > _SIZE)
