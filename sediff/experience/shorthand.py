"""Abbreviations beyond those of the vocabulary, and German everyday words, as whole words."""

import re
from collections.abc import Mapping

from sediff.findings.meaning import word_set

# One abbreviation or more, separated by blanks -> what the reader knows it as.
_SHORT: Mapping[str, str] = {
    "bbb": "bundle branch block",
    "ber erp": "early repolarisation",
    "pmvt pvt": "polymorphic ventricular tachycardia",
    "mmvt rvot": "ventricular tachycardia",
    "prwp rprogr": "poor r wave progression",
    "eat": "atrial tachycardia",
    "ear": "ectopic atrial rhythm",
    "rvmi": "right ventricular infarct",
    "veb vebs": "premature ventricular contraction",
    "pat": "paroxysmal supraventricular tachycardia",
    "mfat": "multifocal atrial tachycardia",
    "ivr": "idioventricular rhythm",
    "ajr": "accelerated junctional rhythm",
    "jet": "junctional tachycardia",
    "nad": "normal axis",
    "iwmi": "inferior infarct",
    "awmi": "anterior infarct",
    "lwmi": "lateral infarct",
    "pwmi": "posterior infarct",
    "omi acs": "acute infarct",
    "lva": "ventricular aneurysm",
    "hyperk": "hyperkalaemia",
    "hypok": "hypokalaemia",
    "sqts sqt": "short qt interval",
    "brs brp": "brugada pattern",
    "irsb": "incomplete right bundle branch block",
    "ilsb": "incomplete left bundle branch block",
    "krsb": "right bundle branch block",
    "klsb lbb": "left bundle branch block",
    "rbb": "right bundle branch block",
    "bae": "biatrial enlargement",
    "laa": "left atrial enlargement",
    "raa": "right atrial enlargement",
    "lpf": "left posterior fascicular block",
    "bfb": "bifascicular block",
    "tfb": "trifascicular block",
    "sab": "sinoatrial block",
    "ppm pm icd vpaced": "paced rhythm",
    "biv": "biventricular paced rhythm",
    "avd": "third degree av block",
    "nsst nsstt nssttw nssttwc": "nonspecific st changes",
    "lmca lms": "left main",
    "sah": "raised intracranial pressure",
    "lvht": "left ventricular hypertrophy",
    "rvht": "right ventricular hypertrophy",
    "deg": "degree",
    "1davb": "first degree av block",
    "2davb": "second degree av block",
    "3davb": "third degree av block",
    "ult uelt": "left axis deviation",
    "tcas": "tricyclic antidepressant toxicity",
    "dig dgx": "digoxin",
    "jr": "junctional rhythm",
    "hypoca": "hypocalcaemia",
    "hyperca": "hypercalcaemia",
    "lef lefft": "left",
    "rigt rihgt rigth rightt": "right",
    "hart hert haert": "heart",
    "blok blcok bloc blokc bock": "block",
    "tipe": "type",
    "axes": "axis",
    "inferolat": "inferolateral",
    "anterolat": "anterolateral",
    "anterosept": "anteroseptal",
    "inferopost": "inferoposterior",
    "paf": "atrial fibrillation",
    "lgl": "short pr interval",
    "sss": "sick sinus syndrome",
    "afl vhfla": "atrial flutter",
    "svarr": "supraventricular arrhythmia",
    "esb jeb": "escape beats",
    "bigem": "ventricular bigeminy",
    "trigem": "ventricular trigeminy",
}
_GERMAN: Mapping[str, str] = {
    "herz herzens": "heart",
    "herzschlag herzschlaege schlaege schlag": "beats",
    "schlaegt klopft": "beats",
    "pulsschlag": "pulse",
    "unregelmaessig unregelmaessige unregelmaessiger": "irregular",
    "stolpert stolpern": "skips beats",
    "rast": "is racing",
    "aussetzer": "pause",
    "setzt": "pauses",
    "ploetzlich ploetzliche": "sudden",
    "welle wellen zacke zacken": "wave",
    "linke linken linker": "left",
    "rechte rechten rechter": "right",
    "seite": "side",
    "verdickt verdickte verdickter verdickung": "thickened",
    "vergroessert vergroesserte": "enlarged",
    "entzuendet entzuendung": "inflammation",
    "lunge": "lung",
    "wasser fluessigkeit": "fluid",
    "blut": "blood",
    "gerinnsel": "clot",
    "narbe narben": "scar",
    "medikamente medikamenten tabletten": "drug",
    "kabel": "cables",
    "steckdose": "mains socket",
    "kalt": "cold",
    "sportler leistungssportler ausdauersportler": "athlete",
    "hirnblutung gehirnblutung": "brain haemorrhage",
    "vergiftung": "poisoning",
    "erbliche angeborene angeborenes": "inherited",
    "strom": "electrical current",
    "leitet": "conducts",
    "sauerstoff": "oxygen",
    "dialysepatient dialyse": "dialysis",
    "hohe hoher hohes": "tall",
    "spitze spitzer spitzes": "peaked",
    "tiefe tiefer": "deep",
    "zwei": "two",
    "drei": "three",
    "jeder jedem": "every",
    "zweite zweiter zweiten": "second",
    "dritte dritter dritten": "third",
    "kammern kammer herzkammer herzkammern": "ventricles",
    "vorhoefe vorhoefen": "atria",
    "kalium": "potassium",
    "kalzium": "calcium",
    "oben": "top",
    "unten": "bottom",
    "vorne": "anterior",
    "hinten": "posterior",
    "voellig": "totally",
    "herzrhythmus": "heart rhythm",
    "wechselstrom wechselstromstoerung": "mains interference",
}
_PHRASES = {  # before the words
    r"(?:der|die|das|des|dem|den|eine[rsmn]?|ein) ": "",
    r"verdickung ": "thickened ",
    r"serum ": "",
    r"zu viel": "too much",
    r"zu wenig": "too little",
    r"zu lang(?:e|es)?": "prolonged",
    r"zu kurz(?:e|es)?": "short",
    r"vorzeitige\w* vorhof\w*": "premature atrial contraction",
    r"vorzeitige\w* (?:kammer|ventrik)\w*": "premature ventricular contraction",
    r"herz(?:muskel)?(?:wand)? verdickt|verdickter? herzmuskel": "left ventricular hypertrophy",
    r"s\.? ?b\.? (?:at )?\d+(?: ?/ ?min| bpm)?": "sinus bradycardia",
    r"at 1\d\d(?: ?/ ?min| bpm)": "atrial tachycardia",
    r"st (?:at )?1\d\d(?: ?/ ?min| bpm)": "sinus tachycardia",
}


def _table(rows: Mapping[str, str]) -> dict[str, str]:
    return {word: meaning for words, meaning in rows.items() for word in words.split()}


_ABBREVIATIONS, _GLOSSES = _table(_SHORT), _table(_GERMAN)
SHORT_WORDS = frozenset(_ABBREVIATIONS) | frozenset(_GLOSSES)
# Words of their own: an abbreviation only where they are not written small.
_ALSO_WORDS = word_set("eat ear jet pat dig pm ber sah jr bock hart")
_WORD = re.compile(r"[A-Za-z0-9]+")
_PATTERNS = tuple(
    (re.compile(rf"(?<!\w)(?:{row})(?!\w)" if row[-1] != " " else rf"(?<!\w)(?:{row})"), word)
    for row, word in _PHRASES.items()
)


def expanded(text: str) -> str:
    """Text as typed, with the abbreviations in it written out."""

    def meaning(match: re.Match[str]) -> str:
        word, small = match.group(), match.group().lower()
        if word == small and small in _ALSO_WORDS:
            return word
        return _ABBREVIATIONS.get(small, word)

    return _WORD.sub(meaning, text)


def in_english(folded: str) -> str:
    """Folded text with German everyday words in English."""
    for pattern, word in _PATTERNS:
        folded = pattern.sub(word, folded)
    return _WORD.sub(lambda match: _GLOSSES.get(match.group(), match.group()), folded)
