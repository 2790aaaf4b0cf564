"""`python -m sediff.evaluation FIGURE`: the commands that measure what the README claims."""

import argparse
import json
from pathlib import Path

from sediff.errors import SediffError
from sediff.evaluation import control


def main() -> int:
    """Print one figure as JSON."""
    parser = argparse.ArgumentParser(prog="python -m sediff.evaluation", description=__doc__)
    parser.add_argument("figure", choices=sorted(control.FIGURES))
    parser.add_argument("--data", help="PTB-XL folder")
    parser.add_argument("--fold", type=int, default=9)
    parser.add_argument("--count", type=int, default=200, help="requests")
    parser.add_argument("--out", type=Path, help="also write the JSON here")
    arguments = parser.parse_args()
    try:
        result = control.FIGURES[arguments.figure](arguments)
    except SediffError as error:
        print(error)
        return 1
    text = json.dumps(result, indent=2)
    print(text)
    if arguments.out:
        arguments.out.write_text(text + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
