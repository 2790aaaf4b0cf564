"""The tables of words as one look-up: phrase -> meaning."""

from collections.abc import Mapping

from sediff.findings import cues
from sediff.findings.meaning import Meaning
from sediff.findings.words import CONCEPTS
from sediff.findings.words_rhythm import RHYTHM_CONCEPTS


def _split(text: str) -> list[tuple[str, ...]]:
    return [tuple(phrase.split()) for phrase in text.split(",") if phrase.strip()]


def build_lexicon() -> dict[tuple[str, ...], Meaning]:
    """Return phrase (folded words) -> meaning; where two tables name a phrase, the later wins."""
    tables = [
        (Meaning("quiet"), cues.QUIET),
        (Meaning("join"), cues.JOIN),
        (Meaning("end"), cues.END),
        (Meaning("affirmation"), cues.AFFIRMATION),
        (Meaning("negation"), cues.NEGATION),
        (Meaning("negation", back=True), cues.NEGATION_BACK),
    ]
    for degree, phrases in cues.DEGREES.items():
        tables.append((Meaning("quiet", degree=degree), phrases))
    for certainty, (before, after) in cues.HEDGES.items():
        tables.append((Meaning("hedge", certainty=certainty), before))
        tables.append((Meaning("hedge", certainty=certainty, back=True), after))
    for words, phrases in (*CONCEPTS.items(), *RHYTHM_CONCEPTS.items()):
        tables.append((Meaning("concepts", tuple(words.split())), phrases))
    return {phrase: meaning for meaning, phrases in tables for phrase in _split(phrases)}


LEXICON: Mapping[tuple[str, ...], Meaning] = build_lexicon()
LONGEST_PHRASE = max(map(len, LEXICON))
