"""What this heart did: the waves as one dipole, read back from the finished ECG."""

from typing import Any

import pandas as pd
import streamlit as st

from sediff.assets import read_manifest
from sediff.errors import WeightsError
from sediff.findings import FINDINGS
from sediff.measure.values import Measurements
from sediff.view.vector import PLANES, direction_words, loop_figure, loops_alt, meaning, when
from sediff.view.words import quoted

OPEN = "heart_open"  # key in the session: whether the fold is open
_READ = "heart_read"  # the last reading, with the ECG it is of
_FIT = "beat-fit"  # figure of the manifest
_POOR = 0.93  # correlation below which the reading is not to be trusted
_BEATS = {
    "N": "usual beats", "A": "premature atrial beats", "J": "junctional beats",
    "V": "ventricular beats",
}  # fmt: skip
_WITHOUT_BEATS = {
    "vf": "Ventricular fibrillation has no beats: there are no waves to read.",
    "asystole": "In asystole the ventricles do not beat: there are no waves to read.",
    "polymorphic_ventricular": "In this tachycardia no beat is like the next: there is no typical "
    "beat to read.",
}
_NONE = "–"  # the legend says why


def panel(generated: Any) -> None:
    """A fold with the table of waves and the vector loops; read when it is opened."""
    fold = st.expander(
        "What this heart did", icon=":material/explore:", key=OPEN, on_change="rerun"
    )
    if not fold.open:
        return
    with fold:
        try:
            _show(_read(generated), generated)
        except WeightsError as error:
            st.error(str(error), icon=":material/error:")


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
    return _WITHOUT_BEATS.get(
        name, "Fewer than three beats of one kind were measured: there is no typical beat to read."
    )


def cautions(heart: Any, generated: Any) -> list[str]:
    """Why the reading of this very ECG is to be doubted."""
    found = []
    stated = [FINDINGS[one.id].at(one.stage) for one in generated.spec.findings]
    faults = ", ".join(form.name for form in stated if form.technique)
    if faults:
        found.append(
            f"The recording is faulty, as asked ({faults}): directions are those of the signal "
            "and may not be the heart's."
        )
    if generated.measured.lead_faults:
        leads = ", ".join(generated.measured.lead_faults)
        found.append(f"Not every lead can be used ({leads}): directions may be wrong.")
    if heart.correlation < _POOR:
        found.append(
            f"The waves do not redraw this ECG well (correlation {heart.correlation:.2f}): do not "
            "trust their directions."
        )
    return found


def _meaning(heart: Any) -> str:
    large = {wave.name: wave.vector for wave in heart.waves if wave.clear}
    return meaning(large.get("QRS"), large.get("T"))


def _table(heart: Any) -> None:
    rows = [_row(wave) for wave in heart.waves]
    st.table(pd.DataFrame(rows).set_index("Wave"), border="horizontal")


def _row(wave: Any) -> dict[str, str]:
    return {
        "Wave": wave.name,
        "Size": f"{wave.peak_mv:.2f}\u00a0mV" if wave.clear else "below 0.1\u00a0mV",
        "When": when(wave.at_ms) if wave.clear else _NONE,
        "Frontal": _direction(wave.frontal_deg, "frontal"),
        "Horizontal": _direction(wave.horizontal_deg, "horizontal"),
    }


def _direction(degrees: int | None, plane: str) -> str:
    if degrees is None:
        return _NONE
    words = quoted(direction_words(degrees, plane))
    return f"{degrees}° ({words})" if plane == "frontal" else words


def _legend(missing: list[str]) -> str:
    text = (
        "A vector says how strongly and where to the heart drives current at one moment; the loop "
        "is its way through one wave: P dotted, QRS solid, T dashed, arrows in the order of time. "
        "Small squares are 0.1 mV (1 mm on paper), in both planes alike. Frontal degrees: 0° left, "
        "90° down. –: below 0.1 mV, or below it in that plane, and too small to tell."
    )
    if missing:
        text += f" Not drawn, because too small to be read: {', '.join(missing)}."
    return text


def _trust(heart: Any) -> str:
    """How far to trust it: this ECG, real ECGs, and what one dipole cannot be."""
    said = (
        f"How far to trust it: the typical beat ({heart.beats} {_BEATS.get(heart.kind, 'beats')}), "
        f"redrawn from these waves, correlates {heart.correlation:.2f} with this ECG's own and is "
        f"{heart.rms_mv:.2f} mV off."
    )
    real = _on_real()
    if real:
        said += f" {real}"
    return (
        f"{said} One dipole stands for the whole heart, by the matrix of Dower: it shows where "
        "forces point, not where in the heart they arise."
    )


def _on_real() -> str:
    """What the manifest says of the beat decoder on real ECGs, '' where it says nothing."""
    figure = read_manifest().get("figures", {}).get(_FIT, {})
    try:
        fit = figure["beat_decoder"]["correlation"]["all"], figure["beat_decoder"]["rms_mv"]["all"]
        return (
            f"On {int(figure['records']):,} real ECGs it was not trained on, the middle lead "
            f"correlates {float(fit[0]):.2f} and is {float(fit[1]):.2f} mV off."
        )
    except (KeyError, TypeError, ValueError):
        return ""
