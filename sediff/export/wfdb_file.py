"""WFDB: a .hea header and a .dat of int16 samples, as on PhysioNet."""

from pathlib import Path

from sediff.ecg import Ecg
from sediff.export.header import comment_lines
from sediff.leads import LEADS
from sediff.spec import CaseSpec

UNITS_PER_MV = 1000.0  # one unit is one microvolt, so nothing is rounded


def write_wfdb(ecg: Ecg, spec: CaseSpec, folder: Path, stem: str) -> list[Path]:
    """Write `stem`.hea and `stem`.dat: format 16, gain 1000 per mV, baseline 0.

    Returns:
        Header and signal file.
    """
    import wfdb  # takes a second, and no page needs it before a download

    wfdb.wrsamp(
        stem,
        fs=ecg.fs,
        units=["mV"] * len(LEADS),
        sig_name=list(LEADS),
        d_signal=ecg.uv.T,  # wfdb wants (time, leads)
        fmt=["16"] * len(LEADS),
        adc_gain=[UNITS_PER_MV] * len(LEADS),
        baseline=[0] * len(LEADS),
        comments=comment_lines(spec),
        write_dir=str(folder),
    )
    return [folder / f"{stem}.hea", folder / f"{stem}.dat"]
