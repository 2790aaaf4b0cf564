"""The words of ECG reports, English, German and some Swedish, each with what it means.

A word or phrase means concepts ('left', 'bundle', 'block'), a cue (negation, hedge, end of scope)
or nothing that matters. Everything is written folded: lower case, ae oe ue ss for umlauts.
Endings of inflected words and German compounds are handled in `reading`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["concepts", "quiet", "join", "negation", "hedge", "end"]


@dataclass(frozen=True)
class Meaning:
    """What a word or phrase means.

    Attributes:
        kind: 'quiet' is understood and without effect; 'join' is and/or; 'end' closes a negation.
        concepts: for 'concepts', in order.
        certainty: for 'hedge'.
        back: a cue about what stands before it ('ruled out') instead of after it ('no').
    """

    kind: Kind
    concepts: tuple[str, ...] = ()
    certainty: float = 1.0
    back: bool = False


TERRITORIES = (
    "inferior",
    "anterior",
    "septal",
    "anteroseptal",
    "lateral",
    "highlateral",
    "anterolateral",
    "inferolateral",
    "posterior",
    "inferoposterior",
    "inferoposterolateral",
    "widespread",
)

# Heads that say nothing alone and are no surprise to a reader: not reported as unknown.
SILENT = frozenset(
    "rhythm ecg axis change abnormal acute p t st pr qt qrs response criteria limits".split()
)

# concept(s) -> the words and phrases for it, separated by commas
_CONCEPTS: Mapping[str, str] = {
    "left": "left, links, lt, vaenster, vaenstersidig",
    "right": "right, rechts, rt, hoeger, hoegersidig",
    "bundle": "bundle, branch, schenkel, skaenkel",
    "block": "block, blocked, blockade, blockierung, blockbild",
    "complete": "complete, vollstaendig, komplett, kompl, total",
    "incomplete": "incomplete, unvollstaendig, inkomplett, inkompl, partial, partiell, incompl",
    "fascicular": "fascicular, fascicle, fasicular, faszikulaer, faszikel",
    "fascicular block": "hemiblock, hemi block",
    "superior": "superior",
    "bifascicular": "bifascicular, bifaszikulaer, bifascikulaer, bifascikulaert",
    "trifascicular": "trifascicular, trifaszikulaer, trifascikulaer",
    "anterior": "anterior, anteriort, ant, vorderwand, framvaegg",
    "inferior": "inferior, inf, hinterwand, diaphragmatic, diaphragmal",
    "posterior": "posterior",
    "septal": "septal, septum",
    "lateral": "lateral, seitenwand",
    "highlateral": "high lateral, highlateral, hoch lateral, hochlateral, hoeg lateral",
    "anteroseptal": "anteroseptal, antero septal, septoanterior",
    "anterolateral": "anterolateral, antero lateral",
    "inferolateral": "inferolateral, infero lateral",
    "inferoposterior": "inferoposterior, infero posterior, posteroinferior",
    "inferoposterolateral": "inferoposterolateral, infero postero lateral",
    "widespread": "widespread, throughout, generally, diffuse, diffus, global",
    "infarct": "infarct, infarction, infarkt, mi, heart attack, myokardschaden, myokardskada, "
    "myocardial damage",
    "injury": "injury",
    "subendocardial": "subendocardial, subendokardial",
    "subendocardial injury": "innenschichtsschaden, innenschichtschaden",
    "myokardaffektion": "myokardaffektion",
    "stemi": "stemi",
    "acute infarct": "ami",
    "inferior infarct": "imi",
    "lateral infarct": "lmi",
    "posterior infarct": "pmi",
    "anteroseptal infarct": "asmi",
    "anterolateral infarct": "almi",
    "inferolateral infarct": "ilmi",
    "nstemi": "nstemi, non stemi, nicht st hebungsinfarkt, non st elevation myocardial infarction",
    "acute": "acute, akut, hyperacute, frisch, evolving, faersk",
    "aneurysm": "aneurysm, aneurysma, herzwandaneurysma",
    "ischaemia": "ischaemia, ischemia, ischaemic, ischemic, ischaemie, ischemi, ischaemisch",
    "disease": "disease",
    "heart": "heart, cardiac, herz",
    "st": "st, s t",
    "p": "p",
    "q": "q",
    "r": "r",
    "u": "u",
    "j": "j",
    "t": "t",
    "qs": "qs, rs komplex",
    "qt": "qt, qtc, qt c",
    "pr": "pr, pq, p r, p q",
    "qrs": "qrs, qrs ( t )",
    "elevation": "elevation, elevated, hebung, angehoben, erhoeht, hoejning",
    "depression": "depression, depressed, senkung, gesenkt, saenkning, downsloping depression",
    "st elevation": "ste",
    "st depression": "std",
    "inversion": "inversion, inverted, inverted or biphasic, negativierung, invertiert, neg, "
    "negativ, negative",
    "t inversion": "twi, negative t, inverted t",
    "flat": "flat, flattening, flattened, flach, abgeflacht, abflachung, flatter",
    "low": "low, niedrig, lag, laga, reduced",
    "biphasic": "biphasic, biphasisch, diphasic, biphas",
    "isoelectric": "isoelectric, isoelektrisch",
    "voltage": "voltage, spannung, amplitude, amplituder, sokolow, sokolow lyon",
    "low voltage": "niederspannung, niedervoltage, niederspannungs",
    "high": "high, hoch, tall, increased, hohe, hohes",
    "high voltage": "hochspannung",
    "criteria left ventricular hypertrophy": "suggesting lvh",
    "criteria": "criteria, kriterien, krit, amplitudkrit, positiv, index",
    "voltage criteria": "amplitudenkriterien, voltage criteria, spannungskriterien",
    "limits": "limit, limits, upper limit, upper limits",
    "hypertrophy": "hypertrophy, hypertrophie, hypertrofi, khypertrofi",
    "left ventricular hypertrophy": "lvh",
    "right ventricular hypertrophy": "rvh",
    "biventricular hypertrophy": "bvh",
    "biventricular": "biventricular, biventrikulaer",
    "left ventricular": "lv, linksventrikulaer, linksherz",
    "right ventricular": "rv, rechtsventrikulaer, rechtsherz",
    "enlargement": "enlargement, enlarged, overload, vergroesserung, ueberlastung, ueberbelastung",
    "dilatation": "dilatation, dilation, dilated, dilatiert",
    "strain": "strain, belastning, belastung",
    "biatrial": "biatrial",
    "mitrale": "mitrale",
    "pulmonale": "pulmonale",
    "left atrial enlargement": "lae, lao, p sinistrocardiale, p sinistroatriale, sinistrocardiale",
    "right atrial enlargement": "rae, rao, p dextroatriale, p dextrocardiale, p pulmonale, "
    "dextroatriale, dextrocardiale",
    "biatrial enlargement": "p biatriale, p biventriculare, biatriale, biventriculare",
    "wide": "wide, broad, widened, breit, verbreiterung, verbreitert",
    "atrial": "atrial, atrium, atrialen, vorhof, vorhofs, foermak, foermaks, auricular",
    "ventricular": "ventricular, ventricle, ventrikulaer, ventrikel, ventr, kammer, kammar",
    "supraventricular": "supraventricular, supraventrikulaer, supraventr",
    "idioventricular": "idioventricular, idioventrikulaer",
    "intraventricular": "intraventricular, intraventrikulaer, intraventr, interventricular",
    "sinus": "sinus",
    "sinus rhythm": "normal sinus rhythm, nsr, normaler sinusrhythmus, sr, regular sinus rhythm",
    "rhythm": "rhythm, rhythmus, rytm",
    "tachycardia": "tachycardia, tachycardic, tachy, tach, tachykardie, tachykardi, tachykard",
    "bradycardia": "bradycardia, bradycardic, brady, bradykardie, bradykardi, bradykard",
    "arrhythmia": "arrhythmia, arrhythmie, arytmi",
    "respiratory": "respiratory, respiratorisch",
    "absolute": "absolut, absolute",
    "fibrillation": "fibrillation, fibrillating, fib, flimmern, flimmer, fibrillating",
    "flutter": "flutter, flattern, fladder",
    "atrial fibrillation": "af, afib, a fib, vhf, vhfli, atrial fibrillation",
    "atrial flutter": "afl, aflutter, a flutter, aflt",
    "ventricular fibrillation": "vf, vfib, v fib",
    "ventricular tachycardia": "vt, v tach, vtach",
    "sustained": "non sustained, nonsustained, nicht anhaltend",
    "nsvt": "nsvt",
    "polymorphic": "polymorphic, polymorph",
    "paroxysmal": "paroxysmal, paroxysmale",
    "supraventricular tachycardia": "svt",
    "paroxysmal supraventricular tachycardia": "psvt",
    "avnrt": "avnrt, avrt, av nodal reentrant tachycardia, av knoten reentrytachykardie, "
    "av nodal re entry tachycardia",
    "premature": "premature, extrasystole, extrasystoles, extrasystolen, extrasystoli, extraslag, "
    "ectopic beat, ectopic beats, ectopics, ectopy, extrasystolie",
    "ectopic": "ectopic, ektop, ektoper",
    "premature ventricular": "ventr es, ventr . es, ventrikulaere es, pvc, vpc, vpb, pvb, ves",
    "premature atrial": "vorhofs es, supraventr es, supraventr . es, pac, apc, apb, pab, sves",
    "bigeminy": "bigeminy, bigeminus, bigeminie, bigeminal, bigemini",
    "trigeminy": "trigeminy, trigeminus, trigeminie, trigeminal",
    "couplet": "couplet, couplets",
    "escape": "escape, ersatz, ersatzsystole",
    "paced": "paced, pacemaker, pacing, schrittmacher, paced rhythm",
    "av": "av, a v, atrioventricular, atrioventrikulaer",
    "av block": "avb, heart block",
    "first": "first degree, 1 st degree, 1st degree, 1 °, 1 . grades, i . grades, grad 1, grad i, "
    "i °, 1 . grad, i . grad, i grades, 1 grades, first, 1 degree",
    "second": "second degree, 2 nd degree, 2 °, ii °, 2 . grades, ii . grades, grad 2, grad ii, "
    "2 : 1, 3 : 1, 2 . grad, ii . grad, second, 2 degree, ii grades",
    "third": "3 rd degree, 3 °, iii °, 3 . grades, iii . grades, grad 3, grad iii, iii grades, "
    "3 . grad, 3 degree, iii . grad, third",
    "av block first": "av block i . grades, av block 1 . grades, av block i, a v block i, av block 1, avb i, avb 1, i avb, a v block 1",
    "av block second": "av block ii . grades, av block 2 . grades, av block ii, a v block ii, av block 2, avb ii, avb 2",
    "av block third": "av block iii . grades, av block 3 . grades, av block iii, a v block iii, av block 3, avb iii, avb 3, chb, "
    "complete heart block, complete av block, totaler av block, third degree heart block, "
    "third degree av block, kompletter av block, complete atrioventricular block",
    "mobitz": "mobitz",
    "mobitz one": "mobitz i, mobitz 1, mobitz type i, mobitz type 1, wenckebach, typ wenckebach, "
    "type wenckebach, mobitz typ i, mobitz typ 1",
    "mobitz two": "mobitz ii, mobitz 2, mobitz type ii, mobitz type 2, typ mobitz, mobitz typ ii, "
    "mobitz typ 2",
    "dissociation": "dissociation, dissoziation",
    "prolonged": "prolonged, long, verlaengert, verlaengerung, lengthened, prolongation, foerlaengd",
    "short": "short, shortened, verkuerzt, kurz",
    "delay": "delay, delayed, verzoegerung, leitungsverzoegerung, leitungsstoerung, verzoegert, "
    "conduction disturbance, conduction defect, conduction delay, conduction abnormality",
    "conduction": "conduction, leitung, impulsutbredning",
    "ivcd": "ivcd, ivcb",
    "nonspecific": "nonspecific, non specific, unspezifisch, ospecifik, ospecifikt, minor, "
    "uncharakteristisch",
    "nondiagnostic": "nondiagnostic, non diagnostic",
    "secondary": "secondary, sekundaer, repolarization abnormality, repolarisation abnormality",
    "erregungsrueckbildung": "erregungsrueckbildungsstoerung, repolarisationsstoerung",
    "prolonged qt": "lqts",
    "wpw": "wpw, wolff parkinson white, wolf parkinson white, preexcitation, pre excitation, "
    "praeexzitation, delta wave, delta waves, deltawelle, deltawellen",
    "abnormal": "abnormal, abnorm, abnormality, abnormalities, pathological, pathologisch, "
    "pathologic, avvikande, auffaellig",
    "change": "changes, change, veraenderung, foeraendring, veraenderungen, foerlopp",
    "normal": "normal, unremarkable, unauffaellig, normalt, inconspicuous, "
    "within normal limits, normalbefund",
    "ecg": "ecg, ekg, tracing, electrocardiogram, elektrokardiogramm",
    "otherwise normal ecg": "no definite pathology, otherwise no definite pathology",
    "normal ecg": "no pathology, normalbefund, norm, no abnormality",
    "otherwise": "otherwise, sonst, ansonsten, eljest",
    "axis": "axis, achse, axel, el axel, lagetyp, lage, qrs axis, frontal axis, herzachse",
    "normalaxis": "indifferenztyp, normallagetyp, mittellagetyp, mlt, normaltyp",
    "leftward": "leftward, linkstyp, linkslagetyp, llt, borderline left",
    "left axis": "extrem vaenster el axel, vaenster el axel, ueberdrehter linkstyp, lad, ueberdreht linkstyp, ausgepraegter linkstyp",
    "right axis": "rechtstyp, ueberdrehter rechtstyp, rad, rightward, rechtslagetyp, rlt",
    "vertical axis": "steiltyp, vertical, steillagetyp, slt",
    "extreme axis": "northwest, extreme axis, extreme right axis, extreme left axis, "
    "extreme achsenabweichung",
    "response": "response, rate, ueberleitung, kammerfrekvens, ventricular rate, "
    "ventricular response, av ueberleitung",
    "tachycardia response": "rvr",
    "tachycardia ": "rapid, fast, schnell, schnelle",
    "bradycardia ": "slow, langsam, langsame",
    "controlled": "controlled, normokard, normofrequent",
    "poor": "poor, schlecht, schlechte, fehlend, fehlende, reduced r, delayed r",
    "progression": "progression",
    "small": "small, tiny, klein",
    "digitalis": "digitalis, digoxin, dig",
    "effect": "effect, effekt, wirkung",
    "toxicity": "toxicity, intoxikation",
    "drug": "drug, medikament, medikamenten",
    "electrolyte": "electrolyte, elektrolyt, elektrolytstoerung",
    "disturbance": "disturbance, imbalance, stoerung",
    "torsades": "torsades, torsade, torsades de pointes, torsade de pointes, tdp",
    "asystole": "asystole, asystolie, sinus arrest, sinus pause",
    "agonal": "agonal",
    "junctional": "junctional, nodal, knoten, av rhythmus, junktional",
    "accelerated": "accelerated, beschleunigt",
    "aivr": "aivr",
    "multifocal": "multifocal, multifokal, chaotic, mat",
    "focal": "focal, fokal",
    "wandering": "wandering, wandernd",
    "coronary": "coronary",
    "sa block": "sinoatrial block, sa block",
    "sick": "sick",
    "aberrant": "aberrant, aberrancy, aberrante",
    "lgl": "lgl, lown ganong levine",
    "capture": "failure to capture, loss of capture",
    "sense": "failure to sense",
    "malfunction": "malfunction, fehlfunktion",
    "brugada": "brugada",
    "early": "early, frueh, fruehe",
    "repolarisation": "repolarisation, repolarization",
    "hyperkalaemia": "hyperkalaemia, hyperkalemia, hyperkaliaemie",
    "hypokalaemia": "hypokalaemia, hypokalemia, hypokaliaemie",
    "hypercalcaemia": "hypercalcaemia, hypercalcemia, hyperkalzaemie",
    "hypocalcaemia": "hypocalcaemia, hypocalcemia, hypokalzaemie",
    "peaked": "peaked",
    "pericarditis": "pericarditis, perikarditis, perikardschaden",
    "myocarditis": "myocarditis, myokarditis",
    "pericardial": "pericardial, perikard",
    "effusion": "effusion, erguss",
    "tamponade": "tamponade",
    "takotsubo": "takotsubo, tako tsubo",
    "cardiomyopathy": "cardiomyopathy, kardiomyopathie",
    "hypertrophic": "hypertrophic, hypertroph",
    "hcm": "hcm, hocm",
    "wellens": "wellens",
    "winter": "de winter, dewinter",
    "hypothermia": "hypothermia, hypothermie, osborn",
    "embolism": "pulmonary embolism, lungenembolie, pe",
    "s1q3t3": "s 1 q 3 t 3, siqiii",
    "arvc": "arvc, arvd, epsilon, arrhythmogenic right ventricular cardiomyopathy",
    "alternans": "alternans",
    "electrical": "electrical, elektrisch",
    "dextrocardia": "dextrocardia, dextrokardie",
    "reversal": "reversal, misplacement, elektrodenvertauschung, reversed leads",
    "arm": "arm",
    "clockwise": "clockwise, counterclockwise",
    "rotation": "rotation",
    "left bundle block": "lbbb, lsb",
    "right bundle block": "rbbb, rsb",
    "complete left bundle block": "clbbb",
    "complete right bundle block": "crbbb",
    "incomplete left bundle block": "ilbbb",
    "incomplete right bundle block": "irbbb",
    "left anterior fascicular block": "lafb, lahb, lah",
    "left posterior fascicular block": "lpfb, lphb, lph",
}

_NEGATION = (
    "no, not, without, none, neither, never, denies, kein, keine, keinen, keiner, w / o, ohne, nicht, "
    "inga, inget, ingen, utan, ej, negative for, no evidence of, no sign of, no signs of, "
    "absence of, free of, rather than, nor, noch, weder, previously, was previously, kein nachweis, "
    "kein anhalt fuer, keine zeichen"
)
_NEGATION_BACK = (
    "ruled out, excluded, absent, not seen, not present, is excluded, are absent, was ruled out, "
    "has been excluded, unlikely, is unlikely, not evident, ausgeschlossen, nicht nachweisbar, "
    "nicht vorhanden, is ruled out, has been ruled out, resolved, has resolved, has reverted, fehlt"
)
# certainty -> cues before, cues after. PTB-XL writes 50 for 'moeglich', 15-50 for 'nicht
# auszuschliessen', 80-100 for 'wahrscheinlich'.
_HEDGES: Mapping[float, tuple[str, str]] = {
    0.8: (
        "probable, probably, likely, consistent with, compatible with, in keeping with, indicating, "
        "wahrscheinlich, vereinbar mit, passend zu, sannolikt, am ehesten, most likely",
        "is likely, likely cause, is probable, is most likely",
    ),
    0.6: (
        "suspected, suspicion of, suggesting, suggestive of, suggests, suggest, verdacht auf, v . a ., "
        "suspect, va, misstaenkt, suspicious for, concerning for, presumed, vermutlich, vd . auf, "
        "verdaechtig auf",
        "is suspected, vermutet, suspected clinically",
    ),
    0.5: (
        "possible, possibly, may be, might be, could be, may be due to, might represent, perhaps, "
        "moeglicher, moegliche, moegliches, moeglicherweise, evtl, eventuell, questionable, "
        "borderline, doubtful, grenzwertig, grenzwertige, grenzwertiger, may represent, "
        "may indicate, query, consider, moejlig, moejligen, maybe",
        "moeglich, moegl, is possible, possible cause, fraglich, should be considered, "
        "boer oevervaegas, fragl, is a possible cause, can be considered, in erwaegung",
    ),
    0.3: (
        "cannot rule out, can not rule out, can't rule out, cannot exclude, can't exclude, "
        "could not rule out, rule out, r / o, not excluded, exclude, unable to rule out, "
        "can not exclude, suggest exclude, ausschluss, most commonly due to, commonly due to",
        "cannot be excluded, cannot be ruled out, not ruled out, is not excluded, "
        "nicht auszuschliessen, nicht ausgeschlossen, kan ej uteslutas, can not be excluded, "
        "cannot be entirely excluded, not entirely excluded, kann nicht ausgeschlossen werden, "
        "can't be excluded, ej uteslutas",
    ),
}
_JOIN = "and, or, und, oder, och, eller, sowie, plus"
_END = "but, however, except, although, though, aber, jedoch, ausser, sondern, men, yet, besides"
# The age of an infarct hedged by itself does not hedge the infarct.
_QUIET = (
    "probably old, wahrscheinlich alt, sannolikt aeldre, alter unbest, alter unbestimmt, old, "
    "moegl . akut, moegl akut, moeglicherweise neuer, moeglicherweise akut, moeglicherweise neu, "
    "possibly acute, possibly recent, probably recent, age undetermined, age indeterminate, recent, "
    "age uncertain, age unknown, uncertain age, of uncertain age, undetermined age, aelter, aeltere, "
    "indeterminate age, alt, alter, alten, altes, aelterer, chronisch, chronischer, chron, gammal, "
    "subakut, subacute, remote, prior, previous, healed, possibly old, neuer, new, known, zustand, "
    "zustand nach, alder ej bestaemmbar, ej bestaemmbar, wahrscheinlich frisch, "
    "the, a, an, of, in, on, at, to, is, are, was, were, be, been, has, have, had, with, by, for, as, "
    "from, this, that, these, those, it, its, there, which, due, likely due to, probably due to, "
    "i, shows, show, showing, seen, present, noted, evidence, evident, signs, sign, finding, findings, "
    "der, die, das, des, dem, den, ein, eine, einer, eines, einem, mit, bei, im, am, zu, zum, fuer, "
    "auf, als, von, vom, ist, sind, nach, es, wie, vid, med, saasom, sasom, foer, i avledning, "
    "wave, waves, segment, segments, interval, intervals, complex, complexes, contraction, beat, "
    "beats, contractions, zacke, zacken, welle, wellen, strecke, strecken, zeit, intervall, "
    "komplex, komplexe, vag, lead, leads, ableitung, ableitungen, wall, wand, region, territory, "
    "chest, limb, precordial, peripheral, peripher, periphere, extremitaeten, brustwand, myocardial, "
    "myokard, myocardium, other, allen, all, both, deviation, shift, abweichung, pattern, type, typ, "
    "syndrome, syndrom, mild, mildly, moderate, moderately, severe, marked, maessig, slight, "
    "slightly, minimal, leicht, gering, deutlich, extensive, frequent, occasional, rare, isolated, "
    "haeufig, vereinzelt, multiple, several, some, sided, degree, grades, grad, standard, resting, "
    "12, narrow, deep, tief, schmal, uniform, interponiert, monomorph, patient, male patient, "
    "report, bericht, unbestaetigter, unbestaetigt, 4.46, 12 lead, impression, diagnosis, "
    "interpretation, conclusion, comment, befund, beurteilung, trace only requested, "
    "trace, requested, only, most commonly, most, commonly, age of the changes, regular, z . n ., zn, "
    "regelmaessig, concave, convex, horizontal, downsloping, upsloping, "
    "reciprocal, variable, n, s, criteria for, benign, prominent, typ b, meets, positive for, no change, no significant change, edit, rate controlled, "
    "r s transition zone in v leads displaced to the left, "
    "r s transition zone in v leads displaced to the right, "
    "r s uebergang in v ableitungen nach links verschoben, "
    "r s uebergang in v ableitungen nach rechts verschoben, schwierig bestimmbare qrs achse, "
    "not only, no longer, not significantly changed, no definite, definite, symmetric, symmetrical, "
    "consecutive, "
    "normale pacemaker function, normal pacemaker function, spikes, pr interval is normal, "
    "normal pr interval, normal qrs duration, normal qrs complex, normal qrs complexes, "
    "normal qt interval, normal intervals, normal st segment, normal st segments, normal t waves, "
    "normal p waves, f # r, no p waves, no p wave, keine p welle erkannt, keine p welle, "
    "p waves are inconspicuous, ventrikulaerer rhythmus"
)


def _split(text: str) -> list[tuple[str, ...]]:
    return [tuple(phrase.split()) for phrase in text.split(",") if phrase.strip()]


def build_lexicon() -> dict[tuple[str, ...], Meaning]:
    """Return phrase (folded words) -> meaning; where two tables name a phrase, the later wins."""
    lexicon = {phrase: Meaning("quiet") for phrase in _split(_QUIET)}
    for kind, text, back in (
        ("join", _JOIN, False),
        ("end", _END, False),
        ("negation", _NEGATION, False),
        ("negation", _NEGATION_BACK, True),
    ):
        lexicon |= {phrase: Meaning(kind, back=back) for phrase in _split(text)}
    for certainty, (before, after) in _HEDGES.items():
        for text, back in ((before, False), (after, True)):
            meaning = Meaning("hedge", certainty=certainty, back=back)
            lexicon |= dict.fromkeys(_split(text), meaning)
    for concepts, text in _CONCEPTS.items():
        lexicon |= dict.fromkeys(_split(text), Meaning("concepts", tuple(concepts.split())))
    return lexicon


LEXICON: Mapping[tuple[str, ...], Meaning] = build_lexicon()
LONGEST_PHRASE = max(map(len, LEXICON))
