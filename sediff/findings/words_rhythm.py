"""The words of rhythms, premature beats, pacemakers and blocks; written as those of `words`."""

from collections.abc import Mapping

# concept(s) -> the words and phrases for it, separated by commas
RHYTHM_CONCEPTS: Mapping[str, str] = {
    "supraventricular": "supraventricular, supraventrikulaer, supraventr",
    "idioventricular": "idioventricular, idioventrikulaer",
    "intraventricular": "intraventricular, intraventrikulaer, intraventr, interventricular",
    "sinus": "sinus",
    "sinus rhythm": "normal sinus rhythm, nsr, normaler sinusrhythmus, sr, regular sinus rhythm",
    "rhythm": "rhythm, rythm, rhytm, rhythmus, rytm",
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
    "sustained": "non sustained, nonsustained, nicht anhaltend, nicht anhaltende",
    "nsvt": "nsvt",
    "polymorphic": "polymorphic, polymorph",
    "monomorphic": "monomorphic",
    "outflow": "outflow tract, outflow, rvot, ausflusstrakt",
    "coarse": "coarse, grob, grobes, grobschlaegig",
    "fine": "fine, fein, feines",
    "run": "run, salvo, salve",
    "paroxysmal": "paroxysmal, paroxysmale",
    "supraventricular tachycardia": "svt",
    "paroxysmal supraventricular tachycardia": "psvt",
    "avrt": "avrt, av reentrant tachycardia, atrioventricular reentrant tachycardia, "
    "av reentrytachykardie",
    "orthodromic": "orthodromic, orthodrom, orthodrome",
    "avnrt": "avnrt, av nodal reentrant tachycardia, av knoten reentrytachykardie, "
    "av nodal reentry tachycardia, "
    "av nodal re entry tachycardia",
    "premature": "premature, extrasystole, extrasystoles, extrasystolen, extrasystoli, extraslag, "
    "ectopic beat, ectopic beats, ectopics, ectopy, extrasystolie",
    "ectopic": "ectopic, ektop, ektoper",
    "premature ventricular": "ventr es, ventr . es, ventrikulaere es, pvc, vpc, vpb, pvb, ves",
    "premature junctional": "pjc, jpc, jpb, pjb",
    "premature atrial": "vorhofs es, supraventr es, supraventr . es, pac, apc, apb, pab, sves",
    "bigeminy": "bigeminy, bigeminus, bigeminie, bigeminal, bigemini",
    "trigeminy": "trigeminy, trigeminus, trigeminie, trigeminal",
    "couplet": "couplet, couplets, pair, pairs",
    "escape": "escape, ersatz, ersatzsystole",
    "paced": "paced, pacemaker, pacing, schrittmacher, paced rhythm",
    "atrial paced": "aai",
    "ventricular paced": "vvi",
    "dual": "dual chamber, av sequential, zweikammer",
    "dual paced": "ddd",
    "biventricular paced": "crt, cardiac resynchronisation, cardiac resynchronization",
    "av": "av, a v, atrioventricular, atrioventrikulaer",
    "av block": "avb, heart block",
    "first": "first degree, 1 st degree, 1st degree, 1 °, 1 . grades, i . grades, grad 1, grad i, "
    "i °, 1 . grad, i . grad, i grades, 1 grades, first, 1 degree",
    "second": "second degree, 2 nd degree, 2 °, ii °, 2 . grades, ii . grades, grad 2, grad ii, "
    "2 . grad, ii . grad, second, 2 degree, ii grades",
    "third": "3 rd degree, 3 °, iii °, 3 . grades, iii . grades, grad 3, grad iii, iii grades, "
    "3 . grad, 3 degree, iii . grad, third",
    "av block first": (
        "av block i . grades, av block 1 . grades, av block i, a v block i, av block 1, avb i, avb "
        "1, i avb, a v block 1"
    ),
    "av block second": (
        "av block ii . grades, av block 2 . grades, av block ii, a v block ii, av block 2, avb ii, "
        "avb 2"
    ),
    "av block third": (
        "av block iii . grades, av block 3 . grades, av block iii, a v block iii, av block 3, avb "
        "iii, avb 3, chb, complete heart block, complete av block, totaler av block, third degree "
        "heart block, third degree av block, kompletter av block, complete atrioventricular block"
    ),
    "mobitz": "mobitz",
    "mobitz one": "mobitz i, mobitz 1, mobitz type i, mobitz type 1, wenckebach, typ wenckebach, "
    "type wenckebach, mobitz typ i, mobitz typ 1",
    "mobitz two": "mobitz ii, mobitz 2, mobitz type ii, mobitz type 2, typ mobitz, mobitz typ ii, "
    "mobitz typ 2",
    "dissociation": "dissociation, dissoziation",
    "torsades": "torsades, torsade, torsades de pointes, torsade de pointes, tdp",
    "asystole": "asystole, asystolie",
    "pause": "pause, arrest, stillstand, standstill, silence",
    "sinus pause": "sinusknotenstillstand, sinus node arrest",
    "agonal": "agonal, dying",
    "junctional": "junctional, nodal, knoten, av rhythmus, junktional",
    "accelerated": "accelerated, beschleunigt",
    "aivr": "aivr",
    "multifocal": "multifocal, multifokal, multiform, polytop, polytope, chaotic, mat",
    "focal": "focal, fokal",
    "wandering": "wandering, wandernd, wander, drift, schwankung",
    "wandering atrial paced": "wap",
    "junctional ectopic tachycardia": "jet",
    "coronary": "coronary",
    "sa block": "sinoatrial block, sa block, sinuatrialer block, sinus exit block",
    "sa block one": "sinoatrial block type i, sa block type i, sa block type 1, sa block typ i, "
    "sa block typ 1, sinoatrial block type 1",
    "sa block two": "sinoatrial block type ii, sa block type ii, sa block type 2, sa block typ ii, "
    "sa block typ 2, sinoatrial block type 2",
    "twotoone": "2 : 1",
    "threetoone": "3 : 1",
    "av block twotoone": "av block 2 : 1, avb 2 : 1",
    "av block threetoone": "av block 3 : 1, avb 3 : 1",
    "fourtoone": "4 : 1",
    "highgrade": "high grade, high degree, hochgradig, hochgradiger, hoehergradig, "
    "hoehergradiger, advanced",
    "inconstant": "variable conduction, variable block, variable av conduction, "
    "variable av block, wechselnder ueberleitung, wechselnde ueberleitung, variabler ueberleitung",
    "typical": "typical, typisch, typisches, typische",
    "sick": "sick, kranken",
    "sick sinus": "sinus node dysfunction, sinus node disease, snd, sinusknotendysfunktion, "
    "sick sinus",
    "aberrant": "aberrant, aberrancy, aberrante",
    "rate related": "rate related, rate dependent, tachycardia dependent, frequenzabhaengig",
    "lgl": "lgl, lown ganong levine",
    "capture": "failure to capture, loss of capture",
    "sense": "failure to sense, undersensing, sensingfehler",
    "malfunction": "malfunction, fehlfunktion",
}
