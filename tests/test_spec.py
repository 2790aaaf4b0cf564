import pytest

from sediff.errors import RequestError
from sediff.spec import MAX_REPORT, CaseSpec, Request, Stated, WaveChange, parse_st

SPEC = CaseSpec(
    report="AF, alter Infarkt \u00fc",
    age=72,
    sex="female",
    heart_rate=130,
    qrs_ms=90,
    qt_ms=330,
    axis_deg=-20,
    pr_ms=None,
    findings=(Stated("atrial_fibrillation", 0.5, "possible AF"),),
    rhythm="af",
    st_mv=(("V2", 0.3),),
    waves=(WaveChange("T", amplitude=0.5),),
    origins=(("heart_rate", "field"),),
)


def test_a_spec_survives_writing_and_reading():
    assert CaseSpec.from_json(SPEC.to_json()) == SPEC


def test_a_spec_of_a_newer_version_is_refused_with_what_to_do():
    text = SPEC.to_json().replace('"version": 2', '"version": 99')
    with pytest.raises(RequestError, match="update the app"):
        CaseSpec.from_json(text)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"version": 2}', "\x00"])
def test_hostile_specs_are_refused_in_one_sentence(text):
    with pytest.raises(RequestError):
        CaseSpec.from_json(text)


@pytest.mark.parametrize(
    "row",
    [
        {"heart_rate": 900},
        {"heart_rate": float("nan")},
        {"heart_rate": "fast"},
        {"heart_rate": True},
        {"age": 5},
        {"age": 101},
        {"sex": "other"},
        {"seed": -1},
        {"seed": 1.5},
        {"adherence": 2},
        {"pr_ms": 20},
        {"st_mv": {"V9": 0.3}},
        {"st_mv": {"V3": 30}},
        {"st_mv": "V3:0.3"},
        {"report": "x" * 100_000},
        {"report": 7},
        {"report": "broken \ud800"},
        {"heart_rate": 10**400},
        {"heart_rate": float("inf")},
        {"seed": 10**400},
        {"st_mv": {"V2": None}},
    ],
)
def test_what_no_heart_can_do_is_refused_in_one_sentence(row):
    with pytest.raises(RequestError) as caught:
        Request.from_mapping({"report": "sinus rhythm", **row})
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 200


def test_null_and_unknown_keys_mean_not_given():
    row = {"report": "AF", "age": None, "st_mv": None, "color": "red", "waves": 5, "seed": 0.0}
    assert Request.from_mapping(row) == Request(report="AF")


def test_st_is_read_from_text_and_from_mapping_alike():
    pairs = (("V2", 0.3), ("V3", 0.4))
    assert parse_st("v3=0.4, V2=.3") == pairs
    assert Request.from_mapping({"report": "", "st_mv": {"V3": 0.4, "V2": 0.3}}).st_mv == pairs


def test_the_longest_report_is_still_taken():
    assert Request(report="a" * MAX_REPORT).report


def test_an_unknown_wave_is_refused():
    with pytest.raises(RequestError, match="no wave"):
        WaveChange("U")
