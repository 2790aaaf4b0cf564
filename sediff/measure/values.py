"""What measuring gives: values that may abstain, beats with their wave limits, the rhythm."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sediff.simulator.simulation import Beat, Span

# ok: trust it. unsure: leads disagree or the signal is poor, no value is given.
# absent: the wave is not there (no P in AF), so the value does not exist.
Status = Literal["ok", "unsure", "absent"]


@dataclass(frozen=True)
class Value:
    """One measurement.

    Attributes:
        value: the number, None unless `status` is 'ok'.
        unit: 'bpm', 'ms', 'deg', 'mV' or 'Hz'.
        status: 'ok', 'unsure' or 'absent'.
        reason: one sentence when it abstains, '' otherwise.
    """

    value: float | None
    unit: str
    status: Status = "ok"
    reason: str = ""


UNKNOWN = Value(None, "", "unsure", "It was not measured.")


@dataclass(frozen=True)
class LeadWaves:
    """The dominant beat in one lead: amplitudes in mV, durations in ms.

    Amplitudes are against the level at the QRS onset, those of P against the P onset. A wave
    that is not there has amplitude and duration 0. Q and S are negative, R positive.

    Attributes:
        p_mv: highest part of P. p_neg_mv: lowest part of P (<= 0).
        p_terminal_mv_ms: depth times duration of a negative end of P (Morris), 0 or more.
        p_notch_ms: time between the two humps of an upright P, 0 with one hump.
        q_mv, q_ms: negative wave before the first R; a QS complex is a q without R.
        r_mv, r_ms, s_mv, s_ms: first R and the S after it.
        r2_mv, r2_ms, s2_mv: R' and S' after that.
        r_peak_ms: from the QRS onset to the last peak of the largest upright wave.
        net_mv: sum of the highest and the lowest point of the QRS.
        s_nadir_ms: from the QRS onset to its lowest point, 0 without a negative wave.
        terminal_ms: from the lowest point of the QRS to the end of all depolarisation in this
            lead, R' and epsilon wave included.
        notched: two peaks of one wave: a notch or slur in the middle of the QRS.
        delta_ms: duration of a slurred start of the QRS, 0 without.
        j_mv, st60_mv, st80_mv: level at J, J + 60 ms, J + 80 ms.
        j_wave_mv: height above J of a notch, slur or Osborn wave at the end of the QRS.
        t_mv: the larger extreme of T. t_pos_mv, t_neg_mv: both extremes (>= 0, <= 0).
        t_first: 1 or -1: sign of the first part of a biphasic T, 0 where T has one part.
        t_width_ms: of T at half of its height. t_peak_ms: from J to the peak of T.
        t_symmetry: fall time over rise time of T; a normal T falls faster (below 1).
        u_mv: peak of a wave after T, 0 without.
        jp_mv: level of the peak of an end-QRS notch, or of the onset of an end-QRS slur (Jp of
            Macfarlane et al. 2015), against the QRS onset, 0 without.
        pr_mv: level of the PR segment just before the QRS against the P onset: PR depression
            is negative, 0 without a P wave.
        t_notched: two humps of one sign in T with a dip between them.
    """

    lead: str
    p_mv: float = 0.0
    p_neg_mv: float = 0.0
    p_terminal_mv_ms: float = 0.0
    p_notch_ms: float = 0.0
    q_mv: float = 0.0
    q_ms: float = 0.0
    r_mv: float = 0.0
    r_ms: float = 0.0
    s_mv: float = 0.0
    s_ms: float = 0.0
    r2_mv: float = 0.0
    r2_ms: float = 0.0
    s2_mv: float = 0.0
    r_peak_ms: float = 0.0
    net_mv: float = 0.0
    s_nadir_ms: float = 0.0
    terminal_ms: float = 0.0
    notched: bool = False
    delta_ms: float = 0.0
    j_mv: float = 0.0
    st60_mv: float = 0.0
    st80_mv: float = 0.0
    j_wave_mv: float = 0.0
    t_mv: float = 0.0
    t_pos_mv: float = 0.0
    t_neg_mv: float = 0.0
    t_first: int = 0
    t_width_ms: float = 0.0
    t_peak_ms: float = 0.0
    t_symmetry: float = 1.0
    u_mv: float = 0.0
    jp_mv: float = 0.0
    pr_mv: float = 0.0
    t_notched: bool = False

    @property
    def tall_mv(self) -> float:
        """The tallest upright wave of the QRS."""
        return max(self.r_mv, self.r2_mv)

    @property
    def deep_mv(self) -> float:
        """The deepest wave of the QRS, 0 or more."""
        return -min(self.q_mv, self.s_mv, self.s2_mv)

    @property
    def qrs_mv(self) -> float:
        """Peak to peak of the QRS."""
        return self.tall_mv + self.deep_mv


@dataclass(frozen=True)
class PWave:
    """One atrial wave in s; `conducted`: a QRS follows from it; `shape`: number of its form."""

    on_s: float
    off_s: float
    conducted: bool = True
    shape: int = 0


@dataclass(frozen=True)
class Spike:
    """One pacing pulse; `chamber` 'A' or 'V' by the wave that follows, '' where none does."""

    at_s: float
    chamber: Literal["A", "V", ""] = ""


# What drives the ventricles. 'av_block' classes say what becomes of the P waves between.
RhythmClass = Literal[
    "sinus", "atrial", "multifocal_atrial", "svt", "af", "flutter", "junctional", "mobitz_1",
    "mobitz_2", "two_to_one", "high_grade_av_block", "complete_av_block", "ventricular",
    "polymorphic_ventricular", "vf", "asystole", "paced", "unsure",
]  # fmt: skip
Atria = Literal["p", "none", "f", "flutter", "dissociated", "retrograde", "merged", "unsure"]


@dataclass(frozen=True)
class Rhythm:
    """What was seen of the rhythm.

    Attributes:
        name: the class. reason: why it is unsure.
        regular: whether the RR intervals agree; None: cannot be told.
        atria: what the atria do. atrial_rate: of P, F or f waves.
        p_waves: every P wave that could be told, conducted or not.
        p_shapes: how many forms they have.
        pr_pattern: of conducted beats: 'constant', 'growing' (before a drop), 'varying', ''.
        pauses: RR intervals of more than 1.5 times the usual one that no early beat explains, s.
        runs: three and more ventricular beats in a row, s.
        spikes: pacing pulses. spikes_doubt: why none could be seen even if there were some.
        alternans_mv: difference of QRS height between odd and even beats, largest lead.
        fibrillation_hz: main frequency of f waves or of ventricular fibrillation.
        fibrillation_mv: of ventricular fibrillation: largest peak to trough of the lead where it
            is highest.
        power_95_hz: frequency below which 95 % of the power between 0.5 and 40 Hz lies, largest
            lead: a QRS lifts it above 8 Hz, sine waves of hyperkalaemia stay far below.
    """

    name: RhythmClass = "unsure"
    reason: str = ""
    regular: bool | None = None
    atria: Atria = "unsure"
    atrial_rate: Value = UNKNOWN
    p_waves: tuple[PWave, ...] = ()
    p_shapes: int = 0
    pr_pattern: Literal["constant", "growing", "varying", ""] = ""
    pauses: tuple[Span, ...] = ()
    runs: tuple[Span, ...] = ()
    spikes: tuple[Spike, ...] = ()
    spikes_doubt: str = ""
    alternans_mv: Value = UNKNOWN
    fibrillation_hz: Value = UNKNOWN
    fibrillation_mv: Value = UNKNOWN
    power_95_hz: Value = UNKNOWN

    @property
    def dropped(self) -> int:
        """P waves that no QRS follows."""
        return sum(not p.conducted for p in self.p_waves)


@dataclass(frozen=True)
class Quality:
    """What disturbs the recording.

    Attributes:
        wander_mv: rms below 0.5 Hz, median of the leads. tremor_mv: rms of 20-45 Hz and above
            without mains, between the waves, median of the leads. mains_mv: amplitude at
            50 or 60 Hz, largest lead; mains_hz says which.
        loose: leads whose signal jumps or is gone for a part of the record. broken: those of
            them that jump apart from the beats; nothing is read from them.
    """

    wander_mv: float = 0.0
    tremor_mv: float = 0.0
    mains_mv: float = 0.0
    mains_hz: int = 0
    loose: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measurements:
    """All that was read from one ECG, from the signal alone.

    Attributes:
        heart_rate: 60 / mean RR of all ventricular beats.
        pr_ms, qrs_ms, qt_ms, qtc_ms: of the dominant beat; QTc by Fridericia.
        axis_deg: frontal QRS axis.
        p_mv, t_mv: signed peak of P and T in lead II of the dominant beat.
        st_mv: per lead (12 names): ST level at J + 60 ms against the QRS onset.
        rr_sd_ms: standard deviation of the RR intervals.
        rhythm: short plain description such as 'regular, P before every QRS'.
        beats: every ventricular beat; times in s from the first sample.
        qtc_bazett_ms, qtc_framingham_ms, qtc_hodges_ms: other corrections of QT.
        p_ms: duration of P. p_axis_deg, t_axis_deg: frontal axes of P and T.
        st_j_mv: as `st_mv`, at the J point itself.
        leads: per lead its waves; a lead that cannot be used is not in it.
        rhythm_seen: the rhythm for criteria. quality: what disturbs the recording.
        lead_faults: why a lead (12 names) cannot be used.
    """

    heart_rate: Value
    pr_ms: Value
    qrs_ms: Value
    qt_ms: Value
    qtc_ms: Value
    axis_deg: Value
    p_mv: Value
    t_mv: Value
    st_mv: Mapping[str, Value]
    rr_sd_ms: Value
    rhythm: str
    beats: tuple[Beat, ...]
    qtc_bazett_ms: Value = UNKNOWN
    qtc_framingham_ms: Value = UNKNOWN
    qtc_hodges_ms: Value = UNKNOWN
    p_ms: Value = UNKNOWN
    p_axis_deg: Value = UNKNOWN
    t_axis_deg: Value = UNKNOWN
    st_j_mv: Mapping[str, Value] = field(default_factory=dict)
    leads: Mapping[str, LeadWaves] = field(default_factory=dict)
    rhythm_seen: Rhythm = field(default_factory=Rhythm)
    quality: Quality = field(default_factory=Quality)
    lead_faults: Mapping[str, str] = field(default_factory=dict)
