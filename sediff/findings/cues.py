"""The words around findings: negations, hedges, and words that change nothing."""

from collections.abc import Mapping

NEGATION = (
    "no, not, no longer, without, none, neither, never, denies, kein, keine, keinen, keiner, w / "
    "o, ohne, nicht, inga, inget, ingen, utan, ej, negative for, no evidence of, no sign of, no "
    "signs of, absence of, free of, rather than, nor, noch, weder, previously, was previously, "
    "reverts to, verging on, risk of, risk of developing, kein nachweis, kein anhalt fuer, keine "
    "zeichen"
)
NEGATION_BACK = (
    "ruled out, excluded, absent, not seen, not present, is excluded, are absent, was ruled out, "
    "has been excluded, unlikely, is unlikely, not evident, ausgeschlossen, nicht nachweisbar, "
    "nicht vorhanden, is ruled out, has been ruled out, resolved, has resolved, has reverted, fehlt"
)
# certainty -> cues before, cues after. PTB-XL writes 50 for 'moeglich', 15-50 for 'nicht
# auszuschliessen', 80-100 for 'wahrscheinlich'.
HEDGES: Mapping[float, tuple[str, str]] = {
    0.8: (
        "probable, probably, likely, consistent with, compatible with, in keeping with, "
        "indicating, wahrscheinlich, vereinbar mit, passend zu, sannolikt, am ehesten, most "
        "likely",
        "is likely, likely cause, is probable, is most likely",
    ),
    0.6: (
        "suspected, suspicion of, suggesting, suggestive of, suggests, suggest, verdacht auf, v "
        ". a ., suspect, va, misstaenkt, suspicious for, concerning for, presumed, vermutlich, "
        "vd . auf, verdaechtig auf",
        "is suspected, vermutet, suspected clinically",
    ),
    0.5: (
        "possible, possibly, may be, might be, could be, may be due to, might represent, perhaps, "
        "moeglicher, moegliche, moegliches, moeglicherweise, evtl, eventuell, questionable, "
        "borderline, doubtful, grenzwertig, grenzwertige, grenzwertiger, may represent, "
        "may indicate, query, history of, previous history of, consider, moejlig, moejligen, maybe",
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
JOIN = "and, or, und, oder, och, eller, sowie, plus"
END = "but, however, except, although, though, aber, jedoch, ausser, sondern, men, yet, besides"
# The age of an infarct hedged by itself does not hedge the infarct.
QUIET = (
    "probably old, wahrscheinlich alt, sannolikt aeldre, alter unbest, alter unbestimmt, old, "
    "moegl . akut, moegl akut, moeglicherweise neuer, moeglicherweise akut, moeglicherweise neu, "
    "possibly acute, possibly recent, probably recent, age undetermined, age indeterminate, "
    "recent, age uncertain, age unknown, uncertain age, of uncertain age, undetermined age, "
    "aelter, aeltere, indeterminate age, alt, alter, alten, altes, aelterer, chronisch, "
    "chronischer, chron, gammal, subakut, subacute, remote, prior, previous, healed, possibly "
    "old, neuer, new, known, zustand, zustand nach, alder ej bestaemmbar, ej bestaemmbar, "
    "wahrscheinlich frisch, the, a, an, of, in, on, at, to, is, are, was, were, be, been, has, "
    "have, had, with, by, for, as, from, this, that, these, those, it, its, there, which, due, "
    "likely due to, probably due to, i, shows, show, showing, evidence, "
    "evident, signs, sign, finding, findings, der, die, das, des, dem, den, ein, eine, einer, "
    "eines, einem, mit, bei, im, am, zu, zum, fuer, auf, als, von, vom, ist, sind, nach, es, "
    "wie, vid, med, saasom, sasom, foer, i avledning, wave, waves, segment, segments, interval, "
    "intervals, complex, complexes, contraction, beat, beats, contractions, zacke, zacken, "
    "welle, wellen, strecke, strecken, zeit, intervall, komplex, komplexe, vag, lead, leads, "
    "ableitung, ableitungen, wall, wand, region, territory, chest, limb, precordial, peripheral, "
    "peripher, periphere, extremitaeten, brustwand, myocardial, myokard, myocardium, other, "
    "allen, all, both, deviation, shift, abweichung, pattern, type, typ, syndrome, syndrom, "
    "moderate, moderately, maessig, extensive, frequent, occasional, rare, isolated, haeufig, "
    "vereinzelt, multiple, several, some, sided, degree, grades, grad, standard, resting, 12, "
    "muster, narrow, deep, tief, schmal, uniform, interponiert, monomorph, patient, male patient, "
    "report, bericht, unbestaetigter, unbestaetigt, 4.46, 12 lead, impression, diagnosis, "
    "interpretation, conclusion, comment, befund, beurteilung, trace only requested, trace, "
    "requested, only, most commonly, most, commonly, age of the changes, regular, z . n ., zn, "
    "regelmaessig, concave, convex, horizontal, downsloping, upsloping, reciprocal, variable, n, "
    "s, sustained, anhaltend, phenomenon, phaenomen, criteria for, benign, prominent, typ b, "
    "meets, positive for, no change, no significant change, edit, rate controlled, r s transition "
    "zone in v leads displaced to the left, r s transition zone in v leads displaced to the "
    "right, r s uebergang in v ableitungen nach "
    "links verschoben, r s uebergang in v ableitungen nach rechts verschoben, schwierig "
    "bestimmbare qrs achse, not only, w /, w, not significantly changed, no definite, definite, "
    "symmetric, symmetrical, consecutive, normale pacemaker function, normal pacemaker function, "
    "spikes, pr interval is normal, normal pr interval, normal qrs duration, normal qrs complex, "
    "normal qrs complexes, normal qt interval, normal intervals, normal st segment, normal st "
    "segments, normal t waves, normal p waves, f # r, no p waves, no p wave, keine p welle "
    "erkannt, keine p welle, p waves are inconspicuous, ventrikulaerer rhythmus"
)
# After a comma these close a negation: 'no LBBB, LVH present'.
AFFIRMATION = "present, is present, are present, seen, is seen, noted, is noted, vorhanden"

# How strongly a finding is drawn: words that stand before it, without meaning of their own.
DEGREES: Mapping[float, str] = {
    0.65: "mild, mildly, slight, slightly, minimal, minimally, subtle, leicht, leichte, leichter, "
    "gering, geringe, diskret, diskrete",
    1.4: "severe, severely, marked, markedly, massive, pronounced, schwer, schwere, schwerer, "
    "ausgepraegt, ausgepraegte, deutlich, deutliche, massiv, massive",
}
