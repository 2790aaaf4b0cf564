"""Infarction with ST elevation, by territory and stage. No real ECG of PTB-XL stands behind it."""

from typing import NamedTuple

from sediff.criteria import stemi as criteria
from sediff.criteria.check import Criteria
from sediff.findings.finding import Finding, Stage


class _Wall(NamedTuple):
    """What one territory adds; `leads` and `mirror` are where ST rises and falls."""

    place: str
    german: str
    leads: str
    mirror: str
    artery: str
    pitfall: str
    mimics: tuple[str, ...]
    acute_german: tuple[str, ...] = ()
    snomed: str = ""


_WALLS = (
    _Wall(
        "inferior", "inferiorer", "II, III and aVF", "aVL and I",
        "III above II speaks for the right coronary artery, II above III for the circumflex.",
        "Depression of aVL may be the first sign, before any inferior elevation.",
        ("pericarditis", "early_repolarisation"), ("akuter hinterwandinfarkt",),
        "73795002",
    ),
    _Wall(
        "anterior", "anteriorer", "V2 to V4", "III and aVF",
        "The left anterior descending artery feeds this wall; the more leads, the nearer its "
        "origin.",
        "Old aneurysm, early repolarisation and left ventricular hypertrophy raise ST here too.",
        ("ventricular_aneurysm", "pericarditis", "early_repolarisation", "lbbb"),
        ("akuter vorderwandinfarkt",), "54329005",
    ),
    _Wall(
        "anteroseptal", "anteroseptaler", "V1 to V3", "V6 and the inferior leads at times",
        "The septum and the wall before it hang on the left anterior descending artery.",
        "The coved ST of Brugada type 1 stands in V1 and V2 without mirror images.",
        ("ventricular_aneurysm", "brugada", "lbbb"), (), "62695002",
    ),
    _Wall(
        "septal", "septaler", "V1 and V2", "V5 and V6",
        "Mostly a septal branch of the left anterior descending artery is closed.",
        "Brugada type 1, right ventricular infarct and misplaced electrodes look alike in V1-V2.",
        ("brugada", "lbbb"), (), "70998009",
    ),
    _Wall(
        "anterolateral", "anterolateraler", "V2 to V6, I and aVL", "III and aVF",
        "A proximal occlusion of the left anterior descending artery takes the lateral wall too.",
        "Pericarditis raises ST as widely, but without depression opposite to it.",
        ("pericarditis", "early_repolarisation"), (), "70211005",
    ),
    _Wall(
        "lateral", "lateraler", "I, aVL, V5 and V6", "III, aVF and V1",
        "Mostly the circumflex artery or a diagonal branch is closed.",
        "Often only 0.1 mV high: the mirror image of III is easier to see.",
        ("pericarditis", "early_repolarisation", "lvh_strain"), (), "58612006",
    ),
    _Wall(
        "high lateral", "hochlateraler", "I and aVL", "III and aVF",
        "Mostly the first diagonal branch or a high marginal branch is closed.",
        "The inferior depression is its mirror image, not ischaemia of the inferior wall.",
        ("lvh_strain",),
    ),
    _Wall(
        "inferolateral", "inferolateraler", "II, III, aVF, V5 and V6", "aVL, V1 and V2",
        "A large circumflex or right coronary artery feeds both walls.",
        "Pericarditis raises the same leads, but with PR depression and no mirror image.",
        ("pericarditis", "early_repolarisation"), (), "65547006",
    ),
    _Wall(
        "inferoposterior", "inferoposteriorer", "II, III and aVF", "V1 to V3 and aVL",
        "The same artery feeds the inferior wall and the wall behind it.",
        "Depression of V1 to V3 is the injury of the back here, not anterior ischaemia.",
        ("pericarditis",), (), "76593002",
    ),
)  # fmt: skip
# A usual axis: a fascicular block would hide Q waves and change R.
_TYPICAL = {"axis_deg": (-20, 75), "heart_rate": (58, 105)}
_PARTNERS = ("sinus_tachycardia", "sinus_bradycardia", "first_degree_av_block", "pvc")


def _stages(
    place: str, german: str, key: str, acute_german: tuple[str, ...] = (), drawn: str = ""
) -> tuple[Stage, ...]:
    """The three stages of a territory; `drawn`: whose shape it takes, if it has none."""
    shape = drawn or key
    return (
        _stage(
            "acute",
            (f"{place} STEMI", f"{place} infarct", f"{place} myocardial infarction"),
            (f"akuter {german} infarkt", f"akuter {german} STEMI", *acute_german),
            f"{shape}_ste",
            criteria.acute(key),
            (f"{place} st elevation acute infarct",),
        ),
        _stage(
            "hyperacute",
            (f"{place} STEMI", f"{place} infarct", f"{place} T waves"),
            (f"hyperakuter {german} infarkt", f"hyperakuter {german} STEMI"),
            f"{shape}_hyperacute",
            criteria.hyperacute(key),
        ),
        _stage(
            "evolving",
            (f"{place} STEMI", f"{place} infarct", f"{place} myocardial infarction"),
            (f"{german} infarkt im zwischenstadium", f"{german} STEMI im zwischenstadium"),
            f"{shape}_evolving",
            criteria.evolving(key),
        ),
    )


def _stage(
    id: str,
    of: tuple[str, ...],
    german: tuple[str, ...],
    shape: str,
    judged: Criteria,
    patterns: tuple[str, ...] = (),
) -> Stage:
    """One stage; `of`: what its English names say after the name of the stage."""
    name, *others = (_words(f"{id} {what}") for what in of)
    return Stage(
        id,
        name,
        english=tuple(others),
        german=tuple(map(_words, german)),
        patterns=patterns,
        shape=shape,
        criteria=judged,
    )


def _words(text: str) -> str:
    """Without the gap that an unnamed wall leaves."""
    return " ".join(text.split())


def _wall(wall: _Wall) -> Finding:
    place, key = wall.place, wall.place.replace(" ", "_")
    return Finding(
        f"{key}_stemi",
        f"{place} STEMI",
        "infarct",
        english=(f"{place} ST elevation myocardial infarction",),
        german=(f"{wall.german} STEMI",),
        snomed=wall.snomed,
        stages=_stages(place, wall.german, key, wall.acute_german),
        typical=_TYPICAL | ({"qrs_ms": (78, 112)} if key == "inferoposterior" else {}),
        conflicts=("normal_ecg",),
        combines=_PARTNERS,
        mimics=wall.mimics,
    )


_POSTERIOR = Finding(
    "posterior_stemi",
    "posterior STEMI",
    "infarct",
    english=("posterior ST elevation myocardial infarction",),
    german=("posteriorer STEMI",),
    stages=_stages("posterior", "posteriorer", "posterior"),
    typical={**_TYPICAL, "qrs_ms": (78, 112)},
    conflicts=("normal_ecg",),
    combines=_PARTNERS,
    mimics=("rvh", "rbbb", "anterior_stemi"),
)

_RIGHT = Finding(
    "right_ventricular_infarct",
    "right ventricular infarct",
    "infarct",
    english=(
        "RV infarct",
        "right ventricular myocardial infarction",
        "right ventricular STEMI",
    ),
    german=("rechtsventrikulärer infarkt",),
    stages=(
        _stage(
            "acute",
            ("right ventricular infarct", "RV infarct", "right ventricular STEMI"),
            ("akuter rechtsventrikulärer infarkt",),
            "right_ventricular_ste",
            criteria.acute("right_ventricular"),
        ),
        _stage(
            "hyperacute",
            ("right ventricular infarct", "RV infarct"),
            ("hyperakuter rechtsventrikulärer infarkt",),
            "right_ventricular_hyperacute",
            criteria.hyperacute("right_ventricular"),
        ),
        _stage(
            "evolving",
            ("right ventricular infarct", "RV infarct"),
            ("rechtsventrikulärer infarkt im zwischenstadium",),
            "right_ventricular_evolving",
            criteria.evolving("right_ventricular"),
        ),
    ),
    typical=_TYPICAL,
    conflicts=("normal_ecg",),
    combines=("sinus_bradycardia", "first_degree_av_block"),
    mimics=("septal_stemi", "pulmonary_embolism", "brugada"),
)

_UNNAMED = Finding(
    "stemi",
    "STEMI",
    "infarct",
    english=("ST elevation myocardial infarction",),
    german=("ST-Hebungsinfarkt",),
    snomed="401303003",
    stages=_stages("", "", "any", ("akuter myokardinfarkt",), drawn="inferior"),
    typical=_TYPICAL,
    conflicts=("normal_ecg",),
    combines=_PARTNERS,
    mimics=("pericarditis", "early_repolarisation", "lbbb", "ventricular_aneurysm"),
)

STEMI = (*(_wall(wall) for wall in _WALLS), _POSTERIOR, _RIGHT, _UNNAMED)
