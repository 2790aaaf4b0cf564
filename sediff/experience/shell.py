"""`python -m sediff experience`: what practice knows of a query, as JSON or to read."""

import contextlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sediff.errors import RequestError, WeightsError
from sediff.experience.retrieval import Hit, Retriever, shipped_retriever
from sediff.findings import FINDINGS

MAX_FILE = 5_000_000  # bytes of a file of queries
_MOST_STATISTICS = 3


def run(query: str | None, queries: Path | None, as_json: bool) -> int:
    """Answer one query, or every line of a file; prints one JSON object a query.

    Returns:
        0.

    Raises:
        RequestError: neither or both are given, or the file cannot be read.
    """
    if (query is None) == (queries is None):
        raise RequestError("Write the query in quotes, or name a file with --queries.")
    lines = [query] if query is not None else read_queries(queries or Path())
    retriever = shipped_retriever()
    for note in retriever.notes:
        print(note, file=sys.stderr)
    with contextlib.suppress(BrokenPipeError):
        for line in lines:
            answer = answered(line, retriever)
            compact = json.dumps(answer, ensure_ascii=False)
            print(_safe(compact if as_json else readable(answer)), flush=True)
    return 0


def read_queries(path: Path) -> list[str]:
    """The queries of a file: one a line, plain or a JSON object with 'query'.

    Blank lines are left out; a line that is no such JSON object is taken as it stands.

    Raises:
        RequestError: the file cannot be read, is larger than 5 MB, no text, or holds no query.
    """
    refusal = RequestError(f"{path} cannot be read: name a text file, one query a line.")
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except OSError as error:
        raise refusal from error
    if len(content) > MAX_FILE:
        raise RequestError(f"{path} is larger than 5 MB: split it.")
    if b"\0" in content:
        raise refusal
    lines = content.decode("utf-8-sig", "replace").splitlines()
    queries = [_query(line) for line in lines if line.strip()]
    if not queries:
        raise RequestError(f"{path} holds no query: write one a line.")
    return queries


def _query(line: str) -> str:
    if line.lstrip().startswith("{"):
        with contextlib.suppress(ValueError, RecursionError):
            row = json.loads(line)
            if isinstance(row, dict) and isinstance(row.get("query"), str):
                return row["query"]
    return line


def answered(query: str, retriever: Retriever) -> dict[str, Any]:
    """Snippets, best first, and statistics of real ECGs like it; both [] when nothing is close."""
    hits = retriever.search(query)
    asked = retriever.understand(query)
    ids = [id for id in asked.named if any(hit.snippet.finding == id for hit in hits)]
    ids = ids or [hit.snippet.finding for hit in hits[:1]]
    return {
        "query": query[:200],
        "snippets": [row_of(hit) for hit in hits],
        "statistics": _statistics(ids, asked.age, asked.sex),
    }


def row_of(hit: Hit) -> dict[str, Any]:
    """A hit as plain values."""
    one = hit.snippet
    row: dict[str, Any] = {
        "finding": one.finding,
        "name": FINDINGS[one.finding].name,
        "text": one.text,
        "source": one.source.citation,
        "score": hit.score,
        "matched": hit.matched,
        "id": one.id,
        "aspect": one.aspect,
        "title": one.source.title,
        "year": one.source.year,
        "url": one.source.url,
    }
    limits = {name: getattr(one, name) for name in ("stage", "sex", "age_min", "age_max")}
    return row | {name: value for name, value in limits.items() if value not in (None, "")}


def _statistics(ids: Sequence[str], age: float | None, sex: str | None) -> list[dict[str, Any]]:
    """Medians and quartiles of real ECGs with these findings; [] without the table."""
    from sediff.experience.statistics import LABELS, MAIN, statistics_for, unit_of

    try:
        groups = statistics_for(ids, age, sex)[:_MOST_STATISTICS] if ids else []
    except WeightsError as error:
        print(error, file=sys.stderr)
        return []
    return [
        {
            "findings": list(group.findings),
            "sex": group.sex,
            "age_band": group.band,
            "n": group.n,
            "numbers": {
                name: {
                    "label": LABELS[name],
                    "unit": unit_of(name),
                    "n": number.n,
                    "median": number.median,
                    "quartiles": list(number.quartiles),
                }
                for name, number in group.numbers.items()
                if name in MAIN
            },
        }
        for group in groups
    ]


def readable(answer: dict[str, Any]) -> str:
    """An answer as text for people."""
    if not answer["snippets"]:
        return "Nothing close: ask with the name of a finding, or what is seen in which lead.\n"
    parts = [
        f"{row['name']} ({row['aspect']}, {row['score']:.2f}: {row['matched']})\n"
        f"  {row['text']}\n  Source: {row['source']}"
        for row in answer["snippets"]
    ]
    for group in answer["statistics"]:
        names = " + ".join(FINDINGS[id].name for id in group["findings"])
        numbers = ", ".join(_number(number) for number in group["numbers"].values())
        parts.append(f"Real ECGs with {names} (n = {group['n']:,}): {numbers}")
    return "\n".join(parts) + "\n"


def _number(number: dict[str, Any]) -> str:
    low, high = number["quartiles"]
    return f"{number['label']} {number['median']:g} {number['unit']} ({low:g} to {high:g})"


def _safe(text: str) -> str:
    """Text that any terminal can print."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
