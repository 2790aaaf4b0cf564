"""`python -m sediff.evaluation FIGURE`: the commands that measure what the README claims."""

import argparse
import json
from pathlib import Path

from sediff.errors import SediffError
from sediff.evaluation.ablation import ablation
from sediff.evaluation.beat_fit import beat_fit
from sediff.evaluation.control import heart_rate, sameness, speed, steering
from sediff.evaluation.criteria import criteria
from sediff.evaluation.edits import edits
from sediff.evaluation.gallery import gallery, vocabulary
from sediff.evaluation.guidance import guidance
from sediff.evaluation.intervals import intervals
from sediff.evaluation.likeness import likeness
from sediff.evaluation.paraphrases import paraphrases
from sediff.evaluation.patients import patients
from sediff.evaluation.rates import rate_agreement
from sediff.evaluation.reconstruction import reconstruction
from sediff.evaluation.truth import truth

FIGURES = {
    "heart-rate": heart_rate,
    "speed": speed,
    "sameness": sameness,
    "steering": steering,
    "edits": edits,
    "patients": patients,
    "paraphrases": paraphrases,
    "likeness": likeness,
    "intervals": intervals,
    "rate-agreement": rate_agreement,
    "reconstruction": reconstruction,
    "beat-fit": beat_fit,
    "ablation": ablation,
    "guidance": guidance,
    "criteria": criteria,
    "gallery": gallery,
    "truth": truth,
    "vocabulary": vocabulary,
}


def main() -> int:
    """Print one figure as JSON."""
    parser = argparse.ArgumentParser(prog="python -m sediff.evaluation", description=__doc__)
    parser.add_argument("figure", choices=list(FIGURES))
    parser.add_argument("--data", help="PTB-XL folder")
    parser.add_argument("--fold", type=int, default=9)
    parser.add_argument("--work", type=Path, default=Path("runs"), help="folder of the cache")
    parser.add_argument("--simulated", action="store_true", help="vocabulary: without the model")
    parser.add_argument("--count", type=int, default=200, help="requests")
    parser.add_argument(
        "--out", type=Path, help="also write the JSON here; gallery, vocabulary: folder"
    )
    arguments = parser.parse_args()
    try:
        result = FIGURES[arguments.figure](arguments)
    except SediffError as error:
        print(error)
        return 1
    text = json.dumps(result, indent=2)
    print(text)
    if arguments.out and arguments.figure not in ("gallery", "vocabulary"):
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        arguments.out.write_text(text + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
