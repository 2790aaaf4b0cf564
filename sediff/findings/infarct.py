"""Infarcts: old or of undetermined age (learned), acute with ST elevation (drawn).

An infarct of unknown age does not stand behind an acute one: the STEMI findings carry no code.
"""

from sediff.findings.finding import Finding

# (id, adjective, German adjective, further words, code, shape)
_OLD = (
    ("inferior_mi", "inferior", "inferiorer", ("hinterwandinfarkt",), "IMI", "inferior_mi"),
    ("anterior_mi", "anterior", "anteriorer", ("vorderwandinfarkt",), "AMI", "anterior_mi"),
    ("septal_mi", "septal", "septaler", ("septuminfarkt",), "ASMI", "septal_mi"),
    ("anteroseptal_mi", "anteroseptal", "anteroseptaler", (), "ASMI", "septal_mi"),
    ("lateral_mi", "lateral", "lateraler", ("seitenwandinfarkt",), "LMI", "lateral_mi"),
    ("high_lateral_mi", "high lateral", "hochlateraler", (), "LMI", "lateral_mi"),
    ("anterolateral_mi", "anterolateral", "anterolateraler", (), "ALMI", "anterior_mi"),
    ("inferolateral_mi", "inferolateral", "inferolateraler", (), "ILMI", "inferior_mi"),
    ("posterior_mi", "posterior", "posteriorer", (), "PMI", None),
    ("inferoposterior_mi", "inferoposterior", "inferoposteriorer", (), "IPMI", "inferior_mi"),
    (
        "inferoposterolateral_mi",
        "inferoposterolateral",
        "inferoposterolateraler",
        (),
        "IPLMI",
        "inferior_mi",
    ),
)

# (territory, its German form, further words, shape)
_ACUTE = (
    ("inferior", "inferiorer", ("akuter hinterwandinfarkt",), "inferior_ste"),
    ("anterior", "anteriorer", ("akuter vorderwandinfarkt",), "anterior_ste"),
    ("anteroseptal", "anteroseptaler", (), "anterior_ste"),
    ("anterolateral", "anterolateraler", (), "anterior_ste"),
    ("lateral", "lateraler", (), "lateral_ste"),
    ("high lateral", "hochlateraler", (), "lateral_ste"),
    ("inferolateral", "inferolateraler", (), "inferior_ste"),
)

# (territory, words of PTB-XL's 'subendocardial injury', code)
_INJURY = (
    ("anteroseptal", "anteroseptaler", "INJAS"),
    ("anterolateral", "anterolateraler", "INJAL"),
    ("inferior", "inferiorer", "INJIN"),
    ("lateral", "lateraler", "INJLA"),
    ("inferolateral", "inferolateraler", "INJIL"),
)


def _old(id: str, place: str, german: str, words: tuple[str, ...], code: str, shape: str | None):
    return Finding(
        id,
        f"{place} infarct",
        "infarct",
        english=(
            f"old {place} infarct",
            f"{place} MI",
            f"old {place} myocardial infarction",
            f"{place} infarct, age undetermined",
        ),
        german=(f"{german} infarkt", f"alter {german} infarkt", *words),
        patterns=(f"{german} myokardschaden",),
        scp=(code,),
        shape=shape,
    )


def _acute(place: str, german: str, words: tuple[str, ...], shape: str) -> Finding:
    return Finding(
        place.replace(" ", "_") + "_stemi",
        f"{place} STEMI",
        "infarct",
        english=(
            f"acute {place} myocardial infarction",
            f"acute {place} STEMI",
            f"{place} ST elevation myocardial infarction",
        ),
        german=(f"akuter {german} infarkt", f"{german} STEMI", *words),
        patterns=(f"{place} st elevation acute infarct",),
        shape=shape,
        conflicts=("normal_ecg",),
    )


def _injury(place: str, german: str, code: str) -> Finding:
    return Finding(
        f"subendocardial_injury_{place}",
        f"{place} subendocardial injury",
        "infarct",
        english=(f"subendocardial injury in {place} leads",),
        german=(f"{german} innenschichtsschaden",),
        patterns=(f"subendocardial infarct {place}", f"myokardaffektion {place}"),
        scp=(code,),
        shape="st_depression",
    )


INFARCT = (
    *(_old(*row) for row in _OLD),
    *(_acute(*row) for row in _ACUTE),
    *(_injury(*row) for row in _INJURY),
    Finding(
        "posterior_stemi",
        "posterior STEMI",
        "infarct",
        english=("acute posterior myocardial infarction",),
        german=("akuter posteriorer infarkt",),
        patterns=("inferoposterior stemi", "inferoposterior acute infarct"),
        drawable=False,
    ),
    Finding(
        "stemi",
        "STEMI",
        "infarct",
        english=("acute myocardial infarction", "acute STEMI"),
        german=("akuter myokardinfarkt",),
        patterns=("st elevation infarct", "acute st elevation infarct"),
        drawable=False,
    ),
    Finding(
        "nstemi",
        "NSTEMI",
        "infarct",
        english=("non-ST elevation myocardial infarction", "non-STEMI"),
        german=("nicht-ST-hebungsinfarkt",),
        drawable=False,
    ),
    Finding(
        "right_ventricular_infarct",
        "right ventricular infarct",
        "infarct",
        english=("RV infarct", "right ventricular myocardial infarction"),
        german=("rechtsventrikulärer infarkt",),
        patterns=("acute right ventricular infarct",),
        drawable=False,
    ),
    Finding(
        "ventricular_aneurysm",
        "ventricular aneurysm pattern",
        "infarct",
        english=("left ventricular aneurysm", "ventricular aneurysm"),
        german=("herzwandaneurysma", "ventrikelaneurysma"),
        patterns=("aneurysm", "aneurysm st elevation"),
        scp=("ANEUR",),
    ),
    Finding(
        "q_waves",
        "pathological Q waves",
        "infarct",
        english=("Q waves", "abnormal Q waves", "QS complexes"),
        german=("q-zacken", "pathologische q-zacken"),
        patterns=("q * ", "qs *", "abnormal q *", "qs"),
        scp=("QWAVE",),
    ),
    Finding(
        "poor_r_progression",
        "poor R wave progression",
        "infarct",
        german=("fehlende r-progression", "schlechte r-progression"),
        patterns=(
            "slow r progression",
            "poor r progression *",
            "delayed r progression",
            "small r *",
        ),
        drawable=False,
    ),
)
