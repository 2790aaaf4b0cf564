"""The fields of a case, for a new one and for changes of an old one."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import streamlit as st

from pages.parts.cases_words import LEVELS, form_name, level_label
from sediff.cases.case import MAX_FINDINGS, MAX_TAGS, MAX_TEXT, MAX_TITLE
from sediff.findings import FINDINGS
from sediff.view.text import say


def fields(given: Mapping[str, Any], key: str, known_tags: Iterable[str] = ()) -> dict[str, Any]:
    """Draw the fields within a form; gives what they hold, as attributes of `Case`.

    Args:
        given: what they hold at first: title, history, question, answer, teaching, findings,
            tags, difficulty.
        key: prefix of the widgets' keys; a new one starts from `given` again.
    """
    title = _line("title", given, key)
    history, question = _text("history", given, key), _text("question", given, key, 68)
    answer = _text("answer", given, key)
    teaching = st.text_area(
        say("cases.form_teaching"),
        "\n".join(given["teaching"]),
        max_chars=3 * MAX_TEXT,
        height=150,
        key=f"{key}_teaching",
        persist_state="session",
    )
    findings = _findings(given["findings"], key)
    tags, difficulty = _tags(given["tags"], known_tags, key), _level(given["difficulty"], key)
    found = {
        "title": title.strip(),
        "history": history.strip(),
        "question": question.strip(),
        "answer": answer.strip(),
        "teaching": tuple(line.strip() for line in teaching.splitlines() if line.strip()),
        "findings": findings,
        "tags": tags,
        "difficulty": difficulty,
    }
    if findings and (main := FINDINGS.get(findings[0].partition(":")[0])):
        found["family"] = main.family
    return found


def _line(name: str, given: Mapping[str, Any], key: str) -> str:
    typed = st.text_input(
        say(f"cases.form_{name}"),
        given[name],
        max_chars=MAX_TITLE,
        key=f"{key}_{name}",
        persist_state="session",
    )
    return typed or ""


def _text(name: str, given: Mapping[str, Any], key: str, height: int = 110) -> str:
    typed = st.text_area(
        say(f"cases.form_{name}"),
        given[name],
        max_chars=MAX_TEXT,
        height=height,
        key=f"{key}_{name}",
        persist_state="session",
    )
    return typed or ""


def _findings(given: Iterable[str], key: str) -> tuple[str, ...]:
    there = list(given)
    chosen = st.multiselect(
        say("cases.form_findings"),
        [*dict.fromkeys((*there, *_all_forms()))],
        there,
        format_func=form_name,
        key=f"{key}_findings",
        max_selections=MAX_FINDINGS,
        placeholder=say("cases.form_findings_hint"),
        help=say("cases.form_findings_help"),
        persist_state="session",
    )
    return tuple(chosen)


def _tags(given: Iterable[str], known: Iterable[str], key: str) -> tuple[str, ...]:
    there = list(given)
    chosen = st.multiselect(
        say("cases.form_tags"),
        [*dict.fromkeys((*there, *known))],
        there,
        key=f"{key}_tags",
        max_selections=MAX_TAGS,
        accept_new_options=True,
        placeholder=say("cases.form_tags_hint"),
        persist_state="session",
    )
    return tuple(dict.fromkeys(tag.strip() for tag in chosen if tag.strip()))


def _level(given: int, key: str) -> int:
    return st.segmented_control(
        say("cases.form_difficulty"),
        LEVELS,
        default=given,
        required=True,
        format_func=level_label,
        key=f"{key}_difficulty",
        persist_state="session",
    )


@lru_cache(maxsize=1)
def _all_forms() -> tuple[str, ...]:
    """'id' and 'id:stage' of every finding that can be asked for, by name."""
    plain = [finding for finding in FINDINGS.values() if not finding.vague]
    forms = [f.id for f in plain] + [f"{f.id}:{stage.id}" for f in plain for stage in f.stages]
    return tuple(sorted(forms, key=lambda form: form_name(form).casefold()))
