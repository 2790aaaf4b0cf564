"""Our own JSON: the case, the samples and how they were made; what it holds comes back whole.

{"format": "sediff-ecg", "version": 1, "mark": ..., "fs": 500, "unit": "uV",
 "leads": ["I", ...], "patient": {"age_years": 72, "sex": "female"},
 "spec": {...}, "provenance": {...}, "uv": {"I": [0, ...], ...}}
"""

import json
from pathlib import Path

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.leads import LEADS
from sediff.spec import CaseSpec

FORMAT, VERSION = "sediff-ecg", 1


def write_json(ecg: Ecg, spec: CaseSpec, folder: Path, stem: str) -> list[Path]:
    """Write `stem`.json; `sediff.imports` reads it back."""
    held = {
        "format": FORMAT,
        "version": VERSION,
        "mark": SYNTHETIC_MARK,
        "program": "SE-Diff Studio",
        "fs": ecg.fs,
        "unit": "uV",
        "leads": list(LEADS),
        "patient": {"age_years": spec.age, "sex": spec.sex},
        "spec": json.loads(spec.to_json()),
        "provenance": {k: v for k, v in ecg.provenance.items() if k != "spec"},
        "uv": {lead: row.tolist() for lead, row in zip(LEADS, ecg.uv, strict=True)},
    }
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"), default=str)
    (path := folder / f"{stem}.json").write_text(text + "\n", encoding="utf-8")
    return [path]
