"""Atrial fibrillation and flutter, and rhythms of atrial foci."""

from sediff.criteria.av_block import ONE_TO_ONE
from sediff.criteria.blocks import number, rhythm_is
from sediff.criteria.check import Criteria
from sediff.criteria.supraventricular import (
    flutter_waves_per_beat,
    rate,
    regular,
    shapes_of_p,
)
from sediff.findings.finding import Finding, Stage
from sediff.findings.rhythm import NOT_SINUS

_NO_P = ("first_degree_av_block", "pr_prolonged", "short_pr", "lae", "rae", *NOT_SINUS)
_SECOND = ("mobitz_1", "mobitz_2", "two_to_one_av_block", "high_grade_av_block")
_AF_SOURCE = "Joglar et al., ACC/AHA/ACCP/HRS guideline on atrial fibrillation, 2023"
_FLUTTER_SOURCE = "Saoudi et al., ESC/NASPE classification of atrial flutter, 2001"
_SVT_SOURCE = "Brugada et al., ESC guideline on supraventricular tachycardia, 2019"
_TERMS = "WHO/ISC Task Force, definition of terms related to cardiac rhythm, Am Heart J 1978"
_AF = (rhythm_is("af"), regular(False))
_FLUTTER = (
    rhythm_is("flutter"),
    number("Atrial rate", "rhythm_seen.atrial_rate", low=240, high=350, wave="RR"),
)


def _flutter(*more) -> Criteria:
    return Criteria(_FLUTTER_SOURCE, (*_FLUTTER, *more))


ATRIAL_RHYTHMS = (
    Finding(
        "atrial_fibrillation",
        "atrial fibrillation",
        "rhythm",
        english=("AF", "AFib", "a-fib", "atrial fib", "auricular fibrillation"),
        german=("vorhofflimmern", "VHF", "absolute arrhythmie", "vorhofflimmern/-flattern"),
        patterns=(
            "foermaksflimmer",
            "controlled response atrial fibrillation",
            "controlled ventricular response atrial fibrillation",
            "controlled atrial fibrillation",
        ),
        scp=("AFIB",),
        snomed="164889003",
        rhythm="af",
        lacks=("pr_ms", "p_mv"),
        typical={"heart_rate": (65, 105)},
        conflicts=(*_NO_P, *_SECOND, "normal_ecg"),
        criteria=Criteria(_AF_SOURCE, _AF),
        teaching=(
            "Irregular RR without any pattern, and no P waves.",
            "The baseline is restless: f waves at 300 to 600 a minute, best seen in V1.",
        ),
        pitfalls=("A regular rhythm under f waves is not AF alone: think of complete AV block.",),
        mimics=("atrial_flutter", "multifocal_atrial_tachycardia", "sinus_arrhythmia"),
        combines=("lbbb", "rbbb", "pvc", "third_degree_av_block", "inferior_mi"),
    ),
    Finding(
        "af_rapid",
        "atrial fibrillation with rapid ventricular response",
        "rhythm",
        english=("AF with RVR", "rapid AF", "AFib with fast ventricular response", "fast AF"),
        german=("tachykardes vorhofflimmern", "vorhofflimmern mit tachykarder überleitung"),
        patterns=(
            "tachykardes vorhofflimmern/-flattern",
            "atrial fibrillation tachycardia response",
            "atrial fibrillation with rapid rate",
            "atrial fibrillation with rapid ventricular response",
            "atrial fibrillation with tachycardia ventricular response",
        ),
        scp=("AFIB",),
        snomed="314208002",
        rhythm="af",
        lacks=("pr_ms", "p_mv"),
        typical={"heart_rate": (116, 155)},
        requires={"heart_rate": (95, 220)},
        conflicts=(*_NO_P, *_SECOND, "af_slow", "normal_ecg", "third_degree_av_block"),
        criteria=Criteria(_AF_SOURCE, (*_AF, rate(low=100.1))),
        teaching=(
            "Atrial fibrillation at more than 100 a minute: the AV node lets too many through.",
            "The faster it is, the more regular it looks: measure RR, do not trust the eye.",
        ),
        pitfalls=("Irregular, wide and above 200 a minute: pre-excited AF, no AV node blockers.",),
        mimics=("svt", "multifocal_atrial_tachycardia", "atrial_flutter", "sinus_tachycardia"),
        combines=("lbbb", "rbbb"),
    ),
    Finding(
        "af_slow",
        "atrial fibrillation with slow ventricular response",
        "rhythm",
        english=("slow AF", "AF with slow ventricular response", "slow atrial fibrillation"),
        german=("bradykardes vorhofflimmern", "vorhofflimmern mit langsamer überleitung"),
        patterns=(
            "bradykardes vorhofflimmern/-flattern",
            "atrial fibrillation bradycardia response",
            "atrial fibrillation with slow rate",
            "atrial fibrillation with bradycardia ventricular response",
        ),
        scp=("AFIB",),
        rhythm="af",
        lacks=("pr_ms", "p_mv"),
        typical={"heart_rate": (40, 56)},
        requires={"heart_rate": (25, 65)},
        conflicts=(*_NO_P, *_SECOND, "af_rapid", "normal_ecg"),
        criteria=Criteria(_AF_SOURCE, (*_AF, rate(high=59.9))),
        teaching=(
            "Atrial fibrillation below 60 a minute without drugs means a sick AV node.",
            "RR stays irregular: that proves that beats are still conducted.",
        ),
        pitfalls=("Slow and regular under f waves is complete AV block, not slow AF.",),
        mimics=("third_degree_av_block", "junctional_rhythm", "sinus_bradycardia"),
        combines=("rbbb", "digitalis_effect"),
    ),
    Finding(
        "rapid_response",
        "rapid ventricular response",
        "rhythm",
        english=("RVR", "fast ventricular response"),
        german=("tachykarde überleitung", "schnelle überleitung"),
        patterns=("tachycardia ventricular response",),
        typical={"heart_rate": (116, 150)},
        requires={"heart_rate": (95, 220)},
        conflicts=("slow_response", "sinus_bradycardia"),
        vague=True,
    ),
    Finding(
        "slow_response",
        "slow ventricular response",
        "rhythm",
        german=("langsame überleitung", "bradykarde überleitung"),
        patterns=("bradycardia ventricular response",),
        typical={"heart_rate": (40, 56)},
        requires={"heart_rate": (25, 65)},
        conflicts=("rapid_response", "sinus_tachycardia"),
        vague=True,
    ),
    Finding(
        "atrial_flutter",
        "atrial flutter",
        "rhythm",
        english=("AFL", "auricular flutter", "a-flutter"),
        german=("vorhofflattern",),
        patterns=("foermaksfladder", "flutter atrium"),
        scp=("AFLT",),
        snomed="164890007",
        shape="flutter",
        rhythm="flutter",
        lacks=("pr_ms", "p_mv"),
        typical={"heart_rate": (68, 82)},
        conflicts=(*_NO_P, *_SECOND, "atrial_fibrillation", "af_rapid", "af_slow", "normal_ecg"),
        stages=(
            Stage(
                "typical",
                "typical atrial flutter",
                german=("typisches vorhofflattern",),
                criteria=_flutter(),
            ),
            Stage(
                "2_1",
                "atrial flutter with 2:1 conduction",
                english=("2:1 atrial flutter", "atrial flutter with 2:1 block"),
                german=("vorhofflattern mit 2:1-überleitung",),
                rhythm="flutter_2",
                typical={"heart_rate": (130, 160)},
                criteria=_flutter(flutter_waves_per_beat(2)),
            ),
            Stage(
                "3_1",
                "atrial flutter with 3:1 conduction",
                english=("3:1 atrial flutter", "atrial flutter with 3:1 block"),
                german=("vorhofflattern mit 3:1-überleitung",),
                rhythm="flutter_3",
                typical={"heart_rate": (88, 108)},
                criteria=_flutter(flutter_waves_per_beat(3)),
            ),
            Stage(
                "4_1",
                "atrial flutter with 4:1 conduction",
                english=("4:1 atrial flutter", "atrial flutter with 4:1 block"),
                german=("vorhofflattern mit 4:1-überleitung",),
                rhythm="flutter_4",
                typical={"heart_rate": (66, 80)},
                criteria=_flutter(flutter_waves_per_beat(4)),
            ),
            Stage(
                "variable",
                "atrial flutter with variable conduction",
                english=("atrial flutter with variable block", "atrial flutter variable AV block"),
                german=("vorhofflattern mit wechselnder überleitung",),
                rhythm="flutter_variable",
                typical={"heart_rate": (85, 100)},
                criteria=_flutter(regular(False)),
            ),
        ),
        teaching=(
            "A sawtooth without an isoelectric line at some 300 a minute, best in II, III and aVF.",
            "Typical flutter is negative in the inferior leads and positive in V1.",
            "A regular narrow tachycardia at 150 a minute is 2:1 flutter until proved otherwise.",
        ),
        pitfalls=("In 2:1 conduction every second wave hides in the QRS or in T.",),
        mimics=("sinus_tachycardia", "atrial_fibrillation", "svt", "atrial_tachycardia"),
        combines=("lbbb", "rbbb", "third_degree_av_block"),
    ),
    Finding(
        "atrial_tachycardia",
        "atrial tachycardia",
        "rhythm",
        english=("ectopic atrial tachycardia", "focal atrial tachycardia"),
        german=("atriale tachykardie", "fokale atriale tachykardie"),
        snomed="713422000",
        rhythm="atrial",
        typical={"heart_rate": (118, 142), "pr_ms": (125, 165)},
        requires={"heart_rate": (95, 220)},
        conflicts=(*NOT_SINUS, "normal_ecg", "atrial_fibrillation", "af_rapid", "af_slow"),
        criteria=Criteria(_SVT_SOURCE, (rhythm_is("atrial"), rate(low=100.1), regular())),
        teaching=(
            "P waves of a foreign form or axis before each QRS at more than 100 a minute.",
            "Between the P waves the line is flat, unlike in flutter.",
        ),
        pitfalls=(
            "P may hide in the T wave before: adenosine blocks the AV node and uncovers it.",
        ),
        mimics=("sinus_tachycardia", "atrial_flutter", "avnrt", "avrt"),
        combines=("rbbb",),
    ),
    Finding(
        "ectopic_atrial_rhythm",
        "ectopic atrial rhythm",
        "rhythm",
        english=("low atrial rhythm", "coronary sinus rhythm"),
        german=("ektoper vorhofrhythmus", "unterer vorhofrhythmus"),
        rhythm="atrial_low",
        typical={"heart_rate": (58, 90), "pr_ms": (130, 170)},
        requires={"heart_rate": (25, 105)},
        conflicts=(*NOT_SINUS, "normal_ecg", "atrial_fibrillation", "af_rapid", "af_slow"),
        criteria=Criteria(_TERMS, (rhythm_is("atrial"), rate(high=100), ONE_TO_ONE)),
        teaching=(
            "P is inverted in II, III and aVF: the atria are activated from below.",
            "PR of 120 ms and more tells an atrial focus from a junctional one.",
        ),
        pitfalls=("Swapped arm electrodes turn P over in I, not in II, III and aVF.",),
        mimics=("sinus_rhythm", "junctional_rhythm", "accelerated_junctional_rhythm"),
        combines=("rbbb",),
        benign=True,
    ),
    Finding(
        "multifocal_atrial_tachycardia",
        "multifocal atrial tachycardia",
        "rhythm",
        english=("MAT", "chaotic atrial rhythm", "multifocal atrial rhythm"),
        german=("multifokale atriale tachykardie",),
        rhythm="multifocal",
        typical={"heart_rate": (104, 122), "pr_ms": (130, 160)},
        requires={"heart_rate": (95, 220)},
        conflicts=(*NOT_SINUS, "normal_ecg", "atrial_fibrillation", "af_rapid", "af_slow"),
        criteria=Criteria(
            "Shine, Kastor and Yurchak, N Engl J Med 1968; Brugada et al., ESC 2019",
            (rhythm_is("multifocal_atrial"), rate(low=100.1), shapes_of_p(3), regular(False)),
        ),
        teaching=(
            "Three or more forms of P at more than 100 a minute, with changing PP, PR and RR.",
            "It belongs to severe lung disease; treat that, not the rhythm.",
        ),
        pitfalls=("Fast and irregular is taken for fibrillation: look for P before each QRS.",),
        mimics=("atrial_fibrillation", "wandering_pacemaker", "sinus_tachycardia"),
        combines=("rvh", "rae"),
    ),
    Finding(
        "wandering_pacemaker",
        "wandering atrial pacemaker",
        "rhythm",
        english=("wandering pacemaker", "WAP"),
        german=("wandernder vorhofschrittmacher", "wandernder schrittmacher"),
        snomed="195101003",
        rhythm="wandering",
        typical={"heart_rate": (60, 85), "pr_ms": (145, 180)},
        requires={"heart_rate": (25, 105)},
        conflicts=(*NOT_SINUS, "normal_ecg", "atrial_fibrillation", "af_rapid", "af_slow"),
        criteria=Criteria(
            _TERMS, (rhythm_is("multifocal_atrial"), rate(high=100), shapes_of_p(3), ONE_TO_ONE)
        ),
        teaching=(
            "P changes its form step by step over some beats, at no more than 100 a minute.",
            "The pacemaker moves from the sinus node to the junction and back: a vagal effect.",
        ),
        pitfalls=("At more than 100 a minute the same picture is multifocal atrial tachycardia.",),
        mimics=("multifocal_atrial_tachycardia", "sinus_arrhythmia", "sinus_rhythm"),
        combines=("rbbb",),
        benign=True,
    ),
)
