"""Checks of pacing pulses: what they start, what they miss, what they ignore."""

from sediff.criteria.blocks import any_of, in_leads, number, rhythm_is, truth, unless
from sediff.criteria.check import Check, Criteria
from sediff.measure.values import LeadWaves, Measurements, Spike
from sediff.simulator.simulation import Span

_STATEMENTS = "AHA/ACCF/HRS diagnostic statement list (Mason 2007)"
_TEXTBOOK = "Ellenbogen and Kaszala, Cardiac Pacing and ICDs, 2014"
_AMMANN = "Ammann, Ann Intern Med 2005;142:968-973"
_CAPTURES_S = 0.12  # from a pulse to the QRS that it starts
_REFRACTORY_S = 0.45  # after a QRS onset, within which no pulse can start another
_JUDGED_S = 0.3
_INSIDE_S = 0.02  # from the QRS onset on, a pulse can no longer have started it


def _spans(spikes: list[Spike]) -> list[Span]:
    return [(s.at_s - 0.02, s.at_s + 0.02) for s in spikes]


def _of(chamber: str):
    return lambda m: [s for s in m.rhythm_seen.spikes if s.chamber == chamber]


_ATRIAL, _VENTRICULAR = _of("A"), _of("V")


def pulses(chamber: str, name: str) -> Check:
    """Most beats follow a pulse of this chamber."""
    choose = _ATRIAL if chamber == "A" else _VENTRICULAR

    def holds(m: Measurements) -> bool | None:
        return None if len(m.beats) < 2 else len(choose(m)) >= 0.6 * len(m.beats)

    return truth(name, holds, "before most beats", lambda m: _spans(choose(m)))


def _since_qrs(m: Measurements, spike: Spike) -> float | None:
    """Time from the last QRS onset before a pulse, s; None before the first beat."""
    before = [b.qrs[0] for b in m.beats if b.qrs[0] <= spike.at_s]
    return spike.at_s - before[-1] if before else None


def _starts(m: Measurements, spike: Spike) -> bool:
    """Whether a QRS begins right after the pulse."""
    return any(-_INSIDE_S / 4 <= b.qrs[0] - spike.at_s <= _CAPTURES_S for b in m.beats)


def _uncaptured(m: Measurements) -> list[Spike]:
    """Pulses for the ventricle, outside its refractory time, that no QRS follows."""
    later = [b.qrs[0] for b in m.beats] + [s.at_s for s in m.rhythm_seen.spikes]
    found = []
    for spike in m.rhythm_seen.spikes:
        since = _since_qrs(m, spike)
        late = since is not None and since > _REFRACTORY_S
        judged = max(later) > spike.at_s + _JUDGED_S  # the record must go on after it
        atrial = spike.chamber == "A" and 2 * len(_ATRIAL(m)) >= len(m.beats)
        if not atrial and late and judged and not _starts(m, spike):
            found.append(spike)
    return found


def _unsensed(m: Measurements) -> list[Spike]:
    """Pulses that fall into the patient's own QRS, ST or T: that beat was not sensed."""
    starting = [s.at_s for s in m.rhythm_seen.spikes if _starts(m, s)]
    own = [b for b in m.beats if not any(-0.005 <= b.qrs[0] - at <= _CAPTURES_S for at in starting)]
    return [
        s
        for s in m.rhythm_seen.spikes
        if any(_INSIDE_S < s.at_s - b.qrs[0] < _REFRACTORY_S for b in own)
    ]


def _any(choose, need: int):
    return lambda m: None if len(m.beats) < 2 else len(choose(m)) >= need


_CAPTURE_LOST = truth(
    "Pulses without capture", _any(_uncaptured, 1), "at least one outside the refractory time",
    lambda m: _spans(_uncaptured(m)),
)  # fmt: skip
_NOT_SENSED = truth(
    "Pulses in the patient's own beats", _any(_unsensed, 2), "at least two",
    lambda m: _spans(_unsensed(m)),
)  # fmt: skip
_P_WAVES = truth(
    "P before the QRS", lambda m: None if not m.beats else sum(b.p is not None for b in m.beats)
    >= 0.6 * len(m.beats), "before most beats",
)  # fmt: skip
_WIDE = number("QRS duration", "qrs_ms", low=120, wave="QRS")
_V, _A = pulses("V", "Ventricular pulses"), pulses("A", "Atrial pulses")


def _excess(w: LeadWaves) -> float:
    """R minus S, mV: the sign says whether R/S is above 1."""
    return w.tall_mv - w.deep_mv


PACED = Criteria(_STATEMENTS, (rhythm_is("paced"), _V, _WIDE))
ATRIAL = Criteria(_STATEMENTS, (rhythm_is("paced"), _A, unless("No ventricular pulses", _V)))
DUAL = Criteria(_STATEMENTS, (rhythm_is("paced"), _A, _V, _WIDE))
BIVENTRICULAR = Criteria(
    _AMMANN,
    (
        rhythm_is("paced"),
        _V,
        any_of(
            "Left ventricular capture",
            in_leads("R not smaller than S in V1", ("V1",), _excess, low=0),
            in_leads("R not larger than S in I", ("I",), _excess, high=0),
        ),
    ),
)
NO_CAPTURE = Criteria(_TEXTBOOK, (_CAPTURE_LOST,))
NO_SENSE = Criteria(_TEXTBOOK, (_NOT_SENSED,))
