"""The live heart: settings of the simulator's page -> a case -> a drawn, measured ECG.

A `Bench` is a plain value; the same one gives the same samples. Findings are told in the words
of the vocabulary, so that the same settings can be handed to the model as a report.
"""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.bench.choices import forms
from sediff.bench.salts import Salt, calcium, potassium
from sediff.ecg import Ecg
from sediff.errors import RequestError
from sediff.findings import FINDINGS, conflicts
from sediff.generated import Generated, finish
from sediff.leads import DOWER, LEADS, derive_twelve
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.simulator.loops import st_levels
from sediff.simulator.shapes.stemi import INJURY
from sediff.simulator.simulation import Simulation
from sediff.spec import ST_LIMIT_MV, CaseSpec, Request, Sex, Stated, WaveChange

SINUS = "sinus rhythm"
NUMBERS = ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_deg")
ST_LIMIT_MM = 5.0
_MM = 0.1  # mV
_LEAST_ST_MV = 0.05  # half a small square: leads that a territory moves less are left alone
# Territory -> the leads that name it, and which way they go when its wall is injured.
TERRITORIES: dict[str, tuple[tuple[str, ...], int]] = {
    "inferior": (("II", "III", "aVF"), 1),
    "septal": (("V1", "V2"), 1),
    "anterior": (("V3", "V4"), 1),
    "lateral": (("I", "aVL", "V5", "V6"), 1),
    "posterior": (("V1", "V2", "V3"), -1),  # no lead lies over it: its mirror image
    "right_ventricular": (("V1",), 1),
}
_DOWER12 = derive_twelve(DOWER)  # (12, 3)


@dataclass(frozen=True)
class Bench:
    """What stands on the controls.

    Attributes:
        rhythm: name of a rhythm of the vocabulary.
        findings: names of further findings, as `sediff.view.words.finding_names` has them.
        recording: names of findings of the family 'technique'.
        held: (attribute of `Request`, value) of numbers that the user holds; the others follow
            from the findings.
        waves: changes of single waves.
        territories: (key of `TERRITORIES`, mm of ST elevation) on top of what the findings draw.
        potassium, calcium: mmol/l of the blood plasma, calcium total.
    """

    rhythm: str = SINUS
    findings: tuple[str, ...] = ()
    recording: tuple[str, ...] = ()
    held: tuple[tuple[str, float], ...] = ()
    waves: tuple[WaveChange, ...] = ()
    territories: tuple[tuple[str, float], ...] = ()
    potassium: float = 4.2
    calcium: float = 2.4
    age: float = 50.0
    sex: Sex = "male"
    seed: int = 28  # a heart in the middle of normal: 74 bpm, axis 54 degrees

    @property
    def salts(self) -> tuple[Salt, ...]:
        """What potassium and calcium draw; () where both are normal."""
        return tuple(s for s in (potassium(self.potassium), calcium(self.calcium)) if s)


@dataclass(frozen=True)
class Played:
    """A bench with the heart that it makes.

    Attributes:
        request: the same settings as a report and numbers, for the model.
        spec, simulation, ecg: what was drawn.
    """

    bench: Bench
    request: Request
    spec: CaseSpec
    simulation: Simulation
    ecg: Ecg

    @cached_property
    def generated(self) -> Generated:
        """Measured and judged; made when first asked for, as it takes longer than drawing."""
        return finish(self.spec, self.simulation, self.ecg, None)


@lru_cache(maxsize=48)
def play(bench: Bench) -> Played:
    """Draw the heart of these settings.

    Raises:
        RequestError: a number is out of range.
        WeightsError: the population table is missing.
    """
    heart = replace(_request(bench), st_mv=())
    spec = _graded(plan(heart), bench)
    if bench.territories:
        levels = _levels(bench, st_levels(simulate(spec)))
        heart = replace(heart, st_mv=levels)
        spec = replace(spec, st_mv=levels)
    spec = _recorded(spec, bench)
    simulation = simulate(spec)
    request = _told(heart, spec, bench)
    return Played(bench, request, spec, simulation, simulation.to_ecg())


def report_of(bench: Bench) -> str:
    """The settings in the words of a report: rhythm, findings, salts, recording."""
    words = [*_heart_words(bench), *bench.recording]
    text = ", ".join(words)
    return text[:1].upper() + text[1:]


def _heart_words(bench: Bench) -> list[str]:
    stated = [*bench.findings, *(salt.words for salt in bench.salts)]
    keys = [*map(_at, bench.findings), *((salt.id, salt.stage) for salt in bench.salts)]
    gives_way = bench.rhythm == SINUS and any(_has_a_rhythm(*key) for key in keys)
    words = stated if gives_way else [bench.rhythm, *stated]
    qtc = next((salt.qtc_ms for salt in bench.salts if salt.qtc_ms), None)
    if qtc is not None and "qt_ms" not in dict(bench.held):
        words.append(f"QTc {qtc:.0f} ms")
    return words


def _at(name: str) -> tuple[str, str]:
    try:
        return forms()[name]
    except KeyError as error:
        raise RequestError(f"The simulator cannot draw {name!r}: choose another.") from error


def _has_a_rhythm(id: str, stage: str) -> bool:
    """Whether the default gives way: with a block, a pacemaker or high potassium it is not all."""
    form = FINDINGS[id].at(stage)
    return bool(form.rhythm or form.conduction or conflicts(("sinus_rhythm", id)))


def _request(bench: Bench) -> Request:
    """The heart without its recording: a loose cable changes no beat."""
    text = ", ".join(_heart_words(bench))
    return Request(
        report=text[:1].upper() + text[1:],
        age=bench.age,
        sex=bench.sex,
        waves=bench.waves,
        seed=bench.seed,
        **_numbers(bench),
    )


def _numbers(bench: Bench) -> dict[str, Any]:
    """Numbers that the user holds, and under them those that a salt moves."""
    salted = {name: value for salt in bench.salts for name, value in salt.numbers}
    return {**salted, **dict(bench.held)}


def _graded(spec: CaseSpec, bench: Bench) -> CaseSpec:
    """With the strength of each salt as a number; words only know mild, usual and severe."""
    amounts = {salt.id: salt.amount for salt in bench.salts}
    stated = tuple(replace(s, amount=amounts.get(s.id, s.amount)) for s in spec.findings)
    return replace(spec, findings=stated)


def _recorded(spec: CaseSpec, bench: Bench) -> CaseSpec:
    stated = tuple(Stated(id, stage=stage) for id, stage in map(_at, bench.recording))
    faults = (FINDINGS[one.id].at(one.stage).technique for one in stated)
    technique = tuple(fault for fault in faults if fault)
    return replace(spec, findings=(*spec.findings, *stated), technique=technique)


def _told(heart: Request, spec: CaseSpec, bench: Bench) -> Request:
    """As a request that plans the same numbers: those that its words would move are given."""
    request = replace(heart, report=report_of(bench))
    planned = plan(request)
    moved = {
        name: getattr(spec, name)
        for name in NUMBERS
        if name not in spec.lacks
        and getattr(spec, name) is not None
        and getattr(planned, name) != getattr(spec, name)
    }
    return replace(request, **moved)


def _levels(bench: Bench, now: npt.NDArray) -> tuple[tuple[str, float], ...]:
    """ST of the leads that the territories move, mV: on top of the (12,) levels now."""
    added = sum((_injury(*one) for one in bench.territories), np.zeros(12))
    return tuple(
        (lead, round(float(np.clip(now[i] + added[i], -ST_LIMIT_MV, ST_LIMIT_MV)), 2))
        for i, lead in enumerate(LEADS)
        if abs(added[i]) >= _LEAST_ST_MV
    )


def _injury(territory: str, mm: float) -> npt.NDArray[np.float64]:
    """(12,) mV: one injury vector seen by all leads, so that opposite leads mirror it."""
    leads, sign = TERRITORIES[territory]
    seen = _DOWER12 @ np.array(INJURY[territory])
    own = sign * float(np.mean([seen[LEADS.index(lead)] for lead in leads]))
    return seen * (mm * _MM / own)
