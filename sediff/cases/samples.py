"""The samples of a case as bytes: differences of int16 microvolts, deflated.

Neighbouring samples differ by little, so their differences deflate to half of what the samples
do. The sums run in int16 and wrap as the differences did: nothing is lost at the ends of its range.
"""

import zlib

import numpy as np
import numpy.typing as npt

from sediff.errors import DataError
from sediff.leads import LEADS

MAX_SAMPLES = 60_000  # of one lead: a minute at 1000 Hz


def pack(uv: npt.NDArray[np.int16]) -> bytes:
    """(12, T) int16 microvolts as bytes; equal samples give equal bytes."""
    steps = np.diff(uv.astype("<i2"), axis=1, prepend=np.int16(0))
    return zlib.compress(steps.astype("<i2").tobytes(), 6)


def unpack(content: bytes, n_samples: int) -> npt.NDArray[np.int16]:
    """The (12, `n_samples`) int16 microvolts that `pack` was given.

    Raises:
        DataError: damaged, or not of that length.
    """
    if not 0 < n_samples <= MAX_SAMPLES:
        raise DataError("The ECG of this case is too long or empty.")
    size = len(LEADS) * n_samples * 2
    try:
        reader = zlib.decompressobj()
        raw = reader.decompress(content, size + 1)  # a bomb is not blown up
    except zlib.error as error:
        raise DataError("The ECG of this case is damaged.") from error
    if len(raw) != size:
        raise DataError("The ECG of this case is damaged.")
    steps = np.frombuffer(raw, "<i2").reshape(len(LEADS), n_samples)
    return np.cumsum(steps, axis=1, dtype=np.int16)
