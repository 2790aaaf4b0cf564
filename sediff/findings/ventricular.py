"""Rhythms of the ventricles, from escape to fibrillation and standstill."""

from sediff.criteria import ventricular as checks
from sediff.findings.finding import Finding, Stage

_NO_P = ("pr_ms", "p_mv")
_NO_WAVES = ("heart_rate", "pr_ms", "qrs_ms", "qt_ms", "axis_deg", "p_mv", "t_mv")
_NO_FORM = (*_NO_P, "axis_deg", "qt_ms", "t_mv")
_SINUS = (
    "normal_ecg",
    "sinus_rhythm",
    "sinus_tachycardia",
    "sinus_bradycardia",
    "sinus_arrhythmia",
)
_ATRIAL = ("atrial_fibrillation", "af_rapid", "af_slow", "atrial_flutter", "svt", "psvt")
_CONDUCTION = ("first_degree_av_block", "pr_prolonged", "lbbb", "rbbb", "wpw", "paced")
_OTHERS = (*_SINUS, *_ATRIAL, *_CONDUCTION)
_ARREST = "In a patient this is a cardiac arrest: look at the person and act, not at the paper."
_UNSTABLE = "In a patient this is an emergency: it may end in cardiac arrest at any moment."

VENTRICULAR = (
    Finding(
        "idioventricular_rhythm",
        "idioventricular rhythm",
        "rhythm",
        english=("ventricular escape rhythm",),
        german=("idioventrikulärer rhythmus", "kammerrhythmus", "kammerersatzrhythmus"),
        snomed="49260003",
        shape="idioventricular",
        rhythm="idioventricular",
        lacks=_NO_P,
        typical={
            "heart_rate": (27, 38),
            "qrs_ms": (140, 175),
            "qt_ms": (460, 560),
            "axis_deg": (-100, -65),
        },
        requires={"heart_rate": (25, 45), "qrs_ms": (120, 220)},
        conflicts=_OTHERS,
        criteria=checks.IDIOVENTRICULAR,
        teaching=(
            "A focus in the ventricles takes over at 20 to 40/min when nothing faster arrives.",
            "It is wide and regular; the atria stand still or go on dissociated.",
        ),
        pitfalls=(
            "With P waves marching through at a faster rate it is complete AV block with a "
            "ventricular escape rhythm.",
        ),
        mimics=("accelerated_idioventricular", "agonal_rhythm"),
    ),
    Finding(
        "accelerated_idioventricular",
        "accelerated idioventricular rhythm",
        "rhythm",
        english=("AIVR", "accelerated ventricular rhythm"),
        german=("beschleunigter idioventrikulärer rhythmus",),
        snomed="61277005",
        shape="idioventricular",
        rhythm="accelerated_idioventricular",
        lacks=_NO_P,
        typical={
            "heart_rate": (62, 92),
            "qrs_ms": (135, 165),
            "qt_ms": (410, 480),
            "axis_deg": (-100, -65),
        },
        requires={"heart_rate": (40, 110), "qrs_ms": (120, 220)},
        conflicts=_OTHERS,
        criteria=checks.ACCELERATED,
        teaching=(
            "A ventricular focus a little faster than the sinus node: 40 to 100/min, wide, "
            "regular.",
            "It comes and goes with fusion beats, often after reperfusion of an infarct, and is "
            "mostly harmless.",
        ),
        pitfalls=("At 75/min it is easily read as sinus rhythm with LBBB: look for the P waves.",),
        mimics=("ventricular_tachycardia", "idioventricular_rhythm"),
    ),
    Finding(
        "ventricular_tachycardia",
        "ventricular tachycardia",
        "rhythm",
        english=("VT", "V tach"),
        german=("ventrikuläre tachykardie", "kammertachykardie"),
        snomed="25569003",
        shape="vt_left",
        rhythm="vt",
        lacks=_NO_P,
        typical={
            "heart_rate": (138, 174),
            "qrs_ms": (140, 162),
            "qt_ms": (300, 350),
            "axis_deg": (-140, -95),
        },
        requires={"heart_rate": (95, 220), "qrs_ms": (120, 220)},
        conflicts=(*_OTHERS, "normal_axis", "bradycardia"),
        stages=(
            Stage(
                "monomorphic",
                "monomorphic ventricular tachycardia",
                english=("monomorphic VT", "sustained monomorphic VT"),
                german=("monomorphe ventrikuläre tachykardie",),
                criteria=checks.VT,
            ),
            Stage(
                "outflow",
                "outflow tract ventricular tachycardia",
                english=("RVOT tachycardia", "outflow tract VT"),
                german=("ausflusstrakttachykardie",),
                shape="vt_right",
                typical={"qrs_ms": (140, 165), "axis_deg": (70, 105)},
                criteria=checks.OUTFLOW,
            ),
        ),
        criteria=checks.VT,
        teaching=(
            "A regular wide-complex tachycardia is ventricular until proven otherwise.",
            "AV dissociation, capture and fusion beats prove it; no RS complex in the chest "
            "leads, an initial R in aVR and a north-west axis speak for it.",
            "From the outflow tract it looks like LBBB with a downward axis.",
        ),
        pitfalls=(
            "A stable patient does not exclude it.",
            "P waves are often hidden: their absence is no argument against it.",
        ),
        mimics=("accelerated_idioventricular", "polymorphic_vt", "svt", "ventricular_fibrillation"),
    ),
    Finding(
        "polymorphic_vt",
        "polymorphic ventricular tachycardia",
        "rhythm",
        english=("polymorphic VT",),
        german=("polymorphe ventrikuläre tachykardie", "polymorphe kammertachykardie"),
        shape="vt_left",
        rhythm="polymorphic_vt",
        lacks=_NO_FORM,
        typical={"heart_rate": (180, 215), "qrs_ms": (140, 165)},
        requires={"heart_rate": (100, 220), "qrs_ms": (110, 220)},
        conflicts=(*_OTHERS, "ventricular_tachycardia", "bradycardia"),
        criteria=checks.POLYMORPHIC,
        teaching=(
            "The QRS changes its form from beat to beat; the rate is high and irregular.",
            "With a normal QT before it, acute ischaemia is the first cause to think of.",
        ),
        pitfalls=(
            "Pre-excited atrial fibrillation changes its width from beat to beat too, but keeps "
            "one direction of the delta wave.",
        ),
        mimics=("torsades", "ventricular_fibrillation", "ventricular_tachycardia"),
        warning=_UNSTABLE,
    ),
    Finding(
        "torsades",
        "torsades de pointes",
        "rhythm",
        english=("torsades", "torsade de pointes", "TdP"),
        german=("torsade-de-pointes-tachykardie",),
        snomed="31722008",
        rhythm="torsades",
        lacks=_NO_FORM,
        typical={"heart_rate": (152, 168), "qrs_ms": (84, 104)},
        requires={"heart_rate": (100, 220)},
        conflicts=(*_ATRIAL, "normal_ecg", "ventricular_tachycardia", "polymorphic_vt", "paced"),
        criteria=checks.TORSADES,
        teaching=(
            "Polymorphic tachycardia with a long QT before it; the QRS axis twists around the "
            "baseline and its size waxes and wanes.",
            "A pause and an early beat on the long T wave start it: short, long, short.",
            "Magnesium, potassium and a faster heart rate treat it; drugs that lengthen QT make "
            "it worse.",
        ),
        pitfalls=(
            "In one lead alone it may look monomorphic: watch several leads.",
            "The heart rate given is the mean of the record; the tachycardia itself is faster.",
        ),
        mimics=("ventricular_fibrillation", "ventricular_tachycardia"),
        warning=_UNSTABLE,
    ),
    Finding(
        "ventricular_fibrillation",
        "ventricular fibrillation",
        "rhythm",
        english=("VF", "V-fib"),
        german=("kammerflimmern",),
        snomed="71908006",
        rhythm="vf_coarse",
        lacks=_NO_WAVES,
        conflicts=(*_OTHERS, "ventricular_tachycardia", "polymorphic_vt", "torsades", "asystole"),
        stages=(
            Stage(
                "coarse",
                "coarse ventricular fibrillation",
                english=("coarse VF",),
                german=("grobes kammerflimmern",),
                criteria=checks.COARSE_VF,
            ),
            Stage(
                "fine",
                "fine ventricular fibrillation",
                english=("fine VF",),
                german=("feines kammerflimmern",),
                rhythm="vf_fine",
                criteria=checks.FINE_VF,
            ),
        ),
        criteria=checks.COARSE_VF,
        teaching=(
            "Irregular waves of 4 to 7 Hz without any QRS, P or T.",
            "The waves become smaller with time: coarse fibrillation is mostly younger than fine.",
            "Defibrillation is what ends it: every minute counts.",
        ),
        pitfalls=(
            "Fine fibrillation is mistaken for asystole: check gain and a second lead.",
            "A loose cable or shivering can imitate it in a person who talks to you.",
        ),
        mimics=("asystole", "polymorphic_vt", "muscle_tremor"),
        warning=_ARREST,
    ),
    Finding(
        "asystole",
        "asystole",
        "rhythm",
        english=("cardiac standstill",),
        german=("asystolie",),
        snomed="397829000",
        rhythm="asystole",
        lacks=_NO_WAVES,
        conflicts=(*_OTHERS, "ventricular_tachycardia", "polymorphic_vt", "torsades"),
        stages=(
            Stage(
                "complete",
                "complete asystole",
                german=("komplette asystolie",),
                criteria=checks.ASYSTOLE,
            ),
            Stage(
                "p_waves",
                "ventricular standstill",
                english=("P wave asystole", "asystole with P waves"),
                german=("kammerstillstand", "ventrikulärer stillstand"),
                rhythm="ventricular_standstill",
                shape="clear_p",
                criteria=checks.STANDSTILL,
            ),
        ),
        criteria=checks.ASYSTOLE,
        teaching=(
            "No QRS; the baseline still drifts a little: a ruler-flat line is mostly a cable.",
            "With P waves but no QRS, pacing can help: look for them.",
        ),
        pitfalls=(
            "Check electrodes, cables and gain before calling it, and exclude fine fibrillation.",
        ),
        mimics=("ventricular_fibrillation", "agonal_rhythm"),
        warning=_ARREST,
    ),
    Finding(
        "agonal_rhythm",
        "agonal rhythm",
        "rhythm",
        english=("agonal complexes", "dying heart rhythm"),
        german=("agonaler rhythmus",),
        shape="agonal",
        rhythm="agonal",
        lacks=("heart_rate", *_NO_P, "axis_deg", "qt_ms", "t_mv"),
        typical={"qrs_ms": (185, 215), "qt_ms": (490, 560)},
        conflicts=(*_OTHERS, "ventricular_tachycardia", "ventricular_fibrillation", "asystole"),
        criteria=checks.AGONAL,
        teaching=(
            "A few very wide, slow, irregular ventricular complexes that become smaller: the last "
            "activity of a dying heart.",
            "As a rule there is no pulse; it is treated as a non-shockable cardiac arrest.",
        ),
        pitfalls=("A slow escape rhythm is regular and mostly carries a pulse.",),
        mimics=("idioventricular_rhythm", "asystole"),
        warning=_ARREST,
    ),
)
