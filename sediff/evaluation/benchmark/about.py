"""What a report says of itself: its requests, weights and date, and the names of its codes."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sediff.evaluation.benchmark.gather import Asked
from sediff.evaluation.benchmark.sets import EcgSet
from sediff.evaluation.benchmark.signal import Drawn
from sediff.evaluation.benchmark.sources import OURS
from sediff.findings import by_scp
from sediff.training.inputs import Data
from sediff.training.ptbxl import data_root


def about(
    asked: Asked, drawn: Drawn, used: Mapping[str, str], command: str, seconds: float
) -> dict[str, Any]:
    """What was measured, as JSON; `used`: weight file -> sha256."""
    own: Sequence[EcgSet] = drawn.sets[OURS]
    steady = int(drawn.steady.sum())
    return {
        "split": f"fold{asked.fold}",
        "requests": len(drawn.cases),
        "steady": steady,
        "seeds": len(own),
        "candidates": 1,
        "weights": dict(used),
        "command": command,
        "date": datetime.now(UTC).date().isoformat(),
        "seconds": round(seconds),
        "notes": [
            f"{len(drawn.cases)} requests of fold {asked.fold}, whose patients are in no "
            f"part of training; {steady} of them without AF, ectopy or block.",
            "Of a record only its report, age, sex and heart rate are asked; where it is said, "
            "its PR, QRS, QT and axis too. Nothing is fitted to the record.",
            f"One draw an ECG and {len(own)} seeds. The model without simulation, the draws that "
            "the app repeats where criteria fail, and the DiffuSETS-style model: first seed.",
            "In brackets: 95 % interval over requests, by bootstrap, of distances by jackknife. "
            "A bar is judged by the figure itself; a bar that is missed says so.",
            f"Real floor: {len(drawn.floor)} records of patients of fold {asked.fold - 1} "
            "that are in no training record; each row says which real ECGs it means.",
        ],
    }


def training_counts(data: Data, codes: Sequence[str]) -> dict[str, int]:
    """Training ECGs of each code."""
    stated = data.table["codes"].to_numpy()[(data.part == "train") & data.clean]
    return {code: sum(code in said for said in stated) for code in codes}


def code_names(root: str | None, codes: Sequence[str]) -> dict[str, str]:
    """Code -> what it is called: by our vocabulary, else by the data set's own list."""
    path = data_root(root) / "scp_statements.csv"
    listed = {}
    if path.is_file():
        with path.open(encoding="utf-8") as file:
            listed = {row[""]: row["description"] for row in csv.DictReader(file) if row.get("")}
    return {c: by_scp(c)[0].name if by_scp(c) else listed.get(c, c) for c in codes}
