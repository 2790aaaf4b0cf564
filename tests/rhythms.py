"""Simulated rhythms of the usual adult, and what is read off them without any measuring."""

from dataclasses import replace

import numpy as np

from sediff.leads import LEADS, derive_twelve
from sediff.simulator import simulate
from tests.hearts import ADULT

SEEDS = range(6)


def drawn(seed=0, **numbers):
    return simulate(replace(ADULT, seed=seed, **numbers))


def within(simulation):
    """The beats whose whole cycle lies in the record."""
    return [beat for beat in simulation.beats if 0.5 < beat.r_s < 9.3]


def pr_ms(beats):
    return np.array([1000 * (beat.qrs[0] - beat.p[0]) for beat in beats if beat.p])


def all_p(simulation):
    """Onsets of every P wave, conducted or not, s."""
    own = [beat.p[0] for beat in simulation.beats if beat.p]
    return np.array(sorted([*own, *(on for on, _ in simulation.lone_p)]))


def lead(simulation, name):
    return derive_twelve(simulation.eight)[LEADS.index(name)]


RHYTHMS = {
    "sinus_arrhythmia": {"rhythm": "sinus_arrhythmia"},
    "sinus_pause": {"rhythm": "sinus_pause", "heart_rate": 50},
    "sick_sinus": {"rhythm": "sick_sinus", "heart_rate": 42},
    "sa_block_1": {"rhythm": "sa_block_1", "heart_rate": 55},
    "sa_block_2": {"rhythm": "sa_block_2", "heart_rate": 55},
    "multifocal": {"rhythm": "multifocal", "heart_rate": 112, "qt_ms": 320},
    "wandering": {"rhythm": "wandering"},
    "atrial": {"rhythm": "atrial", "heart_rate": 130, "qt_ms": 300},
    "junctional": {"rhythm": "junctional", "heart_rate": 50, "pr_ms": None},
    "avnrt": {"rhythm": "avnrt", "heart_rate": 170, "qt_ms": 280, "pr_ms": None},
    "avrt": {"rhythm": "avrt", "heart_rate": 160, "qt_ms": 280, "pr_ms": None},
    "flutter_variable": {"rhythm": "flutter_variable", "heart_rate": 90, "pr_ms": None},
    "mobitz_1": {"conduction": "mobitz_1", "heart_rate": 57},
    "mobitz_2": {"conduction": "mobitz_2", "heart_rate": 52},
    "two_to_one": {"conduction": "two_to_one", "heart_rate": 38},
    "high_grade": {"conduction": "high_grade", "heart_rate": 38},
    "complete": {"conduction": "complete", "heart_rate": 44, "pr_ms": None},
    "complete_af": {"conduction": "complete", "rhythm": "af", "heart_rate": 44, "pr_ms": None},
    "pjc": {"ectopy": (("pjc", 0.1),)},
    "escapes": {"ectopy": (("junctional_escape", 0.1),), "heart_rate": 52},
}
