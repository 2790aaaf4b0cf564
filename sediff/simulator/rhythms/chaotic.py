"""Records without beats: ventricular fibrillation and asystole."""

import numpy as np

from sediff.leads import DOWER, derive_twelve
from sediff.simulator.rhythms.registry import rhythm
from sediff.simulator.rhythms.ventricular import march
from sediff.simulator.strip import Activity, Array, Context, Course, Event, Strip

_NOTE = "Without beats there is no heart rate; the asked numbers are not drawn."
_WAVELETS = 5  # wandering components per axis
_BACKWARDS = 0.55  # share of z: V2 and V3 would dwarf the limb leads, and with them the strip


@rhythm("vf_coarse")
def coarse(context: Context) -> Course:
    """Fibrillation of 4-7 Hz, some 1 mV from peak to trough."""
    return _silent(_fibrillation(context.rng, (1.6, 2.4), (4.2, 6.2)))


@rhythm("vf_fine")
def fine(context: Context) -> Course:
    """Fibrillation below 0.2 mV from peak to trough, before it ends in asystole."""
    return _silent(_fibrillation(context.rng, (0.16, 0.18), (4.8, 7.0)))


@rhythm("asystole")
def asystole(context: Context) -> Course:
    """No electrical activity but a drift of the baseline."""
    return _silent(_standstill(context.rng))


@rhythm("ventricular_standstill")
def standstill(context: Context) -> Course:
    """P waves at the sinus rate that no QRS follows."""
    alone = march(context.atria.uniform(0, context.mean_s), context.mean_s, context.seconds)
    return _silent(_standstill(context.rng), alone)


def _silent(activity: Activity, lone_p=()) -> Course:
    def finish(events: tuple[Event, ...]) -> Strip:
        return Strip(
            events, lone_p=lone_p, activity=activity, activity_in_draft=True, notes=(_NOTE,)
        )

    return Course((), finish)


def _fibrillation(
    rng: np.random.Generator, size_mv: tuple[float, float], hertz: tuple[float, float]
) -> Activity:
    """Wavelets whose frequency and size wander, in all directions of space.

    `size_mv`: largest peak to trough of the lead where it is highest.

    Clayton, Murray, Campbell, Med Biol Eng Comput 1995;33:735: one dominant frequency with
    changing phase between leads.
    """
    size, main = rng.uniform(*size_mv), rng.uniform(*hertz)
    seed = int(rng.integers(2**31))

    def activity(samples: int, fs: int) -> Array:
        own = np.random.default_rng(seed)
        t = np.arange(samples) / fs
        out = np.zeros((3, samples))
        for _ in range(_WAVELETS):
            wobble = 2 * np.pi * (main + own.normal(0, 0.5)) * t
            for rate in (0.17, 0.43, 0.9):
                drift, start = own.uniform(0.3, 1.0), own.uniform(0, 2 * np.pi)
                wobble += drift * np.sin(2 * np.pi * rate * t + start)
            wobble += own.uniform(0, 2 * np.pi)
            swell = 1 + 0.6 * np.sin(
                2 * np.pi * own.uniform(0.15, 0.6) * t + own.uniform(0, 2 * np.pi)
            )
            wave = np.sin(wobble) + 0.25 * np.sin(2 * wobble + own.uniform(0, 2 * np.pi))
            out += own.normal(0, 1, 3)[:, None] * swell * wave
        out[2] *= _BACKWARDS
        return size * out / np.ptp(derive_twelve(DOWER) @ out, axis=1).max()

    return activity


def _standstill(rng: np.random.Generator) -> Activity:
    """Breathing and chest compressions are absent: 0.02 mV of drift and some uV of noise."""
    seed = int(rng.integers(2**31))

    def activity(samples: int, fs: int) -> Array:
        own = np.random.default_rng(seed)
        t = np.arange(samples) / fs
        rates, phases = own.uniform(0.08, 0.35, 3), own.uniform(0, 2 * np.pi, 3)
        drift = 0.02 * np.sin(2 * np.pi * rates[:, None] * t + phases[:, None])
        return drift + 0.003 * own.standard_normal((3, samples))

    return activity
