"""Small words for the page: names of findings, and text of others made harmless."""

import re
from functools import lru_cache

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
