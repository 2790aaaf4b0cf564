"""How the sampler is chosen: guidance, where it acts, and steps, on held patients of fold 8.

`python -m sediff.evaluation guidance`. Fold 9 stays out of it: the benchmark's figures must not
come from what was chosen on them.
"""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sediff.batch import BATCH
from sediff.evaluation.benchmark.cases import Case, cases_of, floor_rows, real_low
from sediff.evaluation.benchmark.diagnosis import read_back
from sediff.evaluation.benchmark.features import feature_figures
from sediff.evaluation.benchmark.judge import Judge, load_judge
from sediff.plan import plan
from sediff.simulator import simulate
from sediff.training.inputs import load_data, measured_of, taps_of
from sediff.training.prepare import to_100hz

_FIGURES = ("fid_ratio", "precision", "recall", "coverage")


class Setting(NamedTuple):
    """Of the sampler: as in `flow.sample`."""

    steps: int
    guidance: float
    guided: tuple[float, float]

    @property
    def passes(self) -> int:
        """Evaluations of the denoiser for one ECG."""
        ways = np.arange(self.steps) / self.steps
        inside = (ways >= self.guided[0]) & (ways < self.guided[1])
        return self.steps + int(inside.sum()) * (self.guidance != 1)


_WHOLE = (0.0, 1.0)
SETTINGS = (
    Setting(20, 2.5, _WHOLE),
    Setting(12, 2.5, _WHOLE),
    Setting(12, 1.5, _WHOLE),
    Setting(10, 2.0, (0.1, 0.6)),
    Setting(10, 2.5, (0.1, 0.6)),
    Setting(10, 3.0, (0.1, 0.6)),
    Setting(8, 2.5, (0.12, 0.6)),
)


def guidance(arguments: Namespace) -> dict[str, Any]:
    """One row of figures for each of `SETTINGS`; `count` requests of held patients."""
    data = load_data(arguments.data, arguments.work)
    held = floor_rows(data, 9, 2 * arguments.count)
    rows, others = np.array_split(held, 2)
    rows, others = rows[: len(others)], others[: len(rows)]
    measured = measured_of(arguments, data)
    cases = cases_of(data, rows, [measured[row]["numbers"] for row in rows])
    judge, taps = load_judge(), taps_of(data)
    real, floor = real_low(data, rows), real_low(data, others)
    table = {}
    for setting in SETTINGS:
        made = _draw(cases, setting, taps)
        table[str(tuple(setting))] = {"passes": setting.passes} | _row(
            judge, cases, real, floor, made
        )
        print(setting, table[str(tuple(setting))], flush=True)
    return {"fold": 8, "requests": len(rows), "settings": table}


def _draw(
    cases: Sequence[Case], setting: Setting, taps: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """(n, 8, 1000) mV at 100 Hz, one draw a request."""
    from sediff.diffusion.generator import shared_generator

    specs = [plan(case.request()) for case in cases]
    low = []
    for start in range(0, len(specs), BATCH):
        some = specs[start : start + BATCH]
        made = shared_generator().draw(
            some,
            [simulate(spec) for spec in some],
            steps=setting.steps,
            guidance=setting.guidance,
            guided=setting.guided,
        )
        low += [to_100hz(one, taps) for one in made]
    return np.stack(low)


def _row(
    judge: Judge,
    cases: Sequence[Case],
    real: npt.NDArray[np.float32],
    floor: npt.NDArray[np.float32],
    made: npt.NDArray[np.float32],
) -> dict[str, Any]:
    reports = [case.report for case in cases]
    found = feature_figures(judge, real, floor, {"it": [made]}, reports)["sets"]["it"]
    labels = np.stack([case.labels(judge.codes) for case in cases])
    back = read_back(judge, labels, real, [made])["macro"]
    return {
        "read_back": round(back["generated"]["value"], 4),
        "read_back_real": round(back["real"], 4),
        **{name: round(found[name]["value"], 3) for name in _FIGURES},
    }
