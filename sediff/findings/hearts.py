"""Heart muscle disease, acute load on the right heart, and the athlete's heart."""

from sediff.criteria.chambers import RV_STRAIN
from sediff.criteria.hearts import (
    ARVC,
    ATHLETES_HEART,
    HCM_APICAL,
    HCM_SEPTAL,
    PULMONARY_EMBOLISM,
)
from sediff.findings.finding import Finding, Stage

HEARTS = (
    Finding(
        "pulmonary_embolism",
        "pulmonary embolism",
        "other",
        english=("PE", "S1Q3T3"),
        german=("lungenembolie", "SIQIII-Typ"),
        snomed="59282003",
        shape="pulmonary_embolism",
        typical={
            "heart_rate": (102, 112),
            "pr_ms": (120, 145),
            "axis_deg": (55, 88),
            "qrs_ms": (102, 116),
        },
        conflicts=("sinus_bradycardia", "lbbb"),
        combines=("sinus_tachycardia",),
        criteria=PULMONARY_EMBOLISM,
        teaching=(
            "Sudden load on the right ventricle: S in I, Q and inverted T in III, inverted T from "
            "V1 to V4, an r' in V1.",
            "Sinus tachycardia is among the most frequent findings, and often the only one.",
        ),
        pitfalls=(
            "Most patients with embolism do not show S1Q3T3, and a normal ECG excludes nothing.",
            "T inversion in V1-V4 together with III speaks for the lung, not for the coronary "
            "artery.",
        ),
        mimics=("rbbb", "inferior_mi"),
        warning="An ECG neither proves nor excludes pulmonary embolism.",
    ),
    Finding(
        "rv_strain",
        "right ventricular strain",
        "chambers",
        english=("RV strain", "right heart strain"),
        german=("rechtsherzbelastung", "rechtsbelastung"),
        shape="rv_strain",
        typical={"axis_deg": (98, 140), "qrs_ms": (85, 112)},
        conflicts=("lbbb", "left_axis", "lafb"),
        combines=("rae",),
        criteria=RV_STRAIN,
        teaching=(
            "ST down and T inverted over the right ventricle, V1 to V3 or V4, with right axis or "
            "a dominant R in V1.",
            "The guideline prefers secondary ST-T abnormality to the word strain.",
        ),
        pitfalls=("Anterior ischaemia inverts the same T waves, with a normal axis.",),
        mimics=("pulmonary_embolism", "arvc"),
    ),
    Finding(
        "arvc",
        "arrhythmogenic right ventricular cardiomyopathy",
        "other",
        english=("ARVC", "ARVD", "epsilon waves"),
        german=("arrhythmogene rechtsventrikuläre kardiomyopathie",),
        shape="arvc",
        typical={"qrs_ms": (100, 114)},
        conflicts=("lbbb", "rbbb", "paced"),
        combines=("pvc",),
        criteria=ARVC,
        teaching=(
            "T inverted from V1 to V3 beyond the age of 14 is a major criterion, an epsilon wave "
            "another.",
            "Terminal activation of 55 ms and more from the nadir of S to the end of the QRS is a "
            "minor one.",
        ),
        pitfalls=(
            "In complete right bundle branch block T inversion of V1-V4 is a minor criterion only.",
            "Filters smooth an epsilon wave away.",
        ),
        mimics=("brugada", "rbbb", "pulmonary_embolism"),
        warning="The diagnosis needs imaging, family history and more than one ECG.",
    ),
    Finding(
        "hypertrophic_cardiomyopathy",
        "hypertrophic cardiomyopathy",
        "other",
        english=("HCM", "HOCM"),
        german=("hypertrophe kardiomyopathie",),
        snomed="233873004",
        typical={"axis_deg": (-15, 60), "qrs_ms": (88, 110)},
        conflicts=("low_voltage", "lbbb"),
        combines=("lae", "atrial_fibrillation"),
        stages=(
            Stage(
                "septal",
                "septal hypertrophic cardiomyopathy",
                english=("septal HCM",),
                german=("septale hypertrophe kardiomyopathie",),
                shape="hcm_septal",
                criteria=HCM_SEPTAL,
            ),
            Stage(
                "apical",
                "apical hypertrophic cardiomyopathy",
                english=("Yamaguchi syndrome", "apical HCM"),
                german=("apikale hypertrophe kardiomyopathie",),
                shape="hcm_apical",
                criteria=HCM_APICAL,
            ),
        ),
        teaching=(
            "A thick septum draws deep, narrow Q waves in I, aVL and V5-V6 beside high voltage.",
            "The apical form shows giant negative T waves in V3-V5 with tall R.",
        ),
        pitfalls=(
            "The Q waves are taken for those of a lateral infarct, but are narrow where an infarct "
            "makes wide ones.",
            "Giant negative T waves without chest pain deserve an echo before an angiogram.",
        ),
        mimics=("lateral_mi", "athletes_heart"),
        warning="The ECG only raises the thought; the diagnosis is made by imaging.",
    ),
    Finding(
        "athletes_heart",
        "athlete's heart",
        "other",
        english=("athletic heart", "athlete heart"),
        german=("sportherz", "sportlerherz"),
        shape="athlete",
        typical={"heart_rate": (44, 55), "axis_deg": (35, 85), "qrs_ms": (88, 106)},
        requires={"heart_rate": (25, 70)},
        conflicts=("sinus_tachycardia", "lbbb", "lvh_strain", "low_voltage"),
        combines=("sinus_bradycardia", "sinus_arrhythmia"),
        criteria=ATHLETES_HEART,
        teaching=(
            "Training makes slow sinus rhythm, tall QRS, early repolarisation, incomplete right "
            "bundle branch block and a long PR: normal in an athlete.",
            "High voltage alone, without T inversion or Q waves, needs no further tests there.",
        ),
        pitfalls=(
            "Inverted T in the lateral leads, ST depression and pathological Q waves are never "
            "explained by training.",
        ),
        mimics=("hypertrophic_cardiomyopathy", "lvh_strain"),
        benign=True,
    ),
)
