"""Ventricles that are reached by another way: accessory pathways and aberrant conduction."""

from sediff.criteria.conduction import ABERRANT_LEFT, ABERRANT_RIGHT, WPW_LEFT, WPW_RIGHT
from sediff.findings.finding import Finding, Stage

PREEXCITATION = (
    Finding(
        "wpw",
        "Wolff-Parkinson-White syndrome",
        "conduction",
        english=("WPW", "WPW syndrome", "ventricular preexcitation", "WPW pattern", "delta waves"),
        german=("WPW-Syndrom", "präexzitation", "deltawelle"),
        patterns=("preexcitation",),
        scp=("WPW",),
        snomed="74390002",
        typical={"pr_ms": (85, 108), "qrs_ms": (132, 150)},
        requires={"pr_ms": (80, 130), "qrs_ms": (100, 220)},
        conflicts=(
            "first_degree_av_block",
            "pr_prolonged",
            "paced",
            "third_degree_av_block",
            "ivcd",
            "bifascicular_block",
            "lafb",
            "lpfb",
        ),
        combines=("sinus_tachycardia", "sinus_bradycardia"),
        stages=(
            Stage(
                "left",
                "left-sided WPW",
                english=("WPW type A", "left-sided accessory pathway"),
                german=("WPW Typ A", "linksseitige präexzitation"),
                shape="wpw_left",
                typical={"axis_deg": (55, 95)},
                criteria=WPW_LEFT,
            ),
            Stage(
                "right",
                "right-sided WPW",
                english=("WPW type B", "right-sided accessory pathway"),
                german=("WPW Typ B", "rechtsseitige präexzitation"),
                shape="wpw_right",
                typical={"axis_deg": (-45, 10)},
                criteria=WPW_RIGHT,
            ),
        ),
        mimics=("lbbb", "rbbb", "ivcd"),
    ),
    Finding(
        "aberrant_conduction",
        "aberrant conduction",
        "conduction",
        english=(
            "aberrancy",
            "aberrant ventricular conduction",
            "rate-related bundle branch block",
        ),
        german=("aberrante leitung", "aberrante überleitung"),
        typical={"heart_rate": (103, 118), "pr_ms": (130, 170), "qrs_ms": (128, 150)},
        requires={"heart_rate": (90, 220), "qrs_ms": (110, 220)},
        conflicts=("paced", "wpw", "lbbb", "rbbb", "irbbb", "ivcd"),
        combines=("sinus_tachycardia",),
        stages=(
            Stage(
                "right",
                "aberrant conduction with RBBB pattern",
                german=("aberrante leitung mit RSB",),
                shape="rbbb",
                criteria=ABERRANT_RIGHT,
            ),
            Stage(
                "left",
                "aberrant conduction with LBBB pattern",
                german=("aberrante leitung mit LSB",),
                shape="lbbb",
                typical={"axis_deg": (-45, 30)},
                criteria=ABERRANT_LEFT,
            ),
        ),
        mimics=("ventricular_tachycardia", "wpw"),
    ),
)
