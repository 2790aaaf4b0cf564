"""Old infarcts, or those of undetermined age: Q waves that real ECGs taught the model.

An infarct of unknown age does not stand behind an acute one: the acute findings carry no code.
"""

from typing import NamedTuple

from sediff.criteria import infarct as criteria
from sediff.findings.finding import Finding, Range


class _Old(NamedTuple):
    """What one territory adds to the entry of an old infarct; `where` ends 'Q waves stand in'."""

    place: str
    german: str
    code: str
    where: str
    pitfall: str
    mimics: tuple[str, ...]
    more_german: tuple[str, ...] = ()
    axis: Range = (-25, 75)  # degrees


_OLD = (
    _Old(
        "inferior", "inferiorer", "IMI",
        "II, III and aVF; a Q in III alone is often normal",
        "Left anterior fascicular block has rS and not QS in the inferior leads.",
        ("lafb", "wpw", "inferior_stemi"), ("hinterwandinfarkt",),
    ),
    _Old(
        "anterior", "anteriorer", "AMI",
        "V2 to V4, where R should grow",
        "Left bundle branch block has QS in V1 to V3 without any infarct.",
        ("lbbb", "ventricular_aneurysm", "anterior_stemi"), ("vorderwandinfarkt",),
    ),
    _Old(
        "septal", "septaler", "ASMI",
        "V1 and V2; a QS in V1 alone is normal",
        "Chest electrodes placed too high take the r of V1 and V2 away.",
        ("lbbb", "lvh", "septal_stemi"), ("septuminfarkt",),
    ),
    _Old(
        "anteroseptal", "anteroseptaler", "ASMI",
        "V1 to V3",
        "Poor R wave progression is not a Q wave: look for a small r.",
        ("lbbb", "ventricular_aneurysm", "anteroseptal_stemi"),
    ),
    _Old(
        "lateral", "lateraler", "LMI",
        "I, aVL, V5 and V6",
        "Narrow septal q of V5 and V6 are normal; swapped arm electrodes turn I over.",
        ("lpfb", "lateral_stemi"), ("seitenwandinfarkt",),
    ),
    _Old(
        "high lateral", "hochlateraler", "LMI",
        "I and aVL only",
        "A Q in aVL alone is normal where the heart stands upright.",
        ("lpfb", "high_lateral_stemi"),
    ),
    _Old(
        "anterolateral", "anterolateraler", "ALMI",
        "V3 to V6, I and aVL",
        "Hypertrophic cardiomyopathy has deep but narrow lateral Q waves.",
        ("lbbb", "anterolateral_stemi"),
    ),
    _Old(
        "inferolateral", "inferolateraler", "ILMI",
        "II, III, aVF and V5 to V6",
        "A posterior accessory pathway writes negative delta waves that look alike.",
        ("wpw", "inferolateral_stemi"),
    ),
    _Old(
        "posterior", "posteriorer", "PMI",
        "leads of the back that are not recorded: in V1 and V2 they appear as tall broad R",
        "Tall R of V1 also comes from right ventricular hypertrophy and right bundle branch block.",
        ("rvh", "rbbb", "posterior_stemi"),
    ),
    _Old(
        "inferoposterior", "inferoposteriorer", "IPMI",
        "II, III and aVF, with tall broad R of V1 and V2 as their mirror image from behind",
        "Without the inferior Q waves a tall R of V1 has many other causes.",
        ("rbbb", "inferoposterior_stemi"),
    ),
    _Old(
        "inferoposterolateral", "inferoposterolateraler", "IPLMI",
        "II, III, aVF, V5 and V6, with tall broad R of V1 and V2",
        "Pre-excitation over a left-sided pathway may show all of this.",
        ("rbbb", "wpw"),
    ),
)  # fmt: skip
_QRS = (
    ("poster", {"qrs_ms": (78, 112)}),  # a tall R of V1 says nothing where conduction is disturbed
    ("lateral", {"qrs_ms": (84, 112)}),  # a Q of 30 ms in V6 has no room in a shorter QRS
)
_PARTNERS = ("atrial_fibrillation", "first_degree_av_block", "pvc", "sinus_bradycardia")


def _old(row: _Old) -> Finding:
    place, key = row.place, row.place.replace(" ", "_")
    return Finding(
        f"{key}_mi",
        f"{place} infarct",
        "infarct",
        english=(
            f"old {place} infarct",
            f"{place} MI",
            f"old {place} myocardial infarction",
            f"{place} infarct, age undetermined",
        ),
        german=(f"{row.german} infarkt", f"alter {row.german} infarkt", *row.more_german),
        patterns=(f"{row.german} myokardschaden",),
        scp=(row.code,),
        shape=f"{key}_mi",
        typical={"axis_deg": row.axis} | next((q for word, q in _QRS if word in key), {}),
        conflicts=("normal_ecg",),
        combines=_PARTNERS + (("rbbb", "lbbb") if row.place == "inferior" else ()),
        criteria=criteria.old_infarct(key),
        mimics=row.mimics,
    )


INFARCT = (
    *(_old(row) for row in _OLD),
    Finding(
        "infarct",
        "myocardial infarction",
        "infarct",
        english=("infarct", "old infarct", "MI"),
        german=("infarkt", "myokardinfarkt", "alter infarkt"),
        snomed="22298006",
        shape="inferior_mi",
        typical={"axis_deg": (-25, 60)},
        conflicts=("normal_ecg",),
        criteria=criteria.PATHOLOGICAL_Q,
        mimics=("wpw", "lafb"),
    ),
    Finding(
        "ventricular_aneurysm",
        "ventricular aneurysm pattern",
        "infarct",
        english=("left ventricular aneurysm", "ventricular aneurysm"),
        german=("herzwandaneurysma", "ventrikelaneurysma"),
        patterns=("aneurysm", "aneurysm st elevation"),
        scp=("ANEUR",),
        shape="aneurysm",
        conflicts=("normal_ecg",),
        combines=("atrial_fibrillation", "pvc"),
        criteria=criteria.ANEURYSM,
        mimics=("anterior_stemi", "anteroseptal_stemi", "early_repolarisation"),
    ),
    Finding(
        "q_waves",
        "pathological Q waves",
        "infarct",
        english=("Q waves", "abnormal Q waves", "QS complexes"),
        german=("q-zacken", "pathologische q-zacken"),
        patterns=("q * ", "qs *", "abnormal q *", "qs"),
        scp=("QWAVE",),
        snomed="164917005",
        shape="q_waves",
        typical={"axis_deg": (-25, 60)},
        criteria=criteria.PATHOLOGICAL_Q,
        mimics=("wpw", "lafb"),
    ),
    Finding(
        "poor_r_progression",
        "poor R wave progression",
        "infarct",
        english=("poor R progression", "slow R wave progression"),
        german=("fehlende r-progression", "schlechte r-progression"),
        patterns=(
            "slow r progression",
            "poor r progression *",
            "delayed r progression",
            "small r *",
        ),
        snomed="365413008",
        shape="poor_r_progression",
        typical={"axis_deg": (0, 60)},
        criteria=criteria.POOR_R,
        mimics=("anterior_mi", "lbbb"),
    ),
)
