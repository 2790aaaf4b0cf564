"""What is asked: the requests of a fold, and the real records that stand beside them.

Of an evaluated record only what a user would type enters its request: report, age, sex and the
asked heart rate; in a second set of requests the measured PR, QRS, QT and axis too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sediff.errors import DataError
from sediff.findings import by_scp, concepts, scp_codes
from sediff.plan import plan
from sediff.report import describe
from sediff.spec import LIMITS, MAX_REPORT, Request, Stated
from sediff.training.inputs import Data

# Statements of rhythms without one steady rate.
UNSTEADY = frozenset(
    {"AFIB", "AFLT", "PVC", "PAC", "SVARR", "BIGU", "TRIGU", "PRC(S)", "SVTAC", "PSVT"}
    | {"2AVB", "3AVB"}
)
_ADULT = LIMITS["age"][0]
_SEED_STEP = 100_003  # beyond any record number: no two seeds of the benchmark meet
INTERVALS = ("pr_ms", "qrs_ms", "qt_ms", "axis_deg")


@dataclass(frozen=True)
class Case:
    """One record of the fold and what is asked because of it.

    Attributes:
        record: its `ecg_id`. row: its place in the data.
        codes: SCP statements. steady: none of them is a rhythm without one rate.
        numbers: measured at 100 Hz ('heart_rate', 'pr_ms' ...); only asked, never fitted.
    """

    record: int
    row: int
    report: str
    age: float
    sex: Any
    codes: tuple[str, ...]
    steady: bool
    numbers: Mapping[str, float]

    def request(self, seed: int = 0, intervals: bool = False, named: bool = False) -> Request:
        """What a user would ask, for sampling seed 0, 1, 2 ...

        Args:
            intervals: asks for PR .. axis too.
            named: types the names of the statements instead of the report, which leaves some out.
        """
        names = ("heart_rate", *INTERVALS) if intervals else ("heart_rate",)
        asked: dict[str, Any] = {
            n: round(self.numbers[n], 1) for n in names if _can_be_asked(n, self.numbers)
        }
        return Request(
            report=(self.named() if named else self.report)[:MAX_REPORT],
            age=min(self.age, LIMITS["age"][1]),
            sex=self.sex,
            seed=(seed * _SEED_STEP + self.record) % 2**31,
            **asked,
        )

    def named(self) -> str:
        """The statements by their names, in plain English."""
        found = (by_scp(code)[:1] for code in self.codes)
        return describe([Stated(one.id) for finding in found for one in finding])

    def labels(self, codes: Sequence[str]) -> npt.NDArray[np.float32]:
        """(C,) 1 where the record states the code."""
        return np.array([code in self.codes for code in codes], np.float32)


def _can_be_asked(name: str, numbers: Mapping[str, float]) -> bool:
    low, high, _ = LIMITS[name]
    return name in numbers and low <= numbers[name] <= high


def fold_of(split: str) -> int:
    """'fold9' -> 9; raises `DataError` for anything else."""
    number = split.removeprefix("fold")
    if not split.startswith("fold") or number not in ("9", "10"):
        raise DataError(f"There is no split {split!r}: use fold9, or fold10 of the official data.")
    return int(number)


def fold_rows(data: Data, fold: int, count: int | None) -> npt.NDArray[np.int64]:
    """Rows of the clean adults of a fold in an order of their own; the first `count` of them.

    Raises:
        DataError: the data hold no record of that fold.
    """
    table = data.table
    adult = (table["age"] >= _ADULT).to_numpy()  # an age that is missing is no adult's
    rows = np.flatnonzero((table["strat_fold"] == fold).to_numpy() & adult & data.clean)
    if not len(rows):
        raise DataError(
            f"The data hold no record of fold {fold}: name the full PTB-XL with --data."
        )
    return np.random.default_rng(fold).permutation(rows)[:count]


def floor_rows(data: Data, fold: int, count: int) -> npt.NDArray[np.int64]:
    """Rows of `count` real records of the fold before: held patients first, no training record.

    Where there are fewer held ones, as many as there are.
    """
    rows = fold_rows(data, fold - 1, None)
    held = rows[data.part[rows] != "train"]
    return held[:count]


def train_rows(data: Data, count: int | None = None) -> npt.NDArray[np.int64]:
    """Rows of the clean adult training records in an order of their own."""
    adult = (data.table["age"] >= _ADULT).to_numpy()
    rows = np.flatnonzero((data.part == "train") & data.clean & adult)
    return np.random.default_rng(1).permutation(rows)[:count]


def cases_of(data: Data, rows: npt.NDArray[np.int64], numbers: Sequence[Mapping]) -> list[Case]:
    """The cases of these rows; `numbers` of each as the ruler measured them at 100 Hz."""
    table = data.table.iloc[rows]
    columns = zip(
        table.index, rows, table["report"], table["age"], table["sex_name"], table["codes"],
        numbers, strict=True,
    )  # fmt: skip
    return [
        Case(
            record=int(record), row=int(row), report=str(report), age=float(age), sex=sex,
            codes=tuple(codes), steady=not UNSTEADY & set(codes), numbers=found,
        )
        for record, row, report, age, sex, codes, found in columns
    ]  # fmt: skip


def real_low(data: Data, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """(n, 8, 1000) mV at 100 Hz."""
    return (np.stack([data.low[row] for row in rows]) / 1000).astype(np.float32)


def nearest_rows(
    requests: Sequence[Request], data: Data, train: npt.NDArray[np.int64], rates: Sequence[float]
) -> npt.NDArray[np.int64]:
    """Per request the row of the training record most like what is asked.

    First the statements that the report reader finds, by Jaccard's index; among equals the
    nearest by heart rate (10 bpm), age (10 years) and sex (1), each counting the same.

    Args:
        rates: heart rate of every row of `train`, NaN where it was not measured.
    """
    codes = scp_codes()
    table = data.table.iloc[train]
    stated = np.array([[code in said for code in codes] for said in table["codes"]], np.float32)
    ages, female = table["age"].to_numpy(float), (table["sex_name"] == "female").to_numpy()
    result = []
    for request in requests:
        spec = plan(request)
        asked = concepts(spec.findings)
        wanted = np.array([code in asked for code in codes], np.float32)
        both = stated @ wanted
        either = np.maximum(stated.sum(axis=1) + wanted.sum() - both, 1)
        apart = np.nan_to_num(np.abs(np.asarray(rates) - spec.heart_rate) / 10, nan=10.0)
        apart += np.abs(ages - spec.age) / 10 + (female != (spec.sex == "female"))
        result.append(train[np.lexsort((apart, -(both / either)))[0]])
    return np.array(result)
