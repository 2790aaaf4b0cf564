"""Ventricular tachycardia whose QRS changes: polymorphic, and torsades de pointes."""

from dataclasses import replace
from functools import lru_cache, partial

import numpy as np

from sediff.simulator.fit import Ask, Fitted, fit, fit_heart
from sediff.simulator.rhythms.forms import conducted, rotation, turned
from sediff.simulator.rhythms.registry import rhythm
from sediff.simulator.rhythms.ventricular import CAPTURED, PR_S
from sediff.simulator.shapes import heart_for
from sediff.simulator.shapes.ventricular import LEFT_APEX, ventricular_heart
from sediff.simulator.strip import EXTRA, Array, Context, Course, Form, Planned, Strip

_TURNS = 12  # directions of the QRS axis
_LONG_QT_S = (0.56, 0.64)  # of the sinus beats before torsades
_SHORTEST_S = 0.2  # RR of torsades
_START_S = 0.4  # where the first sinus beat stands, about
_ROOM_S = (0.345, 0.355)  # mean RR from which three and four sinus beats find room


@rhythm("polymorphic_vt")
def polymorphic(context: Context) -> Course:
    """QRS whose form changes from beat to beat, irregular, without a long QT before it."""
    rng, ectopy = context.rng, context.ectopy
    turns = [rotation(ectopy.normal(size=3), ectopy.uniform(0.5, np.pi)) for _ in range(_TURNS)]
    forms = {f"turn {i}": partial(_turned_usual, turn=turn) for i, turn in enumerate(turns)}
    rr = context.mean_s * (1 + rng.normal(0, 0.09, context.count)).clip(0.8, 1.25)
    order = ectopy.permutation(np.arange(len(rr)) % _TURNS)
    sizes = ectopy.uniform(0.35, 0.65, len(rr)).round(2)
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
    sinus = _sinus_beats(context)
    every_s = _tachycardia_s(context, sinus) if sinus else context.mean_s
    run = _twisting(context, every_s, context.count - len(sinus))
    notes: tuple[str, ...] = ()
    if sinus:
        run[0] = replace(run[0], before_s=_qt_s(context) - 0.03, on_t=True)
        rate = 60 / every_s
        notes = (f"The tachycardia runs at {rate:.0f}/min; the rate is the mean of the record.",)
    forms = _twisted_forms(context)
    return Course(
        [*sinus, *run], lambda events: Strip(events, forms=forms, notes=notes), floor_s=0.19
    )


def _qt_s(context: Context) -> float:
    """QT of the sinus beats before torsades, s: the asked one where it is long."""
    return float(np.clip(context.spec.qt_ms / 1000, *_LONG_QT_S))


def _sinus_beats(context: Context) -> list[Planned]:
    """Three or four sinus beats in the record, the last after a pause (short-long-short)."""
    if context.mean_s < _ROOM_S[0]:
        return []
    count = EXTRA + (3 if context.mean_s < _ROOM_S[1] else 4) - 1
    beat = Planned(0.92, "N", CAPTURED, pr_ms=1000 * PR_S)
    steady = [
        replace(beat, before_s=0.92 + float(jitter))
        for jitter in context.rng.normal(0, 0.01, count)
    ]
    return [*steady, replace(beat, before_s=1.15)]


def _tachycardia_s(context: Context, sinus: list[Planned]) -> float:
    """RR of the tachycardia, s, with which the mean of the record is the asked one."""
    room = context.seconds - _START_S
    left = room - sum(beat.before_s for beat in sinus[EXTRA + 1 :])
    beats = round(room / context.mean_s) - len(sinus) + EXTRA
    return max(_SHORTEST_S, left / max(1, beats))


def _twisting(context: Context, every_s: float, count: int) -> list[Planned]:
    """Beats whose axis turns once in 9 to 13 and whose size waxes and wanes twice meanwhile."""
    turns = np.arange(count) / context.ectopy.uniform(9, 13)
    rr = every_s * (1 + context.rng.normal(0, 0.03, count))
    return [
        Planned(
            float(before), "V", f"twist {round(float(turn) * _TURNS) % _TURNS}",
            size=round(1 + 0.35 * float(np.cos(4 * np.pi * turn)), 1),
        )
        for before, turn in zip(rr, turns, strict=True)
    ]  # fmt: skip


def _twisted_forms(context: Context) -> dict[str, Form]:
    """The beat of the tachycardia at every angle, and the sinus beat with its long QT."""
    about = np.cross(np.array(LEFT_APEX).sum(axis=1), context.ectopy.normal(size=3))
    forms: dict[str, Form] = {
        f"twist {i}": partial(_twisted, turn=rotation(about, 2 * np.pi * i / _TURNS))
        for i in range(_TURNS)
    }
    forms[CAPTURED] = partial(conducted, qt_ms=1000 * _qt_s(context), shapes=("long_qt",))
    return forms


def _twisted(ask: Ask, turn: Array) -> Fitted:
    return turned(_tachycardia_beat(ask.age, ask.sex), turn)


@lru_cache(maxsize=64)
def _tachycardia_beat(age, sex) -> Fitted:
    heart = ventricular_heart(heart_for(age, sex, ()), LEFT_APEX, 1.1)
    return fit_heart(heart, Ask(age, sex, (), 165.0, 270.0, None, None))
