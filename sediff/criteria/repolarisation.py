"""Checks of ST, T, U and J waves that several findings share; amplitudes in mV.

T words follow Rautaharju et al. 2009 (AHA/ACCF/HRS part IV): low below 10 % of R, flat within
0.1 mV of the baseline, inverted from -0.1 mV, deep from -0.5 mV, giant from -1.0 mV.
"""

from collections.abc import Callable
from statistics import median

from sediff.criteria.blocks import any_of, by_sex, in_leads, number, spans_of, unless
from sediff.criteria.check import Check, Outcome, Subject
from sediff.measure.values import LeadWaves, Measurements

AHA_2009 = (
    "AHA/ACCF/HRS recommendations for the interpretation of the ECG, part IV: ST segment, T and "
    "U waves, QT interval (Rautaharju et al., 2009)"
)
T_FLAT_MV, T_INVERTED_MV, T_GIANT_MV = 0.1, -0.1, -1.0
T_LOW_SHARE = 0.1  # of the R of the same lead
T_LEADS = ("I", "II", "aVL", "V4", "V5", "V6")  # where the guideline calls T low or flat
LEFT_LEADS = ("I", "II", "V4", "V5", "V6")
_NOTCH_MV, _NOTCH_SHARE = 0.05, 0.25  # half a millimetre, and a quarter of its level
_APEX_MV = 0.1  # smaller T waves have no apex that could be timed

# QTc limits of Rautaharju et al. 2009: prolonged from 450 ms (men) and 460 ms (women).
LONG_QTC = by_sex(460.0, 450.0)
long_qtc = number("QTc prolonged", "qtc_ms", low=LONG_QTC, wave="QT")
narrow_qrs = number("QRS narrow", "qrs_ms", high=119.0, wave="QRS")


def derived(
    name: str,
    read: Callable[[Measurements], float | None],
    *,
    low: float | None = None,
    high: float | None = None,
    unit: str = "ms",
) -> Check:
    """A number computed from several measurements, within limits (inclusive).

    Args:
        name: the question. read: the number; None where it cannot be told.
        low, high: limits. unit: of the number.
    """
    limits = (("at least", low), ("at most", high))
    threshold = " and ".join(f"{word} {at:g} {unit}" for word, at in limits if at is not None)

    def check(subject: Subject) -> Outcome:
        value = read(subject.measured)
        spans = spans_of(subject.measured, "QT")
        if value is None:
            reason = "The T wave does not allow to tell."
            return Outcome(name, None, None, unit, threshold, reason, spans=spans)
        met = (low is None or value >= low) and (high is None or value <= high)
        return Outcome(name, met, round(value, 3), unit, threshold, spans=spans)

    return check


def end_notch(waves: LeadWaves) -> float:
    """Level of an end-QRS notch, slur or Osborn wave: Jp of Macfarlane et al. 2015, mV.

    0 where it hardly stands out of the ST segment: on an elevated ST any ripple lies high.
    """
    stands_out = waves.j_wave_mv >= max(_NOTCH_MV, _NOTCH_SHARE * waves.jp_mv)
    return waves.jp_mv if stands_out else 0.0


def st_level(waves: LeadWaves) -> float:
    """ST level in mV; a notch that still stands at J is no ST elevation."""
    return min(waves.j_mv, waves.st60_mv, key=abs)


def j_waves(name: str = "J waves", low: float = 0.1) -> Check:
    """End-QRS notch or slur of `low` mV in two contiguous leads, V1 to V3 left out."""
    groups = (("II", "aVF", "III"), ("aVL", "I"), ("V4", "V5", "V6"))
    return any_of(
        name,
        *(
            in_leads(f"Jp in {', '.join(leads)}", leads, end_notch, low=low, need=2,
                     contiguous=True)
            for leads in groups
        ),
    )  # fmt: skip


def no_st_elevation(leads: tuple[str, ...] = LEFT_LEADS) -> Check:
    """ST below 0.1 mV in all of the leads."""
    return in_leads("ST on the baseline", leads, st_level, high=0.099, wave="ST")


def t_flat(need: int) -> Check:
    """T within 0.1 mV of the baseline in at least `need` of I, II and V4-V6."""
    return in_leads(
        "T flat", LEFT_LEADS, "t_mv", low=-T_FLAT_MV, high=T_FLAT_MV, need=need, wave="T"
    )


def t_inverted(
    leads: tuple[str, ...], need: int, *, high: float = T_INVERTED_MV, contiguous: bool = False
) -> Check:
    """T at or below `high` mV in at least `need` of the leads."""
    name = "T inverted" if high > T_GIANT_MV else "Giant negative T"
    return in_leads(name, leads, "t_neg_mv", high=high, need=need, contiguous=contiguous, wave="T")


def _t_share(waves: LeadWaves) -> float:
    """T against what is low or flat in its lead: below 1 is low."""
    floor = max(T_FLAT_MV, T_LOW_SHARE * waves.tall_mv)
    return waves.t_mv / floor


def t_low(need: int) -> Check:
    """T low or flat, not inverted, in at least `need` of I, II, aVL and V4-V6."""
    return in_leads(
        "T low or flat", T_LEADS, _t_share, low=-1.0, high=1.0, need=need, wave="T",
        unit="times the limit",
    )  # fmt: skip


def u_prominent(need: int = 2) -> Check:
    """U of 0.1 mV and a quarter of T in V2-V4 (Rautaharju et al. 2009; Surawicz 1998)."""
    return in_leads(
        "U waves", ("V2", "V3", "V4"),
        lambda w: w.u_mv if w.u_mv >= 0.25 * abs(w.t_mv) else 0.0,
        low=0.1, need=need, wave="QT",
    )  # fmt: skip


def terminal_r_avr(waves: LeadWaves) -> float:
    """The R wave that ends the QRS of aVR, mV: R' or the R after a Q or S."""
    if waves.r2_mv:
        return waves.r2_mv
    return waves.r_mv if waves.q_mv and not waves.s_mv else 0.0


def q_apex_ms(measured: Measurements) -> float | None:
    """QRS onset to the apex of T, ms, median of the leads with a clear T."""
    if measured.qrs_ms.value is None:
        return None
    times = [w.t_peak_ms for w in measured.leads.values() if abs(w.t_mv) >= _APEX_MV]
    return measured.qrs_ms.value + median(times) if times else None


def t_onset_ms(measured: Measurements) -> float | None:
    """QRS onset to the onset of T, ms, median of the beats of the usual rhythm."""
    times = [1000 * (b.t[0] - b.qrs[0]) for b in measured.beats if b.t and b.kind == "N"]
    return median(times) if times else None


def t_duration_ms(measured: Measurements) -> float | None:
    """Onset to end of T, ms, median of the beats of the usual rhythm."""
    times = [1000 * (b.t[1] - b.t[0]) for b in measured.beats if b.t and b.kind == "N"]
    return median(times) if times else None


def bazett(
    read: Callable[[Measurements], float | None],
) -> Callable[[Measurements], float | None]:
    """The interval divided by the square root of RR in s, as the older papers corrected."""

    def corrected(measured: Measurements) -> float | None:
        value, rate = read(measured), measured.heart_rate.value
        return None if value is None or rate is None else value / (60 / rate) ** 0.5

    return corrected


def not_elevated(lead: str, limit: float = 0.1) -> Check:
    """ST of one lead below a limit in mV."""
    return unless(
        f"No ST elevation in {lead}",
        in_leads(f"ST of {lead}", (lead,), st_level, low=limit, wave="ST"),
    )
