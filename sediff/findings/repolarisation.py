"""Repolarisation: ST, T, QT, ischaemia and what drugs or salts do to them."""

from sediff.findings.finding import Finding

# (territory, German adjective, code)
_ISCHAEMIA = (
    ("anterolateral", "anterolaterale", "ISCAL"),
    ("inferior", "inferiore", "ISCIN"),
    ("inferolateral", "inferolaterale", "ISCIL"),
    ("anteroseptal", "anteroseptale", "ISCAS"),
    ("lateral", "laterale", "ISCLA"),
    ("anterior", "anteriore", "ISCAN"),
    ("high lateral", "hochlaterale", "ISCLA"),
)

# (suffix, words, shape): the territories that an inverted T or a raised ST is drawn for
_INVERSION = (
    ("anterior", ("anterior", "septal", "anteroseptal"), "t_inversion_anterior"),
    ("inferior", ("inferior", "inferolateral", "inferoposterior"), "t_inversion_inferior"),
    ("lateral", ("lateral", "anterolateral", "high lateral"), "t_inversion_lateral"),
)
_ELEVATION = (
    ("anterior", ("anterior", "septal", "anteroseptal", "anterolateral"), "anterior_ste"),
    ("inferior", ("inferior", "inferolateral", "inferoposterior"), "inferior_ste"),
    ("lateral", ("lateral", "high lateral"), "lateral_ste"),
)


def _ischaemia(place: str, german: str, code: str) -> Finding:
    return Finding(
        f"ischaemia_{place.replace(' ', '_')}",
        f"{place} ischaemia",
        "repolarisation",
        english=(
            f"ischaemic ST-T changes in {place} leads",
            f"{place} ischemia",
            f"{place} myocardial ischaemia",
        ),
        german=(f"{german} ischämie",),
        patterns=(
            f"st t {place} ischaemia",
            f"st t abnormal {place} ischaemia",
        ),
        scp=(code,),
    )


def _inversion(suffix: str, places: tuple[str, ...], shape: str) -> Finding:
    return Finding(
        f"t_inversion_{suffix}",
        f"{suffix} T wave inversion",
        "repolarisation",
        english=(
            f"T wave inversion in {suffix} leads",
            f"{suffix} TWI",
            f"inverted T waves in {suffix} leads",
        ),
        german=(f"{suffix}e t-negativierung",),
        patterns=tuple(
            f"{more} inversion {place}" for place in places for more in ("", "t", "nonspecific t")
        ),
        scp=("INVT",),
        shape=shape,
    )


def _elevation(suffix: str, places: tuple[str, ...], shape: str) -> Finding:
    return Finding(
        f"st_elevation_{suffix}",
        f"{suffix} ST elevation",
        "repolarisation",
        english=(f"ST elevation in {suffix} leads", f"{suffix} STE"),
        german=(f"{suffix}e st-hebung",),
        patterns=tuple(f"{st} elevation {place}" for place in places for st in ("st", "")),
        shape=shape,
        conflicts=("normal_ecg",),
    )


REPOLARISATION = (
    *(_ischaemia(*row) for row in _ISCHAEMIA),
    *(_inversion(*row) for row in _INVERSION),
    *(_elevation(*row) for row in _ELEVATION),
    Finding(
        "ischaemia",
        "myocardial ischaemia",
        "repolarisation",
        english=("ischemia", "ischaemic ST-T changes", "ischemic changes"),
        german=("ischämie", "myokardischämie"),
        patterns=("ischaemic heart disease", "st t abnormal ischaemia", "ischaemia widespread"),
        scp=("ISC_",),
    ),
    Finding(
        "t_inversion",
        "T wave inversion",
        "repolarisation",
        english=("inverted T waves", "TWI", "T inversion"),
        german=("t-negativierung", "negatives T", "t-inversion"),
        patterns=("t inversion widespread", "t inversion posterior", "nonspecific t inversion"),
        scp=("INVT",),
        shape="t_inversion",
    ),
    Finding(
        "st_elevation",
        "ST elevation",
        "repolarisation",
        english=("ST segment elevation", "STE", "nonspecific ST elevation"),
        german=("st-hebung", "st-streckenhebung"),
        patterns=("st elevation widespread", "st elevation posterior", "abnormal st elevation"),
        scp=("STE_",),
    ),
    Finding(
        "st_depression",
        "ST depression",
        "repolarisation",
        english=("ST segment depression", "STD", "depressed ST segments"),
        german=("st-senkung", "st-streckensenkung"),
        patterns=(
            "st depression *",
            "depression inferior",
            "depression lateral",
            "depression high lateral",
            "depression anterior",
            "nonspecific st depression *",
            "abnormal st depression *",
            "nonspecific abnormal st depression",
            "st-t senkung",
        ),
        scp=("STD_",),
        shape="st_depression",
    ),
    Finding(
        "nonspecific_st",
        "nonspecific ST changes",
        "repolarisation",
        english=("nonspecific ST-T changes", "non-specific ST-T wave changes"),
        german=("unspezifische ST-T-Veränderungen", "unspezifische erregungsrückbildungsstörung"),
        patterns=(
            "nonspecific st t *",
            "nonspecific st *",
            "nonspecific abnormal st t",
            "st t abnormal",
            "st t change *",
            "st change *",
            "abnormal st",
        ),
        scp=("NST_",),
    ),
    Finding(
        "nondiagnostic_t",
        "non-diagnostic T wave abnormality",
        "repolarisation",
        german=("unspezifisches abnormes t", "unspezifisch abnormes t"),
        patterns=("nonspecific abnormal t", "nonspecific abnormal t *", "nondiagnostic t"),
        scp=("NDT",),
    ),
    Finding(
        "nonspecific_t",
        "nonspecific T wave changes",
        "repolarisation",
        english=("minor T wave changes", "non-specific T wave flattening"),
        german=("unspezifische T-Veränderungen",),
        patterns=("nonspecific t flat *", "nonspecific t *", "t change", "t change *"),
        scp=("NT_",),
    ),
    Finding(
        "t_abnormality",
        "T wave abnormality",
        "repolarisation",
        english=("abnormal T waves",),
        german=("t abnorm", "abnormes t"),
        patterns=("t abnormal *", "high t *", "biphasic t *"),
        scp=("TAB_",),
    ),
    Finding(
        "low_t",
        "low T waves",
        "repolarisation",
        english=("flat T waves", "T wave flattening", "low amplitude T waves"),
        german=("flaches T", "t-abflachung", "abgeflachte t-wellen"),
        patterns=("t low *", "t flat *", "t low or flat *", "t flat inverted *", "t isoelectric"),
        scp=("LOWT",),
        shape="low_t",
    ),
    Finding(
        "long_qt",
        "prolonged QT interval",
        "repolarisation",
        english=("long QT", "QT prolongation", "prolonged QTc", "long QT syndrome"),
        german=("qt-verlängerung", "verlängertes QT-Intervall", "qt-zeit verlängert"),
        patterns=("lqts",),
        scp=("LNGQT",),
        shape="long_qt",
        typical={"qt_ms": (470, 560)},
        requires={"qt_ms": (380, 700), "qtc_ms": (450, 750)},
    ),
    Finding(
        "digitalis_effect",
        "digitalis effect",
        "repolarisation",
        english=("digoxin effect", "dig effect"),
        german=("digitaliswirkung", "digitaliseffekt", "digitalis-veränderungen"),
        patterns=("digitalis", "digoxin"),
        scp=("DIG",),
    ),
    Finding(
        "electrolyte_disturbance",
        "electrolyte disturbance or drug effect",
        "repolarisation",
        english=("electrolyte disturbance", "drug effect"),
        german=("elektrolytstörung", "medikamenteneffekt"),
        patterns=("electrolyte", "electrolyte abnormal", "drug electrolyte disturbance"),
        scp=("EL",),
    ),
    Finding(
        "lv_strain",
        "left ventricular strain",
        "repolarisation",
        english=("LV strain", "LV strain pattern"),
        german=("linksbelastung", "linksherzbelastung"),
        patterns=("vaenster belastning",),
        shape="st_depression",
    ),
)
