"""Ischaemia: ST and T of a wall, stated as such or as ST elevation, depression and T inversion."""

from typing import NamedTuple

from sediff.criteria import ischaemia as criteria
from sediff.criteria import stemi
from sediff.findings.finding import Finding


class _Wall(NamedTuple):
    """A wall as PTB-XL names it: German adjective, code, and the leads that look at it."""

    place: str
    german: str
    code: str
    leads: str


_ISCHAEMIA = (
    _Wall("anterolateral", "anterolaterale", "ISCAL", "V3 to V6, I and aVL"),
    _Wall("inferior", "inferiore", "ISCIN", "II, III and aVF"),
    _Wall("inferolateral", "inferolaterale", "ISCIL", "II, III, aVF and V4 to V6"),
    _Wall("anteroseptal", "anteroseptale", "ISCAS", "V1 to V3"),
    _Wall("lateral", "laterale", "ISCLA", "I, aVL and V4 to V6"),
    _Wall("anterior", "anteriore", "ISCAN", "V1 to V4"),
    _Wall("high lateral", "hochlaterale", "ISCLA", "I and aVL"),
)
_INJURY = (
    _Wall("anteroseptal", "anteroseptaler", "INJAS", "V1 to V3"),
    _Wall("anterolateral", "anterolateraler", "INJAL", "V3 to V6, I and aVL"),
    _Wall("inferior", "inferiorer", "INJIN", "II, III and aVF"),
    _Wall("lateral", "lateraler", "INJLA", "I, aVL and V4 to V6"),
    _Wall("inferolateral", "inferolateraler", "INJIL", "II, III, aVF and V4 to V6"),
)
# (suffix, territories that it is said for, leads)
_INVERSION = (
    ("anterior", ("anterior", "septal", "anteroseptal"), "V1 to V4"),
    ("inferior", ("inferior", "inferolateral", "inferoposterior"), "II, III and aVF"),
    ("lateral", ("lateral", "anterolateral", "high lateral"), "I, aVL, V5 and V6"),
)
_ELEVATION = (
    ("anterior", ("anterior", "septal", "anteroseptal", "anterolateral"), "V1 to V4"),
    ("inferior", ("inferior", "inferolateral", "inferoposterior"), "II, III and aVF"),
    ("lateral", ("lateral", "high lateral"), "I, aVL, V5 and V6"),
)
_INVERSION_MIMICS = {
    "anterior": ("rbbb", "brugada"),
    "inferior": ("lbbb", "inferior_mi"),
    "lateral": ("lbbb", "lvh_strain"),
}
# A usual axis: in left axis deviation ST and T have reasons of their own.
_TYPICAL = {"axis_deg": (-15, 75)}
_PARTNERS = ("sinus_tachycardia", "atrial_fibrillation", "pvc")


def _ischaemia(wall: _Wall) -> Finding:
    place, key = wall.place, wall.place.replace(" ", "_")
    return Finding(
        f"ischaemia_{key}",
        f"{place} ischaemia",
        "repolarisation",
        english=(
            f"ischaemic ST-T changes in {place} leads",
            f"{place} ischemia",
            f"{place} myocardial ischaemia",
        ),
        german=(f"{wall.german} ischämie",),
        patterns=(
            f"st t {place} ischaemia",
            f"st t abnormal {place} ischaemia",
        ),
        scp=(wall.code,),
        shape=f"ischaemia_{key}",
        typical=_TYPICAL,
        conflicts=("normal_ecg",),
        combines=_PARTNERS,
        criteria=criteria.ischaemia(key),
        mimics=("lbbb", "lvh_strain"),
    )


def _injury(wall: _Wall) -> Finding:
    return Finding(
        f"subendocardial_injury_{wall.place}",
        f"{wall.place} subendocardial injury",
        "infarct",
        english=(f"subendocardial injury in {wall.place} leads",),
        german=(f"{wall.german} innenschichtsschaden",),
        patterns=(f"subendocardial infarct {wall.place}", f"myokardaffektion {wall.place}"),
        scp=(wall.code,),
        shape=f"subendocardial_injury_{wall.place}",
        typical=_TYPICAL,
        conflicts=("normal_ecg",),
        combines=_PARTNERS,
        criteria=criteria.st_depression(wall.place),
        mimics=("lbbb", "posterior_stemi" if wall.place == "anteroseptal" else "de_winter"),
    )


def _inversion(suffix: str, places: tuple[str, ...], leads: str) -> Finding:
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
        snomed="59931005",
        shape=f"t_inversion_{suffix}",
        typical=_TYPICAL,
        combines=_PARTNERS,
        criteria=criteria.t_inversion(suffix),
        mimics=_INVERSION_MIMICS[suffix],
    )


def _elevation(suffix: str, places: tuple[str, ...], leads: str) -> Finding:
    return Finding(
        f"st_elevation_{suffix}",
        f"{suffix} ST elevation",
        "repolarisation",
        english=(f"ST elevation in {suffix} leads", f"{suffix} STE"),
        german=(f"{suffix}e st-hebung",),
        patterns=tuple(f"{st} elevation {place}" for place in places for st in ("st", "")),
        snomed="164931005",
        shape=f"{suffix}_ste",
        typical=_TYPICAL,
        conflicts=("normal_ecg",),
        combines=_PARTNERS,
        criteria=stemi.raised(suffix),
        mimics=("lbbb", "left_main"),
    )


_GENERAL = (
    Finding(
        "ischaemia",
        "myocardial ischaemia",
        "repolarisation",
        english=("ischemia", "ischaemic ST-T changes", "ischemic changes"),
        german=("ischämie", "myokardischämie"),
        patterns=("ischaemic heart disease", "st t abnormal ischaemia", "ischaemia widespread"),
        scp=("ISC_",),
        snomed="164861001",
        shape="nstemi",
        typical=_TYPICAL,
        conflicts=("normal_ecg",),
        combines=_PARTNERS,
        criteria=criteria.ischaemia(),
        mimics=("lbbb", "lvh_strain"),
    ),
    Finding(
        "t_inversion",
        "T wave inversion",
        "repolarisation",
        english=("inverted T waves", "TWI", "T inversion"),
        german=("t-negativierung", "negatives T", "t-inversion"),
        patterns=("t inversion widespread", "t inversion posterior", "nonspecific t inversion"),
        scp=("INVT",),
        snomed="59931005",
        shape="t_inversion",
        typical=_TYPICAL,
        combines=_PARTNERS,
        criteria=criteria.t_inversion(),
        mimics=("lbbb", "low_t"),
    ),
    Finding(
        "st_elevation",
        "ST elevation",
        "repolarisation",
        english=("ST segment elevation", "STE", "nonspecific ST elevation"),
        german=("st-hebung", "st-streckenhebung"),
        patterns=("st elevation widespread", "st elevation posterior", "abnormal st elevation"),
        scp=("STE_",),
        snomed="164931005",
        shape="anterior_ste",
        typical=_TYPICAL,
        conflicts=("normal_ecg",),
        combines=_PARTNERS,
        criteria=stemi.ST_ELEVATION,
        mimics=("early_repolarisation", "pericarditis"),
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
        snomed="429622005",
        shape="st_depression",
        typical=_TYPICAL,
        combines=_PARTNERS,
        criteria=criteria.st_depression(),
        mimics=("lbbb", "inferior_stemi"),
    ),
    Finding(
        "nstemi",
        "NSTEMI",
        "infarct",
        english=("non-ST elevation myocardial infarction", "non-STEMI"),
        german=("nicht-ST-hebungsinfarkt",),
        snomed="401314000",
        shape="nstemi",
        typical=_TYPICAL,
        conflicts=("normal_ecg",),
        combines=_PARTNERS,
        criteria=criteria.NSTEMI,
        mimics=("posterior_stemi", "lvh_strain", "lbbb"),
    ),
)

ISCHAEMIA = (
    *(_ischaemia(row) for row in _ISCHAEMIA),
    *(_injury(row) for row in _INJURY),
    *(_inversion(*row) for row in _INVERSION),
    *(_elevation(*row) for row in _ELEVATION),
    *_GENERAL,
)
