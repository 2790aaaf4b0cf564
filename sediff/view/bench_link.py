"""The settings of the simulator in a link: names of the vocabulary and numbers, nothing typed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sediff.bench import CALCIUM, POTASSIUM, SINUS, TERRITORIES, Bench, choices
from sediff.bench.heart import ST_LIMIT_MM
from sediff.spec import Request
from sediff.view import knobs

_HELD = ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_deg", "p_mv", "t_mv")
_RECORDING = ("noise", "cables")


def to_query(bench: Bench) -> dict[str, str]:
    """The link's parameters: what differs from a normal heart."""
    usual = Bench()
    held: dict[str, Any] = dict(bench.held)
    query = knobs.to_query(Request(waves=bench.waves, **held))
    if bench.rhythm != SINUS:
        query["rhythm"] = bench.rhythm
    if bench.findings or bench.recording:
        query["with"] = "|".join((*bench.findings, *bench.recording))
    if bench.territories:
        query["wall"] = ",".join(f"{place}={mm:g}" for place, mm in bench.territories)
    for name in ("potassium", "calcium", "age", "sex", "seed"):
        value = getattr(bench, name)
        if value != getattr(usual, name):
            query[name] = value if isinstance(value, str) else f"{value:g}"
    if "seed" in query:
        query["seed"] = str(bench.seed)
    return query


def from_query(query: Mapping[str, str]) -> Bench:
    """The settings of a link; what is not valid is left as in a normal heart."""
    given = knobs.from_query({k: v for k, v in query.items() if k != "st"})
    names = query.get("with", "").split("|")
    groups = choices()
    recording = [name for group in _RECORDING for name in groups[group] if name in names]
    heart = [
        name for group, listed in groups.items() for name in listed
        if name in names and group not in ("rhythm", *_RECORDING)
    ]  # fmt: skip
    bench = Bench(
        rhythm=query["rhythm"] if query.get("rhythm") in groups["rhythm"] else SINUS,
        findings=tuple(heart),
        recording=tuple(recording),
        held=tuple((name, given[name]) for name in _HELD if name in given),
        waves=given.get("waves", ()),
        territories=_walls(query.get("wall", "")),
    )
    bench = replace(bench, **{k: given[k] for k in ("age", "sex", "seed") if k in given})
    salts = {"potassium": POTASSIUM, "calcium": CALCIUM}
    return replace(
        bench,
        **{name: _number(query.get(name, ""), limits, getattr(bench, name))
           for name, limits in salts.items()},
    )  # fmt: skip


def _walls(text: str) -> tuple[tuple[str, float], ...]:
    found = {}
    for part in text.split(","):
        place, _, mm = part.partition("=")
        if place in TERRITORIES:
            found[place] = _number(mm, (-ST_LIMIT_MM, ST_LIMIT_MM), 0.0)
    return tuple((place, found[place]) for place in TERRITORIES if found.get(place))


def _number(text: str, limits: tuple[float, float], otherwise: float) -> float:
    try:
        value = float(text)
    except ValueError:
        return otherwise
    return value if limits[0] <= value <= limits[1] else otherwise
