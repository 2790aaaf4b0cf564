"""The plan of a rhythm: which beats come when, of which form, and what the atria do meanwhile."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from sediff.beat import BeatKind
from sediff.simulator.dipole import Waves
from sediff.simulator.fit import Ask, Fitted
from sediff.spec import CaseSpec

Array = npt.NDArray[np.float64]
Form = Callable[[Ask], Fitted]  # makes another form of QRS from what the usual one is fitted to
# Draws (3, T) mV of dipole beside the beats: f waves, flutter, ventricular fibrillation.
Activity = Callable[[int, int], Array]
# P of another focus: (x, y, z) factors on the usual P, or a P of its own around its middle, ms.
Focus = tuple[float, float, float] | Waves

USUAL = "usual"  # the form that the findings' shapes draw
SINUS = "sinus"  # the focus of the usual P wave


@dataclass(frozen=True)
class Planned:
    """A beat before its time is known.

    Attributes:
        before_s: interval from the beat before, s.
        kind: 'N', 'A', 'J' or 'V'.
        form: key of the QRS and T: `USUAL` or one of `Course.forms`.
        pr_ms: P onset to QRS onset; None: no P wave belongs to it.
        focus: key of its P wave: `SINUS` or one of `Strip.foci`.
        size: factor on QRS and T (alternans, dying hearts).
        label: for the rhythm's own `finish`.
        firm_p: the atria set the time of its P: it may lie on the T wave before, PR is kept.
        on_t: it falls on the T wave before it, which is not shortened to make room.
        paced: chambers that a pacing pulse makes contract: 'A' right before P, 'V' before QRS.
    """

    before_s: float
    kind: BeatKind = "N"
    form: str = USUAL
    pr_ms: float | None = None
    focus: str = SINUS
    size: float = 1.0
    label: str = ""
    firm_p: bool = False
    on_t: bool = False
    paced: tuple[Literal["A", "V"], ...] = ()


@dataclass(frozen=True)
class Event:
    """A beat in time: `r_s` from the first sample, the rest as planned."""

    r_s: float
    beat: Planned


@dataclass(frozen=True)
class LoneP:
    """A P wave that belongs to no QRS: blocked, dissociated or retrograde; onset in s."""

    on_s: float
    focus: str = SINUS


@dataclass(frozen=True)
class Pulse:
    """A pacing pulse at `at_s`, for the atrium or the ventricle, with or without capture."""

    at_s: float
    chamber: Literal["A", "V"]


@dataclass(frozen=True)
class Strip:
    """What the engine draws.

    Attributes:
        events: in time order; some lie before or after the record, so that no wave is cut.
        lone_p: P waves without a QRS.
        forms: further forms of QRS and T by key.
        foci: P waves of other foci by key.
        pulses: of a pacemaker that make nothing contract; those that do are `Planned.paced`.
        activity: drawn beside the beats, None: nothing.
        activity_in_draft: True where it is the rhythm itself (fibrillation of the ventricles),
            False for f waves, which the model adds by itself.
        notes: sentences for the user.
    """

    events: tuple[Event, ...] = ()
    lone_p: tuple[LoneP, ...] = ()
    forms: Mapping[str, Form] = field(default_factory=dict)
    foci: Mapping[str, Focus] = field(default_factory=dict)
    pulses: tuple[Pulse, ...] = ()
    activity: Activity | None = None
    activity_in_draft: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What a rhythm knows when it plans.

    Attributes:
        spec: the case.
        pr_ms: PR as it fits the rate; None without P waves.
        qrs_ms, qt_ms: as they fit the rate.
        seconds: length of the record.
        rng: the stream of the rhythm. atria: of atrial activity. ectopy: of premature beats.
            They are independent: drawing more from one changes nothing in another.
        qrs_on_ms: QRS onset of the usual beat against its R peak, negative.
    """

    spec: CaseSpec
    pr_ms: float | None
    qrs_ms: float
    qt_ms: float
    seconds: float
    rng: np.random.Generator
    atria: np.random.Generator
    ectopy: np.random.Generator
    qrs_on_ms: float = -38.0

    @property
    def mean_s(self) -> float:
        """Mean RR interval that the heart rate asks for."""
        return 60 / self.spec.heart_rate

    @property
    def count(self) -> int:
        """How many beats to plan: those of the record and a few before and after it."""
        return int(np.ceil(self.seconds / self.mean_s)) + 2 * EXTRA + 4


EXTRA = 3  # beats drawn before and after the record, so that no wave is cut at its edge


@dataclass(frozen=True)
class Course:
    """A rhythm in intervals; `finish` turns the timed beats into a strip.

    Attributes:
        beats: planned beats; () for a rhythm without beats (asystole, fibrillation).
        floor_s: no interval may be scaled below this.
        exact: True: intervals are scaled so that the mean inside the record is 60 / rate.
        finish: makes the strip from the timed beats; it may add P waves, pulses and activity.
    """

    beats: Sequence[Planned]
    finish: Callable[[tuple[Event, ...]], Strip] = Strip
    floor_s: float = 0.26
    exact: bool = True
