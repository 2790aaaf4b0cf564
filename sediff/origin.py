"""Which ECG the model draws for a request, and what is then moved in it.

The model draws the case as the report and the patient leave it; what the user set with a slider
is carried over from the simulation (`sediff.simulator.editing`). So a slider moves what it names
and nothing else, and the result does not depend on the order of moves. What lies too far from
the drawn heart is told to the model instead.
"""

from dataclasses import replace
from functools import lru_cache

from sediff.plan import plan
from sediff.simulator import simulate
from sediff.simulator.editing import matched
from sediff.spec import CaseSpec, Request

# How far a number may be moved in a drawn heart; beyond, other hearts look otherwise.
_REACH = {"pr_ms": 80.0, "qrs_ms": 40.0, "qt_ms": 80.0, "axis_deg": 60.0}
_RATE = 1.34  # times, faster or slower
_LEVEL_MV = 0.3  # of P and T peaks and ST
_WAVE = {"amplitude": (0.3, 1.8), "width": (0.7, 1.4)}
_LEFT_OPEN = {
    "heart_rate": None, "pr_ms": None, "qrs_ms": None, "qt_ms": None, "axis_deg": None,
    "p_mv": None, "t_mv": None, "st_mv": (), "waves": (),
}  # fmt: skip


@lru_cache(maxsize=512)
def origin_of(request: Request) -> Request:
    """The request that the model draws: without what can be moved afterwards.

    It is `request` itself where nothing was set, or where the beats of the two hearts cannot be
    matched.

    Raises:
        WeightsError: the population table is missing.
    """
    bare = replace(request, **_LEFT_OPEN)
    if bare == request:
        return request
    before, after = plan(bare), plan(request)
    told = {
        name: getattr(request, name)
        for name, nothing in _LEFT_OPEN.items()
        if getattr(request, name) != nothing and not _near(name, before, after)
    }
    origin = replace(bare, **told)
    if origin == request or matched(simulate(plan(origin)), simulate(after)) is None:
        return request
    return origin


def _near(name: str, before: CaseSpec, after: CaseSpec) -> bool:
    """Whether a number can be moved from one case to the other."""
    if name == "st_mv":
        levels = dict(before.st_mv)
        return all(abs(v - levels.get(lead, 0.0)) <= _LEVEL_MV for lead, v in after.st_mv)
    if name == "waves":
        return all(
            low <= getattr(change, part) <= high
            for change in after.waves
            for part, (low, high) in _WAVE.items()
        )
    old, new = getattr(before, name), getattr(after, name)
    if name in ("p_mv", "t_mv"):  # an open one is as the findings draw it
        return new is None or abs(new - (old or 0.0)) <= _LEVEL_MV
    if old is None or new is None:
        return old is new
    if name == "heart_rate":
        return 1 / _RATE <= new / old <= _RATE
    apart = abs(new - old)
    return min(apart, 360 - apart if name == "axis_deg" else apart) <= _REACH[name]
