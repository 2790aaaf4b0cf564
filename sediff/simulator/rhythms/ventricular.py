"""Rhythms that the ventricles make: escape, accelerated, tachycardia, torsades, agonal beats."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np

from sediff.simulator.fit import Ask, Fitted, fit, fit_heart
from sediff.simulator.rhythms.forms import conducted, fusion, rotation, turned
from sediff.simulator.rhythms.registry import rhythm
from sediff.simulator.shapes import heart_for
from sediff.simulator.shapes.ventricular import LEFT_APEX, ventricular_heart
from sediff.simulator.strip import EXTRA, Array, Context, Course, Event, Form, LoneP, Planned, Strip

_CAPTURED, _FUSED = "captured", "fused"
_PR_S = 0.16  # of a capture beat
_R_AFTER_ONSET_S = 0.04
_TURNS = 12  # directions of the twisting QRS axis


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
        return Strip(events, lone_p=_march(start, atrial_s, context.seconds))

    return Course(_ventricular_beats(context, 0.01), finish)


@rhythm("vt")
def tachycardia(context: Context) -> Course:
    """Monomorphic tachycardia; the sinus node goes on, and sometimes captures or fuses a beat."""
    beats = _ventricular_beats(context, 0.006)
    per_record = int(context.seconds / context.mean_s)
    captures = context.rng.random() < 0.7 and context.mean_s > 0.29 and per_record > 8
    place = EXTRA + int(context.rng.integers(per_record // 3, per_record - 2))
    if captures:
        beats[place] = replace(
            beats[place], before_s=0.84 * beats[place].before_s, kind="N", form=_CAPTURED,
            pr_ms=1000 * _PR_S, firm_p=True,
        )  # fmt: skip
    atrial_s = context.atria.uniform(0.62, 0.9)
    start = context.atria.uniform(0, atrial_s)

    def finish(events: tuple[Event, ...]) -> Strip:
        caught = [e.r_s - _R_AFTER_ONSET_S - _PR_S for e in events if e.beat.form == _CAPTURED]
        march = _march(caught[0] if caught else start, atrial_s, context.seconds)
        lone = tuple(p for p in march if p.on_s not in caught)
        return Strip(
            _fused(events, lone) if captures else events,
            lone_p=lone,
            forms={_CAPTURED: conducted, _FUSED: fusion},
        )

    return Course(beats, finish)


def _ventricular_beats(context: Context, sd: float) -> list[Planned]:
    """Regular ventricular beats; `sd` of their intervals as a share of the mean."""
    rr = context.mean_s * (1 + context.rng.normal(0, sd, context.count))
    return [Planned(float(before), kind="V") for before in rr]


def _march(start: float, every_s: float, seconds: float) -> tuple[LoneP, ...]:
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
        if event.r_s > 0.5 and _CAPTURED not in near and any(0.12 < d < 0.18 for d in early):
            out[i] = replace(event, beat=replace(event.beat, form=_FUSED))
            break
    return tuple(out)


@rhythm("polymorphic_vt")
def polymorphic(context: Context) -> Course:
    """QRS whose form changes from beat to beat, irregular, without a long QT before it."""
    rng, ectopy = context.rng, context.ectopy
    turns = [rotation(ectopy.normal(size=3), ectopy.uniform(0.5, np.pi)) for _ in range(_TURNS)]
    forms = {f"turn {i}": partial(_turned_usual, turn=turn) for i, turn in enumerate(turns)}
    rr = context.mean_s * (1 + rng.normal(0, 0.09, context.count)).clip(0.8, 1.25)
    order = ectopy.permutation(np.arange(len(rr)) % _TURNS)
    sizes = ectopy.uniform(0.65, 1.15, len(rr)).round(2)
    beats = [
        Planned(float(before), "V", f"turn {i}", size=float(size))
        for before, i, size in zip(rr, order, sizes, strict=True)
    ]
    return Course(beats, lambda events: Strip(events, forms=forms), floor_s=0.22)


def _turned_usual(ask: Ask, turn: Array) -> Fitted:
    return turned(fit(ask), turn)


@rhythm("torsades")
def torsades(context: Context) -> Course:
    """Sinus beats with a long QT, a pause, an early beat on T, then the axis twists to the end.

    Where the asked mean rate leaves no room for sinus beats, the tachycardia fills the record.
    """
    rng, ectopy = context.rng, context.ectopy
    sinus = _before_torsades(context)
    spent = sum(beat.before_s for beat in sinus[EXTRA + 1 :])
    left = max(1, round((context.seconds - 0.4) / context.mean_s) - len(sinus) + EXTRA)
    every_s = max(0.2, (context.seconds - 0.4 - spent) / left) if sinus else context.mean_s
    period = ectopy.uniform(9, 13)  # beats for a whole turn of the axis
    run = []
    for i in range(context.count - len(sinus)):
        turn = 2 * np.pi * i / period
        form = f"twist {round(turn / (2 * np.pi) * _TURNS) % _TURNS}"
        size = round(1 + 0.35 * float(np.cos(2 * turn)), 1)
        run.append(Planned(every_s * (1 + rng.normal(0, 0.03)), "V", form, size=size))
    if sinus:
        run[0] = replace(run[0], before_s=sinus_qt_s(context) - 0.03, on_t=True)
    about = np.cross(np.array(LEFT_APEX).sum(axis=1), ectopy.normal(size=3))
    forms: dict[str, Form] = {
        f"twist {i}": partial(_twisted, turn=rotation(about, 2 * np.pi * i / _TURNS))
        for i in range(_TURNS)
    }
    forms[_CAPTURED] = partial(conducted, qt_ms=1000 * sinus_qt_s(context), shapes=("long_qt",))
    return Course([*sinus, *run], lambda events: Strip(events, forms=forms), floor_s=0.19)


def sinus_qt_s(context: Context) -> float:
    """QT of the sinus beats before torsades, s: the asked one where it is long."""
    return float(np.clip(context.spec.qt_ms, 560, 640)) / 1000


def _before_torsades(context: Context) -> list[Planned]:
    """Three or four sinus beats, the last after a pause (short-long-short)."""
    if context.mean_s < 0.345:
        return []
    beat = Planned(0.92, "N", _CAPTURED, pr_ms=1000 * _PR_S)
    count = 3 if context.mean_s < 0.38 else 4
    steady = [replace(beat, before_s=0.92 + context.rng.normal(0, 0.01)) for _ in range(EXTRA + 2)]
    return [*steady[: EXTRA + count - 1], replace(beat, before_s=1.15)]


def _twisted(ask: Ask, turn: Array) -> Fitted:
    return turned(_tachycardia_beat(ask.age, ask.sex), turn)


@lru_cache(maxsize=64)
def _tachycardia_beat(age, sex) -> Fitted:
    heart = ventricular_heart(heart_for(age, sex, ()), LEFT_APEX, 2.0)
    return fit_heart(heart, Ask(age, sex, (), 165.0, 270.0, None, None))


@rhythm("agonal")
def agonal(context: Context) -> Course:
    """A few slow, very wide beats that become smaller; below 20/min, so no rate is asked."""
    gaps = context.rng.uniform(3.2, 4.8, 2 * EXTRA + 4)
    beats = [
        Planned(float(gap), "V", size=round(max(0.4, 1.3 - 0.08 * i), 2))
        for i, gap in enumerate(gaps)
    ]
    return Course(beats, exact=False)
