"""The simulator's bench: settings in, a drawn and measured heart out; no model, no page."""

from sediff.bench.choices import GROUPS, choices
from sediff.bench.heart import NUMBERS, SINUS, TERRITORIES, Bench, Played, play, report_of
from sediff.bench.presets import PRESETS
from sediff.bench.salts import CALCIUM, POTASSIUM, Salt

__all__ = [
    "CALCIUM",
    "GROUPS",
    "NUMBERS",
    "POTASSIUM",
    "PRESETS",
    "SINUS",
    "TERRITORIES",
    "Bench",
    "Played",
    "Salt",
    "choices",
    "play",
    "report_of",
]
