"""What real people's ECGs measure: quantiles by age and sex and by finding, shipped as a table.

Computed by our own measurement on the training folds of PTB-XL (`python -m sediff.training
population`); no patient's report or signal is in it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sediff.assets import ASSETS
from sediff.errors import WeightsError

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
NUMBERS = ("heart_rate", "pr_ms", "qrs_ms", "qtc_ms", "axis_deg", "rr_sd_ms")
BANDS = (18, 40, 60, 75, 101)  # years: each band of PTB-XL holds over a thousand of either sex
MIN_N = 30  # a quantile of fewer people says little


@dataclass(frozen=True)
class Group:
    """Quantiles of one group.

    Attributes:
        n: people behind it.
        quantiles: number -> its values at `QUANTILES`.
    """

    n: int
    quantiles: Mapping[str, Sequence[float]]

    def draw(self, name: str, u: float) -> float:
        """The value of `name` at probability `u`, kept between the outer quantiles."""
        return float(np.interp(u, QUANTILES, self.quantiles[name]))

    def median(self, name: str) -> float:
        """The median of `name`."""
        return self.quantiles[name][2]


def band_of(age: float) -> str:
    """'18-39' and so on."""
    i = int(np.clip(np.searchsorted(BANDS, age, side="right"), 1, len(BANDS) - 1))
    return f"{BANDS[i - 1]}-{BANDS[i] - 1}"


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Group]:
    path = ASSETS / "population.json"
    try:
        rows = json.loads(path.read_text())["groups"]
        return {key: Group(row["n"], row["quantiles"]) for key, row in rows.items()}
    except (OSError, ValueError, KeyError) as error:
        raise WeightsError(
            f"The table {path} is missing or damaged: restore it with git checkout."
        ) from error


def people(age: float, sex: str) -> Group:
    """Everyone of that sex and age band; raises `WeightsError` without the table."""
    return _table()[f"{sex} {band_of(age)}"]


def with_statement(code: str) -> Group | None:
    """Everyone with that SCP statement, None where there are fewer than `MIN_N`."""
    return _table().get(f"scp {code}")
