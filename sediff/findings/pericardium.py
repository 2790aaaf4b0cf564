"""Pericarditis, early repolarisation, takotsubo, and what a sick brain does to T."""

from sediff.criteria.metabolic import J_WAVES
from sediff.criteria.pericardium import EARLY_REPOLARISATION, PERICARDITIS, RAISED_ICP, TAKOTSUBO
from sediff.findings.finding import Finding, Stage

PERICARDIUM = (
    Finding(
        "pericarditis",
        "pericarditis",
        "repolarisation",
        english=("acute pericarditis",),
        german=("perikarditis", "perikardschaden", "akute perikarditis"),
        typical={"qrs_ms": (78, 100), "qtc_ms": (380, 430)},
        conflicts=("lbbb", "paced"),
        combines=("sinus_tachycardia", "atrial_fibrillation", "low_voltage"),
        stages=(
            Stage(
                "1",
                "pericarditis stage 1",
                german=("perikarditis stadium 1",),
                shape="pericarditis_1",
                criteria=PERICARDITIS["1"],
            ),
            Stage(
                "2",
                "pericarditis stage 2",
                german=("perikarditis stadium 2",),
                shape="pericarditis_2",
                criteria=PERICARDITIS["2"],
            ),
            Stage(
                "3",
                "pericarditis stage 3",
                german=("perikarditis stadium 3",),
                shape="pericarditis_3",
                criteria=PERICARDITIS["3"],
            ),
            Stage(
                "4",
                "pericarditis stage 4",
                german=("perikarditis stadium 4",),
                criteria=PERICARDITIS["4"],
            ),
        ),
        teaching=(
            "Stage 1: ST rises concavely in nearly all leads and falls in aVR, and PR is "
            "depressed.",
            "Then ST returns and T flattens (2), T inverts (3), and after weeks all is normal (4).",
            "ST that is a quarter of T or more in V6 speaks for pericarditis against early "
            "repolarisation.",
        ),
        pitfalls=(
            "ST depression in any lead but aVR and V1, or ST higher in III than in II, is an "
            "infarct until it is disproved.",
            "Many patients never show all four stages, and stage 4 alone is a normal ECG.",
        ),
        mimics=("early_repolarisation", "takotsubo", "brugada"),
    ),
    Finding(
        "early_repolarisation",
        "early repolarisation",
        "repolarisation",
        english=("early repolarization", "benign early repolarization", "early repol"),
        german=("frühe repolarisation",),
        shape="early_repolarisation",
        typical={"qrs_ms": (74, 88)},
        conflicts=("lbbb", "paced"),
        combines=("sinus_bradycardia", "high_voltage", "pvc"),
        criteria=EARLY_REPOLARISATION,
        teaching=(
            "The sign is a notch or slur at the end of the QRS, 1 mm and more above the baseline "
            "in two neighbouring inferior or lateral leads.",
            "With an ascending ST segment it is common and harmless in the young and in athletes.",
        ),
        pitfalls=(
            "ST elevation without a notch or slur should not be called early repolarisation.",
            "A horizontal or descending ST segment after the notch carries a higher risk.",
        ),
        mimics=("pericarditis", "hypothermia", "brugada"),
        benign=True,
    ),
    Finding(
        "j_waves",
        "J waves",
        "repolarisation",
        english=("J wave",),
        german=("j-wellen", "j-zacke"),
        shape="j_waves",
        typical={"qrs_ms": (76, 96)},
        conflicts=("lbbb", "paced"),
        combines=("sinus_bradycardia",),
        criteria=J_WAVES,
        teaching=(
            "A J wave is a hump at the junction of QRS and ST.",
            "Ask for cold, calcium, the brain and the family before it is called a variant.",
        ),
        pitfalls=("The hump of R' in right bundle branch block belongs to the QRS.",),
        mimics=("pericarditis", "hypothermia", "brugada"),
    ),
    Finding(
        "takotsubo",
        "takotsubo cardiomyopathy",
        "repolarisation",
        english=("takotsubo", "takotsubo syndrome", "stress cardiomyopathy"),
        german=("takotsubo-kardiomyopathie",),
        typical={"qtc_ms": (490, 560), "qrs_ms": (78, 100)},
        conflicts=("lbbb", "paced", "short_qt"),
        combines=("sinus_tachycardia", "atrial_fibrillation"),
        stages=(
            Stage(
                "st_elevation",
                "takotsubo with ST elevation",
                german=("takotsubo mit ST-Hebung",),
                shape="takotsubo_acute",
                criteria=TAKOTSUBO["st_elevation"],
            ),
            Stage(
                "t_inversion",
                "takotsubo with T wave inversion",
                german=("takotsubo mit T-Negativierung",),
                shape="takotsubo_subacute",
                criteria=TAKOTSUBO["t_inversion"],
            ),
        ),
        teaching=(
            "ST rises in many leads with depression in aVR and none of the elevation of V1 that "
            "an anterior infarct shows.",
            "Within days T inverts deeply and widely and QT becomes very long.",
        ),
        pitfalls=(
            "No ECG separates takotsubo from an anterior infarct safely: the coronary arteries "
            "must be seen.",
        ),
        mimics=("pericarditis", "early_repolarisation", "brugada"),
        warning="This pattern only suggests takotsubo: an infarct must be ruled out.",
    ),
    Finding(
        "raised_intracranial_pressure",
        "raised intracranial pressure",
        "repolarisation",
        english=("cerebral T waves", "raised ICP", "giant cerebral T waves"),
        german=("erhöhter hirndruck", "hirndruckzeichen"),
        shape="raised_icp",
        typical={"qtc_ms": (500, 575)},
        conflicts=("lbbb", "paced", "short_qt"),
        combines=("sinus_bradycardia",),
        criteria=RAISED_ICP,
        teaching=(
            "Giant, broad, inverted T waves with a very long QT are seen after subarachnoid "
            "bleeding and stroke.",
            "Bradycardia with them belongs to the Cushing reflex.",
        ),
        pitfalls=(
            "Apical cardiomyopathy and a re-opened anterior artery give the same T waves.",
            "The ECG says nothing about the pressure itself.",
        ),
        mimics=("pericarditis", "hypokalaemia", "digitalis_effect"),
        warning="This pattern only suggests a cerebral cause: the heart must be looked at too.",
    ),
)
