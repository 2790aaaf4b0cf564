"""Salts, drugs and cold."""

from sediff.criteria.metabolic import (
    DIGITALIS,
    HYPERCALCAEMIA,
    HYPERKALAEMIA,
    HYPOCALCAEMIA,
    HYPOKALAEMIA,
    HYPOTHERMIA,
    SODIUM_BLOCK,
)
from sediff.findings.finding import Finding, Stage

_NO_P = ("pr_ms", "p_mv")

METABOLIC = (
    Finding(
        "hyperkalaemia",
        "hyperkalaemia",
        "repolarisation",
        english=("hyperkalemia", "high potassium"),
        german=("hyperkaliämie",),
        shape="hyperkalaemia_1",
        conflicts=("hypokalaemia", "low_t"),
        combines=("sinus_tachycardia", "lvh", "hypocalcaemia"),
        stages=(
            Stage(
                "1",
                "hyperkalaemia stage 1",
                english=("peaked T waves", "hyperkalaemia with peaked T waves", "tented T waves"),
                german=("hyperkaliämie stadium 1", "zeltförmige T-Wellen"),
                shape="hyperkalaemia_1",
                typical={"qrs_ms": (78, 100)},
                criteria=HYPERKALAEMIA["1"],
            ),
            Stage(
                "2",
                "hyperkalaemia stage 2",
                english=("hyperkalaemia with prolonged PR interval",),
                german=("hyperkaliämie stadium 2",),
                shape="hyperkalaemia_2",
                typical={"pr_ms": (215, 280), "qrs_ms": (94, 110), "heart_rate": (55, 80)},
                criteria=HYPERKALAEMIA["2"],
            ),
            Stage(
                "3",
                "hyperkalaemia stage 3",
                english=("hyperkalaemia with wide QRS",),
                german=("hyperkaliämie stadium 3", "hyperkaliämie mit breitem QRS"),
                shape="hyperkalaemia_3",
                rhythm="sinoventricular",
                typical={"qrs_ms": (135, 165)},
                lacks=_NO_P,
                criteria=HYPERKALAEMIA["3"],
            ),
            Stage(
                "4",
                "hyperkalaemia stage 4",
                english=("sine wave pattern", "hyperkalaemia with sine wave pattern"),
                german=("hyperkaliämie stadium 4", "sinuswellenmuster"),
                shape="hyperkalaemia_4",
                rhythm="sinoventricular",
                typical={"qrs_ms": (190, 215), "heart_rate": (82, 108), "qt_ms": (480, 530)},
                lacks=_NO_P,
                criteria=HYPERKALAEMIA["4"],
            ),
        ),
        teaching=(
            "T becomes tall, narrow and pointed first; then PR lengthens and P fades, the QRS "
            "widens, and at last QRS and T make one sine wave.",
            "The atria fall silent before the sinus node does: a wide rhythm without P may still "
            "be sinus.",
            "Calcium protects the heart within minutes while potassium is being lowered.",
        ),
        pitfalls=(
            "The stages do not track potassium: an ECG can be normal in severe hyperkalaemia.",
            "The T of a hyperacute infarct is tall too, but broad-based and in one territory.",
            "A slow, wide rhythm without P is hyperkalaemia until the laboratory denies it.",
        ),
        mimics=("early_repolarisation", "short_qt", "hypokalaemia"),
        warning="An ECG does not track potassium and can be normal in severe hyperkalaemia.",
    ),
    Finding(
        "hypokalaemia",
        "hypokalaemia",
        "repolarisation",
        english=("hypokalemia", "low potassium"),
        german=("hypokaliämie",),
        shape="hypokalaemia",
        typical={"heart_rate": (56, 74), "pr_ms": (120, 192)},  # room for U before P
        conflicts=("hyperkalaemia",),
        combines=("pvc", "sinus_bradycardia", "lvh"),
        criteria=HYPOKALAEMIA,
        teaching=(
            "ST sags, T flattens, and a U wave grows until it is taller than T.",
            "T and U merge, so the long 'QT' that is read is a QU interval.",
        ),
        pitfalls=(
            "Many people with low potassium have no such ECG.",
            "Low magnesium often stands behind a potassium that will not rise.",
        ),
        mimics=("digitalis_effect", "hypocalcaemia", "hyperkalaemia"),
    ),
    Finding(
        "hypercalcaemia",
        "hypercalcaemia",
        "repolarisation",
        english=("hypercalcemia", "high calcium"),
        german=("hyperkalzämie",),
        shape="hypercalcaemia",
        typical={"qtc_ms": (300, 330)},
        conflicts=("hypocalcaemia", "long_qt", "hypothermia"),
        combines=("first_degree_av_block",),
        criteria=HYPERCALCAEMIA,
        teaching=(
            "The ST segment vanishes: T rises straight from the end of the QRS and QT is short.",
            "The time from QRS to the apex of T follows calcium better than QT does.",
        ),
        pitfalls=(
            "A short QT alone is also seen with digoxin, fever, tachycardia and in a rare gene "
            "defect.",
        ),
        mimics=("long_qt", "digitalis_effect", "hyperkalaemia"),
    ),
    Finding(
        "hypocalcaemia",
        "hypocalcaemia",
        "repolarisation",
        english=("hypocalcemia", "low calcium"),
        german=("hypokalzämie",),
        shape="hypocalcaemia",
        typical={"qtc_ms": (485, 525)},
        conflicts=("hypercalcaemia", "short_qt"),
        combines=("hyperkalaemia",),
        criteria=HYPOCALCAEMIA,
        teaching=(
            "QT is long because its ST segment is long; T itself keeps its shape and duration.",
            "A long ST segment with tented T waves points to kidney failure: low calcium, high "
            "potassium.",
        ),
        pitfalls=("Long QT syndrome type 3 and cold lengthen the ST segment in the same way.",),
        mimics=("long_qt_1", "hypokalaemia", "digitalis_effect"),
    ),
    Finding(
        "digitalis_effect",
        "digitalis effect",
        "repolarisation",
        english=("digoxin effect", "dig effect"),
        german=("digitaliswirkung", "digitaliseffekt", "digitalis-veränderungen"),
        patterns=("digitalis", "digoxin"),
        scp=("DIG",),
        shape="digitalis_effect",
        typical={"qtc_ms": (345, 390)},
        conflicts=("long_qt", "hypocalcaemia"),
        combines=("atrial_fibrillation", "pvc", "first_degree_av_block"),
        criteria=DIGITALIS,
        teaching=(
            "ST is scooped like a spoon in leads with a tall R, T is small, and QT is short.",
            "It shows that the drug is taken, not that there is too much of it.",
        ),
        pitfalls=(
            "ST depression of ischaemia is level or straight; strain inverts T.",
            "Poisoning is told by its rhythms: atrial tachycardia with block, junctional and "
            "ventricular beats.",
        ),
        mimics=("lv_strain", "hypokalaemia", "long_qt"),
    ),
    Finding(
        "hypothermia",
        "hypothermia",
        "repolarisation",
        english=("Osborn waves",),
        german=("hypothermie", "osborn-wellen"),
        shape="hypothermia",
        typical={
            "heart_rate": (36, 50), "pr_ms": (185, 235), "qrs_ms": (92, 108), "qtc_ms": (500, 570),
        },
        conflicts=("sinus_tachycardia", "short_qt", "hypercalcaemia"),
        combines=("sinus_bradycardia", "atrial_fibrillation"),
        criteria=HYPOTHERMIA,
        teaching=(
            "A dome follows the QRS, largest in the inferior and left chest leads; it grows as "
            "the body cools.",
            "All is slow: rate, PR, QRS and QT. Below 32 degrees atrial fibrillation is common.",
        ),
        pitfalls=(
            "Shivering shakes the baseline and can hide P waves.",
            "Osborn waves also follow high calcium and injury of the brain.",
        ),
        mimics=("pericarditis", "brugada", "short_qt"),
    ),
    Finding(
        "sodium_channel_block",
        "sodium channel blocker toxicity",
        "repolarisation",
        english=(
            "sodium channel blockade", "tricyclic toxicity", "tricyclic antidepressant overdose",
        ),
        german=("natriumkanalblocker-intoxikation", "trizyklika-intoxikation"),
        shape="sodium_block",
        typical={
            "heart_rate": (104, 128), "qrs_ms": (118, 150), "axis_deg": (150, 178),
            "qtc_ms": (440, 490),
        },
        conflicts=("lbbb", "sinus_bradycardia", "lafb"),
        combines=("sinus_tachycardia", "first_degree_av_block"),
        criteria=SODIUM_BLOCK,
        teaching=(
            "The QRS widens and its end turns right: a tall R at the end of aVR, a deep S in I.",
            "An R of 3 mm in aVR after tricyclics goes with seizures and arrhythmias.",
            "Sodium bicarbonate narrows the QRS.",
        ),
        pitfalls=(
            "With P hidden in T it passes for ventricular tachycardia.",
            "Right bundle branch block turns the end of the QRS right as well.",
        ),
        mimics=("hyperkalaemia", "brugada", "lbbb"),
    ),
)  # fmt: skip
