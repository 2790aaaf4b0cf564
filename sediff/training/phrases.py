"""Pairs of sentences that say the same of an ECG: what the text encoder is fine-tuned on.

Of the vocabulary: two wordings (English, German, abbreviated, misspelled, with patient or
filler) of the same findings. Of PTB-XL: a real report and a composed one of its statements.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sediff.findings import FINDINGS
from sediff.findings.writing import compose, compose_german
from sediff.spec import Stated

_TYPO, _FRAMED, _DENIED, _SEVERAL = 0.3, 0.35, 0.12, 0.35  # shares of the wordings
_FRAMES = (
    "{}", "ECG shows {}", "ECG with {}", "{} on the ECG", "what does {} look like",
    "how do I recognise {}", "criteria of {}", "patient with {}", "EKG zeigt {}", "EKG bei {}",
    "was spricht für {}", "Patient mit {}", "show me {}", "12-lead: {}", "Z.n. {}", "hx of {}",
)  # fmt: skip
_PEOPLE = (
    "{age}-year-old {sex}, {text}", "{age}{s} {text}", "{age} yo {sex} with {text}",
    "{text}, {age} years, {sex}", "{age} J., {text}", "{text}. Rate {rate}.", "HR {rate}, {text}",
)  # fmt: skip


@dataclass(frozen=True)
class Saying:
    """One sentence and what it states: finding ids with their stage, 'id@stage'."""

    text: str
    states: frozenset[str]


@dataclass(frozen=True)
class Form:
    """A finding at one stage ('' for the whole) with all its wordings.

    Attributes:
        key: 'id' or 'id@stage'. names: English and German ways to say it.
        lessons: sentences that teach it.
    """

    key: str
    names: tuple[str, ...]
    lessons: tuple[str, ...] = ()

    @property
    def stated(self) -> Stated:
        """As the reader would return it."""
        finding, _, stage = self.key.partition("@")
        return Stated(finding, stage=stage)


def all_forms(lessons: Callable[[str], Sequence[str]] = lambda _: ()) -> list[Form]:
    """Every finding and stage of the vocabulary.

    Args:
        lessons: finding id -> sentences about it, lay words included.
    """
    forms = []
    for finding in FINDINGS.values():
        names = tuple(dict.fromkeys((finding.name, *finding.english, *finding.german)))
        forms.append(Form(finding.id, names, tuple(lessons(finding.id))))
        for stage in finding.stages:
            words = tuple(dict.fromkeys((stage.name, *stage.english, *stage.german)))
            if not set(words) <= set(names):
                forms.append(Form(f"{finding.id}@{stage.id}", words))
    return forms


def misspell(text: str, rng: np.random.Generator) -> str:
    """Drop, double, swap or replace one letter of one longer word."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    i = long[rng.integers(len(long))]
    word, at = words[i], int(rng.integers(1, len(words[i]) - 1))
    way = rng.integers(4)
    if way == 0:
        word = word[:at] + word[at + 1 :]
    elif way == 1:
        word = word[:at] + word[at] + word[at:]
    elif way == 2:
        word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    else:
        word = word[:at] + "abcdefghiklmnoprstuvwyz"[rng.integers(23)] + word[at + 1 :]
    words[i] = word
    return " ".join(words)


def _dressed(text: str, rng: np.random.Generator) -> str:
    """With a typo, inside a question, after a patient, in another case; or as it is."""
    if rng.random() < _TYPO:
        text = misspell(text, rng)
    if rng.random() < _FRAMED:
        text = _FRAMES[rng.integers(len(_FRAMES))].format(text)
    if rng.random() < _FRAMED:
        male = bool(rng.random() < 0.5)
        text = _PEOPLE[rng.integers(len(_PEOPLE))].format(
            text=text,
            age=rng.integers(20, 95),
            sex="man" if male else "woman",
            s="m" if male else "f",
            rate=rng.integers(45, 150),
        )
    return text


def say(forms: Sequence[Form], rng: np.random.Generator, denied: Form | None = None) -> Saying:
    """One wording of some forms together; `denied` is said to be absent."""
    states = frozenset(form.key for form in forms)
    if len(forms) == 1 and forms[0].lessons and rng.random() < 0.3:
        return Saying(forms[0].lessons[rng.integers(len(forms[0].lessons))], states)
    if rng.random() < 0.5:
        write = compose_german if rng.random() < 0.35 else compose
        text = write([form.stated for form in forms], rng)
    else:
        order = rng.permutation(len(forms))
        picked = [forms[i].names[rng.integers(len(forms[i].names))] for i in order]
        text = (", ", " + ", " and ", " with ", "; ")[rng.integers(5)].join(picked)
    text = _dressed(text, rng)
    if denied is not None:
        no = ("no {}", "without {}", "kein {}", "ohne {}", "no evidence of {}")[rng.integers(5)]
        text = f"{text}, {no.format(denied.names[rng.integers(len(denied.names))])}"
    return Saying(text, states)


def draw_pairs(
    forms: Sequence[Form],
    neighbours: Sequence[Sequence[int]],
    size: int,
    rng: np.random.Generator,
) -> list[tuple[Saying, Saying]]:
    """`size` pairs; forms that are easily confused come into the same batch.

    Args:
        neighbours: for each form the rows of those most like it, nearest first.
    """
    pairs: list[tuple[Saying, Saying]] = []
    while len(pairs) < size:
        first = int(rng.integers(len(forms)))
        for row in (first, *list(neighbours[first])[:5]):
            chosen = [forms[row]]
            if rng.random() < _SEVERAL:
                others = rng.choice(len(forms), int(rng.integers(1, 3)), replace=False)
                chosen += [forms[i] for i in others if i != row]
            twin = forms[neighbours[row][int(rng.integers(len(neighbours[row])))]]
            no = twin if rng.random() < _DENIED else None
            pairs.append((say(chosen, rng, no), say(chosen, rng)))
    return pairs[:size]
