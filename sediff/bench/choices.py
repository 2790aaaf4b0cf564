"""Which findings of the vocabulary stand behind which control."""

from collections.abc import Mapping
from functools import lru_cache

from sediff.findings import FINDINGS, Finding

# In the order of the page. 'other' is what no other control offers.
GROUPS = ("rhythm", "av", "ventricles", "ectopy", "pacing", "other", "noise", "cables")
_SALTS = ("hyperkalaemia", "hypokalaemia", "hypercalcaemia", "hypocalcaemia")  # have sliders
_AV = ("first_degree_av_block", "pr_prolonged", "short_pr")
_LEFT_OUT = ("normal_ecg", "tachycardia", "bradycardia")  # say less than the sliders do
_NOISE = ("wander", "tremor", "mains_50", "mains_60", "loose_limb", "loose_chest")


@lru_cache(maxsize=1)
def forms() -> Mapping[str, tuple[str, str]]:
    """Name as a report writes it -> (id, stage) of everything that can be drawn."""
    found: dict[str, tuple[str, str]] = {}
    for finding in FINDINGS.values():
        if finding.drawable and not finding.vague:
            found |= {stage.name: (finding.id, stage.id) for stage in finding.stages}
            if not finding.stages:
                found[finding.name] = (finding.id, "")
    return found


@lru_cache(maxsize=1)
def choices() -> Mapping[str, tuple[str, ...]]:
    """Group -> names, in the order of the vocabulary; every name is in one group."""
    found: dict[str, list[str]] = {group: [] for group in GROUPS}
    for name, (id, stage) in forms().items():
        if id not in (*_SALTS, *_LEFT_OUT):
            found[_group(FINDINGS[id].at(stage))].append(name)
    return {group: tuple(names) for group, names in found.items()}


def _group(form: Finding) -> str:
    if form.family == "technique":
        return "noise" if form.technique in _NOISE else "cables"
    if form.family == "conduction":
        return "av" if form.conduction or form.rhythm or form.id in _AV else "ventricles"
    return form.family if form.family in GROUPS else "other"
