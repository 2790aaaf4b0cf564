"""Fits the weights of `sediff.experience.ranking` on the development queries."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from scipy.optimize import minimize

from sediff.experience import ranking
from sediff.experience.ranking import IDS
from sediff.experience.retrieval import Retriever

_STRANGE = 2.0  # a query about something else counts so often: there are fewer of them
_LEAST = 0.3  # every source keeps a say in the rank, even where these queries do not need it


class Labelled(Protocol):
    """A query with its answer, as `sediff.evaluation.retrieval.Query`."""

    @property
    def text(self) -> str: ...  # noqa: D102

    @property
    def kind(self) -> str: ...  # noqa: D102

    @property
    def expect(self) -> tuple[str, ...]: ...  # noqa: D102


def fit(retriever: Retriever, queries: Sequence[Labelled]) -> str:
    """Return the lines to put into `ranking`: weights that fit these queries best."""
    lists: list[tuple[np.ndarray, np.ndarray, bool]] = []
    gates: list[np.ndarray] = []
    close: list[bool] = []
    for query in queries:
        asked = retriever.understand(query.text)
        denies_all = query.kind == "negation" and not query.expect
        if denies_all or not (asked.terms or asked.named or asked.described):
            continue
        evidence = retriever.evidence(asked)
        gates.append(evidence.gate)
        close.append(bool(query.expect))
        open_ = np.array([id not in asked.barred for id in IDS])
        right = np.array([id in query.expect for id in IDS])[open_]
        if right.any():
            lists.append((evidence.rank[open_], right, query.kind == "combination"))
    rank = _fit_rank(lists)
    gate = _fit_gate(np.stack(gates), np.array(close))
    return (
        f"RANK_WEIGHTS = {_text(rank)}\nGATE_WEIGHTS = {_text(gate[:-1])}\n"
        f"GATE_BIAS = {gate[-1]:.2f}"
    )


def _text(weights: np.ndarray) -> str:
    return "(" + ", ".join(f"{weight:.2f}" for weight in weights) + ")"


def _fit_rank(lists: Sequence[tuple[np.ndarray, np.ndarray, bool]]) -> np.ndarray:
    """Multinomial: any right finding may be first; of a combination all are to be."""

    def loss(weights: np.ndarray) -> float:
        total = 0.05 * float(weights @ weights)
        for features, right, all_of in lists:
            logits = features @ weights
            whole = np.logaddexp.reduce(logits)
            best = logits[right].mean() if all_of else np.logaddexp.reduce(logits[right])
            total += float(whole - best)
        return total

    n = len(ranking.RANK_FEATURES)
    return minimize(loss, np.ones(n), method="L-BFGS-B", bounds=[(_LEAST, None)] * n).x


def _fit_gate(gates: np.ndarray, close: np.ndarray) -> np.ndarray:
    """Logistic; closeness to texts about something else may only speak against."""
    weight = np.where(close, 1.0, _STRANGE)

    def loss(parameters: np.ndarray) -> float:
        logits = gates @ parameters[:-1] + parameters[-1]
        errors = float((weight * (np.logaddexp(0, logits) - close * logits)).sum())
        return errors + 0.1 * float(parameters[:-1] @ parameters[:-1])

    n = len(ranking.GATE_FEATURES)
    bounds = [(0, None)] * (n - 1) + [(None, -1.0), (None, None)]
    return minimize(loss, np.zeros(n + 1), method="L-BFGS-B", bounds=bounds).x
