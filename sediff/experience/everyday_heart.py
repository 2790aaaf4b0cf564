r"""Everyday words for the muscle, its walls, the body and the recording; read by `everyday`.

What stands at the margin replaces any of the indented expressions below it. Capitals in angle
brackets are the short forms of `everyday`; \1 is the first group of the expression.
"""

TECHNIQUE = r"""
mains interference
    (?:50|60) ?-?(?:hertz|hz)(?: noise| hum)?
baseline wander
    movements?[a-z ]{0,20}(?:wobbl\w*|wav\w+ line|drift\w*)
    wobbl\w+ (?:base ?)?line
    breathing artefact
loose electrode
    <ELECTRODES>(?: \w+){0,4} (?:fell|came|come|falls|fallen|peeled|slipped) off
limb lead reversal
    <ELECTRODES>(?: (?:on|of) (?:the )?(?:arms?|legs?|limbs?))? (?:got |are |were |been )*<MIXED>
    (?:mixed up|switched|crossed) <ELECTRODES>
    verpolung
    elektroden (?:sind )?(?:vertauscht|verpolt)
muscle tremor
    shiver\w*
    trembling
    shaky (?:trace|line|patient)
    zitter\w*
baseline wander
    wander(?:ing|s)? (?:base ?)?line
    (?:base ?)?line (?:is )?(?:wander\w*|drift\w*|go(?:es|ing))(?: up and down)?(?: with breathing)?
    drifting (?:base ?)?line
mains interference
    hum(?:ming)? from (?:the )?(?:socket|mains|power\w*)
    (?:fuzzy|buzzing) (?:from the )?(?:power|mains)\w*
pacemaker failure to capture
    (?:spikes?|stimul\w+) (?:without|with no|not followed by)(?: any| a| an)? <ANSWER>
    spikes? ohne (?:qrs\w*|antwort)
    stimulation ohne antwort
    loss of capture
    exitblock
    exit ?-?block des schrittmachers
pacemaker failure to capture
    (?:pacemaker|schrittmacher|pacer) [\w ,]{0,40}\b(?:no|not|nothing|nicht|ohne) ?<ANSWER>
pacemaker failure to sense
    pacemaker (?:does not|doesn'?t|fails to) (?:sense|see|notice)[\w ]*
    (?:pacemaker|schrittmacher|pacer) [\w ,]{0,40}\b(?:not|nicht) (?:sens|see|detect|wahr|erk)\w*
    undersensing
"""

CHAMBERS = r"""
\1 atrial
    (?:heart'?s )?upper (left|right) (?:room|chamber)s?
    (?:heart'?s )?(left|right) upper (?:room|chamber)s?
\1 ventricular
    (?:heart'?s )?(?:lower|main) (left|right) (?:room|chamber)s?
    (?:heart'?s )?(left|right) (?:lower|main) (?:room|chamber)s?
ventricular
    (?:heart'?s )?(?:lower|bottom) (?:half|rooms?|part of the heart)
atrial
    (?:heart'?s )?(?:upper|top) (?:half|rooms?|part of the heart)
    (?:top|upper part|upper half) of (?:the|my|his|her) heart
atria and ventricles
    (?:upper|top) and (?:lower|bottom) chambers?
atrial
    (?:upper|top|small) (?:heart )?chambers?
    obere[nr]? (?:herz)?kammern?
ventricular
    (?:lower|bottom|main|big) (?:heart )?chambers?
    untere[nr]? (?:herz)?kammern?
"""

MUSCLE = r"""
nstemi
    (?:heart attack|infarct\w*|mi) (?:but )?(?:without|with no) st elevation
infarct
    (?:heart )?(?:tissue|muscle) (?:that |has |which )*(?:died|dead)
    dead (?:heart )?(?:tissue|muscle)
old
    (?:a while|a long time|many years|years|months|long) ago
    in the past
another organ
    (?:cerebral|brain|spleen|splenic|renal|kidney|lung|bowel|liver|hirn|milz|nieren) ?infarkt?\w*
    (?:cerebral|brain|spleen|splenic|renal|kidney|lung|bowel|liver) infarct\w*
    infarct\w* of (?:the )?(?:brain|spleen|kidney|lung|bowel|liver|bone)
    (?:prostat\w+|tonsil\w*|turbinate|breast|gum|thyroid) hypertroph\w+
    hypertroph\w+ of (?:the )?(?:[a-z]+ )?(?:prostate|muscles?|tonsils|turbinates?|breasts?|gums?)
    (?:nerve|spinal|epidural|pupillary|plexus) block
    (?:essential|intention|hand) tremor
    parkinson'?s disease
old
    old,? (?:and )?not (?:an? )?(?:acute|fresh|new|recent)
voltage criteria for left ventricular hypertrophy
    cornell(?: voltage| index| criteria)*
    lyon index
\1 enlargement
    ((?:left|right) atrial) (?:is |are )?(?:too )?(?:big|large|enlarged|wide|dilated)
biatrial enlargement
    both atri\w+(?: are| is| chambers)* (?:too )?(?:enlarged|big|large|dilated|wide)
anterolateral
    front and (?:the )?(?:side|outer)(?: walls?)?
inferolateral
    bottom and (?:the )?(?:side|outer)(?: walls?)?
old infarct
    infarkt ?-?narben?
left ventricular hypertrophy
    thickened left (?:heart|ventric\w+|herzkammer)
low qrs voltage
    (?:weak|small|tiny) (?:signals?|waves?|ecg|spikes|complexes)(?: (?:in all|all over)[a-z ]*)?
left ventricular hypertrophy
    (?:thick\w*|big|enlarged|overgrown) left (?:heart )?(?:muscle|ventric\w+|side|wall)
    left (?:heart )?(?:muscle|ventric\w+|side|wall)<HEART> (?:is |too )*(?:thick|enlarged)\w*
    linksherzhypertrophie
right ventricular hypertrophy
    (?:thick\w*|big|enlarged|overgrown) right (?:heart )?(?:muscle|ventric\w+|side|wall)
    right (?:heart )?(?:muscle|ventric\w+|side|wall)<HEART> (?:is |too )*(?:thick|enlarged)\w*
left atrial enlargement
    (?:notched|double humped|m shaped|bifid) p(?: waves?)?
right atrial enlargement
    (?:tall|pointed|peaked|high|spitze\w*) p(?: waves?| wellen?)?
st elevation
    st(?: segments?)? (?:is |are |goes |go |going |shoots? )?(?:up|raised|lifted|upwards?)
st depression
    st(?: segments?)? (?:is |are |goes |go |going )?(?:down|lowered|downwards?)
t wave inversion
    (?:upside ?-?down|flipped|reversed|turned over) t(?: waves?)?
    t(?: waves?)? (?:is |are )?(?:upside ?-?down|flipped|turned over)
infarct
    herzinfarkt
    heart infarct(?:ion)?
    myokardinfarkt
    coronary thrombosis
old infarct
    (?:scar\w*(?: tissue)?|narben?) (?:from|of|after|nach) (?:an? )?(?:old |alten? )?infarct\w*
old infarct
    scar(?:red|ring)?s?(?: tissue)?
    narben?
acute
    acute,? (?:and )?not (?:an? )?(?:old|remote|healed)
    (?:going on|happening|under way) (?:right )?now
    (?:fresh|happening now|ongoing|right now|brand new|going on now)
ischaemia
    (?:not enough|too little|lack of|not getting enough|starved of) (?:blood|oxygen)(?: flow)?
    durchblutungsstoerung\w*
    minderdurchblutung
stemi
    tombstone\w*(?: pattern| sign| st\w*)?
    shark ?fin
pericardial effusion
    (?:fluid|water|liquid|blood) (?:around|about|round) (?:the |my |his |her )?heart
    (?:fluid|water) in (?:the )?(?:heart sac|pericardium)
    wasser im herzbeutel
    swinging heart
    perikarderguss
pericarditis
    (?:inflam\w+|infection) (?:of |in )?(?:the )?<SAC>
    herzbeutelentzuendung
myocarditis
    inflam\w+ (?:of |in )?(?:the )?heart muscle
    herzmuskelentzuendung
takotsubo
    broken ?-?heart(?: syndrome)?
    gebrochenes? herz
    stress kardiomyopathie
pulmonary embolism
    (?:blood )?clots? (?:in|on|to) (?:the |my )?lungs?
    blutgerinnsel in der lunge
    lungenarterienembolie
dextrocardia
    heart (?:is )?(?:on|in) the (?:right|wrong) side
    herz (?:auf der )?rechten? seite
high potassium
    (?:kalium|potassium)[a-z ]{0,25} (?:hoch|high|up|elevated)
    (?:too much|excess) potassium
low potassium
    (?:kalium|potassium)[a-z ]{0,25} (?:niedrig|low|down)
    kaliummangel
    (?:too little|not enough|lack of) potassium
high calcium
    (?:kalzium|calcium) (?:is |ist )?(?:zu |too )?(?:hoch|high|up|elevated)
    (?:too much|excess) calcium
low calcium
    (?:kalzium|calcium) (?:is |ist )?(?:zu |too )?(?:niedrig|low|down)
    kalziummangel
    (?:too little|not enough|lack of) calcium
hypothermia
    unterkuehl\w+
    (?:patient|person|man|woman|body) (?:is |was )?(?:very |too )?cold
    frozen
    (?:freezing|very cold|cold) (?:body|patient|person)
    low body temperature
    camel ?hump\w*
digitalis effect
    scoop\w+ st\w*(?: depression| segments?)?
    reverse tick
    salvador dali\w*
    hockey stick st\w*
    muldenfoermige (?:st )?senkung\w*
ventricular aneurysm
    (?:bulge|bulging|ballooned scar)[a-z ]{0,25}(?:heart|wall|ventric\w+)
prolonged qt interval
    (?:heart )?takes too long to recharge
    slow recharging
    recharges? (?:too )?slowly
sick sinus syndrome
    natural pacemaker[a-z ]{0,20}(?:worn out|fails|failing|sick|tired)
arrhythmogenic right ventricular cardiomyopathy
    (?:fatty|fibro-?fatty|fibrous fatty) right (?:heart|ventric\w+)(?: disease)?
st elevation
    spik(?:ed|e) helmet
poor r wave progression
    r ?-?(?:verlust|reduktion)
    (?:loss|absence) of (?:the )?r(?: waves?)?
"""

PLACES = r"""
anterior
    <AT>front(?:al)?(?: wall| side| part)?<HEART>
inferior
    <AT>(?:bottom|underside|lower wall|lower part|base wall)<HEART>
posterior
    <AT>back(?: wall| side| part)<HEART>
    (?:at|on|in|of) the back of the heart
    back of (?:the |my )?heart
lateral
    <AT>(?:side wall|outer wall|outer side)<HEART>
    (?<!left )(?<!right )side of (?:the |my )?heart
septal
    (?:partition|dividing wall|wall between the (?:chambers|ventricular|ventricles))
"""
