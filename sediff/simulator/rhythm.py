"""When each beat comes and of which kind.

The mean RR from the first to the last R inside the record is 60 / heart rate exactly, whatever
the rhythm.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sediff.simulator.simulation import BeatKind
from sediff.spec import CaseSpec

Array = npt.NDArray[np.float64]
AF_MIN_RR = 0.28  # s; the AV node conducts hardly faster
_EXTRA = 3  # beats drawn before and after the record, so that no wave is cut at its edge


@dataclass(frozen=True)
class Strip:
    """R peaks in s from the first sample, and their kinds; some lie outside the record."""

    r_s: Array
    kinds: tuple[BeatKind, ...]


def strip(
    spec: CaseSpec, seconds: float, rng: np.random.Generator, flutter_ratio: int | None = None
) -> Strip:
    """Run the rhythm engine.

    Args:
        spec: rate, rhythm, sd of RR, shares of premature beats.
        seconds: length of the record.
        rng: the stream of rhythm alone.
        flutter_ratio: atrial beats per ventricular beat in flutter, None without it.

    Returns:
        The beats from before the record to after it.
    """
    mean = 60 / spec.heart_rate
    count = int(np.ceil(seconds / mean)) + 2 * _EXTRA + 4
    if flutter_ratio is not None:
        base = mean + rng.normal(0, 0.002, count)
    elif spec.rhythm == "af":
        base = af_intervals(mean, count, rng)
    else:
        base = tachogram(mean, spec.rr_sd_ms / 1000, count, rng)
    kinds = _kinds(spec, count, seconds / mean, rng)
    intervals = _premature(base, kinds, rng)
    return _into_record(intervals, kinds, mean, seconds, rng.random(), _floor(spec, mean))


def _floor(spec: CaseSpec, mean: float) -> float:
    return min(AF_MIN_RR if spec.rhythm == "af" else 0.26, 0.85 * mean)


def tachogram(mean: float, sd: float, count: int, rng: np.random.Generator) -> Array:
    """Sinus RR intervals with Mayer and respiratory waves.

    S(f) = two Gaussians at 0.1 and 0.25 Hz, widths 0.01 Hz, LF/HF = 0.5, random phases
    (McSharry et al. 2003).

    Args:
        mean, sd: of the intervals, s.
        count: how many.
        rng: source of the phases.

    Returns:
        (count,) RR intervals in s.
    """
    rate, length = 4.0, 1024
    f = np.fft.rfftfreq(length, 1 / rate)
    power = 0.5 * np.exp(-0.5 * ((f - 0.10) / 0.01) ** 2)
    power += np.exp(-0.5 * ((f - 0.25) / 0.01) ** 2)
    phases = np.exp(2j * np.pi * rng.random(len(f)))
    wave = np.fft.irfft(np.sqrt(power) * phases, length)
    rr = np.interp(np.arange(count) * mean, np.arange(length) / rate, wave)
    rr = (rr - rr.mean()) / max(rr.std(), 1e-12)
    return np.clip(mean + sd * rr, 0.6 * mean, 1.6 * mean)


def af_intervals(mean: float, count: int, rng: np.random.Generator) -> Array:
    """RR intervals in atrial fibrillation by an AV node with two pathways.

    Atrial impulses come at rate lambda; with probability 0.6 the node's refractory period is
    0.25 s, else 0.2 s longer, prolonged by up to 0.1 s (Corino et al., IEEE TBME 2011).

    Args:
        mean: asked mean, s.
        count: how many.
        rng: source of the impulses.

    Returns:
        (count,) intervals in s, none below `AF_MIN_RR`, sd near a quarter of the mean.
    """
    fast = rng.random(count) < 0.6
    refractory = 0.25 + np.where(fast, 0.0, 0.2) + rng.uniform(0, 0.1, count)
    raw = refractory + rng.exponential(1 / 8.0, count)  # lambda: 8 impulses/s reach the node
    model_mean = 0.25 + 0.4 * 0.2 + 0.05 + 1 / 8.0
    # The node slows as a whole; the factor keeps the model's spread at a clinical 20-27 %.
    return mean * (1 + 0.8 * (raw / model_mean - 1))


def flutter_ratio(heart_rate: float) -> int:
    """Conduction ratio 2:1 .. 6:1 that puts the atria nearest to 300/min."""
    return int(np.clip(round(300 / heart_rate), 1 if heart_rate > 190 else 2, 6))


def _kinds(
    spec: CaseSpec, count: int, per_record: float, rng: np.random.Generator
) -> list[BeatKind]:
    """N, A or V for each beat; regular shares (1/2, 1/3, 1/4 ventricular) make regular patterns."""
    kinds: list[BeatKind] = ["N"] * count
    phase = int(rng.integers(0, 4))
    period = max(2, round(1 / spec.pvc_share)) if spec.pvc_share > 0.22 else 0
    if period:
        for i in range(phase % period, count, period):
            kinds[i] = "V"
    else:
        _scatter(kinds, "V", spec.pvc_share, per_record, rng)
    if spec.rhythm != "af":
        _scatter(kinds, "A", spec.pac_share, per_record, rng)
    return kinds


def _scatter(
    kinds: list[BeatKind], kind: BeatKind, share: float, per_record: float, rng: np.random.Generator
) -> None:
    """Put premature beats at random places, at least one of them well inside the record."""
    order = rng.permutation(np.arange(1, len(kinds) - 1))
    if share <= 0:
        return
    inner = [i for i in order if _EXTRA + 1 < i < _EXTRA + per_record - 2]
    order = [*inner[:1], *(i for i in order if i not in inner[:1])]
    wanted = max(1, round(share * len(kinds)))
    for i in order:
        if wanted and all(kinds[j] == "N" for j in (i - 1, i, i + 1)):
            kinds[i] = kind
            wanted -= 1


def _premature(base: Array, kinds: list[BeatKind], rng: np.random.Generator) -> Array:
    """Intervals BEFORE each beat, with coupling and pauses of premature beats.

    Atrial: coupling 0.55-0.95, the sinus node is reset, pause 1.10-1.35. Ventricular: coupling
    0.55-0.90; pause fully compensatory 47 %, shorter 47 %, none (interpolated) 6 %.
    """
    intervals = base.copy()
    coupling = {"A": rng.uniform(0.60, 0.85), "V": rng.uniform(0.58, 0.78)}
    reset = rng.uniform(1.10, 1.35)
    style = rng.random()
    jitter = rng.uniform(0.985, 1.015, len(base))
    regular = kinds.count("V") > 0.22 * len(kinds)
    for i, kind in enumerate(kinds[:-1]):
        if kind == "N":
            continue
        early = max(coupling[kind] * jitter[i], min(0.95, 0.36 / base[i]))
        intervals[i] = early * base[i]
        pause = reset if kind == "A" else 2 - early
        if kind == "V" and not regular:
            pause = 1 - early + 0.04 if style > 0.94 and base[i] > 0.8 else pause
            pause = max(1.0, 1.5 - 0.5 * early) if 0.47 < style <= 0.94 else pause
        intervals[i + 1] = pause * base[i + 1]
    return intervals


def _into_record(
    before: Array, kinds: list[BeatKind], mean: float, seconds: float, start: float, floor: float
) -> Strip:
    """Scale the intervals so that the mean inside the record is exact, and place the first R.

    With n intervals between the first and the last R inside, the last lies at first + n * mean.
    The beats around must then fall outside; a few starting points are tried for one where they
    do by themselves, else the first one's neighbours are pushed out.
    """
    k, tries = _EXTRA, 16
    latest = min(before[k], 1.2 * mean, seconds)
    found = []
    for i in range(tries):
        first = float(latest * ((start + i / tries) % 1.0))
        n = int((seconds - first) / mean - 1e-9)
        r_s = np.cumsum(_to_mean(before, slice(k + 1, k + 1 + n), mean, floor))
        r_s += first - r_s[k]
        found.append((r_s, n))
        if r_s[k - 1] < 0 and r_s[k + n + 1] >= seconds:
            break
    else:
        r_s, n = found[0]
        r_s[:k] -= max(0.0, r_s[k - 1] + 0.01)
        r_s[k + n + 1 :] += max(0.0, seconds + 0.01 - r_s[k + n + 1])
    last = k + n + _EXTRA
    return Strip(r_s[:last], tuple(kinds[:last]))


def _to_mean(rr: Array, inside: slice, mean: float, floor: float) -> Array:
    """Scale intervals so that those inside have this mean, and none is below the floor."""
    if inside.stop <= inside.start:
        return np.maximum(rr, floor)
    room = np.maximum(rr * (mean / rr[inside].mean()), floor) - floor
    spare = room[inside].mean()
    return floor + room * ((mean - floor) / spare if spare > 1e-9 else 0.0)
