"""Rhythms of the AV junction, and tachycardias that circle through it."""

from sediff.simulator.dipole import Waves
from sediff.simulator.rhythms.foci import eccentric, retrograde
from sediff.simulator.rhythms.registry import rhythm
from sediff.simulator.strip import Context, Course, Event, LoneP, Planned, Strip

_STEADY_SD_S = 0.003
_BEFORE_MS = (85.0, 105.0)  # a junctional P before the QRS: PR below 120 ms
_AFTER_QRS_S = 0.03  # and one after it
_AVNRT_AT_S = 0.058  # QRS onset to P in typical AVNRT: VA at most 70 ms (ESC 2019)
_AVRT_AT_S = (0.110, 0.135)  # in orthodromic AVRT: VA above 70 ms, RP shorter than PR
_BACK = "retrograde"


@rhythm("junctional")
def junctional(context: Context) -> Course:
    """A regular rhythm of the junction: P hidden in the QRS, or inverted before or after it."""
    place = ("hidden", "before", "after")[int(context.atria.choice(3, p=(0.5, 0.3, 0.2)))]
    before = float(context.atria.uniform(*_BEFORE_MS)) if place == "before" else None
    beats = _regular(context, "J", before)
    after = context.qrs_ms / 1000 + _AFTER_QRS_S if place == "after" else None
    return Course(beats, lambda events: _with_p_after(context, events, after, retrograde()))


@rhythm("junctional_hidden")
def junctional_hidden(context: Context) -> Course:
    """A regular rhythm of the junction without any visible P."""
    return Course(_regular(context, "J", None))


@rhythm("svt")
def svt(context: Context) -> Course:
    """A regular tachycardia over the AV node whose P is hidden in the QRS."""
    return Course(_regular(context, "N", None))


@rhythm("avnrt")
def avnrt(context: Context) -> Course:
    """Typical (slow-fast) AV nodal reentry: P at the end of the QRS, r' in V1 and S in II."""
    return Course(
        _regular(context, "N", None),
        lambda events: _with_p_after(context, events, _AVNRT_AT_S, retrograde(9.0)),
    )


@rhythm("avrt")
def avrt(context: Context) -> Course:
    """Orthodromic reentry over an accessory pathway: P in the ST segment, RP below PR."""
    after = float(context.atria.uniform(*_AVRT_AT_S)) + max(0.0, context.qrs_ms - 95) / 1000
    back = eccentric() if context.atria.random() < 0.6 else retrograde()
    return Course(
        _regular(context, "N", None),
        lambda events: _with_p_after(context, events, after, back),
    )


def _regular(context: Context, kind, pr_ms: float | None) -> list[Planned]:
    rr = context.mean_s + context.rng.normal(0, _STEADY_SD_S, context.count)
    return [Planned(float(before), kind, pr_ms=pr_ms, focus=_BACK) for before in rr]


def _with_p_after(
    context: Context, events: tuple[Event, ...], after_s: float | None, back: Waves
) -> Strip:
    """The strip with a retrograde P at this time after each QRS onset; None: no such P."""
    own = [e for e in events if e.beat.kind in "NJ"] if after_s is not None else []
    shift = context.qrs_on_ms / 1000 + (after_s or 0.0)
    lone = tuple(LoneP(e.r_s + shift, _BACK) for e in own)
    return Strip(events, lone, foci={_BACK: back})
