"""`plan`: a request becomes a complete case spec; nothing is drawn yet, nothing heavy is loaded.

Fields outrank words; words outrank what a finding implies; what is left open is drawn from real
people of that age, sex and finding. Every choice is written into `CaseSpec.origins`.
"""

from collections.abc import Collection, Iterator, Mapping

import numpy as np

from sediff.experience.statistics import Group, band_of, closest, people, representative
from sediff.findings import FINDINGS, conflicts, expand
from sediff.findings.finding import Finding, Range
from sediff.report import Reading, read
from sediff.spec import LIMITS, CaseSpec, Origin, Request, Sex, Stated

# Below about 0.6 single beats of one heart still differ in shape; above 0.8 every heart of one
# finding looks like its drawing (looked at over bundle branch blocks and old infarcts).
DEFAULT_ADHERENCE = 0.5  # nearer to the simulation, ECGs look less like real ones
_DRAWN = ("heart_rate", "pr_ms", "qrs_ms", "qtc_ms", "axis_deg", "rr_sd_ms")
# Where a report states findings, a number that none of them speaks of stays within these: else the
# ECG would show a second finding that nobody asked for. Within the 2nd-98th percentile of 46,129
# low-risk people (Mason et al., J Electrocardiol 2007).
_USUAL: Mapping[str, Range] = {
    "heart_rate": (54, 98), "pr_ms": (120, 198), "qrs_ms": (70, 108), "qtc_ms": (365, 445),
    "axis_deg": (-25, 88),
}  # fmt: skip
_LEFT_OPEN_AGE = (35.0, 80.0)  # years: where nine in ten people with an ECG in PTB-XL are
_OTHER_LIMITS = {"rr_sd_ms": (5.0, 400.0), "qtc_ms": (290.0, 620.0)}  # no field asks for these
_BEFORE_NEXT_P = 0.85  # share of RR in which PR and QT leave room for a T end that can be seen
_SHORT_PR_MS = 140.0  # down to here an open PR gives way to a long QT
_LONGEST_QT = 0.82  # share of RR: T must end before the next P or QRS, whatever the QTc says
_STEADY_BPM = 70.0  # up to here the asked spread of RR is drawn as it is


def plan(request: Request, experience: bool = True) -> CaseSpec:
    """Complete a request.

    Args:
        experience: False draws open numbers from everyone of that age and sex instead of from
            people with the findings; only to compare.

    Returns:
        A spec; the same request always gives the same one.

    Raises:
        WeightsError: the population table is missing.
    """
    reading = read(request.report)
    rng = np.random.default_rng([request.seed, 1])
    origins: dict[str, Origin] = {}
    notes = list(_notes(request, reading))
    age, sex = _patient(request, reading, rng, origins)
    findings = expand(reading.findings)
    known = [FINDINGS[stated.id].at(stated.stage) for stated in findings]
    given = _given(request, reading, origins, notes)
    if request.adherence is not None:
        origins["adherence"] = "field"
    like_it = [finding.id for finding in known] if experience else []
    numbers = _numbers(given, known, like_it, (age, sex), rng, origins)
    lacks = {name for f in known for name in f.lacks}
    notes += _left_out(lacks, p=request.p_mv is not None, pr="pr_ms" in given)
    return CaseSpec(
        report=request.report,
        age=age,
        sex=sex,
        heart_rate=numbers["heart_rate"],
        qrs_ms=numbers["qrs_ms"],
        qt_ms=numbers["qt_ms"],
        axis_deg=numbers["axis_deg"],
        pr_ms=None if "pr_ms" in lacks else numbers["pr_ms"],
        findings=findings,
        rhythm=_first(known, "rhythm", "sinus"),
        conduction=_first(known, "conduction", "normal"),
        ectopy=_ectopy(known),
        pacing=_first(known, "pacing", ""),
        technique=tuple(f.technique for f in known if f.technique),
        rr_sd_ms=numbers["rr_sd_ms"],
        p_mv=None if "p_mv" in lacks else request.p_mv,
        t_mv=request.t_mv,
        st_mv=request.st_mv or tuple(reading.st_mv),
        waves=request.waves,
        adherence=DEFAULT_ADHERENCE if request.adherence is None else request.adherence,
        seed=request.seed,
        lacks=tuple(sorted(lacks)),
        conflicts=tuple(sentence for _, _, sentence in conflicts(s.id for s in findings)),
        origins=tuple(sorted(origins.items())),
        notes=(*notes, *_open_note(findings, age, sex)),
    )


def _numbers(
    given: Mapping[str, float],
    known: list[Finding],
    like_it: list[str],
    person: tuple[float, Sex],
    rng: np.random.Generator,
    origins: dict[str, Origin],
) -> dict[str, float]:
    """Every number of the case: those given, and the others as the findings leave them open."""
    # One draw a number, given or not: setting one number must not change the others.
    luck = dict(zip(_DRAWN, rng.uniform(0.1, 0.9, len(_DRAWN)), strict=True))
    numbers = {
        name: given[name]
        if name in given
        else _open(name, luck[name], known, like_it, *person, origins)
        for name in _DRAWN
    }
    numbers |= _qt(numbers, given, known, origins)
    numbers |= _room(numbers, known, given)
    # A fast sinus node hardly varies: the share of RR falls with RR (ESC/NASPE Task Force 1996).
    numbers["rr_sd_ms"] *= min(1.0, (_STEADY_BPM / numbers["heart_rate"]) ** 2)
    return numbers


def _left_out(lacks: Collection[str], p: bool, pr: bool) -> Iterator[str]:
    """What was asked (P, PR) although the rhythm has none."""
    if "p_mv" in lacks and (p or pr):
        yield "This rhythm has no P waves: PR and P are left out."
    elif "pr_ms" in lacks and pr:
        yield "No P wave is conducted in this rhythm: PR is left out."


def _notes(request: Request, reading: Reading) -> Iterator[str]:
    yield from reading.problems
    yield from reading.contradictions
    if reading.unknown:
        yield f"Not understood: {', '.join(reading.unknown[:12])}."
    yield from reading.not_drawn
    if request.sex and reading.sex and request.sex != reading.sex:
        yield f"The report says {reading.sex}, the field {request.sex}: the field is used."


def _open_note(findings: tuple[Stated, ...], age: float, sex: Sex) -> tuple[str, ...]:
    if findings:
        return ()
    group = people(age, sex)
    return (
        f"The report names no finding: the ECG is drawn from {group.n:,} real people "
        f"({sex}, {band_of(age)} years).",
    )


def _patient(
    request: Request, reading: Reading, rng: np.random.Generator, origins: dict[str, Origin]
) -> tuple[float, Sex]:
    drawn_age = round(float(rng.uniform(*_LEFT_OPEN_AGE)))
    drawn_sex: Sex = "female" if rng.random() < 0.5 else "male"
    age, sex = request.age, request.sex
    origins["age"] = "field" if age is not None else "population"
    origins["sex"] = "field" if sex is not None else "population"
    if age is None and "age" in reading.numbers:
        age, origins["age"] = reading.numbers["age"], "report"
    if sex is None and reading.sex is not None:
        sex, origins["sex"] = reading.sex, "report"
    return (drawn_age if age is None else age), (drawn_sex if sex is None else sex)


def _given(
    request: Request, reading: Reading, origins: dict[str, Origin], notes: list[str]
) -> dict[str, float]:
    """Numbers that field or words set; a field that differs from the words is noted."""
    result: dict[str, float] = {}
    for name in ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_deg", "qtc_ms"):
        field, word = getattr(request, name, None), reading.numbers.get(name)
        if field is not None and word is not None and field != word:
            label = name.removesuffix("_ms").removesuffix("_deg").replace("_", " ")
            notes.append(f"The report says {label} {word:g}, the field {field:g}: field used.")
        if field is not None or word is not None:
            result[name] = float(field if field is not None else word)  # type: ignore[arg-type]
            origins[name] = "field" if field is not None else "report"
            notes.extend(_unusual(name, result[name], reading.findings, origins[name]))
    return result


def _unusual(
    name: str, value: float, findings: tuple[Stated, ...], origin: Origin
) -> Iterator[str]:
    """A field that contradicts a stated finding; the reader notes those inside the report."""
    for stated in findings if origin == "field" else ():
        low, high = FINDINGS[stated.id].requires.get(name, (-np.inf, np.inf))
        if not low <= value <= high:
            label = name.removesuffix("_ms").removesuffix("_deg").replace("_", " ")
            yield f"{label.capitalize()} {value:g} contradicts {FINDINGS[stated.id].name}."


def _open(
    name: str,
    u: float,
    known: list[Finding],
    like_it: list[str],
    age: float,
    sex: Sex,
    origins: dict[str, Origin],
) -> float:
    """Draw what was left open: from people with the findings `like_it`, else from all.

    Those that speak of the number come first: a block says more of PR than an infarct does.
    """
    # Over all people the spread of RR holds their ectopy and fibrillation; here it is the sinus'.
    steady = closest(("normal_ecg",), age, sex, number=name) if name == "rr_sd_ms" else None
    everyone = steady or people(age, sex)
    speaking = [f.id for f in known if f.id in like_it and _speaks_of(f, name)]
    groups = _groups(name, speaking, age, sex)
    if not speaking and name != "rr_sd_ms":
        groups = _groups(name, like_it, age, sex)
    origins[name] = "finding" if groups else "population"
    usual_only = bool(known) and not (speaking and groups)
    limits = _implied(name, known) or (_USUAL.get(name) if usual_only else None)
    values = [group.numbers[name].draw(u, limits) for group in groups or [everyone]]
    if speaking:  # of several findings the one whose people differ most from all says most
        medians = [group.numbers[name].median for group in groups or [everyone]]
        value = values[int(np.argmax(np.abs(np.subtract(medians, everyone.numbers[name].median))))]
    else:
        value = float(np.mean(values))
    if limits and not limits[0] <= value <= limits[1]:
        value = limits[0] + u * (limits[1] - limits[0])
        origins[name] = "finding" if any(name in f.typical for f in known) else "population"
    low, high = LIMITS[name][:2] if name in LIMITS else _OTHER_LIMITS[name]
    return round(float(np.clip(value, low, high)), 1)


def _groups(name: str, ids: list[str], age: float, sex: Sex) -> list[Group]:
    """Real people with the findings that speak of a number: with two together, else with each."""
    ids = list(dict.fromkeys(map(representative, ids)))  # two of one group are no pair
    # What most other findings have too says least, and its pairs hide what age does.
    ids = [id for id in ids if id != "sinus_rhythm"] or ids
    pairs = [(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :]]
    together = [g for pair in pairs if (g := closest(pair, age, sex, number=name))]
    return together or [g for id in ids if (g := closest((id,), age, sex, number=name))]


def _speaks_of(finding: Finding, name: str) -> bool:
    """Whether a finding says something about a number, or its people only happen to be older."""
    if name == "qtc_ms":  # a wide QRS lengthens QT
        return bool({"qtc_ms", "qt_ms", "qrs_ms"} & set(finding.typical))
    if name == "rr_sd_ms":
        return finding.family == "rhythm" and finding.rhythm is None
    return name in finding.typical


def _implied(name: str, known: list[Finding]) -> Range | None:
    """The range that all findings together imply.

    Where they do not meet the narrowest wins, and of QRS durations the widest: a blocked bundle
    is not mended by what else the report states.
    """
    ranges = [f.typical[name] for f in known if name in f.typical]
    if not ranges:
        return None
    low, high = max(r[0] for r in ranges), min(r[1] for r in ranges)
    if low <= high:
        return (low, high)
    return max(ranges) if name == "qrs_ms" else min(ranges, key=lambda r: r[1] - r[0])


def _qt(
    numbers: Mapping[str, float],
    given: Mapping[str, float],
    known: list[Finding],
    origins: dict[str, Origin],
) -> dict[str, float]:
    """QT from the drawn QTc and the rate (Fridericia, QTc = QT / RR^(1/3)), unless asked."""
    if "qt_ms" in given:
        return {"qt_ms": given["qt_ms"]}
    origins["qt_ms"] = origins["qtc_ms"]
    rr = 60 / numbers["heart_rate"]
    qt = min(numbers["qtc_ms"] * rr ** (1 / 3), 1000 * _LONGEST_QT * rr)
    limits = None if "qtc_ms" in given else _implied("qt_ms", known)
    if limits:
        qt, origins["qt_ms"] = float(np.clip(qt, *limits)), "finding"
    return {"qt_ms": round(float(np.clip(qt, *LIMITS["qt_ms"][:2])), 1)}


def _room(
    numbers: Mapping[str, float], known: list[Finding], given: Mapping[str, float]
) -> dict[str, float]:
    """Where QT is the finding, an open PR and then an open rate give way: T ends before P."""
    rr, pr, qt = 60_000 / numbers["heart_rate"], numbers["pr_ms"], numbers["qt_ms"]
    if pr + qt <= _BEFORE_NEXT_P * rr or not any("qtc_ms" in f.typical for f in known):
        return {}

    def gives_way(name: str) -> bool:
        return name not in given and not any(name in f.typical for f in known)

    if gives_way("pr_ms"):
        pr = max(min(pr, _BEFORE_NEXT_P * rr - qt), min(pr, _SHORT_PR_MS))
    if gives_way("heart_rate"):
        rr = max(rr, (pr + qt) / _BEFORE_NEXT_P)
    return {"pr_ms": round(pr, 1), "heart_rate": round(60_000 / rr, 1)}


def _ectopy(known: list[Finding]) -> tuple[tuple[str, float], ...]:
    shares: dict[str, float] = {}
    for finding in known:
        if finding.ectopy:
            shares[finding.ectopy] = max(shares.get(finding.ectopy, 0.0), finding.ectopy_share)
    return tuple(shares.items())


def _first(known: list[Finding], name: str, otherwise: str) -> str:
    """The first stated key of the rhythm engine; the reader notes findings that conflict."""
    return next((key for finding in known if (key := getattr(finding, name))), otherwise)
