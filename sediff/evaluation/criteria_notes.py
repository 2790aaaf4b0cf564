"""What to know when criteria are held against PTB-XL's statements: kindred codes and remarks."""

from collections.abc import Mapping

FIRM = 80.0  # likelihood in percent from which a statement is more than 'possible'

# The statements that name the rhythm: a record with none of them says nothing about it.
_RHYTHMS = "SR AFIB STACH SARRH SBRAD PACE SVARR BIGU AFLT SVTAC PSVT TRIGU"
RHYTHM_CODES = frozenset(_RHYTHMS.split())
_INFERIOR = "IMI ILMI IPMI IPLMI INJIN INJIL"
_FRONT = "ASMI AMI ALMI INJAS INJAL"
_SIDE = "LMI ALMI ILMI IPLMI INJLA INJAL INJIL"
_ISCHAEMIC = "ISC_ ISCAL ISCAS ISCLA ISCIN ISCIL ISCAN"
_ST_T = f"{_ISCHAEMIC} NDT NST_ NT_ TAB_ INVT LOWT STD_ DIG EL LVH"

# Finding -> codes of other statements that hold the same sign: readers write one of them only.
KIN: Mapping[str, frozenset[str]] = {
    finding: frozenset(codes.split())
    for finding, codes in {
        "sinus_rhythm": "SARRH SBRAD STACH SVARR BIGU TRIGU PACE",
        "sinus_arrhythmia": "PAC SVARR",
        "atrial_fibrillation": "AFLT",
        "pac": "SVARR PRC(S) BIGU TRIGU SARRH",
        "first_degree_av_block": "LPR",
        "pr_prolonged": "1AVB",
        "rbbb": "IRBBB",
        "irbbb": "CRBBB",
        "ivcd": "CLBBB CRBBB ILBBB IRBBB WPW LAFB LPFB PACE",
        "inferior_mi": _INFERIOR,
        "inferolateral_mi": f"{_INFERIOR} {_SIDE}",
        "anterior_mi": _FRONT,
        "septal_mi": _FRONT,
        "anteroseptal_mi": _FRONT,
        "anterolateral_mi": f"{_FRONT} {_SIDE}",
        "lateral_mi": _SIDE,
        "high_lateral_mi": _SIDE,
        "q_waves": f"{_INFERIOR} {_FRONT} {_SIDE} PMI",
        "lvh": "VCLVH HVOLT SEHYP",
        "lvh_voltage": "LVH HVOLT SEHYP",
        "lvh_strain": f"VCLVH {_ISCHAEMIC} NDT NST_",
        "high_voltage": "LVH VCLVH",
        **dict.fromkeys(("st_depression", "t_inversion", "ischaemia", "low_t"), _ST_T),
        **dict.fromkeys(
            (
                "ischaemia_anterolateral", "t_inversion_anterior", "t_inversion_inferior",
                "t_inversion_lateral",
            ),
            _ST_T,
        ),
    }.items()
}  # fmt: skip

_ANY_RATE = "The code names no rate: the share of all fibrillation that is this fast or slow."
_NO_WALL = "The code names no wall: the share of all T inversion that reaches this wall."
_Q = (
    "Readers also call tiny r waves and poor R progression infarction, and history counts; many "
    "statements are 'possible' (likelihood 15 to 50)."
)
_WEAK_ST_T = (
    "Readers state it from about half of the published depth and in single leads, and the same "
    "sign under several codes."
)
REMARKS: Mapping[str, str] = {
    "normal_ecg": "Readers pass borderline P, PR, QRS and T, and call other records abnormal "
    "by one sign that has no limit.",
    "sinus_rhythm": "A record with sinus rhythm that is slow or irregular carries another code "
    "instead of this one.",
    "sinus_bradycardia": "The published limit is 60 a minute; readers state it from about 50 "
    "down and call 50 to 60 sinus rhythm.",
    "sinus_arrhythmia": "The published 120 ms are met by a sixth of the young and calm; readers "
    "state it when it is striking.",
    "af_rapid": _ANY_RATE,
    "af_slow": _ANY_RATE,
    "pac": "Missed are early beats whose P hides in the T before, bigeminy, and mixtures that "
    "read as fibrillation.",
    "first_degree_av_block": "Two codes share one limit of 200 ms; readers often pass PR of "
    "201 to 225 ms.",
    "pr_prolonged": "Two codes share one limit of 200 ms; each reader uses one of them.",
    "lbbb": "The statement also stands for wide QRS without a broad R at the side.",
    "irbbb": "Readers state it for any r' of V1, also smaller than r and below 110 ms, and for "
    "QRS of 120 ms and more.",
    "ivcd": "The guideline begins at 110 ms; readers state it from 120 ms or by notches alone.",
    "lafb": "The guideline asks for an axis of -45 degrees, a qR in aVL and a QRS below 120 ms; "
    "readers state it from -30 degrees on, in any wide QRS and where infarction took the q.",
    "inferior_mi": _Q,
    "anterior_mi": f"{_Q} Most of these records have r waves of 0.1 to 0.3 mV up to V4.",
    "septal_mi": f"{_Q} The code is that of anteroseptal infarction.",
    "anteroseptal_mi": _Q,
    "anterolateral_mi": _Q,
    "inferolateral_mi": _Q,
    "lateral_mi": _Q,
    "q_waves": "The word stands in English reports only; others name the infarct.",
    "ischaemia": _WEAK_ST_T,
    "ischaemia_anterolateral": _WEAK_ST_T,
    "st_depression": f"{_WEAK_ST_T} 'Minor non-specific depression' means 0.03 mV.",
    "t_inversion": _WEAK_ST_T,
    "t_inversion_anterior": _NO_WALL,
    "t_inversion_inferior": _NO_WALL,
    "t_inversion_lateral": _NO_WALL,
    "low_t": "The word stands in English reports only.",
    "lvh": "Voltage alone meets the criteria; readers also weigh age, ST and T.",
    "lvh_voltage": "The code is used in English reports only; others state hypertrophy.",
    "lvh_strain": "Two codes together; readers mostly write 'strain' as ischaemia.",
    "lae": "Morris' limit and a P of 120 ms are met by many healthy people.",
    "low_voltage": "Readers write it for low limb leads, some with a lead of 0.7 mV.",
    "rvh": "Readers state it from a tall R' of right bundle branch block, which the guideline "
    "leaves out.",
    "wpw": "Readers state it with PR of 120 ms and more, where the guideline asks for less.",
}
