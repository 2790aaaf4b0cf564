"""What the widgets of the simulator hold, as a `Bench` and back."""

from typing import Any

import streamlit as st

from sediff.bench import CALCIUM, GROUPS, NUMBERS, POTASSIUM, TERRITORIES, Bench, Played, choices
from sediff.simulator.loops import peak_ii, typical_beat
from sediff.spec import WAVES, WaveChange
from sediff.view.bench_link import from_query, to_query
from sediff.view.knobs import KNOBS, Knob

PREFIX = "sim_"
_SHOWN = "shown"  # the last values of each slider that follows
SLIDERS = (*NUMBERS, "p_mv", "t_mv")  # numbers with a slider that follows until it is held
ONE = ("rhythm", "av", "pacing", "cables")  # groups of which one thing is chosen at a time
PARTS: dict[str, tuple[Any, Any, Any, Any]] = {  # of a wave: lowest, highest, neutral, step
    "amplitude": (0.0, 3.0, 1.0, 0.05),
    "width": (0.5, 2.0, 1.0, 0.05),
    "shift_ms": (-60, 60, 0, 2),
}
_RECORDING = ("noise", "cables")


def key(name: str) -> str:
    """Key of a widget in the session."""
    return PREFIX + name


def restore() -> None:
    """Fill the widgets once a session: from the link, else with a normal heart."""
    if key("ready") not in st.session_state:
        settle(from_query(st.query_params.to_dict()))
        st.session_state[key("ready")] = True


def share(bench: Bench) -> None:
    """Keep the address bar in step with the settings, so that it can be copied as a link."""
    query = to_query(bench)
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)


def settle(bench: Bench) -> None:
    """Put all controls where `bench` has them."""
    state: dict[str, Any] = {"held": [name for name, _ in bench.held]}
    chosen = {bench.rhythm, *bench.findings, *bench.recording}
    for group, names in choices().items():
        found = [name for name in names if name in chosen]
        state[group] = (found[0] if found else None) if group in ONE else found
    state |= {name: as_shown(KNOBS[name], value) for name, value in bench.held}
    changes = {change.wave: change for change in bench.waves}
    for wave in WAVES:
        change = changes.get(wave, WaveChange(wave))
        state |= {f"{wave}_{part}": _kind(PARTS[part], getattr(change, part)) for part in PARTS}
    levels = dict(bench.territories)
    state |= {f"st_{place}": float(levels.get(place, 0.0)) for place in TERRITORIES}
    state |= {"potassium": bench.potassium, "calcium": bench.calcium}
    state |= {"age": int(bench.age), "sex": bench.sex, "seed": bench.seed}
    st.session_state.update({key(name): value for name, value in state.items()})


def gather() -> Bench:
    """What the controls say.

    Raises:
        RequestError: it cannot be drawn.
    """
    usual = Bench()
    groups = {group: _chosen(group) for group in GROUPS}
    heart = [name for group in GROUPS[1:] if group not in _RECORDING for name in groups[group]]
    levels = ((place, float(_get(f"st_{place}", 0.0))) for place in TERRITORIES)
    held = [name for name in SLIDERS if name in _get("held", [])]
    return Bench(
        rhythm=(groups["rhythm"] or (usual.rhythm,))[0],
        findings=tuple(heart),
        recording=tuple(name for group in _RECORDING for name in groups[group]),
        held=tuple((name, float(_get(name, KNOBS[name].start))) for name in held),
        waves=tuple(change for change in map(_wave, WAVES) if change != WaveChange(change.wave)),
        territories=tuple((place, mm) for place, mm in levels if mm),
        potassium=_within(POTASSIUM, _get("potassium", usual.potassium)),
        calcium=_within(CALCIUM, _get("calcium", usual.calcium)),
        age=float(_get("age", usual.age)),
        sex=_get("sex", usual.sex),
        seed=int(_get("seed", usual.seed) or 0),
    )


def follow(played: Played) -> None:
    """Move the sliders that nobody holds to what is drawn."""
    held, shown = _get("held", []), _get(_SHOWN, {})
    for name in SLIDERS:
        if name not in held:
            value = as_shown(KNOBS[name], drawn(played, name))
            st.session_state[key(name)] = value
            shown[name] = (*shown.get(name, ())[-2:], value)
    st.session_state[key(_SHOWN)] = shown


def drawn(played: Played, name: str) -> float | None:
    """The value of a number in this heart; None where it has none."""
    if lacks(played, name):
        return None
    if name not in ("p_mv", "t_mv"):
        return getattr(played.spec, name)
    beat = typical_beat(played.simulation)
    return None if beat is None else peak_ii(played.simulation, getattr(beat, name[0]))


def lacks(played: Played, name: str) -> bool:
    """Whether there is no such number in this rhythm."""
    spec = played.spec
    return name in spec.lacks or (name in ("pr_ms", "p_mv") and spec.pr_ms is None)


def hold(name: str) -> None:
    """From now on this number stays where the user has put it.

    Not where the browser only repeats what the page had shown a moment ago: a slider moved fast
    sends the others along with it, as they stood before they followed.
    """
    held = _get("held", [])
    echo = st.session_state.get(key(name)) in _get(_SHOWN, {}).get(name, ())[:-1]
    if name not in held and not echo:
        st.session_state[key("held")] = [*held, name]


def as_shown(knob: Knob, value: float | None) -> float | int:
    """The nearest value that the slider can show, of the kind that it takes."""
    snapped = knob.snap(value)
    return int(snapped) if knob.step >= 1 else float(snapped)


def as_step(knob: Knob) -> float | int:
    """The step of a slider, of the kind of its values."""
    return int(knob.step) if knob.step >= 1 else float(knob.step)


def _get(name: str, otherwise: Any) -> Any:
    value = st.session_state.get(key(name))
    return otherwise if value is None else value


def _chosen(group: str) -> tuple[str, ...]:
    value = _get(group, [])
    return (value,) if isinstance(value, str) else tuple(value)


def _wave(wave: str) -> WaveChange:
    parts = {part: float(_get(f"{wave}_{part}", PARTS[part][2])) for part in PARTS}
    return WaveChange(wave, **parts)


def _within(limits: tuple[float, float], value: float) -> float:
    return min(max(float(value), limits[0]), limits[1])


def _kind(limits: tuple[Any, Any, Any, Any], value: float) -> float | int:
    return type(limits[2])(value)
