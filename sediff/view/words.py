"""Small words for the page: names of findings, and text of others made harmless."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sediff.findings import FINDINGS, Finding


def quoted(text: str) -> str:
    """Text that is not ours, so that Markdown shows it as it is: no links, images or colours."""
    one_line = " ".join(text.split())
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:@&])", r"\\\1", one_line)


def finding_name(key: str) -> str:
    """The name of a finding as the vocabulary has it; the key itself when it has none."""
    return sentence_case(FINDINGS[key].name if key in FINDINGS else key.replace("_", " "))


@lru_cache(maxsize=1)
def finding_names() -> dict[str, str]:
    """Name as a report writes it -> label with its family, for all that can be drawn, sorted."""
    forms = [
        form
        for finding in FINDINGS.values()
        if finding.drawable and not finding.vague
        for form in forms_of(finding)
    ]
    labels = {form.name: f"{sentence_case(form.family)}: {form.name}" for form in forms}
    return dict(sorted(labels.items(), key=lambda pair: pair[1].casefold()))


def forms_of(finding: Finding) -> list[Finding]:
    """The finding at each of its stages, or itself where it has none."""
    return [finding.at(stage.id) for stage in finding.stages] or [finding]


def sentence_case(text: str) -> str:
    """First letter large, the others as they are (abbreviations stay)."""
    return text[:1].upper() + text[1:]


_MOVED = {
    "heart_rate": ("rate", "bpm"), "pr_ms": ("PR", "ms"), "qrs_ms": ("QRS", "ms"),
    "qt_ms": ("QT", "ms"), "axis_deg": ("axis", "degrees"), "p_mv": ("P", "mV"),
    "t_mv": ("T", "mV"),
}  # fmt: skip


def moves_sentence(provenance: Mapping[str, Any]) -> str:
    """What was moved in the heart that the model drew; '' where nothing was."""
    moved = provenance.get("moved") or {}
    parts = []
    for name, (label, unit) in _MOVED.items():
        if name in moved:
            before, after = moved[name]
            start = "" if before is None else f"{before:g} to "
            parts.append(f"{label} {start}{after:g} {unit}" if after is not None else label)
    if "st_mv" in moved:
        parts.append("ST in " + ", ".join(lead for lead, _ in moved["st_mv"][1]))
    if "waves" in moved:
        parts.append("the form of " + ", ".join(wave["wave"] for wave in moved["waves"][1]))
    if not parts:
        return ""
    return "Moved by the simulator in the heart that the model drew: " + "; ".join(parts) + "."
