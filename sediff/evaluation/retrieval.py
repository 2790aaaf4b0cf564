"""`python -m sediff.evaluation.retrieval`: how often retrieval finds the right finding.

Compared with plain BM25 and plain sentence encoders on the same material. These rank findings by
their best passage, and say 'nothing close' below the score that serves them best on the
development queries.
"""

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from sediff.errors import DataError, SediffError
from sediff.experience.corpus import Corpus, build_corpus
from sediff.experience.library import shipped_library
from sediff.experience.retrieval import Retriever, shipped_retriever
from sediff.experience.vectors import Encoder, Floats, encode_all, load_vectors
from sediff.findings import FINDINGS
from sediff.findings.tokens import fold

HERE = Path(__file__).parent
QUERIES, DEVELOPMENT = HERE / "queries.jsonl", HERE / "retrieval_dev.jsonl"
FIRST = 6  # hits that a page shows

# query -> findings of its hits, best first
System = Callable[[str], Sequence[str]]
# query -> (findings, best first; how good the best is)
Scorer = Callable[[str], tuple[Sequence[str], float]]


@dataclass(frozen=True)
class Query:
    """A query with the findings that answer it; `expect` is empty where nothing must come."""

    text: str
    kind: str
    expect: tuple[str, ...]
    never: tuple[str, ...]


def read_queries(path: Path) -> tuple[Query, ...]:
    """Read queries, one JSON object a line.

    Raises:
        DataError: the file is missing, or a line is not a query on findings of the vocabulary.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(f"The queries {path} are missing: name a file with --queries.") from error
    return tuple(_query(line, f"{path.name} line {k}") for k, line in enumerate(lines, 1) if line)


def _query(line: str, label: str) -> Query:
    try:
        row = json.loads(line)
        query = Query(row["query"], row["kind"], tuple(row["expect"]), tuple(row["never"]))
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{label} is not a query: write query, kind, expect, never.") from error
    unknown = [id for id in (*query.expect, *query.never) if id not in FINDINGS]
    if unknown:
        raise DataError(f"{label} names {unknown[0]!r}, which is no finding: correct it.")
    return query


def ours(retriever: Retriever) -> System:
    """The retriever of the app."""
    return lambda text: [hit.snippet.finding for hit in retriever.search(text, limit=FIRST)]


def plain_bm25(corpus: Corpus) -> Scorer:
    """BM25 over the passages, words as they are written."""
    engine = bm25s.BM25()
    engine.index([_words(passage.text) for passage in corpus.passages], show_progress=False)
    known = set(engine.vocab_dict)

    def search(text: str) -> tuple[Sequence[str], float]:
        words = [word for word in _words(text) if word in known]
        if not words:
            return (), 0.0
        return _best(corpus, np.asarray(engine.get_scores(words), np.float32))

    return search


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in fold(text)).split()


def plain_encoder(corpus: Corpus, encoder: Encoder, vectors: Floats | None = None) -> Scorer:
    """Cosines of a sentence encoder to the passages."""
    if vectors is None:
        vectors = encode_all(encoder, corpus.texts)
    passages = vectors[: len(corpus.passages)]
    return lambda text: _best(corpus, passages @ encoder.embed([text])[0])


def _best(corpus: Corpus, scores: Floats) -> tuple[Sequence[str], float]:
    order = np.argsort(-scores)[:200]
    ids = dict.fromkeys(corpus.passages[k].finding for k in order if scores[k] > 0)
    return list(ids)[:FIRST], float(scores[order[0]])


def with_threshold(scorer: Scorer, queries: Sequence[Query]) -> System:
    """Add 'nothing close' at the score that tells the two kinds of queries best apart."""
    scored = [(scorer(query.text)[1], bool(query.expect)) for query in queries]
    inside = np.array([score for score, close in scored if close])
    outside = np.array([score for score, close in scored if not close])
    cuts = np.unique(np.concatenate([inside, outside]))
    worth = [(inside >= cut).mean() + (outside < cut).mean() for cut in cuts]
    least = float(cuts[int(np.argmax(worth))])

    def search(text: str) -> Sequence[str]:
        ids, score = scorer(text)
        return ids if score >= least else ()

    return search


def measure(system: System, queries: Sequence[Query]) -> dict[str, Any]:
    """Figures of one system, in percent, and ms a query."""
    system(queries[0].text)  # what is made on first use
    rows: list[tuple[Query, Sequence[str]]] = []
    times = []
    for query in queries:
        start = time.perf_counter()
        rows.append((query, system(query.text)))
        times.append(1000 * (time.perf_counter() - start))
    kinds = dict.fromkeys(query.kind for query in queries)
    return {
        **_figures(rows),
        "ms median": round(float(np.median(times)), 1),
        "ms p95": round(float(np.quantile(times, 0.95)), 1),
        "kinds": {kind: _figures([row for row in rows if row[0].kind == kind]) for kind in kinds},
    }


def _figures(rows: Sequence[tuple[Query, Sequence[str]]]) -> dict[str, Any]:
    close = [(query, ids) for query, ids in rows if query.expect]
    pairs = [(query, ids) for query, ids in rows if query.never]
    several = [(query, ids) for query, ids in close if query.kind == "combination"]
    return {
        "n": len(rows),
        "top 1": _percent([ids[:1] and ids[0] in q.expect for q, ids in close]),
        "top 3": _percent([not set(q.expect).isdisjoint(ids[:3]) for q, ids in close]),
        "all named": _percent([set(q.expect) <= set(ids[:FIRST]) for q, ids in several]),
        "confused first": _percent([ids[:1] and ids[0] in q.never for q, ids in pairs]),
        "confused in 3": _percent([not set(q.never).isdisjoint(ids[:3]) for q, ids in pairs]),
        "nothing close": _percent([not ids for q, ids in rows if not q.expect]),
    }


def _percent(right: Sequence[object]) -> float | None:
    return round(100 * sum(map(bool, right)) / len(right), 1) if right else None


def table(results: Mapping[str, Mapping[str, Any]]) -> str:
    """Figures of all systems, and ours by kind, as text."""
    names = [name for name in next(iter(results.values())) if name != "kinds"]
    lines = [" | ".join(["system", *names])]
    for system, row in results.items():
        lines.append(" | ".join([system, *(_cell(row[name]) for name in names)]))
    for kind, row in results["ours"]["kinds"].items():
        lines.append(" | ".join([f"ours: {kind}", *(_cell(row.get(name)) for name in names)]))
    return "\n".join(lines)


def _cell(value: object) -> str:
    return "-" if value is None else str(value)


def wrong(system: System, queries: Sequence[Query]) -> list[str]:
    """One line for every query that is answered wrongly: to look at."""
    lines = []
    for query in queries:
        ids = list(system(query.text))
        right = ids[0] in query.expect if ids and query.expect else bool(ids) == bool(query.expect)
        if query.kind == "combination":
            right = right and set(query.expect) <= set(ids)
        if not right or not set(query.never).isdisjoint(ids[:3]):
            lines.append(f"{query.kind}: {query.text!r} -> {ids}, not {list(query.expect)}")
    return lines


def main() -> int:
    """Print the table; with `--wrong` also what went wrong, with `--fit` the weights instead."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=Path, default=QUERIES)
    parser.add_argument("--minilm", type=Path, help="folder of the published all-MiniLM-L6-v2")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--wrong", action="store_true", help="list what was answered wrongly")
    parser.add_argument("--fit", action="store_true", help="fit weights on development queries")
    arguments = parser.parse_args()
    try:
        if arguments.fit:
            from sediff.evaluation.retrieval_fit import fit

            print(fit(shipped_retriever(), read_queries(DEVELOPMENT)))
            return 0
        _compare(arguments)
    except SediffError as error:
        print(error)
        return 1
    return 0


def _compare(arguments: argparse.Namespace) -> None:
    import torch

    from sediff.diffusion.text import TextEncoder

    torch.set_num_threads(1)
    queries, development = read_queries(arguments.queries), read_queries(DEVELOPMENT)
    corpus = build_corpus(shipped_library())
    encoder = TextEncoder()
    vectors = load_vectors(corpus.texts)
    scorers = {
        "plain BM25": plain_bm25(corpus),
        "shipped encoder": plain_encoder(corpus, encoder, vectors),
    }
    if arguments.minilm:
        scorers["plain MiniLM"] = plain_encoder(corpus, published(arguments.minilm))
    systems = {"ours": ours(shipped_retriever())}
    systems |= {name: with_threshold(scorer, development) for name, scorer in scorers.items()}
    results = {name: measure(system, queries) for name, system in systems.items()}
    print(json.dumps(results, indent=2) if arguments.json else table(results))
    if arguments.wrong:
        print("\n".join(wrong(systems["ours"], queries)))


def published(folder: Path) -> Encoder:
    """The encoder of a folder as it is published: config.json, tokenizer.json, weights.

    Raises:
        DataError: the folder does not hold such a model.
    """
    from transformers import AutoTokenizer, BertModel

    from sediff.diffusion.text import TextEncoder

    try:
        tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
        model = BertModel.from_pretrained(
            str(folder), add_pooling_layer=False, local_files_only=True
        )
    except (OSError, ValueError) as error:
        raise DataError(f"{folder} does not hold a published sentence encoder.") from error
    return TextEncoder.of(model, tokenizer)


if __name__ == "__main__":
    raise SystemExit(main())
