"""Rhythms and tachycardias of the AV junction."""

from sediff.criteria.blocks import rhythm_is
from sediff.criteria.check import Criteria
from sediff.criteria.supraventricular import (
    LONG_VA,
    NARROW,
    PSEUDO_R,
    SHORT_VA,
    rate,
    regular,
)
from sediff.findings.finding import Finding
from sediff.findings.rhythm import NOT_SINUS

_AF = ("atrial_fibrillation", "af_rapid", "af_slow", "atrial_flutter")
_OTHERS = (*NOT_SINUS, *_AF, "normal_ecg", "first_degree_av_block", "pr_prolonged", "short_pr")
_BRADYCARDIA = "Kusumoto et al., ACC/AHA/HRS guideline on bradycardia, 2018"
_TERMS = "WHO/ISFC Task Force, definition of terms related to cardiac rhythm, Am Heart J 1978"
_SVT_SOURCE = "Brugada et al., ESC guideline on supraventricular tachycardia, 2019"
_NONPAROXYSMAL = "Page et al., ACC/AHA/HRS guideline on supraventricular tachycardia, 2015"
_JUNCTIONAL = (rhythm_is("junctional"), regular())
_SVT = (rhythm_is("svt"), NARROW, regular())

JUNCTIONAL = (
    Finding(
        "svt",
        "supraventricular tachycardia",
        "rhythm",
        english=("SVT",),
        german=("supraventrikuläre tachykardie",),
        scp=("SVTAC",),
        snomed="426761007",
        rhythm="svt",
        lacks=("pr_ms", "p_mv"),
        typical={"heart_rate": (145, 195), "qt_ms": (240, 275)},
        requires={"heart_rate": (100, 220)},
        conflicts=_OTHERS,
        criteria=Criteria(_SVT_SOURCE, (*_SVT, rate(low=100.1))),
        mimics=("sinus_tachycardia", "atrial_flutter", "af_rapid", "atrial_tachycardia"),
    ),
    Finding(
        "psvt",
        "paroxysmal supraventricular tachycardia",
        "rhythm",
        english=("PSVT",),
        german=("paroxysmale supraventrikuläre tachykardie",),
        patterns=("paroxysmal tachycardia",),
        scp=("PSVT",),
        snomed="67198005",
        rhythm="svt",
        lacks=("pr_ms", "p_mv"),
        typical={"heart_rate": (150, 195), "qt_ms": (240, 275)},
        requires={"heart_rate": (100, 220)},
        conflicts=_OTHERS,
        criteria=Criteria(_SVT_SOURCE, (*_SVT, rate(low=100.1))),
        mimics=("sinus_tachycardia", "atrial_flutter", "af_rapid"),
    ),
    Finding(
        "avnrt",
        "AV nodal reentrant tachycardia",
        "rhythm",
        english=("AVNRT", "AV nodal reentry tachycardia", "typical AVNRT"),
        german=("av-knoten-reentrytachykardie", "typische AVNRT"),
        snomed="251166008",
        rhythm="avnrt",
        lacks=("pr_ms", "p_mv"),
        typical={"heart_rate": (150, 195), "qrs_ms": (78, 96), "qt_ms": (240, 275)},
        requires={"heart_rate": (100, 220)},
        implies=("psvt",),
        conflicts=(*_OTHERS, "avrt", "svt"),
        criteria=Criteria(
            "Kalbfleisch et al., J Am Coll Cardiol 1993; Brugada et al., ESC 2019",
            (*_SVT, rate(low=100.1), PSEUDO_R, SHORT_VA),
        ),
        mimics=("avrt", "sinus_tachycardia", "atrial_flutter", "junctional_tachycardia"),
    ),
    Finding(
        "avrt",
        "AV reentrant tachycardia",
        "rhythm",
        english=("AVRT", "orthodromic AVRT", "atrioventricular reentrant tachycardia"),
        german=("AV-reentrytachykardie", "orthodrome AVRT"),
        snomed="233897008",
        rhythm="avrt",
        lacks=("pr_ms", "p_mv"),
        typical={"heart_rate": (142, 168), "qrs_ms": (78, 96), "qt_ms": (285, 310)},
        requires={"heart_rate": (100, 220)},
        implies=("psvt",),
        conflicts=(*_OTHERS, "avnrt", "svt"),
        criteria=Criteria(_SVT_SOURCE, (*_SVT, rate(low=100.1), LONG_VA)),
        mimics=("avnrt", "sinus_tachycardia", "atrial_flutter", "atrial_tachycardia"),
    ),
    Finding(
        "junctional_rhythm",
        "junctional rhythm",
        "rhythm",
        english=("nodal rhythm", "junctional escape rhythm"),
        german=("knotenrhythmus", "av-rhythmus", "junktionaler rhythmus", "knotenersatzrhythmus"),
        snomed="29320008",
        rhythm="junctional",
        lacks=("pr_ms", "p_mv"),
        typical={"heart_rate": (42, 57)},
        requires={"heart_rate": (25, 70)},
        conflicts=_OTHERS,
        criteria=Criteria(_BRADYCARDIA, (*_JUNCTIONAL, rate(40, 60))),
        mimics=("sinus_bradycardia", "af_slow", "ectopic_atrial_rhythm", "third_degree_av_block"),
        combines=("rbbb", "lafb"),
    ),
    Finding(
        "accelerated_junctional_rhythm",
        "accelerated junctional rhythm",
        "rhythm",
        english=("accelerated nodal rhythm",),
        german=("beschleunigter av-rhythmus", "beschleunigter knotenrhythmus"),
        snomed="426664006",
        rhythm="junctional",
        lacks=("pr_ms", "p_mv"),
        typical={"heart_rate": (66, 94)},
        requires={"heart_rate": (55, 105)},
        conflicts=(*_OTHERS, "junctional_rhythm"),
        criteria=Criteria(_TERMS, (*_JUNCTIONAL, rate(60, 100))),
        mimics=("sinus_rhythm", "ectopic_atrial_rhythm", "atrial_fibrillation"),
        combines=("rbbb", "inferior_mi"),
    ),
    Finding(
        "junctional_tachycardia",
        "junctional tachycardia",
        "rhythm",
        english=("junctional ectopic tachycardia", "JET", "nodal tachycardia"),
        german=("av-knotentachykardie", "junktionale tachykardie"),
        snomed="426648003",
        rhythm="junctional_hidden",
        lacks=("pr_ms", "p_mv"),
        typical={"heart_rate": (106, 122), "qt_ms": (285, 308)},
        requires={"heart_rate": (95, 220)},
        conflicts=(*_OTHERS, "svt", "psvt", "avnrt", "avrt"),
        criteria=Criteria(
            _NONPAROXYSMAL, (rhythm_is("junctional"), regular(), NARROW, rate(100.1, 130))
        ),
        mimics=("sinus_tachycardia", "avnrt", "avrt", "atrial_flutter"),
        combines=("rbbb",),
    ),
)
