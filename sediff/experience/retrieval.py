"""`Retriever`: a query in, the snippets that answer it out, each with why it came.

The vocabulary's reader, BM25 and the sentence encoder each say how well a finding answers
(`ranking`); findings that are sure enough then give their snippets, in the order of `hedging`.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np

from sediff.experience.asked import Asked, Named, understand
from sediff.experience.contrast import CONTRASTS
from sediff.experience.corpus import Corpus, build_corpus, with_snippets
from sediff.experience.everyday import EVERYDAY_WORDS
from sediff.experience.hedging import ordered, shown
from sediff.experience.library import Library, shipped_library
from sediff.experience.ranking import IDS, Closeness, Evidence, Gather, WordIndex, weigh
from sediff.experience.shorthand import SHORT_WORDS
from sediff.experience.snippet import ASPECTS, OWN, Snippet
from sediff.experience.strangers import STRANGERS
from sediff.experience.vectors import Encoder, Floats, encode_all, load_vectors
from sediff.experience.words import CONTEXT, STOP, Speller, split, stem
from sediff.findings import FINDINGS
from sediff.findings.lexicon import LEXICON
from sediff.findings.meaning import word_set

CLOSE = 0.4  # less sure than this that anything is close: nothing is shown
_SOFTEN = 0.5  # logits tell one best finding; further ones that are named fall off more slowly
_NAMED = 0.8  # a finding that the query names is at least so sure, against the best one
_ALL_READ = 0.99  # share of the words that the reader used
# Findings that say what is seen, and leave open what it is.
_SEEN = word_set(
    "st_elevation st_depression t_inversion t_abnormality low_t q_waves abnormal_qrs tachycardia "
    "bradycardia premature_complexes supraventricular_arrhythmia bundle_branch_block av_block "
    "nonspecific_st nonspecific_t nondiagnostic_t sinus_rhythm infarct ischaemia high_voltage "
    "st_elevation_anterior st_elevation_inferior st_elevation_lateral rapid_response slow_response"
)
_BEHIND = 3.0  # logits
_ASKED_FOR, _FITS, _PER_ASPECT = 1.0, 0.1, 0.02  # order within a finding
_SAYS_SO = 0.5  # closeness from which it is worth naming
_STALE = "The shipped vectors do not belong to this library and encoder: texts were encoded anew."


@dataclass(frozen=True)
class Hit:
    """A snippet that answers; `score` 0..1 falls along the list; `matched` says why it came."""

    snippet: Snippet
    score: float
    matched: str


class Retriever:
    """Searches a library; two threads may search at once."""

    def __init__(self, library: Library, encoder: Encoder, vectors: Floats | None = None) -> None:
        """Index `library`.

        Args:
            library: what is searched.
            encoder: of queries, and of the passages where `vectors` does not hold them.
            vectors: (n, d) of all texts of `build_corpus(library)`; None or another number of
                rows: they are encoded here, which takes seconds; `notes` then says so.
        """
        self._encoder, self._lock = encoder, threading.Lock()
        self.notes: tuple[str, ...] = ()
        corpus = build_corpus(library)
        if vectors is None or len(vectors) != len(corpus.texts):
            vectors = encode_all(encoder, corpus.texts)
            self.notes = (_STALE,)
        count = len(corpus.passages)
        self._shipped, self._shipped_vectors = corpus, vectors[:count]
        self._strangers = vectors[count : count + len(STRANGERS)]
        self._speller = _speller(corpus)
        self._take(corpus, self._shipped_vectors)

    def _take(self, corpus: Corpus, vectors: Floats) -> None:
        self._corpus = corpus
        self._words = WordIndex(corpus)
        self._closeness = Closeness(vectors, self._strangers)
        self._gather = Gather(corpus)
        self._rows: dict[str, list[int]] = {id: [] for id in IDS}
        for row, snippet in enumerate(corpus.snippets):
            self._rows[snippet.finding].append(row)

    def with_own(self, own: Sequence[Snippet]) -> "Retriever":
        """A retriever that also finds the user's snippets; encodes only these."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        corpus, vectors = self._shipped, self._shipped_vectors
        if own:
            added = with_snippets(corpus, own)
            count = len(corpus.snippets)
            texts = [passage.text for passage in added.passages[count : count + len(own)]]
            with self._lock:
                new = encode_all(self._encoder, texts)
            corpus, vectors = added, np.concatenate([vectors[:count], new, vectors[count:]])
        other._take(corpus, vectors)
        return other

    def search(
        self,
        query: str,
        age: float | None = None,
        sex: str | None = None,
        limit: int = 6,
        findings: Iterable[str] | None = None,
    ) -> tuple[Hit, ...]:
        """Find what the library knows of a query.

        Args:
            query: any text; the first `sediff.spec.MAX_REPORT` characters count.
            age, sex: of the patient; where not given, what the query says of them.
            limit: most snippets.
            findings: only of these, which count as named; None: of all that the query is about.

        Returns:
            Best first; () when nothing is close. What the query denies never comes.
        """
        asked = understand(query, self._speller)
        if findings is not None:
            asked = _about(asked, findings)
        if not asked.terms and not asked.named:
            return ()
        evidence = self.evidence(asked)
        sure = self.ranked(asked, evidence, findings is not None)
        rows = {id: self._ordered(id, asked, evidence, age, sex)[:limit] for id, _ in sure}
        hits = islice(ordered(sure, rows, asked), limit)
        return tuple(self._hit(row, score, asked, evidence) for row, score in hits)

    def ranked(
        self, asked: Asked, evidence: Evidence, named_only: bool = False
    ) -> list[tuple[str, float]]:
        """Findings that answer, the surest first, with how sure (0..1)."""
        close = 1.0 if named_only else evidence.close
        if close < CLOSE:
            return []
        fit = evidence.fit
        for k, id in enumerate(IDS):
            if not self._rows[id] or id in asked.barred or (named_only and id not in asked.named):
                fit[k] = -np.inf
        if not np.isfinite(fit.max()):
            return []
        self._prefer_exact(asked, fit)
        sure = np.exp((fit - fit.max()) * _SOFTEN)
        for k, id in enumerate(IDS):
            if id in asked.named and np.isfinite(fit[k]):
                sure[k] = max(sure[k], _NAMED * asked.named[id].certainty)
            elif asked.known > _ALL_READ and id not in asked.described:
                sure[k] = 0  # every word is a name: what merely sounds alike is not meant
        order = np.argsort(-sure, kind="stable")
        ranked = [(IDS[k], close * float(sure[k])) for k in order if sure[k] > 0]
        return shown(ranked, asked)

    def _prefer_exact(self, asked: Asked, fit: Floats) -> None:
        """'ST elevation, early repolarisation': what is seen stands behind what it is."""
        meant = {*asked.named, *asked.described}
        if not meant <= _SEEN:
            for id in meant & _SEEN:
                fit[IDS.index(id)] -= _BEHIND

    def understand(self, query: str) -> Asked:
        """How the query is read: findings, denials, patient, aspect."""
        return understand(query, self._speller)

    def evidence(self, asked: Asked) -> Evidence:
        """What reader, BM25 and encoder say of each finding."""
        texts = [asked.plain]
        if asked.clinical != asked.plain:  # a report of nothing but names needs only these
            texts = [asked.clinical] if asked.known > _ALL_READ else [*texts, asked.clinical]
        with self._lock:  # the tokenizer must not be used by two threads at once
            queries = self._encoder.embed(texts)
        near = self._closeness.of(queries)
        return weigh(asked, self._words.scores(asked.terms), near, self._gather)

    def _ordered(
        self, id: str, asked: Asked, evidence: Evidence, age: float | None, sex: str | None
    ) -> list[int]:
        """Rows of a finding's snippets that hold for the patient: what is asked for first."""
        age, sex = (asked.age if age is None else age), sex or asked.sex
        stage = asked.named[id].stage if id in asked.named else ""

        def rank(row: int) -> tuple[bool, float]:
            one = self._corpus.snippets[row]
            other_stage = bool(stage and one.stage and one.stage != stage)
            fits = (one.sex is not None and sex is not None) or (
                age is not None and (one.age_min is not None or one.age_max is not None)
            )
            worth = float(evidence.words[row] + evidence.near[row])
            worth += _ASKED_FOR * (one.aspect == (asked.aspect or "look")) + _FITS * fits
            worth += _FITS * (one.source.key == OWN) - _PER_ASPECT * ASPECTS.index(one.aspect)
            return other_stage, -worth

        held = [row for row in self._rows[id] if self._corpus.snippets[row].holds_for(age, sex)]
        return sorted(held, key=rank)

    def _hit(self, row: int, score: float, asked: Asked, evidence: Evidence) -> Hit:
        snippet = self._corpus.snippets[row]
        said = asked.named.get(snippet.finding)
        near = float(evidence.near[row])
        reasons = [_said(snippet.finding, said)] if said else []
        words = _shared(asked, f"{FINDINGS[snippet.finding].name} {snippet.text}")
        if words and not said:
            reasons.append(f"words: {', '.join(words[:5])}")
        if near >= _SAYS_SO or not reasons:
            reasons.append(f"close in meaning ({max(near, 0):.2f})")
        return Hit(snippet, round(min(score, 1.0), 4), "; ".join(reasons))


def _about(asked: Asked, findings: Iterable[str]) -> Asked:
    """The same question about given findings only."""
    chosen = {
        id: asked.named.get(id, Named(1.0, "", FINDINGS[id].name))
        for id in findings
        if id in FINDINGS and id not in asked.denied
    }
    return Asked(**{**vars(asked), "named": chosen, "known": 1.0 if chosen else 0.0})


def _said(id: str, said: Named) -> str:
    name = FINDINGS[id].name
    verb = "states" if said.certainty >= 0.8 else "holds possible:"
    plain = said.words.lower() in (name.lower(), "")
    return f"report {verb} {name}" + ("" if plain else f" ({said.words})")


def _shared(asked: Asked, text: str) -> list[str]:
    """Words that query and text have in common, as the query writes them."""
    there = {stem(word) for word in split(text)}
    words = dict.fromkeys(split(asked.clinical))
    return [word for word in words if word not in STOP | CONTEXT and stem(word) in there]


def _speller(corpus: Corpus) -> Speller:
    """Corrects to words of the reader and of the names; words of the snippets may stand."""
    words = {word for phrase in LEXICON for word in phrase} | CONTRASTS
    stand = set(EVERYDAY_WORDS | SHORT_WORDS)
    for passage in corpus.passages:
        (words if passage.kind == "phrase" else stand).update(split(passage.text))
    return Speller(words, stand)


@lru_cache(maxsize=1)
def shipped_retriever() -> Retriever:
    """The retriever of the shipped library and encoder, made once.

    Raises:
        WeightsError: library or encoder are missing or damaged.
    """
    # Imported here: torch and transformers take seconds, which no import should cost.
    from sediff.diffusion.text import shared_encoder

    library = shipped_library()
    return Retriever(library, shared_encoder(), load_vectors(build_corpus(library).texts))
