"""What every file says about itself: the mark, the settings, the report; and its digest."""

import hashlib
import textwrap
import unicodedata

from sediff.ecg import SYNTHETIC_MARK, Ecg
from sediff.spec import CaseSpec

EPOCH = "2000-01-01"  # the date of every file: a synthetic ECG was recorded on no day
_LINE = 180  # characters; WFDB readers in C allow 255 a header line
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)


def comment_lines(spec: CaseSpec) -> list[str]:
    """What the file says about itself: printable ASCII, one statement a line, mark first."""
    lines = [SYNTHETIC_MARK, "made by: SE-Diff Studio"]
    lines += [f"{name}: {value}" for name, value in _settings(spec)]
    lines += [f"finding: {one.id} (certainty {one.certainty:g})" for one in spec.findings]
    for part, text in enumerate(textwrap.wrap(one_line(spec.report), _LINE - 20)):
        lines.append(f"report{' (continued)' if part else ''}: {text}")
    return [one_line(line)[:_LINE] for line in lines]


def digest(ecg: Ecg, spec: CaseSpec, part: str = "") -> str:
    """Hexadecimal SHA-256 of samples, rate and case: equal ones have equal ids in every file."""
    head = f"{part}|{ecg.fs}|{spec.to_json()}|".encode()
    return hashlib.sha256(head + ecg.uv.astype("<i2").tobytes()).hexdigest()


def one_line(text: str) -> str:
    """Text as printable ASCII on one line, so that no report can add a header line of its own."""
    plain = unicodedata.normalize("NFKD", text.translate(_GERMAN))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    spaced = "".join(c if c.isprintable() else " " for c in plain)
    return " ".join(spaced.encode("ascii", "replace").decode("ascii").split())


def _settings(spec: CaseSpec) -> list[tuple[str, str]]:
    """(name, value with unit) of every number of the case that exists."""
    numbers = (
        ("age", spec.age, "years"),
        ("heart rate", spec.heart_rate, "bpm"),
        ("PR", spec.pr_ms, "ms"),
        ("QRS", spec.qrs_ms, "ms"),
        ("QT", spec.qt_ms, "ms"),
        ("axis", spec.axis_deg, "degrees"),
        ("P in II", spec.p_mv, "mV"),
        ("T in II", spec.t_mv, "mV"),
        *((f"ST in {lead}", level, "mV") for lead, level in spec.st_mv),
        ("adherence", spec.adherence, ""),
    )
    told = [
        (name, f"{value:g} {unit}".strip()) for name, value, unit in numbers if value is not None
    ]
    waves = [
        (
            f"wave {w.wave}",
            f"amplitude x{w.amplitude:g}, width x{w.width:g}, shift {w.shift_ms:g} ms",
        )
        for w in spec.waves
    ]
    return [
        ("sex", spec.sex),
        *told,
        *waves,
        ("rhythm", spec.rhythm),
        ("seed", str(spec.seed)),
    ]
