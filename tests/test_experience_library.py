"""The library holds enough for every finding; every snippet has a source; nothing is doubled."""

import re
from collections import Counter

import pytest

from sediff.errors import WeightsError
from sediff.experience.library import Library, read_library, shipped_library
from sediff.experience.statistics import closest, representative
from sediff.findings import FINDINGS
from sediff.sources import LEARNED_FROM

_SOURCE = """
[sources.a-2020]
authors = "A et al."
title = "On waves"
where = "J Waves 2020;1:1-9"
year = 2020
kind = "paper"
"""
_SNIPPET = """
[[snippets]]
id = "lbbb-look"
finding = "lbbb"
aspect = "look"
text = "In left bundle branch block R is broad and notched in I, aVL, V5 and V6."
source = "a-2020"
checked = "standard"
"""


@pytest.fixture(scope="module")
def library() -> Library:
    return shipped_library()


def records(id: str) -> int:
    """Real ECGs that carry the statements of a finding, whatever else tells its twins apart."""
    codes = FINDINGS[id].scp
    same = [one for one, finding in FINDINGS.items() if codes and finding.scp == codes] or [id]
    return max((group.n for one in same if (group := closest((one,), None, None))), default=0)


def test_every_finding_has_three_snippets_and_the_common_ones_five(library):
    count = Counter(snippet.finding for snippet in library.snippets)
    common = {id for id in FINDINGS if representative(id) == id and records(id) >= LEARNED_FROM}
    common -= {id for id in FINDINGS if FINDINGS[id].vague}
    assert not {id: count[id] for id in FINDINGS if count[id] < (5 if id in common else 3)}


def test_every_snippet_names_a_source_with_a_year_and_where_it_was_checked(library):
    for snippet in library.snippets:
        assert snippet.source.authors, snippet.id
        assert snippet.source.title, snippet.id
        assert re.search(r"\b(19|20)\d\d\b", snippet.source.citation), snippet.id
        assert snippet.checked == "standard" or snippet.checked.startswith("https://"), snippet.id


def test_no_text_is_told_twice(library):
    texts = Counter(snippet.text for snippet in library.snippets)
    assert not [text for text, n in texts.items() if n > 1]


def test_every_source_is_used_and_every_publication_has_one_key(library):
    used = {snippet.source.key for snippet in library.snippets}
    assert not set(library.sources) - used
    titles = Counter((s.title.casefold(), s.where) for s in library.sources.values())
    assert not [title for title, n in titles.items() if n > 1]


def test_every_finding_is_also_named_in_lay_words(library):
    assert not [id for id in FINDINGS if not library.lay.get(id)]
    assert not set(library.lay) - set(FINDINGS)


def test_no_snippet_holds_a_dose(library):
    dose = re.compile(r"\b\d+(\.\d+)? ?(mg|mcg|µg|g/kg|IU|joules?)\b(?!/dL)", re.I)
    assert not [s.id for s in library.snippets if dose.search(s.text)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('source = "a-2020"\n', "", "has no source"),
        ('source = "a-2020"', 'source = "b"', "source that is not there"),
        ('finding = "lbbb"', 'finding = "lbbx"', "no finding of the vocabulary"),
        ('aspect = "look"', 'aspect = "gossip"', "has aspect 'gossip'"),
        ("In left bundle branch block R is broad and notched in I, aVL, V5 and V6.", "R.", "40"),
        ('checked = "standard"', 'checked = "a friend"', "was checked at"),
        ("year = 2020\n", "", "has no year"),
        ('authors = "A et al."\n', "", "has no authors"),
        ('id = "lbbb-look"', "id = 5", "has no id"),
        ('checked = "standard"', 'checked = "standard"\nsex = "women"', "has sex 'women'"),
        ('checked = "standard"', 'checked = "standard"\nage_min = "old"', "has an age"),
        ("[sources.a-2020]", "[lay]\nlbbx = ['a wire']\n[sources.a-2020]", "lay lbbx"),
    ],
)
def test_an_incomplete_entry_is_refused_by_name(tmp_path, old, new, said):
    (tmp_path / "one.toml").write_text((_SOURCE + _SNIPPET).replace(old, new))
    with pytest.raises(WeightsError, match=re.escape(said)):
        read_library(tmp_path)


def test_a_complete_file_is_read(tmp_path):
    (tmp_path / "one.toml").write_text(_SOURCE + _SNIPPET)
    (snippet,) = read_library(tmp_path).snippets
    assert snippet.source.citation == "A et al., J Waves 2020;1:1-9"


def test_a_damaged_or_missing_library_is_one_sentence(tmp_path):
    with pytest.raises(WeightsError, match="is missing"):
        read_library(tmp_path)
    for damaged in ("[[snippets", "sources = 3", "snippets = 3", "snippets = [3]", "lay = [3]"):
        (tmp_path / "one.toml").write_text(damaged)
        with pytest.raises(WeightsError, match="is damaged"):
            read_library(tmp_path)


def test_two_snippets_of_one_name_are_refused(tmp_path):
    (tmp_path / "one.toml").write_text(_SOURCE + _SNIPPET + _SNIPPET)
    with pytest.raises(WeightsError, match="twice"):
        read_library(tmp_path)
