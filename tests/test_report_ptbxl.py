"""What the reader makes of thousands of real reports."""

import pytest

from sediff.errors import DataError
from sediff.findings import concepts
from sediff.report import read

# Codes that PTB-XL made from the words of the report, and statements whose codes cardiologists
# edited afterwards: there a plain phrase of the report is the reference.
FROM_WORDS = ("AFIB", "SBRAD", "STACH", "SR")
# code -> (phrases that state it, phrases that leave it to the reader)
PHRASES = {
    "CLBBB": (
        ("linksschenkelblock", "left bundle branch block"),
        ("unvollst", "incomplete", "partial", "part.", "sk\u00e4nkelblock", "lsb", "lbbb"),
    ),
    "CRBBB": (
        ("rechtsschenkelblock", "right bundle branch block", "bifas", "trifas"),
        (
            "unvollst",
            "incomplete",
            "partial",
            "part.",
            "sk\u00e4nkelblock",
            "rsb",
            "schenkelblock,",
        ),
    ),
    "LAFB": (
        ("linksanteriorer hemiblock", "left anterior fascicular block", "bifas", "trifas"),
        ("ant. hemiblock", "lahb", "lafb", "anteriort hemiblock", "anterior hemiblock"),
    ),
    "1AVB": (("a-v block i ", "first degree av block"), ("av-block", "av block", "trifas")),
    "IMI": (
        ("inferiorer infarkt", "inferiorer myokardschaden", "inferior myocardial infarct"),
        ("inferior infarct", "inferior infarkt", "infarkt inferior", "myokardskada", "imi"),
    ),
    "PVC": (
        ("premature ventricular contraction", "ventrikul\u00e4re extrasystole"),
        ("bigem", "trigem", "extraslag", "ves", " es", "extrasystol", "v.p.c", "premature contr"),
    ),
    "LVH": (
        ("linkshypertrophie", "left ventricular hypertrophy"),
        ("voltage", "amplitude", "lvh", "kammerhyp", "kammarhyp"),
    ),
}


@pytest.fixture(scope="module")
def ptbxl_reports():
    """The reports of fold 9 with their codes and what is read in them."""
    ptbxl = pytest.importorskip("sediff.training.ptbxl")
    try:
        table = ptbxl.load_metadata(ptbxl.data_root())
    except DataError as error:
        pytest.skip(str(error))
    rows = table[table.strat_fold == 9]
    read_codes = [set(concepts(read(text).findings)) for text in rows.report]
    plain = [" ".join(text.lower().split()) + " " for text in rows.report]
    return list(zip(plain, rows.codes, read_codes, strict=True))


@pytest.mark.parametrize("code", FROM_WORDS)
def test_codes_made_from_the_words_of_ptb_xl_are_read(ptbxl_reports, code):
    stated = {i for i, (_, codes, _) in enumerate(ptbxl_reports) if code in codes}
    found = {i for i, (_, _, codes) in enumerate(ptbxl_reports) if code in codes}
    assert len(stated & found) >= 0.9 * len(found)
    assert len(stated & found) >= 0.8 * len(stated)


@pytest.mark.parametrize("code", PHRASES)
def test_plain_phrases_of_ptb_xl_are_read_and_nothing_else(ptbxl_reports, code):
    stating, doubtful = PHRASES[code]
    both = said_by_report = read_from_it = 0
    for report, _, codes in ptbxl_reports:
        plain = report.replace("supraventrikul\u00e4re extrasystole", "")
        said = any(phrase in plain for phrase in stating)
        if "edit:" in plain or (not said and any(word in plain for word in doubtful)):
            continue  # a hand-written addition, or words that only the reader can judge
        if said and any(word in plain for word in doubtful[:3]):
            continue
        said_by_report += said
        read_from_it += code in codes
        both += said and code in codes
    assert said_by_report >= 10
    assert both >= 0.9 * read_from_it
    assert both >= 0.9 * said_by_report
