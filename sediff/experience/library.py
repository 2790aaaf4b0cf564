"""Reads the library of experience: TOML files in `assets/experience`, one a family of findings.

Each file holds `[sources.KEY]` tables, `[[snippets]]`, and `[lay]`: how people who do not know
the term put it. `read_library` refuses what is not complete, so that nothing unsourced is shown.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from sediff.assets import ASSETS
from sediff.errors import WeightsError
from sediff.experience.snippet import ASPECTS, KINDS, UNDATED, Snippet, Source
from sediff.findings import FINDINGS

FOLDER = "experience"
SHORTEST, LONGEST = 40, 480  # characters of a snippet: a thought, not a chapter


@dataclass(frozen=True)
class Library:
    """All snippets and their sources.

    Attributes:
        snippets: in the order of the files. sources: key -> source.
        lay: finding -> how people who do not know the term put it.
    """

    snippets: tuple[Snippet, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)
    lay: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, finding: str) -> tuple[Snippet, ...]:
        """All snippets of one finding."""
        return tuple(snippet for snippet in self.snippets if snippet.finding == finding)


def read_library(folder: Path = ASSETS / FOLDER) -> Library:
    """Read and check every TOML file in `folder`.

    Raises:
        WeightsError: there is no file, one is damaged, or an entry is incomplete; it names the
            file and the entry.
    """
    sources: dict[str, Source] = {}
    rows: list[tuple[str, Mapping[str, Any]]] = []
    lay: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.toml")):
        content = _content(path)
        _check_parts(path, content)
        for key, row in content.get("sources", {}).items():
            if key in sources:
                raise _refusal(path.name, f"source {key}", "is defined twice")
            sources[key] = _source(path.name, key, row)
        rows += [(path.name, row) for row in content.get("snippets", [])]
        for finding, phrases in content.get("lay", {}).items():
            if finding not in FINDINGS or not isinstance(phrases, list):
                raise _refusal(path.name, f"lay {finding}", "is no list of words for a finding")
            lay[finding] = (*lay.get(finding, ()), *phrases)
    if not rows:
        raise WeightsError(f"The library {folder} is missing: restore it with git checkout.")
    snippets = tuple(_snippet(name, row, sources) for name, row in rows)
    _check_ids(snippets)
    return Library(snippets, sources, lay)


@lru_cache(maxsize=1)
def shipped_library() -> Library:
    """The library that ships, read once; raises `WeightsError` where it is damaged."""
    return read_library()


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WeightsError(f"{path} is damaged ({error}): restore it with git checkout.") from error


def _check_parts(path: Path, content: Mapping[str, Any]) -> None:
    """Refuse a file whose parts are of another kind than TOML tables and arrays of them."""
    sources, lay = (content.get(name, {}) for name in ("sources", "lay"))
    snippets = content.get("snippets", [])
    right = isinstance(sources, dict) and isinstance(lay, dict) and isinstance(snippets, list)
    if not right or not all(isinstance(row, dict) for row in (*sources.values(), *snippets)):
        raise WeightsError(f"{path} is damaged (not tables): restore it with git checkout.")


def _missing(row: Mapping[str, Any], texts: Iterable[str]) -> str | None:
    """The first of `texts` that is absent, empty or no text."""
    return next((n for n in texts if not isinstance(row.get(n), str) or not row[n].strip()), None)


def _source(file: str, key: str, row: Mapping[str, Any]) -> Source:
    missing = _missing(row, ("authors", "title", "where", "kind"))
    if missing is None and row["kind"] not in UNDATED and not isinstance(row.get("year"), int):
        missing = "year"
    if missing:
        raise _refusal(file, f"source {key}", f"has no {missing}")
    if row["kind"] not in KINDS:
        raise _refusal(file, f"source {key}", f"has kind {row['kind']!r}, not one of {KINDS}")
    names = ("authors", "title", "where", "year", "kind", "url")
    return Source(key, **{name: row[name] for name in names if name in row})


def _snippet(file: str, row: Mapping[str, Any], sources: Mapping[str, Source]) -> Snippet:
    label = f"snippet {row.get('id', '?')}"
    missing = _missing(row, ("id", "finding", "aspect", "text", "source", "checked"))
    if missing:
        raise _refusal(file, label, f"has no {missing}")
    problem = next(_problems(row, sources), None)
    if problem:
        raise _refusal(file, label, problem)
    options = ("stage", "sex", "age_min", "age_max")
    return Snippet(
        id=row["id"],
        finding=row["finding"],
        aspect=row["aspect"],
        text=" ".join(row["text"].split()),
        source=sources[row["source"]],
        checked=row["checked"],
        **{name: row[name] for name in options if name in row},
    )


def _problems(row: Mapping[str, Any], sources: Mapping[str, Source]) -> Iterator[str]:
    finding = FINDINGS.get(row["finding"])
    if finding is None:
        yield f"names no finding of the vocabulary: {row['finding']!r}"
    elif row.get("stage") and row["stage"] not in {stage.id for stage in finding.stages}:
        yield f"names no stage of {finding.id}: {row['stage']!r}"
    if row["aspect"] not in ASPECTS:
        yield f"has aspect {row['aspect']!r}, not one of {ASPECTS}"
    if row["source"] not in sources:
        yield f"names a source that is not there: {row['source']!r}"
    if not SHORTEST <= len(" ".join(row["text"].split())) <= LONGEST:
        yield f"has {len(row['text'])} characters, not {SHORTEST} to {LONGEST}"
    if row["checked"] != "standard" and not row["checked"].startswith("https://"):
        yield f"was checked at {row['checked']!r}: an https address or 'standard'"
    if row.get("sex") not in (None, "female", "male"):
        yield f"has sex {row['sex']!r}, not 'female' or 'male'"
    if not all(isinstance(row.get(name, 0), int | float) for name in ("age_min", "age_max")):
        yield "has an age that is no number of years"


def _check_ids(snippets: tuple[Snippet, ...]) -> None:
    seen: set[str] = set()
    for snippet in snippets:
        if snippet.id in seen:
            raise WeightsError(f"Snippet {snippet.id} is in the library twice: rename one.")
        seen.add(snippet.id)


def _refusal(file: str, label: str, problem: str) -> WeightsError:
    return WeightsError(f"{file}: {label} {problem}.")
