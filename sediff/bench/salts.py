"""What a level of potassium or calcium is drawn as: a finding, its stage and its strength.

The levels follow Diercks et al., J Emerg Med 2004;27:153-160: tented T from 5.5 mmol/l, long PR
and wide QRS from 6.5, no P and in the end a sine wave from 8. Hearts differ widely, and an ECG can
be normal at any of them; what moves within a band follows the usual range of its finding.
"""

from dataclasses import dataclass

from sediff.findings import FINDINGS

POTASSIUM = (2.5, 9.0)  # mmol/l, lowest and highest that can be drawn
CALCIUM = (1.2, 4.0)  # mmol/l, total
_MILD, _SEVERE = 0.85, 1.2  # of the amount: beyond, a report would say so


@dataclass(frozen=True)
class Salt:
    """One disturbance as it is drawn.

    Attributes:
        id, stage: of the finding. amount: its strength, as in `Stated`.
        numbers: (attribute of `Request`, value) that move with the level.
        qtc_ms: None where the level does not set it.
    """

    id: str
    stage: str
    amount: float = 1.0
    numbers: tuple[tuple[str, float], ...] = ()
    qtc_ms: float | None = None

    @property
    def words(self) -> str:
        """As a report says it: 'severe hypokalaemia'."""
        name = FINDINGS[self.id].at(self.stage).name
        if self.amount <= _MILD:
            return f"mild {name}"
        return f"severe {name}" if self.amount >= _SEVERE else name


@dataclass(frozen=True)
class _Band:
    """From one level to another: which picture, and how it grows on the way."""

    low: float
    high: float
    id: str
    stage: str = ""
    amount: tuple[float, float] = (1.0, 1.0)
    moves: tuple[str, ...] = ()
    qtc: bool = False


_POTASSIUM = (
    _Band(2.5, 3.5, "hypokalaemia", amount=(1.5, 0.5)),
    _Band(5.5, 6.5, "hyperkalaemia", "1", amount=(0.6, 1.2)),
    _Band(6.5, 7.3, "hyperkalaemia", "2", moves=("pr_ms",)),
    _Band(7.3, 8.0, "hyperkalaemia", "3", moves=("qrs_ms",)),
    _Band(8.0, 9.01, "hyperkalaemia", "4", moves=("qrs_ms",)),
)
_CALCIUM = (
    _Band(1.2, 2.1, "hypocalcaemia", qtc=True),
    _Band(2.8, 4.01, "hypercalcaemia", qtc=True),
)


def potassium(mmol_l: float) -> Salt | None:
    """What this much potassium draws; None from 3.5 up to 5.5 mmol/l."""
    return _salt(_POTASSIUM, mmol_l)


def calcium(mmol_l: float) -> Salt | None:
    """What this much total calcium draws; None from 2.1 up to 2.8 mmol/l."""
    return _salt(_CALCIUM, mmol_l)


def _salt(bands: tuple[_Band, ...], level: float) -> Salt | None:
    band = next((b for b in bands if b.low <= level < b.high), None)
    if band is None:
        return None
    share = (level - band.low) / (band.high - band.low)
    typical = FINDINGS[band.id].at(band.stage).typical

    def on_the_way(low: float, high: float) -> float:
        return low + share * (high - low)

    if band.qtc:  # calcium and QT run against each other
        low, high = typical["qtc_ms"]
        return Salt(band.id, band.stage, qtc_ms=round(on_the_way(high, low)))
    return Salt(
        band.id,
        band.stage,
        round(on_the_way(*band.amount), 2),
        tuple((name, float(round(on_the_way(*typical[name])))) for name in band.moves),
    )
