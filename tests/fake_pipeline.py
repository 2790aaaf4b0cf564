"""A stand-in for the generator: the same names and values, no weights, some milliseconds."""

import time
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from sediff.ecg import Ecg
from sediff.errors import RequestError
from sediff.measure.values import Measurements, Value
from sediff.spec import CaseSpec, Request, Stated

_WAVES = ((-0.16, 0.025, 0.12), (-0.02, 0.009, -0.1), (0, 0.012, 1.0), (0.03, 0.01, -0.25),
          (0.27, 0.05, 0.3))  # fmt: skip
_LEADS = (0.7, 1.0, -0.4, 0.3, 0.6, 1.3, 1.1, 0.8)


@dataclass(frozen=True)
class Reading:
    findings: tuple[Stated, ...] = ()
    negated: tuple[Stated, ...] = ()
    unknown: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class FindingSource:
    id: str
    name: str
    certainty: float
    source: str
    n: int
    sentence: str


@dataclass(frozen=True)
class Row:
    name: str
    asked: float | None
    measured: float | None
    unit: str
    status: str
    text: str


@dataclass(frozen=True)
class Generated:
    ecg: Ecg
    spec: CaseSpec
    simulation: None
    measured: Measurements
    findings: tuple[FindingSource, ...]
    notes: tuple[str, ...]
    seconds: float


def read(text):
    low = text.lower()
    found = []
    if "fibrillation" in low:
        words = "atrial fibrillation with rapid ventricular response"
        found.append(Stated("atrial_fibrillation", 1.0, words))
    if "infarct" in low:
        found.append(Stated("old_inferior_infarct", 0.5, "possible infarct"))
    return Reading(
        tuple(found),
        negated=(Stated("left_bundle_branch_block"),) if "no lbbb" in low else (),
        unknown=("frobnicated",) if "frobnicated" in low else (),
        contradictions=("Sinus rhythm and atrial fibrillation cannot both be present.",)
        if "sinus" in low and "fibrillation" in low
        else (),
    )


def plan(request: Request) -> CaseSpec:
    if "impossible" in request.report:
        raise RequestError("This case cannot be drawn: take out a finding.")
    given = {
        name: value if (value := getattr(request, name)) is not None else default
        for name, default in (
            ("age", 72.0),
            ("sex", "female"),
            ("heart_rate", 118.0),
            ("pr_ms", 160.0),
            ("qrs_ms", 94.0),
            ("qt_ms", 360.0),
            ("axis_deg", 45.0),
            ("adherence", 0.5),
        )
    }
    origins = tuple((n, "field" if getattr(request, n) is not None else "report") for n in given)
    return CaseSpec(
        report=request.report, seed=request.seed, st_mv=request.st_mv, waves=request.waves,
        p_mv=request.p_mv, t_mv=request.t_mv, findings=read(request.report).findings,
        origins=origins, notes=(*read(request.report).contradictions, "A note."), **given,
    )  # fmt: skip


def drawn(spec: CaseSpec, scale: float = 1.0) -> Ecg:
    t = np.arange(5000) / 500
    beat = np.zeros(5000)
    for r in np.arange(0.3, 11, 60 / spec.heart_rate):
        for at, width, height in _WAVES:
            beat += height * np.exp(-((t - r - at) ** 2) / (2 * width**2))
    noise = np.random.default_rng(spec.seed).normal(0, 0.008, (8, 5000))
    return Ecg.from_eight(scale * (np.outer(_LEADS, beat) + noise), provenance={"seed": spec.seed})


def measured(spec: CaseSpec) -> Measurements:
    ms, unsure = Value(160.0, "ms"), Value(None, "ms", "unsure", "The end of T is not clear.")
    return Measurements(
        Value(spec.heart_rate, "bpm"), ms, ms, unsure, unsure, Value(45.0, "deg"),
        Value(0.12, "mV"), Value(0.3, "mV"), {}, Value(25.0, "ms"),
        "regular, P before every QRS", (),
    )  # fmt: skip


PAUSE_S = 0.0


def generate(request: Request, *, steps=None, on_step=None) -> Generated:
    spec = plan(request)
    for step in range(12):
        time.sleep(PAUSE_S)
        if on_step:
            on_step(step + 1, 12)
    sources = tuple(
        FindingSource(s.id, s.id.replace("_", " "), s.certainty, *where)
        for s, where in zip(
            spec.findings,
            [
                ("learned", 428, "learned from 428 real ECGs"),
                ("drawn", 0, "drawn by the simulator"),
            ],
            strict=False,
        )
    )
    return Generated(drawn(spec), spec, None, measured(spec), sources, spec.notes, 1.5)


def asked_against_measured(generated: Generated) -> list[Row]:
    rate = generated.spec.heart_rate
    return [
        Row("Heart rate", rate, rate + 1, "bpm", "met", ""),
        Row("QRS", 94.0, 160.0, "ms", "missed", "66 ms too wide"),
        Row("QT", 360.0, None, "ms", "unsure", "The end of T is not clear."),
        Row("Axis", None, 45.0, "°", "not asked", ""),
    ]


def warm_up() -> None:
    return None


def modules() -> dict[str, ModuleType]:
    """The modules that the pages import, made of this file's functions."""
    names = {
        "sediff.plan": ("plan",),
        "sediff.report": ("read",),
        "sediff.pipeline": ("plan", "generate", "asked_against_measured", "warm_up"),
    }
    made = {module: ModuleType(module) for module in names}
    for module, functions in names.items():
        made[module].__dict__.update({name: globals()[name] for name in functions})
    return made
