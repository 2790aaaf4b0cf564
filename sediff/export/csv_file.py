"""CSV: comment lines with '#', then time and twelve leads in mV, exact to one microvolt."""

from pathlib import Path

import numpy as np

from sediff.ecg import Ecg
from sediff.export.header import comment_lines
from sediff.leads import LEADS
from sediff.spec import CaseSpec


def write_csv(ecg: Ecg, spec: CaseSpec, folder: Path, stem: str) -> list[Path]:
    """Write `stem`.csv with the columns time_s, I, II .. V6.

    `pandas.read_csv(path, comment='#')` reads it.
    """
    uv = ecg.uv.T
    time_s = np.arange(uv.shape[0]) / ecg.fs
    decimals = 3 if 1000 % ecg.fs == 0 else 6
    head = [f"# {line}" for line in comment_lines(spec)]
    head += [f"# sampling rate: {ecg.fs} Hz, unit: mV", ",".join(("time_s", *LEADS))]
    path = folder / f"{stem}.csv"
    np.savetxt(
        path,
        np.column_stack([time_s, uv / 1000]),
        fmt=[f"%.{decimals}f", *["%.3f"] * len(LEADS)],
        delimiter=",",
        header="\n".join(head),
        comments="",
        encoding="ascii",
    )
    return [path]
