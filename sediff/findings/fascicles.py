"""Fascicles of the left bundle, and their blocks together with the right bundle."""

from sediff.criteria.conduction import LAFB, LPFB, RBBB_LAFB, RBBB_LAFB_LONG_PR, RBBB_LPFB
from sediff.findings.finding import Finding

FASCICLES = (
    Finding(
        "lafb",
        "left anterior fascicular block",
        "conduction",
        english=("LAFB", "left anterior hemiblock", "LAHB"),
        german=("linksanteriorer hemiblock", "linksanteriorer faszikelblock"),
        patterns=("left superior fascicular block",),
        scp=("LAFB",),
        snomed="445118002",
        shape="lafb",
        typical={"axis_deg": (-75, -52), "qrs_ms": (80, 114)},
        requires={"axis_deg": (-90, -30)},
        conflicts=("lpfb", "right_axis", "normal_axis"),
        combines=("rbbb", "first_degree_av_block", "atrial_fibrillation", "lvh"),
        criteria=LAFB,
        teaching=(
            "Activation starts through the posterior fascicle, down and right, and ends up and "
            "left: the axis turns beyond -45 degrees.",
            "aVL shows qR with a late R peak, the inferior leads show rS.",
            "The QRS stays narrower than 120 ms unless the right bundle is blocked as well.",
        ),
        pitfalls=(
            "Left axis deviation alone is not fascicular block: inferior Q waves and "
            "hypertrophy turn the axis too.",
            "R of aVL grows by the block itself and no longer speaks for hypertrophy.",
        ),
        mimics=("inferior_mi", "lpfb"),
    ),
    Finding(
        "lpfb",
        "left posterior fascicular block",
        "conduction",
        english=("LPFB", "left posterior hemiblock", "LPHB"),
        german=("linksposteriorer hemiblock", "linksposteriorer faszikelblock"),
        scp=("LPFB",),
        snomed="445211001",
        shape="lpfb",
        typical={"axis_deg": (102, 130), "qrs_ms": (80, 114)},
        requires={"axis_deg": (80, 180)},
        conflicts=("left_axis", "left_type_axis", "normal_axis"),
        combines=("rbbb", "first_degree_av_block"),
        criteria=LPFB,
        teaching=(
            "Activation starts up and left and ends down and right: rS in I and aVL, qR in III "
            "and aVF.",
            "The posterior fascicle is thick and has two arteries, so its lone block is rare.",
        ),
        pitfalls=(
            "It is named only after right ventricular hypertrophy, lung disease, a slim build "
            "and lateral infarction were thought of.",
        ),
        mimics=("rvh", "lafb"),
    ),
    Finding(
        "bifascicular_block",
        "bifascicular block",
        "conduction",
        english=("bifascicular block with left anterior fascicular block",),
        german=("bifaszikulärer block",),
        patterns=("bifascikulaert block",),
        scp=("CRBBB", "LAFB"),
        typical={"qrs_ms": (126, 155), "axis_deg": (-75, -52)},
        implies=("rbbb", "lafb"),
        conflicts=("lbbb", "lpfb"),
        combines=("first_degree_av_block", "atrial_fibrillation"),
        criteria=RBBB_LAFB,
        teaching=(
            "Right bundle branch block with left anterior fascicular block is the usual form.",
            "rsR' in V1 with an axis beyond -45 degrees makes the diagnosis at a glance.",
            "With syncope, intermittent complete AV block is to be looked for.",
        ),
        pitfalls=(
            "The late forces belong to the right ventricle: read the axis of the first 60 ms.",
        ),
        mimics=("lbbb", "ivcd"),
    ),
    Finding(
        "bifascicular_block_posterior",
        "bifascicular block with left posterior fascicular block",
        "conduction",
        english=("bifascicular block with left posterior hemiblock",),
        german=("bifaszikulärer block mit linksposteriorem hemiblock",),
        scp=("CRBBB", "LPFB"),
        typical={"qrs_ms": (126, 155), "axis_deg": (114, 135)},
        implies=("rbbb", "lpfb"),
        conflicts=("lbbb", "lafb", "bifascicular_block"),
        combines=("first_degree_av_block",),
        criteria=RBBB_LPFB,
        teaching=(
            "Right bundle branch block with right axis, rS in I and aVL and qR in III and aVF.",
            "It is rarer than the anterior form and is held to end in complete block more often.",
        ),
        pitfalls=("Right ventricular overload makes the same axis with the same R' in V1.",),
        mimics=("lbbb", "rvh"),
    ),
    Finding(
        "trifascicular_block",
        "bifascicular block with first degree AV block",
        "conduction",
        english=("trifascicular block",),
        german=("trifaszikulärer block", "bifaszikulärer block mit AV-Block I"),
        scp=("CRBBB", "LAFB", "1AVB"),
        typical={"qrs_ms": (126, 155), "axis_deg": (-75, -52), "pr_ms": (220, 280)},
        implies=("rbbb", "lafb", "first_degree_av_block"),
        conflicts=("lbbb", "lpfb", "atrial_fibrillation", "third_degree_av_block"),
        combines=("pvc",),
        criteria=RBBB_LAFB_LONG_PR,
        teaching=(
            "Right bundle, left anterior fascicle and a PR above 200 ms: the delay may sit in the "
            "last fascicle or in the AV node.",
            "The guideline asks to name the parts instead of saying trifascicular block.",
        ),
        pitfalls=(
            "Most long PR intervals beside bifascicular block come from the AV node, so three "
            "diseased fascicles are not proven by it.",
        ),
        mimics=("lbbb", "ivcd"),
    ),
)
