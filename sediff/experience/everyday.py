"""Everyday and pictorial words -> words of the vocabulary, so that the reader understands them.

'Heart attack at the bottom of the heart' is read as 'infarct inferior'. The tables are regular
expressions on folded text (lower case, ae oe ue ss), applied in their order.
"""

import re
from collections.abc import Iterator
from functools import partial

from sediff.experience.everyday_heart import CHAMBERS, MUSCLE, PLACES, TECHNIQUE
from sediff.experience.everyday_rhythm import CONDUCTION, RHYTHM

# Phrases that hold 'not' or 'no' and deny nothing.
_NO_DENIAL = (
    r"(?:i |we |ich |wir )?(?:do not|don'?t|does not|doesn'?t|did not|didn'?t|cannot|can'?t|can not"
    r"|could not|couldn'?t)(?: really| quite| yet)?"
    r" (?:know|understand|get|see why|tell|recogni[sz]e|read|find|remember)"
    r"|(?:i am |i'm |we are |bin )?(?:not|nicht) (?:sure|certain|sicher)|no (?:idea|clue)"
    r"|(?:why|how come) is (?:this|it|that) (?:not|no)\b|why not\b|not only|nicht nur"
    r"|(?:weiss|verstehe|kenne) (?:ich )?nicht"
)


_SHORT_FORMS = {
    "<PULSE>": r"(?:heart ?beats?|heart rate|heart rhythm|heart|pulse|puls|herzschlag|rhythm)",
    "<BEATS>": r"(?:heart ?)?(?:beats?|pulses?|contractions?)",
    "<TOO>": r"(?:(?:much|far|way|too|very|really|so|zu|quite|rather) )*",
    "<HEART>": r"(?: of (?:the |my |his |her )?heart)?",
    "<AT>": r"(?:at |on |in |to |of )?(?:the )?",
    "<AVB>": r"(?:av ?-?block|avb)",
    "<SECOND>": r"(?:(?:second|2nd) degree|2°)",
    "<WIRE>": r"(?:wire|cable|nerve|branch|pathway)",
    "<SIGNAL>": r"(?:signals?|impulses?|current|connection)",
    "<DOWN>": r"from (?:the )?(?:top|atri\w+)[a-z ]{0,20}(?:bottom|ventri\w+)",
    "<APART>": r"(?:[a-z]+ ){0,3}(?:independent\w*|separate\w*|unrelated|on their own|out of step)",
    "<ALONE>": r"(?! *(?:av|a v|heart|block|sino|sinu|atrio|burn|relative|murder))(?=$|[ ,.;?!])",
    "<BROKEN>": r"(?:blocked|broken|defective|damaged|cut)",
    "<ISBROKEN>": r"(?: (?:in|of) the heart)?(?: is)?(?: blocked| broken| defective| cut)?",
    "<PR>": r"(?:pr|pq)(?: interval| zeit)?",
    "<RARELY>": r"(?:is |was |ist )?(?:an? |eine? )?(?:extra|early|prem|pvc|ves|ventr)\w*",
    "<LOST>": r"(?:blocked|dropped|not conducted|lost)",
    "<ELECTRODES>": r"(?:arm |limb |leg )?(?:cables?|wires?|electrodes?|leads?|stickers?)",
    "<MIXED>": r"(?:mixed up|switched|crossed|exchanged|interchanged|wrong way round)",
    "<ANSWER>": r"(?:qrs|beats?|captur\w*|answer\w*|respon\w*|complex\w*|react\w*|antwort\w*)",
    "<SAC>": r"(?:heart sac|heart lining|sac around the heart|lining of the heart|pericardium)",
}
_BLANKS = re.compile(r"  +")


def _rows(table: str) -> Iterator[tuple[str, str]]:
    """(words of the vocabulary, expression) of a table; expressions of one heading are joined."""
    for block in re.split(r"\n(?=\S)", table.strip()):
        word, *lines = block.splitlines()
        row = "|".join(line.strip() for line in lines)
        for short, form in _SHORT_FORMS.items():
            row = row.replace(short, form)
        yield word, row


_ROWS = tuple(
    row
    for table in (TECHNIQUE, CHAMBERS, RHYTHM, CONDUCTION, MUSCLE, PLACES)
    for row in _rows(table)
)
EVERYDAY = tuple((re.compile(rf"(?<!\w)(?:{row})(?!\w)"), word) for word, row in _ROWS)
# The words of these rows stand as they are: nobody should correct them.
EVERYDAY_WORDS = frozenset(
    word for _, row in _ROWS for word in re.findall(r"[a-z]{4,}", re.sub(r"\\.", " ", row))
)
_SPARED = re.compile(rf"(?<!\w)(?:{_NO_DENIAL})(?!\w)")


def _instead(word: str, match: re.Match[str]) -> str:
    """The words that stand for a match; \\1 is its first group that holds something."""
    group = next((group for group in match.groups() if group), "")
    return " " + word.replace("\\1", group) + " "


def spare_questions(folded: str) -> str:
    """Take out phrases such as 'I do not know', which hold a 'not' that denies no finding."""
    return _SPARED.sub(" ", folded)


def in_vocabulary(folded: str) -> str:
    """Return folded text with everyday words replaced by words that the reader knows."""
    for pattern, word in EVERYDAY:
        folded, count = pattern.subn(partial(_instead, word), folded)
        if count:  # a later row may start where this one ends
            folded = _BLANKS.sub(" ", folded).strip()
    return folded
