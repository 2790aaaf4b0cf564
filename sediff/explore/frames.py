"""Frames of an animated sweep: simulated only, neither measured nor judged, so that it is quick."""

from functools import lru_cache

from sediff.beat import Beat
from sediff.ecg import Ecg
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.spec import Request


@lru_cache(maxsize=128)
def simulated_between(request: Request) -> tuple[Ecg, tuple[Beat, ...]]:
    """The simulated ECG of a request, and the beats as the simulator drew them.

    Raises:
        RequestError: it cannot be met.
    """
    simulation = simulate(plan(request))
    return simulation.to_ecg(), simulation.beats
