"""Electrical alternans: every second QRS is smaller and turned, as the heart swings."""

from dataclasses import replace

import numpy as np

from sediff.simulator.fit import Ask, Fitted, fit
from sediff.simulator.rhythms.extra_beats import with_finish
from sediff.simulator.rhythms.forms import rotation, turned
from sediff.simulator.rhythms.registry import conduction
from sediff.simulator.strip import USUAL, Context, Course

_SWUNG = "swung"
_SIZE = 0.65
_TURN = rotation(np.array([0.0, 0.0, 1.0]), np.radians(22))


@conduction("alternans")
def alternans(_: Context, course: Course) -> Course:
    """Conducted beats alternate between two positions of the heart."""
    beats = [
        replace(beat, form=_SWUNG, size=_SIZE * beat.size) if i % 2 and beat.form == USUAL else beat
        for i, beat in enumerate(course.beats)
    ]
    return with_finish(course, beats, lambda s: replace(s, forms={**s.forms, _SWUNG: _swung}))


def _swung(ask: Ask) -> Fitted:
    return turned(fit(ask), _TURN)
