"""Atrial abnormality: what the P wave says."""

from sediff.criteria.chambers import BIATRIAL, LAE, RAE, WIDE_P
from sediff.findings.finding import Finding

ATRIA = (
    Finding(
        "lae",
        "left atrial enlargement",
        "chambers",
        english=("LAE", "left atrial abnormality", "left atrial overload", "P mitrale", "LAO"),
        german=("p-sinistroatriale", "p-sinistrocardiale", "linksatriale belastung", "P mitrale"),
        patterns=("left atrial dilatation", "foermak vaenster belastning"),
        scp=("LAO/LAE",),
        snomed="67741000119109",
        shape="lae",
        typical={"pr_ms": (165, 200)},
        conflicts=("atrial_fibrillation", "atrial_flutter"),
        combines=("lvh", "lbbb"),
        criteria=LAE,
        teaching=(
            "The left atrium is activated last: P gets wide and notched, its end in V1 deep and "
            "wide (Morris: depth times duration of 0.04 mm s).",
            "The term abnormality is closer to the facts than enlargement: slow conduction "
            "between the atria looks the same.",
        ),
        pitfalls=("V1 placed too high deepens the end of P in a normal heart.",),
        mimics=("rae",),
    ),
    Finding(
        "rae",
        "right atrial enlargement",
        "chambers",
        english=("RAE", "right atrial abnormality", "right atrial overload", "P pulmonale", "RAO"),
        german=("p-dextroatriale", "p-dextrocardiale", "rechtsatriale belastung", "P pulmonale"),
        patterns=("right atrial dilatation",),
        scp=("RAO/RAE",),
        shape="rae",
        typical={"axis_deg": (45, 88)},
        conflicts=("atrial_fibrillation", "atrial_flutter"),
        combines=("rvh", "right_axis"),
        criteria=RAE,
        teaching=(
            "P of II is peaked and at least 0.25 mV high; it does not get wider.",
            "In V1 the first part of P is tall and upright.",
        ),
        pitfalls=("Tachycardia and a steep heart make P tall without any enlargement.",),
        mimics=("lae",),
    ),
    Finding(
        "biatrial_enlargement",
        "biatrial enlargement",
        "chambers",
        english=("biatrial abnormality",),
        german=("p-biatriale", "p-biventriculare"),
        scp=("LAO/LAE", "RAO/RAE"),
        shape="biatrial",
        typical={"pr_ms": (165, 200)},
        implies=("lae", "rae"),
        conflicts=("atrial_fibrillation", "atrial_flutter"),
        combines=("right_axis",),
        criteria=BIATRIAL,
        teaching=(
            "Both signs in one P wave: tall first half, late and deep second half.",
            "P of V1 is then large in both directions.",
        ),
        pitfalls=("A tall P that is also wide is easily read as the right atrium alone.",),
        mimics=("atrial_flutter",),
    ),
    Finding(
        "wide_p",
        "wide P wave",
        "chambers",
        english=("broad P wave", "interatrial block"),
        german=("p-verbreiterung",),
        shape="wide_p",
        typical={"pr_ms": (165, 200)},
        conflicts=("atrial_fibrillation", "atrial_flutter"),
        combines=("lvh",),
        criteria=WIDE_P,
        teaching=(
            "P of 120 ms and more: conduction from the right to the left atrium is slow.",
            "Atrial fibrillation is more frequent later on.",
        ),
        pitfalls=("Flat P waves look shorter than they are: measure in all leads together.",),
        mimics=("rae", "atrial_flutter"),
    ),
)
