"""What a word can mean, and the few sets of words that several readers share."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["concepts", "quiet", "join", "negation", "hedge", "end", "affirmation"]


@dataclass(frozen=True)
class Meaning:
    """What a word or phrase means.

    Attributes:
        kind: 'quiet' is understood and without effect; 'join' is and/or; 'end' closes a
            negation; 'affirmation' says that what stands before it is there.
        concepts: for 'concepts', in order.
        certainty: for 'hedge'.
        degree: for 'quiet': how strongly it says that a finding is there, 1 where it does not.
        back: a cue about what stands before it ('ruled out') instead of after it ('no').
    """

    kind: Kind
    concepts: tuple[str, ...] = ()
    certainty: float = 1.0
    degree: float = 1.0
    back: bool = False


def word_set(text: str) -> frozenset[str]:
    """Return the words of `text` as a set: tables of words are easier to read as lines."""
    return frozenset(text.split())


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
SILENT = word_set("rhythm ecg axis change abnormal acute p t st pr qt qrs response criteria limits")
