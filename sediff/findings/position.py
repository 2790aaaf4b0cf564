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
        mimics=("bigeminy",),
        warning="The ECG cannot tell an effusion from a tamponade: that is a bedside diagnosis.",
    ),
)
