"""Pacemakers: what they pace, and what goes wrong with them."""

from sediff.criteria import pacing as checks
from sediff.findings.finding import Finding

_NO_P = ("pr_ms", "p_mv")
_WIDE = {"heart_rate": (60.0, 80.0), "qrs_ms": (145.0, 175.0), "axis_deg": (-85.0, -50.0)}
_RHYTHMS = ("normal_ecg", "sinus_tachycardia", "sinus_bradycardia", "sinus_arrhythmia")
_BLOCKS = ("lbbb", "rbbb", "wpw", "lafb", "lpfb", "ivcd")

PACING = (
    Finding(
        "paced",
        "paced rhythm",
        "pacing",
        english=(
            "ventricular paced rhythm",
            "pacemaker rhythm",
            "pacemaker ECG",
            "VVI pacing",
        ),
        german=("schrittmacher-ekg", "schrittmacherrhythmus", "schrittmacher ekg"),
        patterns=("paced", "normal paced", "ventricular paced"),
        scp=("PACE",),
        snomed="10370003",
        shape="paced",
        pacing="v",
        lacks=_NO_P,
        typical={"heart_rate": (60, 85), "qrs_ms": (140, 180), "axis_deg": (-90, -30)},
        conflicts=(*_RHYTHMS, "sinus_rhythm", *_BLOCKS),
        combines=("atrial_fibrillation", "pvc"),
        criteria=checks.PACED,
        teaching=(
            "A pulse, mostly shorter than 0.5 ms, stands right before each wide QRS.",
            "Pacing at the apex of the right ventricle looks like LBBB with the axis up; ST and T "
            "point away from the QRS.",
        ),
        pitfalls=(
            "Bipolar pulses are small and may be filtered away: a wide QRS at a fixed rate is "
            "suspicious by itself.",
            "Intervals, ST and voltage of paced beats are not read as those of conducted ones.",
        ),
        mimics=("lbbb", "failure_to_sense", "pacemaker_failure"),
    ),
    Finding(
        "atrial_paced",
        "atrial paced rhythm",
        "pacing",
        english=("atrial pacing", "AAI pacing"),
        german=("vorhofschrittmacher",),
        patterns=("atrial paced",),
        scp=("PACE",),
        pacing="a",
        typical={"heart_rate": (62, 85), "pr_ms": (150, 200), "qrs_ms": (80, 105)},
        conflicts=(*_RHYTHMS, "sinus_rhythm", "atrial_fibrillation", "atrial_flutter", "wpw"),
        combines=("rbbb", "lbbb"),
        criteria=checks.ATRIAL,
        teaching=(
            "A small pulse before each P wave; the QRS follows through the AV node and looks as "
            "ever.",
            "It helps a sick sinus node as long as the AV node conducts.",
        ),
        pitfalls=("Small atrial pulses are overlooked and the rhythm is called sinus.",),
        mimics=("paced", "dual_paced"),
    ),
    Finding(
        "dual_paced",
        "dual chamber paced rhythm",
        "pacing",
        english=("AV sequential pacing", "DDD pacing", "DDD paced rhythm"),
        german=("zweikammerschrittmacher", "DDD schrittmacher"),
        scp=("PACE",),
        shape="paced",
        pacing="ddd",
        typical={**_WIDE, "pr_ms": (150, 190)},
        conflicts=(
            *_RHYTHMS,
            "sinus_rhythm",
            *_BLOCKS,
            "atrial_fibrillation",
            "atrial_flutter",
            "first_degree_av_block",
        ),
        combines=("pvc",),
        criteria=checks.DUAL,
        teaching=(
            "Two pulses a beat: one before P, one before the wide QRS after a fixed AV interval.",
            "When the patient's own P comes first, only the ventricular pulse is seen.",
        ),
        pitfalls=("Each of the two pulses may fail by itself: judge both.",),
        mimics=("atrial_paced",),
    ),
    Finding(
        "biventricular_paced",
        "biventricular paced rhythm",
        "pacing",
        english=("biventricular pacing", "CRT pacing", "cardiac resynchronisation pacing"),
        german=("biventrikulärer schrittmacher", "CRT schrittmacher"),
        scp=("PACE",),
        shape="paced_biv",
        pacing="tracking",
        typical={
            "heart_rate": (62, 82),
            "pr_ms": (110, 140),
            "qrs_ms": (125, 150),
            "axis_deg": (-125, -95),
        },
        conflicts=(*_RHYTHMS, *_BLOCKS, "atrial_fibrillation", "paced", "first_degree_av_block"),
        combines=("pvc",),
        criteria=checks.BIVENTRICULAR,
        teaching=(
            "Capture of the left ventricle shows as a dominant R in V1 or a dominant S in I.",
            "The QRS is narrower than with right ventricular pacing alone.",
        ),
        pitfalls=(
            "Right ventricular pacing can rarely make an R in V1 too: compare with older ECGs.",
        ),
        mimics=("atrial_paced", "pacemaker_failure"),
    ),
    Finding(
        "pacemaker_failure",
        "pacemaker failure to capture",
        "pacing",
        english=("failure to capture", "loss of capture", "pacemaker malfunction"),
        german=("schrittmacherfehlfunktion",),
        shape="paced",
        pacing="no_capture",
        lacks=_NO_P,
        typical={"heart_rate": (48, 60), "qrs_ms": (145, 175), "axis_deg": (-85, -50)},
        conflicts=(*_RHYTHMS, "sinus_rhythm", *_BLOCKS, "atrial_fibrillation", "atrial_flutter"),
        criteria=checks.NO_CAPTURE,
        teaching=(
            "A pulse outside the refractory time that no QRS follows.",
            "High threshold, displaced or broken lead, ischaemia and hyperkalaemia are the usual "
            "causes.",
        ),
        pitfalls=("A pulse within the T wave of a beat cannot capture: that is no failure.",),
        mimics=("failure_to_sense",),
    ),
    Finding(
        "failure_to_sense",
        "pacemaker failure to sense",
        "pacing",
        english=("failure to sense", "undersensing", "pacemaker undersensing"),
        german=("schrittmacher-undersensing", "sensingfehler"),
        pacing="no_sense",
        typical={"heart_rate": (70, 84), "qrs_ms": (80, 105), "pr_ms": (140, 180)},
        conflicts=(*_RHYTHMS, *_BLOCKS, "atrial_fibrillation", "atrial_flutter", "paced"),
        criteria=checks.NO_SENSE,
        teaching=(
            "Pulses come at their own fixed rate and fall into the patient's QRS, ST and T.",
            "Those that come late enough capture; one on the T wave may start fibrillation.",
        ),
        pitfalls=(
            "With a magnet most pacemakers work like this on purpose.",
            "A pulse inside a QRS may be pseudofusion of a working pacemaker: look for pulses "
            "after it.",
        ),
        mimics=("pacemaker_failure", "paced"),
    ),
)
