"""Everyday and pictorial words -> words of the vocabulary, so that the reader understands them.

'Heart attack at the bottom of the heart' is read as 'infarct inferior'. Each row is a regular
expression on folded text (lower case, ae oe ue ss) and what stands there instead.
"""

import re

# Phrases that hold 'not' or 'no' and deny nothing.
_NO_DENIAL = (
    r"(?:i |we |ich |wir )?(?:do not|don'?t|does not|doesn'?t|did not|didn'?t|cannot|can'?t|can not"
    r"|could not|couldn'?t)(?: really| quite| yet)?"
    r" (?:know|understand|get|see why|tell|recogni[sz]e|read|find|remember)"
    r"|(?:i am |i'm |we are |bin )?(?:not|nicht) (?:sure|certain|sicher)|no (?:idea|clue)"
    r"|(?:why|how come) is (?:this|it|that) (?:not|no)\b|why not\b|not only|nicht nur"
    r"|(?:weiss|verstehe|kenne) (?:ich )?nicht"
)

_HEART = r"(?: of (?:the |my |his |her )?heart)?"
_BEATS = r"(?:heart ?)?(?:beats?|heartbeats?|pulses?|contractions?)"
_TOO = r"(?:too |very |really |so )?"
_PULSE = r"(?:heart ?beats?|heart rate|heart rhythm|heart|pulse|puls|herzschlag|rhythm)"

_CHAMBERS = (
    (r"(?:upper|top) and (?:lower|bottom) chambers?", "atria and ventricles"),
    (r"(?:upper|top|small) (?:heart )?chambers?|obere[nr]? (?:herz)?kammern?", "atrial"),
    (
        r"(?:lower|bottom|main|big) (?:heart )?chambers?|untere[nr]? (?:herz)?kammern?",
        "ventricular",
    ),
)

_PLACES = (
    (r"(?:at |on |in |to |of )?(?:the )?front(?:al)?(?: wall| side| part)?" + _HEART, "anterior"),
    (
        r"(?:at |on |in |to |of )?(?:the )?(?:bottom|underside|lower wall|lower part|base wall)"
        + _HEART,
        "inferior",
    ),
    (
        r"(?:at |on |in |to |of )?(?:the )?back(?: wall| side| part)"
        + _HEART
        + r"|(?:at|on|in|of) the back of the heart|back of (?:the |my )?heart",
        "posterior",
    ),
    (
        r"(?:at |on |in |of )?(?:the )?(?:side wall|outer wall|outer side)"
        + _HEART
        + r"|(?<!left )(?<!right )side of (?:the |my )?heart",
        "lateral",
    ),
    (r"(?:partition|dividing wall|wall between the (?:chambers|ventricular|ventricles))", "septal"),
)

_RHYTHM = (
    (r"sinusrhythmus|sinus rhythmus", "sinus rhythm"),
    (
        rf"(?:racing|galloping|pounding) {_PULSE}|{_TOO}(?:fast|quick|rapid) {_PULSE}"
        rf"|{_PULSE} (?:is |was |beats |goes |schlaegt |ist )?{_TOO}(?:zu )?"
        r"(?:fast|racing|quick|quickly|schnell)"
        r"|herzrasen|herzjagen|schnelle[rn]? (?:puls|herzschlag)",
        "tachycardia",
    ),
    (
        rf"{_TOO}(?:slow|sluggish) {_PULSE}|{_PULSE} (?:is |was |beats |goes |schlaegt |ist )?{_TOO}"
        r"(?:zu )?(?:slow|slowly|langsam)|langsame[rn]? (?:puls|herzschlag)",
        "bradycardia",
    ),
    (
        rf"(?:skipp?(?:ed|ing|s)?|missed|missing|extra|premature|early|additional) (?:a |one )?{_BEATS}"
        r"|extra systoles?|extrasystolen?|herzstolpern|extraschlaege?|zusatzschlaege?"
        r"|vorzeitige schlaege|(?:heart|pulse) skips",
        "premature complexes",
    ),
    (
        r"every (?:second|other|2nd) beat (?:is |was )?(?:an? )?(?:extra|early|premature|pvc|ventricul"
        r"ar)\w*|jeder zweite schlag (?:ist )?(?:eine? )?(?:extra|ves)\w*",
        "ventricular bigeminy",
    ),
    (
        r"every (?:third|3rd) beat (?:is |was )?(?:an? )?(?:extra|early|premature|pvc|ventricular)\w*"
        r"|jeder dritte schlag (?:ist )?(?:eine? )?(?:extra|ves)\w*",
        "ventricular trigeminy",
    ),
    (
        r"(?:two|2|pairs? of) (?:pvcs?|ves|ventricular extra\w*|premature complexes)"
        r" (?:in a row|back to back|in folge)|pairs of pvcs?",
        "ventricular couplets",
    ),
    (
        r"(?:short )?(?:run|burst|salvo)s? of (?:vt|ventricular tachycardia|pvcs?)"
        r"|(?:three|3|four|4|five|5) (?:pvcs?|ves|premature complexes) (?:in a row|in folge)",
        "nsvt",
    ),
    (
        r"irregularly irregular|absolute (?:arrhythmie|arrhythmia)|chaotic(?:ally)? (?:beating )?atri\w+"
        r"|(?:quivering|trembling|fibrillating) atri\w+|atrial (?:is |are )?(?:quiver|shiver)\w*"
        r"|vorhofflimmer\w+|vhf(?:li)?|vofli",
        "atrial fibrillation",
    ),
    (r"saw ?-?(?:tooth|teeth|blade)(?:ed)?|teeth of a saw|saegezahn\w*", "atrial flutter"),
    (r"flat ?-?line(?:d)?|no electrical activity(?: at all)?|no heart ?beats?(?: at all)?|null ?linie statt|herzstillstand", "asystole"),
    (
        r"(?:heart|pulse) (?:stands still|pauses|stops|stopped)(?: for)? [a-z0-9]+ seconds?"
        r"|pause of [a-z0-9.,]+ ?s(?:ec\w*)?",
        "sinus pause",
    ),
    (
        r"(?:heart ?beat|pulse|heart|rhythm)(?: is| was)? (?:totally |completely |very )?(?:irregular|all"
        r" over the place|chaotic)(?: all over the place)?|irregular (?:heart ?beats?|pulse|heart rhythm)",
        "atrial fibrillation",
    ),
    (
        r"(?:heart|ventric\w+) (?:only )?(?:wiggles|quivers|wriggles|trembles|fibrillates)[a-z ]*"
        r"|needs a shock|no pulse and chaotic",
        "ventricular fibrillation",
    ),
    (
        r"twisting of (?:the )?points|twist\w* around the (?:baseline|axis)|spindle shaped vt"
        r"|spitzenumkehrtachykardie",
        "torsades de pointes",
    ),
    (
        r"(?:quivering|fibrillating) ventric\w+|ventricular (?:is |are )?(?:quiver|shiver)\w*"
        r"|kammerflimmern",
        "ventricular fibrillation",
    ),
    (
        r"(?:with|durch|mit) (?:the )?(?:breathing|breath|respiration|atmung)"
        r"|breathing (?:dependent|related)|atemabhaengig\w*|respiratory arrhythmia"
        r"|respiratorische arrhythmie",
        "sinus arrhythmia",
    ),
    (
        r"short circuit in (?:the )?av node|kreisende erregung im av knoten",
        "av nodal reentrant tachycardia",
    ),
    (r"tachy ?-?brady(?: syndrom\w*)?|tachykardie bradykardie syndrom", "sick sinus syndrome"),
    (r"ashman\w*(?: phenomenon| beats?)?", "aberrant conduction"),
    (r"lown ganong levine", "short pr interval"),
)

_CONDUCTION = (
    (r"(?:(?:second|2nd) degree|2°) (?:av ?-?block|avb)\W{1,2}(?:mobitz )?(?:type|typ) (?:ii|2)",
     "mobitz ii av block"),
    (r"(?:(?:second|2nd) degree|2°) (?:av ?-?block|avb)\W{1,2}(?:mobitz )?(?:type|typ) (?:i|1)",
     "mobitz i av block"),
    (r"(?<!left )(anterior|posterior) (?:hemi ?-?block|fascicular block|fascicle block)",
     r"left \1 fascicular block"),
    (r"(?:lqts?|long qt(?: syndrome)?)[, ]+(?:type|typ) ?([123])", r"long qt syndrome type \1"),
    (r"(?:nerve |electrical )?(?:wire|cable|nerve|bundle|branch)s? (?:on|of|at|to) the (left|right) "
     r"side(?: of the heart)?", r"\1 bundle branch block"),
    (
        r"(?:signals?|impulses?|current)(?: takes?| needs?)?(?: too long| longer| slowly| delayed)+"
        r"(?: to get)? from (?:the )?(?:top|atri\w+)[a-z ]{0,20}(?:bottom|ventri\w+)",
        "first degree av block",
    ),
    (
        r"(?:no|all|the)(?: electrical)? (?:signals?|impulses?|current|connection)[a-z ]{0,25}(?:top|atri"
        r"\w+)[a-z ]{0,25}(?:bottom|ventri\w+)[a-z ]{0,12}(?:cut|lost|blocked|interrupted|gone)?",
        "third degree av block",
    ),
    (r"(?:ersten|ersten?r?) grades?", "first degree"),
    (r"(?:zweiten|zweiter) grades?", "second degree"),
    (r"(?:dritten|dritter) grades?", "third degree"),
    (
        r"((?:first|second|third|1st|2nd|3rd|[123]°) degree|[123]°)(?! *(?:av|a v|heart|block|sino|sinu"
        r"|atrio|burn|relative|murder))(?=$|[ ,.;?!])",
        r"\1 av block",
    ),
    (r"(left|right) bundle(?! *(?:branch|block))", r"\1 bundle branch block"),
    (
        r"extra (?:electrical )?(?:pathway|connection|wire|cable|bridge)|kent bundle|kent buendel"
        r"|zusaetzliche leitungsbahn|shortcut between atri\w+ and ventric\w+",
        "accessory pathway",
    ),
    (
        r"(?:blocked |broken |defective |damaged |cut )?left (?:electrical |conduction )?(?:wire|cable|"
        r"branch|pathway)(?! (?:bundle|block))(?: (?:in|of) the heart)?(?: is)?"
        r"(?: blocked| broken| defective| cut)?",
        "left bundle branch block",
    ),
    (
        r"(?:blocked |broken |defective |damaged |cut )?right (?:electrical |conduction )?(?:wire|cable|"
        r"branch|pathway)(?! (?:bundle|block))(?: (?:in|of) the heart)?(?: is)?"
        r"(?: blocked| broken| defective| cut)?",
        "right bundle branch block",
    ),
    (
        r"(?:pr|pq)(?: interval| zeit)? (?:gets? |getting |grows? |wird )?(?:progressively |increasingly "
        r"|immer )?(?:longer(?: and longer)?|lengthen\w*|laenger)|progressive (?:pr|pq) (?:prolong|length"
        r"en)\w+",
        "mobitz i av block",
    ),
    (
        r"every (?:second|other|2nd) (?:p(?: wave)?|atrial beat) (?:is |was )?(?:blocked|dropped|not con"
        r"ducted|lost)|2 ?: ?1 (?:conduction|ueberleitung)|2 zu 1 (?:block|ueberleitung)",
        "2:1 av block",
    ),
    (
        r"(?:av|a v|atrioventricular) dissociation|(?:p waves?|atri\w+) and (?:qrs|ventric\w+)"
        r"(?: complexes| are| beat| go| march| work| run)* (?:independent\w*|separate\w*|unrelated"
        r"|on their own|out of step)|no (?:relation|connection) between (?:the )?(?:p|atri)\w*(?: waves?)?"
        r" and (?:the )?(?:qrs|ventric\w+)|totaler av block",
        "third degree av block",
    ),
    (r"william (?:pattern|sign|morrow)?", "left bundle branch block"),
    (r"mar+ow (?:pattern|sign)?|(?:rabbit|bunny) ears|hasenohren", "right bundle branch block"),
    (r"(?:first|1st) degree (?:heart )?block|1° (?:heart )?block", "first degree av block"),
    (r"(?:second|2nd) degree (?:heart )?block|2° (?:heart )?block", "second degree av block"),
    (r"(?:third|3rd) degree (?:heart )?block|3° (?:heart )?block", "third degree av block"),
)

_MUSCLE = (
    (r"both atri\w+(?: are| is| chambers)* (?:too )?(?:enlarged|big|large|dilated|wide)",
     "biatrial enlargement"),
    (r"front and (?:the )?(?:side|outer)(?: walls?)?", "anterolateral"),
    (r"bottom and (?:the )?(?:side|outer)(?: walls?)?", "inferolateral"),
    (r"infarkt ?-?narben?", "old infarct"),
    (r"thickened left (?:heart|ventric\w+|herzkammer)", "left ventricular hypertrophy"),
    (r"(?:weak|small|tiny) (?:signals?|waves?|ecg|spikes|complexes)(?: (?:in all|everywhere|all over)"
     r"[a-z ]*)?", "low qrs voltage"),
    (
        r"(?:thick\w*|big|enlarged|overgrown) left (?:heart )?(?:muscle|ventric\w+|side|wall)"
        r"|left (?:heart )?(?:muscle|ventric\w+|side|wall)(?: of (?:the |my )?heart)? (?:is |too )*"
        r"(?:thick|enlarged)\w*"
        r"|linksherzhypertrophie",
        "left ventricular hypertrophy",
    ),
    (
        r"(?:thick\w*|big|enlarged|overgrown) right (?:heart )?(?:muscle|ventric\w+|side|wall)"
        r"|right (?:heart )?(?:muscle|ventric\w+|side|wall)(?: of (?:the |my )?heart)? (?:is |too )*"
        r"(?:thick|enlarged)\w*",
        "right ventricular hypertrophy",
    ),
    (r"(?:notched|double humped|m shaped|bifid) p(?: waves?)?", "left atrial enlargement"),
    (r"(?:tall|pointed|peaked|high|spitze\w*) p(?: waves?| wellen?)?", "right atrial enlargement"),
    (
        r"st(?: segments?)? (?:is |are |goes |go |going |shoots? )?(?:up|raised|lifted|upwards?)",
        "st elevation",
    ),
    (
        r"st(?: segments?)? (?:is |are |goes |go |going )?(?:down|lowered|downwards?)",
        "st depression",
    ),
    (
        r"(?:upside ?-?down|flipped|reversed|turned over) t(?: waves?)?"
        r"|t(?: waves?)? (?:is |are )?(?:upside ?-?down|flipped|turned over)",
        "t wave inversion",
    ),
    (r"herzinfarkt|heart infarct(?:ion)?|myokardinfarkt|coronary thrombosis", "infarct"),
    (
        r"(?:scar(?:red|ring)?s?(?: tissue)?|narben?) (?:from|of|after|nach) (?:an? )?(?:old |alten? )?"
        r"infarct\w*",
        "old infarct",
    ),
    (r"scar(?:red|ring)?s?(?: tissue)?|narben?", "old infarct"),
    (r"(?:fresh|happening now|ongoing|right now|brand new|going on now)", "acute"),
    (
        r"(?:not enough|too little|lack of|poor|not getting enough|starved of) (?:blood|oxygen)(?: flow| supply)?"
        r"|durchblutungsstoerung\w*|minderdurchblutung",
        "ischaemia",
    ),
    (r"tombstone\w*(?: pattern| sign| st\w*)?|shark ?fin", "stemi"),
    (
        r"(?:fluid|water|liquid|blood) (?:around|about|round) (?:the |my |his |her )?heart"
        r"|(?:fluid|water) in (?:the )?(?:heart sac|pericardium)|wasser im herzbeutel|swinging heart"
        r"|perikarderguss",
        "pericardial effusion",
    ),
    (
        r"(?:inflam\w+|infection) (?:of |in )?(?:the )?(?:heart sac|heart lining|sac around the heart"
        r"|lining of the heart|pericardium)|herzbeutelentzuendung",
        "pericarditis",
    ),
    (r"inflam\w+ (?:of |in )?(?:the )?heart muscle|herzmuskelentzuendung", "myocarditis"),
    (r"broken ?-?heart(?: syndrome)?|gebrochenes? herz|stress kardiomyopathie", "takotsubo"),
    (
        r"(?:blood )?clots? (?:in|on|to) (?:the |my )?lungs?|blutgerinnsel in der lunge|lungenarterien"
        r"embolie",
        "pulmonary embolism",
    ),
    (
        r"heart (?:is )?(?:on|in) the (?:right|wrong) side|herz (?:auf der )?rechten? seite",
        "dextrocardia",
    ),
)

_BODY = (
    (
        r"(?:kalium|potassium) (?:is |ist )?(?:zu |too )?(?:hoch|high|up|elevated)"
        r"|(?:too much|excess) potassium",
        "high potassium",
    ),
    (
        r"(?:kalium|potassium) (?:is |ist )?(?:zu |too )?(?:niedrig|low|down)|kaliummangel"
        r"|(?:too little|lack of) potassium",
        "low potassium",
    ),
    (
        r"(?:kalzium|calcium) (?:is |ist )?(?:zu |too )?(?:hoch|high|up|elevated)"
        r"|(?:too much|excess) calcium",
        "high calcium",
    ),
    (
        r"(?:kalzium|calcium) (?:is |ist )?(?:zu |too )?(?:niedrig|low|down)|kalziummangel"
        r"|(?:too little|lack of) calcium",
        "low calcium",
    ),
    (
        r"unterkuehl\w+|(?:patient|person|man|woman|body) (?:is |was )?(?:very |too )?cold|frozen|"
        r"(?:freezing|very cold|cold) (?:body|patient|person)|low body temperature"
        r"|camel ?hump\w*",
        "hypothermia",
    ),
    (
        r"scoop\w+ st\w*(?: depression| segments?)?|reverse tick|salvador dali\w*|hockey stick st\w*"
        r"|muldenfoermige (?:st )?senkung\w*",
        "digitalis effect",
    ),
    (
        r"(?:bulge|bulging|ballooned scar)[a-z ]{0,25}(?:heart|wall|ventric\w+)",
        "ventricular aneurysm",
    ),
    (
        r"(?:heart )?takes too long to recharge|slow recharging|recharges? (?:too )?slowly",
        "prolonged qt interval",
    ),
    (r"natural pacemaker[a-z ]{0,20}(?:worn out|fails|failing|sick|tired)", "sick sinus syndrome"),
    (
        r"(?:fatty|fibro-?fatty|fibrous fatty) right (?:heart|ventric\w+)(?: disease)?",
        "arrhythmogenic right ventricular cardiomyopathy",
    ),
    (r"spik(?:ed|e) helmet", "st elevation"),
)

_TECHNIQUE = (
    (r"(?:50|60) ?-?(?:hertz|hz)(?: noise| hum)?", "mains interference"),
    (r"movements?[a-z ]{0,20}(?:wobbl\w+|wav\w+ line|drift\w*)|wobbl\w+ (?:base ?)?line|breathing"
     r" artefact", "baseline wander"),
    (
        r"(?:arm |limb |leg )?(?:cables?|wires?|electrodes?|leads?|stickers?)(?: (?:on|of) (?:the )?(?:arms?|legs?|limbs?))? "
        r"(?:got |are |were |been )*"
        r"(?:mixed up|switched|crossed|exchanged|interchanged|wrong way round|on the wrong arms?)"
        r"|(?:mixed up|switched|crossed) (?:arm |limb )?(?:cables?|wires?|electrodes?|leads?)"
        r"|verpolung|elektroden (?:sind )?(?:vertauscht|verpolt)",
        "limb lead reversal",
    ),
    (r"shiver\w*|trembling|shaky (?:trace|line|patient)|zitter\w*", "muscle tremor"),
    (
        r"wander(?:ing|s)? (?:base ?)?line|(?:base ?)?line (?:is )?(?:wander(?:ing|s)?|drift(?:ing|s)?"
        r"|go(?:es|ing) up and down)(?: up and down)?|drifting (?:base ?)?line",
        "baseline wander",
    ),
    (
        r"hum(?:ming)? from (?:the )?(?:socket|mains|power\w*)|(?:fuzzy|buzzing) (?:from the )?"
        r"(?:power|mains)\w*",
        "mains interference",
    ),
    (
        r"(?:spikes?|stimul\w+|pacing spikes?|pacer spikes?) (?:without|with no|not followed by)"
        r"(?: any| a| an)?(?: qrs\w*| beats?| capture| answer| response| complex\w*)+"
        r"|spikes? ohne (?:qrs\w*|antwort)|stimulation ohne antwort|loss of capture|exitblock"
        r"|exit ?-?block des schrittmachers",
        "pacemaker failure to capture",
    ),
    (
        r"(?:pacemaker|schrittmacher|pacer) (?:fires?|paces?|works?|stimulates?|sends?|stimuliert)"
        r"[\w ,]{0,30}\b(?:no|not|nothing|nicht|ohne) ?(?:answer\w*|respon\w*|captur\w*|beat|react\w*"
        r"|follow\w*|antwort\w*)",
        "pacemaker failure to capture",
    ),
    (
        r"pacemaker (?:does not|doesn'?t|fails to) (?:sense|see|notice)[\w ]*|undersensing",
        "pacemaker failure to sense",
    ),
)

_ROWS = (*_TECHNIQUE, *_CHAMBERS, *_RHYTHM, *_CONDUCTION, *_MUSCLE, *_BODY, *_PLACES)
EVERYDAY = tuple((re.compile(rf"(?<!\w)(?:{row})(?!\w)"), word) for row, word in _ROWS)
# The words of these rows stand as they are: nobody should correct them.
EVERYDAY_WORDS = frozenset(
    word for row, _ in _ROWS for word in re.findall(r"[a-z]{4,}", re.sub(r"\\.", " ", row))
)
_BLANKS = re.compile(r"  +")
_SPARED = re.compile(rf"(?<!\w)(?:{_NO_DENIAL})(?!\w)")


def spare_questions(folded: str) -> str:
    """Take out phrases such as 'I do not know', which hold a 'not' that denies no finding."""
    return _SPARED.sub(" ", folded)


def in_vocabulary(folded: str) -> str:
    """Return folded text with everyday words replaced by words that the reader knows."""
    for pattern, word in EVERYDAY:
        folded, count = pattern.subn(rf" {word} ", folded)
        if count:  # a later row may start where this one ends
            folded = _BLANKS.sub(" ", folded).strip()
    return folded
