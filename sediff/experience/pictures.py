"""Descriptions that point to a finding without naming it: 'ST up in all leads with PR depression'.

Each row: a finding, and regular expressions that must all be found in the folded text (lower
case, ae oe ue ss, everyday words already replaced).
"""

import re
from collections.abc import Mapping

_ELEVATION = r"\bst\b.{0,25}(?:elev|hebung|up\b)|\bste\b|st-?hebung"
_DEPRESSION = r"\bst\b.{0,25}(?:depress|senk|down\b)|\bstd\b|st-?senkung"
_TALL_T = r"(?:tall|peaked|tented|pointed|high|narrow|hyperacute|spitz\w*|hohe?)[ ,a-z]{0,25}\bt\b|t-?zelt"
_NO_P = (
    r"(?:no|without|missing|absent|keine?|ohne|lack of) (?:visible |clear |sichtbare? )?p\b"
    r"|p(?: ?-?(?:waves?|wellen?))? (?:is |are )?(?:absent|missing|fehl\w+)"
)
_NARROW = r"\b(?:narrow|schmal\w*)\b"
_WIDE = r"\b(?:wide|broad|breit\w*)\b"
_FAST = r"tachy|\bfast\b|rapid|schnell"
_ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("pericarditis", (_ELEVATION, r"\b(?:pr|pq)\b.{0,20}(?:depress|senk)")),
    ("pericarditis", (_ELEVATION, r"saddle|concave|sattel|konkav", r"\ball\b|diffus|widespread|alle")),
    ("pericarditis", (r"\b(?:pr|pq)(?: segments?| ?-?strecke)? (?:is |are )?(?:depress|senk)",)),
    ("multifocal_atrial_tachycardia", (r"\bp\b.{0,15}(?:shape|morpholog|form)", r"fast|rapid|tachy"
                                       r"|1[0-9]{2}", r"three|different|vari|changing|3")),
    ("wandering_pacemaker", (r"\bp\b.{0,15}(?:shape|morpholog|form)", r"three|different|vari|chang"
                             r"|3")),
    ("wpw", (r"slurr?(?:ed|ing)|\bdelta|deltawelle|traeger anstieg", r"qrs|upstroke|wave|welle|r\b")),
    ("mobitz_2", (r"(?:constant|fixed|same|stable|unchang\w+|konstant\w*).{0,20}\b(?:pr|pq)\b|\b(?:pr"
                  r"|pq)\b.{0,25}(?:constant|fixed|same|stable|unchang|konstant)",
                  r"drop|not conduct|conducted|block|lost|missing|fail|faellt aus|ausfall")),
    ("mobitz_1", (r"group(?:ed)? beating|\b(?:pr|pq)\b.{0,30}(?:longer|increas|lengthen|laenger)",
                  r"drop|beat|block|lost|ausfall|faellt aus|longer")),
    ("wellens", (r"\bt\b", r"v ?2|v ?3", r"biphasic|deep|symmetric|tief|biphasisch|inver",
                 r"pain ?-?free|after (?:the )?(?:chest )?pain|schmerzfrei|\blad\b|nach.{0,20}schmerz")),
    ("de_winter", (r"upslop|ascending|aszendierend", _TALL_T)),
    ("brugada", (r"\bcoved\b|saddle ?-?back|zeltdachfoermig", r"v ?1|v ?2|st\b|rbbb")),
    ("third_degree_av_block", (r"\bp\b.{0,25}(?:march|independent|unrelated|no relation|own rate)",)),
    ("brugada", (r"sudden(?: cardiac)? death|ploetzlich\w* (?:herz)?tod", r"v ?[12]\b|rbbb")),
    ("lafb", (r"\bq(?:r|\b).{0,15}(?:avl|lead i\b|in i\b)", r"left|axis|-? ?45|rs in|iii|minus")),
    ("lpfb", (r"right axis|rechtstyp", r"\brs in (?:i\b|avl|lead i\b)|\bqr in (?:iii|ii|avf|inf)")),
    ("hyperkalaemia", (_TALL_T, r"renal|kidney|dialys|niere|potassium|kalium|wide|broad|p\b.{0,12}flat"
                       r"|flat\w* p")),
    ("hyperkalaemia", (r"(?:tented|tent ?-?like|t-?zelt|narrow.{0,20}peaked|peaked)", r"\bt\b|zelt")),
    ("hypokalaemia", (r"\bu\b ?-?(?:wave|well)", r"flat\w*.{0,12}\bt\b|\bt\b.{0,15}flat|abgeflacht"
                      r"|diuretic|diarrh|vomit|potassium|kalium")),
    ("left_main", (r"avr", _ELEVATION, _DEPRESSION)),
    ("posterior_stemi", (r"(?:tall|high|hohe?|prominent).{0,15}\br\b", _DEPRESSION, r"v ?[123]")),
    ("arvc", (r"epsilon",)),
    ("hypertrophic_cardiomyopathy", (r"dagger|dolchfoermig|needle ?-?like", r"\bq\b")),
    ("pulmonary_embolism", (r"\bs ?1 ?,? ?q ?3|s in (?:lead )?i\b.{0,30}q in (?:lead )?iii",)),
    ("atrial_fibrillation", (r"irregul|unregelmaess|chaot", _NO_P)),
    ("avnrt", (_NARROW, _FAST, r"pseudo|retrograde|av nod|" + _NO_P)),
    ("svt", (_NARROW, _FAST, r"regular|regelmaess|complex|komplex|sudden|ploetzlich")),
    ("ventricular_tachycardia", (_WIDE, _FAST, r"complex|komplex|qrs|capture|fusion")),
    ("ventricular_tachycardia", (r"(?:capture|fusion) beats?|fusionsschl", r"tachy|vt|wide|broad")),
    ("junctional_rhythm", (r"retrograde p|inverted p|p after|" + _NO_P, _NARROW + r"|escape|slow"
                           r"|brady|40|50", r"narrow|slow|brady|schmal|langsam|rhythm|regular")),
    ("torsades", (r"polymorph", r"\bqt|long qt|twist")),
    ("rae", (r"\bp\b.{0,30}(?:2[.,]5 ?mm|tall|peaked|pointed)", r"ii\b|inferior|2[.,]5|mm|wave")),
    ("lae", (r"(?:terminal|negativ\w*).{0,25}\bp\b.{0,20}v ?1|\bp\b.{0,40}v ?1.{0,30}"
             r"(?:terminal|negativ)|\bp\b.{0,20}(?:notch|bifid|gekerbt)",)),
    ("rbbb", (r"rsr|r ?prime|r'|m ?-?shape\w*|m-?foerm", r"v ?1|qrs", _WIDE + r"|120|qrs|\bs\b")),
    ("lbbb", (r"(?:no|missing|absent|without) (?:septal )?q", r"v ?6|lateral|notch", _WIDE + r"|notch"
              r"|qrs")),
    ("lbbb", (r"(?:notch\w*|m ?-?shape\w*|gekerbt\w*)", r"v ?6|v ?5|lateral", _WIDE + r"|qrs|\br\b")),
    ("low_voltage", (r"qrs|amplitude|complex|komplex|ausschlag", r"(?:below|under|less than|<|unter|"
                     r"tiny|small|kleine?)", r"5 ?mm|0[.,]5 ?mv|all leads|limb|everywhere|ueberall")),
    ("electrical_alternans", (r"alternat|every (?:second|other) qrs", r"qrs|height|amplitude|beat")),
    ("digitalis_effect", (r"foxglove|fingerhut|digitoxin|scoop|sagging",)),
    ("raised_intracranial_pressure", (r"\bt\b|\bqt|ecg|ekg|inver", r"subarach|brain|intracran|hirnbl"
                                      r"|haemorrhage|hemorrhage|cerebral")),
    ("takotsubo", (r"emotional|grief|trauer|apical balloon|ballooning",)),
    ("lead_reversal", (r"lead i\b|leads? (?:i|one)\b|ableitung i\b", r"upside|invert|negativ|mirror")),
    ("dextrocardia", (r"mirror|right side|reverse r|spiegel", r"progression|chest|heart|herz|image")),
    ("sinus_tachycardia", (r"fever|fieber|anaemia|anemia|exercise", r"tachy|fast")),
    ("first_degree_av_block", (r"\b(?:pr|pq)\b", r"(?:over|above|more than|>|longer than|ueber) ?200"
                               r"|2[0-9]{2} ?ms|long|prolong|verlaenger|lang")),
    ("poor_r_progression", (r"\br\b.{0,40}(?:not grow|does not|do not|small|fail)", r"v ?[1-4]|chest")),
    ("sick_sinus", (r"tachy", r"brady", r"syndrom|alternat|pause|sinus")),
    ("rvh", (r"(?:tall|high|dominant|hohe?|large|big)\s.{0,12}\br\b.{0,15}v ?1",)),
    ("posterior_mi", (r"(?:tall|high|dominant|hohe?|large|big)\s.{0,12}\br\b.{0,15}v ?1",)),
    ("j_waves", (r"osborn|\bj ?-?wave|camel",)),
    ("athletes_heart", (r"\b(?:runner|cyclist|rower|marathon|triathl\w+|athlet\w*|leistungssport\w*|"
                        r"ausdauersport\w*)", r"heart|herz|voltage|slow|large|thick|adapt")),
    ("biventricular_paced", (r"crt\b|resynchroni",)),
    ("r_on_t", (r"(?:pvc|extra\w*|ves|premature\w*).{0,30}\b(?:on|in|into|auf)\b.{0,10}\bt\b",)),
)  # fmt: skip
_PICTURES = tuple((id, tuple(map(re.compile, row))) for id, row in _ROWS)


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
