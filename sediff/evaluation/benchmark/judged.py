"""Rows of the parts that the judge gives: features, diagnosis and privacy."""

from collections.abc import Mapping, Sequence
from typing import Any

from sediff.evaluation.benchmark.sources import OURS
from sediff.evaluation.benchmark.table import Bar, Number, Row

# figure, name, digits, bar; the floor of the aligned ones is the real pairs themselves.
_FEATURES = (
    ("fid", "FID", 1, None),
    ("fid_ratio", "FID over that of the real floor", 2, Bar("at most", 3)),
    ("fid_inf", "FID without the bias of small samples", 1, None),
    ("kid", "KID", 3, None),
    ("precision", "Precision", 3, Bar("at least", 0.92)),
    ("recall", "Recall", 3, Bar("at least", 0.92)),
    ("density", "Density", 3, None),
    ("coverage", "Coverage", 3, Bar("at least", 0.92)),
)
_ALIGNED = (
    ("alignment", "ECG and report: mean cosine", 3, None),
    ("alignment_ratio", "ECG and report: cosine over that of real pairs", 3, None),
    ("r_at_1", "Report found among 100: first (R@1)", 3, None),
    ("r_at_5", "Report found among 100: in the first five (R@5)", 3, None),
)
_REAL_PAIRS = "the real records of the requests"
_OTHERS = "real records of other patients"
_UNITS = {"fid_ratio": "times"}
_RARE = "rare findings (below 2 % of training)"


def feature_rows(result: Mapping[str, Any], missing: Mapping[str, str]) -> list[Row]:
    """Rows of `features.feature_figures`."""
    rows = []
    for table, floors, note in (
        (_FEATURES, result["floor"], _OTHERS),
        (_ALIGNED, {**result["real"], "alignment_ratio": {"value": 1.0}}, _REAL_PAIRS),
    ):
        for key, figure, digits, bar in table:
            unit = _UNITS.get(key, "")
            found = {name: number(one[key]) for name, one in result["sets"].items() if key in one}
            floor = number(floors[key], note) if key in floors else None
            rows.append(_row(key, figure, unit, digits, found, floor, bar, missing))
    return rows


def read_back_rows(
    result: Mapping[str, Mapping[str, Any]], missing: Mapping[str, str]
) -> list[Row]:
    """Rows of `diagnosis.read_back` of each source."""
    macro = {name: one["macro"] for name, one in result.items()}
    real = Number(macro[OURS]["real"], note=_REAL_PAIRS)
    below = {
        name: Number(float(sum(row["below"] for row in one["codes"].values())))
        for name, one in result.items()
    }
    known = sum(row["real_ecgs"] >= 200 for row in result[OURS]["codes"].values())
    codes = macro[OURS]["codes"]
    return [
        _row("read_back", f"Findings read back: mean AUROC of {codes}", "", 3,
             {name: number(one["generated"]) for name, one in macro.items()}, real, None, missing),
        _row("read_back_difference", "Findings read back: mean AUROC against real", "", 3,
             {name: number(one["difference"]) for name, one in macro.items()},
             Number(0.0, note="real against itself"), Bar("within", 0.02), missing),
        _row("read_back_below", f"Findings more than 0.03 below real, of {known} with 200 ECGs",
             "", 0, below, Number(0.0, note="real against itself"), Bar("at most", 0), missing),
    ]  # fmt: skip


def findings_of(result: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The table of findings from `diagnosis.read_back` of our ECGs, worst first."""
    rows = []
    for code, row in result["codes"].items():
        judged = "met" if not row["below"] else "missed"
        gap = row["difference"]
        rows.append(
            {
                "code": code,
                "name": names.get(code, code),
                "n": row["positives"],
                "training": row["real_ecgs"],
                "real": round(row["real"], 4),
                "generated": round(row["generated"]["value"], 4),
                "difference": number(gap).plain(),
                "verdict": judged if row["real_ecgs"] >= 200 else "no bar",
            }
        )
    return sorted(rows, key=lambda row: row["difference"]["value"])


def training_rows(result: Mapping[str, Any]) -> list[Row]:
    """Rows of `diagnosis.train_on_synthetic`; each has the real-trained figure as its floor."""
    rows = []
    for key, label in (("all", "all findings"), ("rare", _RARE)):
        group = result[key]
        if group is None:
            continue
        label = f"{label}, {group['codes']}"
        real = number(group["real"], "trained on real ECGs")
        rows += [
            Row(f"tstr_{key}", f"Trained on synthetic, tested on real: mean AUROC, {label}",
                "", 3, number(group["synthetic"]), real),
            Row(f"tstr_ratio_{key}", f"Trained on synthetic over trained on real, {label}",
                "share", 3, number(group["ratio"]), Number(1.0, note="trained on real ECGs"),
                bar=Bar("at least", 0.96) if key == "all" else None),
            Row(f"tstr_above_chance_{key}", f"The same above chance (AUROC less 0.5), {label}",
                "share", 3, number(group["ratio_above_chance"]),
                Number(1.0, note="trained on real ECGs")),
            Row(f"both_{key}", f"Trained on real and synthetic: mean AUROC, {label}",
                "", 3, number(group["both"]), real),
            Row(f"gain_{key}", f"Gain of real and synthetic over real alone, {label}", "", 4,
                number(group["gain"]), Number(0.0, note="trained on real ECGs"),
                bar=Bar("surely above", 0) if key == "rare" else None),
        ]  # fmt: skip
        if "repeated_gain" in group:
            rows.append(
                Row(f"repeated_gain_{key}", f"Gain of real repeated over real alone, {label}", "",
                    4, number(group["repeated_gain"]),
                    Number(0.0, note="trained on real ECGs"))
            )  # fmt: skip
    return rows


def privacy_rows(result: Mapping[str, Any], missing: Mapping[str, str]) -> list[Row]:
    """Rows of `privacy.privacy_figures`."""
    rows = []
    for space, table in result["spaces"].items():
        held, unit = table["held_out"], "mV" if space == "beats" else ""
        where = f"Nearest training ECG in {space}"

        def of(key: str, table: Mapping[str, Any] = table) -> dict[str, Number]:
            return {name: number(one[key]) for name, one in table["sets"].items()}

        note = "held-out real ECGs"
        rows += [
            _row(f"{space}_p5", f"{where}: 5th percentile of the distance", unit, 4, of("p5"),
                 number(held["p5"], note), None, missing),
            _row(f"{space}_p5_ratio", f"{where}: 5th percentile over that of real", "times", 3,
                 of("p5_ratio"), Number(1.0, note=note), Bar("at least", 1), missing),
            _row(f"{space}_median", f"{where}: median distance", unit, 4, of("median"),
                 number(held["median"], note), None, missing),
            _row(f"{space}_copies", f"{where}: nearer than any real one", "share", 3,
                 of("copies"), Number(0.0, note=note), None, missing),
        ]  # fmt: skip
    return rows


def number(figure: Any, note: str = "") -> Number:
    """A `features.Figure`, or a bare value, as a `Number`."""
    if not isinstance(figure, Mapping):
        return Number(None if figure is None else float(figure), note=note)
    low, high = figure.get("interval") or (None, None)
    return Number(figure["value"], low, high, tuple(figure.get("seeds", ())), note)


def _row(
    key: str,
    figure: str,
    unit: str,
    digits: int,
    found: Mapping[str, Number],
    floor: Number | None,
    bar: Bar | None,
    missing: Mapping[str, str],
) -> Row:
    others = {name: one for name, one in found.items() if name != OURS}
    others |= {name: Number(note=why) for name, why in missing.items()}
    return Row(key, figure, unit, digits, found.get(OURS), floor, others, bar)


def notes_of(*results: Mapping[str, Any]) -> str:
    """The sentences that the parts say about themselves, as one text."""
    said: Sequence[str] = [note for result in results for note in result.get("notes", ())]
    return " ".join(dict.fromkeys(said))
