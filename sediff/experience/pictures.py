"""Descriptions that point to a finding without naming it: 'ST up in all leads with PR depression'.

The table holds a finding at the margin and, indented below it, regular expressions that must all
be found in the folded text (lower case, ae oe ue ss, everyday words already replaced).
"""

import re
from collections.abc import Iterator, Mapping

_SHORT_FORMS = {
    "<ST_UP>": r"\bst\b.{0,25}(?:elev|hebung|up\b)|\bste\b|st-?hebung",
    "<ST_DOWN>": r"\bst\b.{0,25}(?:depress|senk|down\b)|\bstd\b|st-?senkung",
    "<TALL_T>": r"<TALL>[ ,a-z]{0,25}\bt\b|t-?zelt",
    "<TALL>": r"(?:tall|peaked|tented|pointed|high|narrow|hyperacute|spitz\w*|hohe?)",
    "<NO_P>": r"<NO> (?:visible |clear |sichtbare? )?p\b|\bp(?: ?-?<WAVES>)? (?:is |are )?<GONE>",
    "<NO>": r"(?:no|without|missing|absent|keine?|ohne|lack of)",
    "<GONE>": r"(?:absent|missing|fehl\w+)",
    "<WAVES>": r"(?:waves?|wellen?)",
    "<NARROW>": r"\b(?:narrow|schmal\w*)\b",
    "<WIDE>": r"\b(?:wide|broad|breit\w*)\b",
    "<FAST>": r"tachy|\bfast\b|rapid|schnell",
    "<FIXED>": r"(?:constant|fixed|same|stable|unchang\w+|konstant\w*)",
    "<NEG>": r"(?:terminal|negativ\w*)",
    "<PR>": r"\b(?:pr|pq)\b",
}
_TABLE = r"""
pericarditis
    <ST_UP>
    \b(?:pr|pq)\b.{0,20}(?:depress|senk)
pericarditis
    <ST_UP>
    saddle|concave|sattel|konkav
    \ball\b|diffus|widespread|alle
pericarditis
    \b(?:pr|pq)(?: segments?| ?-?strecke)? (?:is |are )?(?:depress|senk)
multifocal_atrial_tachycardia
    \bp\b.{0,15}(?:shape|morpholog|form)
    fast|rapid|tachy|1[0-9]{2}
    three|different|vari|changing|3
wandering_pacemaker
    \bp\b.{0,15}(?:shape|morpholog|form)
    three|different|vari|chang|3
wpw
    slurr?(?:ed|ing)|\bdelta|deltawelle|traeger anstieg
    qrs|upstroke|wave|welle|r\b
mobitz_2
    <FIXED>.{0,20}<PR>|<PR>.{0,25}<FIXED>
    drop|not conduct|conducted|block|lost|missing|fail|faellt aus|ausfall
mobitz_1
    group(?:ed)? beating|\b(?:pr|pq)\b.{0,30}(?:longer|increas|lengthen|laenger)
    drop|beat|block|lost|ausfall|faellt aus|longer
wellens
    \bt\b
    v ?2|v ?3
    biphasic|deep|symmetric|tief|biphasisch|inver
    pain ?-?free|after (?:the )?(?:chest )?pain|schmerzfrei|\blad\b|nach.{0,20}schmerz
de_winter
    upslop|ascending|aszendierend
    <TALL_T>
brugada
    \bcoved\b|saddle ?-?back|zeltdachfoermig
    v ?1|v ?2|st\b|rbbb
third_degree_av_block
    \bp\b.{0,25}(?:march|independent|unrelated|no relation|own rate)
brugada
    sudden(?: cardiac)? death|ploetzlich\w* (?:herz)?tod
    v ?[12]\b|rbbb
lafb
    \bq(?:r|\b).{0,15}(?:avl|lead i\b|in i\b)
    left|axis|-? ?45|rs in|iii|minus
lpfb
    right axis|rechtstyp
    \brs in (?:i\b|avl|lead i\b)|\bqr in (?:iii|ii|avf|inf)
hyperkalaemia
    <TALL_T>
    renal|kidney|dialys|niere|potassium|kalium|wide|broad|p\b.{0,12}flat|flat\w* p
hyperkalaemia
    (?:tented|tent ?-?like|t-?zelt|narrow.{0,20}peaked|peaked)
    \bt\b|zelt
hypokalaemia
    \bu\b ?-?(?:wave|well)
    flat\w*.{0,12}\bt\b|\bt\b.{0,15}flat|abgeflacht|diuretic|diarrh|vomit|potassium|kalium
left_main
    avr
    <ST_UP>
    <ST_DOWN>
posterior_stemi
    (?:tall|high|hohe?|prominent).{0,15}\br\b
    <ST_DOWN>
    v ?[123]
arvc
    epsilon
hypertrophic_cardiomyopathy
    dagger|dolchfoermig|needle ?-?like
    \bq\b
pulmonary_embolism
    \bs ?1 ?,? ?q ?3|s in (?:lead )?i\b.{0,30}q in (?:lead )?iii
atrial_fibrillation
    irregul|unregelmaess|chaot
    <NO_P>
avnrt
    <NARROW>
    <FAST>
    pseudo|retrograde|av nod|<NO_P>
svt
    <NARROW>
    <FAST>
    regular|regelmaess|complex|komplex|sudden|ploetzlich
ventricular_tachycardia
    <WIDE>
    <FAST>
    complex|komplex|qrs|capture|fusion
ventricular_tachycardia
    (?:capture|fusion) beats?|fusionsschl
    tachy|vt|wide|broad
junctional_rhythm
    retrograde p|inverted p|p after|<NO_P>
    <NARROW>|escape|slow|brady|40|50
    narrow|slow|brady|schmal|langsam|rhythm|regular
torsades
    polymorph
    \bqt|long qt|twist
rae
    \bp\b.{0,30}(?:2[.,]5 ?mm|tall|peaked|pointed)
    ii\b|inferior|2[.,]5|mm|wave
lae
    <NEG>.{0,25}\bp\b.{0,20}v ?1|\bp\b.{0,40}v ?1.{0,30}<NEG>|\bp\b.{0,20}(?:notch|bifid|gekerbt)
rbbb
    rsr|r ?prime|r'|m ?-?shape\w*|m-?foerm
    v ?1|qrs
    <WIDE>|120|qrs|\bs\b
lbbb
    (?:no|missing|absent|without) (?:septal )?q
    v ?6|lateral|notch
    <WIDE>|notch|qrs
lbbb
    (?:notch\w*|m ?-?shape\w*|gekerbt\w*)
    v ?6|v ?5|lateral
    <WIDE>|qrs|\br\b
low_voltage
    qrs|amplitude|complex|komplex|ausschlag
    (?:below|under|less than|<|unter|tiny|small|kleine?)
    5 ?mm|0[.,]5 ?mv|all leads|limb|everywhere|ueberall
electrical_alternans
    alternat|every (?:second|other) qrs
    qrs|height|amplitude|beat
digitalis_effect
    foxglove|fingerhut|digitoxin|scoop|sagging
raised_intracranial_pressure
    \bt\b|\bqt|ecg|ekg|inver
    subarach|brain|intracran|hirnbl|haemorrhage|hemorrhage|cerebral
takotsubo
    emotional|grief|trauer|apical balloon|ballooning
lead_reversal
    lead i\b|leads? (?:i|one)\b|ableitung i\b
    upside|invert|negativ|mirror
dextrocardia
    mirror|right side|reverse r|spiegel
    progression|chest|heart|herz|image
sinus_tachycardia
    fever|fieber|anaemia|anemia|exercise
    tachy|fast
first_degree_av_block
    \b(?:pr|pq)\b
    (?:over|above|more than|>|longer than|ueber) ?200|2[0-9]{2} ?ms|long|prolong|verlaenger|lang
poor_r_progression
    \br\b.{0,40}(?:not grow|does not|do not|small|fail)
    v ?[1-4]|chest
sick_sinus
    tachy
    brady
    syndrom|alternat|pause|sinus
rvh
    (?:tall|high|dominant|hohe?|large|big)\s.{0,12}\br\b.{0,15}v ?1
posterior_mi
    (?:tall|high|dominant|hohe?|large|big)\s.{0,12}\br\b.{0,15}v ?1
j_waves
    osborn|\bj ?-?wave|camel
athletes_heart
    \b(?:runner|cyclist|rower|marathon|triathl\w+|athlet\w*|leistungssport\w*|ausdauersport\w*)
    heart|herz|voltage|slow|large|thick|adapt
biventricular_paced
    crt\b|resynchroni
r_on_t
    (?:pvc|extra\w*|ves|premature\w*).{0,30}\b(?:on|in|into|auf)\b.{0,10}\bt\b
"""


def _rows() -> Iterator[tuple[str, tuple[re.Pattern[str], ...]]]:
    for block in re.split(r"\n(?=\S)", _TABLE.strip()):
        id, *parts = block.splitlines()
        for short, form in _SHORT_FORMS.items():
            parts = [part.replace(short, form) for part in parts]
        yield id, tuple(re.compile(part.strip()) for part in parts)


_PICTURES = tuple(_rows())
# name of a number -> (finding, limits that it exceeds): only where the query names no finding.
_LIMITS: tuple[tuple[str, str, float, float], ...] = (
    ("qtc_ms", "long_qt", 470, 2000),
    ("qtc_ms", "short_qt", 0, 340),
    ("pr_ms", "first_degree_av_block", 201, 2000),
    ("pr_ms", "short_pr", 0, 119),
    ("heart_rate", "tachycardia", 101, 500),
    ("heart_rate", "bradycardia", 0, 59),
    ("axis_deg", "extreme_axis", -180, -91),
    ("axis_deg", "left_axis", -90, -31),
    ("axis_deg", "right_axis", 91, 180),
)


def outside_limits(numbers: Mapping[str, float]) -> tuple[str, ...]:
    """Findings that stated numbers point to: a QTc of 520 ms is prolonged."""
    return tuple(
        id for name, id, low, high in _LIMITS if name in numbers and low <= numbers[name] <= high
    )


def pictured(folded: str) -> tuple[str, ...]:
    """Findings that folded text describes, in the order of the table, each once."""
    found = (id for id, row in _PICTURES if all(part.search(folded) for part in row))
    return tuple(dict.fromkeys(found))
