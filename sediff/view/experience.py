"""What the pages say about experience: numbers of real ECGs beside this one, notes in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sediff.experience.snippet import ASPECTS, Aspect, Snippet
from sediff.experience.statistics import LABELS, LEAST, Group, Number, group_of, unit_of
from sediff.findings import FINDINGS, Finding
from sediff.leads import LEADS
from sediff.measure.values import Measurements, Value
from sediff.view.text import say

# What a reader wants first; the others wait behind a fold where room is short.
_SHORT: tuple[Aspect, ...] = ("look", "pitfall", "mimic")
# Without aVR, which mirrors what the others show and which few read.
_LEAD_NUMBERS = tuple(
    name for name in LABELS if name.partition("_")[2] in LEADS and not name.endswith("aVR")
)
_RARE = 0.1  # share of a group below which a number says nothing of it (PR in fibrillation)
_TELLING = 0.75  # quartile distances of normal ECGs between two medians that are worth a line
_SELDOM = 0.02  # share of a group below which a companion is left out
_RHYTHMS = ("rhythm", "ectopy")
Place = Literal["inside", "above", "below", "outside", ""]


@dataclass(frozen=True)
class Line:
    """One number of real ECGs, and the same of this one.

    Attributes:
        name: as in `sediff.experience.statistics.LABELS`. typical: median and quartiles. n: real
            ECGs that have it. yours: of this ECG, '' where it was not measured; `place`: where
            that lies against the quartiles.
    """

    name: str
    label: str
    typical: str
    n: int
    yours: str = ""
    place: Place = ""


def aspect_name(aspect: Aspect) -> str:
    """What a kind of note is called: 'How it looks'."""
    return say(f"experience.aspect_{aspect}")


def label_of(name: str) -> str:
    """What a number is called on the page: 'Heart rate', 'T in V2'."""
    wave, _, lead = name.partition("_")
    if lead in LEADS:
        return say(f"experience.label_{wave}_lead", lead=lead)
    return say(f"experience.label_{name}")


def tell(value: float, name: str) -> str:
    """A number with its unit: '142 ms', '-0.15 mV', '-30°'."""
    unit = unit_of(name)
    return f"{_bare(value, name)}{unit}" if unit == "°" else f"{_bare(value, name)} {unit}"


def tell_typical(number: Number, name: str) -> str:
    """Median and quartiles: '142 ms (128 to 156)'."""
    low, high = number.quartiles
    return say(
        "experience.typical",
        median=tell(number.median, name),
        low=_bare(low, name),
        high=_bare(high, name),
    )


def place_of(value: float, number: Number, name: str) -> Place:
    """Where `value` lies against the quartiles; of an axis only whether it lies within."""
    low, high = number.quartiles
    if unit_of(name) == "°":
        turns = (value - 360, value, value + 360)
        return "inside" if any(low <= turn <= high for turn in turns) else "outside"
    return "below" if value < low else "above" if value > high else "inside"


def measured_number(measured: Measurements, name: str) -> float | None:
    """The number of this ECG that the table calls `name`; None where it was not measured."""
    wave, _, lead = name.partition("_")
    if wave == "st" and lead in LEADS:
        return measured.st_mv[lead].value
    if lead in LEADS:
        waves = measured.leads.get(lead)
        if waves is None:
            return None
        return {"r": waves.tall_mv, "s": waves.deep_mv, "t": waves.t_mv}[wave]
    value: Value = getattr(measured, name)
    return value.value


def lines_of(
    group: Group, names: Iterable[str], measured: Measurements | None = None
) -> list[Line]:
    """A line for each number of a group that `LEAST` ECGs have, in the order of `names`."""
    lines = []
    for name in names:
        number = group.numbers.get(name)
        if number is None or number.n < max(LEAST, _RARE * group.n) or _lacks(group, name):
            continue
        value = None if measured is None else measured_number(measured, name)
        yours = "" if value is None else tell(value, name)
        place: Place = "" if value is None else place_of(value, number, name)
        typical = tell_typical(number, name)
        lines.append(Line(name, label_of(name), typical, number.n, yours, place))
    return lines


def main_numbers(group: Group) -> tuple[str, ...]:
    """The numbers that every reader asks for; the spread of RR only where rhythm is the finding."""
    rhythm = any(FINDINGS[id].family in _RHYTHMS for id in group.findings)
    main = ("heart_rate", "pr_ms", "qrs_ms", "qtc_ms", "axis_deg")
    return (*main, "rr_sd_ms") if rhythm else main


def telling_numbers(group: Group, most: int = 3) -> tuple[str, ...]:
    """Waves of single leads in which a group differs most from normal ECGs, one of each kind."""
    normal = group_of(("normal_ecg",))
    if normal is None or group.findings == normal.findings:
        return ()
    apart: list[tuple[float, str]] = []
    for name in _LEAD_NUMBERS:
        if name in group.numbers and name in normal.numbers:
            low, high = normal.numbers[name].quartiles
            far = abs(group.numbers[name].median - normal.numbers[name].median)
            apart.append((far / max(high - low, 0.02), name))  # mV: no line is finer
    kept: dict[str, str] = {}
    for far, name in sorted(apart, reverse=True):
        if far >= _TELLING:
            kept.setdefault(name.partition("_")[0], name)
    return tuple(kept.values())[:most]


def apart_from_normal(group: Group) -> float:
    """How far the farthest main number lies from normal ECGs, in their quartile distances."""
    normal = group_of(("normal_ecg",))
    far = [0.0]
    for name in main_numbers(group):
        if normal and name in normal.numbers and lines_of(group, (name,)):
            low, high = normal.numbers[name].quartiles
            other = normal.numbers[name].median
            far.append(abs(group.numbers[name].median - other) / max(high - low, 1.0))
    return max(far)


def people_of(group: Group) -> str:
    """'87 ECGs of women of 60-74 years with left bundle branch block'."""
    return say("experience.ecgs_of", n=f"{group.n:,}", people=group.people)


def companions_of(group: Group) -> str:
    """'left atrial enlargement (12 %), ...' of ECGs that state this too; '' without any."""
    whole = group if group.companions else group_of(group.findings)
    if whole is None or len(whole.findings) != 1:
        return ""
    finding, ids = whole.findings[0], {id for id, _ in whole.companions}
    told = [
        (n, FINDINGS[id].name)
        for id, n in whole.companions
        if n >= max(LEAST, _SELDOM * whole.n) and _says_more(id, {finding, *ids} - {id})
    ]
    return ", ".join(
        say("experience.companion", name=name, share=f"{100 * n / whole.n:.0f}")
        for n, name in sorted(told, reverse=True)
    )


def limits_of(note: Snippet) -> str:
    """Which patients a note speaks of: 'women of 18 to 40 years'; '' for everyone."""
    who = say(f"experience.who_{note.sex or 'any'}")
    low, high = note.age_min, note.age_max
    if low is not None and high is not None:
        return say("experience.limits_between", who=who, low=f"{low:g}", high=f"{high:g}")
    if low is not None:
        return say("experience.limits_from", who=who, low=f"{low:g}")
    if high is not None:
        return say("experience.limits_to", who=who, high=f"{high:g}")
    return who if note.sex else ""


def notes_for(
    finding: Finding,
    notes: Iterable[Snippet],
    stage: str = "",
    age: float | None = None,
    sex: str | None = None,
) -> list[Snippet]:
    """Notes of one finding that hold for a patient and a stage, how it looks first.

    Args:
        stage: '' leaves all stages in, the usual one first.
    """
    order = {one.id: k for k, one in enumerate(finding.stages)}
    kept = [
        note
        for note in notes
        if note.finding == finding.id
        and note.holds_for(age, sex)
        and (not stage or note.stage in ("", stage))
    ]
    return sorted(kept, key=lambda s: (ASPECTS.index(s.aspect), order.get(s.stage, -1)))


def short_and_long(notes: Sequence[Snippet]) -> tuple[list[Snippet], list[Snippet]]:
    """The first note on look, pitfall and look-alikes, and all the others."""
    short = []
    for aspect in _SHORT:
        short += [note for note in notes if note.aspect == aspect][:1]
    return short, [note for note in notes if note not in short]


def _says_more(id: str, others: Iterable[str]) -> bool:
    """Whether a companion is more than another word for one of the others, or a form of it."""
    finding = FINDINGS.get(id)
    return finding is not None and not finding.vague and not set(others) & set(finding.implies)


def _lacks(group: Group, name: str) -> bool:
    return any(name in FINDINGS[id].lacks for id in group.findings)


def _bare(value: float, name: str) -> str:
    if unit_of(name) == "mV":
        return f"{round(value, 2) + 0.0:.2f}"  # + 0.0: no '-0.00'
    return f"{round(value)}"
