"""The studio: what is asked on the left, the ECG on paper and what was measured on the right."""

from dataclasses import replace

import streamlit as st

from pages.parts import (
    controls,
    criteria,
    experience,
    experience_words,
    generate_candidates,
    generate_understood,
    hand_over,
    heart,
    making,
    result,
)
from pages.parts.frame import through_app
from sediff.errors import SediffError
from sediff.generated import Generated
from sediff.spec import CaseSpec, Request
from sediff.view.text import say
from sediff.view.words import quoted


def plan_or_say(request: Request) -> CaseSpec | None:
    """The case as it would be made now, or a sentence on why it cannot be."""
    from sediff.plan import plan

    try:
        spec = plan(request)
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")
        return None
    for sentence in spec.conflicts:
        st.error(say("generate.conflict", sentence=quoted(sentence)), icon=":material/error:")
    return spec


def gather_or_say() -> Request | None:
    """What the settings ask, or a sentence on why it cannot be asked."""
    try:
        return controls.gather()
    except SediffError as error:
        st.error(quoted(str(error)), icon=":material/error:")
        return None


def sample(request: Request) -> None:
    """Generate, with progress and a button that stops it; keeps the result in the session."""
    from sediff.pipeline import generate
    from sediff.pipeline import generate_candidates as several

    count = st.session_state.get("candidates") or 1
    if count == 1:
        made = [making.make(lambda step: generate(request, on_step=step))]
    else:
        made = making.make(lambda step: several(request, count, on_step=step))
    generate_candidates.keep(request, made)


def ask() -> tuple[Request | None, CaseSpec | None, bool]:
    """Report, what was understood of it, and the button; also whether it was pressed."""
    from sediff.report import read

    st.title(say("generate.title"), anchor=False)
    st.caption(say("generate.hint"))
    controls.report_box()
    request = gather_or_say()
    spec = plan_or_say(request) if request else None
    if request and request.report:
        reading = read(request.report)
        generate_understood.panel(request.report, reading, spec)
        experience_words.reread_box(request.report, reading)
    ready = spec is not None and not spec.conflicts
    pressed = st.button(
        say("generate.generate"),
        type="primary",
        icon=":material/ecg_heart:",
        width="stretch",
        disabled=not ready,
    )
    asked_elsewhere = st.session_state.pop(hand_over.NOW, False)
    return request, spec, ready and (pressed or asked_elsewhere)


def move_at_once(request: Request) -> None:
    """Show a moved slider in the drawn heart, without a new draw, where that can be done."""
    from sediff.pipeline import edit

    before = st.session_state.get("generated")
    if before is None or before.drawn is None or st.session_state.get("asked") == request:
        return
    try:  # of several candidates the one taken has a seed of its own
        made = edit(before, replace(request, seed=before.drawn.request.seed))
    except SediffError:
        return  # said beside the settings
    if made is not None:
        st.session_state["generated"], st.session_state["asked"] = made, request


def answer(request: Request | None, movable: bool, busy: bool) -> Generated | None:
    """The last ECG on paper, and what can be done with it."""
    above = st.container()  # always there, so that the chart below keeps its place and its zoom
    if request is not None and movable and not busy:
        move_at_once(request)
    generated = st.session_state.get("generated")
    if generated is None:
        result.empty()
        return None
    from pages.parts.cases_add import add_box  # the library of cases: not before there is an ECG

    with above:
        generate_candidates.panel()
    stale = not busy and st.session_state.get("asked") != request
    look = result.ecg(generated, stale)
    result.unasked(generated)
    result.downloads(generated, look)
    add_box(generated)
    return generated


def details(generated: Generated) -> None:
    """What was measured on the ECG, what it proves, and what practice knows of such ECGs."""
    asked, proof = st.columns(2, gap="large")
    with asked:
        result.checks(generated.compared())
        experience.numbers(generated)
    with proof:
        criteria.panel(generated.verdicts, generated.mimicked)
    experience.notes(generated)
    heart.panel(generated)
    result.sources(generated)


def main() -> None:
    """Draw the page; sampling comes last, so that the old ECG stays in sight meanwhile."""
    controls.restore()
    # The style puts them side by side, and on a phone the answer before the settings.
    with st.container(key="studio"):
        asking, settings, answering, below_it = (
            st.container(key=f"studio_{part}") for part in ("ask", "settings", "answer", "details")
        )
    with asking:
        request, spec, pressed = ask()
        below = st.container()
    with settings:
        st.header(say("generate.settings"), anchor=False)
        controls.patient_box(spec)
        controls.details_box(spec)
    with answering:
        generated = answer(request, spec is not None, pressed)
    if generated is not None:
        with below_it:
            details(generated)
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
        below.error(quoted(str(error)), icon=":material/error:")
        return
    st.rerun()


through_app()
main()
