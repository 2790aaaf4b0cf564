"""From the named channels of any file to a 12-lead ECG that can be measured."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sediff.ecg import Ecg
from sediff.errors import DataError
from sediff.leads import EIGHT, LEADS, canonical_lead, derive_twelve
from sediff.measure.signals import MAX_FS, MAX_S, MIN_FS, MIN_S

_MILLIVOLTS = {"mv": 1.0, "uv": 1e-3, "µv": 1e-3, "μv": 1e-3, "v": 1e3, "nv": 1e-6}
_BEFORE = re.compile(r"^(mdc_ecg_lead_|ecg[ _]|ekg[ _]|lead[ _])+", re.IGNORECASE)


def lead_name(channel: str) -> str | None:
    """The lead that a channel's label means ('ECG aVR', 'Lead V1', 'MDC_ECG_LEAD_II'), or None."""
    return canonical_lead(_BEFORE.sub("", str(channel).strip()))


def check_length(record: str, rate: float, length: int) -> None:
    """Refuse what is no short ECG; raises `DataError`."""
    if not (MIN_FS <= rate <= MAX_FS) or abs(rate - round(rate)) > 1e-6:
        raise DataError(
            f"The sampling rate of {record} is {rate:g} Hz; whole rates from {MIN_FS} to "
            f"{MAX_FS} Hz can be read."
        )
    if not MIN_S * rate - 1 <= length <= MAX_S * rate + 1:
        raise DataError(f"The record {record} is not {MIN_S:.0f} to {MAX_S:.0f} seconds long.")


def twelve_of(
    record: str,
    names: Sequence[str],
    units: Sequence[str],
    signals: Sequence[npt.NDArray],
    rate: float,
) -> Ecg:
    """Build an ECG from channels in any order that hold at least I, II and V1-V6.

    Leads that are missing of the other four are derived; those there are kept as they are.

    Args:
        record: what errors call the file. rate: Hz.
        names, units, signals: of each channel; other channels are passed over.

    Raises:
        DataError: a lead is missing, there twice, of another length or in another unit.
    """
    leads = _leads(record, names, units, signals)
    twelve = derive_twelve(np.stack([leads[name] for name in EIGHT]))
    for name in LEADS[2:6]:
        if name in leads:
            twelve[LEADS.index(name)] = leads[name]
    return Ecg(twelve.astype(np.float32), round(rate), {"file": record})


def _leads(
    record: str, names: Sequence[str], units: Sequence[str], signals: Sequence[npt.NDArray]
) -> dict[str, npt.NDArray]:
    leads: dict[str, npt.NDArray] = {}
    for raw, unit, samples in zip(names, units, signals, strict=True):
        name = lead_name(raw)
        if name is None:
            continue
        if name in leads:
            raise DataError(f"The record {record} has lead {name} twice.")
        scale = _MILLIVOLTS.get(str(unit).strip().lower())
        if scale is None:
            raise DataError(f"Lead {name} of {record} is in {str(unit)[:20]!r}, not in mV or uV.")
        leads[name] = np.asarray(samples, dtype=np.float64) * scale
    missing = [name for name in EIGHT if name not in leads]
    if missing:
        raise DataError(f"The record {record} lacks lead {', '.join(missing)}.")
    if len({len(samples) for samples in leads.values()}) != 1:
        raise DataError(f"The leads of {record} are not equally long.")
    return leads
