"""Small words for the page: names of findings, and text of others made harmless."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from sediff.findings import FINDINGS, Finding
from sediff.view.text import say


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


def marked(report: str, words: Collection[str]) -> str:
    """The report as Markdown, harmless, with some of its words marked as not understood."""
    if not words:
        return quoted(report)
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({known})(?!\w)", report)
    shown = [
        f":orange-background[**{quoted(part)}** ?]" if i % 2 else _spaced(part)
        for i, part in enumerate(parts)
    ]
    return "".join(shown)


def _spaced(part: str) -> str:
    """Quoted text that keeps the blanks at its ends, where a marked word follows."""
    if not part.strip():
        return " " if part else ""
    before, after = part[0].isspace(), part[-1].isspace()
    return f"{' ' * before}{quoted(part)}{' ' * after}"


_MOVED = {
    "heart_rate": "bpm", "pr_ms": "ms", "qrs_ms": "ms", "qt_ms": "ms", "axis_deg": "degrees",
    "p_mv": "mV", "t_mv": "mV",
}  # fmt: skip


def moves_sentence(provenance: Mapping[str, Any]) -> str:
    """What was moved in the heart that the model drew; '' where nothing was."""
    moved = provenance.get("moved") or {}
    parts = []
    for name, unit in _MOVED.items():
        if name in moved:
            before, after = moved[name]
            label = say(f"result.moved_{name}")
            start = "" if before is None else say("result.moved_from", before=f"{before:g}")
            parts.append(f"{label} {start}{after:g} {unit}" if after is not None else label)
    if "st_mv" in moved:
        leads = ", ".join(lead for lead, _ in moved["st_mv"][1])
        parts.append(say("result.moved_st", leads=leads))
    if "waves" in moved:
        waves = ", ".join(wave["wave"] for wave in moved["waves"][1])
        parts.append(say("result.moved_waves", waves=waves))
    return say("result.moved", parts="; ".join(parts)) if parts else ""
