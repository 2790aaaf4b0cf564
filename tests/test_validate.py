"""The judge of all findings: what it counts, what it refuses."""

from sediff.criteria.validate import good, judged, table, validate
from sediff.measure.intervals import nothing
from sediff.plan import plan


def blind(requests):
    return [(plan(request), nothing("Nothing is connected.")) for request in requests]


def test_an_ecg_that_cannot_be_measured_passes_nowhere():
    result = validate({"simulated": blind}, seeds=1)
    assert result["simulated_rate"] < 0.02
    assert result["generated_rate"] is None
    assert not good(result)
    assert {row["id"] for row in result["findings"]} == {finding.id for finding in judged()}
    failed = [row for row in result["findings"] if not row["passed"]]
    assert all(row["failed"] for row in failed)
    assert "FAIL" in table(result)


def test_the_bar_is_every_simulated_and_95_in_100_generated_cases():
    assert good({"simulated_rate": 1, "generated_rate": None})
    assert good({"simulated_rate": 1, "generated_rate": 0.95})
    assert not good({"simulated_rate": 1, "generated_rate": 0.949})
    assert not good({"simulated_rate": 0.999, "generated_rate": 1})
