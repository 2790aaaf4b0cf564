"""Explore, normal to abnormal: one heart, before and after, and what lies between."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from pages.parts.explore_common import (
    MOST_LEADS,
    drawn,
    leads_box,
    look_at,
    open_box,
    patient,
    seconds_box,
    sheet,
    sheet_width_mm,
    speed_box,
)
from pages.parts.trace import trace
from sediff.explore.beats import window
from sediff.explore.hearts import Step, shown_findings, steps
from sediff.findings import Finding
from sediff.generated import Generated
from sediff.leads import LEADS
from sediff.view.multiples import Panel, multiples
from sediff.view.text import say
from sediff.view.words import quoted, sentence_case

_KEY = "heart"
_FIRST = "anterior_stemi"
_LEADS = ("II", "V2", "V5")  # where no criterion names any
_IN_RHYTHM = ("rhythm", "ectopy", "pacing")  # families that one beat does not show


def show() -> None:
    """The finding, the ECGs on the way to it, and the first and a later one in full."""
    finding = _finding_box()
    normal, model = patient(_KEY)
    way = steps(normal, finding)
    made = drawn([step.request for step in way], model, _KEY)
    own = f"{_KEY}_{finding.id}"
    with st.container(horizontal=True, gap="small"):
        leads = leads_box(own, telling_leads(made[-1]))
        seconds = seconds_box(own, 5.0 if _is_rhythm(finding) else 0.0)
        speed = speed_box(_KEY)
    names = [name_of(step) for step in way]
    panels = [
        Panel(name, one.ecg, window(one.ecg, one.measured.beats, seconds), _judged(step, one))
        for name, step, one in zip(names, way, made, strict=True)
    ]
    alt = say("explore.steps_alt", n=len(panels), leads=", ".join(leads), names=", ".join(names))
    sheet(multiples(panels, leads, look_at(speed), sheet_width_mm()), own, alt)
    if finding.warning:
        st.warning(quoted(finding.warning), icon=":material/warning:")
    _both(finding, way, names, made)
    open_box([(name, step.request) for name, step in zip(names, way, strict=True)], own)


def _finding_box() -> Finding:
    found = {finding.id: finding for finding in shown_findings()}
    chosen = st.selectbox(
        say("explore.finding"),
        list(found),
        index=list(found).index(_FIRST),
        format_func=lambda id: f"{sentence_case(found[id].family)}: {found[id].name}",
        key=f"{_KEY}_finding",
        help=say("explore.finding_help"),
        bind="query-params",
    )
    return found[chosen]


def _is_rhythm(finding: Finding) -> bool:
    return finding.family in _IN_RHYTHM or finding.conduction is not None


def telling_leads(made: Generated) -> list[str]:
    """The leads that the criteria of an ECG name most often, in the usual order."""
    named = Counter(
        lead
        for verdict in made.verdicts
        for outcome in verdict.outcomes
        if outcome.met
        for lead in outcome.leads
    )
    if not named or len(named) == len(LEADS):
        return list(_LEADS)
    most = [lead for lead, _ in named.most_common(MOST_LEADS)]
    return sorted(most, key=LEADS.index)


def name_of(step: Step) -> str:
    """What a step is called over its panel."""
    if not step.finding:
        return say("explore.step_normal")
    if step.part < 1:
        return say("explore.step_part", part=100 * step.part)
    if step.degree != "usual":
        return say(f"explore.degree_{step.degree}") if step.degree else sentence_case(step.words)
    return say("explore.degree_usual")


def _judged(step: Step, made: Generated) -> str:
    """Whether a step shows the pattern of its finding; '' for the normal heart."""
    verdict = next((v for v in made.verdicts if v.id == step.finding), None)
    if verdict is None:
        return ""
    return say({True: "explore.met", False: "explore.not_met", None: "explore.unsure"}[verdict.met])


def _both(
    finding: Finding, way: Sequence[Step], names: Sequence[str], made: Sequence[Generated]
) -> None:
    """The normal ECG in full, and below it the one chosen: at first the usual form."""
    st.header(say("explore.both"), anchor=False)
    later = list(range(1, len(made)))
    usual = finding.at("").name
    chosen = next((k for k in later if way[k].words == usual and way[k].part == 1), later[-1])
    if len(later) > 1:
        chosen = st.segmented_control(
            say("explore.step_shown"),
            later,
            default=chosen,
            required=True,
            key=f"{_KEY}_shown_{finding.id}",
            format_func=names.__getitem__,
        )
    look = None
    for place, k in (("before", 0), ("after", chosen)):
        look = trace(
            made[k].ecg,
            f"{_KEY}_{place}",
            heading=names[k],
            alt=say("explore.pair_alt", name=names[k]),
            controls=place == "before",
            look=look,
        )
