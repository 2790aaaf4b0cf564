"""What this heart did: the waves as one dipole, read back from the finished ECG."""

from typing import Any

import pandas as pd
import streamlit as st

from sediff.assets import read_manifest
from sediff.errors import WeightsError
from sediff.findings import FINDINGS
from sediff.measure.values import Measurements
from sediff.view.text import say
from sediff.view.vector import PLANES, direction_words, loop_figure, loops_alt, meaning, when
from sediff.view.words import quoted

OPEN = "heart_open"  # key in the session: whether the fold is open
_READ = "heart_read"  # the last reading, with the ECG it is of
_FIT = "beat-fit"  # figure of the manifest
_POOR = 0.93  # correlation below which the reading is not to be trusted
_KINDS = ("N", "A", "J", "V")
_WITHOUT_BEATS = ("vf", "asystole", "polymorphic_ventricular")
_NONE = "–"  # the legend says why


def panel(generated: Any) -> None:
    """A fold with the table of waves and the vector loops; read when it is opened."""
    fold = st.expander(say("heart.title"), icon=":material/explore:", key=OPEN, on_change="rerun")
    if not fold.open:
        return
    with fold:
        try:
            _show(_read(generated), generated)
        except WeightsError as error:
            st.error(quoted(str(error)), icon=":material/error:")


def _read(generated: Any) -> Any:
    """The heart of this ECG or None; kept, as the page is drawn anew at every press."""
    from sediff.diffusion.explain import heart_of  # torch: not before it is asked for

    kept = st.session_state.get(_READ)
    if kept is None or kept[0] is not generated.ecg:
        kept = (generated.ecg, heart_of(generated.ecg, generated.measured.beats))
        st.session_state[_READ] = kept
    return kept[1]


def _show(heart: Any, generated: Any) -> None:
    if heart is None:
        st.info(why_none(generated.measured), icon=":material/heart_broken:")
        return
    st.markdown(quoted(_meaning(heart)))
    _table(heart)
    large = {wave.name for wave in heart.waves if wave.clear}
    clear = {name: loop for name, loop in heart.loops.items() if name in large}
    for column, plane in zip(st.columns(2, gap="medium"), PLANES, strict=True):
        with column:
            st.plotly_chart(
                loop_figure(clear, plane),
                width="stretch",
                theme=None,
                key=f"loops_{plane}",
                alt=loops_alt(clear, plane),
                config={"displayModeBar": False, "scrollZoom": False},
            )
    missing = [name for name in heart.loops if name not in clear]
    st.caption(_legend(missing))
    for sentence in cautions(heart, generated):
        st.warning(quoted(sentence), icon=":material/warning:")
    st.caption(quoted(_trust(heart)))


def why_none(measured: Measurements) -> str:
    """Why there is nothing to read, in one sentence."""
    name = measured.rhythm_seen.name
    return say(f"heart.none_{name if name in _WITHOUT_BEATS else 'other'}")


def cautions(heart: Any, generated: Any) -> list[str]:
    """Why the reading of this very ECG is to be doubted."""
    found = []
    stated = [FINDINGS[one.id].at(one.stage) for one in generated.spec.findings]
    faults = ", ".join(form.name for form in stated if form.technique)
    if faults:
        found.append(say("heart.faulty", faults=faults))
    if generated.measured.lead_faults:
        leads = ", ".join(generated.measured.lead_faults)
        found.append(say("heart.unusable", leads=leads))
    if heart.correlation < _POOR:
        found.append(say("heart.poor", correlation=f"{heart.correlation:.2f}"))
    return found


def _meaning(heart: Any) -> str:
    large = {wave.name: wave.vector for wave in heart.waves if wave.clear}
    return meaning(large.get("QRS"), large.get("T"))


def _table(heart: Any) -> None:
    rows = [_row(wave) for wave in heart.waves]
    st.table(pd.DataFrame(rows).set_index(say("heart.wave")), border="horizontal")


def _row(wave: Any) -> dict[str, str]:
    return {
        say("heart.wave"): wave.name,
        say("heart.size"): f"{wave.peak_mv:.2f}\u00a0mV" if wave.clear else say("heart.small"),
        say("heart.when"): when(wave.at_ms) if wave.clear else _NONE,
        say("heart.frontal"): _direction(wave.frontal_deg, "frontal"),
        say("heart.horizontal"): _direction(wave.horizontal_deg, "horizontal"),
    }


def _direction(degrees: int | None, plane: str) -> str:
    if degrees is None:
        return _NONE
    words = quoted(direction_words(degrees, plane))
    if plane == "frontal":
        return say("heart.frontal_direction", degrees=degrees, words=words)
    return words


def _legend(missing: list[str]) -> str:
    text = say("heart.legend")
    if missing:
        text += " " + say("heart.legend_missing", waves=", ".join(missing))
    return text


def _trust(heart: Any) -> str:
    """How far to trust it: this ECG, real ECGs, and what one dipole cannot be."""
    said = say(
        "heart.trust",
        n=heart.beats,
        beats=say(f"heart.beats_{heart.kind}" if heart.kind in _KINDS else "heart.beats"),
        correlation=f"{heart.correlation:.2f}",
        rms=f"{heart.rms_mv:.2f}",
    )
    return " ".join(filter(None, (said, _on_real(), say("heart.dipole"))))


def _on_real() -> str:
    """What the manifest says of the beat decoder on real ECGs, '' where it says nothing."""
    figure = read_manifest().get("figures", {}).get(_FIT, {})
    try:
        fit = figure["beat_decoder"]["correlation"]["all"], figure["beat_decoder"]["rms_mv"]["all"]
        records = f"{int(figure['records']):,}"
        correlation, rms = (f"{float(value):.2f}" for value in fit)
        return say("heart.trust_real", n=records, correlation=correlation, rms=rms)
    except (KeyError, TypeError, ValueError):
        return ""
