r"""Everyday words for rhythms and conduction; `everyday` says how the table is read.

What stands at the margin replaces any of the indented expressions below it. Capitals in angle
brackets are the short forms of `everyday`; \1 is the first group of the expression.
"""

RHYTHM = r"""
supraventricular
    supra ventricular
sinus rhythm
    sinus ?rhythmus
tachycardia
    (?:racing|galloping|pounding) <PULSE>
    <TOO>(?:fast|quick|rapid) <PULSE>
    <PULSE> (?:is |was |beats |goes |ist )?<TOO>(?:fast|racing|quick|quickly|schnell)
    herzrasen
    herzjagen
    schnelle[rn]? (?:puls|herzschlag)
bradycardia
    <TOO>(?:slow|sluggish) <PULSE>
    <PULSE> (?:is |was |beats |goes |ist )?<TOO>(?:slow|slowly|langsam)
    <PULSE> (?:is |of |only )+[34]\d
    langsame[rn]? (?:puls|herzschlag)
premature complexes
    (?:misses|missing|skips|drops) beats?
    <PULSE> (?:jumps|hops|hiccups|hiccoughs|stumbles|trips)[a-z ]{0,16}
    (?:skipp?(?:ed|ing|s)?|missed|missing|extra) (?:a |one )?<BEATS>
    (?:premature|early|additional) <BEATS>
    extra ?systolen?
    extra systoles?
    herzstolpern
    (?:extra|zusatz)schlaege?
    vorzeitige (?:schlaege|beats)
    <PULSE> skips
premature ventricular contraction
    premature complexes (?:from|of|in|out of|aus) ventric\w+
    ventric\w+ premature complexes
premature atrial contraction
    premature complexes (?:from|of|in|out of|aus) atri\w+
    atri\w+ premature complexes
ventricular bigeminy
    every (?:second|other|2nd) beats? <RARELY>
    (?:each|every) normal beat[a-z ,]{0,15} (?:an? )?(?:early|extra|premature)(?: one| beat)?
    (?:beats? )?(?:comes? )?in pairs,? (?:one )?normal (?:then|and|one) (?:one )?(?:extra|early)
ventricular trigeminy
    every (?:third|3rd) beats? <RARELY>
ventricular couplets
    (?:two|2|pairs? of) (?:pvcs?|ves|premature complexes) (?:in a row|back to back|in folge)
    pairs of pvcs?
nsvt
    (?:short )?(?:run|burst|salvo)s? of (?:vt|ventricular tachycardia|pvcs?)
    (?:three|[3-9]|four|five|six) (?:pvcs?|ves|premature complexes) (?:in a row|in folge)
    (?:three|[3-9]|four|five|six) (?:abnormal|wide|broad) beats in a row
ventricular tachycardia
    ventric\w+ (?:race|races|racing|run wild|runs? off)[a-z ]{0,14}
    ventric\w+ (?:beats?|beating) (?:too |very )*fast[a-z ]{0,14}
atrial fibrillation
    irregularly irregular
    absolute (?:arrhythmie|arrhythmia)
    chaotic(?:ally)? (?:beating )?atri\w+
    (?:quivering|trembling|fibrillating) atri\w+
    atri\w+ (?:is |are |just |beats? |beating )*(?:chaotic|irregular)\w*
    atri\w+ (?:is |are |just )*(?:quiver|shiver|trembl)\w*
    vorhofflimmer\w+
    vhf(?:li)?
    vofli
    <PULSE>(?: is| was| beats)? (?:totally |very )?(?:irregular|all over the place|chaotic)
    irregular <PULSE>
atrial flutter
    saw ?-?(?:tooth|teeth|blade)(?:ed)?
    teeth of a saw
    saegezahn\w*
    (?<!atrial )(?<!ventricular )flutter(?: waves?)?
asystole
    flat ?-?line(?:d)?
    no electrical activity(?: at all)?
    no heart ?beats?(?: at all)?
    herzstillstand
sinus pause
    <PULSE> (?:stands still|pauses|stops|stopped)(?: for)? [a-z0-9]+ seconds?
    pause of [a-z0-9.,]+ ?s(?:ec\w*)?
    (?:heart )?rests too long(?: between beats)?
    long gaps? between (?:the )?beats
ventricular fibrillation
    (?:heart|ventric\w+) (?:only |just )?(?:wiggles|quivers|wriggles|trembles|fibrillates)[a-z ]*
    needs a shock
    no pulse and chaotic
    (?:quivering|fibrillating) ventric\w+
    kammerflimmern
torsades de pointes
    twisting of (?:the )?points
    twist\w* around the (?:baseline|axis)
    spindle shaped vt
    spitzenumkehrtachykardie
sinus arrhythmia
    <PULSE> (?:changes?|varies|goes up|speeds up|irregular)[a-z ]{0,12}breath\w*
    (?:with|durch|mit) (?:the )?(?:inspiration|respiration|atmung)
    breathing (?:dependent|related)
    <PULSE> changes? when i (?:breathe?|inhale)(?: in| out)?
    atemabhaengig\w*
    respirat\w+ arrhythmi\w+
av nodal reentrant tachycardia
    short circuit in (?:the )?av node
    kreisende erregung im av knoten
sick sinus syndrome
    tachy ?-?brady(?: syndrom\w*)?
    tachykardie bradykardie syndrom
    natural pacemaker[a-z ]{0,20}(?:worn out|fails|failing|sick|tired)
aberrant conduction
    ashman\w*(?: phenomenon| beats?)?
short pr interval
    lown ganong levine
"""

CONDUCTION = r"""
not \1
    (?:but |and |the )?(left|right)(?: one| side)? is (?:normal|fine|unremarkable|ok)
mobitz i av block, not mobitz ii av block
    mobitz (?:type )?(?:i|1),? not (?:type |mobitz )*(?:ii|2)
mobitz ii av block, not mobitz i av block
    mobitz (?:type )?(?:ii|2),? not (?:type |mobitz )*(?:i|1)
mobitz ii av block
    <SECOND> <AVB>\W{1,2}(?:mobitz )?(?:type|typ) (?:ii|2)
mobitz i av block
    <SECOND> <AVB>\W{1,2}(?:mobitz )?(?:type|typ) (?:i|1)
left \1 fascicular block
    (?<!left )(anterior|posterior) (?:hemi ?-?block|fascicular block|fascicle block)
long qt syndrome type \1
    (?:lqts?|long qt(?: syndrome?)?)[, ]+(?:type|typ) ?([123])
\1 bundle branch block
    (?:nerve |electrical )?<WIRE>s? (?:on|of|at|to) the (left|right) side(?: of the heart)?
first degree av block
    <SIGNAL> (?:\w+ )?to (?:the )?ventric\w+[a-z ]{0,20} (?:delayed|late|slow\w*)
    <SIGNAL>(?: takes?| needs?)?(?: too long| longer| slowly| delayed)+(?: to get)? <DOWN>
third degree av block
    (?:no|all|the)(?: electrical)? <SIGNAL>[a-z ]{0,25} <DOWN>
    (?:av|a v|atrioventricular) dissociation
    (?:p waves?|atri\w+) and (?:qrs|ventric\w+) <APART>
    no (?:relation|connection) between (?:the )?(?:p|atri)\w*(?: waves?)? and (?:qrs|ventric\w+)
    totaler av block
    (?:complete|complet|komplett) hart block
first degree
    (?:erste|ersten|erster) grades?
second degree
    (?:zweite|zweiten|zweiter) grades?
third degree
    (?:dritte|dritten|dritter) grades?
\1 av block
    ((?:first|second|third|1st|2nd|3rd|[123]°) degree|[123]°)<ALONE>
\1 bundle branch block
    (left|right) bundle(?! *(?:branch|block))
    (?:<BROKEN> )?(left|right) (?:[a-z]{5,10} )?<WIRE>(?! b(?:undle|lock))<ISBROKEN>
accessory pathway
    extra (?:electrical )?(?:pathway|connection|wire|cable|bridge)
    kent b(?:undle|uendel)
    zusaetzliche leitungsbahn
    shortcut between atri\w+ and ventric\w+
mobitz i av block
    <PR> (?:gets? |getting |grows? |wird )?(?:progressively |immer )?(?:longer|lengthen\w*|laenger)
    progressive (?:pr|pq) (?:prolong|lengthen)\w+
second degree av block
    (?:conduction|<SIGNAL>)[a-z ]{0,40} (?:fails?|lost|drops out) (?:now and then|sometimes)
2:1 av block
    every (?:second|other|2nd) (?:p(?: wave)?|atrial beat) (?:is |was )?<LOST>
    2 ?: ?1 (?:conduction|ueberleitung)
    2 zu 1 (?:block|ueberleitung)
left bundle branch block
    william (?:pattern|sign|morrow)?
right bundle branch block
    mar+ow (?:pattern|sign)?
    (?:rabbit|bunny) ears
    hasenohren
first degree av block
    (?:first degree|1st degree|1°) (?:heart )?block
second degree av block
    (?:second degree|2nd degree|2°) (?:heart )?block
third degree av block
    (?:third degree|3rd degree|3°) (?:heart )?block
"""
