"""Whether a sentence stands on its own, or on the sentence that is shown just before it."""

import re
from collections.abc import Sequence

from sediff.experience.snippet import Snippet
from sediff.language.answer import sentences
from sediff.language.words import plain

_POINTS_BACK = re.compile(
    r"(?:it|its|they|their|them|these|those|this|that|both|another|others?|otherwise|such|so|then|"
    r"he|she|his|her|here|there|the (?:latter|former|others?|same|next|first|second)|each|neither|"
    r"either|one|all|none|some|most|elsewhere|also|even|only)\b",
    re.I,
)
_PRONOUN = re.compile(r"(?:\W*\w+){0,7}?\W*\b(?:it|its|they|their|them|these|this|those)\b", re.I)
_BEGINNING = 3  # words by which a sentence is found in its note
_ENOUGH = 0.5  # of the words of a sentence: that much of it was shown


def dangles(text: str, before: str, cited: Sequence[Snippet]) -> bool:
    """Whether `text` points to something that is not there.

    'They lasted 30 ms' means something else where the sentence before it in its note is not the
    one `before` it on the page.

    Args:
        before: the sentence shown just before, '' where there is none or it was dropped.
    """
    if _POINTS_BACK.match(text) is None and _PRONOUN.match(text) is None:
        return False
    return not any(_stands(text, before, plain(snippet.text)) for snippet in cited)


def _stands(text: str, before: str, note: str) -> bool:
    """Whether the sentence of `note` that begins like `text` is its first, or follows `before`."""
    parts = sentences(note)
    start = _words(text)[:_BEGINNING]
    place = next((k for k, part in enumerate(parts) if _words(part)[:_BEGINNING] == start), None)
    if place is None:
        return False
    if place == 0:
        return True
    needed = set(_words(parts[place - 1]))
    return len(needed & set(_words(before))) >= _ENOUGH * len(needed)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
