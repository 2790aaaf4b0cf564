"""`Finding`: everything the app knows of one ECG finding, in one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sediff.criteria.check import Criteria

Range = tuple[float, float]


@dataclass(frozen=True)
class Stage:
    """One stage or form of a finding; what it leaves empty is as in the finding itself.

    Attributes:
        id: key within the finding: 'hyperacute', '2'.
        name: as a report writes it: 'hyperacute anterior STEMI'.
        english, german, patterns, shape, rhythm, conduction, technique, typical, lacks, criteria:
            as in `Finding`.
    """

    id: str
    name: str
    english: tuple[str, ...] = ()
    german: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    shape: str | None = None
    rhythm: str | None = None
    conduction: str | None = None
    technique: str | None = None
    typical: Mapping[str, Range] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    criteria: Criteria | None = None

    @property
    def phrases(self) -> tuple[str, ...]:
        """All that states this stage."""
        return (self.name, *self.english, *self.german, *self.patterns)


@dataclass(frozen=True)
class Finding:
    """One finding of the vocabulary.

    Attributes:
        id: key in `FINDINGS`.
        name: English name as a report writes it, without article.
        family: 'normal', 'rhythm', 'ectopy', 'conduction', 'pacing', 'infarct',
            'repolarisation', 'chambers', 'axis', 'other', 'technique'.
        english, german: further ways to write it; every one of them is read back as this finding.
        patterns: word sets that state it but that nobody would print ('*' is any territory).
        scp: SCP-ECG codes of PTB-XL that state it; () means that no real ECG stands behind it.
        snomed: SNOMED CT concept id, '' where there is none.
        shape: key of how the simulator changes the beat; None: nothing, or only the model does.
        rhythm: key of the rhythm engine: which rhythm is the base ('af', 'vt'); None: sinus.
        conduction: key of how atrial beats reach the ventricles ('mobitz_1'); None: all do.
        ectopy: which premature beats come ('pvc', 'couplet'); `ectopy_share`: of all beats.
        pacing: key of how a pacemaker works ('ddd').
        technique: key of what recording does to the signal ('tremor', 'arm_reversal').
        typical: numeric name of `sediff.spec.LIMITS` -> (low, high) usual with the finding.
        requires: numeric name -> (low, high) outside of which the finding is contradicted.
        lacks: numbers that do not exist with it: 'pr_ms' without P waves, all in fibrillation.
        implies: ids that are present whenever this one is.
        conflicts: ids that cannot be present with it (one side is enough).
        combines: ids that hearts often add to it; each of these pairs is drawn in the tests.
        stages: stages or forms, the usual one first; () means that there is only one.
        criteria: the published pattern as checks; stages may have their own.
        mimics: ids that look alike and whose criteria its drawing must not meet.
        warning: a sentence that must stand beside every such ECG, '' mostly.
        benign: may stand beside 'normal ECG'.
        vague: a statement of reports ('abnormal QRS') that has no criteria of its own.
        drawable: False: recognised and reported, not drawn.
        certainty: how sure it is when stated plainly ('otherwise normal' is 0.8 in PTB-XL).
    """

    id: str
    name: str
    family: str
    english: tuple[str, ...] = ()
    german: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    scp: tuple[str, ...] = ()
    snomed: str = ""
    shape: str | None = None
    rhythm: str | None = None
    conduction: str | None = None
    ectopy: str | None = None
    ectopy_share: float = 0.0
    pacing: str | None = None
    technique: str | None = None
    typical: Mapping[str, Range] = field(default_factory=dict)
    requires: Mapping[str, Range] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    combines: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    criteria: Criteria | None = None
    mimics: tuple[str, ...] = ()
    warning: str = ""
    benign: bool = False
    vague: bool = False
    drawable: bool = True
    certainty: float = 1.0

    @property
    def phrases(self) -> tuple[str, ...]:
        """Name, synonyms and patterns: all that states this finding."""
        return (self.name, *self.english, *self.german, *self.patterns)

    @property
    def has_pattern(self) -> bool:
        """Whether the simulator draws it as a form or an order of beats, not as numbers alone."""
        return bool(self.shape or self.rhythm or self.conduction or self.ectopy or self.pacing)

    def at(self, stage: str) -> "Finding":
        """This finding at a stage: what the stage says replaces what the finding says.

        Args:
            stage: id of a stage; '' is the usual one.

        Raises:
            KeyError: there is no such stage.
        """
        if not self.stages and not stage:
            return self
        found = self.stages[0] if not stage else {s.id: s for s in self.stages}[stage]
        return replace(
            self,
            name=found.name,
            english=found.english,
            german=found.german,
            shape=found.shape or self.shape,
            rhythm=found.rhythm or self.rhythm,
            conduction=found.conduction or self.conduction,
            technique=found.technique or self.technique,
            typical={**self.typical, **found.typical},
            lacks=found.lacks or self.lacks,
            criteria=found.criteria or self.criteria,
            stages=(),
        )
