"""`Beat`: one heart beat with its wave limits, as drawn by the simulator or as measured."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# N conducted, A premature atrial, J junctional, V ventricular (premature, escape or tachycardia).
BeatKind = Literal["N", "A", "J", "V"]
Span = tuple[float, float]  # onset, offset in s from the first sample


@dataclass(frozen=True)
class Beat:
    """One heart beat; all times in seconds from the first sample of the record.

    Attributes:
        r_s: time of the R peak (the fiducial point of the QRS).
        kind: 'N', 'A', 'J' or 'V'.
        qrs: QRS onset and offset.
        p: P onset and offset, None where there is no P wave.
        t: T onset and offset, None where it cannot be told.
        form: name of its QRS shape; beats of one form look alike.
    """

    r_s: float
    kind: BeatKind
    qrs: Span
    p: Span | None = None
    t: Span | None = None
    form: str = "usual"


def usual_beats(beats: Sequence[Beat]) -> list[Beat]:
    """The beats of the most frequent kind and form; none of none."""
    most = Counter((beat.kind, beat.form) for beat in beats).most_common(1)
    return [beat for beat in beats if (beat.kind, beat.form) == most[0][0]]
