"""Pictures of ten different reports, to be looked at by somebody who reads ECGs."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from sediff.pipeline import asked_against_measured, generate_many
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
                for row in asked_against_measured(one)
                if row.status in ("missed", "unsure")
            ],
        }
    return missed
