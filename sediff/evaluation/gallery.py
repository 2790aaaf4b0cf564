"""Pictures to be looked at by somebody who reads ECGs: ten reports, or every finding."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from sediff.criteria.validate import BATCH, Case, cases_of, judged
from sediff.pipeline import Generated, generate_many, simulate_only
from sediff.spec import Request
from sediff.view.picture import png

REPORTS = (
    "Normal ECG, 25-year-old man",
    "72-year-old woman, atrial fibrillation with rapid ventricular response, old inferior infarct",
    "Sinus bradycardia, left bundle branch block, 80-year-old man",
    "Sinus rhythm, right bundle branch block, left anterior fascicular block, 77-year-old woman",
    "Sinus tachycardia, 35-year-old woman",
    "First-degree AV block, 68-year-old man",
    "Left ventricular hypertrophy with strain, 60-year-old man",
    "Old anteroseptal infarct, 70-year-old man",
    "Sinus rhythm with premature ventricular contractions, 64-year-old woman",
    "Inferior STEMI, 58-year-old man",
)


def gallery(arguments: Namespace) -> dict[str, Any]:
    """Write one PNG a report into the folder `--out`, and tell what was missed."""
    folder = Path(arguments.out or "gallery")
    folder.mkdir(parents=True, exist_ok=True)
    missed = {}
    made = generate_many([Request(report=text, seed=i + 1) for i, text in enumerate(REPORTS)])
    for i, one in enumerate(made):
        (folder / f"{i:02d}.png").write_bytes(png(one.ecg, heading=one.spec.report))
        missed[one.spec.report] = {
            "rhythm": one.measured.rhythm,
            "missed": [
                f"{row.name}: asked {row.asked}, measured {row.measured}"
                for row in one.compared()
                if row.status in ("missed", "unsure")
            ],
        }
    return missed


def vocabulary(arguments: Namespace) -> dict[str, Any]:
    """Write one PNG a finding and stage into `--out`, generated or `--simulated`.

    Returns:
        {file: what the measurement says of the rhythm, and which of its criteria are not met}.
    """
    folder = Path(arguments.out or "vocabulary")
    folder.mkdir(parents=True, exist_ok=True)
    cases = [case for finding in judged() for case in cases_of(finding, 1)]
    told: dict[str, Any] = {}
    for start in range(0, len(cases), BATCH):
        part = cases[start : start + BATCH]
        requests = [case.request for case in part]
        made = [*map(simulate_only, requests)] if arguments.simulated else generate_many(requests)
        told |= {
            _file(case): _shown(case, one, folder) for case, one in zip(part, made, strict=True)
        }
    return told


def _file(case: Case) -> str:
    return f"{case.id}{'-' + case.stage if case.stage else ''}.png"


def _shown(case: Case, made: Generated, folder: Path) -> dict[str, Any]:
    heading = f"{made.spec.report}   {made.spec.age:.0f} y, {made.spec.sex}"
    (folder / _file(case)).write_bytes(png(made.ecg, heading=heading))
    failed = [o.name for verdict in made.verdicts for o in verdict.failed]
    return {"rhythm": made.measured.rhythm, "not met": failed}
