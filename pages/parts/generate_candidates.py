"""Several ECGs of one request, small and side by side, and the one that is taken."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from sediff.spec import Request
from sediff.view.text import say
from sediff.view.words import quoted

_MADE = "candidates_made"  # key in the session: (request, all that were made, number of the taken)


def keep(request: Request, made: Sequence[Any]) -> None:
    """Remember all that were made of a request, best first; the best is the one shown."""
    st.session_state["generated"], st.session_state["asked"] = made[0], request
    st.session_state[_MADE] = (request, tuple(made), 0) if len(made) > 1 else None


def panel() -> None:
    """Small pictures of the candidates with what each meets; nothing where there is only one."""
    kept = st.session_state.get(_MADE)
    if kept is None:
        return
    _, made, taken = kept
    st.caption(say("generate.candidates_hint", n=len(made)))
    with st.container(horizontal=True, wrap=False, gap="small", key="candidates_row"):
        for k, one in enumerate(made):
            _candidate(k, one, k == taken)


def _candidate(k: int, made: Any, taken: bool) -> None:
    with st.container(border=True, width=244, gap="xsmall"):
        rhythm = quoted(made.measured.rhythm)
        alt = say("generate.candidate_alt", k=k + 1, rhythm=made.measured.rhythm)
        st.image(_picture(made), width="stretch", alt=alt)
        lines = [rhythm, *_judged(made), say("generate.candidate_seed", seed=made.spec.seed)]
        st.caption("  \n".join(lines))
        st.button(
            say("generate.taken" if taken else "generate.take", k=k + 1),
            icon=":material/check:" if taken else None,
            disabled=taken,
            width="stretch",
            key=f"take_{k}",
            on_click=_take,
            args=(k,),
        )


def _picture(made: Any) -> str:
    from sediff.view.thumbnail import strip_svg

    return strip_svg(made.ecg)


def _judged(made: Any) -> list[str]:
    """What a candidate meets and what is wrong with it, a line each."""
    checks = [outcome.met for verdict in made.verdicts for outcome in verdict.outcomes]
    met = say("generate.candidate_checks", met=checks.count(True), all=len(checks))
    lines = [met if checks else say("generate.candidate_no_checks")]
    if made.mimicked:
        names = ", ".join(quoted(verdict.name) for verdict in made.mimicked)
        lines.append(say("generate.candidate_mimics", names=names))
    missed = sum(row.status == "missed" for row in made.compared())
    if missed:
        lines.append(say("generate.candidate_missed", n=missed))
    return lines


def _take(k: int) -> None:
    request, made, _ = st.session_state[_MADE]
    st.session_state["generated"], st.session_state["asked"] = made[k], request
    st.session_state[_MADE] = (request, made, k)
