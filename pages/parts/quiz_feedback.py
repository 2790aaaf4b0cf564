"""What is told after an answer: right, missed and wrong, and why, on the trace itself."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import quiz_compare, quiz_why
from pages.parts.experience_notes import show_note
from pages.parts.quiz_ask import NOTE, heading, history
from pages.parts.quiz_run import Asked, Run
from pages.parts.trace import trace
from sediff.cases.marking import Line, Marked
from sediff.cases.quiz import option_name, points
from sediff.errors import WeightsError
from sediff.findings import FINDINGS
from sediff.spec import Stated
from sediff.view.text import say
from sediff.view.words import quoted

_ICON = {
    "correct": ":green[:material/check_circle:]",
    "partial": ":orange[:material/contrast:]",
    "missed": ":gray[:material/radio_button_unchecked:]",
    "wrong": ":red[:material/cancel:]",
    "also": ":blue[:material/add_circle:]",
    "open": ":gray[:material/help:]",
}
_WORD = {
    "correct": "quiz.correct",
    "partial": "quiz.partial",
    "missed": "quiz.missed",
    "wrong": "quiz.wrong",
    "also": "quiz.also",
    "open": "quiz.open",
}
_REASON = {
    "stage": "quiz.because_stage",
    "unstaged": "quiz.because_unstaged",
    "general": "quiz.because_general",
    "part": "quiz.because_part",
    "specific": "quiz.because_specific",
    "age": "quiz.because_age",
    "near": "quiz.because_near",
    "side": "quiz.because_side",
    "look_alike": "quiz.because_look_alike",
    "denied": "quiz.because_denied",
    "vague": "quiz.because_vague",
}


def feedback(run: Run) -> bool:
    """All about the question that was just answered.

    Returns:
        Whether the user wants to go on.
    """
    one = run.asked[-1]
    assert one.marked is not None
    st.title(heading(run), anchor=False)
    _banner(one, one.marked)
    pressed = _next(run)
    st.markdown(history(one))
    _sheet(run, one)
    told, why = st.columns((1, 1), gap="large")
    with told:
        _lines(one, one.marked)
        _teaching(one)
    with why:
        quiz_why.panel(run, one)
    quiz_compare.box(run, one)
    return pressed


def _banner(one: Asked, marked: Marked) -> None:
    said = quoted(one.case.answer) or ", ".join(
        quoted(_name(line)) for line in marked.of("correct", "partial", "missed")
    )
    if marked.right:
        st.success(f"**{say('quiz.banner_right')}** {said}", icon=":material/check_circle:")
    elif marked.score > 0:
        head = say("quiz.banner_partly", points=points(marked.score))
        st.info(f"**{head}** {said}", icon=":material/contrast:")
    else:
        st.error(f"**{say('quiz.banner_wrong')}** {said}", icon=":material/cancel:")
    if not one.in_time:
        st.caption(say("quiz.late"))
    note = st.session_state.pop(NOTE, "")
    if note:
        st.warning(say("quiz.not_kept", why=quoted(note)), icon=":material/warning:")


def _next(run: Run) -> bool:
    label = say("quiz.next") if run.has_more else say("quiz.finish")
    with st.container(horizontal=True):
        pressed = st.button(
            label, type="primary", icon=":material/arrow_forward:", key=run.key("next")
        )
        if run.source.count is None:
            run.finished = st.button(say("quiz.stop"), key=run.key("stop"))
    return pressed or run.finished


def _sheet(run: Run, one: Asked) -> None:
    trace(
        one.case.ecg,
        run.key("trace"),
        heading=say("quiz.sheet", n=run.number),
        alt=say("quiz.alt_after", n=run.number, answer=_plain_names(one)),
        shown=quiz_why.shown(run, one),
    )


def _plain_names(one: Asked) -> str:
    asked = one.marked.of("correct", "partial", "missed") if one.marked else ()
    return ", ".join(_name(line) for line in asked)


def _lines(one: Asked, marked: Marked) -> None:
    """What became of each finding, in words and signs."""
    st.header(say("quiz.your_result"), anchor=False)
    st.markdown(say("quiz.you_said", text=quoted(one.answer) or say("quiz.no_answer")))
    st.markdown("\n".join(f"- {_told(line)}" for line in marked.lines))
    if marked.unknown:
        st.caption(say("quiz.unknown", words=quoted(", ".join(marked.unknown))))
    for sentence in marked.contradictions:
        st.caption(quoted(sentence))


def _told(line: Line) -> str:
    text = f"{_ICON[line.kind]} {say(_WORD[line.kind])}: **{quoted(_name(line))}**"
    if line.kind == "partial":
        text += f" ({points(line.credit)})"
    given = ", ".join(FINDINGS[id].name for id in line.given)
    if line.reason in _REASON:
        text += f" – {say(_REASON[line.reason], given=quoted(given))}"
    if line.hedged < 1 and line.kind in ("partial", "wrong"):
        text += f" – {say('quiz.hedged', share=points(line.hedged))}"
    return text


def _name(line: Line) -> str:
    return option_name(Stated(line.id, stage=line.stage))


def _teaching(one: Asked) -> None:
    """The instructor's points, and what practice knows of the findings."""
    if one.case.teaching:
        st.header(say("quiz.teaching"), anchor=False)
        st.markdown("\n".join(f"- {quoted(point)}" for point in one.case.teaching))
    asked = one.marked.of("correct", "partial", "missed") if one.marked else ()
    for line in asked:
        notes = _notes(line, one)
        if notes:
            name = quoted(FINDINGS[line.id].name)
            with st.expander(say("quiz.notes", name=name), expanded=not one.case.teaching):
                for note in notes:
                    show_note(note)


def _notes(line: Line, one: Asked) -> Sequence:
    from sediff.experience.library import shipped_library
    from sediff.view.experience import notes_for

    try:
        notes = shipped_library().snippets
    except WeightsError:
        return ()
    found = notes_for(FINDINGS[line.id], notes, line.stage, one.case.age, one.case.sex)
    return found[:4]
