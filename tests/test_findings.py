"""The vocabulary: complete, unambiguous, honest about what can be drawn."""

import pytest

from sediff.findings import FINDINGS, by_scp, concepts, conflicts, expand, find, scp_codes
from sediff.findings.matching import phrase_concepts
from sediff.findings.meaning import word_set
from sediff.findings.tokens import fold, word_meaning
from sediff.report import read
from sediff.simulator.rhythms import CONDUCTIONS, ECTOPY, PACINGS, RHYTHMS
from sediff.simulator.shapes import SHAPES
from sediff.simulator.technique import TECHNIQUES
from sediff.spec import LIMITS, Stated

SCP = word_set(
    "SR NORM ABQRS IMI ASMI LVH NDT LAFB AFIB ISC_ PVC IRBBB STD_ VCLVH STACH 1AVB IVCD SARRH NST_ "
    "ISCAL SBRAD QWAVE CRBBB CLBBB ILMI LOWT LAO/LAE NT_ PAC AMI LPR PACE INVT ALMI ISCIN INJAS "
    "LMI LVOLT DIG ISCIL LPFB ISCAS SVARR INJAL ISCLA RVH LNGQT ANEUR RAO/RAE EL BIGU WPW ILBBB "
    "AFLT HVOLT IPLMI ISCAN TAB_ IPMI SEHYP STE_ SVTAC PSVT TRIGU INJIN INJLA PMI 3AVB 2AVB INJIL "
    "PRC(S)"
)

EVERY_FORM = [
    form
    for finding in FINDINGS.values()
    for form in (finding, *(finding.at(stage.id) for stage in finding.stages))
]
KEYS = {
    "shape": set(SHAPES),
    "rhythm": set(RHYTHMS),
    "conduction": set(CONDUCTIONS),
    "ectopy": set(ECTOPY),
    "pacing": set(PACINGS),
    "technique": set(TECHNIQUES),
}
NOT_NAMED = {"sinus"}  # the rhythm of every heart that nobody says otherwise of


def test_every_scp_code_of_ptb_xl_is_reachable_and_no_other_exists():
    assert scp_codes() == tuple(sorted(SCP))
    assert len(SCP) == 71
    assert all(by_scp(code) for code in SCP)


def test_every_key_is_one_the_simulator_knows_and_every_one_is_used():
    for name, known in KEYS.items():
        used = {key for finding in EVERY_FORM if (key := getattr(finding, name))}
        assert used <= known, name
        assert known - used <= NOT_NAMED, name


def test_a_drawable_finding_has_something_that_draws_it():
    for finding in EVERY_FORM:
        ways = [getattr(finding, name) for name in (*KEYS, "scp", "typical", "implies")]
        assert not finding.drawable or any(ways), finding.id


def test_no_old_infarct_stands_behind_an_acute_one():
    acute = [f for id, f in FINDINGS.items() if id.endswith("stemi")]
    assert len(acute) > 7
    assert all(f.scp == () for f in acute)
    assert FINDINGS["inferior_mi"].scp == ("IMI",)


def test_names_of_implied_and_conflicting_findings_exist():
    for finding in FINDINGS.values():
        assert set(finding.implies) | set(finding.conflicts) <= set(FINDINGS), finding.id


def test_typical_and_required_ranges_lie_within_what_can_be_drawn():
    for finding in FINDINGS.values():
        for name, (low, high) in finding.typical.items():
            floor, ceiling = LIMITS[name][:2] if name in LIMITS else (250, 750)  # QTc
            assert floor <= low < high <= ceiling, finding.id
            if name in finding.requires:
                floor, ceiling = finding.requires[name]
                assert floor <= low, finding.id
                assert high <= ceiling, finding.id


@pytest.mark.parametrize("id", sorted(FINDINGS))
def test_every_name_and_synonym_is_read_back_as_its_finding(id):
    finding = FINDINGS[id]
    for phrase in (finding.name, *finding.english, *finding.german):
        reading = read(phrase)
        assert [stated.id for stated in reading.findings] == [id], phrase
        assert reading.unknown == (), phrase
        assert find(phrase) is finding or phrase in _shared_names(), phrase


def _shared_names() -> set[str]:
    return {"P mitrale", "P pulmonale"}


def test_no_two_findings_are_stated_by_the_same_words():
    owners: dict[frozenset[str], str] = {}
    for finding in FINDINGS.values():
        for phrase in finding.phrases:
            words = phrase_concepts(phrase.replace("*", ""))
            assert words, (finding.id, phrase)
            assert owners.setdefault(frozenset(words), finding.id) == finding.id, phrase


def test_names_are_found_whatever_the_case_and_umlauts():
    for text in ("LBBB", "Left Bundle Branch Block", "linksschenkelblock", "lbbb"):
        assert find(text) is FINDINGS["lbbb"]
    assert find("Ventrikul\u00e4re Extrasystole(n)") is FINDINGS["pvc"]
    assert find("left") is None
    assert find("") is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("sinus_rhythm", "atrial_fibrillation"),
        ("lbbb", "rbbb"),
        ("sinus_bradycardia", "sinus_tachycardia"),
        ("first_degree_av_block", "atrial_fibrillation"),
        ("normal_ecg", "lbbb"),
        ("normal_ecg", "inferior_stemi"),
        ("left_axis", "right_axis"),
        ("lafb", "lpfb"),
    ],
)
def test_what_excludes_each_other_is_a_conflict_in_either_order(a, b):
    (first, second, sentence) = conflicts([a, b])[0]
    assert (first, second) == (a, b)
    assert FINDINGS[a].name in sentence
    assert FINDINGS[b].name in sentence
    assert conflicts([b, a])


def test_a_normal_ecg_may_be_in_sinus_rhythm_and_otherwise_normal_may_hold_anything():
    assert conflicts(["normal_ecg", "sinus_rhythm", "normal_axis", "sinus_arrhythmia"]) == []
    assert conflicts(["otherwise_normal", "pvc", "lafb", "sinus_rhythm"]) == []
    assert conflicts(["not_a_finding", "lbbb"]) == []


def test_concepts_carry_the_certainty_and_what_is_implied():
    stated = (Stated("bifascicular_block", 0.5), Stated("lafb", 0.8), Stated("inferior_stemi"))
    assert concepts(stated) == {"CRBBB": 0.5, "LAFB": 0.8}
    assert {one.id for one in expand(stated)} >= {"rbbb", "lafb", "bifascicular_block"}
    assert concepts(read("otherwise normal ECG").findings) == {"NORM": 0.8}


def test_umlauts_are_read_however_they_were_broken():
    spellings = ("m\u00e4ssige", "M\u00c4SSIGE", "m\u00c4ssige", "maessige", "m\u00c3\u00a4ssige")
    assert {fold(word) for word in spellings} == {"maessige"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("fibrilation", "fibrillation"), ("infract", "infarct"), ("hypertropy", "hypertrophy"),
     ("tachycarda", "tachycardia"), ("depresion", "depression"), ("bundel", "bundle")],
)  # fmt: skip
def test_one_typing_error_in_a_long_word_is_forgiven(typed, meant):
    assert word_meaning(typed) == word_meaning(meant) is not None


@pytest.mark.parametrize("word", ["interior", "formal", "literal", "rigth", "lefy", "qrst"])
def test_a_word_that_could_mean_two_things_or_is_short_is_never_corrected(word):
    assert word_meaning(word) is None
