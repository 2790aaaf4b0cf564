"""Warning patterns of a critical coronary artery: Wellens, de Winter, Sgarbossa, left main."""

from sediff.criteria import ischaemia as criteria
from sediff.findings.finding import Finding, Stage

WARNING_PATTERNS = (
    Finding(
        "wellens",
        "Wellens syndrome",
        "repolarisation",
        english=("Wellens", "Wellens pattern"),
        german=("Wellens-Syndrom",),
        stages=(
            Stage(
                "a",
                "Wellens type A",
                english=("biphasic Wellens T waves",),
                german=("Wellens Typ A",),
                shape="wellens_a",
                criteria=criteria.WELLENS_A,
            ),
            Stage(
                "b",
                "Wellens type B",
                english=("Wellens pattern with deep T wave inversion",),
                german=("Wellens Typ B",),
                shape="wellens_b",
                criteria=criteria.WELLENS_B,
            ),
        ),
        typical={"heart_rate": (58, 85), "axis_deg": (-15, 75)},
        conflicts=("normal_ecg",),
        combines=("sinus_bradycardia",),
        teaching=(
            "T of V2 and V3 is biphasic (type A) or deeply, symmetrically inverted (type B).",
            "It is seen without pain after the artery opened again: suspect a tight stenosis of "
            "the left anterior descending artery.",
            "ST is level, R grows normally and there are no Q waves.",
        ),
        pitfalls=("When pain returns T may turn upright again: that is worse, not better.",),
        mimics=("pulmonary_embolism", "anterior_stemi", "de_winter", "rbbb"),
    ),
    Finding(
        "de_winter",
        "de Winter T waves",
        "repolarisation",
        english=("de Winter pattern",),
        german=("de-Winter-Muster",),
        shape="de_winter",
        typical={"heart_rate": (65, 95), "axis_deg": (-15, 75)},
        conflicts=("normal_ecg",),
        combines=("sinus_tachycardia",),
        criteria=criteria.DE_WINTER,
        teaching=(
            "J is 0.1 to 0.3 mV down in V1 to V6 and ST climbs into a tall symmetric T.",
            "Suspect an occluded left anterior descending artery, although no chest lead has ST "
            "elevation.",
            "Most have 0.1 to 0.2 mV of ST elevation in aVR.",
        ),
        pitfalls=("Without ST elevation the alarm is not raised although the artery is closed.",),
        mimics=("anterior_stemi", "hyperkalaemia", "left_main"),
    ),
    Finding(
        "left_main",
        "left main pattern",
        "repolarisation",
        english=("left main stenosis pattern", "left main ischaemia"),
        german=("hauptstammstenose", "hauptstammischämie"),
        patterns=("st elevation widespread depression", "left main stemi"),
        shape="left_main",
        typical={"heart_rate": (75, 110), "axis_deg": (-15, 75)},
        conflicts=("normal_ecg",),
        combines=("sinus_tachycardia", "atrial_fibrillation"),
        criteria=criteria.LEFT_MAIN,
        teaching=(
            "ST is down by 0.1 mV or more in six or more leads and up in aVR or V1.",
            "It suggests ischaemia of the whole inner layer: left main stem or three vessels.",
        ),
        pitfalls=("Bleeding, shock and fast arrhythmias cause the same pattern.",),
        mimics=("posterior_stemi", "de_winter", "lvh_strain"),
    ),
    Finding(
        "sgarbossa",
        "Sgarbossa-positive LBBB",
        "infarct",
        english=("LBBB with positive Sgarbossa criteria", "Sgarbossa criteria positive"),
        german=("Linksschenkelblock mit positiven Sgarbossa-Kriterien",),
        patterns=("sgarbossa",),
        stages=(
            Stage(
                "concordant_elevation",
                "Sgarbossa-positive LBBB with concordant ST elevation",
                german=("Linksschenkelblock mit konkordanter ST-Hebung",),
                shape="sgarbossa_elevation",
                criteria=criteria.sgarbossa(criteria.CONCORDANT_UP),
            ),
            Stage(
                "concordant_depression",
                "Sgarbossa-positive LBBB with concordant ST depression",
                german=("Linksschenkelblock mit konkordanter ST-Senkung",),
                shape="sgarbossa_depression",
                criteria=criteria.sgarbossa(criteria.CONCORDANT_DOWN),
            ),
            Stage(
                "discordant",
                "Sgarbossa-positive LBBB with excessively discordant ST elevation",
                german=("Linksschenkelblock mit exzessiv diskordanter ST-Hebung",),
                shape="sgarbossa_discordant",
                criteria=criteria.sgarbossa(criteria.DISCORDANT),
            ),
        ),
        typical={"qrs_ms": (135, 165), "axis_deg": (-30, 40)},
        implies=("lbbb",),
        conflicts=("normal_ecg",),
        combines=("sinus_tachycardia", "atrial_fibrillation"),
        teaching=(
            "In left bundle branch block ST should point away from the QRS.",
            "ST of 0.1 mV in the direction of the QRS, up anywhere or down in V1 to V3, speaks "
            "strongly for an infarct.",
            "ST elevation beyond a quarter of the S before it is too much (Smith's ratio).",
        ),
        pitfalls=("Their absence does not rule an infarct out: specific, but not sensitive.",),
        mimics=("anterior_stemi", "left_main"),
    ),
)
