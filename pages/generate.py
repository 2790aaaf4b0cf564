"""The studio: report and settings on the left, the ECG on paper on the right."""

from dataclasses import replace

import streamlit as st

from pages.parts import controls, criteria, experience, experience_words, heart, making, result
from pages.parts.frame import through_app
from sediff.errors import SediffError
from sediff.spec import CaseSpec, Request


def plan_or_say(request: Request) -> CaseSpec | None:
    """The case as it would be made now, or a sentence on why it cannot be."""
    from sediff.plan import plan

    try:
        return plan(request)
    except SediffError as error:
        st.error(str(error), icon=":material/error:")
        return None


def sample(request: Request) -> None:
    """Generate, with progress and a button that stops it; keeps the result in the session."""
    from sediff.pipeline import generate

    candidates = st.session_state.get("candidates") or 1
    st.session_state["generated"] = making.make(
        lambda step: generate(request, candidates=candidates, on_step=step)
    )
    st.session_state["asked"] = request


def left_side() -> tuple[Request | None, CaseSpec | None]:
    """Draw all settings and return what they ask for, with the plan that follows from it."""
    controls.restore()
    controls.report_box()
    above = st.container()
    try:
        request = controls.gather()
    except SediffError as error:
        above.error(str(error), icon=":material/error:")
        return None, None
    with above:
        spec = plan_or_say(request)
        for sentence in spec.conflicts if spec else ():
            st.error(
                f"{sentence} No heart shows both: take one of them out.",
                icon=":material/error:",
            )
    controls.patient_box(spec)
    controls.details_box(spec)
    return request, spec


def move_at_once(request: Request) -> None:
    """Show a moved slider in the drawn heart, without a new draw, where that can be done."""
    from sediff.pipeline import edit

    before = st.session_state.get("generated")
    if before is None or before.drawn is None or st.session_state.get("asked") == request:
        return
    try:  # of several candidates the best one has a seed of its own
        made = edit(before, replace(request, seed=before.drawn.request.seed))
    except SediffError:
        return  # said beside the settings
    if made is not None:
        st.session_state["generated"], st.session_state["asked"] = made, request


def right_side(request: Request | None, spec: CaseSpec | None, busy: bool) -> None:
    """What was understood, and the last ECG with its checks."""
    from sediff.report import read

    above = st.container()  # always there, so that the chart below keeps its place and its zoom
    if request is not None and spec is not None and not busy:
        move_at_once(request)
    if request is not None and request.report:
        reading = read(request.report)
        with above:
            result.understood(reading, spec)
            experience_words.reread_box(request.report, reading)
    generated = st.session_state.get("generated")
    if generated is None:
        result.empty()
        return
    result.ecg(generated, stale=not busy and st.session_state.get("asked") != request)
    asked, proof = st.columns(2, gap="large")
    with asked:
        result.checks(generated.compared())
        experience.numbers(generated)
    with proof:
        criteria.panel(generated.verdicts, generated.mimicked)
    experience.notes(generated)
    heart.panel(generated)
    where, files = st.columns((3, 2), gap="large")
    with where:
        result.sources(generated)
    with files:
        result.downloads(generated)


def main() -> None:
    """Draw the page; sampling comes last, so that the old ECG stays in sight meanwhile."""
    left, right = st.columns((1, 3), gap="medium")
    with left:
        st.subheader("SE-Diff Studio", anchor=False)
        request, spec = left_side()
        pressed = st.button(
            "Generate",
            type="primary",
            icon=":material/ecg_heart:",
            width="stretch",
            disabled=spec is None or bool(spec.conflicts),
        )
        below = st.container()
    with right:
        right_side(request, spec, pressed)
    if request is not None:
        controls.share(request)
    if not (pressed and request is not None):
        making.load_weights_early()
        experience_words.run_asked()
        return
    try:
        with below:
            sample(request)
    except SediffError as error:
        below.error(str(error), icon=":material/error:")
        return
    st.rerun()


through_app()
main()
