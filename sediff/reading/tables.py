"""Results as files that statistics programs read."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sediff.reading.ratings import SCORES, Rating
from sediff.reading.results import Interval, Results, Share
from sediff.reading.study import SYNTHETIC, Item
from sediff.spreadsheet import harmless

_COLUMNS = (
    "reader", "role", "ecg", "kind", "score", "answer", "right", "says", "should_show", "seconds",
)  # fmt: skip


def ratings_csv(items: Sequence[Item], ratings: Sequence[Rating]) -> bytes:
    """One row a rating. Readers are numbered: nothing tells a browser. A formula stays text."""
    by_id = {item.id: item for item in items}
    numbers = {reader: i for i, reader in enumerate(dict.fromkeys(r.reader for r in ratings), 1)}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for one in ratings:
        item = by_id.get(one.item)
        if item is None:
            continue
        right = one.synthetic == (item.kind == SYNTHETIC)
        writer.writerow(
            [
                numbers[one.reader], _plain(one.role), one.item, item.kind, one.score,
                SCORES[one.score], int(right), _plain(one.says), " ".join(item.findings),
                f"{one.seconds:.1f}",
            ]
        )  # fmt: skip
    return out.getvalue().encode("utf-8-sig")


def results_json(results: Results) -> bytes:
    """All figures with their intervals; readers are numbered."""
    shares = {name: _share(getattr(results, name)) for name in ("told", "real", "synthetic")}
    table: dict[str, Any] = {
        "origin_told_rightly": {**shares["told"], "bootstrap_95": _pair(results.told_wide)},
        "real_called_real": shares["real"],
        "synthetic_called_synthetic": shares["synthetic"],
        "area_under_roc": {"value": results.area, "bootstrap_95": _pair(results.area_interval)},
        "fleiss_kappa": {"value": results.kappa, "bootstrap_95": _pair(results.kappa_interval)},
        "findings_named": {kind: _share(share) for kind, share in results.named.items()},
        "median_seconds": results.seconds,
        "readers": [
            {"reader": i, "role": role, **_share(share)}
            for i, (role, share) in enumerate(results.readers.values(), 1)
        ],
    }
    return json.dumps(table, indent=2, ensure_ascii=False).encode()


def _share(share: Share) -> dict[str, Any]:
    return {**asdict(share), "value": share.value, "wilson_95": _pair(share.interval), "p": share.p}


def _pair(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(x, 4) for x in interval]


def _plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return harmless(" ".join(text.split()))
