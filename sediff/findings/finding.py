"""`Finding`: everything the app knows of one ECG finding, in one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Range = tuple[float, float]


@dataclass(frozen=True)
class Finding:
    """One finding of the vocabulary.

    Attributes:
        id: key in `FINDINGS`.
        name: English name as a report writes it, without article.
        family: 'normal', 'rhythm', 'ectopy', 'conduction', 'infarct', 'repolarisation',
            'chambers', 'axis'.
        english, german: further ways to write it; every one of them is read back as this finding.
        patterns: word sets that state it but that nobody would print ('*' is any territory).
        scp: SCP-ECG codes of PTB-XL that state it; () means that no real ECG stands behind it.
        shape: key of how the simulator changes the beat; None: only the model draws it.
        rhythm: 'af' when the beats come at random and P waves are missing.
        ectopy: which premature beats come; `ectopy_share`: their share of all beats, 0 .. 1.
        typical: numeric name of `sediff.spec.LIMITS` -> (low, high) usual with the finding.
        requires: numeric name -> (low, high) outside of which the finding is contradicted.
        implies: ids that are present whenever this one is.
        conflicts: ids that cannot be present with it (one side is enough).
        benign: may stand beside 'normal ECG'.
        drawable: False: recognised and reported, not drawn yet.
        certainty: how sure it is when stated plainly ('otherwise normal' is 0.8 in PTB-XL).
    """

    id: str
    name: str
    family: str
    english: tuple[str, ...] = ()
    german: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    scp: tuple[str, ...] = ()
    shape: str | None = None
    rhythm: Literal["af"] | None = None
    ectopy: Literal["pac", "pvc"] | None = None
    ectopy_share: float = 0.0
    typical: Mapping[str, Range] = field(default_factory=dict)
    requires: Mapping[str, Range] = field(default_factory=dict)
    implies: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    benign: bool = False
    drawable: bool = True
    certainty: float = 1.0

    @property
    def phrases(self) -> tuple[str, ...]:
        """Name, synonyms and patterns: all that states this finding."""
        return (self.name, *self.english, *self.german, *self.patterns)
