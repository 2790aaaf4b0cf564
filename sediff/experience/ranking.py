"""How well each finding answers a query: reader, BM25 and sentence encoder, fused.

BM25 (Robertson & Zaragoza, Found Trends Inf Retr 2009) runs over single passages and over all
that is written of a finding; both are given as the share of the best possible score, so that a
query with many unknown words scores low. Closeness is a cosine on a scale where texts about
something else lie at 0 and equal texts at 1, so that other encoder weights shift it little.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
import numpy.typing as npt

from sediff.experience.asked import Asked
from sediff.experience.corpus import Corpus
from sediff.experience.words import CARDIAC, CONTEXT, GENERAL, split, stem, stems
from sediff.findings import FINDINGS

Floats = npt.NDArray[np.float32]
IDS: tuple[str, ...] = tuple(FINDINGS)
_AT = {id: k for k, id in enumerate(IDS)}
_PHRASE_WEIGHT = 3  # in the document of a finding its names count so often
_GENERAL_STEMS = frozenset(stem(word) for word in GENERAL)
_GENERAL_WEIGHT = 0.25
_CARDIAC_STEMS = frozenset(stem(word) for word in CARDIAC)
_CONTEXT_STEMS = frozenset(stem(word) for word in CONTEXT)
_CONTEXT_WEIGHT = 0.2  # of words such as 'chest pain', which stand around every finding

# Fitted on the development queries: `python -m sediff.evaluation.retrieval --fit` prints them anew.
# Which finding: multinomial logistic regression over all findings of a query.
RANK_FEATURES = ("named", "named and known", "described", "passage", "document", "phrase", "text",
                 "ranks")  # fmt: skip
RANK_WEIGHTS = (0.53, 4.99, 8.96, 2.49, 3.96, 5.60, 0.30, 1.20)
# Whether anything is close: logistic regression over queries.
GATE_FEATURES = ("named", "known", "described", "share", "words", "phrase", "text",
                 "cardiac", "stranger")  # fmt: skip
GATE_WEIGHTS = (2.26, 3.73, 2.52, 4.32, 2.33, 4.93, 2.97, 2.57, -2.79)
GATE_BIAS = -6.88


class WordIndex:
    """BM25 over passages and over findings."""

    def __init__(self, corpus: Corpus) -> None:
        """Index the corpus."""
        tokens = [stems(passage.text) for passage in corpus.passages]
        documents: list[list[str]] = [[] for _ in IDS]
        for passage, row in zip(corpus.passages, tokens, strict=True):
            times = _PHRASE_WEIGHT if passage.kind == "phrase" else 1
            documents[_AT[passage.finding]] += row * times
        self._passages, self._passage_idf = _index(tokens)
        self._documents, self._document_idf = _index(documents)

    def scores(self, terms: Sequence[str]) -> tuple[Floats, Floats]:
        """Shares (0..1) of the best score of (n_passages,) passages and (n_findings,) findings."""
        return (
            _share(self._passages, self._passage_idf, terms),
            _share(self._documents, self._document_idf, terms),
        )


def _index(tokens: list[list[str]]) -> tuple[bm25s.BM25, Mapping[str, float]]:
    engine = bm25s.BM25(k1=0.9, b=0.4)
    engine.index([row or ["-"] for row in tokens], show_progress=False)
    counts = Counter(word for row in tokens for word in set(row))
    n = len(tokens)
    return engine, {word: math.log(1 + (n - k + 0.5) / (k + 0.5)) for word, k in counts.items()}


def _share(engine: bm25s.BM25, idf: Mapping[str, float], terms: Sequence[str]) -> Floats:
    """BM25 as a share of what a text with all the terms could score; unknown terms count fully."""
    most = max(idf.values())
    best = sum(
        idf.get(term, most) * (_CONTEXT_WEIGHT if term in _CONTEXT_STEMS else 1) for term in terms
    )
    known = [term for term in terms if term in idf]
    if not known:
        return np.zeros(int(engine.scores["num_docs"]), np.float32)
    return np.minimum(engine.get_scores(known) / best, 1).astype(np.float32)


class Closeness:
    """Cosines to the passages on a scale from 0 (about something else) to 1 (equal)."""

    def __init__(self, vectors: Floats, strangers: Floats) -> None:
        """Take (n_passages, d) and (n_strangers, d) unit vectors."""
        self._vectors, self._strangers = vectors, strangers
        self._floor = float((strangers @ vectors.T).max(1).mean())

    def of(self, queries: Floats) -> tuple[Floats, float]:
        """(n_passages,) closeness of the nearest of (k, d) queries; the same to the strangers."""
        near = (queries @ self._vectors.T).max(0)
        strange = float((queries[:1] @ self._strangers.T).max())
        return self._scaled(near), float(self._scaled(np.float32(strange)))

    def _scaled(self, cosine: Floats | np.float32) -> Floats:
        return np.asarray((cosine - self._floor) / max(1 - self._floor, 1e-3), np.float32)


@dataclass(frozen=True)
class Evidence:
    """What speaks for each passage and each finding.

    Attributes:
        words, near: (n_passages,) share of BM25 and closeness.
        rank: (n_findings, 8) features of each finding. gate: (9,) features of the query.
    """

    words: Floats
    near: Floats
    rank: Floats
    gate: Floats

    @property
    def close(self) -> float:
        """How sure it is that anything is close, 0 to 1."""
        return float(sigmoid(self.gate @ np.asarray(GATE_WEIGHTS, np.float32) + GATE_BIAS))

    @property
    def fit(self) -> Floats:
        """(n_findings,) logits: how well each finding answers against the others."""
        return self.rank @ np.asarray(RANK_WEIGHTS, np.float32)


def sigmoid(x: Floats | np.float32) -> Floats:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float32)


class Gather:
    """Takes the best passage of each finding: maxima over groups of passages."""

    def __init__(self, corpus: Corpus) -> None:
        """Remember which passage belongs to which finding."""
        self._of = np.array([_AT[passage.finding] for passage in corpus.passages])
        self._phrase = np.array([passage.kind == "phrase" for passage in corpus.passages])
        self._names = {
            term
            for passage in corpus.passages
            if passage.kind == "phrase"
            for term in stems(passage.text)
        }

    def share(self, terms: Sequence[str]) -> float:
        """Share (0..1) of the terms that the names of findings hold; common words count less."""
        known = sum(
            _GENERAL_WEIGHT if term in _GENERAL_STEMS else 1.0
            for term in terms
            if term in self._names and term not in _CONTEXT_STEMS
        )
        return known / max(1, sum(term not in _CONTEXT_STEMS for term in terms))

    def best(self, values: Floats, phrases: bool | None = None) -> Floats:
        """(n_findings,) maxima of (n_passages,) values; of phrases only, or of the others only."""
        take = slice(None) if phrases is None else self._phrase == phrases
        result = np.full(len(IDS), -1, np.float32)
        np.maximum.at(result, self._of[take], values[take])
        return result


def weigh(
    asked: Asked, words: tuple[Floats, Floats], near: tuple[Floats, float], gather: Gather
) -> Evidence:
    """Bring what the three say of each finding into one table."""
    passages, documents = words
    named = _column({id: said.certainty for id, said in asked.named.items()})
    described = _column(dict.fromkeys(asked.described, 1.0))
    best = gather.best(passages)
    phrase, text = gather.best(near[0], phrases=True), gather.best(near[0], phrases=False)
    ranks = (_ranks(best) + _ranks(documents) + _ranks(phrase) + _ranks(text)) / 4
    rank = (named, named * asked.known, described, best, documents, phrase, text, ranks)
    gate = (
        float(named.any()),  # 'LBBB?' is as much about the heart as 'LBBB'
        asked.known * named.any(),
        described.max(),
        gather.share(asked.terms),
        max(documents.max(), best.max()),
        phrase.max(),
        text.max(),
        float(not _CARDIAC_STEMS.isdisjoint([*asked.terms, *map(stem, split(asked.plain))])),
        near[1],
    )
    return Evidence(passages, near[0], np.stack(rank, 1), np.array(gate, np.float32))


def _column(values: Mapping[str, float]) -> Floats:
    return np.array([values.get(id, 0.0) for id in IDS], np.float32)


def _ranks(values: Floats) -> Floats:
    """Reciprocal ranks (Cormack et al., SIGIR 2009): 1 for the best, then 2/3, 1/2, 2/5 .."""
    place = np.empty(len(values), np.float32)
    place[np.argsort(-values, kind="stable")] = np.arange(len(values))
    return np.asarray(2 / (place + 2), np.float32)
