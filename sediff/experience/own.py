"""A user's own snippets: kept in one JSON file or in memory, exported and imported as one file."""

import json
import os
import tempfile
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sediff.errors import RequestError
from sediff.experience.library import LONGEST, SHORTEST
from sediff.experience.snippet import ASPECTS, OWN, Aspect, Snippet, Source
from sediff.findings import FINDINGS

FORMAT = "sediff own snippets"
VERSION = 1
MAX_BYTES = 1_000_000
MAX_SNIPPETS = 2000
MAX_SOURCE = 200  # characters of the line that says who says so
DEFAULT_SOURCE = "my own practice"
_ID = "own-"
_changing = threading.Lock()  # sessions that share a file must not undo each other's change


class OwnSnippets:
    """The snippets of one user.

    Every change is written before it counts: a file is replaced as a whole or not at all.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Read the file at `path`, if there is one; None keeps everything in memory only.

        Raises:
            RequestError: the file cannot be read, or is not one that this app has written.
        """
        self._path = path
        self._snippets: tuple[Snippet, ...] = () if path is None else _read(path)

    def list(self) -> tuple[Snippet, ...]:
        """All snippets, the oldest first."""
        return self._snippets

    def add(
        self, finding: str, text: str, source: str = DEFAULT_SOURCE, aspect: Aspect = "look"
    ) -> Snippet:
        """Keep a new snippet and return it.

        Args:
            finding: id in the vocabulary. text: 40 to 480 characters. source: who says so.
            aspect: what it tells, one of `ASPECTS`.

        Raises:
            RequestError: one of these does not hold, or there are too many snippets.
        """
        row = {"finding": finding, "text": text, "source": source, "aspect": aspect}
        snippet = _snippet({"id": f"{_ID}{uuid.uuid4().hex[:12]}", **row}, "The note")
        with self._change() as kept:
            if any(_same(snippet, other) for other in kept):
                raise RequestError("This note is there already: change its text to add another.")
            self._keep((*kept, snippet))
        return snippet

    def remove(self, id: str) -> None:
        """Delete a snippet; raises `RequestError` where there is none of that id."""
        with self._change() as before:
            kept = tuple(snippet for snippet in before if snippet.id != id)
            if len(kept) == len(before):
                raise RequestError("This note is no longer there: reload the page.")
            self._keep(kept)

    def export(self) -> bytes:
        """All snippets as one JSON file, which `import_file` reads."""
        return write_snippets(self._snippets)

    def import_file(self, content: bytes) -> int:
        """Add what an exported file holds and is not there yet.

        Returns:
            How many were added.

        Raises:
            RequestError: the file is broken, too large, or holds one entry that is not a complete
                snippet; then nothing of it is added.
        """
        snippets = read_snippets(content)
        with self._change() as kept:
            new = _new_ones(snippets, kept)
            if new:
                self._keep((*kept, *new))
        return len(new)

    @contextmanager
    def _change(self) -> Iterator[tuple[Snippet, ...]]:
        """What is kept right now, nobody else in this process changing it meanwhile."""
        with _changing:
            if self._path is not None:  # another session may have written since
                self._snippets = _read(self._path)
            yield self._snippets

    def _keep(self, snippets: tuple[Snippet, ...]) -> None:
        if len(snippets) > MAX_SNIPPETS:
            raise RequestError(
                f"That makes {len(snippets):,} notes: delete some to stay at {MAX_SNIPPETS:,}."
            )
        content = write_snippets(snippets)
        if len(content) > MAX_BYTES:
            raise RequestError("Your notes are more than 1 MB together: delete some first.")
        if self._path is not None:
            _replace(self._path, content)
        self._snippets = snippets


def _read(path: Path) -> tuple[Snippet, ...]:
    """What the file at `path` holds; () where there is none."""
    try:
        return read_snippets(path.read_bytes())
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise RequestError(f"Your notes in {path} cannot be read: {error}.") from error


def _new_ones(snippets: Sequence[Snippet], kept: Sequence[Snippet]) -> list[Snippet]:
    """Those of `snippets` that are not kept yet, renamed where their id is taken."""
    known = {(one.finding, one.text) for one in kept}
    ids = {one.id for one in kept}
    new: list[Snippet] = []
    for one in snippets:
        if (one.finding, one.text) not in known:
            known.add((one.finding, one.text))
            new.append(_renamed(one) if one.id in ids else one)
            ids.add(new[-1].id)
    return new


def write_snippets(snippets: tuple[Snippet, ...]) -> bytes:
    """Snippets as one JSON file (UTF-8)."""
    rows = [
        {
            "id": one.id,
            "finding": one.finding,
            "aspect": one.aspect,
            "text": one.text,
            "source": one.source.authors,
        }
        for one in snippets
    ]
    whole = {"format": FORMAT, "version": VERSION, "snippets": rows}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def read_snippets(content: bytes) -> tuple[Snippet, ...]:
    """Read what `write_snippets` wrote; all of it or nothing.

    Raises:
        RequestError: one sentence that names what is wrong.
    """
    if len(content) > MAX_BYTES:
        raise RequestError("This file is larger than 1 MB: export fewer notes at a time.")
    rows = _rows(content)
    if len(rows) > MAX_SNIPPETS:
        raise RequestError(
            f"This file holds {len(rows):,} notes: at most {MAX_SNIPPETS:,} are read."
        )
    snippets = tuple(_snippet(row, f"Note {k} of this file") for k, row in enumerate(rows, 1))
    if len({one.id for one in snippets}) < len(snippets):
        raise RequestError("This file holds two notes of the same id: export it again.")
    return snippets


def _rows(content: bytes) -> list[Any]:
    refusal = RequestError("This is not a file of notes: choose one that this app exported.")
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise refusal from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise refusal
    if whole.get("version") != VERSION:
        raise RequestError("This file is of another version of the app: update the app.")
    rows = whole.get("snippets")
    if not isinstance(rows, list):
        raise refusal
    return rows


def _snippet(row: Any, label: str) -> Snippet:
    """A checked snippet; `label` starts the sentence that refuses it."""
    if not isinstance(row, Mapping):
        raise RequestError(f"{label} is not complete: export the file again.")
    values = {name: _line(row.get(name), name, label) for name in ("id", "finding", "text")}
    source = _line(row.get("source") or DEFAULT_SOURCE, "source", label) or DEFAULT_SOURCE
    aspect = row.get("aspect", "look")
    if values["finding"] not in FINDINGS:
        raise RequestError(
            f"{label} is on {values['finding'][:40]!r}, not a finding: choose one of the list."
        )
    if not SHORTEST <= len(values["text"]) <= LONGEST:
        raise RequestError(
            f"{label} has {len(values['text']):,} characters: write {SHORTEST} to {LONGEST}."
        )
    if len(source) > MAX_SOURCE:
        raise RequestError(
            f"{label} has a source line of over {MAX_SOURCE} characters: shorten it."
        )
    if aspect not in ASPECTS:
        raise RequestError(f"{label} has no known aspect: use one of {', '.join(ASPECTS)}.")
    if not values["id"].startswith(_ID) or len(values["id"]) > 40:
        raise RequestError(f"{label} has an id that is not one's own: export the file again.")
    return Snippet(
        id=values["id"],
        finding=values["finding"],
        aspect=cast(Aspect, aspect),
        text=values["text"],
        source=own_source(source),
        checked=OWN,
    )


def own_source(line: str) -> Source:
    """The source of an own snippet: what the user typed."""
    return Source(key=OWN, authors=line, title="own snippet", where="", year=0, kind=OWN)


def _line(value: Any, name: str, label: str) -> str:
    """Text as one line, without control characters and halves of characters."""
    if not isinstance(value, str):
        raise RequestError(f"{label} has no {name}: fill it in.")
    plain = value.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())


def _same(a: Snippet, b: Snippet) -> bool:
    return (a.finding, a.text) == (b.finding, b.text)


def _renamed(snippet: Snippet) -> Snippet:
    return Snippet(**{**vars(snippet), "id": f"{_ID}{uuid.uuid4().hex[:12]}"})


def _replace(path: Path, content: bytes) -> None:
    """Write next to the file, then put it in its place: a crash leaves the old one."""
    unfinished: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(unfinished, path)
    except OSError as error:
        if unfinished is not None:
            Path(unfinished).unlink(missing_ok=True)
        raise RequestError(f"Your notes cannot be written to {path}: {error}.") from error
