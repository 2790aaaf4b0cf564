"""What measuring gives: values that may abstain, and beats with their wave limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sediff.simulator.simulation import Beat

# ok: trust it. unsure: leads disagree or the signal is poor, no value is given.
# absent: the wave is not there (no P in AF), so the value does not exist.
Status = Literal["ok", "unsure", "absent"]


@dataclass(frozen=True)
class Value:
    """One measurement.

    Attributes:
        value: the number, None unless `status` is 'ok'.
        unit: 'bpm', 'ms', 'deg' or 'mV'.
        status: 'ok', 'unsure' or 'absent'.
        reason: one sentence when it abstains, '' otherwise.
    """

    value: float | None
    unit: str
    status: Status = "ok"
    reason: str = ""


@dataclass(frozen=True)
class Measurements:
    """All that was read from one ECG, from the signal alone.

    Attributes:
        heart_rate: 60 / mean RR of all ventricular beats.
        pr_ms, qrs_ms, qt_ms, qtc_ms: of the dominant beat; QTc by Fridericia.
        axis_deg: frontal QRS axis.
        p_mv, t_mv: signed peak of P and T in lead II of the dominant beat.
        st_mv: per lead (12 names): ST level at J + 60 ms against the QRS onset.
        rr_sd_ms: standard deviation of the RR intervals.
        rhythm: short plain description such as 'regular, P before every QRS'.
        beats: every ventricular beat; times in s from the first sample.
    """

    heart_rate: Value
    pr_ms: Value
    qrs_ms: Value
    qt_ms: Value
    qtc_ms: Value
    axis_deg: Value
    p_mv: Value
    t_mv: Value
    st_mv: Mapping[str, Value]
    rr_sd_ms: Value
    rhythm: str
    beats: tuple[Beat, ...]
