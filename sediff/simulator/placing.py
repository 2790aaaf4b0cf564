"""When beats come -> where their waves begin and end, in s from the first sample."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sediff.beat import Beat, Span
from sediff.simulator.cycle import keep_apart
from sediff.simulator.dipole import Waves
from sediff.simulator.fit import Ask, Fitted, fit
from sediff.simulator.limits import Limits, p_limits
from sediff.simulator.rhythms.extra_beats import V_FORM
from sediff.simulator.strip import USUAL, Event, LoneP, Strip

_LEAST_T_S = 0.08
_NO_FORM_S = 0.1  # length of a P wave in a heart that has none to copy
_QT_MEMORY_S = 40.0  # time constant of QT adaptation: 95 % of the way in 120 s


@dataclass(frozen=True)
class Hearts:
    """The fitted beat of every form."""

    forms: Mapping[str, Fitted]

    @classmethod
    def of_strip(cls, ask: Ask, strip: Strip) -> "Hearts":
        """The usual beat and those that the strip asks for."""
        return cls({USUAL: fit(ask)} | {key: form(ask) for key, form in strip.forms.items()})

    @property
    def usual(self) -> Fitted:
        """The beat that the findings draw."""
        return self.forms[USUAL]


def placed(strip: Strip, hearts: Hearts) -> tuple[Beat, ...]:
    """The beats of a strip with limits; QT follows RR^(1/3) with a memory of `_QT_MEMORY_S`."""
    events = strip.events
    if not events:
        return ()
    times = np.array([event.r_s for event in events])
    rr = np.diff(times, prepend=2 * times[0] - times[min(1, len(times) - 1)])
    rr[0] = rr[0] if len(times) > 1 else 1.0
    mean, slow = float(rr.mean()), float(rr.mean())
    beats = []
    for event, interval in zip(events, rr, strict=True):
        slow += (interval - slow) * (1 - np.exp(-interval / _QT_MEMORY_S))
        stretch = float(slow / mean) ** (1 / 3)
        beats.append(_beat(event, hearts.forms[event.beat.form], hearts.usual, stretch))
    return _apart(beats, events)


def _apart(beats: Sequence[Beat], events: Sequence[Event]) -> tuple[Beat, ...]:
    """Beats that leave each other room; a firm P stays where the atria put it, even on a T.

    A beat that comes on the T wave before it leaves that T as it is.
    """
    movable = [
        replace(beat, p=None) if event.beat.firm_p else beat
        for beat, event in zip(beats, events, strict=True)
    ]
    whole_t = [*(event.beat.on_t for event in events[1:]), False]
    return tuple(
        replace(
            apart,
            p=beat.p if event.beat.firm_p else apart.p,
            t=beat.t if whole else apart.t,
        )
        for apart, beat, event, whole in zip(
            keep_apart(movable), beats, events, whole_t, strict=True
        )
    )


def _beat(event: Event, fitted: Fitted, usual: Fitted, qt_stretch: float) -> Beat:
    r_s, planned = event.r_s, event.beat
    on, off = fitted.qrs_at
    qt = (fitted.t_at[1] - on) * qt_stretch
    k = (qt - (off - on)) / (fitted.t_at[1] - off)
    t = (r_s + (off + (fitted.t_at[0] - off) * k) / 1000, r_s + (on + qt) / 1000)
    p = None
    if planned.pr_ms is not None and usual.p_at is not None:
        start = r_s + (on - planned.pr_ms) / 1000
        width = min(usual.p_at[1] - usual.p_at[0], 0.85 * planned.pr_ms) / 1000
        p = (start, start + width)
    return Beat(r_s, planned.kind, _span(r_s, fitted.qrs_at), p, t, planned.form)


def lone_span(p: LoneP, strip: Strip, usual: Fitted) -> Span:
    """Onset and offset in s of a P wave that belongs to no QRS."""
    form = p_form(p.focus, strip, usual)
    return p.on_s, p.on_s + (_NO_FORM_S if form is None else (form[1][1] - form[1][0]) / 1000)


def p_form(key: str, strip: Strip, usual: Fitted) -> tuple[Waves, Limits] | None:
    """The P wave of a focus and its limits in ms; None where the heart has no P."""
    focus = strip.foci.get(key, (1.0, 1.0, 1.0))
    if usual.p is None or usual.p_at is None:
        return None
    if isinstance(focus, Waves):
        return focus, p_limits(focus)[:2]
    return usual.p.scaled(np.array(focus)), usual.p_at


def _span(r_s: float, at: Limits) -> Span:
    return r_s + at[0] / 1000, r_s + at[1] / 1000


def completed(beats: Sequence[Beat], hearts: Hearts) -> tuple[Beat, ...]:
    """Given beats with every T; only a T that was filled in gives way to the next beat.

    Beats of real records name their kind, not their form.
    """
    named = [replace(b, form=V_FORM if b.kind == "V" else USUAL) for b in beats]
    full = [_complete(beat, hearts) for beat in named]
    apart = keep_apart(full, move_p=False)
    return tuple(
        own if own.t is not None else fitting for own, fitting in zip(named, apart, strict=True)
    )


def _complete(beat: Beat, hearts: Hearts) -> Beat:
    """A given beat; a T that could not be told is put where the spec's QT has it."""
    if beat.t is not None:
        return beat
    fitted = hearts.forms[beat.form]
    start = beat.qrs[0] - fitted.qrs_at[0] / 1000
    on, off = _span(start, fitted.t_at)
    on = max(on, beat.qrs[1])
    return replace(beat, t=(on, max(off, on + _LEAST_T_S)))
