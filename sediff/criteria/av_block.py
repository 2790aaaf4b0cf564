"""Checks of conduction from the atria to the ventricles."""

from sediff.criteria.blocks import in_leads, number, rhythm_is, truth
from sediff.criteria.check import Check
from sediff.leads import LEADS
from sediff.measure.values import Measurements, Span

_PR_SPREAD_MS = 40.0  # Wenckebach: longest less shortest PR, beyond what reading errors make
_DELTA_MS = 20.0  # a slur of this length is a delta wave

LONG_PR = number("PR interval", "pr_ms", low=200.1, wave="PR")
SHORT_PR = number("PR interval", "pr_ms", high=119.9, wave="PR")
NO_DELTA = in_leads(
    "No delta wave", LEADS, "delta_ms", high=_DELTA_MS, need=10, wave="QRS", unit="ms"
)


def dropped(least: int = 1) -> Check:
    """P waves that no QRS follows."""

    def holds(measured: Measurements) -> bool | None:
        seen = measured.rhythm_seen
        return None if seen.atria == "unsure" else seen.dropped >= least

    return truth("Blocked P waves", holds, f"at least {least}", _blocked)


def _blocked(measured: Measurements) -> list[Span]:
    waves = measured.rhythm_seen.p_waves
    return [(wave.on_s, wave.off_s) for wave in waves if not wave.conducted][:6]


# A class in which every P is conducted; P waves told one by one would fail at a single U wave.
ONE_TO_ONE = rhythm_is("sinus", "atrial", "multifocal_atrial")


def pr_pattern(name: str) -> Check:
    """How PR behaves from beat to beat: 'constant' or 'growing'."""

    def holds(measured: Measurements) -> bool | None:
        seen = measured.rhythm_seen
        return None if seen.atria == "unsure" or not seen.pr_pattern else seen.pr_pattern == name

    return truth("PR before the drop", holds, name)


def _atria_faster(measured: Measurements) -> bool | None:
    seen = measured.rhythm_seen
    if seen.atria in ("f", "flutter"):
        return True
    atrial, rate = seen.atrial_rate.value, measured.heart_rate.value
    return None if atrial is None or rate is None else atrial > rate


ATRIA_FASTER = truth("Atria faster than ventricles", _atria_faster, "P rate above QRS rate")
COMPLETE = rhythm_is("complete_av_block")
SECOND = rhythm_is("mobitz_1", "mobitz_2", "two_to_one", "high_grade_av_block")
