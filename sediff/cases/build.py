"""Builds the cases that come with the app, from the texts in `assets/cases/source/*.toml`.

Each source holds what a teacher wrote and what the ECG is made from; the ECG is drawn by the
model, with the seeds that follow until it meets the criteria of everything that the answer names.
A case that no seed shows is not shipped.
"""

import hashlib
import tomllib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sediff.cases.case import Case, from_generated
from sediff.cases.marking import asked_of
from sediff.cases.shipped import FOLDER, shipped_cases, write_shipped
from sediff.errors import DataError, SediffError
from sediff.findings import FINDINGS, expand
from sediff.pipeline import Generated, generate_many
from sediff.spec import Request, Stated

SOURCE = FOLDER / "source"
SEEDS = 6  # how many are tried for one case
BATCH = 8  # ECGs at once
_CHANGED = "2026-01-01T00:00:00+00:00"  # of all: a rebuild of the same cases gives the same bytes
_ID_BYTES = 16


@dataclass(frozen=True)
class Source:
    """One case as its author wrote it.

    Attributes:
        slug: its name among the sources; it never reaches a page.
        texts: attributes of `Case`: title, history, question, answer, teaching, tags, difficulty.
        findings: ids that the answer names, with their stage after ':'.
        request: makes the ECG.
    """

    slug: str
    texts: dict[str, Any]
    findings: tuple[str, ...]
    request: Request

    @property
    def stated(self) -> tuple[Stated, ...]:
        """The findings that the answer names."""
        return asked_of(self.findings)

    @property
    def id(self) -> str:
        """The same in every rebuild, so that links last; it does not tell the slug."""
        digest = hashlib.sha256(f"sediff case {self.slug}".encode()).digest()[:_ID_BYTES]
        return urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass(frozen=True)
class Tried:
    """One seed of one case. `why`: sentences on what is wrong with it; () where it is good."""

    source: Source
    seed: int
    made: Generated
    why: tuple[str, ...]


def read_sources(folder: Path = SOURCE) -> tuple[Source, ...]:
    """All sources, in the order of the files.

    Raises:
        DataError: a file cannot be read, lacks something, or two cases have one slug.
    """
    sources = [one for path in sorted(folder.glob("*.toml")) for one in _in_file(path)]
    slugs = [one.slug for one in sources]
    twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    if twice:
        raise DataError(f"Two cases are named {twice[0]!r}: give one of them another slug.")
    return tuple(sources)


def _in_file(path: Path) -> Iterator[Source]:
    try:
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["cases"]:
            texts = {**row, "teaching": tuple(row["teaching"]), "tags": tuple(row["tags"])}
            ecg, slug = texts.pop("ecg"), texts.pop("slug")
            findings = tuple(texts.pop("findings"))
            yield Source(slug, texts, findings, Request.from_mapping(ecg))
    except (OSError, ValueError, KeyError, TypeError, SediffError) as error:
        raise DataError(f"{path.name} does not hold cases as it should: {error}") from error


def build(
    sources: Sequence[Source],
    tell: Callable[[Tried], None],
    seeds: int = SEEDS,
) -> list[Case]:
    """The cases of all sources that some seed shows.

    Args:
        tell: called with every seed that was tried. seeds: how many are tried for each source.
    """
    cases, waiting = {}, list(sources)
    for more in range(seeds):
        good = [one for one in _tries(waiting, more, tell) if not one.why]
        cases |= {one.source.slug: _case(one) for one in good}
        waiting = [one for one in waiting if one.slug not in cases]
    return [cases[one.slug] for one in sources if one.slug in cases]


def ship(cases: Iterable[Case], sources: Sequence[Source], folder: Path = FOLDER) -> int:
    """Write these cases over those of the same id; texts and order are those of the sources.

    Returns:
        how many cases are now shipped; one that no source tells of any more is left out.
    """
    there = {case.id: case for case in shipped_cases(folder)} if _is_built(folder) else {}
    there |= {case.id: case for case in cases}
    kept = [replace(there[one.id], **one.texts) for one in sources if one.id in there]
    write_shipped(kept, folder)
    return len(kept)


def _is_built(folder: Path) -> bool:
    return any(folder.glob("*.npz"))


def _tries(sources: Sequence[Source], more: int, tell: Callable[[Tried], None]) -> Iterator[Tried]:
    """Each source with its own seed plus `more`, a batch at a time."""
    for start in range(0, len(sources), BATCH):
        part = sources[start : start + BATCH]
        requests = [replace(one.request, seed=one.request.seed + more) for one in part]
        for source, made in zip(part, generate_many(requests), strict=True):
            tried = Tried(source, made.spec.seed, made, tuple(_faults(source, made)))
            tell(tried)
            yield tried


def _faults(source: Source, made: Generated) -> Iterator[str]:
    """What keeps this ECG from being shipped."""
    stated = {f"{s.id}:{s.stage}" if s.stage else s.id for s in made.spec.findings}
    there = {one.id for one in expand(source.stated)}
    if set(source.findings) - stated or {s.id for s in made.spec.findings} != there:
        yield f"the report states {', '.join(sorted(stated))}"
    for verdict in made.verdicts:
        if verdict.met is not True:
            yield f"{verdict.name}: {', '.join(o.name for o in verdict.failed)}"
    for verdict in made.mimicked:
        yield f"looks like {verdict.name}"
    for row in made.compared():
        if row.status == "missed" and row.name in _asked(made):
            yield f"{row.name}: asked {row.asked:g}, measured {row.measured:g}"


def _asked(made: Generated) -> set[str]:
    """The rows of the comparison that the source itself asks for."""
    names = {"heart_rate": "Heart rate", "pr_ms": "PR", "qrs_ms": "QRS", "qt_ms": "QT",
             "axis_deg": "Axis", "p_mv": "P in II", "t_mv": "T in II"}  # fmt: skip
    fields = {label for name, label in names.items() if made.spec.origin(name) == "field"}
    return fields | {f"ST in {lead}" for lead, _ in made.spec.st_mv}


def _case(tried: Tried) -> Case:
    source, made = tried.source, tried.made
    facts = {"findings": source.findings, "family": FINDINGS[source.stated[0].id].family}
    return replace(from_generated(made, **source.texts, **facts), id=source.id, changed=_CHANGED)
