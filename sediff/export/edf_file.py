"""EDF+: a header for each lead, int16 samples, and the settings as annotations (edfplus.info)."""

import datetime
from math import gcd
from pathlib import Path

import numpy as np

from sediff.ecg import Ecg
from sediff.errors import DataError
from sediff.export.header import EPOCH, comment_lines
from sediff.leads import LEADS
from sediff.spec import CaseSpec

# Full scale in mV, the first that holds the signal. Digital values run from -32767 to 32767, so
# that zero stays zero: a step is 0.1, 0.2 or 0.5 uV, and in the widest range 1 uV.
RANGES_MV = (3.2768, 6.5536, 16.384, 32.767)
_DIGITAL = 32767


def write_edf(ecg: Ecg, spec: CaseSpec, folder: Path, stem: str) -> list[Path]:
    """Write `stem`.edf; every sample is the stored one to less than 0.5 uV.

    Raises:
        DataError: the length cannot be cut into the equal records that EDF wants.
    """
    import edfio  # only for this format

    limit_mv = next(r for r in RANGES_MV if np.abs(ecg.uv.astype(int)).max(initial=0) <= 1000 * r)
    digital = np.rint(ecg.uv * (_DIGITAL / (1000 * limit_mv))).astype(np.int16)
    signals = [
        edfio.EdfSignal.from_digital(
            row,
            ecg.fs,
            label=f"ECG {lead}",  # the standard texts of EDF+ name type, then lead
            transducer_type="simulated electrode",
            physical_dimension="mV",
            physical_range=(-limit_mv, limit_mv),
            digital_range=(-_DIGITAL, _DIGITAL),
        )
        for lead, row in zip(LEADS, digital, strict=True)
    ]
    try:
        file = edfio.Edf(
            signals,
            patient=_patient(edfio, spec),
            recording=edfio.Recording(
                startdate=datetime.date.fromisoformat(EPOCH),
                equipment_code="SE-Diff_Studio",
                additional=("SYNTHETIC", "NOT_FOR_DIAGNOSIS"),
            ),
            data_record_duration=gcd(ecg.uv.shape[1], ecg.fs) / ecg.fs,
            # Readers sort annotations by time, then letter: a millisecond keeps their order.
            annotations=[
                edfio.EdfAnnotation(i / 1000, None, line)
                for i, line in enumerate(comment_lines(spec))
            ],
        )
    except ValueError as error:
        raise DataError("An ECG of this length and sampling rate does not fit into EDF.") from error
    file.write(path := folder / f"{stem}.edf")
    return [path]


def _patient(edfio, spec: CaseSpec):  # type: ignore[no-untyped-def]
    """Nobody's name: EDF+ has no field for an age, so it follows as a further one."""
    return edfio.Patient(
        code="SYNTHETIC",
        sex="F" if spec.sex == "female" else "M",
        name="Synthetic",
        additional=(f"age_{spec.age:.0f}_years",),
    )
