"""Ion-channel diseases: long and short QT, Brugada pattern."""

from sediff.criteria.channels import (
    BRUGADA_1,
    BRUGADA_2,
    LONG_QT,
    LONG_QT_1,
    LONG_QT_2,
    LONG_QT_3,
    SHORT_QT,
)
from sediff.findings.finding import Finding, Stage

_LONG = {"qtc_ms": (485, 545)}
_GENE = "The T wave suggests a gene and never proves it: the groups overlap widely."

CHANNELS = (
    Finding(
        "long_qt",
        "prolonged QT interval",
        "repolarisation",
        english=("long QT", "QT prolongation", "prolonged QTc", "long QT syndrome"),
        german=("qt-verlängerung", "verlängertes QT-Intervall", "qt-zeit verlängert"),
        patterns=("lqts",),
        scp=("LNGQT",),
        shape="long_qt",
        typical=_LONG,
        requires={"qt_ms": (350, 700), "qtc_ms": (450, 750)},
        conflicts=("short_qt", "hypercalcaemia"),
        combines=("sinus_bradycardia", "lvh", "inferior_mi", "first_degree_av_block"),
        criteria=LONG_QT,
        teaching=(
            "QT runs from the first deflection of the QRS to the end of T and is corrected for "
            "the rate before it is judged.",
            "Above 500 ms the risk of torsades de pointes rises clearly: look for a drug or a "
            "missing salt first.",
        ),
        pitfalls=(
            "Bazett makes a fast heart look long and a slow one short.",
            "A U wave that is counted as T lengthens QT on paper only.",
            "A wide QRS lengthens QT without any change of repolarisation.",
        ),
        mimics=("short_qt", "digitalis_effect"),
    ),
    Finding(
        "long_qt_1",
        "long QT syndrome type 1",
        "repolarisation",
        english=("LQT1", "LQTS1", "long QT type 1"),
        german=("long-QT-Syndrom Typ 1",),
        shape="long_qt_1",
        typical=_LONG,
        implies=("long_qt",),
        conflicts=("long_qt_2", "long_qt_3"),
        combines=("sinus_bradycardia",),
        criteria=LONG_QT_1,
        teaching=(
            "Type 1 has a broad-based T of one smooth hump that begins soon after the QRS.",
            "Its arrhythmias come with effort, above all with swimming.",
        ),
        pitfalls=(_GENE, "Many carriers have a normal QTc at rest."),
        mimics=("long_qt_2", "long_qt_3", "hypocalcaemia"),
    ),
    Finding(
        "long_qt_2",
        "long QT syndrome type 2",
        "repolarisation",
        english=("LQT2", "LQTS2", "long QT type 2"),
        german=("long-QT-Syndrom Typ 2",),
        shape="long_qt_2",
        typical=_LONG,
        implies=("long_qt",),
        conflicts=("long_qt_1", "long_qt_3"),
        combines=("sinus_bradycardia",),
        criteria=LONG_QT_2,
        teaching=(
            "Type 2 has a low T wave with two humps in limb and chest leads.",
            "Its arrhythmias come with sudden noise or fright, often on waking.",
        ),
        pitfalls=(_GENE, "Low potassium gives T and U waves that look the same."),
        mimics=("long_qt_3", "hypocalcaemia", "short_qt"),
    ),
    Finding(
        "long_qt_3",
        "long QT syndrome type 3",
        "repolarisation",
        english=("LQT3", "LQTS3", "long QT type 3"),
        german=("long-QT-Syndrom Typ 3",),
        shape="long_qt_3",
        typical=_LONG,
        implies=("long_qt",),
        conflicts=("long_qt_1", "long_qt_2"),
        combines=("sinus_bradycardia",),
        criteria=LONG_QT_3,
        teaching=(
            "Type 3 has a long level ST segment and then a late, narrow, peaked T.",
            "Its arrhythmias come at rest and in sleep.",
        ),
        pitfalls=(_GENE, "Low calcium also lengthens QT by the ST segment alone."),
        mimics=("long_qt_1", "long_qt_2", "hyperkalaemia"),
    ),
    Finding(
        "short_qt",
        "short QT interval",
        "repolarisation",
        english=("short QT syndrome", "short QT", "shortened QTc"),
        german=("kurzes QT-Intervall", "verkürztes QT-Intervall"),
        shape="short_qt",
        typical={"qtc_ms": (295, 322)},
        requires={"qtc_ms": (250, 360)},
        conflicts=("long_qt", "hypocalcaemia", "hypothermia"),
        combines=("sinus_bradycardia",),
        criteria=SHORT_QT,
        teaching=(
            "T stands at once behind the QRS, tall, narrow and symmetrical, with hardly an ST "
            "segment.",
            "The congenital form brings atrial and ventricular fibrillation at a young age.",
        ),
        pitfalls=(
            "Correction by any formula fails at fast rates: measure again below 80 a minute.",
            "Raised calcium and digoxin shorten QT much more often than a gene does.",
        ),
        mimics=("long_qt", "digitalis_effect"),
    ),
    Finding(
        "brugada",
        "Brugada pattern",
        "repolarisation",
        english=("Brugada syndrome", "Brugada ECG"),
        german=("Brugada-Syndrom", "Brugada-EKG"),
        conflicts=("lbbb",),
        combines=("first_degree_av_block", "pvc", "sinus_bradycardia"),
        stages=(
            Stage(
                "type_1",
                "Brugada type 1 pattern",
                english=("type 1 Brugada pattern", "coved Brugada pattern"),
                german=("Brugada-Muster Typ 1",),
                shape="brugada_1",
                criteria=BRUGADA_1,
            ),
            Stage(
                "type_2",
                "Brugada type 2 pattern",
                english=("type 2 Brugada pattern", "saddleback Brugada pattern"),
                german=("Brugada-Muster Typ 2",),
                shape="brugada_2",
                criteria=BRUGADA_2,
            ),
        ),
        typical={"qrs_ms": (84, 97)},
        teaching=(
            "Type 1: in V1 or V2 the ST segment starts 2 mm and more above the baseline and runs "
            "convexly down into an inverted T.",
            "Only type 1 supports the diagnosis; type 2, the saddleback, asks for more tests.",
            "Fever and sodium-channel blockers bring the pattern out.",
        ),
        pitfalls=(
            "V1 and V2 placed too high can make a saddleback in a healthy chest.",
            "The r' of right bundle branch block is sharp, and its S in V6 is wide.",
        ),
        mimics=("rbbb", "early_repolarisation", "pericarditis"),
    ),
)
