"""What the simulator hands on: beats with their wave limits, and the signals they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from sediff.ecg import FS, Ecg

# N conducted sinus or AF beat, A premature atrial, V premature ventricular.
BeatKind = Literal["N", "A", "V"]
Span = tuple[float, float]  # onset, offset in s from the first sample


@dataclass(frozen=True)
class Beat:
    """One heart beat; all times in seconds from the first sample of the record.

    Attributes:
        r_s: time of the R peak (the fiducial point of the QRS).
        kind: 'N', 'A' or 'V'.
        qrs: QRS onset and offset.
        p: P onset and offset, None where there is no P wave.
        t: T onset and offset, None where it cannot be told.
    """

    r_s: float
    kind: BeatKind
    qrs: Span
    p: Span | None = None
    t: Span | None = None


@dataclass(frozen=True)
class Simulation:
    """A simulated heart.

    Attributes:
        beats: in time order; beats that start before or end after the record are included.
        eight: (8, T) float32 mV, everything the simulator draws (beats, f waves).
        draft: (8, T) float32 mV, the beats alone: P, QRS and T of the dipole, no f waves.
        fs: Hz.
        provenance: what drew it.
    """

    beats: tuple[Beat, ...]
    eight: npt.NDArray[np.float32]
    draft: npt.NDArray[np.float32]
    fs: int = FS
    provenance: Mapping[str, Any] | None = None

    def to_ecg(self) -> Ecg:
        """The simulated ECG by itself."""
        return Ecg.from_eight(self.eight, self.fs, self.provenance)
