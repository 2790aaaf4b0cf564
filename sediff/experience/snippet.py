"""`Snippet` and `Source`: one thing that practice knows of a finding, and who says so."""

from dataclasses import dataclass
from typing import Literal, get_args

# look: how it appears and in which leads. criteria: the published limits. mechanism: why it looks
# so. mimic: what it is mistaken for and how to tell. next: what a teacher would do next. pitfall:
# where practice goes wrong. effect: what age, sex, drugs or rate change.
Aspect = Literal["look", "criteria", "mechanism", "mimic", "next", "pitfall", "effect"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
KINDS = ("guideline", "consensus", "paper", "review", "book", "site", "own")
UNDATED = ("site", "own")  # pages that show no date were read in the year below
READ = 2026
OWN = "own"  # key of the one source of all snippets that a user adds


@dataclass(frozen=True)
class Source:
    """A publication.

    Attributes:
        key: name within the library. authors, title, where, year: as one would cite it;
            `where` is the journal with volume and pages, the publisher, or the site; year 0: a
            page that shows none.
        kind: one of `KINDS`. url: where it can be read, mostly its DOI.
    """

    key: str
    authors: str
    title: str
    where: str
    kind: str
    year: int = 0
    url: str = ""

    @property
    def citation(self) -> str:
        """One line: 'Surawicz et al., J Am Coll Cardiol 2009;53:976-981'; always with a year."""
        line = ", ".join(part for part in (self.authors, self.where) if part)
        if not self.year:
            return f"{line} (read {READ})" if self.kind != OWN else line
        return line if str(self.year) in line else f"{line} ({self.year})"


@dataclass(frozen=True)
class Snippet:
    """One to three sentences in our own words.

    Attributes:
        id: unique in the library. finding: key in `FINDINGS`; stage: '' holds for all of them.
        aspect: one of `ASPECTS`. text: what practice knows.
        source: who says so. checked: address where the statement was read, or 'standard' for a
            limit that every textbook prints.
        sex, age_min, age_max: patients it speaks of; None: everyone.
    """

    id: str
    finding: str
    aspect: Aspect
    text: str
    source: Source
    checked: str
    stage: str = ""
    sex: Literal["female", "male"] | None = None
    age_min: float | None = None
    age_max: float | None = None

    def holds_for(self, age: float | None, sex: str | None) -> bool:
        """Whether it speaks of such a patient; what is not known excludes nothing."""
        if self.sex is not None and sex is not None and self.sex != sex:
            return False
        if age is None:
            return True
        low = -1.0 if self.age_min is None else self.age_min
        return low <= age <= (200.0 if self.age_max is None else self.age_max)
