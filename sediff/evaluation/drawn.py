"""One draw of each case, measured: what the figures on editing, patients and wording share.

Unlike the app nothing is drawn again here, so that a figure shows the model and not the choice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sediff.batch import BATCH
from sediff.criteria import Subject, judge_all, mimicked
from sediff.ecg import FS
from sediff.leads import EIGHT
from sediff.measure import measure_eight
from sediff.measure.values import Measurements
from sediff.pipeline import start_of
from sediff.simulator import simulate
from sediff.simulator.simulation import Simulation
from sediff.spec import CaseSpec

Array = npt.NDArray[np.float64]
_VALUES = (
    "heart_rate", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg", "p_mv", "t_mv", "rr_sd_ms",
)  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """A generated ECG with its case and its simulation.

    Attributes:
        eight: (8, 5000) float32 mV at 500 Hz.
        numbers: what was measured, see `numbers_in`. simulated: the same of its simulation.
        again: whether the app would draw it again: a criterion missed, or a look-alike met.
    """

    spec: CaseSpec
    simulation: Simulation
    eight: npt.NDArray[np.float32]
    measured: Measurements
    numbers: dict[str, float]
    simulated: dict[str, float]
    again: bool


def draw_once(
    specs: Sequence[CaseSpec], simulations: Sequence[Simulation] | None = None
) -> list[Drawn]:
    """Draw and measure each case once.

    Args:
        simulations: one of each case, None: its own.

    Raises:
        WeightsError: the weights are missing.
    """
    from sediff.diffusion.generator import shared_generator

    hearts = [simulate(spec) for spec in specs] if simulations is None else list(simulations)
    result = []
    for at in range(0, len(specs), BATCH):
        some, beside = specs[at : at + BATCH], hearts[at : at + BATCH]
        starts = [start_of(spec) for spec in some]
        signals = shared_generator().draw(some, beside, start=starts)
        result += [as_drawn(*one) for one in zip(some, beside, signals, strict=True)]
        print(f"{len(result)} of {len(specs)} drawn", flush=True)
    return result


def as_drawn(spec: CaseSpec, simulation: Simulation, eight: npt.NDArray[np.float32]) -> Drawn:
    """Measure an ECG of a case, (8, 5000) mV at 500 Hz."""
    measured = measure_eight(eight, FS)
    subject = Subject(measured, spec.age, spec.sex)
    seen = all(verdict.met for verdict in judge_all(spec.findings, subject))
    again = not seen or bool(mimicked(spec.findings, subject))
    meant = numbers_in(measure_eight(simulation.bare, FS))
    return Drawn(spec, simulation, eight, measured, numbers_in(measured), meant, again)


def numbers_in(measured: Measurements) -> dict[str, float]:
    """Every number that could be measured: intervals, axis, waves, ST and R, S and QRS per lead.

    'sokolow_mv' is S in V1 and the taller R of V5 and V6; 'limb_mv' the mean QRS of I, II, III;
    'qrs_mv' the mean QRS of the eight leads, peak to peak.
    """
    values = {name: getattr(measured, name).value for name in _VALUES}
    values |= {f"st_{lead}": value.value for lead, value in measured.st_mv.items()}
    waves = measured.leads
    for lead, one in waves.items():
        values |= {f"qrs_{lead}": one.qrs_mv, f"r_{lead}": one.tall_mv, f"t_{lead}": one.t_mv}
    if {"V1", "V5", "V6"} <= waves.keys():
        values["sokolow_mv"] = waves["V1"].deep_mv + max(waves[x].tall_mv for x in ("V5", "V6"))
    if {"I", "II", "III"} <= waves.keys():
        values["limb_mv"] = float(np.mean([waves[x].qrs_mv for x in ("I", "II", "III")]))
    if set(EIGHT) <= waves.keys():
        values["qrs_mv"] = float(np.mean([waves[x].qrs_mv for x in EIGHT]))
    return {name: float(value) for name, value in values.items() if value is not None}


def difference(name: str, after: float, before: float) -> float:
    """After minus before; of angles the short way round."""
    change = after - before
    return (change + 180) % 360 - 180 if name.endswith("_deg") else change


def interval(values: Sequence[float] | Array, statistic=np.median, level: float = 0.95) -> list:
    """Bootstrap interval of a statistic over the first axis, [low, high]."""
    rows = np.asarray(values, float)
    rng = np.random.default_rng(0)
    found = [statistic(rows[rng.integers(0, len(rows), len(rows))]) for _ in range(1000)]
    return [round(float(q), 3) for q in np.quantile(found, [(1 - level) / 2, (1 + level) / 2])]
