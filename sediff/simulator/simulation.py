"""What the simulator hands on: beats with their wave limits, and the signals they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.beat import Beat, BeatKind, Span
from sediff.ecg import FS, Ecg

__all__ = ["Beat", "BeatKind", "Simulation", "Span"]


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
