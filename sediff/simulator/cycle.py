"""How the waves of one beat fit between its neighbours."""

from collections.abc import Sequence
from dataclasses import replace

from sediff.beat import Beat

_GAP_S = 0.004  # between the end of one beat and the start of the next
_MIN_PR_S = 0.080
_MIN_JT_SHARE = 0.55  # a T squeezed harder than this takes the place of the next P


def fit_cycle(
    pr_ms: float | None, qrs_ms: float, qt_ms: float, rr_ms: float
) -> tuple[float | None, float, tuple[str, ...]]:
    """Shorten PR and QT together where one beat would run into the next.

    Args:
        pr_ms, qrs_ms, qt_ms: asked.
        rr_ms: mean RR.

    Returns:
        PR, QT, and sentences that say what was changed.
    """
    room = rr_ms - 1000 * _GAP_S * 2
    if (pr_ms or 0.0) + qt_ms <= room:
        return pr_ms, qt_ms, ()
    least_qt = qrs_ms + 90
    notes = []
    if pr_ms is not None:
        share = room / (pr_ms + qt_ms)
        shorter = max(min(pr_ms, 1000 * _MIN_PR_S), pr_ms * share)
        if room - shorter < least_qt:
            notes.append("At this rate the P wave is hidden in the T wave before it.")
            pr_ms = None
        else:
            notes.append(f"PR shortened from {pr_ms:.0f} to {shorter:.0f} ms to fit the RR.")
            pr_ms = shorter
    new_qt = min(qt_ms, max(room - (pr_ms or 0.0), qrs_ms + 60))
    if new_qt < qt_ms:
        notes.append(f"QT shortened from {qt_ms:.0f} to {new_qt:.0f} ms to fit the RR.")
    return pr_ms, new_qt, tuple(notes)


def keep_apart(beats: Sequence[Beat], *, move_p: bool = True) -> tuple[Beat, ...]:
    """Shorten T, then PR, then drop P, where a beat comes early; the QRS only as a last resort.

    Args:
        beats: in time order, with the limits they would have alone.
        move_p: whether P of the next beat may be moved (not for beats of a real record).

    Returns:
        The beats; no T ends after the next P or QRS begins.
    """
    out = list(beats)
    for i in range(len(out) - 1):
        here, after = out[i], out[i + 1]
        if move_p and here.qrs[1] > after.qrs[0] - 2 * _GAP_S:
            here = out[i] = replace(here, qrs=(here.qrs[0], after.qrs[0] - 2 * _GAP_S))
        if here.t is None:
            continue
        if move_p and after.p is not None:
            after = _later_p(here, after)
        end = (after.p or after.qrs)[0] - _GAP_S
        out[i], out[i + 1] = _end_t(here, end), after
    return tuple(out)


def _later_p(here: Beat, after: Beat) -> Beat:
    """The next beat with a shorter PR, or without P where no room is left for one."""
    assert here.t is not None
    assert after.p is not None
    j, t_end = here.qrs[1], here.t[1]
    if t_end + _GAP_S <= after.p[0]:
        return after
    pr, width = after.qrs[0] - after.p[0], after.p[1] - after.p[0]
    latest = after.qrs[0] - min(pr, _MIN_PR_S)
    start = min(t_end + _GAP_S, latest)
    if start - _GAP_S - j < _MIN_JT_SHARE * (t_end - j):
        return replace(after, p=None)
    width = min(width, 0.85 * (after.qrs[0] - start))
    return replace(after, p=(start, start + width))


def _end_t(beat: Beat, end: float) -> Beat:
    """The beat with its JT interval scaled so that T ends at `end` at the latest."""
    assert beat.t is not None
    if beat.t[1] <= end:
        return beat
    j = beat.qrs[1]
    if end - j < 0.03:
        return replace(beat, t=None)
    k = (end - j) / (beat.t[1] - j)
    return replace(beat, t=(j + max(0.0, beat.t[0] - j) * k, end))
