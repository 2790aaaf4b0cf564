"""Checks of premature ventricular beats: how early, how many in a row, of how many forms."""

from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from sediff.criteria.blocks import truth
from sediff.criteria.check import Check, Criteria
from sediff.measure.values import Measurements
from sediff.simulator.simulation import Beat, Span

GUIDELINE = "AHA/ACC/HRS guideline on ventricular arrhythmias (Al-Khatib 2017)"
_CHOU = "Surawicz and Knilans, Chou's Electrocardiography in Clinical Practice, 2008"
WIDE_MS = 120.0
_EARLY = 0.9  # of the interval after it, or of the usual one
_ALIKE = 6  # beats that make a pattern of every second or third beat


def ectopic(m: Measurements) -> list[int]:
    """Places of the ventricular beats."""
    return [i for i, beat in enumerate(m.beats) if beat.kind == "V"]


def qrs_ms(beat: Beat) -> float:
    """QRS duration of one beat, ms."""
    return 1000 * (beat.qrs[1] - beat.qrs[0])


def _usual_rr(m: Measurements) -> float:
    rr = sorted(b.r_s - a.r_s for a, b in pairwise(m.beats))
    return rr[len(rr) // 2] if rr else 0.0


def _early_wide(m: Measurements) -> list[int]:
    """Ventricular beats that come early and are wide."""
    found, usual = [], _usual_rr(m)
    for i in ectopic(m):
        if i == 0 or qrs_ms(m.beats[i]) < WIDE_MS:
            continue
        before = m.beats[i].r_s - m.beats[i - 1].r_s
        after = m.beats[i + 1].r_s - m.beats[i].r_s if i + 1 < len(m.beats) else usual
        if before < _EARLY * max(usual, after):
            found.append(i)
    return found


def _spans(choose: Callable[[Measurements], Sequence[int]]) -> Callable[[Measurements], list[Span]]:
    return lambda m: [m.beats[i].qrs for i in choose(m)]


def _holds(choose: Callable[[Measurements], Sequence[int]], need: int = 1):
    """None without beats, else whether enough were chosen."""
    return lambda m: None if len(m.beats) < 3 else len(choose(m)) >= need


def early_wide(need: int = 1) -> Check:
    """Premature ventricular beats: early, at least 120 ms."""
    return truth(
        "Premature wide beats", _holds(_early_wide, need),
        f"at least {need}, early, QRS at least {WIDE_MS:g} ms", _spans(_early_wide),
    )  # fmt: skip


def _in_runs(m: Measurements, low: int, high: int) -> list[int]:
    """Ventricular beats of runs of `low` to `high` beats with other beats around."""
    found: list[int] = []
    for key, group in groupby(range(len(m.beats)), key=lambda i: m.beats[i].kind == "V"):
        run = list(group)
        inside = run[0] > 0 and run[-1] < len(m.beats) - 1
        if key and inside and low <= len(run) <= high:
            found += run
    return found


def runs_of(low: int, high: int, name: str, threshold: str) -> Check:
    """So many ventricular beats in a row, with other beats before and after."""

    def choose(m: Measurements) -> list[int]:
        return _in_runs(m, low, high)

    return truth(name, _holds(choose), threshold, _spans(choose))


def _run_rate(m: Measurements) -> bool | None:
    """Whether the longest run is faster than 100 a minute."""
    runs = [
        list(group)
        for ectopic, group in groupby(m.beats, key=lambda beat: beat.kind == "V")
        if ectopic
    ]
    longest = max(runs, key=len, default=[])
    if len(longest) < 3:
        return None if len(m.beats) < 3 else False
    return 60 * (len(longest) - 1) / (longest[-1].r_s - longest[0].r_s) > 100


def _every(m: Measurements, period: int) -> list[int]:
    """The longest stretch in which exactly every `period`-th beat is ventricular."""
    best: list[int] = []
    for first in ectopic(m):
        i = first
        while i < len(m.beats) and (m.beats[i].kind == "V") == ((i - first) % period == 0):
            i += 1
        start = max(0, first - period + 1)
        stretch = list(range(start, i))
        best = max(best, stretch, key=len)
    return best


def every(period: int, name: str) -> Check:
    """Every second or third beat is a premature ventricular one, for at least six beats."""

    def choose(m: Measurements) -> list[int]:
        return [i for i in _every(m, period) if m.beats[i].kind == "V"]

    def holds(m: Measurements) -> bool | None:
        return None if len(m.beats) < _ALIKE else len(_every(m, period)) >= _ALIKE

    nth = {2: "second", 3: "third"}[period]
    return truth(name, holds, f"every {nth} beat, at least {_ALIKE} beats", _spans(choose))


def _forms(m: Measurements) -> bool | None:
    return None if len(m.beats) < 3 else len({m.beats[i].form for i in ectopic(m)}) >= 2


def _on_t(m: Measurements) -> list[int]:
    """Ventricular beats that begin before the T wave before them would end."""
    qt = m.qt_ms.value
    return [
        i
        for i in ectopic(m)
        if i and qt is not None
        and m.beats[i - 1].kind != "V"
        and m.beats[i].qrs[0] - m.beats[i - 1].qrs[0] < qt / 1000
    ]  # fmt: skip


def _on_t_holds(m: Measurements) -> bool | None:
    return None if m.qt_ms.value is None or len(m.beats) < 3 else bool(_on_t(m))


PVC = Criteria(GUIDELINE, (early_wide(),))
BIGEMINY = Criteria(_CHOU, (early_wide(2), every(2, "Bigeminy")))
TRIGEMINY = Criteria(_CHOU, (early_wide(2), every(3, "Trigeminy")))
COUPLETS = Criteria(_CHOU, (runs_of(2, 2, "Couplet", "two ventricular beats in a row"),))
MULTIFOCAL = Criteria(
    _CHOU,
    (early_wide(2), truth("Forms", _forms, "two or more forms of ventricular beats")),
)
R_ON_T = Criteria(
    "Smirk and Palmer, Am J Cardiol 1960;6:620-629",
    (truth("R on T", _on_t_holds, "QRS begins before the T wave ends", _spans(_on_t)),),
)
NSVT = Criteria(
    GUIDELINE,
    (
        runs_of(3, 10**6, "Run", "three and more ventricular beats that end by themselves"),
        truth("Rate of the run", _run_rate, "above 100 bpm"),
    ),
)
