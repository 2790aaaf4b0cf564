"""What filters and windows need beyond the ends of a record."""

import numpy as np
import numpy.typing as npt


def hold_edges(signal: npt.NDArray, before: int, after: int) -> npt.NDArray:
    """(leads, T) -> (leads, before + T + after), the first and the last sample held."""
    first = np.repeat(signal[:, :1], before, axis=1)
    last = np.repeat(signal[:, -1:], after, axis=1)
    return np.concatenate([first, signal, last], axis=1)
