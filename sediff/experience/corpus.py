"""What retrieval searches: every snippet, every way to name a finding, and texts of elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from sediff.experience.library import Library
from sediff.experience.snippet import Snippet
from sediff.experience.strangers import STRANGERS
from sediff.findings import FINDINGS


@dataclass(frozen=True)
class Passage:
    """A stretch of text about one finding; `kind` is 'snippet' or 'phrase'."""

    finding: str
    text: str
    kind: str


@dataclass(frozen=True)
class Corpus:
    """Passages in the order of their vectors: snippets first, then phrases.

    Attributes:
        snippets: of the library, then the user's own. passages: `snippets` first, same order.
    """

    snippets: tuple[Snippet, ...]
    passages: tuple[Passage, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What is encoded: all passages, then the texts about something else."""
        return (*(passage.text for passage in self.passages), *STRANGERS)


def build_corpus(library: Library) -> Corpus:
    """Gather all passages about the findings of the vocabulary."""
    rows = snippet_passages(library.snippets)
    for finding in FINDINGS.values():
        phrases = [finding.name, *finding.english, *finding.german]
        for stage in finding.stages:
            phrases += [stage.name, *stage.english, *stage.german]
        phrases += library.lay.get(finding.id, ())
        rows += [Passage(finding.id, text, "phrase") for text in dict.fromkeys(phrases)]
    return Corpus(library.snippets, tuple(rows))


def snippet_passages(snippets: Sequence[Snippet]) -> list[Passage]:
    """Passages of snippets: the name of the finding goes before, as snippets may leave it out."""
    return [
        Passage(one.finding, f"{FINDINGS[one.finding].name}: {one.text}", "snippet")
        for one in snippets
    ]


def with_snippets(corpus: Corpus, own: Sequence[Snippet]) -> Corpus:
    """The same with the user's snippets behind the library's; what is there stays in order."""
    count = len(corpus.snippets)
    passages = (*corpus.passages[:count], *snippet_passages(own), *corpus.passages[count:])
    return Corpus((*corpus.snippets, *own), passages)
