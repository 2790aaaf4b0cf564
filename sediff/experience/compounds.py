"""German compound words -> English: 'Kaliumueberschuss' is 'high potassium'.

A word is taken apart only where parts of the table cover all of it.
"""

from collections.abc import Mapping
from functools import lru_cache

from sediff.findings.lexicon import LEXICON

# English -> German parts, folded. What stands last in a compound and is said first in English
# ('low potassium' for 'Kaliummangel') has its place in _FIRST.
_PARTS: Mapping[str, str] = {
    "heart": "herz",
    "heart muscle": "herzmuskel myokard",
    "pericardial": "herzbeutel perikard",
    "heart wall": "herzwand",
    "atrial": "vorhof",
    "left atrial": "linksvorhof",
    "right atrial": "rechtsvorhof",
    "ventricular": "kammer herzkammer ventrikel",
    "septal": "septum scheidewand",
    "septal hypertrophy": "septumverdickung",
    "anterior": "vorderwand",
    "inferior": "hinterwand unterwand",
    "lateral": "seitenwand",
    "posterior": "rueckwand",
    "potassium": "kalium",
    "calcium": "kalzium calcium",
    "sinus node": "sinusknoten",
    "sinus": "sinus",
    "av node": "avknoten",
    "av": "av",
    "bundle branch": "schenkel",
    "left": "links",
    "right": "rechts",
    "pacemaker": "schrittmacher herzschrittmacher",
    "st": "st",
    "st segment": "ststrecken",
    "qt": "qt",
    "digitalis": "digitalis digoxin",
    "lung": "lunge lungen",
    "pulmonary artery": "lungenarterien",
    "embolism": "embolie",
    "scar": "narbe narben",
    "limb lead": "extremitaeten arm bein",
    "chest lead": "brustwand",
    "electrode": "elektrode elektroden kabel",
    "reversal": "vertauschung verpolung verwechslung",
    "muscle": "muskel",
    "tremor": "zittern tremor",
    "mains": "netz",
    "interference": "brumm brummen stoerung rauschen",
    "low temperature": "unterkuehlung",
    "effusion": "erguss",
    "inflammation": "entzuendung",
    "arrest": "stillstand arrest",
    "toxicity": "vergiftung intoxikation",
    "syndrome": "syndrom",
    "disease": "erkrankung krankheit leiden",
    "block": "block blockierung blockade",
    "rhythm": "rhythmus",
    "escape rhythm": "ersatzrhythmus",
    "fibrillation": "flimmern",
    "flutter": "flattern",
    "tachycardia": "tachykardie rasen jagen",
    "bradycardia": "bradykardie",
    "infarct": "infarkt",
    "hypertrophy": "hypertrophie verdickung",
    "enlargement": "vergroesserung dilatation",
    "strain": "belastung",
    "stimulation": "stimulation",
    "beats": "schlaege",
    "pause": "pause pausen",
    "aneurysm": "aneurysma",
    "ischaemia": "ischaemie",
    "deviation": "abweichung",
    "axis": "achse typ",
    "oedema": "oedem",
    "signs": "zeichen",
    "pattern": "muster",
    "effect": "effekt wirkung",
    "own": "eigen",
}
_FIRST: Mapping[str, str] = {
    "low": "mangel defizit verminderung erniedrigung",
    "high": "ueberschuss erhoehung ueberladung",
    "prolonged": "verlaengerung",
    "short": "verkuerzung",
    "loss of": "verlust",
    "delayed": "verzoegerung",
    "inverted": "negativierung umkehr inversion",
    "widened": "verbreiterung",
}
_LINKS = ("", "s", "n", "en", "es", "er")
_SHORTEST, _LONGEST = 7, 40


def _table(rows: Mapping[str, str]) -> dict[str, str]:
    return {part: word for word, parts in rows.items() for part in parts.split()}


_MEANS, _BEFORE = _table(_PARTS), _table(_FIRST)


@lru_cache(maxsize=4096)
def taken_apart(word: str) -> str:
    """A folded German compound in English words; any other word, or one of the reader's, as is."""
    if not _SHORTEST <= len(word) <= _LONGEST or (word,) in LEXICON:
        return word
    parts = _parts(word)
    if len(parts) < 2:
        return word
    first = [_BEFORE[part] for part in parts[-1:] if part in _BEFORE]
    rest = parts[:-1] if first else parts
    if any(part not in _MEANS for part in rest):
        return word
    return " ".join([*first, *(_MEANS[part] for part in rest)])


def _parts(word: str) -> tuple[str, ...]:
    """Parts of the table that cover `word`, the longest first; () where none do."""
    if word in _MEANS or word in _BEFORE:
        return (word,)
    for cut in range(len(word) - 2, 1, -1):
        head = word[:cut]
        if head not in _MEANS:
            continue
        for link in _LINKS:
            if word.startswith(link, cut) and (rest := _parts(word[cut + len(link) :])):
                return (head, *rest)
    return ()
