"""Checks of ventricular beats and rhythms: their order, origin and amplitude."""

from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from sediff.criteria.blocks import any_of, in_leads, number, rhythm_is, truth, unless
from sediff.criteria.check import Check, Criteria
from sediff.leads import CHEST
from sediff.measure.values import LeadWaves, Measurements
from sediff.simulator.simulation import Beat, Span

GUIDELINE = "AHA/ACC/HRS guideline on ventricular arrhythmias (Al-Khatib 2017)"
_CHOU = "Surawicz and Knilans, Chou's Electrocardiography in Clinical Practice, 2008"
_CONSENSUS = "HRS/EHRA/APHRS/LAHRS consensus on ablation of ventricular arrhythmias (Cronin 2019)"
WIDE_MS = 120.0
_EARLY = 0.9  # of the interval after it, or of the usual one
_ALIKE = 6  # beats that make a pattern of every second or third beat


def _ectopic(m: Measurements) -> list[int]:
    return [i for i, beat in enumerate(m.beats) if beat.kind == "V"]


def _ms(beat: Beat) -> float:
    return 1000 * (beat.qrs[1] - beat.qrs[0])


def _usual_rr(m: Measurements) -> float:
    rr = sorted(b.r_s - a.r_s for a, b in pairwise(m.beats))
    return rr[len(rr) // 2] if rr else 0.0


def _early_wide(m: Measurements) -> list[int]:
    """Ventricular beats that come early and are wide."""
    found, usual = [], _usual_rr(m)
    for i in _ectopic(m):
        if i == 0 or _ms(m.beats[i]) < WIDE_MS:
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
    for first in _ectopic(m):
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
    return None if len(m.beats) < 3 else len({m.beats[i].form for i in _ectopic(m)}) >= 2


def _on_t(m: Measurements) -> list[int]:
    """Ventricular beats that begin before the T wave before them would end."""
    qt = m.qt_ms.value
    return [
        i
        for i in _ectopic(m)
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


def _dissociated(m: Measurements) -> bool | None:
    seen = m.rhythm_seen
    return None if seen.atria in ("unsure", "merged") else seen.atria == "dissociated"


def _captured(m: Measurements) -> bool | None:
    """A narrower beat amid ventricular ones: captured by the sinus node or fused."""
    middle = sorted(_ms(m.beats[i]) for i in _ectopic(m))
    if len(middle) < 5:
        return None
    usual = middle[len(middle) // 2]
    inner = m.beats[1:-1]
    return any(b.kind != "V" or _ms(b) < 0.75 * usual for b in inner)


def _no_rs(m: Measurements) -> bool | None:
    """No chest lead has both R and S (Brugada 1991)."""
    seen = [m.leads[lead] for lead in CHEST if lead in m.leads]
    if len(seen) < len(CHEST):
        return None
    return not any(w.tall_mv >= 0.1 and min(w.s_mv, w.s2_mv) <= -0.1 for w in seen)


def _to_s_nadir(w: LeadWaves) -> float:
    """From the QRS onset to the nadir of S in an RS complex, ms; 0 in other complexes."""
    return w.s_nadir_ms if w.r_mv >= 0.05 and w.s_mv <= -0.05 else 0.0


def _initial_r(w: LeadWaves) -> float:
    """R that begins the QRS, mV."""
    return 0.0 if w.q_mv else w.r_mv


ORIGIN = any_of(
    "Signs of a ventricular origin",
    truth("AV dissociation", _dissociated, "P waves march through"),
    truth("Capture or fusion beat", _captured, "a narrower beat in the tachycardia"),
    truth("No RS complex", _no_rs, "no RS in V1-V6 (Brugada 1991)", leads=CHEST),
    in_leads("Slow to the S nadir (Brugada 1991)", CHEST, _to_s_nadir, low=101, need=1, unit="ms"),
    in_leads("Initial R in aVR (Vereckei 2008)", ("aVR",), _initial_r, low=0.15),
)
_WIDE = number("QRS duration", "qrs_ms", low=WIDE_MS, wave="QRS")


def _rate(low: float | None, high: float | None) -> Check:
    return number("Ventricular rate", "heart_rate", low=low, high=high, wave="RR")


VT = Criteria(
    f"{GUIDELINE}; origin: Brugada 1991, Vereckei 2008",
    (rhythm_is("ventricular"), _rate(100.1, None), _WIDE, ORIGIN),
)
OUTFLOW = Criteria(
    f"{GUIDELINE}; outflow tract: Dixit, J Cardiovasc Electrophysiol 2003;14:1-7",
    (
        *VT.checks,
        in_leads("LBBB-like", ("V1",), "net_mv", high=-0.1),
        number("Inferior axis", "axis_deg", low=45, high=120),
    ),
)
IDIOVENTRICULAR = Criteria(_CONSENSUS, (rhythm_is("ventricular"), _rate(None, 40), _WIDE))
ACCELERATED = Criteria(_CONSENSUS, (rhythm_is("ventricular"), _rate(40.1, 100), _WIDE))
POLYMORPHIC = Criteria(GUIDELINE, (rhythm_is("polymorphic_ventricular"), _rate(100.1, None)))


def _long_qt(m: Measurements) -> bool | None:
    """A sinus beat before the tachycardia with a QTc of 500 ms and more (Fridericia)."""
    found: list[float] = []
    for before, beat in pairwise(m.beats):
        if beat.kind == "N" == before.kind and beat.t is not None:
            rr = beat.r_s - before.r_s
            found.append(1000 * (beat.t[1] - beat.qrs[0]) / rr ** (1 / 3))
    return max(found) >= 500 if found else None


TORSADES = Criteria(
    f"{GUIDELINE}; AHA/ACCF statement on torsades in hospital (Drew 2010)",
    (
        rhythm_is("polymorphic_ventricular"),
        truth("Long QT before it", _long_qt, "QTc of sinus beats at least 500 ms"),
    ),
)


def _vf(low: float | None, high: float | None) -> Criteria:
    return Criteria(
        f"{GUIDELINE}; coarse and fine: Weaver, Ann Intern Med 1985;102:53-55",
        (
            rhythm_is("vf"),
            number("Main frequency", "rhythm_seen.fibrillation_hz", low=3, high=10),
            number("Largest wave", "rhythm_seen.fibrillation_mv", low=low, high=high),
        ),
    )


COARSE_VF, FINE_VF = _vf(0.2, None), _vf(None, 0.2)


def _standstill(m: Measurements) -> bool | None:
    if m.rhythm_seen.name == "unsure":
        return None
    return m.rhythm_seen.name == "asystole" and not m.beats


_NO_QRS = truth("No QRS", _standstill, "not one QRS in the record")
_ADULT_ALS = "European Resuscitation Council guidelines, adult advanced life support (Soar 2021)"


def _p_alone(m: Measurements) -> bool | None:
    return None if m.rhythm_seen.name == "unsure" else len(m.rhythm_seen.p_waves) >= 3


_P_ALONE = truth(
    "P waves without QRS", _p_alone, "at least three",
    lambda m: [(p.on_s, p.off_s) for p in m.rhythm_seen.p_waves],
)  # fmt: skip
ASYSTOLE = Criteria(_ADULT_ALS, (_NO_QRS, unless("No P waves", _P_ALONE)))
STANDSTILL = Criteria(_ADULT_ALS, (_NO_QRS, _P_ALONE))


def _few(m: Measurements) -> bool | None:
    """At most 20 beats a minute, by their intervals or their count."""
    if m.rhythm_seen.name == "unsure" and not m.beats:
        return None
    gaps = [b.r_s - a.r_s for a, b in pairwise(m.beats)]
    return bool(m.beats) and (60 / (sum(gaps) / len(gaps)) <= 20 if gaps else True)


def _all_wide(m: Measurements) -> bool | None:
    return all(_ms(beat) >= WIDE_MS for beat in m.beats) if m.beats else None


AGONAL = Criteria(
    f"{_ADULT_ALS}; limit of 20 a minute of this program",
    (
        truth("Rate", _few, "at most 20 a minute", lambda m: [b.qrs for b in m.beats]),
        truth("Wide QRS", _all_wide, f"at least {WIDE_MS:g} ms"),
    ),
)
