"""The numbers a user can set, and how a link carries them.

A link holds numbers, sex and seed; never the report, which may tell of a real person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sediff.errors import RequestError
from sediff.spec import LIMITS, CaseSpec, Origin, Request, WaveChange, parse_st
from sediff.view.text import say


@dataclass(frozen=True)
class Knob:
    """One number of a `Request`.

    Attributes:
        name: attribute of `Request`. key: its name in a link.
        step: of the slider, in the unit of `LIMITS`.
        start: where the slider begins when the plan has no value.
    """

    name: str
    key: str
    step: float
    start: float

    @property
    def label(self) -> str:
        """What the page calls it."""
        return say(f"controls.{self.name}")

    @property
    def limits(self) -> tuple[float, float]:
        """Lowest and highest value that can be asked."""
        return LIMITS[self.name][:2]

    @property
    def unit(self) -> str:
        """Unit as a person writes it."""
        return LIMITS[self.name][2].replace("degrees", "°")

    def snap(self, value: float | None) -> float:
        """The nearest value that the slider can show."""
        low, high = self.limits
        steps = round(((self.start if value is None else value) - low) / self.step)
        return round(min(max(low + steps * self.step, low), high), 3)

    def tell(self, value: float) -> str:
        """The value with its unit, as '118 bpm' or '-0.15 mV'."""
        text = f"{value:.0f}" if self.step >= 1 else f"{value:.2f}"
        return f"{text}{self.unit}" if self.unit == "°" else f"{text} {self.unit}".strip()


KNOBS: Mapping[str, Knob] = {
    knob.name: knob
    for knob in (
        Knob("age", "age", 1, 60),
        Knob("heart_rate", "hr", 1, 70),
        Knob("pr_ms", "pr", 5, 160),
        Knob("qrs_ms", "qrs", 2, 92),
        Knob("qt_ms", "qt", 5, 400),
        Knob("axis_deg", "axis", 5, 45),
        Knob("p_mv", "p", 0.01, 0.12),
        Knob("t_mv", "t", 0.05, 0.3),
        Knob("adherence", "adherence", 0.05, 0.5),
    )
}


def origin_words(origin: Origin) -> str:
    """Where a number comes from, in words."""
    return say(f"controls.from_{origin}")


def planned(knob: Knob, spec: CaseSpec | None) -> str:
    """What the plan fills in for a number that the user leaves open, in a few words."""
    if spec is None:
        return say("controls.auto")
    value = getattr(spec, knob.name)
    if knob.name in spec.lacks:
        return say("controls.no_p" if knob.name in ("pr_ms", "p_mv") else "controls.lacking")
    if value is None:
        return say("controls.no_p" if knob.name == "pr_ms" else "controls.as_drawn")
    origin = origin_words(spec.origin(knob.name))
    return say("controls.auto_value", value=knob.tell(value), origin=origin)


def to_query(request: Request) -> dict[str, str]:
    """The link's parameters: what the user has set, without the report."""
    query = {
        knob.key: f"{getattr(request, knob.name):g}"
        for knob in KNOBS.values()
        if getattr(request, knob.name) is not None
    }
    if request.sex:
        query["sex"] = request.sex
    if request.st_mv:
        query["st"] = ",".join(f"{lead}={level:g}" for lead, level in request.st_mv)
    if request.waves:
        query["waves"] = ",".join(
            f"{w.wave}:{w.amplitude:g}:{w.width:g}:{w.shift_ms:g}" for w in request.waves
        )
    if request.seed:
        query["seed"] = str(request.seed)
    return query


def from_query(query: Mapping[str, str]) -> dict[str, Any]:
    """The attributes of a `Request` that a link holds; what is not valid is left out.

    A link is typed, cut and pasted by people: one bad number must not lose the others.
    """
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        **{knob.key: (knob.name, float) for knob in KNOBS.values()},
        "sex": ("sex", str),
        "st": ("st_mv", parse_st),
        "waves": ("waves", _parse_waves),
        "seed": ("seed", int),
    }
    given: dict[str, Any] = {}
    for key, (name, reader) in readers.items():
        if key not in query:
            continue
        try:
            value = reader(query[key])
            Request(**{name: value})
        except (ValueError, RequestError):
            continue
        given[name] = value
    return given


def _parse_waves(text: str) -> tuple[WaveChange, ...]:
    changes: dict[str, WaveChange] = {}
    for part in text.split(","):
        wave, amplitude, width, shift = part.split(":")
        changes[wave] = WaveChange(wave, float(amplitude), float(width), float(shift))
    return tuple(changes.values())
