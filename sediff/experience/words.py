"""Words of queries and snippets: spoken spelling, stems, and the correction of misspelt words."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sediff.assets import ASSETS
from sediff.findings.meaning import word_set
from sediff.findings.tokens import fold

_WORD = re.compile(r"[^\W\d_]+\d?[^\W\d_]*(?:\d[^\W_]*)*|\d:\d")
_LONGEST = 40  # nothing longer is a word
# English and German words that say nothing of an ECG, and how people ask.
STOP = word_set(
    "a an the of in on at to is are was were be been am has have had do does did with by for as "
    "from this that these those it its there which who whom what when where why how can could "
    "should would will may might must i me my we our you your he his she her they them their and "
    "or but if then than so not no into onto about over under between out off up down just very "
    "some any all each both more most much many few such same other only also too s t d ll re ve "
    "mean means meaning explain tell show shows showing see seen look looks like please help "
    "give want need know understand question does doctor said says say get got call called "
    "ecg ekg patient patients lead leads tracing trace 12 diagnosis report findings finding sign "
    "signs pattern change changes cause causes year years old yo y man woman male female boy girl "
    "der die das des dem den ein eine einer eines einem einen und oder aber mit ohne im am zu zum "
    "zur fuer auf als von vom ist sind nach bei aus wie was warum wieso wer wo wann welche welcher "
    "ich mein meine er sie es wir ihr nicht kein keine keinen sich auch noch nur man kann hat habe "
    "haben wird werden war bedeutet heisst patientin befund ableitung ableitungen jahre alt "
    "jaehrige jaehriger frau mann bitte erklaeren rather instead statt anstatt anstelle sondern "
    "oder eher opposed contrast unlike"
)
# What stands around a finding in a clinic's question: known, without effect.
CONTEXT = word_set(
    "chest pain pains palpitation palpitations syncope dizzy dizziness faint fainted fainting "
    "collapse breathless breathlessness dyspnoea dyspnea emergency ward clinic hospital admitted "
    "elderly young athlete history known new recent morning today yesterday night rest exercise "
    "brustschmerz brustschmerzen schwindel ohnmacht synkope luftnot atemnot notaufnahme "
    "asymptomatic routine check student exam criteria criterion difference differentiate "
    "distinguish versus vs treat treatment next step management mechanism mistaken mimic mimics "
    "unterschied kriterien behandlung suspected possible probable"
)
# Words of findings that stand in every other text as well: alone they speak for no finding.
GENERAL = word_set(
    "left right high low long short normal slow fast rapid wide broad narrow small big large old "
    "new acute first second third degree complete incomplete partial extra early late delay "
    "block blocked branch branches wave waves line lines side wall muscle power pattern rotation "
    "transition response pause stage contact rate limit junction front back top bottom outside "
    "inside strain loss lost drop dropped swap swapped switch type strong weak broken damage "
    "damaged change missing absent increase raised deep tall flat sharp point peak run stop "
    "water fluid cold body skin brain effect drug poisoning toxicity electrical electric power "
    "current cable cables wire wires signal signals voltage interference one two three every "
    "delayed stopped sudden suddenly time times hour hours minute minutes per takes take too high"
)
# One of these shows that the query is about the heart or its ECG.
CARDIAC = word_set(
    "heart heartbeat heartbeats cardiac cardio herz herzens ecg ekg electrocardiogram pulse puls "
    "beat beats rhythm rhythmus arrhythmia qrs qt qtc pr pq st t p q r u v1 v2 v3 v4 v5 v6 avr avl "
    "avf electrode electrodes pacemaker schrittmacher atrial ventricular atrium ventricle atria "
    "ventricles chamber chambers infarct infarction infarkt coronary bundle av sinus fibrillation "
    "flutter tachycardia bradycardia herzschlag palpitations herzrasen smartwatch bpm defibrillator"
)
_SPOKEN = (
    ("ph", "f"), ("th", "t"), ("rrh", "r"), ("rh", "r"), ("wh", "w"), ("ck", "k"), ("ch", "k"),
    ("qu", "k"), ("ae", "e"), ("oe", "o"), ("ue", "u"), ("ie", "i"), ("ei", "i"), ("ea", "e"),
    ("ou", "o"), ("y", "i"), ("c", "k"), ("z", "s"), ("v", "f"), ("j", "i"),
)  # fmt: skip
_ENDINGS = (
    "ungen", "ation", "ations", "ing", "ung", "ies", "ive", "ed", "es", "en", "er", "em", "al",
    "e", "s", "n",
)  # fmt: skip
_SHORTEST_STEM = 4
_SHORT = 4  # letters: such words have too many neighbours to be corrected freely
_LAST_L, _LAST_T = re.compile(r"(?<=.{3})(?:[aeio]l|le)$"), re.compile(r"(?<=.{3})(?:ed|t)$")


def split(text: str) -> list[str]:
    """Folded words of `text`, with marks and lone numbers left out."""
    return [word for word in _WORD.findall(fold(text)) if len(word) <= _LONGEST]


@lru_cache(maxsize=16384)
def spoken(word: str) -> str:
    """How a folded word sounds, roughly: 'fibrilation' and 'fibrillation' give the same."""
    for letters, sound in _SPOKEN:
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A folded word without its ending, as it sounds: what BM25 counts."""
    if not word.isalpha() or len(word) < _SHORTEST_STEM:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return spoken(word.removesuffix(ending))
    return spoken(word)


def stems(text: str) -> list[str]:
    """The stems of `text` without words that say nothing, in order."""
    return [stem(word) for word in split(text) if word not in STOP]


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Whole words of the encoder's tokenizer: common words, which nobody should correct."""
    try:
        tokens = json.loads((ASSETS / "text_encoder" / "tokenizer.json").read_text("utf-8"))
        vocabulary: Mapping[str, int] = tokens["model"]["vocab"]
    except (OSError, ValueError, KeyError):
        return frozenset()  # the encoder itself says what is wrong with its files
    return frozenset(word for word in vocabulary if len(word) > 3 and word.isalpha())


class Speller:
    """Corrects words that nobody knows to words of the vocabulary; others it leaves alone."""

    def __init__(self, words: Iterable[str], stand: Iterable[str] = ()) -> None:
        """Take the folded words to correct to, and those that also stand as they are."""
        targets = frozenset(words)
        self._known = targets | frozenset(stand)
        self._by_start: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
        for word in sorted(targets):
            if len(word) > 3 and word.isalpha():
                sound = spoken(word)
                row = (word, sound, _pairs(sound))
                self._by_start.setdefault(sound[0], []).append(row)
        self._correct = lru_cache(maxsize=8192)(self._nearest)

    def correct(self, word: str) -> str:
        """Return the word of the vocabulary that a folded word was meant to be, or the word."""
        if len(word) < 4 or not word.isalpha() or word in self._known or word in STOP:
            return word
        return word if word in english_words() else self._correct(word)

    def correct_text(self, text: str) -> str:
        """Return folded `text` with its misspelt words corrected; all else stays as it is."""
        return _WORD.sub(lambda match: self.correct(match.group()), fold(text))

    def _nearest(self, word: str) -> str:
        sound = spoken(word)
        pairs, allowed = _pairs(sound), _allowed(len(word))
        best: tuple[float, float, str] | None = None
        for known, other, known_pairs in self._by_start.get(sound[0], ()):
            if abs(len(sound) - len(other)) > max(allowed, 1):
                continue
            common = 2 * len(pairs & known_pairs) / (len(pairs) + len(known_pairs))
            if common < 0.4:
                continue
            errors = 0 if _alike(sound, other) else distance(sound, other, allowed)
            if errors <= allowed and (best is None or (errors, -common) < best[:2]):
                best = (errors, -common, known)
        return best[2] if best else word


def _alike(sound: str, other: str) -> bool:
    """Whether two sounds differ in the last syllable only ('bundal'), or a short word by one
    letter that was left out ('righ')."""
    if len(sound) == _SHORT and len(other) == _SHORT + 1:
        return any(other[:i] + other[i + 1 :] == sound for i in range(1, len(other)))
    return len(sound) > _SHORT and _ended(sound) == _ended(other)


def _ended(sound: str) -> str:
    return _LAST_T.sub("d", _LAST_L.sub("l", sound))


def _allowed(length: int) -> int:
    """Errors that a word of so many letters may have."""
    return 0 if length < 5 else 1 if length < 9 else 2 if length < 14 else 3


def _pairs(sound: str) -> frozenset[str]:
    marked = f"^{sound}$"
    return frozenset(marked[i : i + 2] for i in range(len(marked) - 1))


def distance(a: str, b: str, most: int) -> int:
    """Letters to insert, leave out, change or swap with the next; `most` + 1 where it is more."""
    before, row = list(range(len(b) + 1)), list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
