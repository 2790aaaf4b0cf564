"""The `Ecg` value: twelve leads, their sampling rate, and where they come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.errors import DataError
from sediff.leads import LEADS, derive_twelve, pick_eight

SYNTHETIC_MARK = "SYNTHETIC - NOT FOR DIAGNOSIS"
IMPORTED_MARK = "IMPORTED - NOT FOR DIAGNOSIS"  # a file that someone opened
HIDDEN_MARK = "ORIGIN HIDDEN - NOT FOR DIAGNOSIS"  # blind reading: real and synthetic alike
FS = 500  # Hz, of everything that the app makes
SECONDS = 10
_UV_LIMIT = 32767  # int16


@dataclass(frozen=True)
class Ecg:
    """A 12-lead ECG.

    Attributes:
        signal: (12, T) float32 in mV, leads in the order of `sediff.leads.LEADS`; read-only.
        fs: sampling rate in Hz.
        provenance: how it was made (spec, seed, weights, what was learned and what was drawn).
    """

    signal: npt.NDArray[np.float32]
    fs: int = FS
    provenance: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        signal = np.ascontiguousarray(self.signal, dtype=np.float32)
        if signal.ndim != 2 or signal.shape[0] != len(LEADS):
            raise DataError(f"An ECG needs 12 leads x time, not an array of shape {signal.shape}.")
        signal.flags.writeable = False
        object.__setattr__(self, "signal", signal)

    @classmethod
    def from_eight(
        cls, eight: npt.NDArray, fs: int = FS, provenance: Mapping[str, Any] | None = None
    ) -> "Ecg":
        """Build an ECG from the (8, T) independent leads in mV.

        The eight are rounded to whole microvolts first and the four derived from the rounded
        values, so that the lead identities hold in every file that is written from it.
        """
        return cls.from_uv(eight_to_uv(eight), fs, provenance)

    @classmethod
    def from_uv(
        cls, uv: npt.NDArray[np.int16], fs: int = FS, provenance: Mapping[str, Any] | None = None
    ) -> "Ecg":
        """Build an ECG from (12, T) int16 microvolts."""
        return cls((uv / 1000).astype(np.float32), fs, provenance or {})

    @property
    def uv(self) -> npt.NDArray[np.int16]:
        """The (12, T) samples as int16 microvolts: what every file holds."""
        return to_int16(np.rint(self.signal.astype(np.float64) * 1000))

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.signal.shape[1] / self.fs

    def lead(self, name: str) -> npt.NDArray[np.float32]:
        """The (T,) samples of one lead in mV; raises `ValueError` for an unknown name."""
        return self.signal[LEADS.index(name)]

    @property
    def eight(self) -> npt.NDArray[np.float32]:
        """The (8, T) independent leads in mV."""
        return pick_eight(self.signal)


def to_int16(uv: npt.NDArray) -> npt.NDArray[np.int16]:
    """Clip to the int16 range (+-32.767 mV) and convert; not-a-number becomes 0."""
    return np.clip(np.nan_to_num(uv), -_UV_LIMIT, _UV_LIMIT).astype(np.int16)


def eight_to_uv(eight: npt.NDArray) -> npt.NDArray[np.int16]:
    """Turn (8, T) mV into (12, T) int16 uV; derived leads come from the rounded ones.

    aVR, aVL and aVF are halves of whole numbers, so they carry at most 0.5 uV of rounding.
    """
    whole = to_int16(np.rint(np.asarray(eight, dtype=np.float64) * 1000))
    # Halves go up, not to the even number: one microvolt more in I must not be two in aVL.
    return to_int16(np.floor(derive_twelve(whole.astype(np.float64)) + 0.5))
