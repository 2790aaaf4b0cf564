"""Rhythms of one ventricular focus: escape, accelerated, tachycardia, agonal beats."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sediff.simulator.rhythms.forms import conducted, fusion
from sediff.simulator.rhythms.registry import rhythm
from sediff.simulator.strip import EXTRA, Context, Course, Event, LoneP, Planned, Strip

CAPTURED, _FUSED = "captured", "fused"
PR_S = 0.16  # of a capture beat
_R_AFTER_ONSET_S = 0.04


@rhythm("idioventricular")
def idioventricular(context: Context) -> Course:
    """A ventricular escape focus below 40/min; the atria stand still."""
    return Course(_ventricular_beats(context, 0.012))


@rhythm("accelerated_idioventricular")
def accelerated_idioventricular(context: Context) -> Course:
    """A ventricular focus a little faster than the sinus node, which goes on dissociated."""
    atrial_s = context.mean_s * context.atria.uniform(1.10, 1.22)
    start = context.atria.uniform(0, atrial_s)

    def finish(events: tuple[Event, ...]) -> Strip:
        return Strip(events, lone_p=march(start, atrial_s, context.seconds))

    return Course(_ventricular_beats(context, 0.01), finish)


@rhythm("vt")
def tachycardia(context: Context) -> Course:
    """Monomorphic tachycardia; the sinus node goes on, and sometimes captures or fuses a beat."""
    beats = _ventricular_beats(context, 0.006)
    captures = context.rng.random() < 0.7 and context.mean_s > 0.29
    per_record = int(context.seconds / context.mean_s)
    if captures and per_record > 8:
        place = EXTRA + int(context.rng.integers(per_record // 3, per_record - 2))
        beats[place] = replace(
            beats[place], before_s=0.84 * beats[place].before_s, kind="N", form=CAPTURED,
            pr_ms=1000 * PR_S, firm_p=True,
        )  # fmt: skip
    atrial_s = context.atria.uniform(0.62, 0.9)
    start = context.atria.uniform(0, atrial_s)

    def finish(events: tuple[Event, ...]) -> Strip:
        caught = [e.r_s - _R_AFTER_ONSET_S - PR_S for e in events if e.beat.form == CAPTURED]
        through = march(caught[0] if caught else start, atrial_s, context.seconds)
        lone = tuple(p for p in through if p.on_s not in caught)
        return Strip(
            _fused(events, lone) if captures else events,
            lone_p=lone,
            forms={CAPTURED: conducted, _FUSED: fusion},
        )

    return Course(beats, finish)


def _ventricular_beats(context: Context, sd: float) -> list[Planned]:
    """Regular ventricular beats; `sd` of their intervals as a share of the mean."""
    rr = context.mean_s * (1 + context.rng.normal(0, sd, context.count))
    return [Planned(float(before), kind="V") for before in rr]


def march(start: float, every_s: float, seconds: float) -> tuple[LoneP, ...]:
    """P waves at a fixed interval through the whole record, one of them at `start`."""
    first = -int(np.ceil((start + 1) / every_s))
    last = int(np.ceil((seconds + 1 - start) / every_s))
    return tuple(LoneP(start + i * every_s) for i in range(first, last))


def _fused(events: Sequence[Event], lone: Sequence[LoneP]) -> tuple[Event, ...]:
    """The first ventricular beat that a P wave meets at the right time becomes a fusion beat."""
    out = list(events)
    for i, event in enumerate(events):
        near = {e.beat.form for e in events[max(0, i - 2) : i + 3]}
        early = [event.r_s - _R_AFTER_ONSET_S - p.on_s for p in lone]
        if event.r_s > 0.5 and CAPTURED not in near and any(0.12 < d < 0.18 for d in early):
            out[i] = replace(event, beat=replace(event.beat, form=_FUSED))
            break
    return tuple(out)


@rhythm("agonal")
def agonal(context: Context) -> Course:
    """A few slow, very wide beats that become smaller; below 20/min, so no rate is asked."""
    gaps = context.rng.uniform(3.2, 4.8, 2 * EXTRA + 4)
    beats = [
        Planned(float(gap), "V", size=round(max(0.4, 1.3 - 0.08 * i), 2))
        for i, gap in enumerate(gaps)
    ]
    return Course(beats, exact=False)
