"""Where the heart lies and how it moves in the chest: dextrocardia, effusion, alternans."""

from sediff.criteria import technique as checks
from sediff.findings.finding import Finding

POSITION = (
    Finding(
        "dextrocardia",
        "dextrocardia",
        "other",
        english=("mirror image dextrocardia", "situs inversus"),
        german=("dextrokardie",),
        snomed="27637000",
        shape="dextrocardia",
        typical={"heart_rate": (60, 85), "axis_deg": (115, 160)},
        conflicts=("normal_ecg", "normal_axis", "left_axis", "left_type_axis", "lafb"),
        combines=("sinus_rhythm",),
        criteria=checks.DEXTROCARDIA,
        teaching=(
            "Lead I is upside down with its P wave and aVR upright.",
            "R falls from V1 to V6: in exchanged arm cables the chest leads would be as ever.",
        ),
        pitfalls=("Read it again with arms exchanged and right-sided chest leads.",),
        mimics=("lead_reversal",),
    ),
    Finding(
        "electrical_alternans",
        "electrical alternans",
        "other",
        english=("QRS alternans", "alternating QRS amplitude"),
        german=("elektrischer alternans",),
        snomed="26141007",
        conduction="alternans",
        typical={"heart_rate": (92, 122)},
        conflicts=("normal_ecg", "bigeminy"),
        combines=("sinus_tachycardia",),
        criteria=checks.ALTERNANS,
        teaching=(
            "Size and direction of the QRS change from beat to beat at a regular rate.",
            "With low voltage and tachycardia it points to a large pericardial effusion in which "
            "the heart swings.",
        ),
        pitfalls=("In fast supraventricular tachycardia it only reflects the rate.",),
        mimics=("bigeminy", "tamponade"),
    ),
    Finding(
        "tamponade",
        "pericardial effusion",
        "other",
        english=("cardiac tamponade", "tamponade"),
        german=("perikarderguss", "perikardtamponade"),
        shape="effusion",
        conduction="alternans",
        typical={"heart_rate": (108, 132)},
        conflicts=("normal_ecg", "lvh", "bigeminy"),
        combines=("sinus_tachycardia",),
        criteria=checks.TAMPONADE,
        teaching=(
            "Low voltage, tachycardia and electrical alternans together suggest a large effusion.",
            "Each of the three signs is often missing: echocardiography decides.",
        ),
        pitfalls=("Low voltage is far more often due to obesity or emphysema.",),
        mimics=("bigeminy",),
        warning="The ECG cannot tell an effusion from a tamponade: that is a bedside diagnosis.",
    ),
)
