"""What the simulator hands on: beats with their wave limits, and the signals they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from sediff.ecg import FS, Ecg

# N conducted, A premature atrial, J junctional, V ventricular (premature, escape or tachycardia).
BeatKind = Literal["N", "A", "J", "V"]
Span = tuple[float, float]  # onset, offset in s from the first sample


@dataclass(frozen=True)
class Beat:
    """One heart beat; all times in seconds from the first sample of the record.

    Attributes:
        r_s: time of the R peak (the fiducial point of the QRS).
        kind: 'N', 'A', 'J' or 'V'.
        qrs: QRS onset and offset.
        p: P onset and offset, None where there is no P wave.
        t: T onset and offset, None where it cannot be told.
        form: name of its QRS shape; beats of one form look alike.
    """

    r_s: float
    kind: BeatKind
    qrs: Span
    p: Span | None = None
    t: Span | None = None
    form: str = "usual"


@dataclass(frozen=True)
class Simulation:
    """A simulated heart.

    Attributes:
        beats: in time order; beats that start before or end after the record are included.
        eight: (8, T) float32 mV, everything: beats, f waves, pacing pulses, recording faults.
        bare: (8, T) float32 mV, the heart alone: beats and f waves.
        draft: (8, T) float32 mV, what the model is shown: P, QRS and T of the dipole, no f waves.
        pulses: (8, T) float32 mV, pacing pulses.
        lone_p: P waves that belong to no beat: blocked, dissociated, retrograde; s.
        pulses_s: times of pacing pulses, s.
        fs: Hz.
        provenance: what drew it.
    """

    beats: tuple[Beat, ...]
    eight: npt.NDArray[np.float32]
    bare: npt.NDArray[np.float32]
    draft: npt.NDArray[np.float32]
    pulses: npt.NDArray[np.float32]
    lone_p: tuple[Span, ...] = ()
    pulses_s: tuple[float, ...] = ()
    fs: int = FS
    provenance: Mapping[str, Any] | None = None

    def to_ecg(self) -> Ecg:
        """The simulated ECG by itself."""
        return Ecg.from_eight(self.eight, self.fs, self.provenance)
