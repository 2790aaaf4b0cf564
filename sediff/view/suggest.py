"""What a word that was not understood may have meant: names of findings that are spelt alike."""

import difflib
from functools import lru_cache

from sediff.findings import FINDINGS, Finding
from sediff.findings.tokens import fold
from sediff.report import read
from sediff.view.words import forms_of

_LIKE = 0.75  # share of letters in common; below it proposals become guesses
_SHORTEST = 4  # letters: abbreviations are all alike


@lru_cache(maxsize=256)
def near_findings(word: str, most: int = 2) -> tuple[str, ...]:
    """Names of findings, as a report writes them, whose words are spelt like `word`.

    Args:
        word: one word as typed.
        most: how many.
    """
    plain = fold(word)
    if len(plain) < _SHORTEST:
        return ()
    known = _names_by_word()
    for near in difflib.get_close_matches(plain, known, n=most, cutoff=_LIKE):
        names = [name for name in known[near] if read(name).findings]
        if names:
            return tuple(names[:most])
    return ()


@lru_cache(maxsize=1)
def _names_by_word() -> dict[str, list[str]]:
    """Word of a name or synonym -> the names of findings that hold it, the plainest first."""
    found: dict[str, list[str]] = {}
    for finding in FINDINGS.values():
        if finding.drawable and not finding.vague:
            for form in forms_of(finding):
                _add(found, form)
    for names in found.values():
        names.sort(key=lambda name: (len(name.split()), len(name)))
    return found


def _add(found: dict[str, list[str]], form: Finding) -> None:
    phrases = (form.name, *form.english, *form.german)
    for word in {word for phrase in phrases for word in fold(phrase).split()}:
        if len(word) >= _SHORTEST and form.name not in found.setdefault(word, []):
            found[word].append(form.name)
